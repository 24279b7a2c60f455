//! The choices a scenario is made of, each with the names that people, commands and links use.

/// A closed set of choices with a stable text form.
macro_rules! choices {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $id:literal, $label:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            /// All choices, in the order a menu shows them.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The text form: what links and `--set` take.
            pub const fn id(self) -> &'static str {
                match self { $($name::$variant => $id,)* }
            }

            /// The short name a menu shows.
            pub const fn label(self) -> &'static str {
                match self { $($name::$variant => $label,)* }
            }

            /// The choice with this text form.
            pub fn from_id(id: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|choice| choice.id() == id)
            }
        }
    };
}

choices! {
    /// Which TLS versions both ends allow.
    Version {
        /// TLS 1.2 only (RFC 5246).
        Tls12 = "1.2", "TLS 1.2";
        /// TLS 1.3 only (RFC 8446).
        Tls13 = "1.3", "TLS 1.3";
        /// Both; the handshake settles on TLS 1.3.
        Any = "any", "TLS 1.2 and 1.3";
    }
}

choices! {
    /// A cipher, whatever the version: with the version and the kind of certificate it names one
    /// cipher suite of the IANA registry.
    Suite {
        /// `TLS_AES_128_GCM_SHA256` and its TLS 1.2 relatives.
        Aes128Gcm = "aes-128-gcm", "AES-128-GCM";
        /// `TLS_AES_256_GCM_SHA384` and its TLS 1.2 relatives.
        Aes256Gcm = "aes-256-gcm", "AES-256-GCM";
        /// `TLS_CHACHA20_POLY1305_SHA256` and its TLS 1.2 relatives.
        ChaCha20Poly1305 = "chacha20-poly1305", "ChaCha20-Poly1305";
    }
}

choices! {
    /// A key exchange group, by its name in the IANA registry.
    Group {
        /// Curve25519 (RFC 7748).
        X25519 = "x25519", "X25519";
        /// NIST P-256.
        Secp256r1 = "secp256r1", "P-256";
        /// NIST P-384.
        Secp384r1 = "secp384r1", "P-384";
        /// ML-KEM-768 and X25519 together, in TLS 1.3 (draft-ietf-tls-ecdhe-mlkem).
        X25519MlKem768 = "X25519MLKEM768", "X25519MLKEM768";
    }
}

choices! {
    /// Who changes its traffic keys between the first and a second request, and asks the other end
    /// to do the same (TLS 1.3, RFC 8446, section 4.6.3).
    KeyUpdate {
        /// Nobody: there is one request.
        None = "none", "none";
        /// The client.
        Client = "client", "by the client";
        /// The server.
        Server = "server", "by the server";
    }
}

choices! {
    /// How client and server come to a pre-master secret in TLS 1.2. TLS 1.3 has ephemeral
    /// Diffie-Hellman alone.
    KeyExchange {
        /// Ephemeral Diffie-Hellman over an elliptic curve (RFC 8422).
        Ecdhe = "ecdhe", "ECDHE";
        /// The client encrypts the secret with the RSA key in the server's certificate (RFC 5246,
        /// section 7.4.7.1).
        Rsa = "rsa", "RSA";
    }
}

choices! {
    /// The kind of key in every certificate of a chain.
    CertificateKind {
        /// ECDSA over P-256.
        EcdsaP256 = "ecdsa-p256", "ECDSA P-256";
        /// ECDSA over P-384.
        EcdsaP384 = "ecdsa-p384", "ECDSA P-384";
        /// Ed25519 (RFC 8410).
        Ed25519 = "ed25519", "Ed25519";
        /// RSA with a modulus of 2048 bits.
        Rsa2048 = "rsa-2048", "RSA 2048";
    }
}

choices! {
    /// What stands between client and service, and what it does with TLS.
    Gateway {
        /// Nothing: the client talks to the server.
        None = "none", "none";
        /// It is the end of TLS, and talks plain HTTP to the service.
        Terminate = "terminate", "terminates TLS";
        /// It is the end of TLS, and opens another TLS connection to the service.
        ReEncrypt = "re-encrypt", "re-encrypts";
        /// As before, and it shows the service a certificate of its own.
        Mutual = "mutual", "re-encrypts, mutual TLS";
        /// It reads the name in the ClientHello, and passes octets on.
        PassThrough = "pass-through", "passes TLS through";
    }
}

choices! {
    /// Whether the server asks the client for a certificate, and whether the client has one. A fault
    /// may take it away.
    ClientCertificate {
        /// The server does not ask.
        None = "none", "not asked";
        /// The server asks, and goes on without one.
        Optional = "optional", "optional";
        /// The server asks, and goes on without one; the client has none.
        Absent = "absent", "optional, absent";
        /// The server asks, and refuses a client without one.
        Required = "required", "required";
    }
}

choices! {
    /// Whether a second connection resumes the session of the first, and who keeps that session
    /// meanwhile.
    Resume {
        /// There is one connection.
        None = "none", "one connection";
        /// The server keeps it and the client names it: by the session ID in TLS 1.2, by a ticket
        /// that is a mere key of a table in TLS 1.3.
        Stored = "stored", "resumed, kept by the server";
        /// The client keeps it for the server, sealed in a ticket (RFC 5077; in TLS 1.3 RFC 8446,
        /// section 4.6.1).
        Ticket = "ticket", "resumed, sealed in a ticket";
    }
}

choices! {
    /// Whether the second connection begins with early data (0-RTT; RFC 8446, section 4.2.10).
    EarlyData {
        /// The server does not allow any.
        None = "none", "no early data";
        /// The client sends some, and the server takes it.
        Accepted = "accepted", "0-RTT, accepted";
        /// The client sends some, but the server has turned it off since it gave out the ticket.
        Rejected = "rejected", "0-RTT, rejected";
    }
}

choices! {
    /// How the client ends a connection.
    Close {
        /// By close_notify and FIN, once it has read the last response.
        CloseNotify = "close-notify", "close_notify after the response";
        /// By close_notify and FIN right behind the last request: it still reads the response (RFC
        /// 8446, section 6.1).
        HalfClose = "half-close", "half-close after the request";
        /// By RST, once it has read the last response, and without close_notify.
        Reset = "reset", "RST after the response";
    }
}

choices! {
    /// What the server shows for its identity, in TLS 1.3.
    ServerCertType {
        /// A chain of X.509 certificates.
        X509 = "x509", "X.509 certificates";
        /// Its public key alone, which the client was told beforehand (RFC 7250).
        RawPublicKey = "raw-public-key", "raw public key";
    }
}

choices! {
    /// How the server's Certificate message goes, in TLS 1.3.
    CertCompression {
        /// As it is.
        None = "none", "none";
        /// Compressed by zlib, which the client says it takes (RFC 8879).
        Zlib = "zlib", "zlib";
    }
}
