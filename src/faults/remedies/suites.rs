//! Which cipher suites.

use super::{Advice, Program};

pub static ADVICE: Advice = Advice {
    id: "suites",
    title: "Cipher suites",
    about: "Without these lines a program has its library's list, which is the better one. Where \
            there must be a list, it is one for each version, and for TLS 1.2 it has to go with the \
            kind of the server's key.",
    snippets: &[
        (
            Program::Nginx,
            r"ssl_conf_command Ciphersuites TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256;
ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20;",
        ),
        (
            Program::Apache,
            r"SSLCipherSuite TLSv1.3 TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256
SSLCipherSuite ECDHE+AESGCM:ECDHE+CHACHA20",
        ),
        (
            Program::Haproxy,
            r"global
    ssl-default-bind-ciphersuites TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256
    ssl-default-bind-ciphers ECDHE+AESGCM:ECDHE+CHACHA20",
        ),
        (
            Program::Envoy,
            r"# For TLS 1.2; those of TLS 1.3 cannot be chosen.
common_tls_context:
  tls_params:
    cipher_suites:
      - ECDHE-ECDSA-AES128-GCM-SHA256
      - ECDHE-RSA-AES128-GCM-SHA256
      - ECDHE-ECDSA-AES256-GCM-SHA384
      - ECDHE-RSA-AES256-GCM-SHA384",
        ),
        (
            Program::SpringBoot,
            r"# Both versions in one list, by their IANA names.
spring.ssl.bundle.pem.web.options.ciphers:
  - TLS_AES_128_GCM_SHA256
  - TLS_AES_256_GCM_SHA384
  - TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
  - TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        ),
        (
            Program::Curl,
            r"curl --cacert root.pem \
  --tls13-ciphers TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384 \
  --ciphers ECDHE+AESGCM \
  https://HOST:PORT/",
        ),
        (
            Program::Python,
            r#"# For TLS 1.2; those of TLS 1.3 stay as they are.
import ssl, urllib.request

context = ssl.create_default_context(cafile="root.pem")
context.set_ciphers("ECDHE+AESGCM:ECDHE+CHACHA20")
print(urllib.request.urlopen("https://HOST:PORT/", context=context).status)"#,
        ),
        (
            Program::Node,
            r#"const fs = require("node:fs");
const https = require("node:https");

const ciphers = "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:ECDHE+AESGCM";
https.get("https://HOST:PORT/", { ca: fs.readFileSync("root.pem"), ciphers }, (response) => {
  console.log(response.statusCode);
  response.resume();
});"#,
        ),
        (
            Program::Java,
            r#"// java -Djavax.net.ssl.trustStore=truststore.p12 -Djavax.net.ssl.trustStorePassword=changeit
var parameters = new SSLParameters();
parameters.setCipherSuites(new String[] {
    "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"});
var client = HttpClient.newBuilder().sslParameters(parameters).build();
var request = HttpRequest.newBuilder(URI.create("https://HOST:PORT/")).build();
System.out.println(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode());"#,
        ),
        (
            Program::Go,
            r#"// For TLS 1.2; those of TLS 1.3 cannot be chosen.
root, err := os.ReadFile("root.pem")
if err != nil {
	log.Fatal(err)
}
roots := x509.NewCertPool()
roots.AppendCertsFromPEM(root)
config := &tls.Config{RootCAs: roots, CipherSuites: []uint16{
	tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
	tls.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
}}
client := &http.Client{Transport: &http.Transport{TLSClientConfig: config}}
response, err := client.Get("https://HOST:PORT/")
if err != nil {
	log.Fatal(err)
}
fmt.Println(response.StatusCode)"#,
        ),
    ],
    without: &[],
};
