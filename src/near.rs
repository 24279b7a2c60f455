//! What somebody may have meant by a word that is not in a list.

/// The candidate that differs from `word` by a slip of the hand; `None` where none is that near. Where
/// several are, the first of the nearest.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    // A slip in each four characters, counting what changed places as one.
    let most = word.chars().count().div_ceil(4);
    let far = candidates.into_iter().map(|one| (strsim::osa_distance(&word, one), one));
    far.filter(|(far, _)| *far <= most).min_by_key(|(far, _)| *far).map(|(_, one)| one)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_is_taken_for_what_was_meant_and_another_word_is_not() {
        let words = ["tls13", "tls12", "tls13-mtls", "cert-expired"];
        assert_eq!(nearest("tsl13", words), Some("tls13"));
        assert_eq!(nearest("TLS1.2", words), Some("tls12"));
        assert_eq!(nearest("cert-exspired", words), Some("cert-expired"));
        assert_eq!(nearest("banana", words), None);
        assert_eq!(nearest("", words), None);
    }
}
