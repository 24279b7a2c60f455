//! What is kept on a device as one file: saved, opened elsewhere, opened again, and refused.

#![cfg(test)]

use handshake_lab::diagnose::{LEVELS, Solved};
use handshake_lab::kept::{Added, Kept, KeptFile, NotTaken};
use handshake_lab::lesson::{Grade, Graded, Practice, Progress, Taken};

/// The day on which all of this is done, counted from 1970.
const DAY: u32 = 20_000;

struct Device {
    progress: Progress,
    practice: Practice,
    solved: Solved,
    seen: Vec<&'static str>,
}

impl Device {
    fn empty() -> Device {
        Device {
            progress: Progress::default(),
            practice: Practice::default(),
            solved: Solved::default(),
            seen: Vec::new(),
        }
    }

    fn used() -> Device {
        let mut device = Device::empty();
        device.progress.visit("tcp", "syn");
        device.progress.answer("tcp", "numbers", true);
        device.practice.answer("tcp", "numbers", false, DAY);
        let graded = Graded { day: "2026-11-29".into(), grade: Grade::Fair };
        device.practice.grade("why-tcp", graded);
        let sheet = "exam/all/2/5/7/01".into();
        device.practice.take(Taken { day: "2026-11-29".into(), sheet });
        device.solved.answer(&LEVELS[0], 7, 60);
        device.seen.push("cert-expired");
        device
    }

    fn save(&self) -> String {
        let mut file = KeptFile::new("2026-11-29");
        file.put(&self.progress);
        file.put(&self.practice);
        file.put(&self.solved);
        file.put_list("faults-seen", self.seen.iter().map(ToString::to_string).collect());
        file.text()
    }

    fn open(&mut self, text: &str) -> Result<String, NotTaken> {
        let file = KeptFile::read(text)?;
        let (progress, practice, solved) = (file.get()?, file.get()?, file.get()?);
        let mut added = Added::default();
        added.take_in(&mut self.progress, &progress);
        added.take_in(&mut self.practice, &practice);
        added.take_in(&mut self.solved, &solved);
        Ok(added.to_string())
    }
}

#[test]
fn a_file_brings_everything_to_another_device_and_says_what_it_added() {
    let (used, mut other) = (Device::used(), Device::empty());
    let saved = used.save();
    assert_eq!(
        other.open(&saved).unwrap(),
        "Added: 1 page read, 1 right answer, 1 practised question, 1 interview grade, 1 exam, 1 mystery answered."
    );
    assert_eq!(other.progress, used.progress);
    assert_eq!(other.practice, used.practice);
    assert_eq!(other.solved, used.solved);
    let list = KeptFile::read(&saved).unwrap().list("faults-seen");
    assert_eq!(list.into_iter().collect::<Vec<_>>(), used.seen);
    assert_eq!(other.open(&saved).unwrap(), "Nothing was added: all of it is here already.");
}

#[test]
fn a_file_adds_and_takes_nothing_away() {
    let mut other = Device::empty();
    other.progress.visit("tcp", "fin");
    other.practice.answer("tcp", "numbers", true, DAY - 9);
    other.practice.answer("keys", "tree", true, DAY);
    let told = other.open(&Device::used().save()).unwrap();
    assert!(told.starts_with("Added: 1 page read, 1 right answer, 1 interview grade"), "{told}");
    assert_eq!(other.progress.lesson("tcp").pages.len(), 2);
    assert_eq!(other.practice.place("tcp", "numbers"), Some(1), "the later record");
    assert_eq!(other.practice.place("keys", "tree"), Some(2));
    // Later, and of the same question: nothing is more, but something is other.
    let mut later = Device::used();
    later.practice.answer("tcp", "numbers", true, DAY + 1);
    let told = other.open(&later.save()).unwrap();
    assert!(told.contains("the later record"), "{told}");
    assert_eq!(other.practice.place("tcp", "numbers"), Some(2));
}

#[test]
fn a_file_brings_back_what_was_forgotten_since() {
    let mut device = Device::used();
    let saved = device.save();
    device.progress.forget();
    device.practice.forget();
    device.solved.forget();
    let told = device.open(&saved).unwrap();
    assert!(told.contains("1 page read") && told.contains("1 mystery"), "{told}");
    // A tab that still has what was there before does not undo that.
    let before = device.progress.clone();
    device.progress.merge(&Device::used().progress);
    assert_eq!(device.progress, before);
}

#[test]
fn what_is_no_such_file_or_a_newer_one_is_refused_with_words_for_it() {
    let saved = Device::used().save();
    let bom = format!("\u{feff}{saved}");
    assert!(KeptFile::read(&bom).is_ok());
    for (text, told) in [
        ("", "This is not a progress file saved by this page."),
        ("[1]", "This is not a progress file saved by this page."),
        ("{\"format\":\"pcap/1\"}", "This is not a progress file saved by this page."),
        ("{\"format\":\"handshake-lab-kept/2\",\"records\":[]}", "Another version of this page"),
    ] {
        let error = KeptFile::read(text).unwrap_err().to_string();
        assert!(error.contains(told), "{error}");
    }
    let newer = saved.replace("handshake-lab-practice/2", "handshake-lab-practice/3");
    let mut other = Device::empty();
    assert!(matches!(other.open(&newer), Err(NotTaken::Newer(_))));
    let broken = saved.replace("\"boxes\": {", "\"boxes\": {\"tcp/fin\": 7,");
    let error = other.open(&broken).unwrap_err().to_string();
    assert!(error.starts_with("What you practised cannot be read"), "{error}");
    assert_eq!(other.progress, Progress::default(), "all of a file or nothing");
}

#[test]
fn a_file_of_a_version_before_is_opened() {
    let before = Device::used()
        .save()
        .replace("-progress/3", "-progress/1")
        .replace("-solved/2", "-solved/1");
    let mut other = Device::empty();
    other.open(&before).unwrap();
    assert_eq!(other.progress, Device::used().progress);
}
