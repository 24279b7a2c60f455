//! The server takes a new certificate without a stop.

use super::{Advice, Program};

pub static ADVICE: Advice = Advice {
    id: "reload",
    title: "Have a server load what is new",
    about: "A server goes on with the certificate that it read when it started. Renewal has to tell \
            it; with certbot, as a deploy hook.",
    snippets: &[
        (Program::Nginx, "sudo nginx -t && sudo systemctl reload nginx"),
        (Program::Apache, "sudo apachectl configtest && sudo systemctl reload apache2"),
        (
            Program::Haproxy,
            "sudo haproxy -c -f /etc/haproxy/haproxy.cfg && sudo systemctl reload haproxy",
        ),
        (
            Program::Envoy,
            r#"# Files that are named here are read again when something is moved into their folder.
transport_socket:
  name: envoy.transport_sockets.tls
  typed_config:
    "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext
    common_tls_context:
      tls_certificate_sds_secret_configs:
        - name: web
          sds_config:
            path_config_source: { path: /etc/envoy/web.yaml }
---
# /etc/envoy/web.yaml
resources:
  - "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret
    name: web
    tls_certificate:
      certificate_chain: { filename: /etc/tls/fullchain.pem }
      private_key: { filename: /etc/tls/leaf.key }"#,
        ),
        (
            Program::SpringBoot,
            r#"# Since 3.2, with Tomcat or Netty.
spring.ssl.bundle.pem.web:
  reload-on-update: true
  keystore:
    certificate: "file:/etc/tls/fullchain.pem"
    private-key: "file:/etc/tls/leaf.key"
server.ssl.bundle: web"#,
        ),
    ],
    without: &[],
};
