//! Sharing what is on screen: the button of every screen, and the address that is shared.
//!
//! | file | what is in it |
//! |---|---|
//! | `ways` | link, QR code, embedding and print: loaded when first opened |
//! | `qr` | a text as a QR code |

mod qr;
mod ways;

use crate::ui::dom;
use crate::ui::parts::{Sheet, later};
use crate::ui::state::Lab;
use leptos::prelude::*;

/// The address of what is on screen, whole, and not as a part of another page; tracked.
pub fn address(lab: Lab) -> String {
    address_of(&lab.link.read().to_string())
}

/// The address of the page, whole, with this fragment.
fn address_of(link: &str) -> String {
    let here = dom::window().location().href().unwrap_or_default();
    let base = here.split(['?', '#']).next().unwrap_or_default();
    format!("{base}{link}")
}

/// The button, and the ways to share below it.
#[component]
pub fn Share() -> impl IntoView {
    view! {
        <Sheet name="Share" made=|| later(ways::door)>
            <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
                <path d="M8 10V1.5M4.5 5L8 1.5 11.5 5M3 8v6.5h10V8" fill="none" stroke="currentColor" stroke-width="1.5"/>
            </svg>
            <span class="wide">"Share"</span>
        </Sheet>
    }
}
