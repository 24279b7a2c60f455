//! Short lists put in order.

/// Sorts by `key`; what has equal keys keeps its order.
///
/// By insertion: the lists are short and mostly in order already, and the standard sorts, made anew
/// for every type, would be a noticeable part of the page's download.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    for end in 1..items.len() {
        for at in (1..=end).rev() {
            if key(&items[at - 1]) <= key(&items[at]) {
                break;
            }
            items.swap(at - 1, at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::sort_by_key;

    #[test]
    fn puts_items_in_order_and_keeps_equal_ones_as_they_were() {
        let mut items = [(3, 'a'), (1, 'b'), (2, 'c'), (1, 'd'), (3, 'e'), (0, 'f')];
        let mut expected = items;
        expected.sort_by_key(|item| item.0);
        sort_by_key(&mut items, |item| item.0);
        assert_eq!(items, expected);
        sort_by_key(&mut [] as &mut [u8], |item| *item);
    }
}
