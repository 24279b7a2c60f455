//! What a subject of a recipe comes to: the plan of its certificate.

use crate::certificates::recipe::{Role, Subject, Wrong};
use crate::plan::{CertificatePlan, DAY, Extension, KeyPurpose, Name, Purpose, Validity};

/// The plan of a certificate as of this moment, with all that is wrong with it.
pub fn plan(subject: &Subject, clock: u64) -> CertificatePlan {
    let name = name(subject);
    let validity = validity(subject, clock);
    if subject.has(Wrong::Version1) {
        return CertificatePlan::bare(name, validity);
    }
    if subject.role == Role::Authority {
        let mut plan = CertificatePlan::authority(name, subject.path_length, validity);
        if !subject.purposes.is_empty() {
            plan.set(purposes(subject));
        }
        if !subject.permitted.is_empty() {
            plan.set(Extension::PermittedNames(subject.permitted.clone()));
        }
        return plan;
    }
    let (purpose, other) = match subject.role {
        Role::Client => (Purpose::Host, KeyPurpose::ServerAuth),
        Role::Server | Role::Authority => (Purpose::Server, KeyPurpose::ClientAuth),
    };
    let mut plan =
        CertificatePlan { subject: name, ..CertificatePlan::leaf(&[], purpose, validity) };
    plan.set(Extension::SubjectAltName(subject.names.clone()));
    if !subject.purposes.is_empty() {
        plan.set(purposes(subject));
    }
    let without = |plan: &mut CertificatePlan, is: fn(&Extension) -> bool| {
        plan.extensions.retain(|one| !is(one));
    };
    for wrong in &subject.wrong {
        match wrong {
            Wrong::NoSan | Wrong::NameInCnOnly => {
                without(&mut plan, |one| matches!(one, Extension::SubjectAltName(_)));
            }
            Wrong::NoExtendedKeyUsage => {
                without(&mut plan, |one| matches!(one, Extension::ExtendedKeyUsage(_)));
            }
            Wrong::WrongPurpose => plan.set(Extension::ExtendedKeyUsage(vec![other])),
            Wrong::CaTrue => plan.set(Extension::BasicConstraints { ca: true, path_len: None }),
            // These are not in the plan, or were looked at above.
            Wrong::Version1
            | Wrong::WrongCa
            | Wrong::WrongKey
            | Wrong::WeakKey
            | Wrong::Sha1
            | Wrong::Expired
            | Wrong::NotYetValid => {}
        }
    }
    plan
}

/// The purposes that the recipe names.
fn purposes(subject: &Subject) -> Extension {
    Extension::ExtendedKeyUsage(subject.purposes.iter().map(|one| one.of_key()).collect())
}

/// What a subject is called.
pub fn name(subject: &Subject) -> Name {
    Name { organization: subject.organization.clone(), common_name: Some(subject.called()) }
}

/// From the moment on for so many days; the last second belongs to it. Where it is to be past it ended a day
/// ago, and where it is to come it starts in a day.
fn validity(subject: &Subject, clock: u64) -> Validity {
    let from_now = Validity { not_before: clock, not_after: clock + subject.days * DAY - 1 };
    if subject.has(Wrong::Expired) {
        from_now.ending(clock.saturating_sub(DAY))
    } else if subject.has(Wrong::NotYetValid) {
        from_now.starting(clock + DAY)
    } else {
        from_now
    }
}
