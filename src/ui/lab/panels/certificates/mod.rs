//! The certificate chains as they were sent, with the root that the other end trusts.

mod card;
mod chain;

use crate::capture::JudgedChain;
use crate::dissect::Epoch;
use crate::route::Perspective;
use crate::run::Run;
use crate::trace::Endpoint;
use crate::ui::lab;
use crate::ui::parts::{Commands, download, made_by};
use crate::ui::state::Lab;
use chain::{Chain, Judgement};
use leptos::prelude::*;

/// The panel.
#[component]
pub fn Certificates() -> impl IntoView {
    let lab = lab();
    let perspective = Memo::new(move |_| lab.eyes());
    move || {
        let listening = perspective.get() == Perspective::Eavesdropper;
        lab.with_step(|run, step| {
            let chains: Vec<Chain> = [Endpoint::Server, Endpoint::Client]
                .into_iter()
                .filter_map(|owner| chain::find(run, owner, step.index))
                .collect();
            if chains.is_empty() {
                return super::empty(none_yet(run));
            }
            let made_by = made_by(run.scenario());
            let views = chains
                .into_iter()
                .map(|chain| {
                    if listening && chain.epoch != Epoch::Plain {
                        let owner = run.story().roles.tls(chain.owner).name();
                        let sees = if chain.is_among_others {
"the record that they share with other messages"
} else {
"an encrypted record"
};
                        return super::empty(format!(
                            "The {owner} sent its certificates encrypted: an eavesdropper sees only {sees}."
                        ));
                    }
                    let ends = [chain.owner, chain.owner.peer()].map(|who| run.story().roles.tls(who).name());
                    view! { <ChainView chain=chain ends/> }.into_any()
                })
                .collect_view();
            view! { {made_by} {views} }.into_any()
        })
    }
}

/// Why there is no chain by this step, and whether one will come.
fn none_yet(run: &Run) -> String {
    let parts = run.dissection();
    let owner = run.story().roles.tls(Endpoint::Server).name();
    if let Some(why) = super::without_tls(run) {
        return why.into();
    }
    if chain::is_sent_at_all(run) {
        return format!("Nothing yet: the {owner} shows its chain in its Certificate message.");
    }
    match parts.offered.as_ref().filter(|_| parts.negotiated.resumed) {
        Some(session) => format!(
            "No certificate in this connection: the session is resumed, and who the {owner} is was \
             proved in connection {}.",
            session.secret.connection + 1
        ),
        None => "No certificate was sent in this connection: it ended before.".into(),
    }
}

#[component]
fn ChainView(chain: Chain, ends: [&'static str; 2]) -> impl IntoView {
    let [owner, judge] = ends;
    let verdict = chain.verdict.as_ref().map(|verdict| match &verdict.result {
        Judgement::Accepted => view! {
            <p class="verdict ok">"✓ accepted by the "{judge}</p>
        }
        .into_any(),
        Judgement::NotChecked => view! {
            <p class="verdict bad">"○ not checked by the "{judge}": verification is off"</p>
        }
        .into_any(),
        Judgement::Refused(error) => view! {
            <p class="verdict bad">"✕ refused by the "{judge}</p>
            <p>{error.clone()}</p>
        }
        .into_any(),
    });
    let clock = chain.verdict.as_ref().and_then(|verdict| verdict.at);
    let accepted =
        chain.verdict.as_ref().is_some_and(|verdict| matches!(verdict.result, Judgement::Accepted));
    let judged = chain.verdict.as_ref().and_then(|verdict| verdict.judged.clone());
    let judged = judged.map(|judged| view! { <Again judged/> });
    let wanted = chain.verdict.as_ref().and_then(|verdict| verdict.name.clone());
    let wanted = wanted.map(|name| {
        view! {
            <p class="dim">"name wanted: "<code translate="no">{name}</code></p>
        }
    });
    let count = chain.certificates.len();
    let cards = chain
        .certificates
        .into_iter()
        .enumerate()
        .map(|(place, certificate)| {
            let role = match place {
                0 => format!("{owner}'s own"),
                _ => "intermediate".to_string(),
            };
            view! { <card::Card role=role certificate clock accepted/> }
        })
        .collect_view();
    let root = chain.root.map(|root| {
        view! { <card::Card role="trusted root, not sent".to_string() certificate=root clock accepted/> }
    });
    let heading =
        format!("The {owner}'s {}", if chain.raw_public_key.is_some() { "key" } else { "chain" });
    let label = heading.clone();
    let none = (count == 0).then(|| {
        super::empty(match chain.raw_public_key {
            Some(kind) => format!(
                "The {owner} sent a raw public key ({kind}) and no certificate: the {judge} was told this \
                 key beforehand."
            ),
            None => format!("The {owner} sent a Certificate message without a certificate."),
        })
    });
    view! {
        <section class="chain" aria-label=label>
            <h3>{heading}</h3>
            {verdict}
            {wanted}
            {none}
            <ol class="cards">{cards} {root}</ol>
            {judged}
        </section>
    }
}

/// How to have OpenSSL judge the chain again: the files, and the command with the moment of the run.
#[component]
fn Again(judged: JudgedChain) -> impl IntoView {
    let lab = lab();
    let how = if judged.checked { "Judges it again as the" } else { "Judges it, which the" };
    let did = if judged.checked { "did" } else { "did not" };
    let what = format!(
        "{how} {} {did}, at {}: today the certificates may have run out.",
        judged.judge_name,
        judged.date(),
    );
    let command = vec![(what, judged.command())];
    let files = [judged.chain_file(), judged.root_file()].map(|(name, text)| {
        let label = format!("Download {name}");
        view! { <button class="btn" on:click=move |_| save(lab, &name, &text)>{label}</button> }
    });
    view! {
        <h4>"Check it yourself"</h4>
        <div class="actions">{files.collect_view()}</div>
        <Commands commands=command/>
    }
}

/// Hands a file of certificates to the person.
fn save(lab: Lab, name: &str, text: &str) {
    if download(name, "application/x-pem-file", text.as_bytes()).is_err() {
        lab.notice.set(Some("This browser did not let the page make a file.".into()));
    }
}
