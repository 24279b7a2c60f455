//! The browser's entry: mounts the page.

fn main() {
    handshake_lab::ui::mount();
}
