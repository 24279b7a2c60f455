//! The ways to share what is on screen.

use super::address_of;
use super::qr::Qr;
use crate::route::{EMBED, FRAME_PARTS, Layer, Page, Panel, Route, View, Zoom, embedded};
use crate::ui::parts::{Behind, CopyButton};
use crate::ui::{dom, lab};
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;

/// The ways, loaded when first asked for.
#[wasm_split(share, wasm_split_path = leptos::wasm_split, fallible)]
pub fn door() -> Behind {
    Ok(|| view! { <Ways/> }.into_any())
}

/// Width and height of a frame in another page, in pixels.
const SIZES: [(u32, u32); 4] = [(800, 450), (1200, 800), (640, 360), (400, 600)];

/// Something of the lab that an address can say.
struct Shown {
    label: &'static str,
    /// What there is to choose from.
    words: fn() -> Vec<&'static str>,
    /// Shows the one at this place.
    set: fn(&mut View, usize),
}

const SHOWN: [Shown; 3] = [
    Shown {
        label: "Sequence of",
        words: || Zoom::ALL.iter().map(|zoom| zoom.word()).collect(),
        set: |view, at| view.zoom = Zoom::ALL.get(at).copied().unwrap_or_default(),
    },
    Shown {
        label: "Bytes of the",
        words: || Layer::ALL.iter().map(|layer| layer.word()).collect(),
        set: |view, at| view.layer = Layer::ALL.get(at).copied().unwrap_or_default(),
    },
    Shown {
        label: "Panel",
        words: || Panel::ALL.iter().map(|panel| panel.label()).collect(),
        set: |view, at| view.panel = Panel::ALL.get(at).copied(),
    },
];

/// What is said first of each, and leaves it alone.
const AS_NOW: &str = "as it is now";

/// What of the lab the frame shows: all of it, or one of [`FRAME_PARTS`].
fn parts() -> Vec<String> {
    let alone = FRAME_PARTS.iter().map(|part| format!("the {part} alone"));
    std::iter::once("the whole lab".to_owned()).chain(alone).collect()
}

/// What the address says of the frame: which of [`parts`], and whether it plays by itself.
fn asked(part: usize, plays: bool) -> String {
    let part = part.checked_sub(1).and_then(|at| FRAME_PARTS.get(at));
    let show = part.map_or(String::new(), |part| format!("&show={part}"));
    format!("{EMBED}{show}{}", if plays { "&play" } else { "" })
}

/// Whether the route shows a run, which has more to choose from.
fn has_run(route: &Route) -> bool {
    matches!(route.page, Page::Lab(_) | Page::Fault(..))
}

/// Link, QR code, embedding and print.
#[component]
fn Ways() -> impl IntoView {
    let lab = lab();
    let whole = RwSignal::new(false);
    let has_step = Memo::new(move |_| {
        let link = lab.link.read();
        has_run(&link) && link.view.step.is_some()
    });
    let route = Memo::new(move |_| {
        let mut route = lab.link.get();
        if has_step.get() && whole.get() {
            let View { connection, zoom, perspective, .. } = route.view;
            route.view = View { connection, zoom, perspective, ..View::default() };
        }
        route
    });
    let link = Signal::derive(move || address_of(&route.read().to_string()));
    let start = move |label: &'static str, is: bool| {
        let pressed = move || (whole.get() == is).to_string();
        view! { <button aria-pressed=pressed on:click=move |_| whole.set(is)>{label}</button> }
    };
    let starts = move || {
        has_step.get().then(|| {
            view! {
                <div class="seg" role="group" aria-label="What the link opens">
                    {start("This step", false)} {start("The connection as a whole", true)}
                </div>
            }
        })
    };
    view! {
        <div class="item text first">
            {starts}
            <label>
                "Link"
                <input
                    readonly
                    prop:value=link
                    on:focus=|event| {
                        event_target::<web_sys::HtmlInputElement>(&event).select();
                    }
                />
            </label>
            <CopyButton text=link what="the link" named=true/>
        </div>
        <Folded name="QR code">
            <Qr text=link/>
        </Folded>
        <Folded name="Embed in another page">
            <Embed route/>
        </Folded>
        <button class="item" data-closes="" on:click=|_| dom::print()>
            <b>"Print"</b>
            <span class="dim">"The page, without its controls."</span>
        </button>
    }
}

/// What is made when it is unfolded.
#[component]
fn Folded(name: &'static str, children: ChildrenFn) -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <details
            class="item text"
            on:toggle=move |event| open.set(event_target::<web_sys::Element>(&event).has_attribute("open"))
        >
            <summary>{name}</summary>
            {move || open.get().then(|| children())}
        </details>
    }
}

/// The frame for another page, as HTML.
#[component]
fn Embed(route: Memo<Route>) -> impl IntoView {
    let size = RwSignal::new(0);
    let shown = SHOWN.map(|_| RwSignal::new(0_usize));
    let (part, plays) = (RwSignal::new(0), RwSignal::new(false));
    let snippet = Signal::derive(move || {
        let mut route = route.get();
        let mut own = EMBED.to_owned();
        if has_run(&route) {
            own = asked(part.get(), plays.get());
            for (one, chosen) in SHOWN.iter().zip(shown) {
                // The first leaves it as it is.
                if let Some(at) = chosen.get().checked_sub(1) {
                    (one.set)(&mut route.view, at);
                }
            }
        }
        let size = SIZES.get(size.get()).copied().unwrap_or_default();
        frame(&address_of(&embedded(&route.to_string(), &own)), size)
    });
    let sizes = SIZES.map(|(width, height)| format!("{width} × {height}"));
    let more = move || {
        has_run(&route.read()).then(|| {
            let one = |(one, chosen): (&Shown, RwSignal<usize>)| {
                let words = (one.words)();
                let words = std::iter::once(AS_NOW).chain(words).map(str::to_owned).collect();
                choose(one.label, words, chosen)
            };
            let shown = SHOWN.iter().zip(shown).map(one).collect_view();
            view! { {choose("Show", parts(), part)} {shown} }
        })
    };
    let play = move || {
        has_run(&route.read()).then(|| {
            view! {
                <label class="check">
                    <input type="checkbox" on:change=move |event| plays.set(event_target_checked(&event))/>
                    "Start playing when it comes into view"
                </label>
            }
        })
    };
    view! {
        <div class="embed-choices">{choose("Size", sizes.to_vec(), size)} {more}</div>
        {play}
        <pre translate="no" tabindex="0"><code>{snippet}</code></pre>
        <CopyButton text=snippet what="the snippet" named=true/>
    }
}

/// A list to choose from, by place.
fn choose(label: &'static str, words: Vec<String>, chosen: RwSignal<usize>) -> AnyView {
    let options = words.into_iter().enumerate().map(|(at, word)| {
        view! { <option value=at>{word}</option> }
    });
    let choose = move |event| chosen.set(event_target_value(&event).parse().unwrap_or_default());
    view! { <label>{label} <select on:change=choose>{options.collect_view()}</select></label> }
        .into_any()
}

/// A frame that shows `address`. The page in it may copy what its buttons copy.
fn frame(address: &str, (width, height): (u32, u32)) -> String {
    let safe = |text: &str| text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    let (address, title) = (safe(address), safe(&dom::document().title()));
    format!(
        r#"<iframe src="{address}" width="{width}" height="{height}" title="{title}" loading="lazy" allow="clipboard-write"></iframe>"#
    )
}
