//! A trace as files that other tools read: pcapng captures, key logs, PEM.

pub mod keylog;
pub mod pcapng;
pub mod pem;
