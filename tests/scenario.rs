//! The text form of scenarios.

#![cfg(test)]

mod random_scenario;

use handshake_lab::faults::FAULTS;
use handshake_lab::scenario::{
    CLOCK, ClientCertificate, Control, KEYS, Key, PRESETS, Preset, Rate, Scenario, Suite, Topic,
};
use proptest::prelude::*;
use random_scenario::{presets_and_faults, scenarios};

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
        let safe = |b: u8| b.is_ascii_alphanumeric() || b"+=-_./,:@".contains(&b);
        prop_assert!(scenario.text().bytes().all(safe));
    }

    #[test]
    fn a_value_that_no_menu_shows_is_written_as_it_was_read(
        (loss, rtt_ms, mss, seed) in (0..=500_u16, 0..=10_000_u32, 536..=1460_u32, any::<u64>()),
        alpn in prop::collection::vec("[a-zA-Z0-9/._-]{2,9}", 1..4),
    ) {
        let loss = Rate::from_thousandths(loss).unwrap().text();
        let alpn = alpn.join(",");
        let text = format!("tls13+alpn={alpn}+rtt-ms={rtt_ms}+loss={loss}+mss={mss}+seed={seed}");
        let scenario = Scenario::parse(&text).unwrap();
        prop_assert_eq!(scenario.get("alpn"), Ok(alpn));
        prop_assert_eq!(scenario.get("loss"), Ok(loss));
        prop_assert_eq!((scenario.rtt_ms, scenario.mss, scenario.seed), (rtt_ms, mss, seed));
        prop_assert_eq!(Scenario::parse(&scenario.text()), Ok(scenario));
    }

    #[test]
    fn any_text_is_taken_or_refused_without_panic(text in ".*") {
        let _ = Scenario::parse(&text);
        let _ = Scenario::parse(&format!("tls13+{text}"));
    }
}

/// The values of presets are typed; this is where they are judged together.
#[test]
fn every_preset_is_written_as_its_name_alone_and_its_keys_go_together() {
    for preset in PRESETS {
        assert_eq!(Scenario::parse(preset.id), Ok(Scenario::from_preset(preset)));
        assert_eq!(Scenario::from_preset(preset).text(), preset.id);
    }
}

#[test]
fn every_preset_stands_under_one_topic_that_is_listed() {
    let listed = Topic::ALL.iter().flat_map(|topic| Preset::of(*topic));
    let mut listed: Vec<&str> = listed.map(|preset| preset.id).collect();
    let mut all: Vec<&str> = PRESETS.iter().map(|preset| preset.id).collect();
    listed.sort_unstable();
    all.sort_unstable();
    assert_eq!(listed, all);
    for topic in Topic::ALL {
        let count = Preset::of(*topic).count();
        assert!(count <= 8, "{}: {count} are too many for one heading", topic.title());
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
fn what_a_fault_needs_is_written_as_the_text_form_has_it() {
    for fault in FAULTS {
        for need in fault.needs {
            for value in need.values {
                let takes = |base: &Preset| {
                    let scenario = Scenario::from_preset(base).with(&[(need.key, value)]).ok();
                    scenario.is_some_and(|scenario| scenario.get(need.key).unwrap() == *value)
                };
                assert!(PRESETS.iter().any(takes), "{}: {}={value}", fault.id, need.key);
            }
        }
    }
}

#[test]
fn a_fault_brings_what_it_needs_to_every_preset_and_leaves_what_will_do() {
    for base in PRESETS.iter().map(Scenario::from_preset) {
        for fault in FAULTS {
            let Ok(broken) = base.with(&[("fault", fault.id)]) else { continue };
            for need in fault.needs {
                let (before, after) = (base.get(need.key).unwrap(), broken.get(need.key).unwrap());
                assert!(need.values.contains(&after.as_str()), "{}", broken.text());
                let will_do = need.values.contains(&before.as_str());
                assert!(!will_do || before == after, "{}", broken.text());
            }
        }
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
            "tls13+early-data=accepted",
            "early-data: early data is for a second connection, and for a session that the server has stored; use resume=stored, or early-data=none",
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
        (
            "tls13+clock=2023-02-29T00:00:00Z",
            "clock: it cannot be \"2023-02-29T00:00:00Z\"; it takes a moment from 1976-01-01T00:00:00Z to 9984-12-31T23:59:59Z, written like these",
        ),
        ("tls13+mss=100", "mss: it cannot be \"100\"; it takes a whole number from 536 to 1460"),
        ("tls13+seed", "seed: it has no value; write key=value, with + between"),
        (
            "tls13+group=secp521r1",
            "group: it cannot be \"secp521r1\"; it takes default, x25519, secp256r1, secp384r1, X25519MLKEM768",
        ),
        (
            "tls13+rtt-ms=10001",
            "rtt-ms: it cannot be \"10001\"; it takes a whole number from 0 to 10000",
        ),
        (
            "tls13+alpn=h2,",
            "alpn: it cannot be \"h2,\"; it takes names of letters, digits and / . - _, with commas between, at most 16 of them and 512 bytes in all, or none",
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
            "cert-compression: zlib does not go with gateway=terminate; use gateway=none, or cert-compression=none",
        ),
        ("tls12+ems=maybe", "ems: it cannot be \"maybe\"; it takes yes, no"),
        (
            "tls13-0rtt+version=1.2",
            "early-data: TLS 1.2 has no early data; use version=1.3, or early-data=none",
        ),
        (
            "client-cert-missing+client-cert=none",
            "fault: no client-cert-missing here; use client-cert=required: any other server goes on without one",
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
fn an_unknown_key_is_answered_with_all_that_there_are() {
    let error = Scenario::parse("tls13+lost=0.1").unwrap_err().to_string();
    let names: Vec<&str> = KEYS.iter().map(|key| key.name).collect();
    let expected = format!("lost: there is no such key; the keys are {}", names.join(", "));
    assert_eq!(error, expected);
}

/// Each key with each value that is worth trying.
fn samples(scenario: &Scenario) -> impl Iterator<Item = (&'static Key, String)> {
    KEYS.iter().flat_map(|key| key.samples(scenario).into_iter().map(move |value| (key, value)))
}

#[test]
fn every_key_has_words_values_and_a_place_for_each_of_them() {
    let base = Scenario::default();
    for key in KEYS {
        let words = [key.name, key.label, key.help, &key.takes(), &key.default_value()];
        assert!(words.iter().all(|word| !word.is_empty()), "{words:?}");
        assert_eq!(KEYS.iter().filter(|other| other.name == key.name).count(), 1, "{}", key.name);
        assert!(key.menu(&base).iter().any(|value| value.id == key.default_value()));
        assert!(key.samples(&base).len() > 1, "{}: nothing to try", key.name);
        let strange = base.with(&[(key.name, "?")]).unwrap_err();
        assert_eq!(
            (&*strange.key, strange.allowed),
            (key.name, format!("it takes {}", key.takes()))
        );
        for rule in key.rules {
            assert!(KEYS.iter().any(|other| other.name == rule.with), "{}", rule.with);
        }
    }
}

#[test]
fn every_key_has_a_control_that_its_values_fit() {
    let base = Scenario::default();
    for key in KEYS {
        match key.control {
            Control::Menu => {
                assert!(key.menu(&base).len() > 1, "{}: one thing to choose", key.name)
            }
            Control::Number { .. } => assert!(key.takes().contains("number"), "{}", key.name),
            Control::Text => assert!(!key.is_closed(), "{}", key.name),
        }
    }
}

#[test]
fn every_value_goes_with_some_preset_and_is_read_as_it_is_written() {
    for (key, value) in samples(&Scenario::default()) {
        let fits = |base: &Scenario| base.with(&[(key.name, &value)]).ok();
        let scenario = presets_and_faults().iter().find_map(fits);
        let scenario = scenario.unwrap_or_else(|| panic!("{}={value} goes with nothing", key.name));
        assert_eq!(scenario.get(key.name), Ok(value));
    }
}

#[test]
fn every_rule_of_a_key_is_broken_by_something() {
    let mut told: Vec<String> = Vec::new();
    let plain = ["tls13", "tls12"].map(|text| Scenario::parse(text).unwrap());
    let changed = plain.iter().flat_map(|base| {
        samples(base).filter_map(|(key, value)| base.with(&[(key.name, &value)]).ok())
    });
    for base in presets_and_faults().into_iter().chain(changed) {
        for (key, value) in samples(&base) {
            told.extend(base.with(&[(key.name, &value)]).err().map(|error| error.to_string()));
        }
    }
    for key in KEYS {
        for rule in key.rules {
            let words =
                rule.reason.map_or(format!("does not go with {}=", rule.with), str::to_owned);
            let is_told = |text: &String| {
                text.starts_with(&format!("{}: ", key.name)) && text.contains(&words)
            };
            assert!(told.iter().any(is_told), "{}: {words}", key.name);
        }
    }
}

/// A person at a menu gets what they choose, save what the value itself needs.
#[test]
fn what_is_chosen_takes_the_place_of_what_it_excludes() {
    for base in presets_and_faults() {
        for (key, value) in samples(&base) {
            match base.choose(key.name, &value) {
                Ok(next) => assert_eq!(next.with(&[(key.name, &value)]), Ok(next)),
                Err(error) => assert_eq!(error.key, key.name, "{}: {error}", base.text()),
            }
        }
    }
}

#[test]
fn a_choice_gives_up_no_more_than_it_must() {
    for (base, key, value, expected) in [
        ("tls13-key-update", "version", "1.2", Ok("tls13-key-update+version=1.2+key-update=none")),
        ("tls13-0rtt", "version", "1.2", Ok("tls13-0rtt+version=1.2+early-data=none")),
        ("tls13-0rtt", "resume", "none", Ok("tls13-0rtt+resume=none+early-data=none")),
        (
            "tls13-0rtt",
            "gateway",
            "mutual",
            Ok("tls13-0rtt+resume=none+early-data=none+gateway=mutual"),
        ),
        ("tls13-resumed", "gateway", "mutual", Ok("tls13-resumed+resume=none+gateway=mutual")),
        ("gateway-mtls", "close", "reset", Ok("gateway-mtls+gateway=none+close=reset")),
        ("gateway-terminate", "cert", "rsa-2048", Ok("gateway-terminate+cert=rsa-2048")),
        ("tls12-rsa", "version", "1.3", Ok("tls12-rsa+version=1.3+key-exchange=ecdhe")),
        ("tls12-rsa", "resume", "ticket", Ok("tls12-rsa+resume=ticket+key-exchange=ecdhe")),
        ("client-cert-missing", "client-cert", "none", Ok("tls13")),
        (
            "cert-expired",
            "server-cert-type",
            "raw-public-key",
            Ok("tls13+server-cert-type=raw-public-key"),
        ),
        (
            "tls13-raw-public-key",
            "fault",
            "cert-expired",
            Ok("tls13-raw-public-key+fault=cert-expired+server-cert-type=x509"),
        ),
        // What the value itself needs is asked for.
        (
            "tls12",
            "key-update",
            "client",
            Err("key-update: TLS 1.2 has no KeyUpdate; use version=1.3, or key-update=none"),
        ),
    ] {
        let chosen = Scenario::parse(base).unwrap().choose(key, value);
        let text = chosen.map(|scenario| scenario.text()).map_err(|error| error.to_string());
        assert_eq!(text, expected.map(str::to_owned).map_err(str::to_owned));
    }
}

#[test]
fn a_clock_is_seconds_since_1970_and_links_without_one_mean_the_first_of_2026() {
    assert_eq!(Scenario::parse("tls13+clock=2026-01-01T12:00:00Z"), Scenario::parse("tls13"));
    assert_eq!(Scenario::default().clock, CLOCK);
    let later = Scenario::parse("tls13+clock=2026-01-01T12:00:01Z").unwrap();
    assert_eq!(later.clock, CLOCK + 1);
    assert_eq!(later.text(), "tls13+clock=2026-01-01T12:00:01Z");
    for wrong in ["", "2026-01-01", "2026-01-01 12:00:00Z", "1975-12-31T23:59:59Z", "now"] {
        assert!(Scenario::parse(&format!("tls13+clock={wrong}")).is_err(), "{wrong}");
    }
}

#[test]
fn a_list_of_application_protocols_that_no_client_hello_could_carry_is_refused() {
    let list = |names: usize, len: usize| vec!["x".repeat(len); names].join(",");
    for names in [list(300, 255), list(17, 1), list(3, 200), "x,".repeat(40_000)] {
        let error = Scenario::parse(&format!("tls13+alpn={names}")).unwrap_err().to_string();
        assert!(error.contains("at most 16 of them and 512 bytes in all"), "{error}");
    }
    for names in [list(16, 1), list(2, 255)] {
        let text = format!("tls13+alpn={names}");
        assert_eq!(Scenario::parse(&text).map(|scenario| scenario.text()), Ok(text));
    }
}

#[test]
fn an_error_does_not_repeat_all_that_was_written() {
    let long = "ä".repeat(10_000);
    let values = KEYS.iter().map(|key| format!("tls13+{}={long}", key.name));
    let others = [long.clone(), format!("tls13+{long}"), format!("tls13+{long}=1")];
    for text in values.chain(others) {
        let error = Scenario::parse(&text).unwrap_err().to_string();
        assert!(error.contains("ä…") && error.len() < 2000, "{error}");
    }
}
