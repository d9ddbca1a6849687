//! Codes made of letters: languages, countries, currencies; and the codes of places that are looked up.

use chrono::{Days, NaiveDate};
use distretto_study::fault::{Code, Fault, Result, did_you_mean, listed};
use distretto_tours::Hours;
use distretto_tours::hours::Ground;

/// A language: two small letters.
pub(super) fn language(text: &str) -> Result<String> {
    if text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Ok(text.to_owned());
    }
    let fault =
        Fault::new(Code::TourLetters, format!("`{text}` is not a language in two small letters (ISO 639-1)"));
    Err(match text.to_lowercase() {
        lower if lower.len() == 2 && lower.is_ascii() => fault.hint(format!("write `{lower}`")),
        _ => fault.hint("Italian is `it`, English `en`, French `fr`, Arabic `ar`"),
    })
}

/// A country: two capital letters.
pub(super) fn country(text: &str) -> Result<String> {
    letters(text, 2, "a country in two capital letters (ISO 3166-1)", "Italy is `IT`, Morocco `MA`")
}

/// A country whose public holidays are known.
pub(super) fn country_of_holidays(text: &str) -> Result<String> {
    let code = country(text)?;
    let day = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or_default();
    let until = day.checked_add_days(Days::new(1)).unwrap_or(day);
    let ground = Ground { country: Some(&code), at: (0.0, 0.0), zone: chrono_tz::UTC };
    let known = Hours::parse("PH off").and_then(|hours| {
        hours.open(day.and_time(chrono::NaiveTime::MIN), until.and_time(chrono::NaiveTime::MIN), &ground)
    });
    known.map(|_| code).map_err(|error| {
        Fault::new(Code::TourLetters, error.to_string())
            .hint("leave the country away: `PH` in opening hours then means no day")
    })
}

/// A currency: three capital letters.
pub(super) fn currency(text: &str) -> Result<String> {
    letters(text, 3, "a currency in three capital letters (ISO 4217)", "the euro is `EUR`")
}

fn letters(text: &str, count: usize, what: &str, hint: &str) -> Result<String> {
    if text.len() == count && text.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Ok(text.to_owned());
    }
    Err(Fault::new(Code::TourLetters, format!("`{text}` is not {what}")).hint(hint))
}

/// A code of a host, base or delegate, or who is to be called in an emergency, which stands in addresses: there `.` and `..` mean something else.
pub(super) fn code(text: &str) -> Result<String> {
    if matches!(text, "." | "..") {
        return Err(Fault::new(Code::CodeInAddress, format!("`{text}` cannot be a code"))
            .because("codes stand in addresses, where it means another place")
            .hint("use letters and digits, such as `E1`"));
    }
    Ok(text.to_owned())
}

/// A fault about a code that is not among those known, with the one that was probably meant.
pub(crate) fn unknown<S: AsRef<str>>(code: Code, what: String, name: &str, known: &[S]) -> Box<Fault> {
    let fault = Fault::new(code, what);
    match did_you_mean(name, known) {
        Some(like) => fault.hint(format!("did you mean `{like}`?")),
        None if known.is_empty() => fault,
        None => fault.because(format!("known are {}", listed(known, 10))),
    }
}
