//! Which versions.

use super::{Advice, Program};

pub static ADVICE: Advice = Advice {
    id: "versions",
    title: "Versions of TLS",
    about: "TLS 1.2 and TLS 1.3, at both ends; the defaults of up-to-date programs.",
    snippets: &[
        (Program::Nginx, "ssl_protocols TLSv1.2 TLSv1.3;"),
        (Program::Apache, "SSLProtocol -all +TLSv1.2 +TLSv1.3"),
        (
            Program::Haproxy,
            r"global
    ssl-default-bind-options ssl-min-ver TLSv1.2
    ssl-default-server-options ssl-min-ver TLSv1.2",
        ),
        (
            Program::Envoy,
            r"# In the common_tls_context of a listener or a cluster.
common_tls_context:
  tls_params:
    tls_minimum_protocol_version: TLSv1_2
    tls_maximum_protocol_version: TLSv1_3",
        ),
        (
            Program::SpringBoot,
            r#"spring.ssl.bundle.pem.web.options.enabled-protocols: ["TLSv1.2", "TLSv1.3"]"#,
        ),
        (Program::Curl, "curl --cacert root.pem --tlsv1.2 --tls-max 1.3 https://HOST:PORT/"),
        (
            Program::Python,
            r#"import ssl, urllib.request

context = ssl.create_default_context(cafile="root.pem")
context.minimum_version = ssl.TLSVersion.TLSv1_2
context.maximum_version = ssl.TLSVersion.MAXIMUM_SUPPORTED
print(urllib.request.urlopen("https://HOST:PORT/", context=context).status)"#,
        ),
        (
            Program::Node,
            r#"const fs = require("node:fs");
const https = require("node:https");

const options = { ca: fs.readFileSync("root.pem"), minVersion: "TLSv1.2", maxVersion: "TLSv1.3" };
https.get("https://HOST:PORT/", options, (response) => {
  console.log(response.statusCode);
  response.resume();
});"#,
        ),
        (
            Program::Java,
            r#"// java -Djavax.net.ssl.trustStore=truststore.p12 -Djavax.net.ssl.trustStorePassword=changeit
var parameters = new SSLParameters();
parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
var client = HttpClient.newBuilder().sslParameters(parameters).build();
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
config := &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12, MaxVersion: tls.VersionTLS13}
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
