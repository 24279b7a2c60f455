//! The gateway says who the client is.

use super::{Advice, Program};

pub static ADVICE: Advice = Advice {
    id: "client-identity",
    title: "A gateway that says who the client is",
    about: "The gateway writes these fields anew for each request, so that what a client sent by \
            their names is gone; and the service takes them from the gateway alone.",
    snippets: &[
        (
            Program::Nginx,
            r"location / {
    proxy_pass https://SERVICE:443;
    proxy_set_header X-Forwarded-For   $remote_addr;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_set_header X-Client-Verify   $ssl_client_verify;
    proxy_set_header X-Client-Subject  $ssl_client_s_dn;
}",
        ),
        (
            Program::Apache,
            r#"ProxyAddHeaders Off
RequestHeader set X-Forwarded-For   "expr=%{REMOTE_ADDR}"
RequestHeader set X-Forwarded-Proto https
RequestHeader set X-Client-Verify   "%{SSL_CLIENT_VERIFY}s"
RequestHeader set X-Client-Subject  "%{SSL_CLIENT_S_DN}s"
SSLProxyEngine on
ProxyPass / https://SERVICE:443/"#,
        ),
        (
            Program::Haproxy,
            r"frontend https
    bind :443 ssl crt /etc/tls/site.pem ca-file /etc/tls/client-root.pem verify optional
    http-request del-header Client-Cert
    http-request set-header X-Forwarded-For %[src]
    # RFC 9440
    http-request set-header Client-Cert :%[ssl_c_der,base64]: if { ssl_c_used }",
        ),
        (
            Program::Envoy,
            r"# In the HttpConnectionManager: they are in x-forwarded-client-cert then.
use_remote_address: true
forward_client_cert_details: SANITIZE_SET
set_current_client_cert_details: { subject: true, cert: true }",
        ),
        (
            Program::SpringBoot,
            r"# In the service: it believes X-Forwarded-*, which only the gateway may be able to send.
server.forward-headers-strategy: native",
        ),
    ],
    without: &[],
};
