//! What does not hold for options side by side: two of them mean the same, or the right ones stand out by their length.

use crate::lesson::error::Trouble;
use crate::lesson::value::meaning;

/// From where on a right option is too long: so many times as long as every wrong one.
const TIMES: (usize, usize) = (8, 5);

/// Nobody sees a difference of fewer characters.
const SEEN: usize = 10;

/// What is wrong with `options`, of which those at the places `right` are right.
pub fn trouble(options: &[String], right: &[usize]) -> Option<Trouble> {
    same(options).or_else(|| longer(options, right))
}

/// Two that mean the same.
fn same(options: &[String]) -> Option<Trouble> {
    let meanings: Vec<String> = options.iter().map(|option| meaning(option)).collect();
    options.iter().zip(&meanings).enumerate().find_map(|(at, (option, own))| {
        let before = meanings.iter().take(at).position(|other| other == own)?;
        let what = format!("the options “{}” and “{option}” mean the same", options.get(before)?);
        Some(Trouble::new(what, "change one of them"))
    })
}

/// Right ones of which each is much longer than every wrong one.
fn longer(options: &[String], right: &[usize]) -> Option<Trouble> {
    let length = |at: usize| options.get(at).map(|option| option.chars().count());
    let is_right = |at: &usize| right.contains(at);
    let shortest = (0..options.len()).filter(is_right).filter_map(length).min()?;
    let longest = (0..options.len()).filter(|at| !is_right(at)).filter_map(length).max()?;
    let (times, of) = TIMES;
    (shortest * of > longest * times && shortest > longest + SEEN).then(|| {
        let what = format!(
            "the right option is of {shortest} characters, the longest wrong one of {longest}"
        );
        Trouble::new(what, "make them of like length, so that length does not give it away")
    })
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::lesson::Form;
    use crate::lesson::asked_in_course;

    fn told(options: &[&str], right: &[usize]) -> Option<String> {
        let options: Vec<String> = options.iter().map(|option| (*option).to_owned()).collect();
        trouble(&options, right).map(|trouble| trouble.what)
    }

    #[test]
    fn options_that_mean_the_same_are_told() {
        for (one, other) in [
            ("12", "0x0c"),
            ("12 ms", "0xC ms"),
            ("1,000,000 s", "1000000 s"),
            ("Two words", "two  words"),
        ] {
            let told = told(&["other", one, other], &[0]).unwrap();
            assert_eq!(told, format!("the options “{one}” and “{other}” mean the same"));
        }
        for (one, other) in [("12", "0x12"), ("12 ms", "12 s"), ("1,5", "15"), ("a b", "ab")] {
            assert_eq!(told(&[one, other], &[0]), None, "{one}, {other}");
        }
    }

    #[test]
    fn right_options_that_are_much_longer_than_all_wrong_ones_are_told() {
        let of = |length: usize| "x".repeat(length);
        let (right, wrong, short) = (of(33), of(20), of(5));
        assert_eq!(
            told(&[&short, &right, &wrong], &[1]).unwrap(),
            "the right option is of 33 characters, the longest wrong one of 20"
        );
        assert_eq!(told(&[&of(32), &wrong], &[0]), None);
        assert_eq!(told(&[&right, &wrong, &short], &[0, 2]), None);
        // What is so short is not judged by its length.
        assert_eq!(told(&["443", "8"], &[0]), None);
    }

    #[test]
    fn the_longest_of_several_options_is_right_no_more_often_than_it_should_be() {
        let (mut asked, mut right) = (0, 0);
        asked_in_course("several", 1, |question, run| {
            let question = question.ask(run).unwrap();
            let Form::Several(options) = question.form() else { panic!("{question:?}") };
            let places = question.right_places(run);
            let longest = (0..options.len()).max_by_key(|at| options[*at].chars().count()).unwrap();
            asked += 1;
            right += usize::from(places.contains(&longest));
        });
        assert!(asked > 0 && right * 2 <= asked, "{right} of {asked}");
    }
}
