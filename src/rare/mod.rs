//! What most runs do without. The page loads it with the first scenario that [`is_rare`]; natively it
//! is always there. It is called through tables of function pointers alone ([`Shelf`]), so that the
//! page's build can put it into a file of its own.

#[cfg(test)]
mod tests;

use crate::scenario::{
    CertCompression, CertificateKind, ClientCertificate, Close, Gateway, Group, KeyUpdate, Resume,
    Scenario, ServerCertType, Suite,
};
use crate::{dissect, engine};
use std::sync::OnceLock;

/// The place of a table of functions that may still have to be loaded.
pub(crate) struct Shelf<T: 'static>(OnceLock<&'static T>);

impl<T> Shelf<T> {
    /// An empty one.
    pub const fn new() -> Shelf<T> {
        Shelf(OnceLock::new())
    }

    /// Puts the table in its place.
    pub fn put(&self, table: &'static T) {
        self.0.get_or_init(|| table);
    }

    /// The table.
    ///
    /// # Panics
    /// In the page, where [`load`] was not called: a scenario used what [`is_rare`] does not tell.
    pub fn get(&self) -> &'static T {
        #[cfg(not(target_arch = "wasm32"))]
        load();
        #[cfg(test)]
        tests::USED.set(true);
        self.0.get().expect("is_rare() tells of every scenario that comes here")
    }
}

static LOADED: OnceLock<()> = OnceLock::new();

/// Makes everything rare available. Whoever runs a scenario that [`is_rare`] in the page calls this
/// first; natively it happens by itself.
pub fn load() {
    LOADED.get_or_init(|| {
        engine::load_rare();
        dissect::load_rare();
    });
}

/// Whether [`load`] was called.
pub fn is_loaded() -> bool {
    LOADED.get().is_some()
}

/// Whether a run of the scenario, or its story, may come to need what is rare.
pub fn is_rare(scenario: &Scenario) -> bool {
    let rare_group = |group: &Group| matches!(group, Group::Secp384r1 | Group::X25519MlKem768);
    scenario.certificate != CertificateKind::EcdsaP256
        || scenario.client_certificate != ClientCertificate::None
        || scenario.has_teaching_endpoints()
        || scenario.gateway != Gateway::None
        // A server may choose any of the groups that it accepts; left to the usual order, both ends
        // agree on the client's first, and there is no HelloRetryRequest.
        || !scenario.server_groups.is_empty()
        || scenario.group.iter().any(rare_group)
        || matches!(scenario.suite, Some(Suite::ChaCha20Poly1305))
        || scenario.resume != Resume::None
        || scenario.key_update != KeyUpdate::None
        || scenario.server_cert_type != ServerCertType::X509
        || scenario.cert_compression != CertCompression::None
        || scenario.close != Close::CloseNotify
}
