//! What to write into which program to mend a fault: one file for each remedy, and one line in the list below.
//!
//! A fault names its remedies. What they say is much text, which the page loads when it is first asked for; so a fault
//! has no more of them than their names.

use crate::choice::choices;

choices! {
    /// A program that is set up, or in which a client is written.
    Program {
        /// nginx, as server and as gateway.
        Nginx = "nginx", "nginx";
        /// Apache's server.
        Apache = "apache", "Apache httpd";
        /// HAProxy.
        Haproxy = "haproxy", "HAProxy";
        /// Envoy: the part of a listener or a cluster.
        Envoy = "envoy", "Envoy";
        /// application.yaml.
        SpringBoot = "spring-boot", "Spring Boot";
        /// curl on the command line.
        Curl = "curl", "curl";
        /// Python's standard library.
        Python = "python", "Python";
        /// Node.js's own modules.
        Node = "node", "Node.js";
        /// What comes with Java 11.
        Java = "java", "Java";
        /// Go's standard library.
        Go = "go", "Go";
    }
}

/// What is told of a remedy.
#[derive(Debug)]
pub struct Advice {
    /// The text form, which is its place in docs/faults.md.
    pub id: &'static str,
    /// What is set.
    pub title: &'static str,
    /// What it is for, and which files it takes.
    pub about: &'static str,
    /// What to write, for each program that it concerns, in the order of [`Program`]. `HOST`, `PORT` and `ADDRESS` stand
    /// for the server's, `SERVICE` for the name of one behind a gateway.
    pub snippets: &'static [(Program, &'static str)],
    /// Why there is nothing to write for a program, where there is for others of its kind.
    pub without: &'static [(Program, &'static str)],
}

impl Program {
    /// Whether it is set up to serve, or to pass on; else it is a client, or what one is written in.
    pub fn is_server(self) -> bool {
        use Program::{Apache, Envoy, Haproxy, Nginx, SpringBoot};
        matches!(self, Nginx | Apache | Haproxy | Envoy | SpringBoot)
    }
}

impl Advice {
    /// What to write for this program, if it concerns it.
    pub fn code(&self, program: Program) -> Option<&'static str> {
        self.snippets.iter().find(|(of, _)| *of == program).map(|(_, code)| *code)
    }

    /// Why there is nothing to write for this program, where it concerns others of its kind.
    pub fn without(&self, program: Program) -> Option<&'static str> {
        self.without.iter().find(|(of, _)| *of == program).map(|(_, why)| *why)
    }
}

macro_rules! remedies {
    ($($(#[$doc:meta])* $name:ident = $file:ident;)*) => {
        $(mod $file;)*

        /// Something that is set in programs to mend a fault.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Remedy { $($(#[$doc])* $name,)* }

        impl Remedy {
            /// All of them, servers first.
            pub const ALL: &'static [Remedy] = &[$(Remedy::$name,)*];

            /// What is told of it.
            pub fn advice(self) -> &'static Advice {
                match self { $(Remedy::$name => &$file::ADVICE,)* }
            }
        }
    };
}

remedies! {
    /// The server sends leaf and intermediates, and has the leaf's key.
    ServerChain = server_chain;
    /// The server takes a new certificate without a stop.
    Reload = reload;
    /// The server picks its certificate by the name that a client asks for.
    ServerNames = server_names;
    /// The server has certificates for two kinds of keys.
    TwoKeys = two_keys;
    /// TLS at the port for it, and a way there from plain HTTP.
    HttpsPort = https_port;
    /// Which versions.
    Versions = versions;
    /// Which cipher suites.
    Suites = suites;
    /// Which groups.
    Groups = groups;
    /// Which protocol is spoken above TLS.
    Alpn = alpn;
    /// What goes before the handshake is complete.
    EarlyData = early_data;
    /// The server wants a certificate of the client's.
    RequireClient = require_client;
    /// The client sends one.
    ClientSends = client_sends;
    /// The client trusts a private authority.
    TrustCa = trust_ca;
    /// The client sends and checks the server's name.
    ClientName = client_name;
    /// Who checks a certificate looks at lists of revoked ones.
    RevocationLists = revocation_lists;
    /// The client takes these public keys alone.
    Pins = pins;
    /// One connection for many requests.
    KeepAlive = keep_alive;
    /// The client tells a whole response from one that was cut off.
    WholeResponse = whole_response;
    /// The gateway checks who the service is.
    VerifyUpstream = verify_upstream;
    /// The gateway says who the client is.
    ClientIdentity = client_identity;
}
