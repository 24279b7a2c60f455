//! The same stages as `benches/runs.rs`, for a browser that times them: see `run.mjs` beside it.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark that cannot run fails"
)]

use wasm_bindgen::prelude::wasm_bindgen;

include!("../subjects.rs");

fn main() {}

/// The scenarios' texts, one a line.
#[wasm_bindgen]
pub fn scenarios() -> String {
    SCENARIOS.join("\n")
}

/// The stages' names, one a line.
#[wasm_bindgen]
pub fn stages() -> String {
    STAGES.iter().map(|(name, _)| *name).collect::<Vec<_>>().join("\n")
}

/// A scenario made ready: its certificates are minted.
#[wasm_bindgen]
pub struct Prepared(Subject);

#[wasm_bindgen]
impl Prepared {
    /// Prepares scenario `index`.
    #[wasm_bindgen(constructor)]
    pub fn new(index: usize) -> Prepared {
        Prepared(subject(SCENARIOS[index]))
    }

    /// Does stage `index` once.
    pub fn stage(&self, index: usize) {
        (STAGES[index].1)(&self.0);
    }
}
