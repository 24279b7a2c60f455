//! The page: views over one [`state::Lab`]. Views own no facts; a click changes the link, and what
//! is on screen follows from the link.
//!
//! | folder | what is in it |
//! |---|---|
//! | `shell/` | header, places, views of a run, home, search, help: the frame every screen stands in |
//! | `lab/` | the lab screen: run bar, sequence, step, fields and bytes, panels, scrubber |
//! | `breakit/` | the list of faults, and what one did to a run |
//! | `diagnose/` | mysteries to be solved |
//! | `gateway/` | client, gateway and service, and who can read what |
//! | `learn/` | lessons |
//! | `compare/` | two runs side by side |
//! | `stolen/` | what the server's stolen key opens |
//! | `certificates/` | what is wrong with certificates, and making some |
//! | `room/` | showing the page to a room: large, and notes in a second window |
//! | `race/` | runs side by side on one time axis, and the fleet calculator |
//! | `parts/` | small parts that several screens use |
//!
//! Beside them: `state` (the one lab), `running` (its runs), `record` and `left` (what is kept on the device, and in this
//! tab), `storage` and `dom` (the browser).
//!
//! Each folder keeps its own `style.css`; tokens shared by all are in `style/` at the crate's root.
//! The content security policy forbids `style` attributes in markup: use classes, SVG presentation
//! attributes, or `style:name=value`, which goes through the CSS object model.

pub mod breakit;
mod certificates;
pub mod compare;
mod diagnose;
mod dom;
mod gateway;
mod heap;
pub mod lab;
pub mod learn;
mod left;
mod panic;
pub(crate) mod parts;
pub mod race;
mod record;
mod room;
mod running;
mod shared;
mod shell;
pub mod state;
pub mod stolen;
pub mod storage;

use leptos::prelude::*;

/// Puts the page into the document's `#app`, in place of the loading screen: in several tasks, none of them
/// long, of which what index.html shows outlasts the run. `data-ready` tells the end.
pub fn mount() {
    panic::install();
    wasm_bindgen_futures::spawn_local(async {
        // What the browser does to have the program at all was long enough.
        dom::next_task().await;
        let ahead = running::ahead(&dom::fragment()).await;
        // What a frame of another page looks like is no part of the first load.
        if let Ok(Some(_)) = dom::document().query_selector("[data-boot~=embed]") {
            dom::load_later_style().await;
        }
        let app = dom::element("app");
        shell::home::keep_words();
        app.replace_children_with_node_0();
        leptos::mount::mount_to(app, move || view! { <shell::App ahead/> }).forget();
        parts::all_built().await;
        dom::document().document_element().map(|root| root.set_attribute("data-ready", ""));
    });
}

/// The one lab that every view shares.
pub(crate) fn lab() -> state::Lab {
    expect_context()
}
