//! Secrets that are sent once and kept as hashes.

use std::fmt;
use std::fmt::Write as _;

use distretto_study::fault::{Code, Fault, Result};
use sha2::{Digest, Sha256};

/// A secret of 256 random bits, as 64 hexadecimal digits. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A new one.
    ///
    /// # Errors
    /// D0901 where the system gives no random bytes.
    pub(super) fn new() -> Result<Self> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|error| {
            Fault::new(Code::Internal, "the system gives no random bytes").because(error.to_string())
        })?;
        Ok(Self(hex(&bytes)))
    }

    /// The one that somebody sent; `None` where it cannot be one.
    pub fn read(text: &str) -> Option<Self> {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
        (text.len() == 64 && digits).then(|| Self(text.to_owned()))
    }

    /// The secret itself, to be sent.
    pub fn secret(&self) -> &str {
        &self.0
    }

    /// What is kept of it. Looking it up takes a time that depends on the hash, which says nothing about the secret.
    pub(super) fn hash(&self) -> String {
        hex(&Sha256::digest(self.0.as_bytes()))
    }

    /// A second secret that follows from this one and does not lead back to it: what a page of these pages knows and another site does not.
    pub fn guard(&self) -> String {
        hex(&Sha256::digest(format!("distretto guard {}", self.0).as_bytes()))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_differ_and_are_not_shown() {
        let (one, other) = (Token::new().unwrap(), Token::new().unwrap());
        assert_ne!(one, other);
        assert_eq!(Token::read(one.secret()), Some(one.clone()));
        assert!(![one.hash(), one.guard()].contains(&one.secret().to_owned()));
        assert_ne!(one.hash(), one.guard());
        assert_eq!(format!("{one:?}"), "Token(…)");
        for wrong in ["", "abc", &"g".repeat(64), &"A".repeat(64), &"0".repeat(65)] {
            assert_eq!(Token::read(wrong), None);
        }
    }

    #[test]
    fn what_is_kept_is_the_sha_256_of_the_text() {
        // As sha256sum of the GNU core utilities reckons it.
        assert_eq!(
            Token("0".repeat(64)).hash(),
            "60e05bd1b195af2f94112fa7197a5c88289058840ce7c6df9693756bc6250f55"
        );
    }
}
