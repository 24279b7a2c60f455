//! Looking for texts by words, as people write them, and paste them from logs.

/// The words that are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query(Vec<String>);

/// Words that stand in so many messages that they tell nothing.
const IDLE: &[&str] = &[
    "an", "and", "are", "at", "by", "curl", "error", "errors", "for", "get", "has", "in", "is",
    "no", "not", "of", "on", "openssl", "or", "problem", "routines", "ssl", "the", "tls", "to",
    "was", "with",
];

impl Query {
    /// Those of `text`: without what is not a letter or a digit, and in small letters. Where only words
    /// that tell nothing are there, these.
    pub fn new(text: &str) -> Query {
        let text = text.to_lowercase();
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let all: Vec<String> = words.map(str::to_owned).collect();
        let telling = |word: &&String| word.len() > 1 && !IDLE.contains(&word.as_str());
        let some: Vec<String> = all.iter().filter(telling).cloned().collect();
        Query(if some.is_empty() { all } else { some })
    }

    /// Whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the text has all of the words, each as the beginning of one of its own.
    pub fn is_in(&self, text: &str) -> bool {
        self.held_by(text).into_iter().all(|has| has)
    }

    /// Which of the words the text has.
    fn held_by(&self, text: &str) -> Vec<bool> {
        let text = text.to_lowercase();
        let own: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
        self.0.iter().map(|word| own.iter().any(|own| own.starts_with(&**word))).collect()
    }

    /// The items whose texts have all of the words, and `true`. Where none has, those that have the most of
    /// them, the best first: a word counts the more, the fewer texts have it.
    pub fn best<T, S: AsRef<str>>(
        &self,
        items: impl IntoIterator<Item = (T, S)>,
    ) -> (Vec<T>, bool) {
        let items: Vec<(T, Vec<bool>)> =
            items.into_iter().map(|(item, text)| (item, self.held_by(text.as_ref()))).collect();
        if items.iter().any(|(_, has)| has.iter().all(|has| *has)) {
            let all = items.into_iter().filter(|(_, has)| has.iter().all(|has| *has));
            return (all.map(|(item, _)| item).collect(), true);
        }
        let with = |at: usize| items.iter().filter(|(_, has)| has.get(at) == Some(&true)).count();
        // In thousandths, so that equal sums are equal.
        let weights: Vec<usize> = (0..self.0.len()).map(|at| 1000 / with(at).max(1)).collect();
        let weigh = |has: &[bool]| -> usize {
            has.iter().zip(&weights).filter(|(has, _)| **has).map(|(_, weight)| *weight).sum()
        };
        let mut weighed: Vec<(usize, T)> =
            items.into_iter().map(|(item, has)| (weigh(&has), item)).collect();
        weighed.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
        let best = weighed.first().map_or(0, |(weight, _)| *weight);
        let near = weighed.into_iter().filter(|(weight, _)| *weight > 0 && 2 * weight >= best);
        (near.map(|(_, item)| item).collect(), false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_at_their_beginning_whatever_stands_between() {
        let query = Query::new("Certificate EXPIRED");
        assert!(query.is_in("sslv3 alert certificate_expired (45)"));
        assert!(!query.is_in("certificate"));
        assert!(Query::new("expir").is_in("it has expired"));
        assert!(!Query::new("pired").is_in("it has expired"));
        assert!(Query::new("").is_in("anything") && Query::new(" - ").is_empty());
        assert!(Query::new("TLS error").is_in("an error of TLS"));
    }

    #[test]
    fn a_pasted_line_finds_what_has_most_of_it() {
        let items = [("a", "unable to get local issuer certificate"), ("b", "certificate expired")];
        let items = items.map(|(id, text)| (id, text.to_owned()));
        let line = "curl: (60) SSL certificate problem: unable to get local issuer certificate";
        assert_eq!(Query::new(line).best(items.clone()), (vec!["a"], false));
        assert_eq!(Query::new("expired").best(items.clone()), (vec!["b"], true));
        assert_eq!(Query::new("banana split").best(items.clone()), (vec![], false));
        assert_eq!(
            Query::new("expired certificate banana").best(items.clone()),
            (vec!["b"], false)
        );
        assert_eq!(Query::new("").best(items), (vec!["a", "b"], true));
    }
}
