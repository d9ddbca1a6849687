//! What a name may be, and what no text may hold.

use distretto_study::fault::{Code, Fault, Result};

use super::faults::shown;

/// Whether something can be called that in the store and in addresses: 1 to 80 lower-case letters, digits and hyphens, the first no hyphen.
/// `what` says what it is, for the message.
///
/// # Errors
/// D1057.
pub fn check_name(what: &str, name: &str) -> Result<()> {
    let letters = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    told(what, name, letters)
}

/// The same for users, who may have full stops in their names.
pub(super) fn check_user(name: &str) -> Result<()> {
    let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.".contains(&byte);
    told("user", name, name.bytes().all(letter))
}

/// PostgreSQL takes no NUL in a text. JSON writes it as an escape; in every other text, and in every name that is looked for, the sign for a character that cannot be
/// shown stands in its place. So a name with NUL names nothing that is there.
pub(super) fn without_nul(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

fn told(what: &str, name: &str, letters: bool) -> Result<()> {
    if letters && (1..=80).contains(&name.len()) && !name.starts_with(['-', '.']) {
        return Ok(());
    }
    Err(Fault::new(Code::StoreName, format!("a {what} cannot be called `{}`", shown(name)))
        .because("it is not made of 1 to 80 lower-case letters, digits and hyphens")
        .hint("choose another name, such as `brindisi-2005`"))
}
