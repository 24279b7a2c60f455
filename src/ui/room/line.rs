//! What two windows of the page talk over.

use crate::speaker::Message;
use web_sys::wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{BroadcastChannel, MessageEvent};

/// A line between the windows that know its name; it lasts as long as this does.
pub struct Line {
    channel: BroadcastChannel,
    _heard: Closure<dyn Fn(MessageEvent)>,
}

impl Line {
    /// Opens it, and gives `heard` whatever another window says. `None` where the browser has no such lines.
    pub fn open(name: &str, heard: impl Fn(Message) + 'static) -> Option<Line> {
        let channel = BroadcastChannel::new(&format!("handshake-lab/notes/{name}")).ok()?;
        let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(message) = event.data().as_string().and_then(|text| Message::parse(&text)) {
                heard(message);
            }
        });
        channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        Some(Line { channel, _heard: heard })
    }

    /// Says something to the other windows.
    pub fn say(&self, message: &Message) {
        // Refused only to a line that is closed.
        let _ = self.channel.post_message(&message.to_string().into());
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.channel.close();
    }
}
