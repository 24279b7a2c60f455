//! Programs by another clock than the machine's.

use std::process::Command;

/// Becomes `faketime`, whose arguments follow. One that was ended by force leaves a semaphore of its process's number,
/// and where a later process comes to have that number, it does not start: what is left there is nobody's.
const FAKETIME: &str =
    "rm -f /dev/shm/sem.faketime_sem_$$ /dev/shm/faketime_shm_$$; exec faketime \"$@\"";

/// The command by a clock that is so much ahead: in seconds, or with a unit, as in `+2d`.
pub fn ahead(by: &str, command: &Command) -> Command {
    let mut moved = Command::new("sh");
    moved.args(["-c", FAKETIME, "faketime", "-f", by]);
    moved.arg(command.get_program()).args(command.get_args());
    moved.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    // Or what waits would wait for that long.
    moved.env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    moved
}

/// A line of a shell, whose first command goes by such a clock.
pub fn line_ahead(by: &str, line: &str) -> String {
    format!("sh -c '{FAKETIME}' faketime -f {by} {line}")
}

#[test]
fn what_a_clock_that_was_ended_by_force_left_behind_is_in_nobodys_way() {
    let left = "touch /dev/shm/sem.faketime_sem_$$ /dev/shm/faketime_shm_$$; exec ";
    let by_arguments = ahead("+400d", Command::new("date").args(["-u", "+%Y"]));
    let arguments: Vec<_> = by_arguments.get_args().collect();
    let of_line = line_ahead("+400d", "date -u +%Y");
    let mut commands = [Command::new("sh"), Command::new("sh")];
    // Each becomes the next with the number that it has itself.
    commands[0].args(["-c", &format!("{left} sh \"$@\""), "sh"]).args(arguments);
    commands[1].args(["-c", &format!("{left} {of_line}")]);
    let now = Command::new("date").args(["-u", "+%Y"]).output().expect("a date").stdout;
    for command in &mut commands {
        let output = command.output().expect("a shell");
        assert!(output.status.success(), "{output:?}");
        assert_ne!(output.stdout, now, "{output:?}");
    }
}
