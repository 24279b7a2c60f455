//! Which groups.

use super::{Advice, Program};

pub static ADVICE: Advice = Advice {
    id: "groups",
    title: "Groups of the key exchange",
    about: "X25519 and P-256 are what every program has. Where both ends have X25519MLKEM768 \
            (OpenSSL 3.5, Go 1.24), it goes before them at the server; a client whose path cannot \
            take its size leaves it out.",
    snippets: &[
        (Program::Nginx, "ssl_ecdh_curve X25519:prime256v1;"),
        (Program::Apache, "SSLOpenSSLConfCmd Groups X25519:P-256"),
        (
            Program::Haproxy,
            r"frontend https
    bind :443 ssl crt /etc/tls/site.pem curves X25519:P-256",
        ),
        (
            Program::Envoy,
            r"common_tls_context:
  tls_params:
    ecdh_curves: [X25519, P-256]",
        ),
        (Program::Curl, "curl --cacert root.pem --curves X25519:P-256 https://HOST:PORT/"),
        (
            Program::Node,
            r#"const fs = require("node:fs");
const https = require("node:https");

const options = { ca: fs.readFileSync("root.pem"), ecdhCurve: "X25519:P-256" };
https.get("https://HOST:PORT/", options, (response) => {
  console.log(response.statusCode);
  response.resume();
});"#,
        ),
        (
            Program::Java,
            r#"// java -Djavax.net.ssl.trustStore=truststore.p12 -Djavax.net.ssl.trustStorePassword=changeit
// Before the first connection, or as -Djdk.tls.namedGroups=x25519,secp256r1
System.setProperty("jdk.tls.namedGroups", "x25519,secp256r1");
var client = HttpClient.newHttpClient();
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
config := &tls.Config{RootCAs: roots, CurvePreferences: []tls.CurveID{tls.X25519, tls.CurveP256}}
client := &http.Client{Transport: &http.Transport{TLSClientConfig: config}}
response, err := client.Get("https://HOST:PORT/")
if err != nil {
	log.Fatal(err)
}
fmt.Println(response.StatusCode)"#,
        ),
    ],
    without: &[
        (
            Program::SpringBoot,
            "It has no property for this; its JVM has one: `java -Djdk.tls.namedGroups=x25519,secp256r1 -jar app.jar`.",
        ),
        (Program::Python, "Its `ssl` module sets no list of groups (3.11)."),
    ],
};
