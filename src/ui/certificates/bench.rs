//! The recipe that is being made: what it says, what was made of it, and what differs from the recipe as it was opened.

use super::desk::{Desk, Recipes};
use super::object::Made;
use crate::certificates::changed::{Changed, changed, gone};
use crate::certificates::in_lab::Wanted;
use crate::certificates::mint::{ObjectKind, mint};
use crate::certificates::recipe::{BUILT_IN, BuiltIn, Recipe, link};
use crate::route::{Page, RecipeLink};
use crate::scenario::CLOCK;
use crate::time;
use crate::ui::dom;
use crate::ui::state::Lab;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// How far the making is.
#[derive(Clone, PartialEq, Eq)]
pub enum Making {
    /// It goes on.
    Now,
    /// It is done.
    Done,
    /// Nothing was made, for this reason.
    Failed(String),
}

/// A recipe as it was opened, which all later ones of its name are compared with.
pub struct Opened {
    name: String,
    text: String,
    seed: Option<u64>,
    is_today: bool,
    made: Arc<Made>,
}

/// One recipe on its way. Copied freely into views.
#[derive(Clone, Copy)]
pub struct Bench {
    lab: Lab,
    desk: Desk,
    /// What the address says.
    pub link: Signal<RecipeLink>,
    /// The recipe's name.
    pub name: Memo<String>,
    /// The text that is made: what the address has, what was too long for it, or as it came.
    pub text: Memo<String>,
    /// The same, read; `None` where it is no recipe.
    pub recipe: Memo<Option<Arc<Recipe>>>,
    /// What is wrong with the recipe of the address.
    pub damaged: Memo<Option<String>>,
    /// Why the recipe is not in the address.
    pub too_long: RwSignal<Option<String>>,
    /// How far it is.
    pub making: RwSignal<Making>,
    /// What was made last.
    pub last: RwSignal<Option<Arc<Made>>>,
    /// What differs from the recipe as it was opened.
    pub changes: Memo<Arc<Vec<Changed>>>,
    /// What was made of that, and is not made any more.
    pub gone: Memo<Vec<(ObjectKind, String)>>,
}

/// The text of a recipe as it came; nothing where there is no such.
pub fn own(name: &str) -> &'static str {
    BuiltIn::named(name).map_or("", |one| one.text)
}

/// The text of a recipe as it stands among these.
pub fn among(recipes: Recipes, name: &str) -> Option<String> {
    recipes.read().get(name).cloned()
}

impl Bench {
    /// For the recipe of this link; it is made at once, and again whenever something changes.
    pub fn new(lab: Lab, desk: Desk, link: Signal<RecipeLink>) -> Bench {
        let name = Memo::new(move |_| {
            let link = link.read();
            if link.name.is_empty() {
                BUILT_IN.first().map_or("", |one| one.name).to_owned()
            } else {
                link.name.clone()
            }
        });
        let unpacked = Memo::new(move |_| {
            let link = link.read();
            (!link.own.is_empty()).then(|| link::unpack(&link.own))
        });
        let text = Memo::new(move |_| match unpacked.get() {
            Some(Ok(text)) => text,
            _ => among(desk.recipes, &name.read()).unwrap_or_else(|| own(&name.read()).to_owned()),
        });
        let recipe = Memo::new(move |_| Recipe::parse(&text.read()).ok().map(Arc::new));
        let damaged = Memo::new(move |_| unpacked.get().and_then(Result::err));
        let last = RwSignal::new(None);
        let both = move || {
            let (opened, last): (_, Option<Arc<Made>>) = (desk.opened.get(), last.get());
            opened.zip(last)
        };
        let changes = Memo::new(move |_| {
            let all = both().map(|(opened, last)| changed(&opened.made.objects, &last.objects));
            Arc::new(all.unwrap_or_default())
        });
        let gone = Memo::new(move |_| {
            let all = both().map(|(opened, last)| gone(&opened.made.objects, &last.objects));
            all.unwrap_or_default()
        });
        let making = RwSignal::new(Making::Now);
        let too_long = RwSignal::new(None);
        let bench = Bench {
            lab,
            desk,
            link,
            name,
            text,
            recipe,
            damaged,
            too_long,
            making,
            last,
            changes,
            gone,
        };
        bench.keep_making();
        bench
    }

    fn keep_making(self) {
        let today = self.desk.today;
        let clock = Memo::new(move |_| {
            let day = today.get().then(|| time::typed(&dom::today())).flatten();
            day.unwrap_or(CLOCK)
        });
        // Of what was asked for one after the other, the last counts.
        let asked = StoredValue::new(0_u32);
        Effect::new(move |before: Option<String>| {
            let (text, name) = (self.text.get(), self.name.get());
            let (seed, clock) = (self.link.read().seed, clock.get());
            if before.as_ref() != Some(&name) {
                // Of another recipe nothing is compared, and nothing shown.
                self.last.set(None);
                self.too_long.set(None);
                self.desk.opened.update(|opened| {
                    opened.take_if(|opened| opened.name != name);
                });
            }
            if text.is_empty() {
                return name;
            }
            self.making.set(Making::Now);
            // What was open belongs to what was made before.
            if before.is_some() {
                self.desk.close(self.lab);
            }
            asked.update_value(|asked| *asked += 1);
            let own = asked.get_value();
            let (own_name, is_today) = (name.clone(), today.get_untracked());
            spawn_local(async move {
                // So that it is seen that it works: keys of RSA take seconds.
                dom::next_frame().await;
                dom::next_task().await;
                if asked.try_get_value() != Some(own) {
                    return;
                }
                match make(&text, seed, clock) {
                    Ok(made) => {
                        let made = Arc::new(made);
                        self.made(Opened { name: own_name, text, seed, is_today, made });
                    }
                    Err(why) => {
                        let _ = self.making.try_set(Making::Failed(why));
                    }
                }
            });
            name
        });
    }

    fn made(self, one: Opened) {
        if self.last.try_get_untracked().is_none() {
            return;
        }
        let made = one.made.clone();
        if self.desk.opened.with_untracked(Option::is_none) {
            self.desk.opened.set(Some(Arc::new(one)));
        }
        self.last.set(Some(made));
        self.making.set(Making::Done);
    }

    /// Takes this text for the recipe.
    pub fn keep(self, text: String) {
        self.take(text, self.link.read_untracked().seed);
    }

    /// Has the recipe be as it was opened.
    pub fn put_back(self) {
        if let Some(opened) = self.desk.opened.get_untracked() {
            self.desk.today.set(opened.is_today);
            self.take(opened.text.clone(), opened.seed);
        }
    }

    /// Takes text and seed: into the address, or where the text is too long for that, here alone.
    fn take(self, text: String, seed: Option<u64>) {
        let name = self.name.get_untracked();
        let as_it_came = Recipe::parse(own(&name)) == Recipe::parse(&text);
        let packed = if as_it_came { Ok(String::new()) } else { link::pack(&text) };
        self.desk.drafts.update(|drafts| {
            drafts.remove(&name);
        });
        self.desk.recipes.update(|recipes| {
            recipes.remove(&name);
            if packed.is_err() {
                recipes.insert(name.clone(), text);
            }
        });
        self.too_long.set(packed.clone().err());
        let link = RecipeLink { name, seed, own: packed.unwrap_or_default() };
        self.lab.refine(Page::Certificates(Some(link)));
    }

    /// What a scenario says of this recipe; `None` where it is too long for an address.
    pub fn wanted(self) -> Option<Wanted> {
        let (name, RecipeLink { seed, own: packed, .. }) = (self.name.get(), self.link.get());
        let as_it_came = *self.text.read() == own(&name);
        let packed = if as_it_came { String::new() } else { packed };
        (as_it_came || !packed.is_empty()).then(|| Wanted {
            name,
            own: packed,
            seed,
            ..Wanted::default()
        })
    }

    /// Takes another seed; none is the recipe's own.
    pub fn reseed(self, seed: Option<u64>) {
        let link = RecipeLink { seed, ..self.link.get_untracked() };
        self.lab.refine(Page::Certificates(Some(link)));
    }
}

fn make(text: &str, seed: Option<u64>, clock: u64) -> Result<Made, String> {
    let mut recipe = Recipe::parse(text).map_err(|error| error.to_string())?;
    recipe.seed = seed.unwrap_or(recipe.seed);
    let objects = mint(&recipe, clock).map_err(|error| error.to_string())?;
    Ok(Made { recipe, objects, clock })
}
