//! Who checks a certificate looks at lists of revoked ones.

use super::{Advice, Program};

pub static ADVICE: Advice = Advice {
    id: "revocation-lists",
    title: "Lists of revoked certificates",
    about: "crl.pem holds a list of each authority of the chain, none of them past its nextUpdate. \
            Servers look there for clients, clients for servers. Go's library looks at no list by \
            itself.",
    snippets: &[
        (
            Program::Nginx,
            r"ssl_client_certificate /etc/tls/client-root.pem;
ssl_verify_client on;
ssl_verify_depth 2;
ssl_crl /etc/tls/crl.pem;",
        ),
        (
            Program::Apache,
            r"SSLCACertificateFile /etc/tls/client-root.pem
SSLVerifyClient require
SSLVerifyDepth 2
SSLCARevocationFile /etc/tls/crl.pem
SSLCARevocationCheck chain",
        ),
        (
            Program::Haproxy,
            r"frontend https
    bind :443 ssl crt /etc/tls/site.pem ca-file /etc/tls/client-root.pem verify required crl-file /etc/tls/crl.pem",
        ),
        (
            Program::Envoy,
            r"# In the common_tls_context, of a listener for clients, of a cluster for the service.
common_tls_context:
  validation_context:
    trusted_ca: { filename: /etc/tls/client-root.pem }
    crl: { filename: /etc/tls/crl.pem }",
        ),
        (Program::Curl, "curl --cacert root.pem --crlfile crl.pem https://HOST:PORT/"),
        (
            Program::Python,
            r#"import ssl, urllib.request

context = ssl.create_default_context(cafile="root.pem")
context.load_verify_locations("crl.pem")
context.verify_flags |= ssl.VERIFY_CRL_CHECK_CHAIN
print(urllib.request.urlopen("https://HOST:PORT/", context=context).status)"#,
        ),
        (
            Program::Node,
            r#"const fs = require("node:fs");
const https = require("node:https");

// Each list by itself: of several in one text only the first is read.
const crl = fs.readFileSync("crl.pem", "utf8").split(/(?=-----BEGIN)/);
const options = { ca: fs.readFileSync("root.pem"), crl };
https.get("https://HOST:PORT/", options, (response) => {
  console.log(response.statusCode);
  response.resume();
});"#,
        ),
        (
            Program::Java,
            r#"var certificates = CertificateFactory.getInstance("X.509");
var anchors = KeyStore.getInstance(new File("truststore.p12"), "changeit".toCharArray());
var parameters = new PKIXBuilderParameters(anchors, new X509CertSelector());
try (var file = new FileInputStream("crl.pem")) {
    var lists = new CollectionCertStoreParameters(certificates.generateCRLs(file));
    parameters.addCertStore(CertStore.getInstance("Collection", lists));
}
parameters.setRevocationEnabled(true);
var trust = TrustManagerFactory.getInstance("PKIX");
trust.init(new CertPathTrustManagerParameters(parameters));
var context = SSLContext.getInstance("TLS");
context.init(null, trust.getTrustManagers(), null);
var client = HttpClient.newBuilder().sslContext(context).build();
var request = HttpRequest.newBuilder(URI.create("https://HOST:PORT/")).build();
System.out.println(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode());"#,
        ),
    ],
    without: &[
        (
            Program::SpringBoot,
            "It has no property for this; Tomcat's `certificateRevocationListFile` is set in code, by a `TomcatConnectorCustomizer`.",
        ),
        (
            Program::Go,
            "Its library looks at no list by itself. `x509.ParseRevocationList` reads one, and `VerifyConnection` of `tls.Config` is the place to look.",
        ),
    ],
};
