//! The client takes these public keys alone.

use super::{Advice, Program};

pub static ADVICE: Advice = Advice {
    id: "pins",
    title: "Pinned public keys",
    about: "PIN is the hash of the key that is in use, RESERVE that of one kept for the next: \
            `openssl x509 -in leaf.pem -noout -pubkey | openssl pkey -pubin -outform DER | openssl \
            dgst -sha256 -binary | base64`. The chain is verified as well.",
    snippets: &[
        (
            Program::Envoy,
            r#"common_tls_context:
  validation_context:
    trusted_ca: { filename: /etc/tls/root.pem }
    verify_certificate_spki: ["PIN", "RESERVE"]"#,
        ),
        (
            Program::Curl,
            r"curl --cacert root.pem --pinnedpubkey 'sha256//PIN;sha256//RESERVE' https://HOST:PORT/",
        ),
        (
            Program::Node,
            r#"const crypto = require("node:crypto");
const fs = require("node:fs");
const https = require("node:https");
const tls = require("node:tls");

const pins = ["PIN", "RESERVE"];
function checkServerIdentity(host, certificate) {
  const { publicKey } = new crypto.X509Certificate(certificate.raw);
  const key = publicKey.export({ type: "spki", format: "der" });
  const pin = crypto.createHash("sha256").update(key).digest("base64");
  return pins.includes(pin) ? tls.checkServerIdentity(host, certificate) : new Error(`not pinned: ${pin}`);
}
https.get("https://HOST:PORT/", { ca: fs.readFileSync("root.pem"), checkServerIdentity }, (response) => {
  console.log(response.statusCode);
  response.resume();
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
pins := []string{"PIN", "RESERVE"}
// This comes after chain and name were verified.
isPinned := func(state tls.ConnectionState) error {
	sum := sha256.Sum256(state.PeerCertificates[0].RawSubjectPublicKeyInfo)
	for _, pin := range pins {
		if pin == base64.StdEncoding.EncodeToString(sum[:]) {
			return nil
		}
	}
	return errors.New("the server's key is not pinned")
}
config := &tls.Config{RootCAs: roots, VerifyConnection: isPinned}
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
            Program::Nginx,
            "It has no setting for this: of a service behind it, it verifies chain and name.",
        ),
        (
            Program::Apache,
            "It has no setting for this: of a service behind it, it verifies chain and name.",
        ),
        (
            Program::Haproxy,
            "It has no setting for this: of a service behind it, it verifies chain and name.",
        ),
        (Program::SpringBoot, "It has no property for this."),
        (
            Program::Python,
            "Its `ssl` module hands out the certificate, and has nothing that takes the key out of it (3.11).",
        ),
        (
            Program::Java,
            "Its HttpClient looks at certificates through a trust manager alone: one has to be written that compares `getPublicKey().getEncoded()` as well.",
        ),
    ],
};
