//! Small parts that several screens use.

mod certificate;
mod choose;
mod commands;
mod copy;
mod delegate;
mod download;
mod heading;
mod hex;
mod later;
mod made_by;
mod rich;
mod sheet;
mod sliced;
mod tabs;

pub use certificate::{certificate_facts, fact};
pub use choose::{ChooseScenario, Group, all_scenarios, options, ready_made};
pub use commands::Commands;
pub use copy::CopyButton;
pub use delegate::{
    attribute_at, go_to_heading, keep_clear, keep_in_view, keep_tab_in_view, plain_click,
};
pub use download::download;
pub use heading::{focused, follow_to, is_taken, to_heading};
pub use hex::grouped;
pub use later::{Behind, later};
pub use made_by::made_by;
pub use rich::{plain, rich, rich_with};
pub use sheet::Sheet;
pub use sliced::{all_built, loading, sliced};
pub use tabs::{Tab, Tabs};
