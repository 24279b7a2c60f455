//! A recording of oneself: in this tab's memory until it is deleted or the prompt is left, never stored or sent.

use crate::ui::dom;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, BlobEvent, MediaRecorder, MediaStream, MediaStreamConstraints, MediaStreamTrack, Url,
};

/// What there is of a recording.
#[derive(Clone, PartialEq, Eq)]
enum Taken {
    /// Nothing.
    Nothing,
    /// The browser asks the person for the microphone.
    Asking,
    /// It is being made.
    Running,
    /// It is there, at this address.
    There(String),
    /// The browser gave no microphone, or no recording.
    Refused,
}

/// Record, play, delete; nothing at all where the browser cannot.
#[component]
pub fn Voice() -> impl IntoView {
    if !can_record() {
        return ().into_any();
    }
    let taken = RwSignal::new(Taken::Nothing);
    let recorder = StoredValue::new_local(None::<MediaRecorder>);
    let forget = move || {
        if let Some(Taken::There(url)) = taken.try_get_untracked() {
            let _ = Url::revoke_object_url(&url);
        }
    };
    let stop = move || {
        // Its end is what the recording waits for.
        recorder.try_with_value(|recorder| {
            if let Some(recorder) = recorder {
                let _ = recorder.stop();
            }
        });
    };
    on_cleanup(move || {
        stop();
        forget();
    });
    let record = move || {
        forget();
        taken.set(Taken::Asking);
        spawn_local(async move {
            let made = match microphone().await {
                Ok(stream) => {
                    let started = |one: MediaRecorder| {
                        // The prompt may be left while the browser asks.
                        let here = recorder.try_set_value(Some(one)).is_none();
                        let _ = taken.try_set(Taken::Running);
                        here
                    };
                    let made = recorded(&stream, started).await;
                    release(&stream);
                    made
                }
                Err(error) => Err(error),
            };
            let _ = recorder.try_set_value(None);
            let url = made.and_then(|blob| Url::create_object_url_with_blob(&blob));
            let there = url.map_or(Taken::Refused, Taken::There);
            if let Some(Taken::There(url)) = taken.try_set(there) {
                let _ = Url::revoke_object_url(&url);
            }
        });
    };
    let press = move |_| match taken.get_untracked() {
        Taken::Asking => {}
        Taken::Running => stop(),
        _ => record(),
    };
    let delete = move |_| {
        forget();
        taken.set(Taken::Nothing);
    };
    let told = move || match taken.get() {
        Taken::Nothing => "",
        Taken::Asking => "The browser asks you for the microphone.",
        Taken::Running => "Recording…",
        Taken::There(_) => "Recorded.",
        Taken::Refused => {
            "The browser gave no microphone. Allow it for this page in the browser’s settings, and try again."
        }
    };
    let player = move || match taken.get() {
        Taken::There(url) => Some(view! {
            <audio controls src=url aria-label="Your answer"></audio>
            <button class="btn" on:click=delete>"Delete the recording"</button>
        }),
        _ => None,
    };
    view! {
        <section class="voice" aria-label="Record yourself">
            <div class="buttons">
                <button class="btn" aria-disabled=move || (taken.get() == Taken::Asking).to_string() on:click=press>
                    {move || match taken.get() {
                        Taken::Running => "Stop recording",
                        Taken::There(_) => "Record again",
                        _ => "Record your answer",
                    }}
                </button>
                <span role="status">{told}</span>
                {player}
            </div>
            <p class="dim">
                "A recording stays in the memory of this tab. It is never stored and never sent, and it is gone when you delete it or leave this prompt."
            </p>
        </section>
    }
    .into_any()
}

/// Whether the browser has what it takes. It has no microphone where the page came neither over HTTPS nor from
/// this machine.
fn can_record() -> bool {
    let window = dom::window();
    let has = |on: &JsValue, name: &str| {
        js_sys::Reflect::get(on, &name.into()).is_ok_and(|found| !found.is_undefined())
    };
    has(&window, "MediaRecorder") && has(&window.navigator(), "mediaDevices")
}

/// Asks for the microphone.
async fn microphone() -> Result<MediaStream, JsValue> {
    let wanted = MediaStreamConstraints::new();
    wanted.set_audio(&JsValue::TRUE);
    let devices = dom::window().navigator().media_devices()?;
    let stream = JsFuture::from(devices.get_user_media_with_constraints(&wanted)?).await?;
    Ok(stream.unchecked_into())
}

/// Records until the recorder is stopped. `started` takes it, and says whether there is anybody to stop it.
async fn recorded(
    stream: &MediaStream,
    started: impl FnOnce(MediaRecorder) -> bool,
) -> Result<Blob, JsValue> {
    let recorder = MediaRecorder::new_with_media_stream(stream)?;
    // Without a time to cut it at, all of it comes in one piece when it ends.
    let whole = js_sys::Promise::new(&mut |done, failed| {
        recorder.set_ondataavailable(Some(&done));
        recorder.set_onerror(Some(&failed));
    });
    recorder.start()?;
    if !started(recorder.clone()) {
        recorder.stop()?;
    }
    let event: BlobEvent = JsFuture::from(whole).await?.unchecked_into();
    event.data().ok_or(JsValue::NULL)
}

/// Lets go of the microphone.
fn release(stream: &MediaStream) {
    for track in stream.get_tracks().iter() {
        track.unchecked_into::<MediaStreamTrack>().stop();
    }
}
