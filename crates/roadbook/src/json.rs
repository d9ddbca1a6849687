//! The whole book for programs.

use crate::book::{Book, BookError};
use crate::programme::Programme;

/// The [`Programme`] as JSON, indented, with a line break at the end. Its form is that of the types of [`crate::programme`].
///
/// # Errors
/// [`BookError`], as for [`Programme::of`].
pub fn json(book: &Book<'_>) -> Result<String, BookError> {
    let mut text = serde_json::to_string_pretty(&Programme::of(book)?).map_err(BookError::write)?;
    text.push('\n');
    Ok(text)
}
