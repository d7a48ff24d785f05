//! A line on the terminal that says how far a long run has come.

use std::io::IsTerminal;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::output;

/// How long a run may take before it says something.
const PATIENCE: Duration = Duration::from_millis(700);
/// How often the line is drawn.
const PACE: Duration = Duration::from_millis(100);
/// The length of the bar.
const BAR: usize = 24;

/// How far a run has come. Shown on a terminal only, and taken away again.
pub(super) struct Progress {
    state: Option<Mutex<State>>,
}

struct State {
    done: usize,
    all: usize,
    draw_at: Instant,
    /// The width of what is on the terminal.
    drawn: usize,
}

impl Progress {
    /// The progress of a run over `all` files. `is_quiet` and a CI system (`CI`) want none of it.
    pub(super) fn new(all: usize, is_quiet: bool) -> Self {
        let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let is_dumb = output::is_dumb(std::env::var_os("TERM"));
        let is_shown = all > 1 && !is_quiet && !is_set("CI") && !is_dumb && std::io::stderr().is_terminal();
        let state = State { done: 0, all, draw_at: Instant::now() + PATIENCE, drawn: 0 };
        Self { state: is_shown.then(|| Mutex::new(state)) }
    }

    /// One file more is done.
    pub(super) fn step(&self) {
        let Some(state) = &self.state else { return };
        let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
        state.done += 1;
        let now = Instant::now();
        if now >= state.draw_at {
            let line = line(state.done, state.all);
            output::print_error(format!("\r{line}").as_bytes());
            state.draw_at = now + PACE;
            state.drawn = line.chars().count();
        }
    }

    /// Takes the line away, so that the findings start on an empty one.
    pub(super) fn clear(&self) {
        let Some(state) = &self.state else { return };
        let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.drawn > 0 {
            output::print_error(format!("\r{:1$}\r", "", state.drawn).as_bytes());
            state.drawn = 0;
        }
    }
}

fn line(done: usize, all: usize) -> String {
    let filled = (BAR * done.min(all)).checked_div(all).unwrap_or(BAR);
    // The count of digits only grows, so a line always covers the one before it.
    format!("checking [{:#<filled$}{:-<2$}] {done} of {all} files", "", "", BAR - filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_a_bar() {
        assert_eq!(line(1, 4), "checking [######------------------] 1 of 4 files");
        assert_eq!(line(4, 4), "checking [########################] 4 of 4 files");
    }
}
