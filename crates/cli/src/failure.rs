//! Why a command ended early.

use distretto_study::fault::{Code, Fault, Log};

/// What ended a command.
pub enum Failure {
    /// Something about the input or the results.
    Fault(Box<Fault>),
    /// The answer is no; it has been given.
    No,
    /// Ctrl-C; what was done is kept, and was told.
    Interrupted,
    /// The reader of standard output went away; nothing to say.
    BrokenPipe,
}

impl Failure {
    /// 1 the answer is no, 2 usage, 3 input data, 4 internal, 130 interrupted (as shells have it).
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Fault(fault) => fault.exit_code(),
            Self::No => 1,
            Self::Interrupted => 130,
            Self::BrokenPipe => 0,
        }
    }
}

impl From<Box<Fault>> for Failure {
    fn from(fault: Box<Fault>) -> Self {
        Self::Fault(fault)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            return Self::BrokenPipe;
        }
        Self::Fault(
            Fault::new(Code::OutputFailed, "the results could not be written").because(error.to_string()),
        )
    }
}

/// Shows warnings and notes on standard error.
pub fn show(log: &Log, quiet: bool) {
    if quiet {
        return;
    }
    for note in log.notes() {
        eprintln!("note: {note}");
    }
    for warning in log.warnings() {
        eprintln!("warning: {warning}");
    }
}
