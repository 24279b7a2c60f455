//! What the certificates of a recipe have, as a table: for the form that changes one, and for writing a recipe as
//! text. A form changes the text and reads it again, so that there is one place that says what is allowed.

use super::{KINDS, Purpose, Recipe, Role, Subject, Wrong, name_text};
use crate::certificates::key::KeyKind;

/// How a field is written, and what a form has for it.
#[derive(Clone, Copy)]
pub enum Control {
    /// A text.
    Text,
    /// A whole number.
    Number,
    /// One of these: what the recipe writes, and what a menu says. An empty one leaves the field out.
    One(fn(&Recipe, &Subject) -> Vec<(String, String)>),
    /// Any of these: what the recipe writes, what the form says, and what comes of it.
    Any(fn(&Subject) -> Vec<(&'static str, &'static str, &'static str)>),
    /// Names, each of any kind.
    Names,
    /// Texts in their order.
    List,
}

/// A key of `[[certificate]]`.
pub struct Field {
    /// What the recipe calls it.
    pub key: &'static str,
    /// What the form calls it.
    pub label: &'static str,
    /// What it does, in a sentence.
    pub help: &'static str,
    /// How it is written.
    pub control: Control,
    /// Whether the form of such a certificate has it.
    pub of: fn(&Subject) -> bool,
    /// What there is.
    pub get: fn(&Subject) -> Vec<String>,
}

fn always(_: &Subject) -> bool {
    true
}

/// In the text alone.
fn never(_: &Subject) -> bool {
    false
}

fn authority(subject: &Subject) -> bool {
    subject.role == Role::Authority
}

fn option(text: &Option<String>) -> Vec<String> {
    text.iter().cloned().collect()
}

/// All keys, in the order in which they are written.
pub static FIELDS: &[Field] = &[
    Field {
        key: "name",
        label: "Name of its files",
        help: "",
        control: Control::Text,
        of: never,
        get: |one| vec![one.name.clone()],
    },
    Field {
        key: "about",
        label: "What it is for",
        help: "",
        control: Control::Text,
        of: never,
        get: |one| vec![one.about.clone()],
    },
    Field {
        key: "role",
        label: "Role",
        help: "",
        control: Control::Text,
        of: never,
        get: |one| vec![one.role.id().into()],
    },
    Field {
        key: "organization",
        label: "Organization",
        help: "organizationName of the subject. It may be empty.",
        control: Control::Text,
        of: always,
        get: |one| option(&one.organization),
    },
    Field {
        key: "common-name",
        label: "Common name",
        help: "For people to read. No client takes a host’s name from here any more. If empty, the first of the names.",
        control: Control::Text,
        of: always,
        get: |one| option(&one.common_name),
    },
    Field {
        key: "names",
        label: "Names (subjectAltName)",
        help: "The names that count: a client compares the one it asked for with these.",
        control: Control::Names,
        of: |one| !authority(one),
        get: |one| one.names.iter().map(name_text).collect(),
    },
    Field {
        key: "key",
        label: "Key",
        help: "ECDSA keys and signatures are shorter and signing is faster; RSA is read by the oldest programs too.",
        control: Control::One(|_, _| {
            KeyKind::ALL.iter().map(|kind| (kind.id().into(), kind.label().into())).collect()
        }),
        of: always,
        get: |one| vec![one.key.id().into()],
    },
    Field {
        key: "issuer",
        label: "Issuer",
        help: "Whose key signs. An authority that signs for itself is a root; a leaf that does is trusted by nobody.",
        control: Control::One(issuers),
        of: always,
        get: |one| option(&one.issuer),
    },
    Field {
        key: "days",
        label: "Days",
        help: "How long it is valid. From March 2026 on, public authorities give servers 200 days at most.",
        control: Control::Number,
        of: always,
        get: |one| vec![one.days.to_string()],
    },
    Field {
        key: "path-length",
        label: "Path length",
        help: "How many authorities may follow below it: 0 lets it sign leaves alone. If empty, any number.",
        control: Control::Number,
        of: authority,
        get: |one| one.path_length.iter().map(u8::to_string).collect(),
    },
    Field {
        key: "permitted",
        label: "Permitted names (nameConstraints)",
        help: "The only names below which it may issue, such as dns:example.com. If empty, all.",
        control: Control::List,
        of: authority,
        get: |one| one.permitted.iter().map(name_text).collect(),
    },
    Field {
        key: "purposes",
        label: "Purposes (extendedKeyUsage)",
        help: "Unless you choose others, a server’s is for servers and a client’s for clients. An authority with none is for anything.",
        control: Control::Any(|_| {
            Purpose::ALL.iter().map(|one| (one.id(), one.label(), "")).collect()
        }),
        of: always,
        get: |one| one.purposes.iter().map(|one| one.id().into()).collect(),
    },
    Field {
        key: "serial",
        label: "Serial number",
        help: "In hexadecimal. Two of one issuer with the same number are refused by some programs. If empty, one is drawn from the seed.",
        control: Control::Text,
        of: always,
        get: |one| one.serial.iter().map(|bytes| crate::hex::encode(bytes)).collect(),
    },
    Field {
        key: "wrong",
        label: "What is wrong with it, on purpose",
        help: "",
        control: Control::Any(|one| {
            let fits = Wrong::ALL.iter().filter(|wrong| wrong.fits(one.role));
            fits.map(|wrong| (wrong.id(), wrong.label(), wrong.breaks())).collect()
        }),
        of: always,
        get: |one| one.wrong.iter().map(|wrong| wrong.id().into()).collect(),
    },
];

/// What holds of a key that the recipe leaves out, where a form shows it as chosen.
pub fn implied(key: &str, subject: &Subject) -> Vec<String> {
    let decides = [Wrong::NoExtendedKeyUsage, Wrong::WrongPurpose, Wrong::Version1];
    if key != "purposes" || decides.iter().any(|wrong| subject.has(*wrong)) {
        return Vec::new();
    }
    let purpose = match subject.role {
        Role::Authority => None,
        Role::Server => Some(Purpose::Server),
        Role::Client => Some(Purpose::Client),
    };
    purpose.iter().map(|one| one.id().to_owned()).collect()
}

/// What a form shows of a key: what the recipe says, or else what holds.
pub fn shown(field: &Field, subject: &Subject) -> Vec<String> {
    let own = (field.get)(subject);
    if own.is_empty() { implied(field.key, subject) } else { own }
}

/// Who may sign it: itself, and each authority before it.
fn issuers(recipe: &Recipe, subject: &Subject) -> Vec<(String, String)> {
    let before = recipe.certificate.iter().take_while(|one| one.name != subject.name);
    let authorities = before.filter(|one| authority(one));
    let named = authorities.map(|one| (one.name.clone(), one.name.clone()));
    [(String::new(), "its own key".to_owned())].into_iter().chain(named).collect()
}

/// One block of a recipe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Block {
    /// `[[certificate]]`
    Certificate,
    /// `[[bundle]]`
    Bundle,
    /// `[[key-store]]`
    KeyStore,
    /// `[[trust-store]]`
    TrustStore,
}

/// A key of one block that is to have other values.
pub struct Edit<'a> {
    /// Which kind of block.
    pub block: Block,
    /// The block's name.
    pub name: &'a str,
    /// Which key.
    pub key: &'a str,
    /// Its values; none leaves the key out.
    pub values: &'a [String],
}

/// The recipe as text: what [`Recipe::parse`] reads.
pub fn text(recipe: &Recipe) -> String {
    written(recipe, None)
}

/// The text of the recipe with one key changed.
///
/// # Errors
/// What it says cannot be made; says why.
pub fn edited(recipe: &Recipe, edit: &Edit<'_>) -> Result<String, String> {
    let field = FIELDS.iter().find(|field| field.key == edit.key);
    let is_number = field.is_some_and(|field| matches!(field.control, Control::Number));
    let digits = |text: &String| text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number && !edit.values.iter().all(digits) {
        return Err(format!("{}: write a whole number", edit.name));
    }
    let text = written(recipe, Some(edit));
    match Recipe::parse(&text) {
        Ok(_) => Ok(text),
        Err(error) => Err(error.what),
    }
}

fn written(recipe: &Recipe, edit: Option<&Edit<'_>>) -> String {
    let mut text = String::new();
    text += &format!("title = {}\nabout = {}\n", quoted(&recipe.title), quoted(&recipe.about));
    if recipe.seed != 1 {
        text += &format!("seed = {}\n", recipe.seed);
    }
    if recipe.password != super::changeit() {
        text += &format!("password = {}\n", quoted(&recipe.password));
    }
    let values = |block: Block, name: &str, key: &str, own: Vec<String>| match edit {
        Some(edit) if edit.block == block && edit.name == name && edit.key == key => {
            edit.values.to_vec()
        }
        _ => own,
    };
    for subject in &recipe.certificate {
        text += "\n[[certificate]]\n";
        for field in FIELDS {
            let own = (field.get)(subject);
            let all = values(Block::Certificate, &subject.name, field.key, own);
            text += &line(field.key, field.control, &all);
        }
    }
    let groups = [
        (Block::Bundle, "bundle", &recipe.bundle),
        (Block::KeyStore, "key-store", &recipe.key_store),
        (Block::TrustStore, "trust-store", &recipe.trust_store),
    ];
    for (block, word, groups) in groups {
        for group in groups {
            text += &format!("\n[[{word}]]\n");
            text += &line("name", Control::Text, std::slice::from_ref(&group.name));
            text += &line("about", Control::Text, std::slice::from_ref(&group.about));
            let all = values(block, &group.name, "certificates", group.certificates.clone());
            text += &format!("certificates = {}\n", list(&all));
        }
    }
    text
}

/// A key and its value; nothing where there is none.
fn line(key: &str, control: Control, values: &[String]) -> String {
    let value = match control {
        Control::Any(_) | Control::Names | Control::List => list(values),
        Control::Number => values.concat(),
        Control::Text | Control::One(_) => quoted(&values.concat()),
    };
    if values.iter().all(String::is_empty) { String::new() } else { format!("{key} = {value}\n") }
}

fn list(values: &[String]) -> String {
    let all: Vec<String> = values.iter().map(|value| quoted(value)).collect();
    format!("[{}]", all.join(", "))
}

/// A string of TOML: those of JSON are.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The kind of name that a recipe's text of one starts with, and what stands behind it.
pub fn split_name(text: &str) -> (&'static str, String) {
    let (word, rest) = text.split_once(':').unwrap_or(("", text));
    let kind = KINDS.iter().find(|kind| kind.word == word).or(KINDS.first());
    (kind.map_or("", |kind| kind.word), rest.to_owned())
}
