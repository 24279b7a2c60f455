//! TLS at the port for it, and a way there from plain HTTP.

use super::{Advice, Program};

pub static ADVICE: Advice = Advice {
    id: "https-port",
    title: "TLS at the port for it, and a redirect to it",
    about: "A port speaks TLS or plain HTTP. Port 80 only sends browsers on; other programs get \
            https:// in their URL, so that nothing goes in the clear.",
    snippets: &[
        (
            Program::Nginx,
            r"server {
    listen 80;
    server_name HOST;
    return 308 https://HOST$request_uri;
}
server {
    listen 443 ssl;
    server_name HOST;
    ssl_certificate     /etc/tls/fullchain.pem;
    ssl_certificate_key /etc/tls/leaf.key;
}",
        ),
        (
            Program::Apache,
            r"Listen 443
<VirtualHost *:80>
    ServerName HOST
    Redirect 308 / https://HOST/
</VirtualHost>
<VirtualHost *:443>
    ServerName HOST
    SSLEngine on
    SSLCertificateFile    /etc/tls/fullchain.pem
    SSLCertificateKeyFile /etc/tls/leaf.key
</VirtualHost>",
        ),
        (
            Program::Haproxy,
            r"frontend web
    bind :80
    bind :443 ssl crt /etc/tls/site.pem
    http-request redirect scheme https code 308 unless { ssl_fc }",
        ),
        (
            Program::Envoy,
            r#"# The listener of port 80; that of port 443 has a transport_socket with certificate and key.
virtual_hosts:
  - name: to-https
    domains: ["*"]
    routes:
      - match: { prefix: "/" }
        redirect: { https_redirect: true, response_code: PERMANENT_REDIRECT }"#,
        ),
        (
            Program::SpringBoot,
            r#"# One port, and it speaks TLS: a redirect is for what stands in front.
spring.ssl.bundle.pem.web.keystore:
  certificate: "file:/etc/tls/fullchain.pem"
  private-key: "file:/etc/tls/leaf.key"
server:
  port: 8443
  ssl.bundle: web"#,
        ),
    ],
    without: &[],
};
