//! A form changes the text of a recipe and nothing else; the text goes into an address and comes back; and what
//! differs from before is found.

#![cfg(test)]

use handshake_lab::certificates::changed::{Changed, changed, gone};
use handshake_lab::certificates::mint::{Object, ObjectKind, mint};
use handshake_lab::certificates::recipe::form::{
    Block, Control, Edit, FIELDS, edited, shown, text,
};
use handshake_lab::certificates::recipe::{BUILT_IN, BuiltIn, Recipe, Role, Wrong, link};
use handshake_lab::scenario::CLOCK;

fn recipe(name: &str) -> Recipe {
    BuiltIn::named(name).unwrap().recipe().unwrap()
}

fn edit(recipe: &Recipe, name: &str, key: &str, values: &[&str]) -> Result<Recipe, String> {
    let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
    let edit = Edit { block: Block::Certificate, name, key, values: &values };
    edited(recipe, &edit).map(|text| Recipe::parse(&text).unwrap())
}

#[test]
fn a_recipe_that_is_written_is_read_back_as_it_was() {
    for one in BUILT_IN {
        let recipe = one.recipe().unwrap();
        assert_eq!(Recipe::parse(&text(&recipe)).as_ref(), Ok(&recipe), "{}", one.name);
    }
    let odd = Recipe { title: "a \"b\" \\ c\nd\té".into(), seed: 7, ..recipe("private-ca") };
    assert_eq!(Recipe::parse(&text(&odd)), Ok(odd));
}

#[test]
fn the_values_of_every_field_are_those_that_are_read_again() {
    for one in BUILT_IN {
        let recipe = one.recipe().unwrap();
        for subject in &recipe.certificate {
            for field in FIELDS.iter().filter(|field| (field.of)(subject)) {
                let values = (field.get)(subject);
                let values: Vec<&str> = values.iter().map(String::as_str).collect();
                let same = edit(&recipe, &subject.name, field.key, &values);
                assert_eq!(same.as_ref(), Ok(&recipe), "{}: {}", subject.name, field.key);
                assert!(!field.label.is_empty());
            }
        }
    }
}

#[test]
fn every_choice_of_a_form_can_be_made_or_says_why_not() {
    let recipe = recipe("private-ca");
    for subject in &recipe.certificate {
        for field in FIELDS.iter().filter(|field| (field.of)(subject)) {
            let all: Vec<String> = match field.control {
                Control::One(options) => {
                    options(&recipe, subject).into_iter().map(|(id, _)| id).collect()
                }
                Control::Any(options) => {
                    options(subject).into_iter().map(|(id, ..)| id.to_owned()).collect()
                }
                _ => continue,
            };
            assert!(!all.is_empty(), "{}", field.key);
            for id in all {
                match edit(&recipe, &subject.name, field.key, &[&id]) {
                    Ok(changed) => {
                        let changed = changed.subject(&subject.name).unwrap().clone();
                        assert_eq!((field.get)(&changed).concat(), id, "{}", field.key);
                    }
                    Err(why) => assert!(why.starts_with(&subject.name), "{}: {why}", field.key),
                }
            }
        }
    }
}

#[test]
fn a_form_shows_the_purpose_that_holds_where_the_recipe_names_none() {
    let recipe = recipe("private-ca");
    let field = FIELDS.iter().find(|field| field.key == "purposes").unwrap();
    for (name, chosen, expected) in [
        ("orders", &["server", "client"][..], "server client"),
        ("orders", &[], "server"),
        ("root", &[], ""),
    ] {
        let changed = edit(&recipe, name, "purposes", chosen).unwrap();
        assert_eq!(shown(field, changed.subject(name).unwrap()).join(" "), expected, "{name}");
    }
    let wrong = edit(&recipe, "orders", "wrong", &["wrong-purpose"]).unwrap();
    assert!(shown(field, wrong.subject("orders").unwrap()).is_empty());
}

#[test]
fn what_cannot_be_made_is_told_and_changes_nothing() {
    let recipe = recipe("private-ca");
    for (name, key, values, words) in [
        ("orders", "names", &["dns:"][..], "is no host name"),
        ("orders", "names", &["ip:orders"], "is no IP address"),
        ("orders", "names", &[], "have names"),
        ("orders", "days", &["soon"], "whole number"),
        ("orders", "days", &["0"], "days is a number"),
        ("orders", "serial", &["xyz"], "hexadecimal"),
        ("orders", "wrong", &["expired", "not-yet-valid"], "do not go together"),
        ("root", "common-name", &["a'b"], "letters, digits"),
        ("root", "path-length", &["999"], "invalid value"),
    ] {
        let why = edit(&recipe, name, key, values).unwrap_err();
        assert!(why.contains(words), "{key}: {why}");
    }
    let unknown = ["nobody".to_owned()];
    let group =
        Edit { block: Block::Bundle, name: "orders-chain", key: "certificates", values: &unknown };
    assert!(edited(&recipe, &group).unwrap_err().contains("no certificate nobody"));
}

#[test]
fn every_way_to_go_wrong_says_what_it_breaks_and_whom_it_fits() {
    for wrong in Wrong::ALL {
        assert!(wrong.breaks().ends_with('.'), "{}", wrong.id());
        assert!(wrong.fits(Role::Server) && wrong.fits(Role::Client), "{}", wrong.id());
    }
    assert!(!Wrong::NoSan.fits(Role::Authority) && Wrong::Expired.fits(Role::Authority));
}

#[test]
fn a_recipe_comes_out_of_an_address_as_it_went_in() {
    for one in BUILT_IN {
        let packed = link::pack(one.text).unwrap();
        assert_eq!(link::unpack(&packed).as_deref(), Ok(one.text), "{}", one.name);
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        assert!(packed.bytes().all(plain), "{packed}");
        assert!(packed.len() < 2_500, "{}: {} characters", one.name, packed.len());
    }
}

#[test]
fn a_damaged_or_a_long_recipe_is_told_in_words() {
    let packed = link::pack(BUILT_IN[0].text).unwrap();
    let (length, data) = packed.split_once('.').unwrap();
    let cut = &packed[..packed.len() / 2];
    let more = format!("{packed}AAAA");
    let other = format!("{length}.{}", data.replacen('e', "f", 1));
    let huge = format!("99999999.{data}");
    for wrong in [cut, &more, &other, &huge, "", ".", "7.", "x.eJw", "7.ä", data] {
        let why = link::unpack(wrong).unwrap_err();
        assert!(why.contains("damaged"), "{wrong}: {why}");
    }
    // What does not get shorter: every number once.
    let long: String = (0..4_000_u32).map(|n| n.wrapping_mul(2_654_435_761).to_string()).collect();
    let why = link::pack(&long).unwrap_err();
    assert!(why.contains("too long") && why.contains("8000"), "{why}");
}

fn made(recipe: &Recipe) -> Vec<Object> {
    mint(recipe, CLOCK).unwrap()
}

fn of<'a>(all: &'a [Changed], kind: ObjectKind, name: &str) -> Option<&'a Changed> {
    all.iter().find(|one| one.kind == kind && one.name == name)
}

#[test]
fn what_an_option_changes_is_found_in_the_fields_and_the_words_of_the_commands() {
    let before = recipe("private-ca");
    let old = made(&before);
    assert_eq!(changed(&old, &old), []);
    let after = edit(&before, "orders", "names", &["dns:orders.example.com", "ip:192.0.2.7"]);
    let all = changed(&old, &made(&after.unwrap()));
    let certificate = of(&all, ObjectKind::Certificate, "orders").unwrap();
    let fields: Vec<&str> = certificate.fields.iter().map(|field| field.what).collect();
    assert_eq!(fields, ["subjectAltName"]);
    assert!(certificate.fields[0].now.contains("iPAddress 192.0.2.7"));
    let (program, words) = &certificate.commands[0];
    assert_eq!(*program, "OpenSSL");
    let marked: Vec<&str> =
        words.lines.iter().flatten().filter(|(_, new)| *new).map(|(word, _)| &**word).collect();
    assert_eq!(marked, ["'subjectAltName=DNS:orders.example.com,IP:192.0.2.7'"]);
    assert_eq!(words.gone, ["'subjectAltName=DNS:orders.example.com'"]);
    // The request asks for the names too; the key is the same, and nothing of the other leaf has changed.
    assert!(of(&all, ObjectKind::Request, "orders").is_some());
    assert!(of(&all, ObjectKind::Key, "orders").is_none());
    assert!(of(&all, ObjectKind::Certificate, "billing").is_none());
    assert!(of(&all, ObjectKind::Bundle, "orders-chain").is_some());
}

#[test]
fn another_issuer_brings_a_request_and_another_seed_changes_everything() {
    let before = recipe("spring-boot");
    let old = made(&before);
    let after = edit(&before, "stranger", "issuer", &["client-root"]).unwrap();
    let all = changed(&old, &made(&after));
    assert!(of(&all, ObjectKind::Request, "stranger").unwrap().is_new);
    let reseeded = Recipe { seed: 99, ..recipe("private-ca") };
    let (old, new) = (made(&recipe("private-ca")), made(&reseeded));
    assert_eq!(changed(&old, &new).len(), new.len());
}

#[test]
fn all_that_differs_from_a_recipe_is_found_after_several_changes_and_what_is_not_made_any_more() {
    let opened = recipe("private-ca");
    let old = made(&opened);
    let first = edit(&opened, "orders", "names", &["dns:shop.example.com"]).unwrap();
    let second = edit(&first, "billing", "days", &["7"]).unwrap();
    let all = changed(&old, &made(&second));
    for name in ["orders", "billing"] {
        assert!(of(&all, ObjectKind::Certificate, name).is_some(), "{name}");
    }
    assert_eq!(gone(&old, &made(&second)), []);
    let mut without = second;
    let group = without.bundle.pop().unwrap().name;
    assert_eq!(gone(&old, &made(&without)), [(ObjectKind::Bundle, group)]);
}
