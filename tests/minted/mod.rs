//! The lines by which other programs read what recipes make.

#![cfg(test)]

use handshake_lab::certificates::mint::{Form, Object, ObjectKind};

/// The lines that read an object's file and fail where they cannot, by each program that can.
pub fn readers(object: &Object, file: &str, form: Form, password: &str) -> Vec<String> {
    let inform = if form == Form::Der { " -inform DER" } else { "" };
    let in_der = if form == Form::Der { " --inder" } else { "" };
    match object.kind {
        ObjectKind::Key => vec![
            format!("openssl pkey -in {file}{inform} -noout -check"),
            format!("certtool --key-info{in_der} --infile {file}"),
        ],
        ObjectKind::Request => vec![
            format!("openssl req -in {file}{inform} -noout -verify"),
            format!(
                "certtool --crq-info{in_der} --infile {file} | grep -q 'Self signature: verified'"
            ),
        ],
        ObjectKind::Certificate => vec![
            format!("openssl x509 -in {file}{inform} -noout -text"),
            format!("certtool --certificate-info{in_der} --infile {file}"),
        ],
        ObjectKind::Bundle => vec![
            format!("openssl storeutl -certs -noout {file}"),
            format!("certtool --certificate-info --infile {file}"),
        ],
        ObjectKind::KeyStore | ObjectKind::TrustStore => {
            vec![
                format!("openssl pkcs12 -in {file} -passin pass:{password} -nodes"),
                format!("certtool --p12-info --inder --password {password} --infile {file}"),
            ]
        }
    }
}

/// The line of keytool that reads an object's file, and what it prints once for each that it takes.
pub fn of_keytool(object: &Object, file: &str, password: &str) -> Option<(String, &'static str)> {
    let list = || format!("keytool -list -keystore {file} -storepass {password}");
    let print = |what: &str| format!("keytool -print{what} -file {file}");
    Some(match object.kind {
        ObjectKind::Key => return None,
        ObjectKind::Request => (print("certreq"), "PKCS #10 Certificate Request"),
        ObjectKind::Certificate | ObjectKind::Bundle => (print("cert"), "Owner: "),
        ObjectKind::KeyStore => (list(), "PrivateKeyEntry"),
        ObjectKind::TrustStore => (list(), "trustedCertEntry"),
    })
}
