//! Between lessons and the lab: what a page shows there, and what a person selected there.

use super::error::{LessonError, Trouble};
use super::model::Directive;
use super::resolve::{in_tree, key_called, step_called, tree_of};
use super::scenarios::with_lesson_seed;
use super::value::{Place, Tree};
use crate::dissect::Epoch;
use crate::keys;
use crate::route::{Layer, Page, Perspective, View};
use crate::run::Run;
use crate::scenario::Gateway;
use crate::story::{Step, Subject};

impl Directive {
    /// The view of the lab that this asks for. `file` is the name that errors give.
    ///
    /// # Errors
    /// The step, field or key that `run` does not have.
    pub fn view(&self, run: &Run, file: &str) -> Result<View, LessonError> {
        self.find(run).map_err(|trouble| trouble.at(file, self.line))
    }

    /// What is wrong with the screen that is shown in place of the lab, about `run`.
    pub(super) fn screen_trouble(&self, run: &Run) -> Option<Trouble> {
        let misses = self.screen?.has_gateway && run.scenario().gateway == Gateway::None;
        let fix = "give the page a `scenario` with gateway= in it";
        misses.then(|| Trouble::new("a run without a gateway", fix))
    }

    /// The address of the screen that is shown in place of the lab, about `run`; `None` for the lab.
    pub fn elsewhere(&self, run: &Run) -> Option<Page> {
        let own = run.scenario();
        let other = self.with.as_deref().map(|text| with_lesson_seed(text, own.seed));
        Some(self.screen?.page(&own.text(), other.as_deref()))
    }

    fn find(&self, run: &Run) -> Result<View, Trouble> {
        let step =
            match self.step.as_slice() {
                [] => run.story().steps.first().ok_or_else(|| {
                    Trouble::new("a run without a step", "choose another scenario")
                })?,
                name => step_called(run, name)?,
            };
        if let Some(name) = &self.key {
            key_called(run, name)?;
        }
        let mut view = View {
            step: Some(step.index),
            zoom: self.zoom,
            layer: self.layer,
            perspective: self.perspective,
            panel: Some(self.panel),
            key: self.key.as_deref().map(|name| keys::current(name).to_owned()),
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

/// The tree that the lab shows of a step: of its message, or of one of its records or packets. The
/// layer is the wanted one, or the first that the step has: to an eavesdropper an encrypted message
/// is the record it travels in.
pub fn shown_tree(run: &Run, step: &Step, view: &View) -> Option<Tree> {
    let sealed = view.perspective == Perspective::Eavesdropper && step.epoch != Epoch::Plain;
    let message = match step.subject {
        Subject::Message(position) if !sealed => vec![Tree::Message(position)],
        _ => Vec::new(),
    };
    let records: Vec<Tree> = step.records.iter().map(|at| Tree::Record(*at)).collect();
    let packets = run.dissection().packets.iter().enumerate();
    let packets: Vec<Tree> = packets
        .filter(|(_, packet)| step.packets.contains(&packet.number))
        .map(|(position, _)| Tree::Packet(position))
        .collect();
    let layers = [(Layer::Message, message), (Layer::Record, records), (Layer::Packet, packets)];
    let there = || layers.iter().filter(|(_, trees)| !trees.is_empty());
    let (_, trees) = there().find(|(layer, _)| *layer == view.layer).or_else(|| there().next())?;
    trees.get(view.part.min(trees.len() - 1)).copied()
}

/// What is selected in the lab: its bytes, and the name of the field.
pub fn selected(run: &Run, view: &View) -> Option<(Place, &'static str)> {
    let step = run.story().steps.get(view.step?)?;
    let mut tree = shown_tree(run, step, view)?;
    let (first, rest) = view.selection.split_first()?;
    let mut first = *first;
    // Whoever has the keys sees the inside of a record below it, counted on.
    if let (Tree::Record(record), Some((_, roots))) = (tree, tree_of(run, tree))
        && let Some(inside) = first.checked_sub(roots.len())
    {
        (tree, first) = (Tree::Opened(record), inside);
    }
    let (_, roots) = tree_of(run, tree)?;
    let mut node = roots.get(first)?;
    for &position in rest {
        node = node.children.get(position)?;
    }
    Some((Place { tree, start: node.start, end: node.end }, node.field.name))
}
