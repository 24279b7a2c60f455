//! The recipes that come with the program.

use super::{Recipe, RecipeError};

/// A recipe that comes with the program.
#[derive(Clone, Copy, Debug)]
pub struct BuiltIn {
    /// What `mint` calls it.
    pub name: &'static str,
    /// The recipe, as TOML.
    pub text: &'static str,
}

macro_rules! built_in {
    ($($name:literal),* $(,)?) => {
        &[$(BuiltIn { name: $name, text: include_str!(concat!("../recipes/", $name, ".toml")) }),*]
    };
}

/// All of them.
pub static BUILT_IN: &[BuiltIn] = built_in![
    "private-ca",
    "from-article-002",
    "spring-boot",
    "curl-client",
    "names-and-purposes",
    "what-goes-wrong",
];

impl BuiltIn {
    /// The recipe of this name.
    pub fn named(name: &str) -> Option<BuiltIn> {
        BUILT_IN.iter().copied().find(|recipe| recipe.name == name)
    }

    /// The recipe, read.
    ///
    /// # Errors
    /// None, as a test sees to it.
    pub fn recipe(&self) -> Result<Recipe, RecipeError> {
        Recipe::parse(self.text)
    }
}
