//! How to cite an edition.

use serde::Serialize;
use utoipa::ToSchema;

use crate::edition::Edition;

/// How to cite an edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Citation {
    /// One paragraph.
    pub text: String,
    /// An entry for BibTeX.
    pub bibtex: String,
}

/// Title, vintage of the data, program, hash of the configuration, and the hash that says which edition it is; then the sources that the study asks to be cited.
pub(super) fn citation(edition: &Edition) -> Citation {
    let title = edition.title();
    let program = &edition.manifest["program"];
    let version = program["version"].as_str().unwrap_or_default();
    let commit = program["commit"].as_str().map_or_else(String::new, |commit| format!(", commit {commit}"));
    let hash: String = edition.hash.chars().take(12).collect();
    let config = edition.manifest["config_sha256"].as_str().map_or_else(String::new, |sha256| {
        format!("; configuration {}", sha256.chars().take(12).collect::<String>())
    });
    let vintage = edition.vintage().map_or_else(String::new, |vintage| format!("data of {vintage}, "));
    let made = format!("{vintage}made with Distretto {version}{commit}{config}; edition {hash}");
    let cite = &edition.manifest["config"]["output"]["cite"];
    let one = cite.as_str().into_iter();
    let sources: Vec<&str> =
        one.chain(cite.as_array().into_iter().flatten().filter_map(|source| source.as_str())).collect();
    let data = if sources.is_empty() { String::new() } else { format!(" Data: {}.", sources.join("; ")) };
    let note =
        if data.is_empty() { String::new() } else { format!(",\n  note = {{{}}}", escaped(data.trim())) };
    let what = match edition.table("districts") {
        Some(_) => "Labour market areas and industrial districts",
        None => "Labour market areas",
    };
    Citation {
        text: format!("{title}. {what}, {made}.{data}"),
        bibtex: format!(
            "@misc{{distretto-{hash},\n  title = {{{{{}}}}},\n  howpublished = {{{what}, {}}}{note}\n}}\n",
            escaped(title),
            escaped(&made),
        ),
    }
}

/// As LaTeX prints it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => {
                out.push('\\');
                out.push(letter);
            }
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_latex_would_read_is_escaped() {
        assert_eq!(escaped(r"50 % & {a_b} \x~"), r"50 \% \& \{a\_b\} \textbackslash{}x\textasciitilde{}");
    }
}
