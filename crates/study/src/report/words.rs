//! Words that agree with numbers, and lists within sentences.

use super::numbers::count;

/// `1 area`, `12 areas`.
pub(super) fn plural(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", count(number as f64), if number == 1 { one } else { many })
}

/// `no area`, `1 area`, `12 areas`: for sentences.
pub(super) fn none_or_many(number: usize, one: &str, many: &str) -> String {
    if number == 0 { format!("no {one}") } else { plural(number, one, many) }
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn listed<S: AsRef<str>>(items: &[S]) -> String {
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    match items.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The first few of a list and how many more there are.
pub(super) fn some_of<S: AsRef<str>>(items: &[S], most: usize) -> String {
    let mut shown: Vec<String> = items.iter().take(most).map(|item| item.as_ref().to_owned()).collect();
    if let Some(more) = items.len().checked_sub(most).filter(|&more| more > 0) {
        shown.push(format!("{} more", count(more as f64)));
    }
    listed(&shown)
}

/// With a small first letter, as within a sentence.
pub(super) fn lower(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// With a capital first letter, as at the start of a sentence.
pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_one_and_many() {
        assert_eq!(
            (plural(1, "area", "areas"), plural(0, "area", "areas")),
            ("1 area".into(), "0 areas".into())
        );
        assert_eq!(none_or_many(0, "area lies", "areas lie"), "no area lies");
        assert_eq!(none_or_many(2, "area lies", "areas lie"), "2 areas lie");
    }

    #[test]
    fn lists_read_as_sentences() {
        assert_eq!(listed(&["a", "b", "c"]), "a, b and c");
        assert_eq!((listed(&["a"]), listed::<&str>(&[])), ("a".into(), String::new()));
        assert_eq!(some_of(&["a", "b", "c"], 2), "a, b and 1 more");
    }

    #[test]
    fn first_letters() {
        assert_eq!(
            (lower("Ärzte"), capital("one"), capital("")),
            ("ärzte".into(), "One".into(), String::new())
        );
    }
}
