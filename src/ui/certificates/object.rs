//! One object of a recipe: what it is for, what is in it, its files, and how other programs make the same.

use super::desk::Desk;
use super::thing::cards;
use crate::certificates::mint::{File, Form, Object, ObjectKind, Way, folder};
use crate::certificates::recipe::{Recipe, Role};
use crate::certificates::{nearest, read};
use crate::route::Page;
use crate::ui::lab;
use crate::ui::parts::{Commands, CopyButton, download};
use crate::ui::state::Lab;
use leptos::prelude::*;
use std::sync::Arc;

/// What was made of a recipe.
pub struct Made {
    /// The recipe, with the seed that was used.
    pub recipe: Recipe,
    /// Its objects.
    pub objects: Vec<Object>,
    /// When it was made, in seconds since 1970.
    pub clock: u64,
}

/// All objects, in the order in which they are made.
pub fn objects(made: &Arc<Made>) -> AnyView {
    let rows = (0..made.objects.len()).map(|at| view! { <One made=made.clone() at/> });
    let (lab, all) = (lab(), made.clone());
    let save_all = move |_| {
        let name = folder::name(&all.recipe);
        match folder::zipped(&all.objects, &name) {
            Ok(bytes) => hand_over(lab, &format!("{name}.zip"), "application/zip", &bytes),
            Err(why) => lab.notice.set(Some(format!("The folder could not be made: {why}"))),
        }
    };
    view! {
        <section aria-label="What is made">
            <h2>"What is made, in this order"</h2>
            <p class="actions"><button class="btn" on:click=save_all>"↓ All of it, as a folder (zip)"</button></p>
            <ol class="objects">{rows.collect_view()}</ol>
        </section>
    }
    .into_any()
}

#[component]
fn One(made: Arc<Made>, at: usize) -> impl IntoView {
    let object = made.objects.get(at)?;
    let title = format!("{} {}", object.kind.name(), object.name);
    let heading = view! {
        <h3>{format!("{}. {} ", at + 1, object.kind.name())}<code translate="no">{object.name.clone()}</code></h3>
    };
    let about = object.about.clone();
    let files = object.files.iter().map(save).collect_view();
    let inside = {
        let made = made.clone();
        Folded { label: "What is in it", title: title.clone(), body: move || inside(&made, at) }
    };
    let text = object.files.iter().find(|file| file.form == Form::Pem);
    let text = text.map(|file| String::from_utf8_lossy(&file.bytes).into_owned());
    let label = if object.kind == ObjectKind::Key { "Show the private key" } else { "PEM" };
    let pem = text.map(|text| {
        folded(Folded { label, title: title.clone(), body: move || pem(text.clone()) })
    });
    let commands = {
        let made = made.clone();
        Folded { label: "openssl and keytool", title, body: move || commands(&made, at) }
    };
    let can_be_shown = can_be_judged(&made, object);
    let judge = can_be_shown.then(|| {
        let (lab, desk): (_, Desk) = (lab(), expect_context());
        let (made, name) = (made.clone(), object.name.clone());
        let of = format!(": {name}");
        view! {
            <button class="btn" on:click=move |_| made.judge(lab, desk, &name)>
                "See it judged"<span class="sr-only">{of}</span>
            </button>
        }
    });
    let run = run_like(&made.recipe, &object.name);
    Some(view! {
        <li class="object">
            {heading}
            <p>{about}</p>
            <div class="actions">{files} {judge} {can_be_shown.then_some(run)}</div>
            {folded(inside)}
            {pem}
            {folded(commands)}
        </li>
    })
}

/// The way to the run of the lab that is nearest to a leaf.
pub fn run_like(recipe: &Recipe, name: &str) -> Option<impl IntoView + use<>> {
    let run = nearest::run(recipe, name)?;
    let page = Page::of_fault(&run).unwrap_or_else(|| Page::Lab(run.text()));
    Some(view! {
        <a class="btn" href=page.href()>"Run one like it"<span class="sr-only">{format!(": {name}")}</span></a>
    })
}

/// Whether it is a certificate that a server or a client shows.
fn can_be_judged(made: &Made, object: &Object) -> bool {
    object.kind == ObjectKind::Certificate
        && made.recipe.subject(&object.name).is_some_and(|one| one.role != Role::Authority)
}

/// A part that is built when it is first opened.
struct Folded<F> {
    label: &'static str,
    /// What it belongs to, for people who do not see what it stands below.
    title: String,
    body: F,
}

fn folded<F: Fn() -> AnyView + Send + 'static>(part: Folded<F>) -> AnyView {
    let open = RwSignal::new(false);
    let Folded { label, title, body } = part;
    view! {
        <div class="object-part">
            <button class="disclosure" aria-expanded=move || open.get().to_string() on:click=move |_| open.update(|open| *open = !*open)>
                {label}<span class="sr-only">{format!(" of {title}")}</span>
            </button>
            {move || open.get().then(&body)}
        </div>
    }
    .into_any()
}

/// What is in its last file, read as any other.
fn inside(made: &Made, at: usize) -> AnyView {
    let file = made.objects.get(at).and_then(|object| object.files.last());
    let files = file.map(|file| (file.name.clone(), file.bytes.clone()));
    let files: Vec<(String, Vec<u8>)> = files.into_iter().collect();
    let reading = read::read(&files, Some(&made.recipe.password));
    cards(&reading, &format!("made-{at}"), true).into_any()
}

fn pem(text: String) -> AnyView {
    view! {
        <div class="command-line">
            <pre translate="no" tabindex="0">{text.clone()}</pre>
            <CopyButton text what="PEM"/>
        </div>
    }
    .into_any()
}

fn commands(made: &Made, at: usize) -> AnyView {
    let ways = made
        .objects
        .get(at)
        .map(|object| [("OpenSSL", &object.openssl), ("keytool", &object.keytool)]);
    let of = |(program, way): (&str, &Way)| match way {
        Way::Run(lines) => {
            view! { <Commands commands=vec![(format!("{program}:"), lines.join("\n"))]/> }
                .into_any()
        }
        Way::Cannot(why) => {
            view! { <p class="dim">{format!("Not with {program}: {why}.")}</p> }.into_any()
        }
    };
    let told = ways.into_iter().flatten().map(of).collect_view();
    view! {
        <p class="dim">"They make the same, each program in a folder of its own, from the first object to the last."</p>
        {told}
    }
    .into_any()
}

/// A button that saves a file.
fn save(file: &File) -> impl IntoView + use<> {
    let lab = lab();
    let file = file.clone();
    let name = file.name.clone();
    let media_type = match file.form {
        Form::Pem => "application/x-pem-file",
        Form::Der => "application/octet-stream",
        Form::Pkcs12 => "application/x-pkcs12",
    };
    let click = move |_| hand_over(lab, &file.name, media_type, &file.bytes);
    let label = format!("Save {name}");
    view! { <button class="btn" on:click=click aria-label=label>"↓ "<span translate="no">{name}</span></button> }
}

/// Hands a file to the person.
fn hand_over(lab: Lab, name: &str, media_type: &str, bytes: &[u8]) {
    if download(name, media_type, bytes).is_err() {
        lab.notice.set(Some("The browser did not let the page save a file.".into()));
    }
}
