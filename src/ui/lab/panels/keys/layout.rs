//! Where the values of the key schedules stand: one table a version, in the order of RFC 9846,
//! section 7.1, and RFC 5246, section 6.3.

use crate::dissect::KeyNode;

/// Columns of the drawing.
pub const COLUMNS: u8 = 12;

/// Where a value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The value's name.
    pub name: &'static str,
    /// What stands in its box.
    pub label: &'static str,
    /// Its class: the keys it belongs to.
    pub tone: &'static str,
    /// Row of the table, from 0. Rows that hold no value of a run are closed up.
    pub row: u8,
    /// First column, from 0.
    pub column: u8,
    /// How many columns it takes.
    pub span: u8,
}

macro_rules! places {
    ($($row:literal: $($name:literal as $label:literal $tone:literal at $column:literal wide $span:literal),+;)*) => {
        &[$($(Place { name: $name, label: $label, tone: $tone, row: $row, column: $column, span: $span },)+)*]
    };
}

const TLS13: &[Place] = places! {
    0: "psk" as "psk" "shared" at 3 wide 6;
    1: "early_secret" as "early_secret" "" at 3 wide 6;
    2: "binder_key" as "binder_key" "" at 0 wide 5,
       "client_early_traffic_secret" as "client e traffic" "early" at 7 wide 5;
    3: "binder_finished_key" as "finished" "" at 0 wide 5,
       "client_early_key" as "key" "early" at 7 wide 3,
       "client_early_iv" as "iv" "early" at 10 wide 2;
    4: "binder" as "binder" "" at 0 wide 5,
       "early_exporter_secret" as "early exporter" "" at 7 wide 5;
    // Only in a hybrid exchange.
    5: "mlkem768_shared_secret" as "ML-KEM" "shared" at 6 wide 3,
       "x25519_shared_secret" as "X25519" "shared" at 9 wide 3;
    6: "derived_for_handshake" as "derived" "" at 4 wide 4,
       "shared_secret" as "shared_secret" "shared" at 8 wide 4;
    7: "handshake_secret" as "handshake_secret" "" at 3 wide 6;
    8: "client_handshake_traffic_secret" as "client hs traffic" "handshake" at 0 wide 6,
       "server_handshake_traffic_secret" as "server hs traffic" "handshake" at 6 wide 6;
    9: "client_handshake_key" as "key" "handshake" at 0 wide 2,
       "client_handshake_iv" as "iv" "handshake" at 2 wide 1,
       "client_finished_key" as "finished" "handshake" at 3 wide 3,
       "server_handshake_key" as "key" "handshake" at 6 wide 2,
       "server_handshake_iv" as "iv" "handshake" at 8 wide 1,
       "server_finished_key" as "finished" "handshake" at 9 wide 3;
    10: "client_finished" as "verify_data" "handshake" at 2 wide 4,
       "server_finished" as "verify_data" "handshake" at 8 wide 4;
    11: "derived_for_main" as "derived" "" at 4 wide 4;
    12: "main_secret" as "main_secret" "" at 3 wide 6;
    13: "client_application_traffic_secret_0" as "client ap traffic" "application" at 0 wide 6,
       "server_application_traffic_secret_0" as "server ap traffic" "application" at 6 wide 6;
    14: "client_application_key" as "key" "application" at 0 wide 3,
       "client_application_iv" as "iv" "application" at 3 wide 3,
       "server_application_key" as "key" "application" at 6 wide 3,
       "server_application_iv" as "iv" "application" at 9 wide 3;
    15: "client_application_traffic_secret_1" as "client, updated" "application" at 0 wide 6,
        "server_application_traffic_secret_1" as "server, updated" "application" at 6 wide 6;
    16: "client_application_key_1" as "key" "application" at 0 wide 3,
        "client_application_iv_1" as "iv" "application" at 3 wide 3,
        "server_application_key_1" as "key" "application" at 6 wide 3,
        "server_application_iv_1" as "iv" "application" at 9 wide 3;
    17: "exporter_secret" as "exporter" "" at 0 wide 6,
        "resumption_secret" as "resumption" "" at 6 wide 6;
    18: "resumption_psk" as "resumption psk" "" at 6 wide 6;
};

const TLS12: &[Place] = places! {
    0: "preliminary_secret" as "preliminary_secret" "shared" at 3 wide 6;
    1: "main_secret" as "main_secret" "" at 3 wide 6;
    2: "client_finished" as "client Finished" "" at 0 wide 4,
       "key_block" as "key_block" "application" at 4 wide 4,
       "server_finished" as "server Finished" "" at 8 wide 4;
    3: "client_write_key" as "client key" "application" at 0 wide 3,
       "client_write_iv" as "client iv" "application" at 3 wide 3,
       "server_write_key" as "server key" "application" at 6 wide 3,
       "server_write_iv" as "server iv" "application" at 9 wide 3;
};

/// A run's values in their places, rows counted without gaps, and those that have no place.
pub fn arrange(keys: &[KeyNode]) -> (Vec<Place>, Vec<&KeyNode>) {
    let has = |name: &str| keys.iter().any(|node| node.name == name);
    let table = if has("key_block") { TLS12 } else { TLS13 };
    let mut places: Vec<Place> = table.iter().filter(|place| has(place.name)).copied().collect();
    let mut rows: Vec<u8> = places.iter().map(|place| place.row).collect();
    rows.dedup();
    for place in &mut places {
        let row = rows.iter().position(|row| *row == place.row).unwrap_or(0);
        place.row = u8::try_from(row).unwrap_or(u8::MAX);
    }
    let unplaced = keys.iter().filter(|node| !places.iter().any(|p| p.name == node.name)).collect();
    (places, unplaced)
}
