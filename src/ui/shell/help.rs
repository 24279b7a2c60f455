//! Help: what the screen is, what colours and marks mean, the keys, and words that texts about TLS have two of.

use crate::route::{Page, Study};
use crate::trail::Look;
use crate::ui::lab;
use crate::ui::lab::keyboard::{BINDINGS, character_keys, set_character_keys};
use crate::ui::lab::ladder::Mark;
use crate::ui::parts::Behind;
use leptos::html::Dialog;
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;

/// The dialog, loaded when first asked for.
#[wasm_split(help, wasm_split_path = leptos::wasm_split, fallible)]
pub fn door() -> Behind {
    Ok(|| view! { <Help/> }.into_any())
}

/// What a screen is: its name, and what to do there.
fn screen(page: &Page) -> (&'static str, &'static [&'static str]) {
    match page {
        Page::Home => (
            "Home",
            &[
                "What this is and three ways in. The ladder is a run that was made in this tab; each arrow leads to its step in the lab.",
            ],
        ),
        Page::Lab(_) if Look::of(page) == Some(Look::Gateway) => (
            "Gateway",
            &[
                "Two connections of one run: client to gateway, and gateway to service. Choose a wire to see what goes over it.",
                "“Who can read and change what” is found by searching the bytes that each place has.",
            ],
        ),
        Page::Lab(_) => (
            "Connection",
            &[
                "One run, as a whole and then step by step. The ladder lists the steps; the middle tells the step and shows its fields beside its bytes; the panels show what holds at that step.",
                "Choose a field or a byte for its meaning. The run's name, at the top, opens all that can be changed: it runs again at once.",
                "“See as” takes the eyes of the client, the server, or an eavesdropper, for whom encrypted records stay closed.",
            ],
        ),
        Page::Fault(..) => (
            "A fault",
            &[
                "A run in which one thing is broken. It asks first what will come of it: who notices, by which alert, and who can read that. “Skip” shows the run at once, and no fault asks again in this visit.",
                "It opens at the step from where it goes another way than the good run; below what the step says stand who noticed, the failed check, the alert and both error texts.",
                "“Check it yourself” has commands for a server of your own: write its name above them. “Cause and fix” has what to write into your program. “Apply the fix” runs it again without the fault.",
            ],
        ),
        Page::Faults(_) => (
            "Break & fix",
            &[
                "All faults by what they are faults of. The last column says who notices and which alert tells of it, in the run that is broken: TLS 1.3, TLS 1.2, or one you brought from the lab.",
                "Paste an error message, or write words of it. Where no fault has all of them, those with most are shown.",
            ],
        ),
        Page::Diagnose(_) => (
            "Diagnose",
            &[
                "Something fails, and one line is all there is. Run commands on the client's machine, then say what the cause is and what to do. Points go to the cause, the fix, commands that tell it from all else, and few of them.",
                "Each answer comes from the bytes of a run, in the program's own form. The address holds level and seed: whoever opens it gets the same mystery.",
            ],
        ),
        Page::Lessons => (
            "Lessons",
            &[
                "Each lesson walks through a real run and asks about it. Progress is kept on this device.",
            ],
        ),
        Page::Study(Study::Practise, _) => (
            "Practise",
            &[
                "Questions of all lessons, each about a run of its own. The address holds which, how many and the seed, so whoever opens it is asked the same.",
                "What was missed is kept on this device and comes again first. In an exam nothing is said before its end. What you leave in the middle goes on where it was, as long as the tab is open.",
            ],
        ),
        Page::Study(Study::Interview, _) => (
            "Interview",
            &[
                "Prompts as in interviews, with hints and follow-ups to open one after the other. Say the answer aloud, then compare it with the rubric and the model answer, and grade yourself.",
                "The address of a round holds its level, its minutes and its seed, so whoever opens it gets the same prompts. Grades are kept on this device.",
            ],
        ),
        Page::Study(Study::Progress, _) => (
            "My progress",
            &[
                "What you read, answered and solved, as it is kept on this device and nowhere else. It can be saved as a file, opened on another device, and forgotten.",
                "A question that was missed comes again the next day. Each time it is right when it is due it waits longer: 3, 7, 16, then 35 days.",
            ],
        ),
        Page::Study(Study::Glossary, _) => (
            "Glossary",
            &[
                "What the words mean, what they were called before, and where they are defined. “Show me” leads to a step of a run where it can be seen, “Read on” to a page of a lesson.",
            ],
        ),
        Page::Lesson(..) => (
            "A lesson",
            &[
                "A text, and what it speaks of in a run of its own. Right answers are read from that run, so another seed asks anew; the foot says what was right or wrong.",
                "Names of fields in the text light their bytes, and words lead to the glossary. The list of pages ends with a worksheet to print, with the answers on a last sheet.",
            ],
        ),
        Page::Certificates(_) => (
            "Certificates",
            &[
                "“Read” takes certificates, requests, keys, stores and what programs print, says what is in them, and whether a client or a server would take them: for a host, at a moment, with the roots you trust. Nothing that you give leaves the page.",
                "“Make” has recipes for an authority of your own. Each object has its fields, its files, and the commands of openssl and keytool that make the same.",
            ],
        ),
        Page::Compare(..) => (
            "Compare",
            &[
                "Two runs side by side. Steps are paired by what is sent and by whom; open one to see which fields differ.",
            ],
        ),
        Page::Race(_) => (
            "Race",
            &[
                "Two to four runs on one time axis, up to the first byte of the answer, over a link of the same length. The calculator below says what the round trips come to in a day.",
            ],
        ),
        Page::StolenKey(..) => (
            "Stolen key",
            &[
                "Two recorded connections and the server’s private key, stolen later. What it opens depends on how the keys were agreed on.",
            ],
        ),
    }
}

/// Marks that are not those of the ladder.
const MARKS: &[(&str, &str)] = &[
    ("yellow", "chosen: the present step, field, byte or key"),
    ("✓", "a check that passed"),
    ("✕", "what failed, and where a run leaves the working one"),
    ("blue", "the client"),
    ("orange", "the server"),
];

/// The dialog. The browser keeps the focus in it and gives it back.
#[component]
fn Help() -> impl IntoView {
    let lab = lab();
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        match (lab.help.get(), dialog.open()) {
            (true, false) => {
                let _ = dialog.show_modal();
            }
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    let about = move || {
        let (name, lines) = screen(&lab.link.read().page);
        view! {
            <h3>{name}</h3>
            {lines.iter().map(|line| view! { <p>{*line}</p> }).collect_view()}
        }
    };
    let epochs = Mark::ALL.iter().map(|mark| {
        view! {
            <div class=mark.class()>
                <dt><b aria-hidden="true">{mark.legend_symbol()}</b></dt>
                <dd>{mark.word()}</dd>
            </div>
        }
    });
    let others = MARKS.iter().map(|(mark, meaning)| {
        view! {
            <div>
                <dt>{*mark}</dt>
                <dd>{*meaning}</dd>
            </div>
        }
    });
    view! {
        <dialog class="help" node_ref=dialog aria-labelledby="help-title" on:close=move |_| lab.help.set(false)>
            <div class="help-head">
                <h2 id="help-title">"Help"</h2>
                <button class="btn" on:click=move |_| lab.help.set(false)>"Close"</button>
            </div>
            {about}
            <p>
                "What a word means: " <a href=Page::Study(Study::Glossary, String::new()).href()>"Glossary"</a>
            </p>
            <h3>"Colours and marks"</h3>
            <dl class="keys marks">{epochs.collect_view()} {others.collect_view()}</dl>
            <h3>"Keyboard"</h3>
            <dl class="keys">
                {BINDINGS
                    .iter()
                    .map(|binding| {
                        let keys = binding
                            .keys
                            .iter()
                            .map(|key| view! { <kbd>{key_name(key)}</kbd> " " })
                            .collect_view();
                        view! {
                            <div>
                                <dt>{keys}</dt>
                                <dd>{binding.label}</dd>
                            </div>
                        }
                    })
                    .collect_view()}
                <div>
                    <dt><kbd>"n"</kbd></dt>
                    <dd>"while presenting: notes in a second window; in a lesson: the page’s notes"</dd>
                </div>
            </dl>
            <h3>"Names and standards"</h3>
            <dl class="names">
                {NAMES
                    .iter()
                    .map(|(name, meaning)| view! { <dt>{*name}</dt> <dd>{*meaning}</dd> })
                    .collect_view()}
            </dl>
            <label class="switch">
                <input
                    type="checkbox"
                    prop:checked=character_keys()
                    on:change:target=move |event| set_character_keys(event.target().checked())
                />
                " Letters, digits and “?” work as keys"
            </label>
            <p class="licences">
                <a href="./THIRD-PARTY-LICENSES.txt">"Licences of what this page is built from"</a>
            </p>
        </dialog>
    }
}

/// What a reader of older texts may look for, with what is meant.
const NAMES: &[(&str, &str)] = &[
    (
        "main secret",
        "RFC 9846's name for what RFC 8446, RFC 5246 and most tools call the master secret. The labels \
         that go into the derivation keep the old word: the bytes are the same.",
    ),
    ("preliminary secret", "what RFC 5246 calls the pre-master secret, in TLS 1.2."),
    (
        "extended_main_secret",
        "the extension that RFC 7627 and Wireshark call extended_master_secret.",
    ),
    (
        "exporter secret, resumption secret",
        "exporter_master_secret and resumption_master_secret in RFC 8446.",
    ),
    (
        "RFC 9846",
        "TLS 1.3 of July 2026. It made RFC 8446 obsolete, and RFC 5246, the text of TLS 1.2, with RFC \
         5077, RFC 7627 and RFC 8422. They are still cited here for what TLS 1.2 does, since nothing else \
         says it. TLS 1.2 gets no new features (RFC 9851); TLS 1.0 and 1.1 must not be used (RFC 8996).",
    ),
];

/// A key as it is written on the keyboard.
fn key_name(key: &'static str) -> &'static str {
    match key {
        "ArrowRight" => "→",
        "ArrowLeft" => "←",
        " " => "Space",
        other => other,
    }
}
