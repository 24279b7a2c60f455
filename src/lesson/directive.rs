//! `lab` blocks.

use super::error::{LessonError, Trouble};
use super::model::{Directive, Scene};
use super::screen::{SCREENS, Screen};
use super::table::Keys;
use crate::route::{Layer, Panel, Perspective, Zoom};
use crate::scenario::Scenario;

/// The keys that say where the lab goes.
const PLACE: [&str; 7] = ["step", "select", "zoom", "layer", "perspective", "panel", "key"];

/// Reads a block of a lesson's page.
///
/// # Errors
/// What is wrong with it that can be told without a run.
pub fn directive(keys: &Keys<'_>) -> Result<Directive, LessonError> {
    keys.allow_only(
        "a lab block",
        &[&PLACE[..], &["scenario", "screen", "with", "formerly"]].concat(),
    )?;
    let found = read(keys)?;
    if found.step.is_empty() && found.screen.is_none() {
        let fix = "name the step that the lab goes to, or another `screen`";
        return Err(keys.wrong(Trouble::new("no `step`", fix)));
    }
    Ok(found)
}

/// Reads a place in the lab that stands on its own: it names its scenario, and shows the first step where
/// it names none. `whole` is the table for errors, which may have the keys `more` as well.
///
/// # Errors
/// What is wrong with it that can be told without a run.
pub fn place(keys: &Keys<'_>, whole: &str, more: &[&str]) -> Result<Directive, LessonError> {
    keys.allow_only(whole, &[&PLACE[..], &["scenario"], more].concat())?;
    keys.need("scenario", keys.text("scenario"), "name the scenario, as scenario = \"tls13\"")?;
    read(keys)
}

fn read(keys: &Keys<'_>) -> Result<Directive, LessonError> {
    let screen = keys.parsed("screen", |word| {
        Screen::called(word).ok_or_else(|| {
            let known: Vec<&str> = SCREENS.iter().map(|screen| screen.word).collect();
            let fix = format!("use one of: {}", known.join(", "));
            Trouble::new(format!("`{word}` is no screen"), fix)
        })
    })?;
    let screen = screen.map(|screen| screen.is);
    let text = |text: &str| scenario(text).map(|_| text.to_owned());
    let with = keys.parsed("with", text)?.map(|with| with.is);
    if with.is_none() && screen.is_some_and(|screen| screen.needs_other) {
        let fix = "say the other scenario, as with = \"tls12\"";
        return Err(keys.wrong(Trouble::new("no `with`", fix)));
    }
    // What says most about one part of the lab comes first.
    let scenes = [
        ("key", Scene::Panel),
        ("select", Scene::Step),
        ("layer", Scene::Step),
        ("panel", Scene::Panel),
        ("zoom", Scene::Sequence),
    ];
    let scene = scenes.into_iter().find(|(key, _)| keys.has(key));
    Ok(Directive {
        line: keys.line(),
        scene: scene.map_or(Scene::default(), |(_, scene)| scene),
        scenario: keys.parsed("scenario", text)?.map(|scenario| scenario.is),
        screen,
        with,
        step: keys.segments("step")?.map_or(Vec::new(), |names| names.is),
        select: keys.segments("select")?.map_or(Vec::new(), |names| names.is),
        zoom: choice(keys, "zoom", Zoom::ALL, Zoom::word)?,
        layer: choice(keys, "layer", Layer::ALL, Layer::word)?,
        perspective: choice(keys, "perspective", Perspective::ALL, Perspective::word)?,
        panel: choice(keys, "panel", Panel::ALL, Panel::word)?,
        key: keys.text("key")?.map(|key| key.is.to_owned()),
    })
}

/// The scenario with this text form.
///
/// # Errors
/// What is wrong with it.
pub fn scenario(text: &str) -> Result<Scenario, Trouble> {
    Scenario::parse(text).map_err(|error| {
        let fix = "copy the text form from the address of the lab";
        Trouble::new(format!("the scenario: {error}"), fix)
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
