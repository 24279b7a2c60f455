//! `lab` blocks.

use super::error::{LessonError, Trouble};
use super::model::Directive;
use super::table::Keys;
use crate::route::{Layer, Panel, Perspective, Zoom};

/// Reads a block.
///
/// # Errors
/// What is wrong with it that can be told without a run.
pub fn directive(keys: &Keys<'_>) -> Result<Directive, LessonError> {
    let known = ["step", "select", "zoom", "layer", "perspective", "panel", "key"];
    keys.allow_only("a lab block", &known)?;
    let fix = "name the step that the lab goes to";
    Ok(Directive {
        line: keys.line(),
        step: keys.need("step", keys.segments("step"), fix)?.is,
        select: keys.segments("select")?.map_or(Vec::new(), |names| names.is),
        zoom: choice(keys, "zoom", Zoom::ALL, Zoom::word)?,
        layer: choice(keys, "layer", Layer::ALL, Layer::word)?,
        perspective: choice(keys, "perspective", Perspective::ALL, Perspective::word)?,
        panel: choice(keys, "panel", Panel::ALL, Panel::word)?,
        key: keys.text("key")?.map(|key| key.is.to_owned()),
    })
}

/// The choice that the word under `key` names; the first without one.
fn choice<T: Copy + Default>(
    keys: &Keys<'_>,
    key: &str,
    all: &[T],
    name: fn(T) -> &'static str,
) -> Result<T, LessonError> {
    let found = keys.parsed(key, |word| {
        all.iter().copied().find(|choice| name(*choice) == word).ok_or_else(|| {
            let known: Vec<&str> = all.iter().map(|choice| name(*choice)).collect();
            let fix = format!("use one of: {}", known.join(", "));
            Trouble::new(format!("`{word}` is not known here"), fix)
        })
    });
    Ok(found?.map_or(T::default(), |choice| choice.is))
}
