//! What the program holds in memory: a test of the page sees to it that this does not grow as the page is used
//! (`tests/e2e/memory.test.mjs`). The memory of WebAssembly would not tell, as it is never given back.

use cap::Cap;
use std::alloc::System;
use wasm_bindgen::prelude::wasm_bindgen;

#[global_allocator]
static HEAP: Cap<System> = Cap::new(System, usize::MAX);

/// How many bytes are held now.
#[wasm_bindgen]
pub fn held_bytes() -> usize {
    HEAP.allocated()
}
