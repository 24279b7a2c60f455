//! Protocol versions.

use super::registry::registry;

registry! {
    /// A version of SSL or TLS, as hellos and records write it (RFC 9846, section 4.3.1; drafts of TLS
    /// 1.3 are `0x7fxx`). Those before TLS 1.2 must not be used any more (RFC 7568, RFC 8996).
    ProtocolVersion(u16) {
        SSL2 = 0x0002, "SSL 2.0";
        SSL3 = 0x0300, "SSL 3.0";
        TLS1_0 = 0x0301, "TLS 1.0";
        TLS1_1 = 0x0302, "TLS 1.1";
        TLS1_2 = 0x0303, "TLS 1.2";
        TLS1_3 = 0x0304, "TLS 1.3";
    }
}
