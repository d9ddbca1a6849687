//! What only a server has: queries of tables, areas side by side.

use std::sync::Arc;

use distretto_study::fault::{Code, Fault, Result};

use super::Shared;
use super::answer::blocking;
use super::kept::Answer;
use crate::address::nothing;
use crate::atlas::{Atlas, Mode};
use crate::format::Format;
use crate::query::Selection;
use crate::render::select;

/// Most areas side by side.
const SIDE_BY_SIDE: usize = 10;

/// The edition whose areas an address holds side by side, where it does.
pub(super) fn comparison(atlas: &Atlas, path: &str) -> Option<usize> {
    let name = path.strip_prefix("editions/")?.strip_suffix("/compare")?;
    atlas.position(name).filter(|_| atlas.mode == Mode::Live)
}

/// Profiles of up to ten areas, in the order they were named: rows of `area_profiles`.
pub(super) async fn compare(
    shared: &Arc<Shared>,
    place: usize,
    pairs: Vec<(String, String)>,
) -> Result<Arc<Answer>> {
    let [(name, codes)] = pairs.as_slice() else { return Err(what_to_compare()) };
    if name != "areas" || codes.is_empty() || codes.split(',').count() > SIDE_BY_SIDE {
        return Err(what_to_compare());
    }
    let codes = codes.clone();
    blocking(shared, move |shared| {
        let offered = shared.atlas.editions.get(place).ok_or_else(|| nothing("edition"))?;
        let edition = &offered.edition;
        let rows = codes.split(',').map(|code| {
            edition
                .area(code)
                .ok_or_else(|| nothing(code))
                .map(|row| edition.area_profiles().row(row as usize))
        });
        let rows = rows.collect::<Result<Vec<_>>>()?;
        let table =
            serde_json::json!({ "table": "area_profiles", "total": rows.len(), "offset": 0, "rows": rows });
        Ok(Arc::new(Answer::new(&crate::body::Body::json(&table)?, None)))
    })
    .await
}

fn what_to_compare() -> Box<Fault> {
    Fault::new(Code::AtlasQuery, format!("name one to {SIDE_BY_SIDE} areas to hold side by side"))
        .hint("as in `compare?areas=12,48`, with the codes of areas")
}

/// The rows and columns of a table that a query asks for.
pub(super) async fn queried(
    shared: &Arc<Shared>,
    (place, table, format): (usize, usize, Format),
    pairs: Vec<(String, String)>,
    path: String,
) -> Result<Arc<Answer>> {
    blocking(shared, move |shared| {
        let offered = shared.atlas.editions.get(place).ok_or_else(|| nothing("edition"))?;
        let borrowed = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let (selection, body) = select(offered, table, format, borrowed)?;
        Ok(Arc::new(Answer::new(&body, links(&selection, &pairs, &path).as_deref())))
    })
    .await
}

/// Links to the other pages of a selection, where it has pages.
fn links(selection: &Selection<'_>, pairs: &[(String, String)], path: &str) -> Option<String> {
    let limit = selection.limit.filter(|limit| *limit > 0)?;
    let (offset, total) = (selection.offset, selection.total);
    let others = pairs
        .iter()
        .filter(|(name, _)| name != "offset")
        .fold(String::new(), |text, (name, value)| text + &escaped(name) + "=" + &escaped(value) + "&");
    let link =
        |relation: &str, offset: usize| format!("<{path}?{others}offset={offset}>; rel=\"{relation}\"");
    let last = total.saturating_sub(1) / limit * limit;
    let pages = [
        Some(link("first", 0)),
        (offset > 0).then(|| link("prev", offset.saturating_sub(limit))),
        (offset.saturating_add(limit) < total).then(|| link("next", offset + limit)),
        Some(link("last", last)),
    ];
    Some(pages.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

/// A text as a part of a query.
fn escaped(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~,".contains(&byte);
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
