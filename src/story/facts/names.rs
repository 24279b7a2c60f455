//! What facts are called.

use crate::story::FactId;
use crate::story::context::{ConnectionContext, Credential};
use crate::trace::{Endpoint, Role};

/// The secrets of TLS 1.3 that are facts, by their names in the key schedule.
pub const TLS13: &[(&str, &str)] = &[
    ("client_early_traffic_secret", "the early data keys"),
    ("shared_secret", "the shared secret"),
    ("handshake_secret", "the handshake secret"),
    ("server_handshake_traffic_secret", "the handshake keys"),
    ("server_application_traffic_secret_0", "the application keys"),
];

/// Those of TLS 1.2.
pub const TLS12: &[(&str, &str)] = &[
    ("preliminary_secret", "the preliminary secret"),
    ("main_secret", "the main secret"),
    ("client_write_key", "the connection keys"),
];

/// Whether what this secret is called is many keys.
pub fn is_plural(key: &str) -> bool {
    row(key).is_none_or(|name| name.contains(" keys"))
}

fn row(key: &str) -> Option<&'static str> {
    TLS13.iter().chain(TLS12).find(|row| row.0 == key).map(|row| row.1)
}

/// The name of a fact.
pub fn name(ctx: &ConnectionContext<'_>, id: FactId) -> String {
    match id {
        FactId::Addresses => "who talks to whom".into(),
        FactId::ServerName => "the name asked for (SNI)".into(),
        FactId::ClientRandom => "the client random".into(),
        FactId::ServerRandom => "the server random".into(),
        FactId::CipherSuite => "the cipher suite".into(),
        FactId::Credential(who) => credential(ctx, who),
        FactId::EphemeralKey(who) => {
            let keys = if has_two_keys(ctx, who) { "keys" } else { "key" };
            format!("the {}'s ephemeral private {keys}", ctx.name(who))
        }
        FactId::CredentialKey(who) => match ctx.credential(who) {
            Credential::RawPublicKey => format!("the private key of the {}", ctx.name(who)),
            _ => format!("the private key of {}", credential(ctx, who)),
        },
        FactId::Resumed => "that an earlier session is resumed".into(),
        FactId::SessionSecret if ctx.is_tls13() => "the session's pre-shared key".into(),
        FactId::SessionSecret => "the session's main secret".into(),
        FactId::Secret(key) => row(key).map_or_else(|| updated(ctx, key), str::to_string),
        FactId::Request => "the request".into(),
        FactId::Response => "the response".into(),
        FactId::Traffic => "how much data goes when".into(),
    }
}

/// Whether this end keeps two private keys for its half of the exchange: that of ML-KEM and that on the
/// curve. The server of a hybrid has none of ML-KEM.
pub fn has_two_keys(ctx: &ConnectionContext<'_>, who: Endpoint) -> bool {
    who == Endpoint::Client && ctx.key_exchange().is_hybrid()
}

/// What an end shows. A certificate is the site's, not that of a gateway that shows it.
fn credential(ctx: &ConnectionContext<'_>, who: Endpoint) -> String {
    let name = ctx.name(who);
    match (ctx.credential(who), ctx.tls.role(who), who) {
        (Credential::RawPublicKey, ..) => format!("the {name}'s public key"),
        (_, Role::Gateway | Role::Service, Endpoint::Server) => match ctx.site() {
            Some(site) => format!("the certificate for {site}"),
            None => format!("the certificate that the {name} shows"),
        },
        (_, Role::Attacker | Role::Proxy, Endpoint::Server) => {
            format!("the certificate that the {name} shows")
        }
        _ => format!("the {name}'s certificate"),
    }
}

/// Keys that came with a KeyUpdate.
fn updated(ctx: &ConnectionContext<'_>, key: &str) -> String {
    let who = if key.starts_with("client") { ctx.client() } else { ctx.server() };
    let generation = key.rsplit('_').next().unwrap_or_default();
    format!("the {who}'s updated application keys, {generation}")
}
