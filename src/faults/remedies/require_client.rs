//! The server wants a certificate of the client's.

use super::{Advice, Program};

pub static ADVICE: Advice = Advice {
    id: "require-client",
    title: "A server that wants a client's certificate",
    about: "client-root.pem has the roots whose clients are let in, and no others: not those of the \
            web.",
    snippets: &[
        (
            Program::Nginx,
            r"ssl_client_certificate /etc/tls/client-root.pem;
ssl_verify_client on;
ssl_verify_depth 2;",
        ),
        (
            Program::Apache,
            r"SSLCACertificateFile /etc/tls/client-root.pem
SSLVerifyClient require
SSLVerifyDepth 2",
        ),
        (
            Program::Haproxy,
            r"frontend https
    bind :443 ssl crt /etc/tls/site.pem ca-file /etc/tls/client-root.pem verify required",
        ),
        (
            Program::Envoy,
            r#"transport_socket:
  name: envoy.transport_sockets.tls
  typed_config:
    "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext
    require_client_certificate: true
    common_tls_context:
      tls_certificates:
        - certificate_chain: { filename: /etc/tls/fullchain.pem }
          private_key: { filename: /etc/tls/leaf.key }
      validation_context:
        trusted_ca: { filename: /etc/tls/client-root.pem }"#,
        ),
        (
            Program::SpringBoot,
            r#"spring.ssl.bundle.pem.web:
  keystore:
    certificate: "file:/etc/tls/fullchain.pem"
    private-key: "file:/etc/tls/leaf.key"
  truststore:
    certificate: "file:/etc/tls/client-root.pem"
server:
  ssl:
    bundle: web
    client-auth: need"#,
        ),
    ],
    without: &[],
};
