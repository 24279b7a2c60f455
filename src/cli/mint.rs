//! `handshake-lab mint`.

use super::{CliError, MintArgs, output};
use crate::certificates::mint::folder::{README, readme};
use crate::certificates::mint::{self, Object, Way};
use crate::certificates::recipe::{BuiltIn, Recipe};
use crate::scenario::CLOCK;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::Path;

/// Makes the objects of a recipe, and writes their files.
///
/// # Errors
/// The recipe cannot be read or made, or a file cannot be written.
pub(super) fn mint(args: &MintArgs) -> Result<(), CliError> {
    let mut recipe = recipe(&args.recipe)?;
    recipe.seed = args.seed.unwrap_or(recipe.seed);
    let clock = args.clock.unwrap_or(CLOCK);
    let objects = mint::mint(&recipe, clock)?;
    let folder = args.out.display().to_string();
    let made = std::fs::create_dir_all(&args.out);
    made.map_err(|error| CliError::Write { file: folder, error })?;
    for file in objects.iter().flat_map(|object| &object.files) {
        output::write(&path(&args.out, &file.name), &file.bytes)?;
    }
    output::write(&path(&args.out, README), readme(&recipe, &objects, clock).as_bytes())?;
    if args.json {
        return output::print(&output::json(&json(&recipe, &objects, clock))?);
    }
    let mut text = String::new();
    for object in &objects {
        let files: Vec<&str> = object.files.iter().map(|file| file.name.as_str()).collect();
        let _ = writeln!(text, "{:<12} {}", object.kind.name(), files.join(", "));
    }
    let _ = writeln!(text, "{README} has what each is for, and the commands that make the same");
    output::print(&text)
}

fn path(folder: &Path, file: &str) -> String {
    folder.join(file).display().to_string()
}

/// The recipe of this name, or in this file.
fn recipe(name: &str) -> Result<Recipe, CliError> {
    let text = match BuiltIn::named(name) {
        Some(recipe) => recipe.text.to_owned(),
        None => std::fs::read_to_string(name)
            .map_err(|error| CliError::Read { file: name.to_owned(), error })?,
    };
    let wrong = |error| CliError::Recipe { name: name.to_owned(), error };
    Recipe::parse(&text).map_err(wrong)
}

fn lines(way: &Way) -> Value {
    match way {
        Way::Run(lines) => json!(lines),
        Way::Cannot(_) => Value::Null,
    }
}

fn json(recipe: &Recipe, objects: &[Object], clock: u64) -> Value {
    let object = |object: &Object| {
        json!({
            "name": object.name,
            "kind": object.kind.name(),
            "about": object.about,
            "files": object.files.iter().map(|file| &file.name).collect::<Vec<_>>(),
            "openssl": lines(&object.openssl),
            "keytool": lines(&object.keytool),
        })
    };
    json!({
        "title": recipe.title,
        "clock": clock,
        "seed": recipe.seed,
        "password": recipe.password,
        "objects": objects.iter().map(object).collect::<Vec<_>>(),
    })
}
