//! TCP's control bits.

use std::fmt;
use std::ops::BitOr;

/// The control bits of a TCP segment (RFC 9293, section 3.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TcpFlags(pub u8);

impl TcpFlags {
    /// The sender has sent all.
    pub const FIN: TcpFlags = TcpFlags(1);
    /// The sequence numbers begin here.
    pub const SYN: TcpFlags = TcpFlags(2);
    /// The connection is aborted.
    pub const RST: TcpFlags = TcpFlags(4);
    /// The receiver should hand over what it has.
    pub const PSH: TcpFlags = TcpFlags(8);
    /// The acknowledgment number counts.
    pub const ACK: TcpFlags = TcpFlags(16);
    /// The urgent pointer counts.
    pub const URG: TcpFlags = TcpFlags(32);
    /// Congestion was seen on the path (RFC 3168, section 6.1).
    pub const ECE: TcpFlags = TcpFlags(64);
    /// The sender has reduced its congestion window (RFC 3168, section 6.1).
    pub const CWR: TcpFlags = TcpFlags(128);

    const NAMES: [(TcpFlags, &str); 8] = [
        (TcpFlags::FIN, "FIN"),
        (TcpFlags::SYN, "SYN"),
        (TcpFlags::RST, "RST"),
        (TcpFlags::PSH, "PSH"),
        (TcpFlags::ACK, "ACK"),
        (TcpFlags::URG, "URG"),
        (TcpFlags::ECE, "ECE"),
        (TcpFlags::CWR, "CWR"),
    ];

    /// Whether all bits of `flags` are set.
    pub const fn contains(self, flags: TcpFlags) -> bool {
        self.0 & flags.0 == flags.0
    }

    /// Whether any bit of `flags` is set.
    pub const fn intersects(self, flags: TcpFlags) -> bool {
        self.0 & flags.0 != 0
    }

    /// The bits that are set in both.
    pub const fn intersection(self, other: TcpFlags) -> TcpFlags {
        TcpFlags(self.0 & other.0)
    }

    /// Both, for constants.
    pub const fn union(self, other: TcpFlags) -> TcpFlags {
        TcpFlags(self.0 | other.0)
    }
}

impl BitOr for TcpFlags {
    type Output = TcpFlags;

    fn bitor(self, other: TcpFlags) -> TcpFlags {
        self.union(other)
    }
}

/// The names of the bits that are set: `SYN, ACK`.
impl fmt::Display for TcpFlags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let set = TcpFlags::NAMES.iter().filter(|(flag, _)| self.contains(*flag));
        for (index, (_, name)) in set.enumerate() {
            if index > 0 {
                f.write_str(", ")?;
            }
            f.write_str(name)?;
        }
        Ok(())
    }
}
