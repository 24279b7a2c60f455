//! Files that are changed at random never make `inspect` panic: PEM, DER, PKCS #7, PKCS #12 and what is inside of it,
//! requests, revocation lists, keys, and what programs print. `PROPTEST_CASES` sets how many of each test are tried.

#![cfg(test)]

mod judged;

use handshake_lab::capture::pem;
use handshake_lab::certificates::mint::mint;
use handshake_lab::certificates::read::{Reading, Thing, read};
use handshake_lab::certificates::recipe::Recipe;
use handshake_lab::certificates::verdict::{Question, Roots, judge};
use handshake_lab::certificates::{renewal, told};
use handshake_lab::engine::{Capabilities, run};
use handshake_lab::scenario::{CLOCK, Scenario};
use handshake_lab::trace::{Endpoint, Op};
use handshake_lab::wire::node::check_tiling;
use handshake_lab::wire::x509;
use hmac::{Hmac, KeyInit, Mac};
use judged::{folder, ok};
use pkcs12::kdf::{Pkcs12KeyType, derive_key_utf8};
use proptest::prelude::*;
use proptest::test_runner::{TestCaseError, TestRunner};
use sha2::Sha256;
use spki::der::Encode;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::OnceLock;

const PASSWORD: &str = "changeit";

/// A file to be changed: what it is, and its bytes.
type Sample = (&'static str, Vec<u8>);

/// How many cases are tried where the environment says nothing: few enough for each run of the tests.
fn config() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig {
        cases: cases.unwrap_or(300),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Files of each kind.
fn samples() -> &'static [Sample] {
    static SAMPLES: OnceLock<Vec<Sample>> = OnceLock::new();
    SAMPLES.get_or_init(made)
}

fn made() -> Vec<Sample> {
    let text = "title='a'\nabout='b'\n[[certificate]]\nname='root'\nabout='c'\nrole='authority'\ncommon-name='R'\ndays=9\n\
                [[certificate]]\nname='leaf'\nabout='c'\nrole='server'\nnames=['dns:a.example']\ndays=9\nissuer='root'\n\
                [[bundle]]\nname='both'\nabout='d'\ncertificates=['leaf','root']\n\
                [[key-store]]\nname='store'\nabout='d'\ncertificates=['leaf','root']\n";
    let objects = mint(&Recipe::parse(text).unwrap(), CLOCK).unwrap();
    let folder = folder("fuzz");
    let mut samples: Vec<Sample> = Vec::new();
    for file in objects.into_iter().flat_map(|object| object.files) {
        std::fs::write(folder.join(&file.name), &file.bytes).unwrap();
        let kind = match file.name.as_str() {
            "store.p12" => "PKCS #12",
            name if name.ends_with(".csr.der") => "request, DER",
            name if name.ends_with(".key.der") => "key, DER",
            name if name.ends_with(".der") => "certificate, DER",
            _ => "PEM",
        };
        samples.push((kind, file.bytes));
    }
    for (kind, file, line) in [
        ("PKCS #7", "p7", "openssl crl2pkcs7 -nocrl -certfile both.pem -outform DER -out p7"),
        ("PKCS #7", "p7.pem", "openssl crl2pkcs7 -nocrl -certfile both.pem -out p7.pem"),
        (
            "encrypted key",
            "enc",
            "openssl pkcs8 -topk8 -in leaf.key -v2 aes-256-cbc -iter 1 -passout pass:changeit -outform DER -out enc",
        ),
        (
            "encrypted key",
            "des",
            "openssl pkcs8 -topk8 -in leaf.key -v1 PBE-SHA1-3DES -iter 1 -passout pass:changeit -outform DER -out des",
        ),
        ("key, DER", "sec1", "openssl ec -in leaf.key -outform DER -out sec1"),
        ("key, DER", "public", "openssl pkey -in leaf.key -pubout -outform DER -out public"),
        (
            "key, DER",
            "rsa",
            "openssl genpkey -quiet -algorithm RSA | openssl rsa -traditional -outform DER -out rsa",
        ),
    ] {
        ok(&folder, line);
        samples.push((kind, std::fs::read(folder.join(file)).unwrap()));
    }
    let list = revocation_list();
    samples.push(("revocation list", pem::encode("X509 CRL", &list).into_bytes()));
    samples.push(("revocation list", list));
    let chain = std::fs::read_to_string(folder.join("both.pem")).unwrap();
    samples.push(("pasted text", pasted(&chain).into_bytes()));
    samples
}

/// What the runs with a revoked certificate have.
fn revocation_list() -> Vec<u8> {
    let trace =
        run(&Scenario::parse("tls13+fault=revoked").unwrap(), &Capabilities::all()).unwrap();
    let mut events = trace.connections.iter().flat_map(|connection| &connection.events);
    let list = events.find_map(|event| match &event.op {
        Op::CertificatePath { revocation_lists, .. } => revocation_lists.first().cloned(),
        _ => None,
    });
    list.unwrap()
}

/// What `openssl s_client -showcerts`, curl and Java print, in one.
fn pasted(chain: &str) -> String {
    format!(
        "CONNECTED(00000003)\ndepth=0 CN = a.example\nverify error:num=20:unable to get local issuer certificate\n---\n\
         Certificate chain\n 0 s:CN = a.example\n   i:CN = R\n{chain}---\nServer certificate\nsubject=CN = a.example\n\
         * SSL certificate problem: certificate has expired\ncurl: (60) SSL certificate problem\n\
         javax.net.ssl.SSLHandshakeException: PKIX path building failed: unable to find valid certification path to \
         requested target\n\tat x.y(Z.java:1)\n"
    )
}

/// A change: where, with which value, and how.
type Change = (prop::sample::Index, u8, u8);

fn changes() -> impl Strategy<Value = Vec<Change>> {
    prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..5u8), 1..6)
}

fn changed(mut bytes: Vec<u8>, changes: &[Change], cut: Option<prop::sample::Index>) -> Vec<u8> {
    for (at, value, how) in changes {
        let at = at.index(bytes.len());
        match how {
            0 => bytes[at] = *value,
            1 => bytes[at] ^= 1 << (value % 8),
            2 => bytes.insert(at, *value),
            // A part of it twice.
            3 => {
                let end = (at + usize::from(*value)).min(bytes.len());
                let part = bytes[at..end].to_vec();
                bytes.splice(at..at, part);
            }
            _ if bytes.len() > 1 => {
                bytes.remove(at);
            }
            _ => {}
        }
    }
    if let Some(cut) = cut {
        bytes.truncate(cut.index(bytes.len()) + 1);
    }
    bytes
}

/// Everything that is done with what was read.
fn use_all(bytes: Vec<u8>) -> Result<Reading, TestCaseError> {
    let reading = read(&[("file".into(), bytes)], Some(PASSWORD));
    let is_any =
        !reading.found.is_empty() || !reading.troubles.is_empty() || !reading.messages.is_empty();
    prop_assert!(is_any || !reading.containers.is_empty());
    let tiles = |nodes: &[_], len: usize| check_tiling(nodes, len).map_err(TestCaseError::fail);
    let mut roots = Roots::default();
    for found in &reading.found {
        told::thing(&found.thing);
        match &found.thing {
            Thing::Certificate(der) => {
                roots.add(der);
                renewal::compare(der, der);
            }
            Thing::Key(key) => {
                tiles(&x509::parse_anything(key.secret_der()).0, key.secret_der().len())?
            }
            Thing::PublicKey(der) => tiles(&x509::parse_public_key(der).0, der.len())?,
            Thing::Request(..) | Thing::RevocationList(..) => {}
        }
    }
    for container in &reading.containers {
        told::container(container);
        for part in &container.parts {
            tiles(&x509::parse_anything(&part.bytes).0, part.bytes.len())?;
        }
    }
    for trouble in &reading.troubles {
        told::partly(trouble);
        if let Some(broken) = &trouble.broken {
            let partly = broken.partly();
            tiles(&partly.nodes, broken.bytes.len())?;
        }
    }
    if let Some([(_, old), (_, new)]) = renewal::pair(&reading) {
        renewal::compare(&old, &new).map(|one| renewal::lede(&one));
    }
    judge(
        &reading,
        &Question { host: Some("a.example".into()), at: CLOCK, roots, by: Endpoint::Client },
    );
    judge(
        &reading,
        &Question { host: None, at: CLOCK, roots: Roots::default(), by: Endpoint::Server },
    );
    Ok(reading)
}

/// How many inputs of each kind were tried, and of how many something was read.
#[derive(Default)]
struct Tried(RefCell<BTreeMap<&'static str, (usize, usize)>>);

impl Tried {
    fn count(&self, kind: &'static str, reading: &Reading) {
        let mut counts = self.0.borrow_mut();
        let (tried, read) = counts.entry(kind).or_default();
        *tried += 1;
        *read += usize::from(!reading.found.is_empty());
    }

    fn tell(&self) {
        for (kind, (tried, read)) in &*self.0.borrow() {
            println!("{kind}: {tried} tried, something was read of {read}");
        }
    }
}

#[test]
fn changed_files_never_make_it_panic() {
    let (samples, tried) = (samples(), Tried::default());
    for (kind, bytes) in samples {
        let reading = use_all(bytes.clone()).unwrap();
        assert!(reading.troubles.is_empty(), "{kind}: {:?}", reading.troubles);
    }
    let input = (any::<prop::sample::Index>(), changes(), any::<Option<prop::sample::Index>>());
    let done = TestRunner::new(config()).run(&input, |(which, changes, cut)| {
        let (kind, bytes) = which.get(samples);
        tried.count(kind, &use_all(changed(bytes.clone(), &changes, cut))?);
        Ok(())
    });
    tried.tell();
    done.unwrap();
}

/// Text has lines: they go missing, change places or come twice.
#[test]
fn text_whose_lines_are_mixed_never_makes_it_panic() {
    let text: Vec<&str> = samples()
        .iter()
        .filter(|(kind, _)| matches!(*kind, "PEM" | "pasted text"))
        .flat_map(|(_, bytes)| std::str::from_utf8(bytes).unwrap().lines())
        .collect();
    let tried = Tried::default();
    let lines = prop::collection::vec(any::<prop::sample::Index>(), 1..40);
    let done = TestRunner::new(config()).run(&(lines, any::<bool>()), |(lines, in_order)| {
        let mut lines: Vec<usize> = lines.iter().map(|line| line.index(text.len())).collect();
        if in_order {
            lines.sort_unstable();
        }
        let mixed: String = lines.iter().map(|line| format!("{}\n", text[*line])).collect();
        tried.count("mixed lines", &use_all(mixed.into_bytes())?);
        Ok(())
    });
    tried.tell();
    done.unwrap();
}

#[test]
fn any_bytes_never_make_it_panic() {
    let tried = Tried::default();
    let input = (prop::collection::vec(any::<u8>(), 0..300), any::<bool>());
    let done = TestRunner::new(config()).run(&input, |(bytes, der)| {
        let bytes = if der { [&[0x30, 0x82][..], &bytes].concat() } else { bytes };
        tried.count("any bytes", &use_all(bytes)?);
        Ok(())
    });
    tried.tell();
    done.unwrap();
}

/// An element of DER.
fn tlv(tag: u8, contents: &[u8]) -> Vec<u8> {
    let len = u32::try_from(contents.len()).unwrap().to_be_bytes();
    let header = match len {
        [0, 0, 0, len @ 0..=0x7f] => vec![tag, len],
        [0, 0, 0, len] => vec![tag, 0x81, len],
        [0, 0, high, low] => vec![tag, 0x82, high, low],
        [_, a, b, c] => vec![tag, 0x83, a, b, c],
    };
    [&header, contents].concat()
}

fn sequence(elements: &[&[u8]]) -> Vec<u8> {
    tlv(0x30, &elements.concat())
}

const OF_PKCS7: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7];
const OF_PKCS12: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 12, 10, 1];

fn id(arc: &[u8], number: u8) -> Vec<u8> {
    tlv(6, &[arc, &[number]].concat())
}

/// A ContentInfo of this type.
fn content(number: u8, contents: &[u8]) -> Vec<u8> {
    sequence(&[&id(OF_PKCS7, number), &tlv(0xa0, contents)])
}

/// The SafeContents of a store: certificates, a key as it is, and an encrypted one.
fn safe_contents() -> Vec<u8> {
    let samples = samples();
    let of = |kind: &'static str| {
        samples.iter().filter(move |(of, _)| *of == kind).map(|(_, bytes)| bytes)
    };
    let bag = |number: u8, value: &[u8]| sequence(&[&id(OF_PKCS12, number), &tlv(0xa0, value)]);
    let x509 = tlv(6, &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 22, 1]);
    let certificates =
        of("certificate, DER").map(|der| bag(3, &sequence(&[&x509, &tlv(0xa0, &tlv(4, der))])));
    let keys = of("key, DER").map(|der| bag(1, der));
    let encrypted = of("encrypted key").map(|der| bag(2, der));
    let bags: Vec<Vec<u8>> = certificates.chain(keys).chain(encrypted).collect();
    tlv(0x30, &bags.concat())
}

/// A store around a SafeContents: encrypted or not, with a MAC that fits.
fn sealed(safe: &[u8], is_encrypted: bool) -> Vec<u8> {
    let info = if is_encrypted {
        let scheme =
            pkcs5::pbes2::Parameters::generate_pbkdf2_sha256_aes256cbc(1, &[7; 16], [9; 16]);
        let scheme = pkcs5::EncryptionScheme::from(scheme.unwrap());
        let encrypted = scheme.encrypt(PASSWORD, safe).unwrap();
        let inside =
            sequence(&[&id(OF_PKCS7, 1), &scheme.to_der().unwrap(), &tlv(0x80, &encrypted)]);
        content(6, &sequence(&[&[2, 1, 0], &inside]))
    } else {
        content(1, &tlv(4, safe))
    };
    let all = sequence(&[&info]);
    let salt = [5; 8];
    let key = derive_key_utf8::<Sha256>(PASSWORD, &salt, Pkcs12KeyType::Mac, 1, 32).unwrap();
    let mac =
        Hmac::<Sha256>::new_from_slice(&key).unwrap().chain_update(&all).finalize().into_bytes();
    let sha256 = tlv(6, &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1]);
    let digest = sequence(&[&sequence(&[&sha256, &[5, 0]]), &tlv(4, &mac)]);
    let mac = sequence(&[&digest, &tlv(4, &salt), &[2, 1, 1]]);
    sequence(&[&[2, 1, 3], &content(1, &tlv(4, &all)), &mac])
}

#[test]
fn what_is_inside_of_a_store_never_makes_it_panic_when_it_is_changed_and_sealed_again() {
    let (safe, tried) = (safe_contents(), Tried::default());
    for is_encrypted in [false, true] {
        let reading = use_all(sealed(&safe, is_encrypted)).unwrap();
        assert!(reading.found.len() >= 5, "{:?} {:?}", reading.found.len(), reading.troubles);
        let parts = &reading.containers[0].parts;
        assert_eq!(parts.len(), 1 + usize::from(is_encrypted));
        // A key lies open in it.
        assert!(parts.last().unwrap().is_secret, "{parts:?}");
    }
    let input = (changes(), any::<Option<prop::sample::Index>>(), any::<bool>());
    let done = TestRunner::new(config()).run(&input, |(changes, cut, is_encrypted)| {
        // Half of them are cut nowhere, so that lengths go wrong and not only the end.
        let store = sealed(&changed(safe.clone(), &changes, cut), is_encrypted);
        tried.count(
            if is_encrypted { "PKCS #12, inside, encrypted" } else { "PKCS #12, inside" },
            &use_all(store)?,
        );
        Ok(())
    });
    tried.tell();
    done.unwrap();
}
