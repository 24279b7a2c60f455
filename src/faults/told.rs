//! Promises and outcomes in words.

use super::{Outcome, Promise};
use crate::tls::AlertDescription;
use crate::trace::{Endpoint, Status};

impl Promise {
    /// What is promised.
    pub const fn meaning(self) -> &'static str {
        match self {
            Promise::Confidentiality => "nobody else can read it",
            Promise::Integrity => "what arrives is what was sent: all of it, in order, once",
            Promise::Authentication => "the other end is who it says it is",
            Promise::Availability => {
                "it works at all. TLS does not promise that, and nothing but the connection is lost"
            }
        }
    }
}

impl Outcome {
    /// What must come of it, in a few words.
    pub fn told(&self) -> String {
        let name = |who: Endpoint| {
            if self.is_inner { who.of(["gateway", "service"]) } else { who.name() }
        };
        let who = match (self.noticed_by, self.client) {
            (Some(who), _) => format!("the {} notices", name(who)),
            (None, Status::Established) => return "nobody notices".into(),
            (None, _) => return "nobody notices, and both ends wait".into(),
        };
        let Some(alert) = self.alert else { return format!("{who}; no alert") };
        let code = u8::from(alert.description);
        let description = AlertDescription(code).name().unwrap_or("?");
        let from = if Some(alert.from) == self.noticed_by {
            String::new()
        } else {
            format!(" from the {}", name(alert.from))
        };
        let how = if alert.encrypted { "encrypted" } else { "in the clear" };
        format!("{who}: `{description}` ({code}){from}, {how}")
    }

    /// What [`super::Words::unnoticed`] tells here: what would come of it, or what does.
    pub const fn unnoticed(&self) -> &'static str {
        match self.noticed_by {
            Some(_) => "Had nobody noticed",
            None => "As nobody notices",
        }
    }
}
