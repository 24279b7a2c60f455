//! What was left in the middle of: found again as it was when its address is opened in the same tab, after a look
//! at the lab that a question or a prompt leads to.

use super::storage;
use std::any::Any;
use std::cell::RefCell;
use std::collections::HashMap;

thread_local! {
    static LEFT: RefCell<HashMap<String, Box<dyn Any>>> = RefCell::default();
}

/// What was left at this address.
pub fn at<T: Clone + 'static>(address: &str) -> Option<T> {
    LEFT.with_borrow(|left| left.get(address)?.downcast_ref::<T>().cloned())
}

/// Keeps it for when this address is opened again.
pub fn keep<T: 'static>(address: &str, what: T) {
    LEFT.with_borrow_mut(|left| left.insert(address.to_owned(), Box::new(what)));
}

/// The text left at this address, also where the page was loaded again since.
pub fn text_at(address: &str) -> Option<String> {
    at::<String>(address).or_else(|| storage::get_for_visit(&name(address)))
}

/// Keeps a text for when this address is opened again in this visit.
pub fn keep_text(address: &str, text: String) {
    storage::set_for_visit(&name(address), &text);
    keep(address, text);
}

/// Forgets the text left at this address.
pub fn forget_text(address: &str) {
    storage::remove_for_visit(&name(address));
    LEFT.with_borrow_mut(|left| left.remove(address));
}

fn name(address: &str) -> String {
    format!("left/{address}")
}
