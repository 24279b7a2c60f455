//! The client trusts a private authority.

use super::{Advice, Program};

pub static ADVICE: Advice = Advice {
    id: "trust-ca",
    title: "A client that trusts a private authority",
    about: "root.pem is the authority's root, had from its owner and not from the connection. The \
            connection is verified as before, by this root.",
    snippets: &[
        (Program::Curl, "curl --cacert root.pem https://HOST:PORT/"),
        (
            Program::Python,
            r#"import ssl, urllib.request

# With cafile the system's roots are left out; load_verify_locations adds one to them.
context = ssl.create_default_context(cafile="root.pem")
print(urllib.request.urlopen("https://HOST:PORT/", context=context).status)"#,
        ),
        (
            Program::Node,
            r#"// Or without a change of the program: NODE_EXTRA_CA_CERTS=root.pem
const fs = require("node:fs");
const https = require("node:https");

https.get("https://HOST:PORT/", { ca: fs.readFileSync("root.pem") }, (response) => {
  console.log(response.statusCode);
  response.resume();
});"#,
        ),
        (
            Program::Java,
            r#"// Or without a change of the program, with a store that keytool -importcert made of root.pem:
// java -Djavax.net.ssl.trustStore=truststore.p12 -Djavax.net.ssl.trustStorePassword=changeit
var store = KeyStore.getInstance(KeyStore.getDefaultType());
store.load(null, null);
try (var file = new FileInputStream("root.pem")) {
    store.setCertificateEntry("root", CertificateFactory.getInstance("X.509").generateCertificate(file));
}
var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
trust.init(store);
var context = SSLContext.getInstance("TLS");
context.init(null, trust.getTrustManagers(), null);
var client = HttpClient.newBuilder().sslContext(context).build();
var request = HttpRequest.newBuilder(URI.create("https://HOST:PORT/")).build();
System.out.println(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode());"#,
        ),
        (
            Program::Go,
            r#"root, err := os.ReadFile("root.pem")
if err != nil {
	log.Fatal(err)
}
// x509.SystemCertPool() in place of this keeps the system's roots as well.
roots := x509.NewCertPool()
roots.AppendCertsFromPEM(root)
config := &tls.Config{RootCAs: roots}
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
