//! Every snippet of a remedy is tried: servers check their configuration, clients ask a server, and where a program
//! cannot be installed its configuration is read and its keys are held to those of its documentation.
//!
//! The programs come with `make test`; see `need_oracles` in scripts/tools.sh.

#![cfg(test)]

use handshake_lab::certificates::mint::mint;
use handshake_lab::certificates::recipe::Recipe;
use handshake_lab::faults::{FAULTS, Fault, Program, Remedy, Target};
use handshake_lab::plan::{Peer, Plan};
use handshake_lab::scenario::{PRESETS, showing};
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use yaml_rust2::{Yaml, YamlLoader};

/// The files that snippets name, and those of servers that no client may take.
const RECIPE: &str = r#"
title = "Files of the remedies"
about = "A server, its client, and servers that are wrong."

[[certificate]]
name = "root"
about = "Signs the intermediate."
role = "authority"
days = 30
common-name = "Root"

[[certificate]]
name = "intermediate"
about = "Signs the others."
role = "authority"
days = 30
common-name = "Intermediate"
issuer = "root"

[[certificate]]
name = "leaf"
about = "The server's."
role = "server"
days = 30
names = ["dns:localhost"]
issuer = "intermediate"

[[certificate]]
name = "rsa"
about = "The server's, of another kind."
role = "server"
days = 30
names = ["dns:localhost"]
key = "rsa-2048"
issuer = "intermediate"

[[certificate]]
name = "other"
about = "Another server's."
role = "server"
days = 30
names = ["dns:other.example.com"]
issuer = "intermediate"

[[certificate]]
name = "client"
about = "The client's."
role = "client"
days = 30
names = ["email:client@example.com"]
issuer = "intermediate"

[[certificate]]
name = "stranger"
about = "Signed by itself."
role = "server"
days = 30
names = ["dns:localhost"]

[[bundle]]
name = "fullchain"
about = "What the server sends."
certificates = ["leaf", "intermediate"]

[[bundle]]
name = "rsa-fullchain"
about = "The same."
certificates = ["rsa", "intermediate"]

[[bundle]]
name = "other-fullchain"
about = "The same."
certificates = ["other", "intermediate"]

[[bundle]]
name = "client-chain"
about = "What the client sends."
certificates = ["client", "intermediate"]

[[key-store]]
name = "client"
about = "For Java."
certificates = ["client", "intermediate"]

[[trust-store]]
name = "truststore"
about = "For Java."
certificates = ["root"]
"#;

fn shell(folder: &Path, line: &str) -> Output {
    let mut command = Command::new("sh");
    command.args(["-ec", line]).current_dir(folder).stdin(Stdio::null());
    command.output().expect("a shell")
}

/// What a line prints that must succeed.
fn ok(folder: &Path, line: &str) -> String {
    let output = shell(folder, line);
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    assert!(output.status.success(), "{line}\n{said}");
    said
}

/// A folder with all files that snippets name.
fn files(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("remedies").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let objects = mint(&Recipe::parse(RECIPE).unwrap(), now).unwrap();
    for file in objects.iter().flat_map(|object| &object.files) {
        std::fs::write(folder.join(&file.name), &file.bytes).unwrap();
    }
    ok(
        &folder,
        "mv root.crt root.pem; cp root.pem client-root.pem
         cat fullchain.pem leaf.key >site.pem
         cat rsa-fullchain.pem rsa.key >rsa-site.pem
         cat other-fullchain.pem other.key >other-site.pem",
    );
    lists(&folder, "crl.pem", None);
    lists(&folder, "revoked.pem", Some("leaf.crt"));
    folder
}

/// Lists of revoked certificates of both authorities, as `file`: that of the intermediate has `revoked`, if any.
fn lists(folder: &Path, file: &str, revoked: Option<&str>) {
    std::fs::write(
        folder.join("ca.cnf"),
        "[ca]\ndefault_ca=a\n[a]\ndatabase=index.txt\ndefault_md=sha256\ndefault_crl_days=9\n",
    )
    .unwrap();
    let row = revoked.map_or(String::from(":"), |certificate| {
        format!("printf 'R\\t491231235959Z\\t200101000000Z\\t%s\\tunknown\\t/CN=x\\n' $(openssl x509 -in {certificate} -noout -serial | cut -d= -f2)")
    });
    let list = |authority: &str, key: &str| {
        format!("openssl ca -gencrl -config ca.cnf -cert {authority} -keyfile {key}")
    };
    let (root, intermediate) =
        (list("root.pem", "root.key"), list("intermediate.crt", "intermediate.key"));
    ok(
        folder,
        &format!(
            ": >index.txt.attr; : >index.txt; {root} >{file}
             {row} >index.txt; {intermediate} >>{file}"
        ),
    );
}

/// A port that nobody has, below those that the system gives to whoever asks for any: it would give one that was let
/// go again.
fn free_port() -> u16 {
    static TAKEN: AtomicU32 = AtomicU32::new(0);
    let ports = std::iter::repeat_with(|| {
        let number =
            std::process::id().wrapping_mul(64).wrapping_add(TAKEN.fetch_add(1, Ordering::Relaxed));
        20_000 + u16::try_from(number % 12_000).expect("a small number")
    });
    let is_free = |port: &u16| TcpListener::bind(("127.0.0.1", *port)).is_ok();
    ports.take(12_000).find(is_free).expect("a port")
}

/// All remedies that tell of this program, with what they say of it.
fn told(program: Program) -> Vec<(&'static str, &'static str)> {
    let all = Remedy::ALL.iter().map(|remedy| remedy.advice());
    let told: Vec<_> = all.filter_map(|advice| Some((advice.id, advice.code(program)?))).collect();
    assert!(!told.is_empty(), "nothing is told of {}", program.label());
    told
}

/// A line for the shell, and no configuration.
fn is_command(code: &str) -> bool {
    code.starts_with("sudo ")
}

/// A server's snippet, with the files of this folder, on ports that anyone may have.
fn placed(code: &str, folder: &Path) -> String {
    let files = format!("{}/", folder.display());
    let code = code.replace("/etc/tls/", &files).replace("HOST", "localhost");
    code.replace("SERVICE", "localhost")
        .replace("443", "10443")
        .replace(":80", ":10080")
        .replace("listen 80;", "listen 10080;")
}

/// Has a server check a configuration, for each remedy.
fn checked(program: Program, whole: &Whole, line: &str) {
    let folder = files(program.id());
    for (id, code) in told(program) {
        if is_command(code) {
            ok(&folder, &format!("sh -n <<'END'\n{code}\nEND"));
            continue;
        }
        let text = whole(&placed(code, &folder), &folder);
        std::fs::write(folder.join("server.conf"), &text).unwrap();
        let output = shell(&folder, line);
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        assert!(output.status.success(), "{id}:\n{text}\n{said}");
        assert!(!said.to_lowercase().contains("deprecated"), "{id}: {said}");
    }
}

/// What nginx takes beside a snippet, so that it writes where it may.
fn nginx(http: &str, folder: &Path) -> String {
    let paths: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .iter()
        .map(|what| format!("{what}_temp_path {}/{what};\n", folder.display()))
        .collect();
    format!(
        "daemon off; pid {0}/nginx.pid; error_log stderr warn; events {{}}\nhttp {{\naccess_log off;\n{paths}{http}\n}}\n",
        folder.display()
    )
}

/// A server's whole configuration, with a snippet in it. What it takes beside listens on 10080.
type Whole = fn(&str, &Path) -> String;

fn whole_of_nginx(code: &str, folder: &Path) -> String {
    if code.starts_with("server {") || code.starts_with("upstream ") {
        return nginx(code, folder);
    }
    let own = code.contains("ssl_certificate ");
    let files =
        if own { "" } else { "ssl_certificate fullchain.pem; ssl_certificate_key leaf.key;" };
    nginx(&format!("server {{\nlisten 10080 ssl;\n{files}\n{code}\n}}"), folder)
}

fn whole_of_apache(code: &str, folder: &Path) -> String {
    let modules = [
        "mpm_event",
        "authz_core",
        "ssl",
        "socache_shmcb",
        "headers",
        "proxy",
        "proxy_http",
        "http2",
        "alias",
    ];
    let modules = modules
        .map(|name| format!("LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n"));
    let head = format!(
        "ServerRoot {0}\nServerName localhost\nUser nobody\nGroup nogroup\nPidFile {0}/apache.pid\n\
         DefaultRuntimeDir {0}\nErrorLog {0}/error.log\nListen 10080\n{1}",
        folder.display(),
        modules.concat()
    );
    if code.contains("<VirtualHost") {
        return format!("{head}{code}\n");
    }
    let own = code.contains("SSLCertificateFile");
    let files =
        if own { "" } else { "SSLCertificateFile fullchain.pem\nSSLCertificateKeyFile leaf.key" };
    format!("{head}<VirtualHost *:10080>\nSSLEngine on\n{files}\n{code}\n</VirtualHost>\n")
}

fn whole_of_haproxy(code: &str, folder: &Path) -> String {
    let defaults = "defaults\n    mode http\n    timeout connect 5s\n    timeout client 9s\n    timeout server 9s\n";
    // It takes no configuration in which nothing listens.
    let listens = format!("frontend any\n    bind :10080 ssl crt {}/site.pem\n", folder.display());
    let listens = if code.contains("bind ") { "" } else { &listens };
    format!("{defaults}{code}\n{listens}")
}

/// The servers that are run: how they check `server.conf`, and how they serve by it.
const SERVERS: &[(Program, Whole, &str, &str)] = &[
    (
        Program::Nginx,
        whole_of_nginx,
        "nginx -t -p . -e stderr -c server.conf",
        "exec nginx -p . -e stderr -c server.conf",
    ),
    (
        Program::Apache,
        whole_of_apache,
        "apache2 -t -f \"$PWD/server.conf\"",
        "exec apache2 -DFOREGROUND -f \"$PWD/server.conf\"",
    ),
    (
        Program::Haproxy,
        whole_of_haproxy,
        "haproxy -c -f server.conf",
        "exec haproxy -db -f server.conf",
    ),
];

#[test]
fn servers_take_what_is_told_of_them() {
    for (program, whole, check, _) in SERVERS {
        checked(*program, whole, check);
    }
}

/// A server that a test has started, and that ends with it.
struct Running(Child);

impl Running {
    /// Starts it by a line for the shell, and waits until it listens on these ports.
    fn start(folder: &Path, line: &str, ports: &[u16]) -> Running {
        let mut command = Command::new("sh");
        command.args(["-ec", line]).current_dir(folder).stdin(Stdio::null());
        let mut running = Running(command.spawn().expect("a shell"));
        while ports.iter().any(|port| TcpStream::connect(("127.0.0.1", *port)).is_err()) {
            assert!(running.0.try_wait().unwrap().is_none(), "{line} has ended");
            std::thread::sleep(Duration::from_millis(20));
        }
        running
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // By TERM, at which it ends its workers as well.
        let _ = Command::new("kill").arg(self.0.id().to_string()).status();
        let _ = self.0.wait();
    }
}

/// The status that curl gets from a server on this machine; `None` where there is none.
fn status(folder: &Path, port: u16, options: &str) -> Option<String> {
    let line = format!(
        "curl -s -o answer -w '%{{http_code}}' --cacert root.pem {options} https://localhost:{port}/"
    );
    let output = shell(folder, &line);
    let code = String::from_utf8_lossy(&output.stdout).into_owned();
    output.status.success().then_some(code)
}

#[test]
fn gateways_pass_requests_to_the_service_that_they_verify_and_to_no_other() {
    let folder = files("gateways");
    let services = Servers::start(&folder);
    for (program, whole, _, serve) in SERVERS {
        let code = Remedy::VerifyUpstream.advice().code(*program).expect("all can be gateways");
        let ask = |service: u16| {
            let port = free_port();
            let code = placed(code, &folder).replace("10443", &service.to_string());
            let text = whole(&code, &folder)
                .replace("frontend any\n", "frontend any\n    default_backend service\n")
                .replace("10080", &port.to_string());
            std::fs::write(folder.join("server.conf"), text).unwrap();
            let _gateway = Running::start(&folder, serve, &[port]);
            status(&folder, port, "").expect("an answer of the gateway's")
        };
        assert_eq!(ask(services.good), "200", "{}", program.label());
        for service in services.wrong {
            let status = ask(service);
            assert!(status.starts_with("50"), "{}: {status}", program.label());
        }
    }
}

#[test]
fn servers_let_clients_in_whose_certificate_they_know_and_no_others() {
    let folder = files("letting-in");
    for (program, whole, _, serve) in SERVERS {
        let code = Remedy::RequireClient.advice().code(*program).expect("all can ask for one");
        let port = free_port();
        let answer =
            if *program == Program::Haproxy { "\n    http-request return status 200" } else { "" };
        let text = whole(&format!("{}{answer}", placed(code, &folder)), &folder)
            .replace("10443", &port.to_string())
            .replace("10080", &port.to_string());
        std::fs::write(folder.join("server.conf"), text).unwrap();
        let _server = Running::start(&folder, serve, &[port]);
        // nginx says no by HTTP; the others break the connection off.
        let is_in =
            |options: &str| status(&folder, port, options).is_some_and(|code| code != "400");
        assert!(is_in("--cert client-chain.pem --key client.key"), "{}", program.label());
        assert!(!is_in(""), "{} lets anyone in", program.label());
        assert!(!is_in("--cert stranger.crt --key stranger.key"), "{}", program.label());
    }
}

/// The paths of all keys of a YAML document, with dots; `*` stands for a place in a list.
fn keys(yaml: &Yaml, path: &str, all: &mut Vec<String>) {
    match yaml {
        Yaml::Hash(map) => {
            for (key, value) in map {
                let key = key.as_str().expect("a key is text");
                let path = if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
                keys(value, &path, all);
            }
        }
        Yaml::Array(list) if matches!(list.first(), Some(Yaml::Hash(_))) => {
            list.iter().for_each(|item| keys(item, &format!("{path}.*"), all));
        }
        _ => all.push(path.to_owned()),
    }
}

fn documents(id: &str, code: &str) -> Vec<Yaml> {
    YamlLoader::load_from_str(code).unwrap_or_else(|why| panic!("{id}: {why}\n{code}"))
}

/// Properties of Spring Boot 3.5, from its reference (“SSL”, “Configure SSL”, “Configure Server Name Indication”, “Configure
/// HTTP/2”, “Running Behind a Front-end Proxy Server”) and its API (`SslBundleProperties.Options`, `Ssl`). The name of a
/// bundle is anyone's choice.
const SPRING: &[&str] = &[
    "server.forward-headers-strategy",
    "server.http2.enabled",
    "server.port",
    "server.ssl.bundle",
    "server.ssl.client-auth",
    "server.ssl.server-name-bundles.*.bundle",
    "server.ssl.server-name-bundles.*.server-name",
    "spring.ssl.bundle.pem.NAME.keystore.certificate",
    "spring.ssl.bundle.pem.NAME.keystore.private-key",
    "spring.ssl.bundle.pem.NAME.options.ciphers",
    "spring.ssl.bundle.pem.NAME.options.enabled-protocols",
    "spring.ssl.bundle.pem.NAME.reload-on-update",
    "spring.ssl.bundle.pem.NAME.truststore.certificate",
];

#[test]
fn spring_boot_has_the_properties_that_are_told_of_it() {
    // Spring Boot itself is not started here: its properties are held to its documentation.
    let mut used = Vec::new();
    for (id, code) in told(Program::SpringBoot) {
        for document in documents(id, code) {
            let mut own = Vec::new();
            keys(&document, "", &mut own);
            for key in own {
                let known = key.replace(".pem.web.", ".pem.NAME.");
                assert!(SPRING.contains(&known.as_str()), "{id}: {key}");
                used.push(known);
            }
        }
    }
    for key in SPRING {
        assert!(used.iter().any(|one| one == key), "{key} is in no snippet any more");
    }
}

/// Fields of Envoy's API v3, from its .proto files: envoy/extensions/transport_sockets/tls/v3 (tls, common, secret),
/// envoy/config/core/v3 (base, config_source), envoy/config/route/v3 (route_components) and the
/// http_connection_manager. What is not a field of messages here is a name or a type.
const ENVOY: &[&str] = &[
    "@type",
    "alpn_protocols",
    "cert",
    "certificate_chain",
    "cipher_suites",
    "common_tls_context",
    "crl",
    "domains",
    "ecdh_curves",
    "exact",
    "filename",
    "forward_client_cert_details",
    "https_redirect",
    "match",
    "match_typed_subject_alt_names",
    "matcher",
    "name",
    "path",
    "path_config_source",
    "prefix",
    "private_key",
    "redirect",
    "require_client_certificate",
    "resources",
    "response_code",
    "routes",
    "san_type",
    "sds_config",
    "set_current_client_cert_details",
    "sni",
    "subject",
    "tls_certificate",
    "tls_certificate_sds_secret_configs",
    "tls_certificates",
    "tls_maximum_protocol_version",
    "tls_minimum_protocol_version",
    "tls_params",
    "transport_socket",
    "trusted_ca",
    "typed_config",
    "use_remote_address",
    "validation_context",
    "verify_certificate_spki",
    "virtual_hosts",
];

#[test]
fn envoy_has_the_fields_that_are_told_of_it() {
    // Envoy is in no package here, so that its configuration is read as YAML, and no more.
    let mut used = Vec::new();
    for (id, code) in told(Program::Envoy) {
        let mut own = Vec::new();
        documents(id, code).iter().for_each(|document| keys(document, "", &mut own));
        for field in own.iter().flat_map(|path| path.split('.')).filter(|field| *field != "*") {
            assert!(ENVOY.contains(&field), "{id}: {field}");
            used.push(field.to_owned());
        }
    }
    for field in ENVOY {
        assert!(used.iter().any(|one| one == field), "{field} is in no snippet any more");
    }
}

/// nginx with servers that clients ask, ended with the test.
struct Servers {
    _nginx: Running,
    /// Right in everything; it refuses whoever sends no name.
    good: u16,
    /// The same, for clients that show a certificate.
    asking: u16,
    /// Those that no client may take: of an unknown authority, and for another name.
    wrong: [u16; 2],
}

impl Servers {
    fn start(folder: &Path) -> Servers {
        let ports = [free_port(), free_port(), free_port(), free_port()];
        let server = |port: u16, chain: &str, key: &str, more: &str| {
            format!(
                "server {{ listen 127.0.0.1:{port} ssl http2; ssl_certificate {chain}; ssl_certificate_key {key}; {more}
                 if ($ssl_server_name = \"\") {{ return 421; }} return 200 \"good\\n\"; }}\n"
            )
        };
        let [good, asking, strange, other] = ports;
        let wants = "ssl_client_certificate root.pem; ssl_verify_client on; ssl_verify_depth 2;";
        let http = [
            server(good, "fullchain.pem", "leaf.key", ""),
            server(asking, "fullchain.pem", "leaf.key", wants),
            server(strange, "stranger.crt", "stranger.key", ""),
            server(other, "other-fullchain.pem", "other.key", ""),
        ];
        std::fs::write(folder.join("nginx.conf"), nginx(&http.concat(), folder)).unwrap();
        let line = "exec nginx -p . -e stderr -c nginx.conf";
        let nginx = Running::start(folder, line, &ports);
        Servers { _nginx: nginx, good, asking, wrong: [strange, other] }
    }

    /// The server that a remedy's client is for.
    fn of(&self, id: &str) -> u16 {
        if id == Remedy::ClientSends.advice().id { self.asking } else { self.good }
    }
}

/// A pin of this certificate's key.
fn pin(folder: &Path, file: &str) -> String {
    let line = format!(
        "openssl x509 -in {file} -noout -pubkey | openssl pkey -pubin -outform DER | openssl dgst -sha256 -binary | base64"
    );
    ok(folder, &line).trim().to_owned()
}

/// A client's snippet with a server to ask, and whether that must work.
struct Job {
    what: String,
    /// The snippet, filled in.
    code: String,
    must_work: bool,
}

/// A client's snippet for a server on this machine, filled in as the page does it.
fn aimed(code: &str, port: u16) -> String {
    let target = Target::parse(&format!("localhost:{port}")).expect("a host");
    target.fill(code).replace("ADDRESS", "127.0.0.1")
}

/// What there is to ask by the snippets of a program: the server that each is for, and those that it has to refuse.
fn jobs(program: Program, folder: &Path, servers: &Servers) -> Vec<Job> {
    let [own, other] = ["leaf.crt", "other.crt"].map(|file| pin(folder, file));
    let pinned = |code: &str, pin: &str| code.replace("PIN", pin).replace("RESERVE", &other);
    let mut jobs = Vec::new();
    for (id, code) in told(program) {
        let mut job = |what: &str, code: String, port: u16, must_work: bool| {
            let what = format!("{} for {id}, {what}", program.label());
            jobs.push(Job { what, code: aimed(&code, port), must_work });
        };
        job("the right server", pinned(code, &own), servers.of(id), true);
        for port in servers.wrong {
            job("a wrong server", pinned(code, &own), port, false);
        }
        if id == Remedy::Pins.advice().id {
            job("a key that is not pinned", pinned(code, &other), servers.good, false);
        }
        if id == Remedy::RevocationLists.advice().id {
            job("a revoked server", code.replace("crl.pem", "revoked.pem"), servers.good, false);
        }
    }
    jobs
}

/// Whether a client got what it asked for: each says the status of HTTP.
fn is_served(output: &Output) -> bool {
    output.status.success() && String::from_utf8_lossy(&output.stdout).contains("200")
}

/// Has a program ask by all of its snippets. `run` says what came of each job.
fn asked(program: Program, run: impl Fn(&Path, &[Job]) -> Vec<Output>) {
    let folder = files(program.id());
    let servers = Servers::start(&folder);
    let jobs = jobs(program, &folder, &servers);
    let outputs = run(&folder, &jobs);
    assert_eq!(outputs.len(), jobs.len());
    for (job, output) in jobs.iter().zip(outputs) {
        // Who refuses a server ends with an error.
        let good = if job.must_work { is_served(&output) } else { !output.status.success() };
        assert!(good, "{}: {output:?}\n{}", job.what, job.code);
    }
}

/// Each job by itself.
fn each(run: impl Fn(&Path, &str) -> Output) -> impl Fn(&Path, &[Job]) -> Vec<Output> {
    move |folder, jobs| jobs.iter().map(|job| run(folder, &job.code)).collect()
}

#[test]
fn curl_asks_by_what_is_told_of_it() {
    let ask = |folder: &Path, code: &str| {
        shell(folder, &format!("{code} -sS --write-out '%{{http_code}}'"))
    };
    asked(Program::Curl, each(ask));
}

/// Each job as a file of this name, which the command runs.
fn scripts(file: &str, command: &str) -> impl Fn(&Path, &[Job]) -> Vec<Output> {
    each(move |folder, code| {
        std::fs::write(folder.join(file), code).unwrap();
        shell(folder, &format!("{command} {file}"))
    })
}

#[test]
fn python_asks_by_what_is_told_of_it() {
    asked(Program::Python, scripts("ask.py", "python3 -W error"));
}

#[test]
fn node_asks_by_what_is_told_of_it() {
    asked(Program::Node, scripts("ask.cjs", "node"));
}

/// All jobs in one program, where starting one takes long: each in a function of its own, called by its number.
fn functions(jobs: &[Job], head: &str) -> String {
    let of = |(at, job): (usize, &Job)| head.replace("N", &at.to_string()) + &job.code + "\n}\n\n";
    jobs.iter().enumerate().map(of).collect()
}

fn numbered(jobs: &[Job], name: impl Fn(usize) -> String) -> String {
    (0..jobs.len()).map(name).collect::<Vec<_>>().join(", ")
}

#[test]
fn java_asks_by_what_is_told_of_it() {
    asked(Program::Java, |folder, jobs| {
        let program = format!(
            "import java.io.*; import java.net.*; import java.net.http.*; import java.security.*;\n\
             import java.security.cert.*; import java.util.*; import java.util.concurrent.Callable;\n\
             import javax.net.ssl.*;\n\nclass Ask {{\n{}\
             public static void main(String[] args) throws Exception {{\n\
             List<Callable<Void>> jobs = List.of({});\n\
             for (var job : jobs) {{\n\
             try {{ job.call(); System.out.println(\"well\"); }}\n\
             catch (Exception error) {{ System.out.println(\"failed \" + error); }}\n}}\n\
             System.exit(0);\n}}\n}}\n",
            functions(jobs, "static void jobN() throws Exception {\n"),
            numbered(jobs, |at| format!("() -> {{ job{at}(); return null; }}"))
        );
        std::fs::write(folder.join("Ask.java"), program).unwrap();
        let said = ok(
            folder,
            "java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djavax.net.ssl.trustStore=truststore.p12 \
             -Djavax.net.ssl.trustStorePassword=changeit Ask.java",
        );
        // What a job printed, and then how it ended.
        let mut outputs = Vec::new();
        let mut printed = String::new();
        for line in said.lines() {
            let status = match line {
                "well" => 0,
                line if line.starts_with("failed ") => 1,
                line => {
                    printed += line;
                    continue;
                }
            };
            outputs.push(Output {
                status: ExitStatus::from_raw(status << 8),
                stdout: std::mem::take(&mut printed).into_bytes(),
                stderr: line.as_bytes().to_vec(),
            });
        }
        outputs
    });
}

/// The packages that snippets in Go may use.
const GO: &[&str] = &[
    "crypto/sha256",
    "crypto/tls",
    "crypto/x509",
    "encoding/base64",
    "errors",
    "fmt",
    "io",
    "log",
    "net/http",
    "os",
    "strconv",
];

#[test]
fn go_asks_by_what_is_told_of_it() {
    asked(Program::Go, |folder, jobs| {
        let imports: String = GO.iter().map(|package| format!("\t\"{package}\"\n")).collect();
        let program = format!(
            "package main\n\nimport (\n{imports})\n\n{}\
             func main() {{\n\tat, _ := strconv.Atoi(os.Args[1])\n\t[]func(){{{}}}[at]()\n}}\n",
            functions(jobs, "func jobN() {\n"),
            numbered(jobs, |at| format!("job{at}"))
        );
        std::fs::write(folder.join("ask.go"), program).unwrap();
        ok(folder, "go vet ask.go && go build -o ask ask.go");
        (0..jobs.len()).map(|at| shell(folder, &format!("./ask {at}"))).collect()
    });
}

#[test]
fn every_program_is_tried_by_a_test_and_nothing_stands_out_of_order() {
    for remedy in Remedy::ALL {
        let advice = remedy.advice();
        let places: Vec<_> = advice.snippets.iter().map(|(program, _)| *program as usize).collect();
        assert!(places.is_sorted_by(|a, b| a < b), "{}: {places:?}", advice.id);
        for text in [advice.title, advice.about] {
            assert!(!text.is_empty() && !text.contains("  "), "{}: {text}", advice.id);
        }
        for (program, code) in advice.snippets {
            assert!(
                code.trim() == *code && code.lines().count() <= 25,
                "{} {program:?}",
                advice.id
            );
        }
    }
    let ids: std::collections::BTreeSet<_> =
        Remedy::ALL.iter().map(|one| one.advice().id).collect();
    assert_eq!(ids.len(), Remedy::ALL.len());
}

#[test]
fn where_a_remedy_is_for_one_server_or_client_each_of_them_has_something_to_write_or_a_reason_why_not()
 {
    for remedy in Remedy::ALL {
        let advice = remedy.advice();
        for are_servers in [true, false] {
            let of_kind =
                || Program::ALL.iter().copied().filter(|one| one.is_server() == are_servers);
            let concerns = of_kind().any(|program| advice.code(program).is_some());
            for program in of_kind() {
                let told = [advice.code(program), advice.without(program)];
                let count = told.iter().flatten().count();
                assert_eq!(count, usize::from(concerns), "{} {program:?}", advice.id);
            }
        }
    }
}

#[test]
fn every_remedy_is_of_a_fault() {
    for remedy in Remedy::ALL {
        let named = FAULTS.iter().any(|fault| fault.words().remedies.contains(remedy));
        assert!(named, "{}", remedy.advice().id);
    }
}

/// The two plans of a fault where it can be shown first: without it and with it.
fn plans(fault: &Fault) -> (Plan, Plan) {
    let presets = PRESETS.iter().map(|preset| preset.id);
    let broken = showing(fault, presets).next().expect("a preset that it goes with");
    (broken.mended().plan(), broken.plan())
}

#[test]
fn a_fault_without_remedies_is_one_in_which_both_ends_are_set_up_well() {
    // What changes then is on the path, or a clock: no program's configuration mends that.
    let set_up = |peer: &Peer| Peer { clock: 0, ..peer.clone() };
    let mut without = 0;
    for fault in FAULTS.iter().filter(|fault| fault.words().remedies.is_empty()) {
        let (good, broken) = plans(fault);
        assert!(good != broken, "{}", fault.id);
        assert_eq!(set_up(&good.client), set_up(&broken.client), "{}", fault.id);
        assert_eq!(set_up(&good.server), set_up(&broken.server), "{}", fault.id);
        without += 1;
    }
    assert!(without > 0);
}
