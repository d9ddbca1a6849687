//! The road book as pages to print: one HTML file for A4, with its own style, without scripts, pictures from elsewhere or network.
//!
//! Cover, the tour at a glance, what to read on the districts, each day with its map and a sheet for each host, and the page for emergencies. It reads in black and white: nothing
//! rests on colour alone.

mod map;
mod questions;
mod view;

use std::fmt::Write as _;
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Serde, Value};
use minijinja::{AutoEscape, Environment, Error};

use crate::book::{Book, BookError};
use crate::programme::Programme;

const PAGE: &str = include_str!("html/page.html");
const STYLE: &str = include_str!("html/style.css");

/// Writes the pages.
///
/// # Errors
/// [`BookError`], as for [`Programme::of`].
pub fn html(book: &Book<'_>) -> Result<String, BookError> {
    let programme = Programme::of(book)?;
    let view = view::View::of(book, &programme);
    let mut pages = Environment::new();
    pages.set_auto_escape_callback(|_| AutoEscape::Html);
    let syntax =
        SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build().map_err(BookError::write)?;
    pages.set_syntax(syntax);
    let words = Arc::new(book.words.clone());
    pages.add_function("t", move |key: &str, values: Kwargs| -> Result<String, Error> {
        let mut given: Vec<(String, String)> = Vec::new();
        for name in values.args() {
            given.push((name.to_owned(), values.get::<Value>(name)?.to_string()));
        }
        let given: Vec<(&str, &str)> =
            given.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        Ok(words.say(key, &given))
    });
    pages.add_template("page", PAGE).map_err(BookError::write)?;
    let page = pages.get_template("page").map_err(BookError::write)?;
    let style = STYLE.replace("\"TITLE\"", &css_text(&programme.title));
    page.render(minijinja::context! { style, ..Serde(&view) }).map_err(BookError::write)
}

/// A text of data as a string of CSS: all but letters and digits of ASCII and blanks are written as numbers, so that it can end neither the string nor the style.
fn css_text(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || c == ' ' {
            quoted.push(c);
        } else {
            // The blank ends the number and is no part of the text.
            let _ = write!(quoted, "\\{:x} ", u32::from(c));
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_cannot_leave_the_style() {
        assert_eq!(css_text("a\"}</style>"), "\"a\\22 \\7d \\3c \\2f style\\3e \"");
    }
}
