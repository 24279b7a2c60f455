//! The gateway checks who the service is.

use super::{Advice, Program};

pub static ADVICE: Advice = Advice {
    id: "verify-upstream",
    title: "A gateway that verifies the service behind it",
    about: "root.pem has the root of the service's certificate, and SERVICE is a name in it. nginx, \
            Apache and Envoy verify no service unless they are told to.",
    snippets: &[
        (
            Program::Nginx,
            r"location / {
    proxy_pass https://SERVICE:443;
    proxy_ssl_verify on;
    proxy_ssl_verify_depth 2;
    proxy_ssl_trusted_certificate /etc/tls/root.pem;
    proxy_ssl_name SERVICE;
    proxy_ssl_server_name on;
}",
        ),
        (
            Program::Apache,
            r"SSLProxyEngine on
SSLProxyVerify require
SSLProxyVerifyDepth 2
SSLProxyCACertificateFile /etc/tls/root.pem
SSLProxyCheckPeerName on
SSLProxyCheckPeerExpire on
ProxyPass / https://SERVICE:443/",
        ),
        (
            Program::Haproxy,
            r"backend service
    server service SERVICE:443 ssl verify required ca-file /etc/tls/root.pem sni str(SERVICE) verifyhost SERVICE",
        ),
        (
            Program::Envoy,
            r#"transport_socket:
  name: envoy.transport_sockets.tls
  typed_config:
    "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext
    sni: SERVICE
    common_tls_context:
      validation_context:
        trusted_ca: { filename: /etc/tls/root.pem }
        match_typed_subject_alt_names:
          - san_type: DNS
            matcher: { exact: SERVICE }"#,
        ),
    ],
    without: &[(
        Program::SpringBoot,
        "It is no gateway. Spring Cloud Gateway, which is one, has properties of its own.",
    )],
};
