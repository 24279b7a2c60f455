//! The one place that reaches for the browser's window and document.

use leptos::prelude::{document as leptos_document, window as leptos_window};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;
use web_sys::wasm_bindgen::{JsCast, JsValue};

/// The document.
pub fn document() -> web_sys::Document {
    leptos_document()
}

/// The window.
pub fn window() -> web_sys::Window {
    leptos_window()
}

/// The element of index.html with this id.
///
/// # Panics
/// If index.html has no such element: the page cannot start without its frame.
#[expect(clippy::panic, reason = "there is no page to say it on")]
pub fn element(id: &str) -> web_sys::HtmlElement {
    document()
        .get_element_by_id(id)
        .and_then(|element| element.dyn_into().ok())
        .unwrap_or_else(|| panic!("index.html has no element with id {id}"))
}

/// The address's fragment, with its `#`, percent-encoded as it stands there (by the browser, or by
/// somebody who passed the link on): to be split before it is decoded.
pub fn fragment() -> String {
    window().location().hash().unwrap_or_default()
}

/// What stands in the address before the fragment, behind the path: with its `?`.
pub fn query() -> String {
    window().location().search().unwrap_or_default()
}

/// Writes the address's fragment: as a new entry of the history, or over the present one. The entry is
/// marked as the page's own.
pub fn set_fragment(fragment: &str, new_entry: bool) {
    if let Ok(history) = window().history() {
        let own = JsValue::TRUE;
        // Refused only where the document has no address of its own; then there is nothing to write.
        let _ = if new_entry {
            history.push_state_with_url(&own, "", Some(fragment))
        } else {
            history.replace_state_with_url(&own, "", Some(fragment))
        };
    }
}

/// Whether the present entry of the history is one that the page wrote, and not one that a link just made.
pub fn is_own_entry() -> bool {
    window().history().and_then(|history| history.state()).is_ok_and(|state| !state.is_null())
}

/// Scrolls the document to its beginning.
pub fn scroll_to_top() {
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

/// Fetches the style of what is loaded on demand, once: index.html has its name and its integrity. Ends
/// when it is there, or cannot be had: what is shown is then plain, and works, and the next call tries
/// again.
pub async fn load_later_style() {
    let document = document();
    let Ok(Some(mark)) = document.query_selector("meta[name=later-style][content]") else { return };
    let content = mark.get_attribute("content").unwrap_or_default();
    let Some((name, integrity)) = content.split_once(' ') else { return };
    let link = document.create_element("link").ok().and_then(|link| link.dyn_into().ok());
    let (Some(link), Ok(Some(head))) = (link, document.query_selector("head")) else { return };
    let link: web_sys::HtmlElement = link;
    for (key, value) in [("rel", "stylesheet"), ("href", name), ("integrity", integrity)] {
        let _ = link.set_attribute(key, value);
    }
    let arrived = js_sys::Promise::new(&mut |done, failed| {
        link.set_onload(Some(&done));
        link.set_onerror(Some(&failed));
    });
    let _ = head.append_child(&link);
    // A link of a sheet that did not arrive has an empty one in some browsers: only the event tells.
    match JsFuture::from(arrived).await {
        Ok(_) => mark.remove(),
        Err(_) => link.remove(),
    }
}

#[wasm_bindgen]
extern "C" {
    /// Of public/boot.js.
    #[wasm_bindgen(catch, js_name = nextTask)]
    fn next_task_of_browser() -> Result<js_sys::Promise, JsValue>;
}

/// Ends this task of the browser and goes on in another, before which it may draw, and answer the person.
/// Where boot.js was kept away, goes on at once.
pub async fn next_task() {
    if let Ok(next) = next_task_of_browser() {
        let _ = JsFuture::from(next).await;
    }
}

#[wasm_bindgen]
extern "C" {
    /// Of public/boot.js.
    #[wasm_bindgen(catch, js_name = inSight)]
    fn in_sight_of_browser(element: &web_sys::Element) -> Result<js_sys::Promise, JsValue>;
}

/// Ends when the element is in the window, or cannot be watched.
pub async fn in_sight(element: &web_sys::Element) {
    if let Ok(seen) = in_sight_of_browser(element) {
        let _ = JsFuture::from(seen).await;
    }
}

/// Ends when the browser is about to draw.
pub async fn next_frame() {
    let frame = js_sys::Promise::new(&mut |done, _| {
        let _ = window().request_animation_frame(&done);
    });
    let _ = JsFuture::from(frame).await;
}

/// Whether the person wants nothing to move by itself.
pub fn wants_no_motion() -> bool {
    let query = window().match_media("(prefers-reduced-motion: reduce)");
    query.ok().flatten().is_some_and(|query| query.matches())
}

/// A whole number below `end` that nobody can foretell.
pub fn random(end: u32) -> u32 {
    (js_sys::Math::random() * f64::from(end)) as u32
}

/// The device's clock, in milliseconds: only to be compared with itself.
pub fn now() -> f64 {
    js_sys::Date::now()
}

/// Today's date by the device's clock, as `2026-11-28`.
pub fn today() -> String {
    let now = String::from(js_sys::Date::new_0().to_iso_string());
    now.split('T').next().unwrap_or_default().to_owned()
}

/// Today by the device's clock and in its zone, as the number of days since 1970.
pub fn day() -> u32 {
    let now = js_sys::Date::new_0();
    let minutes = now.get_time() / 60_000.0 - now.get_timezone_offset();
    (minutes / 1440.0) as u32
}

/// The present second by the device's clock, in UTC, as `2026-11-28T12:34:56`.
pub fn this_second() -> String {
    let now = String::from(js_sys::Date::new_0().to_iso_string());
    now.get(..19).unwrap_or_default().to_owned()
}

/// Opens the browser's dialog for printing.
pub fn print() {
    // Refused where the document may not open dialogs; then there is nothing to print with.
    let _ = window().print();
}

/// Opens a window of this page at `address`, or brings it to the front where `name` has one. Gives back whether there
/// is one: browsers refuse windows that nobody asked for.
pub fn open_window(address: &str, name: &str) -> bool {
    let shape = "popup,width=620,height=760";
    let opened = window().open_with_url_and_target_and_features(address, name, shape);
    opened.ok().flatten().is_some_and(|window| window.focus().is_ok())
}

/// Loads the page again, at the same address.
pub fn reload() {
    // Refused only to documents that are no longer shown.
    let _ = window().location().reload();
}

/// The text at `path`, below the address the page came from. It is asked for at once, also where the answer
/// is waited for later.
///
/// # Errors
/// What could not be fetched, why, and what to do, in one line.
pub fn fetch(path: &str) -> impl Future<Output = Result<String, String>> + use<> {
    let (path, answer) = (path.to_owned(), window().fetch_with_str(path));
    async move {
        let failed = |why: &str| format!("{path}: {why}; check the connection and try again");
        let answer =
            JsFuture::from(answer).await.map_err(|_| failed("the server cannot be reached"))?;
        let answer: web_sys::Response =
            answer.dyn_into().map_err(|_| failed("the browser gave no answer"))?;
        if !answer.ok() {
            return Err(failed(&format!(
                "the server answered {} {}",
                answer.status(),
                answer.status_text()
            )));
        }
        let text = answer.text().map_err(|_| failed("the answer is not text"))?;
        let text = JsFuture::from(text).await.map_err(|_| failed("the answer broke off"))?;
        text.as_string().ok_or_else(|| failed("the answer is not text"))
    }
}
