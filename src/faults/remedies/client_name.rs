//! The client sends and checks the server's name.

use super::{Advice, Program};

pub static ADVICE: Advice = Advice {
    id: "client-name",
    title: "A client that asks for a name",
    about: "Each connects to ADDRESS, sends the name HOST in server_name, and checks the certificate \
            for that name.",
    snippets: &[
        (
            Program::Curl,
            "curl --cacert root.pem --connect-to HOST:PORT:ADDRESS:PORT https://HOST:PORT/",
        ),
        (
            Program::Python,
            r#"import socket, ssl

context = ssl.create_default_context(cafile="root.pem")
with socket.create_connection(("ADDRESS", PORT)) as tcp:
    with context.wrap_socket(tcp, server_hostname="HOST") as tls:
        tls.sendall(b"GET / HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n")
        print(tls.recv(4096).split(b"\r\n")[0].decode())"#,
        ),
        (
            Program::Node,
            r#"const fs = require("node:fs");
const https = require("node:https");

const options = {
  host: "ADDRESS",
  port: PORT,
  servername: "HOST",
  headers: { Host: "HOST" },
  ca: fs.readFileSync("root.pem"),
};
https.get(options, (response) => {
  console.log(response.statusCode);
  response.resume();
});"#,
        ),
        (
            Program::Java,
            r#"// java -Djavax.net.ssl.trustStore=truststore.p12 -Djavax.net.ssl.trustStorePassword=changeit
var tcp = new Socket("ADDRESS", PORT);
var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
var tls = (SSLSocket) factory.createSocket(tcp, "HOST", PORT, true);
var parameters = tls.getSSLParameters();
// A socket checks no name unless it is told to.
parameters.setEndpointIdentificationAlgorithm("HTTPS");
parameters.setServerNames(List.of(new SNIHostName("HOST")));
tls.setSSLParameters(parameters);
tls.getOutputStream().write("GET / HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n".getBytes());
System.out.println(new BufferedReader(new InputStreamReader(tls.getInputStream())).readLine());"#,
        ),
        (
            Program::Go,
            r#"root, err := os.ReadFile("root.pem")
if err != nil {
	log.Fatal(err)
}
roots := x509.NewCertPool()
roots.AppendCertsFromPEM(root)
config := &tls.Config{RootCAs: roots, ServerName: "HOST"}
client := &http.Client{Transport: &http.Transport{TLSClientConfig: config}}
request, err := http.NewRequest("GET", "https://ADDRESS:PORT/", nil)
if err != nil {
	log.Fatal(err)
}
request.Host = "HOST"
response, err := client.Do(request)
if err != nil {
	log.Fatal(err)
}
fmt.Println(response.StatusCode)"#,
        ),
    ],
    without: &[],
};
