//! The window that is presented: it tells the second one what it shows, and goes where that one wants.

use super::line::Line;
use crate::route::{Page, View};
use crate::speaker::{self, Message};
use crate::ui::state::Lab;
use crate::ui::{dom, storage};
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;

/// The name under which it is kept for the visit what this window is called to its second one.
const NAME: &str = "notes";

/// Names are drawn below this.
const NAMES: u32 = 1_000_000_000;

thread_local! {
    /// The line to the second window, where there is one.
    static LINE: RefCell<Option<Rc<Line>>> = const { RefCell::new(None) };
}

/// What talks to a second window: made where a view is built, used when a button is pressed.
#[derive(Clone)]
pub struct First {
    lab: Lab,
    /// What lasts as long as the page: the second window outlives the view that opened it.
    page: Option<Owner>,
}

impl First {
    /// Goes on talking with a second window that was opened before the page was loaded again.
    pub fn new(lab: Lab) -> First {
        let mut page = Owner::current();
        while let Some(above) = page.as_ref().and_then(Owner::parent) {
            page = Some(above);
        }
        let first = First { lab, page };
        if let Some(name) = storage::get_for_visit(NAME) {
            first.listen(&name);
        }
        first
    }

    /// Opens the second window, or brings it to the front.
    ///
    /// # Errors
    /// The browser opened none: its address, for a link.
    pub fn open(&self) -> Result<(), String> {
        let name = storage::get_for_visit(NAME).unwrap_or_else(|| {
            let name = dom::random(NAMES).to_string();
            storage::set_for_visit(NAME, &name);
            name
        });
        self.listen(&name);
        let address = speaker::address(&name);
        if dom::open_window(&address, &format!("notes-{name}")) { Ok(()) } else { Err(address) }
    }

    fn listen(&self, name: &str) {
        if LINE.with_borrow(Option::is_some) {
            return;
        }
        let lab = self.lab;
        let Some(line) = Line::open(name, move |message| heard(lab, message)) else { return };
        let line = Rc::new(line);
        LINE.set(Some(line.clone()));
        let tell = move || {
            Effect::new(move |_| line.say(&Message::Here(lab.link.get().to_string())));
        };
        match &self.page {
            Some(page) => page.with(tell),
            None => tell(),
        }
    }
}

/// Does what the second window wants.
fn heard(lab: Lab, message: Message) {
    match message {
        Message::Ask => {
            let here = Message::Here(lab.link.read_untracked().to_string());
            LINE.with_borrow(|line| line.iter().for_each(|line| line.say(&here)));
        }
        Message::On => go(lab, 1),
        Message::Back => go(lab, -1),
        // Of another window that is presented; not for this one.
        Message::Here(_) => {}
    }
}

/// Goes so many pages on in a lesson, and so many steps in the lab; on other screens nowhere.
fn go(lab: Lab, by: isize) {
    let page = lab.link.read_untracked().page.clone();
    match page {
        Page::Lesson(id, number, seed) => {
            // Behind the last page is the end.
            let last = lab.lesson.with_untracked(Vec::len) + 1;
            let to = number.saturating_add_signed(by).clamp(1, last);
            if to != number {
                lab.go(Page::Lesson(id, to, seed), View::default());
            }
        }
        Page::Lab(_) | Page::Fault(..) => lab.step_by(by),
        _ => {}
    }
}
