//! All files of a recipe in one, and what tells about them.

use super::{Object, Way};
use crate::certificates::recipe::Recipe;
use crate::time;
use std::fmt::Write as _;
use std::io::{Cursor, Write};
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// What tells about the files, in their folder.
pub const README: &str = "README.md";

/// What the folder is called: the recipe's title in small letters, with hyphens.
pub fn name(recipe: &Recipe) -> String {
    let title = recipe.title.to_lowercase();
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// A zip file with a folder of this name, and in it the files of all objects and what tells about them, as they
/// are: keys and signatures do not get smaller. Its moments are the first that a zip file can have, so that the same files give the same bytes.
///
/// # Errors
/// The library's own account of why a file cannot stand there.
pub fn zipped(objects: &[Object], folder: &str, readme: &str) -> Result<Vec<u8>, String> {
    write(objects, folder, readme).map_err(|error| error.to_string())
}

fn write(objects: &[Object], folder: &str, readme: &str) -> ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let files = objects.iter().flat_map(|object| &object.files);
    let files = files.map(|file| (file.name.as_str(), file.bytes.as_slice()));
    for (name, bytes) in files.chain([(README, readme.as_bytes())]) {
        zip.start_file(format!("{folder}/{name}"), options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// What each object is for, and the commands that make the same: for a person, in Markdown.
pub fn readme(recipe: &Recipe, objects: &[Object], clock: u64) -> String {
    let at = time::text(i64::try_from(clock).unwrap_or(i64::MAX));
    let mut text = format!(
        "# {}\n\n{}\n\nMade as of {at}, with seed {}. **The private keys protect nothing**: whoever has the \
         recipe can make them again. The password of the stores is `{}`.\n\nThe commands make the same, each \
         in a folder of its own, from top to bottom.\n",
        recipe.title, recipe.about, recipe.seed, recipe.password
    );
    for object in objects {
        let files: Vec<String> =
            object.files.iter().map(|file| format!("`{}`", file.name)).collect();
        let (kind, name) = (object.kind.name(), &object.name);
        let _ =
            write!(text, "\n## {name}: {kind}\n\n{} Files: {}.\n", object.about, files.join(", "));
        for (program, way) in [("OpenSSL", &object.openssl), ("keytool", &object.keytool)] {
            let _ = match way {
                Way::Run(lines) => write!(text, "\n{program}:\n\n    {}\n", lines.join("\n    ")),
                Way::Cannot(why) => write!(text, "\nNot with {program}: {why}.\n"),
            };
        }
    }
    text
}
