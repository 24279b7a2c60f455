//! What recipes make is read by OpenSSL, by Java's keytool and by GnuTLS's certtool; the commands that stand
//! beside it make the same; and curl and OpenSSL shake hands with it.

#![cfg(test)]

mod minted;

use handshake_lab::certificates::KeyKind;
use handshake_lab::certificates::mint::{Form, NEWER, Object, ObjectKind, Way, folder, mint};
use handshake_lab::certificates::recipe::{
    BUILT_IN, BuiltIn, KINDS, Purpose, Recipe, Subject, Wrong, name_text,
};
use handshake_lab::scenario::CLOCK;
use handshake_lab::wire::node::check_tiling;
use handshake_lab::wire::x509::{self, Summary};
use minted::{of_keytool, readers};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

/// A folder of its own, empty.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mint").join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    path
}

/// What comes of each recipe, all at the same time: most of it is waiting for other programs to start.
fn of_each<T: Send>(work: impl Fn(&BuiltIn) -> T + Sync) -> Vec<T> {
    let work = &work;
    std::thread::scope(|scope| {
        let started: Vec<_> = BUILT_IN.iter().map(|one| scope.spawn(move || work(one))).collect();
        started.into_iter().map(|one| one.join().unwrap()).collect()
    })
}

/// Runs a line of a shell in a folder; what it prints, both outputs together.
fn run(folder: &Path, line: &str) -> (bool, String) {
    let output =
        Command::new("sh").args(["-ec", line]).current_dir(folder).stdin(Stdio::null()).output();
    let output = output.unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

/// What lines print that must succeed, those of keytool from one Java for all. Words with a space in them are in
/// quotes; passwords are not stretched, which would take most of the time.
fn keytool(folder: &Path, lines: &[String]) -> String {
    let file = folder.join("keytool.txt");
    std::fs::write(&file, lines.join("\n")).unwrap();
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/java/Keytool.java");
    let few = ["mac", "keyPbe", "certPbe"]
        .map(|what| format!("-Dkeystore.pkcs12.{what}IterationCount=1"));
    let output = Command::new("java")
        .arg("-XX:+UseSerialGC")
        .args(["--add-exports", "java.base/sun.security.tools.keytool=ALL-UNNAMED"])
        .args(few)
        .arg(program)
        .arg(&file)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .expect("java, from a JDK");
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    assert!(output.status.success(), "{said}");
    said
}

/// What a line prints that must succeed.
fn ok(folder: &Path, line: &str) -> String {
    let (good, said) = run(folder, line);
    assert!(good, "{line}\n{said}");
    said
}

fn made(built_in: &BuiltIn, clock: u64) -> (Recipe, Vec<Object>) {
    let recipe = built_in.recipe().unwrap();
    let objects = mint(&recipe, clock).unwrap();
    (recipe, objects)
}

fn written(objects: &[Object], folder: &Path) {
    for file in objects.iter().flat_map(|object| &object.files) {
        std::fs::write(folder.join(&file.name), &file.bytes).unwrap();
    }
}

#[test]
fn every_object_is_read_by_openssl_keytool_and_certtool() {
    let counts = of_each(|built_in| {
        let folder = folder(&format!("read-{}", built_in.name));
        let (recipe, objects) = made(built_in, CLOCK);
        written(&objects, &folder);
        let files = objects.iter().flat_map(|one| one.files.iter().map(move |file| (one, file)));
        let mut reads = 0;
        let mut lines = Vec::new();
        for (object, file) in files {
            for line in readers(object, &file.name, file.form, &recipe.password) {
                ok(&folder, &line);
                reads += 1;
            }
            if file.form != Form::Der {
                lines.extend(of_keytool(object, &file.name, &recipe.password));
            }
        }
        let (lines, words): (Vec<String>, Vec<&str>) = lines.into_iter().unzip();
        let said = keytool(&folder, &lines);
        let each: Vec<&str> = said.split("$ keytool").skip(1).collect();
        assert_eq!(each.len(), lines.len());
        for (said, word) in each.iter().zip(words) {
            assert!(said.contains(word), "{said}");
        }
        (objects.len(), reads + lines.len())
    });
    let objects: usize = counts.iter().map(|(objects, _)| objects).sum();
    let reads: usize = counts.iter().map(|(_, reads)| reads).sum();
    println!("{objects} objects, read {reads} times");
    assert!(objects > 100, "{objects} objects");
}

#[test]
fn a_request_is_decoded_down_to_each_byte_and_asks_for_what_its_certificate_says() {
    of_each(|one| {
        let (recipe, objects) = made(one, CLOCK);
        let der = |kind, name: &str| {
            let object = objects.iter().find(|one| one.kind == kind && one.name == name)?;
            let file = object.files.iter().find(|file| file.form == Form::Der)?;
            Some(file.bytes.clone())
        };
        let good = recipe.certificate.iter().filter(|subject| subject.wrong.is_empty());
        for subject in good {
            let name = &subject.name;
            // One that is its own issuer asks nobody.
            let Some(request) = der(ObjectKind::Request, name) else {
                assert!(subject.issuer.is_none(), "{}: {name}", one.name);
                continue;
            };
            let (nodes, asked) = x509::parse_request(&request).unwrap();
            check_tiling(&nodes, request.len()).unwrap();
            let certificate = der(ObjectKind::Certificate, name).unwrap();
            let (_, given) = x509::parse(&certificate).unwrap();
            let facts = |one: &Summary| {
                (one.subject.clone(), one.subject_alt_names.clone(), one.public_key.clone())
            };
            assert_eq!(facts(&asked), facts(&given), "{}: {name}", one.name);
        }
    });
}

#[test]
fn the_folder_of_a_recipe_is_unpacked_by_java_to_the_same_files() {
    let one = BuiltIn::named("private-ca").unwrap();
    let (recipe, objects) = made(&one, CLOCK);
    let name = folder::name(&recipe);
    let readme = folder::readme(&recipe, &objects, CLOCK);
    let zip = folder::zipped(&objects, &name, &readme).unwrap();
    assert_eq!(zip, folder::zipped(&objects, &name, &readme).unwrap());
    let folder = folder("zipped");
    std::fs::write(folder.join("all.zip"), zip).unwrap();
    ok(&folder, "jar --extract --file all.zip");
    let files: Vec<_> = objects.iter().flat_map(|object| &object.files).collect();
    assert_eq!(std::fs::read_dir(folder.join(&name)).unwrap().count(), files.len() + 1);
    assert_eq!(std::fs::read_to_string(folder.join(&name).join(folder::README)).unwrap(), readme);
    for file in files {
        assert_eq!(std::fs::read(folder.join(&name).join(&file.name)).unwrap(), file.bytes);
    }
}

#[test]
fn the_same_recipe_gives_the_same_bytes_and_another_seed_gives_others() {
    let built_in = BuiltIn::named("private-ca").unwrap();
    let (mut recipe, objects) = made(&built_in, CLOCK);
    assert_eq!(objects, mint(&recipe, CLOCK).unwrap());
    recipe.seed += 1;
    let others = mint(&recipe, CLOCK).unwrap();
    for (one, other) in objects.iter().zip(&others) {
        assert_ne!(one.files, other.files, "{}", one.name);
    }
}

#[test]
fn a_key_belongs_to_its_certificate_unless_that_is_what_is_wrong() {
    for built_in in BUILT_IN {
        let folder = folder(&format!("keys-{}", built_in.name));
        let (recipe, objects) = made(built_in, CLOCK);
        written(&objects, &folder);
        for Subject { name, .. } in &recipe.certificate {
            let of_key = ok(&folder, &format!("openssl pkey -in {name}.key -pubout"));
            let of_certificate =
                ok(&folder, &format!("openssl x509 -in {name}.crt -noout -pubkey"));
            let wrong = recipe.subject(name).unwrap().has(Wrong::WrongKey);
            assert_eq!(of_key == of_certificate, !wrong, "{name}");
        }
    }
}

fn summary(file: &Path) -> Summary {
    let pem = std::fs::read(file).unwrap();
    let der = Command::new("openssl")
        .args(["x509", "-outform", "DER", "-in"])
        .arg(file)
        .output()
        .unwrap();
    assert!(der.status.success(), "{}", String::from_utf8_lossy(&pem));
    x509::parse(&der.stdout).unwrap().1
}

/// What a certificate says, without what differs each time it is made: keys, serial numbers, moments.
fn comparable(mut one: Summary) -> String {
    one.serial.clear();
    one.critical_extensions.sort();
    // Whether the last second belongs to the period is told differently.
    let days = (one.not_after - one.not_before + 1) / 86_400;
    (one.not_before, one.not_after) = (0, days);
    let has_ids = one.subject_key_id.take().is_some();
    // On a certificate that is its own issuer it says nothing new, and keytool leaves it out.
    let names_issuer = one.authority_key_id.take().is_some() || one.subject == one.issuer;
    format!("{has_ids} {names_issuer} {one:#?}")
}

/// Runs the commands of a recipe from top to bottom in an empty folder, and holds the certificates to ours.
fn makes_the_same(
    program: &str,
    way: fn(&Object) -> &Way,
    run: impl Fn(&Path, &[String]) -> String + Sync,
) -> usize {
    let compared = of_each(|built_in| {
        let mut compared = 0;
        let folder = folder(&format!("{program}-{}", built_in.name));
        let ours = folder.join("ours");
        std::fs::create_dir_all(&ours).unwrap();
        let (recipe, objects) = made(built_in, CLOCK);
        written(&objects, &ours);
        let made = |object: &&Object| matches!(way(object), Way::Run(_));
        let lines = objects.iter().filter_map(|object| match way(object) {
            Way::Run(lines) => Some(lines),
            Way::Cannot(_) => None,
        });
        run(&folder, &lines.flatten().cloned().collect::<Vec<_>>());
        for object in objects.iter().filter(made) {
            if object.kind == ObjectKind::Certificate {
                let file = format!("{}.crt", object.name);
                let (theirs, ours) = (summary(&folder.join(&file)), summary(&ours.join(&file)));
                assert_eq!(comparable(theirs), comparable(ours), "{program}: {}", built_in.name);
                compared += 1;
            }
            for file in object.files.iter().filter(|file| file.form != Form::Der) {
                let is_there = folder.join(&file.name).exists();
                let of_keytool = program == "keytool" && object.kind == ObjectKind::Key;
                assert!(is_there || of_keytool, "{program}: {} {}", built_in.name, file.name);
            }
        }
        assert!(!recipe.certificate.is_empty());
        compared
    });
    let compared = compared.into_iter().sum();
    println!("{program}: {compared} certificates");
    compared
}

#[test]
fn the_commands_of_openssl_make_the_same() {
    let help = run(Path::new("."), "openssl pkcs12 -help").1;
    assert!(!help.is_empty());
    // OpenSSL before 3.2 has no word for what Java trusts.
    let unknown = if help.contains("-jdktrust") { "\0" } else { " -jdktrust anyExtendedKeyUsage" };
    // From 3.2 on the lines for newer ones are run as well.
    let newer =
        if run(Path::new("."), "openssl req -help").1.contains("-x509v1") { NEWER } else { "\0" };
    let run = |folder: &Path, lines: &[String]| {
        ok(folder, &lines.join("\n").replace(unknown, "").replace(newer, ""))
    };
    assert!(makes_the_same("openssl", |object| &object.openssl, run) > 20);
}

#[test]
fn the_commands_of_keytool_make_the_same() {
    assert!(makes_the_same("keytool", |object| &object.keytool, keytool) > 20);
}

#[test]
fn every_way_to_go_wrong_is_in_a_recipe_that_comes_with_the_program() {
    let recipes: Vec<Recipe> = BUILT_IN.iter().map(|one| one.recipe().unwrap()).collect();
    let subjects = || recipes.iter().flat_map(|recipe| &recipe.certificate);
    for wrong in Wrong::ALL {
        assert!(subjects().any(|subject| subject.has(*wrong)), "{}", wrong.id());
    }
    for kind in KeyKind::ALL {
        assert!(subjects().any(|subject| subject.key_kind() == *kind), "{}", kind.id());
    }
    for purpose in Purpose::ALL {
        assert!(subjects().any(|subject| subject.purposes.contains(purpose)), "{}", purpose.id());
    }
    let names: Vec<String> = subjects().flat_map(|one| one.names.iter().map(name_text)).collect();
    for kind in KINDS {
        assert!(
            names.iter().any(|name| name.starts_with(&format!("{}:", kind.word))),
            "{}",
            kind.word
        );
    }
    assert!(subjects().any(|subject| subject.serial.is_some()));
}

#[test]
fn openssl_reads_the_names_purposes_and_serial_numbers_that_a_recipe_has() {
    let folder = folder("names");
    let (_, objects) = made(&BuiltIn::named("names-and-purposes").unwrap(), CLOCK);
    written(&objects, &folder);
    let told = |name: &str| {
        let line = format!(
            "openssl x509 -in {name}.crt -noout -serial -ext subjectAltName,extendedKeyUsage"
        );
        ok(&folder, &line)
    };
    for (name, words) in [
        ("root", &["serial=01"][..]),
        (
            "service",
            &[
                "serial=1F2E3D",
                "DNS:orders.example.com",
                "IP Address:192.0.2.10",
                "IP Address:2001:DB8:0:0:0:0:0:10",
                "URI:spiffe://example.com/orders",
                "TLS Web Server Authentication, TLS Web Client Authentication",
            ],
        ),
        (
            "person",
            &["email:ada@example.com", "DirName:", "UPN::ada@example.com", "E-mail Protection"],
        ),
        (
            "signer",
            &["serial=A1", "URI:https://signer.example.com/", "Code Signing", "OCSP Signing"],
        ),
    ] {
        let said = told(name);
        for word in words {
            assert!(said.contains(word), "{name}: {word}\n{said}");
        }
    }
}

#[test]
fn the_documentation_has_every_key_and_every_choice_of_a_recipe() {
    let text = include_str!("../docs/recipes.md");
    let names = BUILT_IN.iter().map(|one| one.name);
    let ids = Wrong::ALL.iter().map(|one| one.id()).chain(KeyKind::ALL.iter().map(|one| one.id()));
    let ids = ids.chain(Purpose::ALL.iter().map(|one| one.id()));
    let ids = ids.chain(KINDS.iter().map(|one| one.word));
    for id in names.chain(ids) {
        assert!(text.contains(&format!("`{id}`")), "docs/recipes.md lacks {id}");
    }
    // Its example is a recipe.
    let example = text.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let recipe = Recipe::parse(example).unwrap();
    assert!(!mint(&recipe, CLOCK).unwrap().is_empty());
}

#[test]
fn a_wrong_recipe_is_told_with_its_line_and_what_to_do() {
    let good = "title='a'\nabout='b'\n[[certificate]]\nname='root'\nabout='c'\nrole='authority'\ncommon-name='R'\ndays=9\n";
    let leaf = "[[certificate]]\nname='leaf'\nabout='c'\nrole='client'\nissuer='root'\ndays=9\n";
    assert!(Recipe::parse(good).is_ok());
    let named = format!("{good}{leaf}common-name='Ada'\nnames=['email:a+b@example.com']\n");
    assert!(Recipe::parse(&named).is_ok());
    for (wrong, words) in [
        ("title=", "line 1"),
        (&good.replace("days=9", "dais=9"), "line 8"),
        (&good.replace("authority", "boss"), "authority, server, client"),
        (&good.replace("days=9", "days=0"), "root: days"),
        (&good.replace("common-name='R'", ""), "common-name"),
        (&good.replace("common-name='R'", "common-name=\"R'; rm\""), "letters, digits"),
        (&good.replace("name='root'", "name='../root'"), "lower-case letters"),
        (&format!("{good}issuer='nobody'\n"), "no certificate nobody"),
        (&format!("{good}names=['www.example.com']\n"), "dns:www.example.com"),
        (&format!("{good}names=['ip:1.2.3']\n"), "no IP address"),
        (&format!("{good}names=['uri:nowhere']\n"), "is no URI; write uri:"),
        (&format!("{good}names=['directory:L=X']\n"), "is no directory name"),
        (&format!("{good}permitted=['ip:192.0.2.1']\n"), "permitted takes"),
        (&format!("{good}serial='0'\n"), "greater than 0"),
        (&format!("{good}serial='x'\n"), "hexadecimal"),
        (&format!("{good}serial='{}'\n", "9".repeat(42)), "at most 20"),
        (&format!("{good}purposes=['server','server']\n"), "server is there twice"),
        (&format!("{good}purposes=['spying']\n"), "code-signing"),
        (&format!("{good}purposes=['server']\nwrong=['version-1']\n"), "do not go together"),
        (&format!("{good}wrong=['no-san']\n"), "servers and clients"),
        (&format!("{good}key='ed25519'\nwrong=['sha-1']\n"), "cannot sign by SHA-1"),
        (&format!("{good}{}", good.lines().skip(2).collect::<Vec<_>>().join("\n")), "twice"),
        (&format!("{good}[[bundle]]\nname='all'\nabout='d'\ncertificates=['leaf']\n"), "leaf"),
        (
            &format!("{good}[[key-store]]\nname='keys'\nabout='d'\ncertificates=['root']\n"),
            "another name",
        ),
        (
            &format!("{good}{leaf}names=['email:a+b@example.com']\n"),
            "a+b@example.com: a subject has",
        ),
        (&format!("{good}{leaf}names=['dns:{}.example']\n", "a".repeat(60)), "at most 64"),
    ] {
        let error = Recipe::parse(wrong).unwrap_err().to_string();
        assert!(error.contains(words), "{wrong}\n{error}");
    }
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

/// `openssl s_server` with these arguments, for as long as `then` takes its port.
fn with_server(folder: &Path, arguments: &str, then: impl FnOnce(u16)) {
    let mut server = Command::new("openssl")
        .args(["s_server", "-accept", "127.0.0.1:0", "-www"])
        .args(arguments.split(' '))
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let line = lines.find_map(|line| line.ok()?.strip_prefix("ACCEPT ").map(str::to_owned));
    let port = line.and_then(|line| line.rsplit(':').next()?.parse().ok());
    // What it says must be read, or it waits.
    let reader = std::thread::spawn(move || lines.count());
    then(port.expect("a port"));
    server.kill().unwrap();
    server.wait().unwrap();
    reader.join().unwrap();
}

#[test]
fn curl_and_openssl_shake_hands_with_both_certificates() {
    let folder = folder("curl-client");
    let (recipe, objects) = made(&BuiltIn::named("curl-client").unwrap(), now() - 60);
    written(&objects, &folder);
    let password = &recipe.password;
    let server =
        "-cert server.crt -key server.key -CAfile server-ca.pem -Verify 2 -verify_return_error";
    with_server(&folder, server, |port| {
        let url = format!("https://localhost:{port}/");
        let by_files = "--cert client-chain.pem --key client.key";
        let by_store = format!("--cert client-keystore.p12:{password} --cert-type P12");
        for own in [by_files, &by_store] {
            let said = ok(&folder, &format!("curl -sS --cacert server-ca.pem {own} {url}"));
            assert!(said.contains("Client certificate"), "{said}");
            assert!(said.replace(" = ", "=").contains("Subject: CN=curl"), "{said}");
        }
        assert!(!run(&folder, &format!("curl -sS --cacert server-ca.pem {url}")).0);
        assert!(!run(&folder, &format!("curl -sS {by_files} {url}")).0, "nobody trusts it");
    });
}

#[test]
fn the_stores_of_spring_boot_let_one_client_in_and_the_stranger_not() {
    let folder = folder("spring-boot");
    let (recipe, objects) = made(&BuiltIn::named("spring-boot").unwrap(), now() - 60);
    written(&objects, &folder);
    let password = &recipe.password;
    // What the stores hold, as OpenSSL takes it.
    let out = |from: &str, what: &str, to: &str| {
        ok(
            &folder,
            &format!("openssl pkcs12 -in {from}.p12 -passin pass:{password} {what} -out {to}"),
        );
    };
    out("server-keystore", "-nokeys -clcerts", "own.pem");
    out("server-keystore", "-nokeys -cacerts", "rest.pem");
    out("server-keystore", "-nocerts -nodes", "own-key.pem");
    out("truststore", "-nokeys", "trusted.pem");
    let server = "-cert own.pem -key own-key.pem -cert_chain rest.pem -CAfile trusted.pem -Verify 2 -verify_return_error";
    with_server(&folder, server, |port| {
        let curl = format!("curl -sS --cacert server-ca.pem https://localhost:{port}/");
        let said =
            ok(&folder, &format!("{curl} --cert client-keystore.p12:{password} --cert-type P12"));
        assert!(said.replace(" = ", "=").contains("Subject: CN=ada"), "{said}");
        assert!(!run(&folder, &format!("{curl} --cert stranger.crt --key stranger.key")).0);
    });
}

#[test]
fn a_client_and_a_server_in_java_take_the_stores_and_a_stranger_is_not_let_in() {
    let folder = folder("mutual");
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let (recipe, objects) = made(&BuiltIn::named("spring-boot").unwrap(), now);
    written(&objects, &folder);
    let password = &recipe.password;
    ok(
        &folder,
        &format!(
            "openssl pkcs12 -export -in stranger.crt -inkey stranger.key -name stranger -passout pass:{password} -out stranger.p12"
        ),
    );
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/java/Mutual.java");
    let program = program.display();
    let stores = "server-keystore.p12 truststore.p12 client-truststore.p12";
    let said = ok(
        &folder,
        &format!(
            "java {program} . {password} {stores} client-keystore.p12 'stranger.p12!' stranger.p12 -"
        ),
    );
    for version in ["TLSv1.2", "TLSv1.3"] {
        let of = |client: &str| {
            let start = format!("{version} {client}: ");
            said.lines().find_map(|line| line.strip_prefix(&start)).expect(&said)
        };
        assert_eq!(
            of("client-keystore.p12"),
            format!("let in CN=ada, {version}, answered"),
            "{said}"
        );
        // One shows what the server did not ask for; the others, as clients of Java do, then show nothing.
        for other in ["stranger.p12!", "stranger.p12", "-"] {
            let told = of(other);
            assert!(told.starts_with("refused, ") && told.ends_with(", not answered"), "{said}");
        }
    }
}
