//! A trace as files that other tools read: pcapng captures and key logs.

pub mod keylog;
pub mod pcapng;
