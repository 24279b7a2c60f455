//! Chains to be judged, as files and as what is asked of them.

#![cfg(test)]
// Not every test that has this module uses all of it.
#![allow(dead_code)]

use handshake_lab::capture::pem;
use handshake_lab::certificates::mint::{Form, Object, ObjectKind};
use handshake_lab::certificates::read::{Reading, read};
use handshake_lab::certificates::verdict::{Question, Roots};
use handshake_lab::trace::Endpoint;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::SystemTime;

/// A folder of the test's own, empty: tests run beside each other.
pub fn folder(name: &str) -> PathBuf {
    let test = std::thread::current().name().unwrap_or("unnamed").replace("::", "-");
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("judged").join(test).join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    path
}

/// Runs a line of a shell; whether it succeeds, and what it prints.
pub fn run_line(folder: &Path, line: &str) -> (bool, String) {
    let output =
        Command::new("sh").args(["-ec", line]).current_dir(folder).stdin(Stdio::null()).output();
    let output = output.unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

/// What a line of a shell prints that must succeed.
pub fn ok(folder: &Path, line: &str) -> String {
    let (good, said) = run_line(folder, line);
    assert!(good, "{line}\n{said}");
    said
}

/// The DER of an object.
pub fn der(objects: &[Object], kind: ObjectKind, name: &str) -> Vec<u8> {
    let object = objects.iter().find(|one| one.kind == kind && one.name == name).unwrap();
    object.files.iter().find(|file| file.form == Form::Der).unwrap().bytes.clone()
}

/// A chain as a file.
pub fn chain_file(chain: &[Vec<u8>]) -> Vec<u8> {
    chain.iter().map(|der| pem::encode("CERTIFICATE", der)).collect::<String>().into_bytes()
}

/// What is read of a chain in one file.
pub fn reading(chain: &[Vec<u8>]) -> Reading {
    let reading = read(&[("chain.pem".into(), chain_file(chain))], None);
    assert_eq!(reading.troubles, []);
    reading
}

/// What is asked of a chain.
pub fn question(host: Option<&str>, at: u64, roots: &[Vec<u8>], by: Endpoint) -> Question {
    let mut trusted = Roots::default();
    roots.iter().for_each(|root| trusted.add(root));
    Question { host: host.map(str::to_owned), at, roots: trusted, by }
}

/// Seconds since 1970: certificates of OpenSSL start now.
pub fn now() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs()
}
