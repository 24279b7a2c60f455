//! How many connections there are at once.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// Lets so many through at once; who comes later waits.
pub(super) struct Gate {
    free: Mutex<usize>,
    freed: Condvar,
}

/// A place, which is free again when this is dropped.
pub(super) struct Place(Arc<Gate>);

impl Gate {
    /// With so many places.
    pub fn new(places: usize) -> Arc<Gate> {
        Arc::new(Gate { free: Mutex::new(places), freed: Condvar::new() })
    }

    /// Waits for a place.
    pub fn enter(self: &Arc<Gate>) -> Place {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let none = |free: &mut usize| *free == 0;
        let mut free = self.freed.wait_while(free, none).unwrap_or_else(PoisonError::into_inner);
        *free -= 1;
        Place(self.clone())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.freed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn no_more_than_so_many_are_inside_at_once_and_all_get_in() {
        let (gate, inside) = (Gate::new(3), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..20 {
                scope.spawn(|| {
                    let place = gate.enter();
                    assert!(inside.fetch_add(1, Ordering::SeqCst) < 3);
                    std::thread::yield_now();
                    inside.fetch_sub(1, Ordering::SeqCst);
                    drop(place);
                });
            }
        });
        assert_eq!(*gate.free.lock().unwrap(), 3);
    }
}
