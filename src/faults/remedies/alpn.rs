//! Which protocol is spoken above TLS.

use super::{Advice, Program};

pub static ADVICE: Advice = Advice {
    id: "alpn",
    title: "What is spoken above TLS, by ALPN",
    about: "The server has HTTP/2 and HTTP/1.1; a client that knows only one of them offers that.",
    snippets: &[
        (
            Program::Nginx,
            r"server {
    listen 443 ssl http2; # since 1.25.1: listen 443 ssl; http2 on;
    server_name HOST;
    ssl_certificate     /etc/tls/fullchain.pem;
    ssl_certificate_key /etc/tls/leaf.key;
}",
        ),
        (Program::Apache, "Protocols h2 http/1.1"),
        (
            Program::Haproxy,
            r"frontend https
    bind :443 ssl crt /etc/tls/site.pem alpn h2,http/1.1",
        ),
        (
            Program::Envoy,
            r"common_tls_context:
  alpn_protocols: [h2, http/1.1]",
        ),
        (Program::SpringBoot, "server.http2.enabled: true"),
        (Program::Curl, "curl --cacert root.pem --http1.1 https://HOST:PORT/"),
        (
            Program::Python,
            r#"import ssl, urllib.request

context = ssl.create_default_context(cafile="root.pem")
context.set_alpn_protocols(["http/1.1"])
print(urllib.request.urlopen("https://HOST:PORT/", context=context).status)"#,
        ),
        (
            Program::Node,
            r#"const fs = require("node:fs");
const https = require("node:https");

const options = { ca: fs.readFileSync("root.pem"), ALPNProtocols: ["http/1.1"] };
https.get("https://HOST:PORT/", options, (response) => {
  console.log(response.statusCode);
  response.resume();
});"#,
        ),
        (
            Program::Java,
            r#"// java -Djavax.net.ssl.trustStore=truststore.p12 -Djavax.net.ssl.trustStorePassword=changeit
var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
var request = HttpRequest.newBuilder(URI.create("https://HOST:PORT/")).build();
System.out.println(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode());"#,
        ),
        (
            Program::Go,
            r#"root, err := os.ReadFile("root.pem")
if err != nil {
	log.Fatal(err)
}
roots := x509.NewCertPool()
roots.AppendCertsFromPEM(root)
config := &tls.Config{RootCAs: roots}
// With a TLSClientConfig of its own, a Transport offers h2 only when it is told to.
transport := &http.Transport{TLSClientConfig: config, ForceAttemptHTTP2: true}
client := &http.Client{Transport: transport}
response, err := client.Get("https://HOST:PORT/")
if err != nil {
	log.Fatal(err)
}
fmt.Println(response.StatusCode)"#,
        ),
    ],
    without: &[],
};
