//! Between lessons and the lab: what a page shows there, and what a person selected there.

use super::error::{LessonError, Trouble};
use super::model::Directive;
use super::resolve::{in_tree, key_called, step_called, tree_of};
use super::value::{Place, Tree};
use crate::dissect::Epoch;
use crate::link::{Layer, Perspective, View};
use crate::run::Run;
use crate::story::{Step, Subject};
use crate::wire::Node;

impl Directive {
    /// The view of the lab that this asks for. `file` is the name that errors give.
    ///
    /// # Errors
    /// The step, field or key that `run` does not have.
    pub fn view(&self, run: &Run, file: &str) -> Result<View, LessonError> {
        self.find(run).map_err(|trouble| trouble.at(file, self.line))
    }

    fn find(&self, run: &Run) -> Result<View, Trouble> {
        let step = step_called(run, &self.step)?;
        if let Some(name) = &self.key {
            key_called(run, name)?;
        }
        let mut view = View {
            step: step.index,
            zoom: self.zoom,
            layer: self.layer,
            perspective: self.perspective,
            panel: self.panel,
            key: self.key.clone(),
            ..View::default()
        };
        if !self.select.is_empty() {
            let tree = shown_tree(run, step, &view).ok_or_else(|| {
                let what = format!("{} has no {} to show", step.title, self.layer.word());
                Trouble::new(what, "choose another layer")
            })?;
            let found = in_tree(run, tree, &self.select)?;
            view.selection = found.into_iter().next().map(|value| value.path).unwrap_or_default();
        }
        Ok(view)
    }
}

/// The tree that the lab shows of a step: of its message, or of one of its records or packets. To
/// an eavesdropper an encrypted message is the record it travels in.
pub fn shown_tree(run: &Run, step: &Step, view: &View) -> Option<Tree> {
    let record = |part: usize| step.records.get(part).copied().map(Tree::Record);
    match (view.layer, step.subject) {
        (Layer::Packet, _) | (Layer::Message, Subject::Packet(_)) => {
            let number = step.packets.get(view.part)?;
            let position = run.dissection().packets.iter().position(|p| p.number == *number)?;
            Some(Tree::Packet(position))
        }
        (Layer::Record, _) => record(view.part),
        (Layer::Message, Subject::Message(_))
            if view.perspective == Perspective::Eavesdropper && step.epoch != Epoch::Plain =>
        {
            record(view.part)
        }
        (Layer::Message, Subject::Message(position)) => Some(Tree::Message(position)),
    }
}

/// What is selected in the lab: its octets, and the name of the field.
pub fn selected(run: &Run, view: &View) -> Option<(Place, &'static str)> {
    let step = run.story().steps.get(view.step)?;
    let tree = shown_tree(run, step, view)?;
    let (_, mut nodes) = tree_of(run, tree)?;
    let mut selected: Option<&Node> = None;
    for &position in &view.selection {
        let node = nodes.get(position)?;
        nodes = &node.children;
        selected = Some(node);
    }
    let node = selected?;
    Some((Place { tree, start: node.start, end: node.end }, node.field.name))
}
