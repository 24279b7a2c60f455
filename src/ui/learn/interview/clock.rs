//! How much of a prompt's or a round's time is left. It only tells: nothing ends with it.

use crate::ui::learn::minutes::{PACE, left_of, minutes_seconds, now};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A clock that can be paused, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticking {
    /// What was used before it was started last.
    used: u64,
    /// When that was, since 1970; `None` while it stands.
    started: Option<u64>,
}

impl Ticking {
    /// One that runs from this moment.
    pub fn from_now() -> Ticking {
        Ticking { used: 0, started: Some(now()) }
    }

    /// What is used by this moment.
    fn used_at(self, moment: u64) -> u64 {
        let running = self.started.map_or(0, |started| moment.saturating_sub(started));
        self.used.saturating_add(running)
    }

    /// The same, standing since now.
    pub fn paused(self) -> Ticking {
        Ticking { used: self.used_at(now()), started: None }
    }

    /// Pauses it, or lets it go on.
    fn pressed(self) -> Ticking {
        match self.started {
            Some(_) => self.paused(),
            None => Ticking { started: Some(now()), ..self },
        }
    }

    /// What was used, as a clock shows it.
    pub fn shown(self) -> String {
        minutes_seconds((self.used_at(now()) / 1000).try_into().unwrap_or(i64::MAX))
    }
}

/// What a clock is called, and what its button says.
pub struct Words {
    label: &'static str,
    start: &'static str,
    pause: &'static str,
    go_on: &'static str,
}

/// Those of a prompt's.
pub const OF_PROMPT: &Words =
    &Words { label: "Time left", start: "Start the clock", pause: "Pause", go_on: "Go on" };

/// Those of a round's.
pub const OF_ROUND: &Words = &Words {
    label: "Time left of the round",
    start: "Start the round’s clock",
    pause: "Pause the round",
    go_on: "Go on with the round",
};

/// The time left of so many minutes, in whole seconds.
#[component]
pub fn Clock(minutes: usize, ticking: RwSignal<Ticking>, words: &'static Words) -> impl IntoView {
    let moment = RwSignal::new(now());
    let runs = Memo::new(move |_| ticking.read().started.is_some());
    Effect::new(move |_| {
        moment.set(now());
        if runs.get() {
            // Ends with this effect's present run.
            let _ = set_interval(move || moment.set(now()), PACE);
        }
    });
    let left = Memo::new(move |_| left_of(minutes, ticking.get().used_at(moment.get()) as f64));
    let press = move |_| {
        moment.set(now());
        ticking.update(|ticking| *ticking = ticking.pressed());
    };
    let text = move || {
        let time = minutes_seconds(left.get());
        if left.get() < 0 { format!("{time} over") } else { time }
    };
    view! {
        <p class="prompt-clock">
            <span role="timer" aria-label=words.label class:bad=move || left.get() < 0>{text}</span>
            <button class="btn" on:click=press>
                {move || match (runs.get(), ticking.get().used > 0) {
                    (true, _) => words.pause,
                    (false, true) => words.go_on,
                    (false, false) => words.start,
                }}
            </button>
        </p>
    }
}
