//! The server sends leaf and intermediates, and has the leaf's key.

use super::{Advice, Program};

pub static ADVICE: Advice = Advice {
    id: "server-chain",
    title: "Certificate, chain and key of a server",
    about: "fullchain.pem holds the leaf, then each intermediate that leads to the root, and not the \
            root. leaf.key is the key that the leaf was issued for.",
    snippets: &[
        (
            Program::Nginx,
            r"server {
    listen 443 ssl;
    server_name HOST;
    ssl_certificate     /etc/tls/fullchain.pem;
    ssl_certificate_key /etc/tls/leaf.key;
}",
        ),
        (
            Program::Apache,
            r"<VirtualHost *:443>
    ServerName HOST
    SSLEngine on
    # Since 2.4.8 the chain is read from the same file.
    SSLCertificateFile    /etc/tls/fullchain.pem
    SSLCertificateKeyFile /etc/tls/leaf.key
</VirtualHost>",
        ),
        (
            Program::Haproxy,
            r"# cat fullchain.pem leaf.key >/etc/tls/site.pem
frontend https
    bind :443 ssl crt /etc/tls/site.pem",
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
          private_key: { filename: /etc/tls/leaf.key }"#,
        ),
        (
            Program::SpringBoot,
            r#"spring.ssl.bundle.pem.web.keystore:
  certificate: "file:/etc/tls/fullchain.pem"
  private-key: "file:/etc/tls/leaf.key"
server:
  port: 8443
  ssl.bundle: web"#,
        ),
    ],
    without: &[],
};
