//! Chains like those of public authorities, made by corpus.sh, each with what it must come to.

#![cfg(test)]

/// A chain of the corpus, and what is asked of it.
pub struct Chain {
    /// What it is, in words.
    pub about: &'static str,
    /// What is sent, the leaf first, by the names in corpus.sh.
    pub sent: &'static [&'static str],
    /// The roots that are trusted.
    pub roots: &'static [&'static str],
    /// The host that a client asks for; `None` where a server judges a client.
    pub host: Option<&'static str>,
    /// How many days after it was made.
    pub days: u64,
    /// Whether it is good.
    pub good: bool,
}

const WWW: Option<&str> = Some("www.example.com");

const fn chain(
    about: &'static str,
    sent: &'static [&'static str],
    roots: &'static [&'static str],
    good: bool,
) -> Chain {
    Chain { about, sent, roots, host: WWW, days: 0, good }
}

const fn asked(host: &'static str, chain: Chain) -> Chain {
    Chain { host: Some(host), ..chain }
}

const fn after(days: u64, chain: Chain) -> Chain {
    Chain { days, ..chain }
}

/// All chains.
pub const CHAINS: &[Chain] = &[
    chain("RSA, by an intermediate of RSA", &["rsa", "r10"], &["x1"], true),
    chain("ECDSA, by an intermediate of RSA", &["ecdsa-over-rsa", "r10"], &["x1"], true),
    chain("RSA, by an intermediate of ECDSA", &["rsa-over-ecdsa", "e6"], &["x2"], true),
    chain("ECDSA all the way", &["ecdsa", "e5"], &["x2"], true),
    chain("Ed25519 all the way", &["edwards"], &["ed"], true),
    chain("signed by P-521", &["by-p521"], &["p521"], false),
    chain("signed with SHA-384", &["by-sha384", "r10"], &["x1"], true),
    chain("signed with RSA-PSS", &["by-pss", "r10"], &["x1"], true),
    chain("signed with SHA-1", &["by-sha1", "r10"], &["x1"], false),
    chain("the whole chain with its root", &["rsa", "r10", "x1"], &["x1"], true),
    // Roots that sign each other.
    chain("a cross-signed root, its own trusted", &["rsa", "r10", "x1-by-old"], &["x1"], true),
    chain("a cross-signed root, the old one trusted", &["rsa", "r10", "x1-by-old"], &["old"], true),
    chain("a cross-signed root, both trusted", &["rsa", "r10", "x1-by-old"], &["old", "x1"], true),
    chain("the old root trusted, and no cross-signing", &["rsa", "r10"], &["old"], false),
    after(
        60,
        chain(
            "a cross-signed root, both trusted, the old one ended",
            &["rsa", "r10", "x1-by-old"],
            &["old", "x1"],
            true,
        ),
    ),
    after(
        60,
        chain(
            "a cross-signed root, the old one alone trusted, and ended",
            &["rsa", "r10", "x1-by-old"],
            &["old"],
            true,
        ),
    ),
    chain("ECDSA, its root cross-signed by RSA", &["ecdsa", "e5", "x2-by-x1"], &["x1"], true),
    chain(
        "ECDSA, three authorities up to the old root",
        &["ecdsa", "e5", "x2-by-x1", "x1-by-old"],
        &["old"],
        true,
    ),
    chain("ECDSA, the root that signed its root trusted alone", &["ecdsa", "e5"], &["x1"], false),
    chain(
        "an intermediate with two certificates, the other one sent",
        &["ecdsa", "e5-by-x1"],
        &["x1"],
        true,
    ),
    chain(
        "an intermediate with two certificates, both sent",
        &["ecdsa", "e5", "e5-by-x1"],
        &["x1"],
        true,
    ),
    // Links that are missing, in another order, or too many.
    chain("no intermediate", &["rsa"], &["x1"], false),
    chain("another intermediate", &["rsa", "r11"], &["x1"], false),
    chain("two intermediates, one of them the right one", &["rsa", "r11", "r10"], &["x1"], true),
    chain("the issuer behind its own issuer", &["rsa", "x1-by-old", "r10"], &["old"], true),
    chain("the intermediate trusted, and not its root", &["rsa"], &["r10"], true),
    chain("nobody trusted", &["rsa", "r10"], &[], false),
    chain("its own issuer, trusted", &["lone"], &["lone"], true),
    chain("its own issuer, not trusted", &["lone"], &["x1"], false),
    // Names.
    asked("example.com", chain("the second name", &["rsa", "r10"], &["x1"], true)),
    asked("WWW.Example.COM", chain("a name in capitals", &["rsa", "r10"], &["x1"], true)),
    asked("api.example.com", chain("another name", &["rsa", "r10"], &["x1"], false)),
    asked("a.example.com", chain("a wildcard", &["wildcard", "r10"], &["x1"], true)),
    asked("a.b.example.com", chain("a wildcard, two labels", &["wildcard", "r10"], &["x1"], false)),
    asked("example.com", chain("a wildcard, no label", &["wildcard", "r10"], &["x1"], false)),
    asked("192.0.2.7", chain("an address", &["address", "r10"], &["x1"], true)),
    asked("2001:db8::7", chain("an address of version 6", &["address", "r10"], &["x1"], true)),
    asked("192.0.2.8", chain("another address", &["address", "r10"], &["x1"], false)),
    asked(
        "192.0.2.7",
        chain("an address as a dNSName", &["address-as-name", "r10"], &["x1"], false),
    ),
    chain("no subjectAltName", &["no-san", "r10"], &["x1"], false),
    chain("an empty subject", &["no-subject", "r10"], &["x1"], true),
    chain("within nameConstraints", &["inside", "constrained"], &["x1"], true),
    asked(
        "www.example.org",
        chain("outside of nameConstraints", &["outside", "constrained"], &["x1"], false),
    ),
    // Dates.
    after(89, chain("on its last day", &["rsa", "r10"], &["x1"], true)),
    after(91, chain("the day after its last", &["rsa", "r10"], &["x1"], false)),
    after(30, chain("the intermediate ended before", &["rsa", "r10-short"], &["x1"], false)),
    after(
        30,
        chain(
            "the intermediate ended before, and its successor sent too",
            &["rsa", "r10-short", "r10"],
            &["x1"],
            true,
        ),
    ),
    // Purposes, and authorities that are none.
    chain("no extendedKeyUsage", &["no-purpose", "r10"], &["x1"], true),
    chain("anyExtendedKeyUsage alone", &["any-purpose", "r10"], &["x1"], false),
    chain("a client's certificate", &["client", "r10"], &["x1"], false),
    Chain {
        host: None,
        ..chain("a client's certificate, shown to a server", &["client", "r10"], &["x1"], true)
    },
    Chain {
        host: None,
        ..chain("a server's certificate, shown to a server", &["rsa", "r10"], &["x1"], false)
    },
    chain(
        "an intermediate for clients alone",
        &["below-for-clients", "for-clients"],
        &["x1"],
        false,
    ),
    chain(
        "an intermediate without keyCertSign",
        &["below-no-certsign", "no-certsign"],
        &["x1"],
        true,
    ),
    chain(
        "an intermediate that is no authority",
        &["below-no-authority", "no-authority"],
        &["x1"],
        false,
    ),
    chain(
        "more authorities than pathLenConstraint allows",
        &["below-deeper", "deeper", "no-deeper"],
        &["x1"],
        false,
    ),
    chain("a critical extension that nobody knows", &["odd", "r10"], &["x1"], false),
];
