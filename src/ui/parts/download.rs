//! Files that the page makes.

use crate::ui::dom;
use leptos::prelude::set_timeout;
use std::time::Duration;
use web_sys::wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// How long the browser has to read a file that was handed to it: Safari begins after the click, and asks
/// the person first.
const KEPT: Duration = Duration::from_secs(60);
/// What is kept of a long name's beginning and end, in characters; file systems end at 255 bytes.
const NAME: [usize; 2] = [80, 20];

/// Hands `bytes` to the person as a file called `name`. What may not stand in a file's name is replaced,
/// and a long name loses its middle.
///
/// # Errors
/// The browser's own account of why it made no file.
pub fn download(name: &str, media_type: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = dom::document().create_element("a")?.dyn_into()?;
    link.set_href(&url);
    let fits = |c: char| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '-' };
    let mut name: Vec<char> = name.chars().map(fits).collect();
    let [head, tail] = NAME;
    if name.len() > head + tail {
        name.drain(head..name.len() - tail);
    }
    link.set_download(&name.iter().collect::<String>());
    link.click();
    let revoke = move || {
        let _ = Url::revoke_object_url(&url);
    };
    let _ = set_timeout(revoke, KEPT);
    Ok(())
}
