//! Messages without a body.

use super::row::Message;
use crate::tls::HandshakeType;
use crate::wire::node::Field;

pub(in crate::wire) static HELLO_REQUEST: Message = Message {
    code: HandshakeType::HELLO_REQUEST,
    field: Field::new(
        "HelloRequest",
        "",
        "TLS 1.2: the server asks the client to negotiate again. [RFC 5246, section 7.4.1.1]",
    ),
    read: |_, _| Ok(String::new()),
};

pub(in crate::wire) static END_OF_EARLY_DATA: Message = Message {
    code: HandshakeType::END_OF_EARLY_DATA,
    field: Field::new(
        "EndOfEarlyData",
        "",
        "The client has sent all its early data; its next record is under the handshake keys. [RFC 9846, section 4.6]",
    ),
    read: |_, _| Ok(String::new()),
};

pub(in crate::wire) static SERVER_HELLO_DONE: Message = Message {
    code: HandshakeType::SERVER_HELLO_DONE,
    field: Field::new(
        "ServerHelloDone",
        "",
        "TLS 1.2: the server has said all it has to say for now; it is the client's turn. [RFC 5246, section 7.4.5]",
    ),
    read: |_, _| Ok(String::new()),
};
