//! The client sends its certificate.

use super::{Advice, Program};

pub static ADVICE: Advice = Advice {
    id: "client-sends",
    title: "A client that sends its certificate",
    about: "client-chain.pem holds the client's certificate and then its intermediate, client.key \
            the key it was issued for; client.p12 holds both for Java, and truststore.p12 the \
            server's root.",
    snippets: &[
        (
            Program::Curl,
            r"curl --cacert root.pem --cert client-chain.pem --key client.key https://HOST:PORT/",
        ),
        (
            Program::Python,
            r#"import ssl, urllib.request

context = ssl.create_default_context(cafile="root.pem")
context.load_cert_chain("client-chain.pem", "client.key")
print(urllib.request.urlopen("https://HOST:PORT/", context=context).status)"#,
        ),
        (
            Program::Node,
            r#"const fs = require("node:fs");
const https = require("node:https");

const options = {
  ca: fs.readFileSync("root.pem"),
  cert: fs.readFileSync("client-chain.pem"),
  key: fs.readFileSync("client.key"),
};
https.get("https://HOST:PORT/", options, (response) => {
  console.log(response.statusCode);
  response.resume();
});"#,
        ),
        (
            Program::Java,
            r#"// java -Djavax.net.ssl.trustStore=truststore.p12 -Djavax.net.ssl.trustStorePassword=changeit
var password = "changeit".toCharArray();
var store = KeyStore.getInstance(new File("client.p12"), password);
var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
keys.init(store, password);
var context = SSLContext.getInstance("TLS");
context.init(keys.getKeyManagers(), null, null);
var client = HttpClient.newBuilder().sslContext(context).build();
var request = HttpRequest.newBuilder(URI.create("https://HOST:PORT/")).build();
System.out.println(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode());"#,
        ),
        (
            Program::Go,
            r#"own, err := tls.LoadX509KeyPair("client-chain.pem", "client.key")
if err != nil {
	log.Fatal(err)
}
root, err := os.ReadFile("root.pem")
if err != nil {
	log.Fatal(err)
}
roots := x509.NewCertPool()
roots.AppendCertsFromPEM(root)
config := &tls.Config{RootCAs: roots, Certificates: []tls.Certificate{own}}
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
