//! HTML that is well formed and escaped by the way it is written: tags close themselves, and text is only ever text.

use std::fmt::Write as _;

/// A page as it grows.
#[derive(Debug, Default)]
pub(super) struct Html {
    out: String,
    figures: usize,
}

/// An attribute: name and value.
pub(super) type Attribute<'a> = (&'a str, &'a str);

impl Html {
    /// An element with what is inside it.
    pub fn element(&mut self, tag: &str, attributes: &[Attribute<'_>], inside: impl FnOnce(&mut Self)) {
        self.start(tag, attributes);
        self.out.push('>');
        inside(self);
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
    }

    /// An element with nothing inside.
    pub fn empty(&mut self, tag: &str, attributes: &[Attribute<'_>]) {
        self.start(tag, attributes);
        self.out.push_str("/>");
    }

    fn start(&mut self, tag: &str, attributes: &[Attribute<'_>]) {
        self.out.push('<');
        self.out.push_str(tag);
        for (name, value) in attributes {
            let _ = write!(self.out, " {name}=\"");
            escape(value, &mut self.out);
            self.out.push('"');
        }
    }

    /// Text.
    pub fn text(&mut self, text: &str) {
        escape(text, &mut self.out);
    }

    /// An element that holds only text.
    pub fn text_in(&mut self, tag: &str, attributes: &[Attribute<'_>], text: &str) {
        self.element(tag, attributes, |html| html.text(text));
    }

    /// A paragraph.
    pub fn paragraph(&mut self, text: &str) {
        self.text_in("p", &[], text);
        self.line();
    }

    /// A paragraph of small print: sources, definitions.
    pub fn note(&mut self, text: &str) {
        self.text_in("p", &[("class", "note")], text);
        self.line();
    }

    /// A list of sentences.
    pub fn list<S: AsRef<str>>(&mut self, items: &[S]) {
        if items.is_empty() {
            return;
        }
        self.element("ul", &[], |html| {
            for item in items {
                html.text_in("li", &[], item.as_ref());
            }
        });
        self.line();
    }

    /// A chapter with its heading.
    pub fn chapter(&mut self, id: &str, heading: &str, inside: impl FnOnce(&mut Self)) {
        let label = format!("{id}-heading");
        self.element("section", &[("id", id), ("aria-labelledby", &label)], |html| {
            html.text_in("h2", &[("id", &label)], heading);
            html.line();
            inside(html);
        });
        self.line();
    }

    /// A heading within a chapter.
    pub fn heading(&mut self, heading: &str) {
        self.text_in("h3", &[], heading);
        self.line();
    }

    /// What opens on demand (and in print).
    pub fn details(&mut self, summary: &str, inside: impl FnOnce(&mut Self)) {
        self.element("details", &[], |html| {
            html.text_in("summary", &[], summary);
            inside(html);
        });
        self.line();
    }

    /// Text of our own that is no text: the style sheet.
    pub fn style(&mut self, css: &'static str) {
        self.element("style", &[], |html| html.out.push_str(css));
    }

    /// The number of the next figure, from 1.
    pub fn next_figure(&mut self) -> usize {
        self.figures += 1;
        self.figures
    }

    /// A new line, for whoever reads the source.
    pub fn line(&mut self) {
        self.out.push('\n');
    }

    /// The whole page.
    pub fn into_page(self) -> String {
        format!("<!DOCTYPE html>\n{}\n", self.out)
    }
}

/// Escapes for elements and quoted attributes alike; control characters have no place in a page.
fn escape(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(' '),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_name_holds_stays_text() {
        let mut html = Html::default();
        html.text_in("td", &[("title", "a\"b'<")], "</td><script>alert(1)</script>&\u{0}");
        assert_eq!(
            html.out,
            "<td title=\"a&quot;b&#39;&lt;\">&lt;/td&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;\u{fffd}</td>"
        );
    }
}
