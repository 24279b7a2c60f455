//! A text as a QR code, for the room that sees the page on a wall.

use leptos::prelude::*;
use qrcodegen::{QrCode, QrCodeEcc};

/// How many modules stay white around it: what readers need, by ISO/IEC 18004.
const QUIET: i32 = 4;

/// The code of the text. Black on white in every theme, since not all readers take it the other way round.
#[component]
pub fn Qr(#[prop(into)] text: Signal<String>) -> impl IntoView {
    move || match QrCode::encode_text(&text.read(), QrCodeEcc::Medium) {
        Err(_) => view! { <p role="alert">"This link is too long for a QR code."</p> }.into_any(),
        Ok(code) => {
            let whole = code.size() + 2 * QUIET;
            view! {
                <svg class="qr" viewBox=format!("-{QUIET} -{QUIET} {whole} {whole}") role="img" aria-label="QR code of the link" shape-rendering="crispEdges">
                    <rect x={-QUIET} y={-QUIET} width=whole height=whole fill="#fff"/>
                    <path d=dark(&code) fill="#000"/>
                </svg>
            }
            .into_any()
        }
    }
}

/// The dark modules as a path, in units of one module: a square each.
fn dark(code: &QrCode) -> String {
    let all = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y)));
    let dark = all.filter(|(x, y)| code.get_module(*x, *y));
    dark.map(|(x, y)| format!("M{x} {y}h1v1h-1z")).collect()
}
