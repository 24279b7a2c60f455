//! The server has certificates for two kinds of keys.

use super::{Advice, Program};

pub static ADVICE: Advice = Advice {
    id: "two-keys",
    title: "Two certificates, for an ECDSA and an RSA key",
    about: "The server picks the one whose signature the client can check.",
    snippets: &[
        (
            Program::Nginx,
            r"ssl_certificate     /etc/tls/fullchain.pem;
ssl_certificate_key /etc/tls/leaf.key;
ssl_certificate     /etc/tls/rsa-fullchain.pem;
ssl_certificate_key /etc/tls/rsa.key;",
        ),
        (
            Program::Apache,
            r"SSLCertificateFile    /etc/tls/fullchain.pem
SSLCertificateKeyFile /etc/tls/leaf.key
SSLCertificateFile    /etc/tls/rsa-fullchain.pem
SSLCertificateKeyFile /etc/tls/rsa.key",
        ),
        (
            Program::Haproxy,
            r"frontend https
    bind :443 ssl crt /etc/tls/site.pem crt /etc/tls/rsa-site.pem",
        ),
        (
            Program::Envoy,
            r#"transport_socket:
  name: envoy.transport_sockets.tls
  typed_config:
    "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext
    common_tls_context:
      tls_certificates:
        - certificate_chain: { filename: /etc/tls/fullchain.pem }
          private_key: { filename: /etc/tls/leaf.key }
        - certificate_chain: { filename: /etc/tls/rsa-fullchain.pem }
          private_key: { filename: /etc/tls/rsa.key }"#,
        ),
    ],
    without: &[(Program::SpringBoot, "A port has one bundle, and a bundle one key.")],
};
