//! The text form of scenarios.

use handshake_lab::engine::faults::FAULTS;
use handshake_lab::scenario::{
    CertCompression, CertificateKind, ClientCertificate, Close, EarlyData, Gateway, Group,
    KeyUpdate, MAX_PAUSE_MS, MAX_REQUESTS, MAX_RTT_MS, PRESETS, Rate, Resume, Scenario,
    ServerCertType, Suite, Version,
};
use proptest::array::uniform3;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// Several connections or several requests.
fn several() -> impl Strategy<Value = (Resume, EarlyData, u32, u32)> {
    (select(Resume::ALL), select(EarlyData::ALL), 0..=MAX_REQUESTS, 0..=MAX_PAUSE_MS)
}

fn scenarios() -> impl Strategy<Value = Scenario> {
    let choices = (
        select(PRESETS),
        select(Version::ALL),
        option::of(select(Suite::ALL)),
        (option::of(select(Group::ALL)), subsequence(Group::ALL, 0..=Group::ALL.len())),
        select(CertificateKind::ALL),
        (select(ClientCertificate::ALL), select(KeyUpdate::ALL), select(Close::ALL)),
        prop::collection::vec("[a-zA-Z0-9/._-]{2,9}", 0..4),
        (0..=MAX_RTT_MS, uniform3(0..=500u16), 536..=1460u32, 536..=65_535u32),
        option::of(select(FAULTS)),
        (any::<u64>(), several()),
    );
    choices.prop_map(
        |(
            preset,
            version,
            suite,
            (group, server_groups),
            certificate,
            (asked, key_update, close),
            alpn,
            (rtt_ms, rates, mss, window),
            fault,
            (seed, more),
        )| {
            let rates = rates.map(|rate| Rate::from_thousandths(rate).unwrap());
            let [loss, reorder, duplicate] = rates;
            let (resume, early_data, requests, pause_ms) = more;
            // Early data needs both.
            let fits = resume == Resume::Stored && version != Version::Tls12;
            let early_data = if fits { early_data } else { EarlyData::None };
            let mut scenario = Scenario {
                version,
                suite,
                group: group.filter(|group| group.goes_with(version)),
                server_groups,
                certificate,
                client_certificate: asked,
                key_update: if version == Version::Tls12 { KeyUpdate::None } else { key_update },
                close: if version == Version::Tls12 { Close::CloseNotify } else { close },
                alpn: if alpn == ["none"] { Vec::new() } else { alpn },
                rtt_ms,
                resume,
                early_data,
                requests,
                pause_ms,
                loss,
                reorder,
                duplicate,
                mss,
                window,
                fault: fault.map(|fault| fault.id),
                seed,
                ..Scenario::from_preset(&preset)
            };
            if let Some(fault) = fault {
                (fault.prepare)(&mut scenario);
            }
            // What the teaching endpoints do not have goes without them.
            if Scenario::parse(&scenario.text()).is_err() {
                let plain = Scenario::default();
                scenario.key_exchange = plain.key_exchange;
                scenario.extended_master_secret = plain.extended_master_secret;
            }
            // A raw public key goes with no fault, and with TLS 1.3 alone.
            if Scenario::parse(&scenario.text()).is_err() {
                scenario.server_cert_type = ServerCertType::X509;
            }
            // Compression is for TLS 1.3 alone.
            if Scenario::parse(&scenario.text()).is_err() {
                scenario.cert_compression = CertCompression::None;
            }
            // And what goes with no gateway.
            if Scenario::parse(&scenario.text()).is_err() {
                scenario.gateway = Gateway::None;
            }
            scenario
        },
    )
}

proptest! {
    #[test]
    fn parsing_undoes_writing(scenario in scenarios()) {
        prop_assert_eq!(Scenario::parse(&scenario.text()), Ok(scenario));
    }

    #[test]
    fn the_order_of_keys_does_not_matter(scenario in scenarios()) {
        let text = scenario.text();
        let mut words: Vec<&str> = text.split('+').collect();
        words[1..].reverse();
        prop_assert_eq!(Scenario::parse(&words.join("+")), Ok(scenario));
    }

    #[test]
    fn the_text_form_needs_no_quoting_in_a_shell_or_a_url(scenario in scenarios()) {
        let safe = |b: u8| b.is_ascii_alphanumeric() || b"+=-_./,".contains(&b);
        prop_assert!(scenario.text().bytes().all(safe));
    }

    #[test]
    fn any_text_is_taken_or_refused_without_panic(text in ".*") {
        let _ = Scenario::parse(&text);
        let _ = Scenario::parse(&format!("tls13+{text}"));
    }
}

#[test]
fn every_preset_is_written_as_its_name_alone() {
    for preset in PRESETS {
        assert_eq!(Scenario::from_preset(preset).text(), preset.id);
    }
}

#[test]
fn a_fault_as_first_word_stands_for_the_default_preset_with_it() {
    for fault in FAULTS {
        let long = format!("{}+fault={}", Scenario::default().text(), fault.id);
        assert_eq!(Scenario::parse(fault.id), Scenario::parse(&long));
        assert_eq!(Scenario::parse(fault.id).unwrap().fault, Some(fault.id));
    }
}

#[test]
fn a_fault_brings_what_it_needs() {
    let scenario = Scenario::parse("client-cert-missing").unwrap();
    assert_eq!(scenario.client_certificate, ClientCertificate::Required);
    assert_eq!(scenario.text(), "tls13+client-cert=required+fault=client-cert-missing");
}

#[test]
fn rsa_key_exchange_brings_its_version_and_certificate() {
    let scenario = Scenario::parse("tls13+key-exchange=rsa").unwrap();
    assert_eq!(scenario.text(), "tls13+version=1.2+cert=rsa-2048+key-exchange=rsa");
    let by_iana_name = Scenario::parse("tls12-rsa+suite=TLS_RSA_WITH_AES_256_GCM_SHA384").unwrap();
    assert_eq!(by_iana_name.suite, Some(Suite::Aes256Gcm));
    assert!(by_iana_name.has_teaching_endpoints());
}

#[test]
fn a_suite_is_written_by_its_iana_name() {
    let scenario = Scenario::parse("tls12+cert=rsa-2048+suite=aes-256-gcm").unwrap();
    let text = "tls12+suite=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384+cert=rsa-2048";
    assert_eq!(scenario.text(), text);
}

#[test]
fn errors_name_the_key_what_is_wrong_and_what_it_takes() {
    for (text, expected) in [
        (
            "tls13+lost=0.1",
            "lost: there is no such key; the keys are version, suite, group, server-groups, cert, client-cert, key-update, alpn, rtt-ms, loss, reorder, duplicate, mss, window, resume, early-data, requests, pause-ms, fault, key-exchange, ems, gateway, close, server-cert-type, cert-compression, seed",
        ),
        (
            "tls13+server-groups=x25519,x25519",
            "server-groups: it cannot be \"x25519,x25519\"; it takes x25519, secp256r1, secp384r1, X25519MLKEM768 with commas between, or default",
        ),
        (
            "tls12+group=X25519MLKEM768",
            "group: TLS 1.2 has no X25519MLKEM768; use version=1.3, or another group",
        ),
        (
            "tls12+key-update=client",
            "key-update: TLS 1.2 has no KeyUpdate; use version=1.3, or key-update=none",
        ),
        (
            "tls13+loss=0.51",
            "loss: it cannot be \"0.51\"; it takes a number from 0 to 0.5 with at most three decimals",
        ),
        ("tls13+mss=100", "mss: it cannot be \"100\"; it takes a whole number from 536 to 1460"),
        ("tls13+seed", "seed: it has no value; write key=value, with + between"),
        (
            "tls13+group=secp521r1",
            "group: it cannot be \"secp521r1\"; it takes x25519, secp256r1, secp384r1, X25519MLKEM768, default",
        ),
        (
            "tls13+rtt-ms=10001",
            "rtt-ms: it cannot be \"10001\"; it takes a whole number from 0 to 10000",
        ),
        (
            "tls13+alpn=h2,",
            "alpn: it cannot be \"h2,\"; it takes names of letters, digits and / . - _, with commas between, or none",
        ),
        (
            "tls12+suite=TLS_AES_128_GCM_SHA256",
            "suite: TLS_AES_128_GCM_SHA256 does not go with version=1.2 and cert=ecdsa-p256; use TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        ),
        (
            "tls12+suite=TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "suite: TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 does not go with version=1.2 and cert=ecdsa-p256; use TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        ),
        (
            "tls12-rsa+suite=TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "suite: TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 does not go with version=1.2 and cert=rsa-2048; use TLS_RSA_WITH_AES_128_GCM_SHA256",
        ),
        (
            "tls12-rsa+cert=ed25519",
            "key-exchange: rsa needs an RSA key to encrypt with; use cert=rsa-2048",
        ),
        (
            "tls12-rsa+suite=chacha20-poly1305",
            "suite: RSA key exchange has none with ChaCha20-Poly1305; use suite=aes-128-gcm or suite=aes-256-gcm",
        ),
        (
            "tls12-rsa+resume=ticket",
            "key-exchange: the teaching endpoints do not resume; use resume=none",
        ),
        ("tls13+ems=no", "ems: only the teaching endpoints of TLS 1.2 have it; use version=1.2"),
        (
            "tls12+close=half-close",
            "close: in TLS 1.2 a close_notify ends both directions, and the response would have to be discarded (RFC 5246, section 7.2.1); use version=1.3, or another close",
        ),
        (
            "tls13+close=never",
            "close: it cannot be \"never\"; it takes close-notify, half-close, reset",
        ),
        (
            "tls12+server-cert-type=raw-public-key",
            "server-cert-type: raw-public-key is for TLS 1.3 here, as rustls has it; use version=1.3, or server-cert-type=x509",
        ),
        (
            "cert-expired+server-cert-type=raw-public-key",
            "server-cert-type: a raw public key does not go with fault; use fault=none, or server-cert-type=x509",
        ),
        (
            "tls12+cert-compression=zlib",
            "cert-compression: TLS 1.2 has no CompressedCertificate; use version=1.3, or cert-compression=none",
        ),
        (
            "tls13-raw-public-key+cert-compression=zlib",
            "cert-compression: a raw public key is no certificate to compress; use server-cert-type=x509, or cert-compression=none",
        ),
        (
            "gateway-terminate+cert-compression=zlib",
            "gateway: terminate does not go with cert-compression; use cert-compression=none, or gateway=none",
        ),
        ("tls12+ems=maybe", "ems: it cannot be \"maybe\"; it takes yes, no"),
        (
            "tls13-0rtt+version=1.2",
            "early-data: accepted does not go with version=1.2 and resume=stored; use version=1.3 and resume=stored, or early-data=none",
        ),
        (
            "client-cert-missing+client-cert=none",
            "fault: no client-cert-missing here; use client-cert=required",
        ),
    ] {
        assert_eq!(Scenario::parse(text).unwrap_err().to_string(), expected);
    }
}

#[test]
fn an_unknown_preset_is_answered_with_all_that_there_are() {
    let error = Scenario::parse("tls14").unwrap_err().to_string();
    let ids = PRESETS.iter().map(|preset| preset.id);
    let all: Vec<&str> = ids.chain(FAULTS.iter().map(|fault| fault.id)).collect();
    assert_eq!(error, format!("preset: it cannot be \"tls14\"; it takes {}", all.join(", ")));
}

#[test]
fn setting_one_key_leaves_the_others() {
    let mut scenario = Scenario::parse("tls13+seed=7").unwrap();
    scenario.set("version", "1.2").unwrap();
    assert_eq!(scenario.text(), "tls13+version=1.2+seed=7");
    assert!(scenario.set("cert", "dsa").is_err());
    assert_eq!(scenario.text(), "tls13+version=1.2+seed=7");
    assert_eq!(scenario.get("seed"), Ok("7".into()));
}

#[test]
fn a_list_of_application_protocols_that_no_client_hello_could_carry_is_refused() {
    let list = |names: usize, len: usize| vec!["x".repeat(len); names].join(",");
    for names in [list(300, 255), list(17, 1), list(3, 200), "x,".repeat(40_000)] {
        let error = Scenario::parse(&format!("tls13+alpn={names}")).unwrap_err().to_string();
        let expected = "alpn: the list is too long; it takes 16 names and 512 bytes at most";
        assert_eq!(error, expected);
    }
    for names in [list(16, 1), list(2, 255)] {
        let text = format!("tls13+alpn={names}");
        assert_eq!(Scenario::parse(&text).map(|scenario| scenario.text()), Ok(text));
    }
}

#[test]
fn an_error_does_not_repeat_all_that_was_written() {
    let long = "ä".repeat(10_000);
    for text in [
        long.clone(),
        format!("tls13+{long}"),
        format!("tls13+{long}=1"),
        format!("tls13+cert={long}"),
        format!("tls13+group={long}"),
        format!("tls13+seed={long}"),
    ] {
        let error = Scenario::parse(&text).unwrap_err().to_string();
        assert!(error.contains("ä…") && error.len() < 2000, "{error}");
    }
}
