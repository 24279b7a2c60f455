//! Early data, for what may happen twice.

use super::{Advice, Program};

pub static ADVICE: Advice = Advice {
    id: "early-data",
    title: "Early data for what may happen twice",
    about: "It is off unless it is turned on, and off is safe. Where it is on, anyone on the path can send a request once \
            more: so what may not happen twice waits for the end of the handshake, or is answered 425 Too Early.",
    snippets: &[
        (
            Program::Nginx,
            r"server {
    listen 443 ssl;
    server_name HOST;
    ssl_certificate     /etc/tls/fullchain.pem;
    ssl_certificate_key /etc/tls/leaf.key;
    ssl_early_data on; # leave this out to turn it off
    location / {
        proxy_pass https://SERVICE;
        # 1 until the handshake is complete: the service answers 425 to what may not happen twice.
        proxy_set_header Early-Data $ssl_early_data;
    }
}",
        ),
        (
            Program::Haproxy,
            r"frontend https
    # Without allow-0rtt it is off.
    bind :443 ssl crt /etc/tls/site.pem alpn h2,http/1.1 allow-0rtt
    # All but files, which may be asked for twice, waits for the handshake.
    http-request wait-for-handshake unless { path_beg /static/ }",
        ),
    ],
    without: &[
        (Program::Apache, "Its `mod_ssl` takes none."),
        (Program::Envoy, "Over TCP it takes none."),
        (Program::SpringBoot, "Java's TLS takes none."),
    ],
};
