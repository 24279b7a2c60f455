//! What someone with a perspective sees of a step.

use crate::dissect::Epoch;
use crate::route::Perspective;
use crate::story::Step;

/// Whether they cannot read what the step carries.
pub fn is_sealed(step: &Step, perspective: Perspective) -> bool {
    perspective == Perspective::Eavesdropper && step.epoch != Epoch::Plain
}

/// What the step is called to them.
pub fn title(step: &Step, perspective: Perspective) -> &str {
    if is_sealed(step, perspective) { "Encrypted record" } else { &step.title }
}
