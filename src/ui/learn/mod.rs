//! Learn: lessons that drive the lab.

use leptos::prelude::*;

/// The list of lessons.
#[component]
pub fn Lessons() -> impl IntoView {
    view! { <h1>"Lessons"</h1> }
}

/// One lesson.
#[component]
pub fn LessonPlayer() -> impl IntoView {
    view! { <h1>"Lesson"</h1> }
}
