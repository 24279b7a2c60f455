//! The client tells a whole response from one that was cut off.

use super::{Advice, Program};

pub static ADVICE: Advice = Advice {
    id: "whole-response",
    title: "A client that notices the cut",
    about: "What came is used only if the end was announced: by close_notify, or by the length that \
            HTTP states.",
    snippets: &[
        (
            Program::Curl,
            r#"# It exits with 18 or 56 where the response was cut off: then there is no file.
curl --cacert root.pem --fail --remove-on-error --output page https://HOST:PORT/"#,
        ),
        (
            Program::Python,
            r#"import socket, ssl

context = ssl.create_default_context(cafile="root.pem")
with socket.create_connection(("HOST", PORT)) as tcp:
    # An end without close_notify is ssl.SSLEOFError then.
    with context.wrap_socket(tcp, server_hostname="HOST", suppress_ragged_eofs=False) as tls:
        tls.sendall(b"GET / HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n")
        response = b"".join(iter(lambda: tls.recv(4096), b""))
print(response.split(b"\r\n")[0].decode())"#,
        ),
        (
            Program::Node,
            r#"const fs = require("node:fs");
const https = require("node:https");

https.get("https://HOST:PORT/", { ca: fs.readFileSync("root.pem") }, (response) => {
  response.resume().on("close", () => {
    if (!response.complete) throw new Error("the response was cut off");
    console.log(response.statusCode);
  });
});"#,
        ),
        (
            Program::Go,
            r#"root, err := os.ReadFile("root.pem")
if err != nil {
	log.Fatal(err)
}
roots := x509.NewCertPool()
roots.AppendCertsFromPEM(root)
client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}}}
response, err := client.Get("https://HOST:PORT/")
if err != nil {
	log.Fatal(err)
}
// Its error is io.ErrUnexpectedEOF where the response was cut off.
if _, err := io.ReadAll(response.Body); err != nil {
	log.Fatal(err)
}
fmt.Println(response.StatusCode)"#,
        ),
    ],
    without: &[(
        Program::Java,
        "Its HttpClient throws an IOException where less came than the length that HTTP states.",
    )],
};
