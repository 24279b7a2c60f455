//! What was made last, kept for whoever asks for the same again.

use std::collections::VecDeque;

/// A few values by what they were made from, the latest first. Of those that are too many the oldest go.
pub struct Recent<K, V> {
    most: usize,
    kept: VecDeque<(K, V)>,
}

impl<K: PartialEq, V: Clone> Recent<K, V> {
    /// One that keeps so many at most.
    pub const fn new(most: usize) -> Recent<K, V> {
        Recent { most, kept: VecDeque::new() }
    }

    /// What was made from this.
    pub fn get(&self, key: &K) -> Option<V> {
        self.kept.iter().find(|(of, _)| of == key).map(|(_, value)| value.clone())
    }

    /// Keeps what was made.
    pub fn keep(&mut self, key: K, value: V) {
        self.kept.truncate(self.most.saturating_sub(1));
        self.kept.push_front((key, value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_are_kept_and_the_oldest_go() {
        let mut recent = Recent::new(2);
        for key in 0..3 {
            recent.keep(key, key * 10);
        }
        assert_eq!([0, 1, 2].map(|key| recent.get(&key)), [None, Some(10), Some(20)]);
    }
}
