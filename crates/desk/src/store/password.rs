//! Passwords as hashes.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use distretto_study::fault::{Code, Fault, Result};

/// Fewest characters of a password.
const SHORTEST: usize = 12;

/// Most bytes of a password: what is longer is no password but an attempt to keep the server busy.
const LONGEST: usize = 1024;

/// A hash of no password, with the parameters of all others: what nobody's name is held against.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Argon2id with 19 MiB, two passes, one lane. Source: OWASP Password Storage Cheat Sheet. About 20 ms.
fn argon2() -> Result<Argon2<'static>> {
    let params = Params::new(19_456, 2, 1, None).map_err(|error| defect(&error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// The hash of a password, with its salt and parameters (a PHC string).
///
/// # Errors
/// D1057 for one that is too short or too long.
pub(super) fn hashed(password: &str) -> Result<String> {
    if password.chars().count() < SHORTEST || password.len() > LONGEST {
        return Err(Fault::new(Code::StoreName, "the password cannot be used")
            .because(format!("it has fewer than {SHORTEST} characters, or more than {LONGEST} bytes"))
            .hint("a sentence makes a good password"));
    }
    let hash: PasswordHash =
        argon2()?.hash_password(password.as_bytes()).map_err(|error| defect(&error.to_string()))?;
    Ok(hash.to_string())
}

/// Whether a password is the one of this hash. Without a hash (nobody has that name) it takes as long, and is not.
///
/// # Errors
/// D1056 where the hash is none.
pub(super) fn matches(password: &str, hash: Option<&str>) -> Result<bool> {
    if password.len() > LONGEST {
        return Ok(false);
    }
    let parsed_from = hash.unwrap_or(NOBODY);
    let parsed = PasswordHash::new(parsed_from).map_err(|error| {
        super::faults::damaged("the hash of a password cannot be read", error.to_string())
    })?;
    Ok(argon2()?.verify_password(password.as_bytes(), &parsed).is_ok() && hash.is_some())
}

fn defect(why: &str) -> Box<Fault> {
    Fault::new(Code::Internal, "a password could not be hashed").because(why)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_tells_its_parameters_and_fits_its_password_only() {
        let hash = hashed("correct horse battery").unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(matches("correct horse battery", Some(&hash)).unwrap());
        assert!(!matches("correct horse batterz", Some(&hash)).unwrap());
        assert!(!matches("a password that nobody has", None).unwrap());
        assert_ne!(hash, hashed("correct horse battery").unwrap(), "the salt differs");
    }

    #[test]
    fn what_can_be_guessed_is_refused() {
        assert_eq!(hashed("elevenchars").unwrap_err().code, Code::StoreName);
        assert_eq!(hashed(&"x".repeat(1025)).unwrap_err().code, Code::StoreName);
        assert!(!matches(&"x".repeat(1025), None).unwrap());
        // Characters count, not bytes.
        assert_eq!(hashed("àèìòùàèìòùà").unwrap_err().code, Code::StoreName);
        assert!(hashed("àèìòùàèìòùàè").is_ok());
    }
}
