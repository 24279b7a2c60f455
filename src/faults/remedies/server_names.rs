//! The server picks its certificate by the name that a client asks for.

use super::{Advice, Program};

pub static ADVICE: Advice = Advice {
    id: "server-names",
    title: "A certificate for each name, by SNI",
    about: "Each certificate has the names in its subjectAltName that clients use. The first one \
            here is for HOST, the other for another site on the same address.",
    snippets: &[
        (
            Program::Nginx,
            r"server {
    listen 443 ssl;
    server_name HOST;
    ssl_certificate     /etc/tls/fullchain.pem;
    ssl_certificate_key /etc/tls/leaf.key;
}
server {
    listen 443 ssl;
    server_name other.example.com;
    ssl_certificate     /etc/tls/other-fullchain.pem;
    ssl_certificate_key /etc/tls/other.key;
}",
        ),
        (
            Program::Apache,
            r"<VirtualHost *:443>
    ServerName HOST
    SSLEngine on
    SSLCertificateFile    /etc/tls/fullchain.pem
    SSLCertificateKeyFile /etc/tls/leaf.key
</VirtualHost>
<VirtualHost *:443>
    ServerName other.example.com
    SSLEngine on
    SSLCertificateFile    /etc/tls/other-fullchain.pem
    SSLCertificateKeyFile /etc/tls/other.key
</VirtualHost>",
        ),
        (
            Program::Haproxy,
            r"frontend https
    # The names are read from the certificates; the first is for every other name.
    bind :443 ssl crt /etc/tls/site.pem crt /etc/tls/other-site.pem",
        ),
        (
            Program::Envoy,
            r#"# The names are read from the certificates; the first is for every other name.
transport_socket:
  name: envoy.transport_sockets.tls
  typed_config:
    "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext
    common_tls_context:
      tls_certificates:
        - certificate_chain: { filename: /etc/tls/fullchain.pem }
          private_key: { filename: /etc/tls/leaf.key }
        - certificate_chain: { filename: /etc/tls/other-fullchain.pem }
          private_key: { filename: /etc/tls/other.key }"#,
        ),
        (
            Program::SpringBoot,
            r#"# With Tomcat or Netty; bundles as for one certificate.
server:
  port: 8443
  ssl:
    bundle: web
    server-name-bundles:
      - server-name: "other.example.com"
        bundle: other"#,
        ),
    ],
    without: &[],
};
