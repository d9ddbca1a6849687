//! Text from data, made fit for every output.

/// The text without what no output may hold: control characters (line breaks are kept, a tabulator becomes a blank), marks that turn the direction of what follows, and what
/// is no character of XML. Line breaks of all kinds become `\n`; blanks at both ends go.
pub(crate) fn clean(text: &str) -> String {
    let text =
        text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}', '\u{85}'], "\n").replace('\t', " ");
    let kept: String = text
        .chars()
        .filter(|&c| c == '\n' || !c.is_control())
        .filter(|c| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}'))
        .collect();
    kept.trim().to_owned()
}

/// [`clean`], on one line: line breaks become blanks.
pub(crate) fn line(text: &str) -> String {
    clean(text).split('\n').map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// [`line`] of each, without those of which nothing is left.
pub(crate) fn lines(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| line(text)).filter(|text| !text.is_empty()).collect()
}

/// Whether a text holds characters that are written from right to left.
pub(crate) fn right_to_left(text: &str) -> bool {
    text.chars().any(|c| {
        matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    })
}

/// What is given and not empty, joined.
pub(crate) fn joined<'a>(parts: impl IntoIterator<Item = &'a str>, between: &str) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_output_may_hold_goes() {
        assert_eq!(clean(" a\u{0}b\u{7}\tc\r\nd\re\u{202e}f\u{ffff} "), "ab c\nd\nef");
        assert_eq!(line("a\r\n\r\n  b\nc"), "a b c");
        assert_eq!(lines(&["a".to_owned(), " \u{1} ".to_owned()]), ["a"]);
    }

    #[test]
    fn arabic_and_hebrew_are_written_from_right_to_left() {
        assert!(right_to_left("دباغة"));
        assert!(right_to_left("a עור"));
        assert!(!right_to_left("Schöne Grüße, Ελλάδα 🚌"));
    }
}
