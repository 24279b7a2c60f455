//! Where several servers keep their sessions together, and none of them says which one it has used.

use rustls::server::{ServerSessionMemoryCache, StoresServerSessions};
use std::sync::Arc;

/// How many sessions it keeps: as many as rustls does by itself.
const SESSIONS: usize = 256;

/// Makes a place for sessions.
pub type SharedSessions = fn() -> Arc<dyn StoresServerSessions>;

/// An empty one.
pub fn store() -> Arc<dyn StoresServerSessions> {
    Arc::new(Shared(ServerSessionMemoryCache::new(SESSIONS)))
}

/// rustls's own, but that a session stays when it is handed out. rustls wants it gone: early data is safe from being
/// taken twice only then.
#[derive(Debug)]
struct Shared(Arc<ServerSessionMemoryCache>);

impl StoresServerSessions for Shared {
    fn put(&self, key: Vec<u8>, value: Vec<u8>) -> bool {
        self.0.put(key, value)
    }

    fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
        self.0.get(key)
    }

    fn take(&self, key: &[u8]) -> Option<Vec<u8>> {
        self.0.get(key)
    }

    fn can_cache(&self) -> bool {
        self.0.can_cache()
    }
}
