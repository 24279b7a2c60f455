//! One object of a recipe: what it is for, what is in it, its files, and how other programs make the same.

use super::bench::Bench;
use super::changes::changes;
use super::desk::Desk;
use super::run::{run_like, run_with};
use super::thing::cards;
use crate::certificates::mint::{File, Form, Object, ObjectKind, Way, folder};
use crate::certificates::read;
use crate::certificates::recipe::{Recipe, Role};
use crate::ui::lab;
use crate::ui::parts::{Commands, CopyButton, download, rich};
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

/// The button that saves all files in one.
pub fn save_all(bench: Bench) -> impl IntoView {
    let lab = lab();
    let click = move |_| {
        let Some(all) = bench.last.get_untracked() else { return };
        let name = folder::name(&all.recipe);
        let readme = folder::readme(&all.recipe, &all.objects, all.clock);
        match folder::zipped(&all.objects, &name, &readme) {
            Ok(bytes) => hand_over(lab, &format!("{name}.zip"), "application/zip", &bytes),
            Err(why) => lab.notice.set(Some(format!("The folder could not be made: {why}"))),
        }
    };
    view! { <p class="actions"><button class="btn" on:click=click>"↓ All of it, as a folder (zip)"</button></p> }
}

/// One object of a step. What was opened of it stays open when it is made again.
#[component]
pub fn One(kind: ObjectKind, name: String) -> impl IntoView {
    let bench: Bench = expect_context();
    let title = format!("{} {name}", kind.name());
    let found = {
        let name = name.clone();
        move || {
            let made = bench.last.get()?;
            let is_it = |object: &Object| object.kind == kind && object.name == name;
            let at = made.objects.iter().position(is_it)?;
            Some((made, at))
        }
    };
    // Each part asks for itself, so that what is open stays where it is.
    let part = move |body: fn(&Arc<Made>, usize) -> Option<AnyView>| {
        let found = found.clone();
        move || found().and_then(|(made, at)| body(&made, at))
    };
    let label = if kind == ObjectKind::Key { "Show the private key" } else { "PEM" };
    let has_pem = !matches!(kind, ObjectKind::KeyStore | ObjectKind::TrustStore);
    let pem = has_pem.then(|| folded(Folded { label, title: title.clone(), body: part(pem) }));
    let inside =
        folded(Folded { label: "What is in it", title: title.clone(), body: part(inside) });
    let commands = folded(Folded { label: "openssl and keytool", title, body: part(commands) });
    view! {
        <li class="object">
            <h4>{kind.name()}" "<code translate="no">{name.clone()}</code></h4>
            {part(head)}
            {changes(bench, kind, name)}
            {inside}
            {pem}
            {commands}
        </li>
    }
}

/// What it is for, its files, and what can be done with it.
fn head(made: &Arc<Made>, at: usize) -> Option<AnyView> {
    let object = made.objects.get(at)?;
    let files = object.files.iter().map(save).collect_view();
    let can_be_shown = can_be_judged(made, object);
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
    let runs = can_be_shown.then(|| {
        (run_with(expect_context(), made, &object.name), run_like(&made.recipe, &object.name))
    });
    let about = rich(&object.about);
    Some(view! { <p>{about}</p> <div class="actions">{files} {judge} {runs}</div> }.into_any())
}

/// Whether it is a certificate that a server or a client shows.
fn can_be_judged(made: &Made, object: &Object) -> bool {
    object.kind == ObjectKind::Certificate
        && made.recipe.subject(&object.name).is_some_and(|one| one.role != Role::Authority)
}

/// A part that is built when it is first opened.
pub struct Folded<F> {
    /// What its button says.
    pub label: &'static str,
    /// What it belongs to, for people who do not see what it stands below.
    pub title: String,
    /// What it opens to.
    pub body: F,
}

/// Its button, and the part behind it as long as it is open.
pub fn folded<F: Fn() -> Option<AnyView> + Send + Clone + 'static>(part: Folded<F>) -> AnyView {
    let open = RwSignal::new(false);
    let Folded { label, title, body } = part;
    view! {
        <div class="object-part">
            <button class="disclosure" aria-expanded=move || open.get().to_string() on:click=move |_| open.update(|open| *open = !*open)>
                {label}<span class="sr-only">{format!(" of {title}")}</span>
            </button>
            {move || open.get().then(|| body.clone())}
        </div>
    }
    .into_any()
}

/// What is in its last file, read as any other.
fn inside(made: &Arc<Made>, at: usize) -> Option<AnyView> {
    let file = made.objects.get(at)?.files.last()?;
    let files = [(file.name.clone(), file.bytes.clone())];
    let reading = read::read(&files, Some(&made.recipe.password));
    Some(cards(&reading, &format!("made-{at}"), true).into_any())
}

fn pem(made: &Arc<Made>, at: usize) -> Option<AnyView> {
    let file = made.objects.get(at)?.files.iter().find(|file| file.form == Form::Pem)?;
    let text = String::from_utf8_lossy(&file.bytes).into_owned();
    let pem = view! {
        <div class="command-line">
            <pre translate="no" tabindex="0">{text.clone()}</pre>
            <CopyButton text what="PEM"/>
        </div>
    };
    Some(pem.into_any())
}

fn commands(made: &Arc<Made>, at: usize) -> Option<AnyView> {
    let object = made.objects.get(at)?;
    let ways = [("OpenSSL", &object.openssl), ("keytool", &object.keytool)];
    let of = |(program, way): (&str, &Way)| match way {
        Way::Run(lines) => {
            view! { <Commands commands=vec![(format!("{program}:"), lines.join("\n"))]/> }
                .into_any()
        }
        Way::Cannot(why) => {
            view! { <p class="dim">{format!("Not with {program}: {why}.")}</p> }.into_any()
        }
    };
    let told = ways.into_iter().map(of).collect_view();
    let all = view! {
        <p class="dim">"They make the same, each program in a folder of its own, from the first object to the last."</p>
        {told}
    };
    Some(all.into_any())
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
