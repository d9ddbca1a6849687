//! The words of a language: messages, dates, numbers.
//!
//! A message file is TOML: tables of texts, named by their path (`day.start`). `{name}` stands for what is filled in. English (`en`) and Italian (`it`) are built in; their
//! files in `src/words/` are the pattern for any other. What a file does not say is said in English.

mod dates;

use std::collections::{BTreeMap, BTreeSet};

use crate::text;

const ENGLISH: &str = include_str!("words/en.toml");
const ITALIAN: &str = include_str!("words/it.toml");

/// The words of a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    messages: BTreeMap<String, String>,
    missing: Vec<String>,
    unknown: Vec<String>,
    faulty: Vec<String>,
}

/// Why a message file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WordsError {
    /// It is no TOML.
    #[error("the message file is not TOML: {0}")]
    Syntax(String),
    /// Something in it is no text.
    #[error("`{0}` of the message file is no text")]
    NoText(String),
    /// It does not say which language it is.
    #[error("the message file does not say its language: give `tag` under `[language]`, such as \"fr\"")]
    NoLanguage,
}

impl Words {
    /// English.
    pub fn english() -> Self {
        Self { messages: built_in(ENGLISH), missing: Vec::new(), unknown: Vec::new(), faulty: Vec::new() }
    }

    /// Italian.
    pub fn italian() -> Self {
        Self { messages: built_in(ITALIAN), ..Self::english() }
    }

    /// A built-in language by its tag: `en`, `it`.
    pub fn built_in(tag: &str) -> Option<Self> {
        match tag {
            "en" => Some(Self::english()),
            "it" => Some(Self::italian()),
            _ => None,
        }
    }

    /// Reads a message file. What it does not say, says empty, or says with a placeholder that English does not have there, is said in English.
    ///
    /// # Errors
    /// [`WordsError`].
    pub fn parse(file: &str) -> Result<Self, WordsError> {
        let table: toml::Table =
            file.parse().map_err(|error: toml::de::Error| WordsError::Syntax(error.to_string()))?;
        let mut given = BTreeMap::new();
        flatten("", &table, &mut given)?;
        if given.get("language.tag").is_none_or(String::is_empty) {
            return Err(WordsError::NoLanguage);
        }
        let mut words = Self::english();
        let known: BTreeSet<String> = words.messages.keys().cloned().collect();
        // Names of countries and languages may be more or fewer than the built-in ones.
        words.unknown = given.keys().filter(|key| !known.contains(*key) && !is_name(key)).cloned().collect();
        for key in &known {
            match given.get(key).filter(|message| !message.is_empty()) {
                None => words.missing.push(key.clone()),
                Some(message) => {
                    let allowed =
                        words.messages.get(key).map(|english| placeholders(english)).unwrap_or_default();
                    if placeholders(message).is_subset(&allowed) {
                        words.messages.insert(key.clone(), message.clone());
                    } else {
                        words.faulty.push(key.clone());
                    }
                }
            }
        }
        for (key, message) in given {
            if is_name(&key) && !message.is_empty() {
                words.messages.insert(key, message);
            }
        }
        Ok(words)
    }

    /// Messages that the file does not give.
    pub fn missing(&self) -> &[String] {
        &self.missing
    }

    /// Messages of the file that no book uses.
    pub fn unknown(&self) -> &[String] {
        &self.unknown
    }

    /// Messages with a placeholder that is not filled in; said in English.
    pub fn faulty(&self) -> &[String] {
        &self.faulty
    }

    /// The language, as a tag of BCP 47.
    pub fn language(&self) -> &str {
        self.get("language.tag")
    }

    /// Whether the language is written from right to left.
    pub fn right_to_left(&self) -> bool {
        self.get("language.direction") == "rtl"
    }

    /// A message; its key where there is none.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.messages.get(key).map_or(key, String::as_str)
    }

    /// A message with what is filled in. What is filled in is not searched for placeholders; where it is written from right to left, marks keep it apart from its neighbours.
    pub fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut said = String::new();
        let mut rest = self.get(key);
        while let Some((before, name, after)) = placeholder(rest) {
            said.push_str(before);
            match values.iter().find(|(known, _)| *known == name) {
                Some((_, value)) if text::right_to_left(value) => {
                    said.push('\u{2068}');
                    said.push_str(value);
                    said.push('\u{2069}');
                }
                Some((_, value)) => said.push_str(value),
                None => {
                    said.push('{');
                    said.push_str(name);
                    said.push('}');
                }
            }
            rest = after;
        }
        said.push_str(rest);
        said
    }

    /// The name of a country by two letters of ISO 3166-1; the letters where there is none.
    pub fn country(&self, code: &str) -> String {
        self.name_of("country", code)
    }

    /// The name of a language by two letters of ISO 639-1; the letters where there is none.
    pub fn tongue(&self, code: &str) -> String {
        self.name_of("tongue", code)
    }

    /// The names of languages, joined.
    pub fn tongues(&self, codes: &[String]) -> String {
        codes.iter().map(|code| self.tongue(code)).collect::<Vec<_>>().join(", ")
    }

    fn name_of(&self, table: &str, code: &str) -> String {
        let key = format!("{table}.{}", code.to_ascii_lowercase());
        self.messages.get(&key).cloned().unwrap_or_else(|| code.to_owned())
    }
}

/// The messages of a built-in file; a test reads both with errors.
fn built_in(file: &str) -> BTreeMap<String, String> {
    let mut messages = BTreeMap::new();
    if let Ok(table) = file.parse::<toml::Table>() {
        let _ = flatten("", &table, &mut messages);
    }
    messages
}

fn flatten(path: &str, table: &toml::Table, into: &mut BTreeMap<String, String>) -> Result<(), WordsError> {
    for (name, value) in table {
        let key = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        match value {
            toml::Value::Table(table) => flatten(&key, table, into)?,
            toml::Value::String(message) => {
                // A blank may divide the thousands.
                let kept = if key.starts_with("number.") { message.clone() } else { text::clean(message) };
                into.insert(key, kept);
            }
            _ => return Err(WordsError::NoText(key)),
        }
    }
    Ok(())
}

fn is_name(key: &str) -> bool {
    key.starts_with("country.") || key.starts_with("tongue.")
}

/// The first placeholder of a message, with what is before and after it.
fn placeholder(message: &str) -> Option<(&str, &str, &str)> {
    let open = message.find('{')?;
    let close = open + message[open..].find('}')?;
    Some((&message[..open], &message[open + 1..close], &message[close + 1..]))
}

fn placeholders(message: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut rest = message;
    while let Some((_, name, after)) = placeholder(rest) {
        found.insert(name.to_owned());
        rest = after;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: &str) -> BTreeMap<String, String> {
        let mut messages = BTreeMap::new();
        flatten("", &file.parse().unwrap(), &mut messages).unwrap();
        messages
    }

    #[test]
    fn both_built_in_languages_say_the_same_things() {
        let (english, italian) = (read(ENGLISH), read(ITALIAN));
        assert!(english.len() > 200);
        assert_eq!(english.keys().collect::<Vec<_>>(), italian.keys().collect::<Vec<_>>());
        for (key, message) in &english {
            assert_eq!(placeholders(message), placeholders(&italian[key]), "{key}");
            assert!(!message.is_empty() && !italian[key].is_empty(), "{key}");
        }
    }

    #[test]
    fn what_a_file_does_not_say_is_said_in_english_and_listed() {
        let french = "[language]\ntag = 'fr'\n[day]\nstart = 'Départ'\n[count]\nof = '{n} de {wrong}'\nnothing = 'x'\n[country]\nxk = 'Kosovo'\nzz = 'Nulle part'\n";
        let words = Words::parse(french).unwrap();
        assert_eq!(words.language(), "fr");
        assert_eq!(words.get("day.start"), "Départ");
        assert_eq!(words.get("day.end"), Words::english().get("day.end"));
        assert!(words.missing().contains(&"day.end".to_owned()));
        assert!(!words.missing().contains(&"day.start".to_owned()));
        assert_eq!(words.unknown(), ["count.nothing"]);
        assert_eq!(words.faulty(), ["count.of"]);
        assert_eq!(words.country("ZZ"), "Nulle part");
        assert_eq!(words.country("QQ"), "QQ");
        assert!(Words::parse(ITALIAN).unwrap().missing().is_empty());
    }

    #[test]
    fn a_file_that_cannot_be_used_says_why() {
        assert!(matches!(Words::parse("[language"), Err(WordsError::Syntax(_))));
        assert_eq!(Words::parse("[language]\ntag = 1"), Err(WordsError::NoText("language.tag".to_owned())));
        assert_eq!(Words::parse("[day]\nstart = 'x'"), Err(WordsError::NoLanguage));
    }

    #[test]
    fn what_is_filled_in_is_not_searched_again() {
        let words = Words::english();
        assert_eq!(words.say("count.of", &[("n", "{all}"), ("all", "9")]), "{all} of 9");
        assert_eq!(words.say("count.of", &[("n", "שלום"), ("all", "9")]), "\u{2068}שלום\u{2069} of 9");
        assert_eq!(words.say("no such message", &[]), "no such message");
    }
}
