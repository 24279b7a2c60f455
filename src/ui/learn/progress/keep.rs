//! Saving all that is kept as a file, opening such a file, and forgetting all of it.

use super::All;
use crate::diagnose::Solved;
use crate::kept::{Added, Kept, KeptFile, NotTaken, Tally};
use crate::lesson::{Practice, Progress, Rounds};
use crate::ui::breakit::seen;
use crate::ui::dom;
use crate::ui::learn::ask_first::AskFirst;
use crate::ui::parts::download;
use crate::ui::record::Record;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeSet;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

/// The most bytes that are read of a file: far more than anybody's progress.
const LIMIT: f64 = 4_000_000.0;

/// What was said last: whether it went well, and the words.
type Said = RwSignal<(bool, String)>;

/// The line that says it.
type Line = NodeRef<leptos::html::P>;

/// Brings the line into sight once it is drawn: what was opened or forgotten makes the page longer or shorter.
fn show(line: Line, with_focus: bool) {
    let _ = request_animation_frame(move || {
        if let Some(line) = line.get_untracked() {
            if with_focus {
                let _ = line.focus();
            }
            line.scroll_into_view_with_bool(false);
        }
    });
}

/// The three.
#[component]
pub fn Keep(all: All) -> impl IntoView {
    let said: Said = RwSignal::new((true, String::new()));
    let line = Line::new();
    let is_empty = Memo::new(move |_| all.is_empty());
    let save = move |_| {
        let name = format!("handshake-lab-progress-{}.json", dom::today());
        let told = match download(&name, "application/json", file_of(all).text().as_bytes()) {
            Ok(()) => (true, format!("Saved as {name}.")),
            Err(_) => (false, "The browser made no file of it.".to_owned()),
        };
        said.set(told);
    };
    let open = move |file: File| {
        spawn_local(async move {
            let told = match read(&file).await {
                Ok(text) => take_in(all, &text),
                Err(why) => (false, why),
            };
            // The page may be gone by then.
            if said.try_set(told).is_none() {
                show(line, false);
            }
        });
    };
    view! {
        <section class="keep" aria-labelledby="progress-keep">
            <h2 id="progress-keep">"Your data"</h2>
            <p>
                "All of this is kept on this device alone. A file takes it to another device, or keeps a copy. Opening one adds to what is here and takes nothing away."
            </p>
            <p class="buttons">
                <button class="btn" hidden=is_empty on:click=save>"Save as a file"</button>
                <label class="btn">
                    "Open a file…"
                    <input
                        class="sr-only"
                        type="file"
                        accept=".json,application/json"
                        on:change:target=move |event| {
                            let input = event.target();
                            if let Some(file) = input.files().and_then(|files| files.get(0)) {
                                open(file);
                            }
                            // So that the same file can be chosen again.
                            input.set_value("");
                        }
                    />
                </label>
            </p>
            <Forget all said line/>
            <p class="said-last" role="status" tabindex="-1" node_ref=line class:bad=move || !said.read().0>{move || said.read().1.clone()}</p>
        </section>
    }
}

/// All of it as a file.
fn file_of(all: All) -> KeptFile {
    let mut file = KeptFile::new(&dom::today());
    all.records.progress.with_untracked(|kept| file.put(kept));
    all.records.practice.with_untracked(|kept| file.put(kept));
    all.solved.with_untracked(|kept| file.put(kept));
    all.rounds.with_untracked(|kept| file.put(kept));
    file.put_list(seen::KEPT, seen::all());
    file
}

async fn read(file: &File) -> Result<String, String> {
    if file.size() > LIMIT {
        return Err("This is not a progress file saved by this page: it is too large.".into());
    }
    let failed = || "The browser could not read this file.".to_owned();
    let text = JsFuture::from(file.text()).await.map_err(|_| failed())?;
    text.as_string().ok_or_else(failed)
}

/// Adds what a file has, all of it or nothing, and says what that was.
fn take_in(all: All, text: &str) -> (bool, String) {
    match parts(text) {
        Ok((progress, practice, solved, rounds, faults)) => {
            let mut added = Added::default();
            let mut kept = into(all.records.progress, &progress, &mut added);
            kept &= into(all.records.practice, &practice, &mut added);
            kept &= into(all.solved, &solved, &mut added);
            kept &= into(all.rounds, &rounds, &mut added);
            let before = seen::all().len();
            faults.iter().for_each(|id| seen::note(id));
            let now = seen::all();
            let count = now.len().saturating_sub(before);
            added.more(Tally { count, one: "fault seen", many: "faults seen" });
            all.seen.set(now);
            let till = if kept {
                ""
            } else {
                " It cannot be kept on this device, and counts until you close this tab."
            };
            (kept, format!("{added}{till}"))
        }
        Err(why) => (false, format!("{why} Nothing was changed.")),
    }
}

type Parts = (Progress, Practice, Solved, Rounds, BTreeSet<String>);

/// What is in a file, each read before any is taken.
fn parts(text: &str) -> Result<Parts, NotTaken> {
    let file = KeptFile::read(text)?;
    Ok((file.get()?, file.get()?, file.get()?, file.get()?, file.list(seen::KEPT)))
}

/// Whether it is stored.
fn into<T: Kept>(record: Record<T>, file: &T, added: &mut Added) -> bool {
    record.change(|kept| added.take_in(kept, file))
}

/// Forgets everything, after asking.
#[component]
fn Forget(all: All, said: Said, line: Line) -> impl IntoView {
    let is_empty = Memo::new(move |_| all.is_empty());
    let forget = Callback::new(move |()| {
        let mut stored = all.records.progress.change(Kept::forget);
        stored &= all.records.practice.change(Kept::forget);
        stored &= all.solved.change(Kept::forget);
        stored &= all.rounds.change(Kept::forget);
        seen::forget();
        all.seen.set(seen::all());
        let told = if stored {
            "All of it is forgotten."
        } else {
            "It is forgotten in this tab alone: what is stored on this device could not be changed."
        };
        said.set((stored, told.into()));
        // The button is gone with what it forgot.
        show(line, true);
    });
    view! {
        <div class="reset" hidden=is_empty>
            <AskFirst
                label="Forget everything…"
                about="Forget all progress"
                question="Forget lessons, answers, boxes, grades, exams, mysteries and faults? This cannot be undone: save a file first if you may want them back."
                forget
            />
        </div>
    }
}
