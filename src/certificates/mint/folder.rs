//! All files of a recipe in one.

use super::Object;
use crate::certificates::recipe::Recipe;
use std::io::{Cursor, Write};
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// What the folder is called: the recipe's title in small letters, with hyphens.
pub fn name(recipe: &Recipe) -> String {
    let title = recipe.title.to_lowercase();
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// A zip file with a folder of this name, and in it the files of all objects, as they are: keys and signatures do
/// not get smaller. Its moments are the first that a zip file can have, so that the same files give the same bytes.
///
/// # Errors
/// The library's own account of why a file cannot stand there.
pub fn zipped(objects: &[Object], folder: &str) -> Result<Vec<u8>, String> {
    write(objects, folder).map_err(|error| error.to_string())
}

fn write(objects: &[Object], folder: &str) -> ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for file in objects.iter().flat_map(|object| &object.files) {
        zip.start_file(format!("{folder}/{}", file.name), options)?;
        zip.write_all(&file.bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
