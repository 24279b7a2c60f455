//! One connection for many requests.

use super::{Advice, Program};

pub static ADVICE: Advice = Advice {
    id: "keep-alive",
    title: "One connection for many requests",
    about: "Each handshake is a chance for loss to cost a second. A client makes one connection \
            object and keeps it.",
    snippets: &[
        (
            Program::Nginx,
            r#"upstream service {
    server SERVICE:443;
    keepalive 16;
}
server {
    keepalive_timeout 75s;
    location / {
        proxy_pass https://service;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
    }
}"#,
        ),
        (
            Program::Apache,
            r"KeepAlive On
KeepAliveTimeout 15
MaxKeepAliveRequests 100",
        ),
        (
            Program::Haproxy,
            r"defaults
    mode http
    http-reuse safe
    timeout http-keep-alive 15s
    timeout connect 5s
    timeout client 30s
    timeout server 30s",
        ),
        (Program::Curl, "curl --cacert root.pem https://HOST:PORT/ https://HOST:PORT/"),
        (
            Program::Python,
            r#"import http.client, ssl

context = ssl.create_default_context(cafile="root.pem")
connection = http.client.HTTPSConnection("HOST", PORT, context=context)
for path in ["/", "/"]:
    connection.request("GET", path)
    response = connection.getresponse()
    response.read()  # to the end, or the next request cannot go
    print(response.status)"#,
        ),
        (
            Program::Node,
            r#"const fs = require("node:fs");
const https = require("node:https");

const agent = new https.Agent({ keepAlive: true, ca: fs.readFileSync("root.pem") });
https.get("https://HOST:PORT/", { agent }, (response) => {
  console.log(response.statusCode);
  response.resume().on("end", () => setImmediate(() => agent.destroy())); // when all is done
});"#,
        ),
        (
            Program::Java,
            r#"// java -Djavax.net.ssl.trustStore=truststore.p12 -Djavax.net.ssl.trustStorePassword=changeit
var client = HttpClient.newHttpClient(); // one for all
for (var path : List.of("/", "/")) {
    var request = HttpRequest.newBuilder(URI.create("https://HOST:PORT" + path)).build();
    System.out.println(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode());
}"#,
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
client := &http.Client{Transport: &http.Transport{TLSClientConfig: config}} // one for all
for _, path := range []string{"/", "/"} {
	response, err := client.Get("https://HOST:PORT" + path)
	if err != nil {
		log.Fatal(err)
	}
	io.Copy(io.Discard, response.Body) // to the end, or the connection is not used again
	response.Body.Close()
	fmt.Println(response.StatusCode)
}"#,
        ),
    ],
    without: &[
        (
            Program::Envoy,
            "It keeps connections open without being told; `idle_timeout` says for how long.",
        ),
        (
            Program::SpringBoot,
            "It keeps connections open without being told; `server.tomcat.keep-alive-timeout` says for how long.",
        ),
    ],
};
