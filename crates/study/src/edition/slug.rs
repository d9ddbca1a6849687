//! Codes as parts of addresses and file names.

use std::fmt::Write;

/// The code with every byte but ASCII letters, digits, `-`, `_` and inner full stops as `~` and two hexadecimal digits. Different codes
/// have different slugs; a slug is neither empty nor `.` nor `..`, holds no slash, and needs no escape in an address or in the
/// name of a file. Cost: linear.
pub fn slug(code: &str) -> String {
    let mut slug = String::with_capacity(code.len());
    for (at, byte) in code.bytes().enumerate() {
        let plain = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_') || (byte == b'.' && at > 0);
        if plain {
            slug.push(char::from(byte));
        } else {
            let _ = write!(slug, "~{byte:02x}");
        }
    }
    if slug.is_empty() { "~".to_owned() } else { slug }
}

/// The code of a slug; `None` if no code has it.
pub fn code(slug: &str) -> Option<String> {
    if slug == "~" {
        return Some(String::new());
    }
    let mut bytes = Vec::with_capacity(slug.len());
    let mut rest = slug.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        if first == b'~' {
            let digits = std::str::from_utf8(rest.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &rest[2..];
        } else {
            bytes.push(first);
        }
    }
    let code = String::from_utf8(bytes).ok()?;
    (self::slug(&code) == slug).then_some(code)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn plain_codes_stay_and_others_cannot_leave_a_folder() {
        assert_eq!(slug("001272"), "001272");
        assert_eq!(slug("../etc"), "~2e.~2fetc");
        assert_eq!(slug("Saint-Étienne"), "Saint-~c3~89tienne");
        assert_eq!(slug(""), "~");
        assert_eq!(code("~2E."), None, "one slug a code");
        assert_eq!(code("~zz"), None);
        assert_eq!(code("a~"), None);
    }

    proptest! {
        #[test]
        fn every_code_comes_back(text in any::<String>()) {
            let slug = slug(&text);
            prop_assert!(!slug.contains('/') && !slug.starts_with('.') && !slug.is_empty());
            prop_assert_eq!(code(&slug), Some(text));
        }
    }
}
