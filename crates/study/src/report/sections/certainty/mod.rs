//! How sure: borders, counts and districts as probabilities.
//!
//! | module | concept |
//! |---|---|
//! | `answer` | how sure the answer is, in a few sentences |
//! | `amounts` | so many times of so many, and intervals no finer than they are known |
//! | `counts`, `histogram`, `groups`, `sources` | how many: intervals, in total and by group, and what makes them wide |
//! | `borders`, `plausible` | where they end: borders by strength, and nine maps that could be |
//! | `areas`, `zones` | which areas hold together, which zones are contested |
//! | `districts` | how sure each district is |
//! | `method` | how all this was found, and what to do with it |

mod amounts;
mod answer;
mod areas;
mod borders;
mod counts;
mod districts;
mod groups;
mod histogram;
mod method;
mod plausible;
mod sources;
mod zones;

use crate::report::facts::Facts;
use crate::report::html::Html;

pub(in crate::report) use answer::{in_short, key_figures, sentences, structure};

pub(in crate::report) fn write(html: &mut Html, facts: &Facts<'_>) {
    let Some(found) = facts.certainty else { return };
    html.chapter("sure", "How sure", |html| {
        for sentence in sentences(found) {
            html.paragraph(&sentence);
        }
        html.note(method::REDRAW);
        counts::write(html, found);
        groups::write(html, facts, found);
        sources::write(html, found);
        borders::write(html, facts, found);
        plausible::write(html, facts, found);
        zones::write(html, facts, found);
        areas::write(html, facts, found);
        districts::write(html, facts, found);
        method::write(html, facts, found);
    });
}
