//! Words and checks that most stories do without.

use super::checks::{
    closing as check_closing, compression as check_compression, hello, raw_key as check_raw_key,
    resumption as checks,
};
use super::closing::Closing;
use super::scene::Scene;
use super::words::{
    Teller, Words, closing, compressed_certificate, hello_retry_request, key_update, raw_key,
    resumption,
};
use super::{Check, Step, Story};
use crate::dissect::Message;

/// The doors to them.
pub struct Rare {
    /// What a ClientHello that offers to resume a session adds to its own words.
    pub offer: Teller,
    /// What a ServerHello that resumes says: the choice it made, and its random.
    pub answer: fn(&Scene, &Message, &str, &str) -> Words,
    /// What EncryptedExtensions say about early data, and why the server decided so if the run tells.
    pub verdict: fn(&Scene, &Message) -> (&'static str, Option<&'static str>),
    /// Why early data is there, and what to notice about it.
    pub early_data: fn(&Scene) -> (String, String),
    /// EndOfEarlyData.
    pub end_of_early_data: Teller,
    /// HelloRetryRequest.
    pub retry: Teller,
    /// KeyUpdate.
    pub key_update: Teller,
    /// CompressedCertificate.
    pub compressed: Teller,
    /// What the steps of an uncommon end of the connection say.
    pub closing_steps: fn(&Scene, Closing, &mut [Step]),
    /// How it ended then.
    pub ended: fn(&Scene, Closing) -> String,
    /// The story of a server's raw public key.
    pub raw_key: fn(&Scene, &Message, &mut Story),
    /// The client's check on it.
    pub check_raw_key: fn(&super::checks::Context, &Message) -> Option<Check>,
    /// The client's check on a CompressedCertificate.
    pub check_compressed: fn(&super::checks::Context, &Message) -> Option<Check>,
    /// The check of the end that the other one stopped sending to.
    pub check_closing: fn(&super::checks::Context, Closing) -> Option<Check>,
    /// The server's checks on an offer to resume.
    pub check_offer: fn(&super::checks::Context) -> Vec<Check>,
    /// The client's checks on a HelloRetryRequest.
    pub check_retry: fn(&super::checks::Context) -> Vec<Check>,
    /// The client's checks on a ServerHello that resumes.
    pub check_answer: fn(&super::checks::Context) -> Vec<Check>,
}

static ALL: Rare = Rare {
    offer: resumption::offer,
    answer: resumption::answer,
    verdict: resumption::verdict,
    early_data: resumption::early_data,
    end_of_early_data: resumption::end_of_early_data,
    retry: hello_retry_request::tell,
    key_update: key_update::tell,
    compressed: compressed_certificate::tell,
    closing_steps: closing::tell,
    ended: closing::ended,
    raw_key: raw_key::tell,
    check_raw_key: check_raw_key::check,
    check_compressed: check_compression::check,
    check_closing: check_closing::check,
    check_offer: checks::on_client_hello,
    check_retry: hello::on_retry_request,
    check_answer: checks::on_server_hello,
};

/// The words and checks.
pub fn rare() -> &'static Rare {
    &ALL
}
