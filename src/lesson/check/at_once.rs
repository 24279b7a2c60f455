//! Several things at once, on as many processors as there are: each run is made on one thread alone.

use std::num::NonZero;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// What `find` gives for each, in their order.
pub fn at_once<T: Sync, R: Send>(all: &[T], find: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let found = Mutex::new(Vec::new());
    let work = || {
        while let Some((at, one)) = taken(all, &next) {
            let one = find(one);
            // Poisoned only by a thread that panicked, and so does the scope then.
            if let Ok(mut found) = found.lock() {
                found.push((at, one));
            }
        }
    };
    let workers = thread::available_parallelism().map_or(1, NonZero::get).min(all.len());
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(work);
        }
    });
    let mut found = found.into_inner().unwrap_or_default();
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, one)| one).collect()
}

/// The next one that nobody took yet, with its position.
fn taken<'a, T>(all: &'a [T], next: &AtomicUsize) -> Option<(usize, &'a T)> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    Some((at, all.get(at)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_found_once_and_in_order() {
        let all: Vec<usize> = (0..100).collect();
        assert_eq!(at_once(&all, |one| one * 2), all.iter().map(|one| one * 2).collect::<Vec<_>>());
        assert_eq!(at_once(&[], |one: &usize| *one), Vec::<usize>::new());
    }
}
