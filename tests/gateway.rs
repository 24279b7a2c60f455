//! Gateways: two hops on one clock, and who can read what on each of them.

#![cfg(test)]

use handshake_lab::capture::pcapng;
use handshake_lab::engine::Capabilities;
use handshake_lab::run::Run;
use handshake_lab::scenario::Scenario;
use handshake_lab::story::Told;
use handshake_lab::trace::{Connection, Endpoint, Op, Role, Status};
use handshake_lab::visibility::{Place, Table, who_reads_what};
use handshake_lab::wire::application_data::http_field;

const PRESETS: [&str; 4] =
    ["gateway-terminate", "gateway-reencrypt", "gateway-mtls", "gateway-passthrough"];

fn run(text: &str) -> Run {
    Run::new(&Scenario::parse(text).unwrap(), &Capabilities::all()).unwrap()
}

fn written(connection: &Connection, who: Endpoint) -> Vec<u8> {
    connection
        .events_of(who)
        .filter_map(|event| match &event.op {
            Op::DataWritten { data } => Some(data.clone()),
            _ => None,
        })
        .collect::<Vec<_>>()
        .concat()
}

fn read(connection: &Connection, who: Endpoint) -> Vec<u8> {
    connection
        .events_of(who)
        .filter_map(|event| match &event.op {
            Op::DataRead { data } => Some(data.clone()),
            _ => None,
        })
        .collect::<Vec<_>>()
        .concat()
}

#[test]
fn every_gateway_joins_two_connections_that_both_end_well() {
    for preset in PRESETS {
        for more in ["", "+version=1.2", "+client-cert=required", "+cert=rsa-2048", "+rtt-ms=0"] {
            let text = format!("{preset}{more}");
            let run = run(&text);
            let [outer, inner] = &run.trace.connections[..] else { panic!("{text}: two hops") };
            assert_eq!((outer.roles.client, outer.roles.server), (Role::Client, Role::Gateway));
            assert_eq!((inner.roles.client, inner.roles.server), (Role::Gateway, Role::Service));
            for connection in [outer, inner] {
                for who in Endpoint::BOTH {
                    let end = connection.end(who);
                    assert_eq!(end.status, Status::Established, "{text}: {end:?}");
                }
            }
            for dissection in run.dissections.iter() {
                assert_eq!(dissection.problems, Vec::<String>::new(), "{text}");
            }
            let answered = read(outer, Endpoint::Client);
            assert!(answered.starts_with(b"HTTP/1.1 200 OK"), "{text}");
            assert_eq!(answered, written(inner, Endpoint::Server), "{text}");
        }
    }
}

#[test]
fn the_inner_connection_starts_when_the_gateway_knows_where_to() {
    for (preset, field) in PRESETS.into_iter().zip(["Host", "Host", "Host", "server_name"]) {
        let run = run(preset);
        let [outer, inner] = &run.trace.connections[..] else { panic!() };
        let routed = outer.events_of(Endpoint::Server).find_map(|event| match &event.op {
            Op::Routed { field, name, to } => {
                Some((event.at_us, field.as_str(), name.clone(), *to))
            }
            _ => None,
        });
        let (at_us, by, name, to) = routed.expect(preset);
        assert_eq!((by, name.as_str(), to), (field, "www.example.com", inner.server), "{preset}");
        assert_eq!(inner.packets[0].sent_us, at_us, "{preset}");
        // Both hops are alive at once.
        assert!(outer.packets.iter().any(|packet| packet.sent_us > at_us), "{preset}");
    }
}

#[test]
fn a_gateway_that_speaks_http_tells_the_service_whom_it_asks_for() {
    for preset in ["gateway-terminate", "gateway-reencrypt", "gateway-mtls"] {
        let run = run(&format!("{preset}+client-cert=required"));
        let inner = &run.trace.connections[1];
        let request = read(inner, Endpoint::Server);
        let field = |name| http_field(&request, name);
        assert_eq!(field("x-forwarded-for").as_deref(), Some("192.0.2.1"), "{preset}");
        let forwarded = "for=192.0.2.1;host=www.example.com;proto=https";
        assert_eq!(field("forwarded").as_deref(), Some(forwarded), "{preset}");
        let certificate = field("client-cert").expect(preset);
        assert!(certificate.starts_with(":MII") && certificate.ends_with(':'), "{certificate}");
        let answer = String::from_utf8(read(&run.trace.connections[0], Endpoint::Client)).unwrap();
        assert!(answer.contains("you asked from 192.0.2.1"), "{answer}");
    }
    // Without a certificate there is nothing to tell of it.
    let request = read(&run("gateway-terminate").trace.connections[1], Endpoint::Server);
    assert_eq!(http_field(&request, "client-cert"), None);
}

#[test]
fn pass_through_carries_the_same_records_on_both_hops() {
    for text in ["gateway-passthrough", "gateway-passthrough+version=1.2"] {
        let run = run(text);
        let [outer, inner] = &run.dissections[..] else { panic!() };
        for who in Endpoint::BOTH {
            let octets = |parts: &handshake_lab::dissect::Dissection| -> Vec<Vec<u8>> {
                let own = parts.records.iter().filter(|record| record.from == who);
                own.map(|record| record.bytes.clone()).collect()
            };
            assert_eq!(octets(outer), octets(inner), "{text}");
        }
        let keys = |parts: &handshake_lab::dissect::Dissection| -> Vec<(&str, Vec<u8>)> {
            parts.keys.iter().map(|key| (key.name, key.output.clone())).collect()
        };
        assert!(!outer.keys.is_empty());
        // Names alone would not do: the values are those of one session.
        assert_eq!(keys(outer), keys(inner), "{text}");
        assert!(written(&run.trace.connections[0], Endpoint::Server).is_empty());
    }
}

#[test]
fn the_two_hops_of_a_gateway_that_ends_tls_share_no_secret() {
    let run = run("gateway-reencrypt");
    let [outer, inner] = &run.dissections[..] else { panic!() };
    let secret = |parts: &handshake_lab::dissect::Dissection, name| {
        parts.key(name).map(|key| key.output.clone()).unwrap()
    };
    for name in ["shared_secret", "handshake_secret", "client_application_traffic_secret_0"] {
        assert_ne!(secret(outer, name), secret(inner, name), "{name}");
    }
    assert_eq!(inner.negotiated.server_name.as_deref(), Some("service.internal.example"));
}

/// The places where `fact` can be read, by name.
fn readers(table: &Table, fact: &str) -> Vec<String> {
    let found = table.facts.iter().find(|row| row.name == fact);
    let row = found.unwrap_or_else(|| panic!("no fact {fact} in {table:?}"));
    places_of(table, &row.excerpts.iter().map(Option::is_some).collect::<Vec<_>>())
}

/// The names of the places of which something holds.
fn places_of(table: &Table, holds: &[bool]) -> Vec<String> {
    let places = table.places.iter().zip(holds);
    places.filter(|(_, holds)| **holds).map(|(place, _)| place.name()).collect()
}

const OUTER: &str = "client – gateway";
const INNER: &str = "gateway – service";

#[test]
fn who_can_read_and_change_the_request_is_what_each_gateway_makes_of_it() {
    let everyone_inside = ["client", "gateway", INNER, "service"];
    for (preset, expected, changers) in [
        ("gateway-terminate", &everyone_inside[..], &["gateway", INNER][..]),
        ("gateway-reencrypt", &["client", "gateway", "service"], &["gateway"]),
        ("gateway-mtls", &["client", "gateway", "service"], &["gateway"]),
        ("gateway-passthrough", &["client", "service"], &[]),
        ("gateway-intercept", &["client", "proxy", "server"], &["proxy"]),
        ("mitm-verification-off+seed=2", &["client", "attacker", "server"], &["attacker"]),
    ] {
        for version in ["1.2", "1.3"] {
            let table = who_reads_what(&run(&format!("{preset}+version={version}"))).unwrap();
            assert_eq!(readers(&table, "the request"), expected, "{preset} {version}");
            let with_keys = table.facts.iter().filter(|fact| fact.changes.contains(&true));
            for fact in
                with_keys.chain(table.facts.iter().filter(|fact| fact.name == "the request"))
            {
                assert_eq!(
                    places_of(&table, &fact.changes),
                    changers,
                    "{preset} {version} {}",
                    fact.name
                );
            }
            if let Some(response) = table.facts.iter().find(|fact| fact.name == "the response") {
                let has: Vec<bool> = response.excerpts.iter().map(Option::is_some).collect();
                assert_eq!(places_of(&table, &has), expected, "{preset} {version}");
            }
        }
    }
}

#[test]
fn what_else_can_be_read_is_found_in_the_bytes_of_the_place() {
    let table = |text| who_reads_what(&run(text)).unwrap();
    // SNI is in the clear on the outer hop; inside it is in the request, if that can be read.
    let name = "the name the client asks for";
    let terminate = table("gateway-terminate");
    assert_eq!(readers(&terminate, name), ["client", OUTER, "gateway", INNER, "service"]);
    assert_eq!(readers(&table("gateway-reencrypt"), name), ["client", OUTER, "gateway", "service"]);
    let through = table("gateway-passthrough");
    assert_eq!(readers(&through, name), ["client", OUTER, "gateway", INNER, "service"]);
    // The service learns the client's address only where the gateway can tell it.
    let address = "the client's address";
    assert!(readers(&terminate, address).contains(&"service".to_owned()));
    assert_eq!(readers(&through, address), ["client", OUTER, "gateway"]);
    // TLS 1.3 hides certificates from the wire, TLS 1.2 does not.
    assert_eq!(readers(&through, "the service's certificate"), ["client", "service"]);
    let old = table("gateway-passthrough+version=1.2");
    let all = ["client", OUTER, "gateway", INNER, "service"];
    assert_eq!(readers(&old, "the service's certificate"), all);
    let mutual = table("gateway-mtls");
    assert_eq!(readers(&mutual, "the gateway's client certificate"), ["gateway", "service"]);
    assert_eq!(readers(&mutual, "the gateway's certificate"), ["client", "gateway"]);
    // Passed on in a field, a client's certificate is as readable as the request.
    let known = table("gateway-terminate+client-cert=required");
    let certificate = readers(&known, "the client's certificate");
    assert_eq!(certificate, ["client", "gateway", INNER, "service"]);
    assert!(who_reads_what(&run("tls13")).is_none());
}

#[test]
fn an_excerpt_is_what_stands_there() {
    let table = who_reads_what(&run("gateway-terminate")).unwrap();
    let wire = table.places.iter().position(|place| matches!(place, Place::Wire(1, ..))).unwrap();
    let excerpt = |fact: &str| {
        let row = table.facts.iter().find(|row| row.name == fact).unwrap();
        row.excerpts[wire].clone().unwrap()
    };
    assert_eq!(excerpt("the request"), "GET / HTTP/1.1");
    assert_eq!(excerpt("the name the client asks for"), "Host: www.example.com");
    assert_eq!(
        excerpt("the client's address"),
        "Forwarded: for=192.0.2.1;host=www.example.com;proto=https"
    );
}

#[test]
fn a_story_names_the_ends_of_its_hop() {
    for (preset, hop, banned) in [
        ("gateway-terminate", 0, "the server"),
        ("gateway-terminate", 1, "the client"),
        ("gateway-mtls", 1, "the client"),
        ("gateway-passthrough", 0, "the server"),
        ("gateway-passthrough", 1, "the server"),
    ] {
        let run = run(preset).at(hop);
        let (story, findings) = (run.story(), run.findings());
        let mut texts: Vec<&str> = vec![&story.ending];
        for step in run.told() {
            texts.extend([
                &*step.words.what,
                &step.words.why,
                &step.words.notice,
                &step.words.eavesdropper,
            ]);
        }
        texts.extend(run.facts().iter().flat_map(|fact| [&*fact.name, &fact.why]));
        texts.extend(findings.checks.iter().flat_map(|check| [&*check.question, &check.detail]));
        let terms = ["random", "name", "certificate", "application", "handshake", "write", "it "];
        for text in texts {
            for (at, _) in text.match_indices(banned) {
                let rest = text[at + banned.len()..].trim_start();
                assert!(
                    terms.iter().any(|term| rest.starts_with(term)),
                    "{preset}, hop {hop}: {text}"
                );
            }
        }
    }
}

#[test]
fn a_gateway_that_passes_on_knows_what_an_eavesdropper_knows() {
    let run = run("gateway-passthrough");
    let (outer, inner) = (run.at(0), run.at(1));
    for fact in outer.facts() {
        assert_eq!(fact.server, fact.eavesdropper, "{}", fact.name);
    }
    for fact in inner.facts() {
        assert_eq!(fact.client, fact.eavesdropper, "{}", fact.name);
    }
    assert!(outer.findings().checks.iter().all(|check| check.by == Endpoint::Client));
    assert!(inner.findings().checks.iter().all(|check| check.by == Endpoint::Server));
}

#[test]
fn a_hop_without_tls_is_told_as_http() {
    let run = run("gateway-terminate");
    let story = &run.stories[1];
    let titles: Vec<&str> = story.steps.iter().map(|step| step.title.as_str()).collect();
    assert!(titles.contains(&"GET /") && titles.contains(&"200 OK"), "{titles:?}");
    assert!(story.ending.contains("without TLS"), "{}", story.ending);
    let request = run.told_of(1).find(|step| step.title == "GET /").unwrap();
    assert!(request.words.eavesdropper.starts_with("All of it"), "{}", request.words.eavesdropper);
    assert!(request.words.notice.contains("192.0.2.1"), "{}", request.words.notice);
    assert!(!request.packets.is_empty());
    for step in run.told_of(1) {
        assert!(!step.words.notice.contains("ClientHello"), "{}", step.words.notice);
    }
}

#[test]
fn whom_a_forwarded_request_came_from_is_told_with_tls_and_without() {
    for preset in ["gateway-terminate", "gateway-reencrypt", "gateway-mtls"] {
        let run = run(preset);
        let request = run.told_of(1).find(|step| step.title == "GET /").unwrap();
        let told = "**192.0.2.1** is only in the fields `Forwarded` and `X-Forwarded-For`";
        assert!(request.words.notice.contains(told), "{preset}: {}", request.words.notice);
    }
}

#[test]
fn how_long_the_client_took_is_told_on_its_own_hop_alone() {
    let run = run("gateway-passthrough");
    let done = |hop: usize| {
        let is_done = |step: &Told<'_>| step.title == "Finished" && step.from == Endpoint::Client;
        run.told_of(hop).find(is_done).unwrap().words.notice.clone()
    };
    assert!(done(0).contains("is done now, 84 ms and one exchange"), "{}", done(0));
    assert!(run.stories[0].ending.contains("in 84 ms"), "{}", run.stories[0].ending);
    assert!(!done(1).contains(" ms"), "{}", done(1));
    assert!(!run.stories[1].ending.contains(" ms"), "{}", run.stories[1].ending);
}

#[test]
fn a_capture_has_an_interface_for_each_hop() {
    let count = |text: &str| {
        let file = pcapng::write(&run(text).trace);
        let word = |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().unwrap());
        let (mut at, mut interfaces) = (0, 0);
        while at < file.len() {
            interfaces += u32::from(word(at) == 1);
            at += word(at + 4) as usize;
        }
        interfaces
    };
    assert_eq!(count("gateway-mtls"), 2);
    assert_eq!(count("tls13"), 1);
}

#[test]
fn what_does_not_go_with_a_gateway_is_refused() {
    let plain = "does not go with gateway=terminate";
    for (more, problem) in [
        ("resume=stored", plain),
        ("requests=2", plain),
        ("key-exchange=rsa", plain),
        ("fault=cert-expired", "this fault is about one between client and server"),
    ] {
        let error = Scenario::parse(&format!("gateway-terminate+{more}")).unwrap_err();
        // The rule stands on the row of the key that needs a run without gateway.
        assert!(more.starts_with(&error.key), "{more}: {error}");
        assert!(error.problem.ends_with(problem), "{more}: {error}");
    }
}

#[test]
fn where_the_service_is_refused_the_client_is_told_502_over_a_sound_connection() {
    for text in ["upstream-cert-expired", "upstream-name-mismatch"] {
        for version in ["tls13", "tls12"] {
            let scenario = Scenario::parse(&format!("{version}+fault={text}")).unwrap();
            let run = Run::new(&scenario, &Capabilities::all()).unwrap();
            let [outer, inner] = &run.trace.connections[..] else { panic!("{text}: two hops") };
            assert_eq!(inner.client_end.status, Status::Failed, "{text}");
            assert_eq!(outer.client_end.status, Status::Established, "{text}");
            let titles = run.story().steps.iter().map(|step| step.title.as_str());
            assert!(titles.clone().any(|title| title == "502 Bad Gateway"), "{text}");
        }
    }
}

#[test]
fn what_nobody_notices_at_a_gateway_shows_in_what_the_service_gets() {
    let service = |text: &str| -> String {
        let run = Run::new(&Scenario::parse(text).unwrap(), &Capabilities::all()).unwrap();
        let read = run.trace.connections[1].events_of(Endpoint::Server);
        let read = read.filter_map(|event| match &event.op {
            Op::DataRead { data } => Some(String::from_utf8_lossy(data).into_owned()),
            _ => None,
        });
        read.collect()
    };
    let lost = service("client-identity-lost");
    assert!(lost.contains("GET / ") && !lost.contains("Client-Cert"), "{lost}");
    assert!(service("gateway-terminate+client-cert=required").contains("Client-Cert"));
    let run = Run::new(&Scenario::parse("plaintext-inner-hop").unwrap(), &Capabilities::all());
    let run = run.unwrap();
    assert!(run.dissections[1].records.is_empty() && !run.dissections[0].records.is_empty());
}
