//! `lab` blocks.

use crate::lesson::error::{LessonError, Part, Trouble};
use crate::lesson::model::Directive;
use crate::lesson::path::Segment;
use crate::route::{Layer, Panel, Perspective, Zoom};
use serde::Deserialize;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDirective {
    step: Spanned<String>,
    select: Option<Spanned<String>>,
    zoom: Option<Spanned<String>>,
    layer: Option<Spanned<String>>,
    perspective: Option<Spanned<String>>,
    panel: Option<Spanned<String>>,
    key: Option<String>,
}

/// Reads a block.
///
/// # Errors
/// Everything wrong with it that can be told without a run.
pub fn directive(part: Part<'_>) -> Result<Directive, Vec<LessonError>> {
    let raw: RawDirective = part.toml().map_err(|error| vec![error])?;
    let mut errors = Vec::new();
    let mut names = |text: &Option<Spanned<String>>| match text {
        None => Vec::new(),
        Some(text) => Segment::parse_all(text.get_ref()).unwrap_or_else(|trouble| {
            errors.push(trouble.at(part.file, part.line_at(text.span().start)));
            Vec::new()
        }),
    };
    let step = names(&Some(raw.step));
    let select = names(&raw.select);
    let zoom = choice(&part, &raw.zoom, Zoom::ALL, Zoom::word, &mut errors);
    let layer = choice(&part, &raw.layer, Layer::ALL, Layer::word, &mut errors);
    let perspective =
        choice(&part, &raw.perspective, Perspective::ALL, Perspective::word, &mut errors);
    let panel = choice(&part, &raw.panel, Panel::ALL, Panel::word, &mut errors);
    if !errors.is_empty() {
        return Err(errors);
    }
    let (line, key) = (part.line, raw.key);
    Ok(Directive { line, step, select, zoom, layer, perspective, panel, key })
}

/// The choice that `word` names; the first without one.
fn choice<T: Copy + Default>(
    part: &Part<'_>,
    word: &Option<Spanned<String>>,
    all: &[T],
    name: fn(T) -> &'static str,
    errors: &mut Vec<LessonError>,
) -> T {
    let Some(word) = word else { return T::default() };
    all.iter().copied().find(|choice| name(*choice) == word.get_ref()).unwrap_or_else(|| {
        let known: Vec<&str> = all.iter().map(|choice| name(*choice)).collect();
        let fix = format!("use one of: {}", known.join(", "));
        let trouble = Trouble::new(format!("`{}` is not known here", word.get_ref()), fix);
        errors.push(trouble.at(part.file, part.line_at(word.span().start)));
        T::default()
    })
}
