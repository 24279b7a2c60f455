//! What programs say of certificates: OpenSSL, curl, browsers and Java, by the words that stay the same.

/// A message, by its words.
#[derive(Debug, PartialEq, Eq)]
pub struct Message {
    /// The words that it is known by, in lower case.
    pub words: &'static str,
    /// Who says it.
    pub program: &'static str,
    /// What it means.
    pub means: &'static str,
    /// What to do.
    pub fix: &'static str,
}

macro_rules! messages {
    ($($words:literal, $program:literal, $means:literal, $fix:literal;)*) => {
        &[$(Message { words: $words, program: $program, means: $means, fix: $fix }),*]
    };
}

/// All that are known; of two that fit a line, the first counts.
pub static MESSAGES: &[Message] = messages! {
    "unable to get local issuer certificate", "OpenSSL, curl",
        "the chain breaks: the issuer of a certificate is neither among those sent nor trusted",
        "have the server send its intermediate, or trust the root with --cacert FILE (curl) or -CAfile FILE (openssl)";
    "unable to verify the first certificate", "OpenSSL",
        "the server sent its own certificate alone, and its issuer is not known here",
        "have the server send its intermediate behind its own certificate";
    "self-signed certificate in certificate chain", "OpenSSL, curl",
        "the chain ends at a root that is not trusted here",
        "trust that root with --cacert FILE, if it is the right one";
    "self signed certificate in certificate chain", "OpenSSL, curl",
        "the chain ends at a root that is not trusted here",
        "trust that root with --cacert FILE, if it is the right one";
    "self-signed certificate", "OpenSSL, curl",
        "the server's certificate is signed by its own key, and not trusted here",
        "have an authority sign it, or trust this one certificate with --cacert FILE";
    "self signed certificate", "OpenSSL, curl",
        "the server's certificate is signed by its own key, and not trusted here",
        "have an authority sign it, or trust this one certificate with --cacert FILE";
    "certificate has expired", "OpenSSL, curl",
        "a certificate of the chain has expired",
        "renew it, and have the server load the new one";
    "certificate is not yet valid", "OpenSSL, curl",
        "a certificate is not valid yet",
        "set the clock right, or wait";
    "hostname mismatch", "OpenSSL",
        "the certificate is for other names",
        "ask for a name that it has, or have one issued with this name in subjectAltName";
    "no alternative certificate subject name matches", "curl",
        "the certificate is for other names",
        "ask for a name that it has, or have one issued with this name in subjectAltName";
    "ip address mismatch", "OpenSSL",
        "the certificate does not have this address",
        "ask for a name that it has, or have one issued with ip:ADDRESS in subjectAltName";
    "unsuitable certificate purpose", "OpenSSL",
        "extendedKeyUsage or keyUsage does not allow this use",
        "have it issued with extendedKeyUsage serverAuth for a server, clientAuth for a client";
    "unsupported certificate purpose", "OpenSSL",
        "extendedKeyUsage or keyUsage does not allow this use",
        "have it issued with extendedKeyUsage serverAuth for a server, clientAuth for a client";
    "invalid ca certificate", "OpenSSL",
        "a certificate that may not issue stands where an issuer should",
        "have it signed by a certificate with basicConstraints CA:TRUE";
    "certificate revoked", "OpenSSL, curl",
        "its issuer revoked it",
        "have a new one issued, with a new key";
    "certificate signature failure", "OpenSSL",
        "a certificate was not signed by the key that its issuer's name led to",
        "send the issuer that did sign it: two authorities may have the same name";
    "ee certificate key too weak", "OpenSSL",
        "the server's key is too short for the security level",
        "make a new key: RSA of 2048 bits or more, or ECDSA P-256";
    "ca certificate key too weak", "OpenSSL, curl",
        "the key of a CA in the chain is too short for the security level",
        "take another CA, or have this one make a new key: RSA of 2048 bits or more, or ECDSA P-256";
    "ca signature digest algorithm too weak", "OpenSSL, curl",
        "a certificate is signed with SHA-1 or MD5",
        "have it issued again with SHA-256";
    "ca md too weak", "OpenSSL",
        "a certificate is signed with SHA-1 or MD5",
        "have it issued again with SHA-256";
    "key values mismatch", "OpenSSL, nginx",
        "the private key is not the one of the certificate",
        "compare openssl pkey -in KEY -pubout with openssl x509 -in CERT -noout -pubkey, and take the pair that agrees";
    "tlsv13 alert certificate required", "OpenSSL, curl",
        "the server wants a certificate from the client, and got none",
        "give one: --cert FILE --key FILE";
    "alert bad certificate", "OpenSSL, curl",
        "the other end refused the certificate that this end showed",
        "inspect that certificate here, with the roots that the other end trusts";
    "alert unknown ca", "OpenSSL, curl",
        "the other end does not trust the issuer of the certificate that this end showed",
        "have it trust the issuer, or send the intermediate with the certificate";
    "unable to find valid certification path", "Java",
        "no trusted root is behind the chain: it is not in the trust store, or an intermediate was not sent",
        "keytool -importcert -noprompt -alias root -file root.crt -keystore truststore.p12, or have the server send its intermediate";
    "no subject alternative dns name matching", "Java",
        "the certificate is for other names",
        "ask for a name that it has, or have one issued with this name in subjectAltName";
    "no subject alternative names", "Java",
        "the certificate has no subjectAltName that could match",
        "have one issued with the name in subjectAltName";
    "no name matching", "Java",
        "the certificate is for other names",
        "ask for a name that it has, or have one issued with this name in subjectAltName";
    "certificateexpiredexception", "Java",
        "a certificate has expired",
        "renew it";
    "certificatenotyetvalidexception", "Java",
        "a certificate is not valid yet",
        "set the clock right, or wait";
    "path does not chain with any of the trust anchors", "Java",
        "the root is not in the trust store",
        "keytool -importcert -noprompt -alias root -file root.crt -keystore truststore.p12";
    "trustanchors parameter must be non-empty", "Java",
        "the trust store has no trusted certificate, or could not be opened",
        "look into it: keytool -list -keystore truststore.p12; entries must be trustedCertEntry";
    "keystore was tampered with, or password was incorrect", "Java",
        "the password is wrong, or the file was changed",
        "try openssl pkcs12 -in FILE -info -noout";
    "extended key usage does not permit use", "Java",
        "extendedKeyUsage does not allow this use",
        "have it issued with extendedKeyUsage serverAuth for a server, clientAuth for a client";
    "err_cert_authority_invalid", "Chrome",
        "no trusted root is behind the chain",
        "have the server send its intermediate, or trust the root";
    "err_cert_common_name_invalid", "Chrome",
        "the certificate is for other names, or has the name in the common name only",
        "have one issued with the name in subjectAltName";
    "err_cert_date_invalid", "Chrome",
        "the certificate is expired, or not yet valid",
        "renew it, or set the clock right";
    "unknownissuer", "rustls",
        "no trusted root is behind the chain",
        "have the server send its intermediate, or trust the root";
    "certificate signed by unknown authority", "Go",
        "no trusted root is behind the chain",
        "have the server send its intermediate, or trust the root";
};

/// The message that a line has, if any.
pub fn messages(line: &str) -> impl Iterator<Item = &'static Message> {
    let line = line.to_lowercase();
    MESSAGES.iter().find(|message| line.contains(message.words)).into_iter()
}
