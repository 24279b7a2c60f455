//! A step for each block of the recipe: what it is for, what it can be changed in, and what it makes.

use super::bench::Bench;
use super::form::StepForm;
use super::object::{Folded, One, folded};
use crate::certificates::mint::ObjectKind;
use crate::certificates::recipe::form::Block;
use crate::certificates::recipe::{Recipe, Role};
use leptos::prelude::*;

/// The steps of a recipe: which kind of block, and its name.
fn steps(recipe: &Recipe) -> Vec<(Block, String)> {
    let certificates = recipe.certificate.iter().map(|one| (Block::Certificate, one.name.clone()));
    let groups = [
        (Block::Bundle, &recipe.bundle),
        (Block::KeyStore, &recipe.key_store),
        (Block::TrustStore, &recipe.trust_store),
    ];
    let groups = groups
        .into_iter()
        .flat_map(|(block, groups)| groups.iter().map(move |one| (block, one.name.clone())));
    certificates.chain(groups).collect()
}

/// All of them, each in its place for as long as the recipe has it.
#[component]
pub fn Steps() -> impl IntoView {
    let bench: Bench = expect_context();
    let all = Memo::new(move |before: Option<&Vec<(Block, String)>>| match bench.recipe.get() {
        Some(recipe) => steps(&recipe),
        None => before.cloned().unwrap_or_default(),
    });
    view! {
        <ol class="steps">
            <For
                each=move || all.get()
                key=|step| step.clone()
                children=move |(block, name)| view! { <Step all block name/> }
            />
        </ol>
    }
}

/// What a step is called, and what it is for.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Words(&'static str, &'static str);

const ROOT: Words = Words(
    "Root",
    "Signs its own certificate. Whoever is to believe the others is given it beforehand; its key stays offline.",
);
const INTERMEDIATE: Words = Words(
    "Intermediate",
    "Asks the authority above by a request, is signed by it, and signs from then on in its place.",
);
const SERVER: Words = Words(
    "Server",
    "A key, a request with the public key and the names, and the certificate that the issuer makes of it.",
);
const CLIENT: Words = Words(
    "Client",
    "The same for the other end: a server that asks for a certificate knows by it who calls.",
);
const ALONE: Words = Words(
    "Self-signed",
    "A key and a certificate in one step, signed by itself: nobody vouches for it.",
);
const BUNDLE: Words = Words(
    "Bundle",
    "Certificates one behind the other in one PEM file: what an end sends, or whom a program trusts.",
);
const KEY_STORE: Words = Words(
    "Key store",
    "PKCS #12: the private key of the first certificate and the chain, under a password. Secret.",
);
const TRUST_STORE: Words = Words(
    "Trust store",
    "PKCS #12: the certificates that a program believes. Public, but nobody else may write to it.",
);

fn words(recipe: &Recipe, block: Block, name: &str) -> Words {
    match block {
        Block::Bundle => BUNDLE,
        Block::KeyStore => KEY_STORE,
        Block::TrustStore => TRUST_STORE,
        Block::Certificate => match recipe.subject(name).map(|one| (one.role, &one.issuer)) {
            Some((Role::Authority, Some(_))) => INTERMEDIATE,
            Some((Role::Authority, None)) | None => ROOT,
            Some((_, None)) => ALONE,
            Some((Role::Server, _)) => SERVER,
            Some((Role::Client, _)) => CLIENT,
        },
    }
}

/// The kinds of objects that it makes.
fn kinds(recipe: &Recipe, block: Block, name: &str) -> Vec<ObjectKind> {
    match block {
        Block::Bundle => vec![ObjectKind::Bundle],
        Block::KeyStore => vec![ObjectKind::KeyStore],
        Block::TrustStore => vec![ObjectKind::TrustStore],
        Block::Certificate => {
            // One that signs for itself asks nobody.
            let asks = recipe.subject(name).is_some_and(|one| one.issuer.is_some());
            let request = asks.then_some(ObjectKind::Request);
            [ObjectKind::Key].into_iter().chain(request).chain([ObjectKind::Certificate]).collect()
        }
    }
}

#[component]
fn Step(all: Memo<Vec<(Block, String)>>, block: Block, name: String) -> impl IntoView {
    let bench: Bench = expect_context();
    let shown = name.clone();
    let number = {
        let step = (block, name.clone());
        Memo::new(move |_| all.read().iter().position(|one| *one == step).map_or(0, |at| at + 1))
    };
    let words = {
        let name = name.clone();
        Memo::new(move |before: Option<&Words>| match bench.recipe.read().as_ref() {
            Some(recipe) => words(recipe, block, &name),
            None => before.copied().unwrap_or(ROOT),
        })
    };
    let made = {
        let name = name.clone();
        Memo::new(move |before: Option<&Vec<ObjectKind>>| match bench.recipe.read().as_ref() {
            Some(recipe) => kinds(recipe, block, &name),
            None => before.cloned().unwrap_or_default(),
        })
    };
    let form = {
        let name = name.clone();
        folded(Folded {
            label: "Change it",
            title: name.clone(),
            body: move || {
                let name = name.clone();
                Some(view! { <StepForm block name/> }.into_any())
            },
        })
    };
    view! {
        <li class="step">
            <h3>
                {move || format!("{}. {} ", number.get(), words.get().0)}<code translate="no">{shown}</code>
            </h3>
            <p class="dim">{move || words.get().1}</p>
            {form}
            <ul class="objects">
                <For
                    each=move || made.get()
                    key=|kind| *kind
                    children=move |kind| view! { <One kind name=name.clone()/> }
                />
            </ul>
        </li>
    }
}
