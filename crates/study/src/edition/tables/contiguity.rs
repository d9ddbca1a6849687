//! Which areas, and which zones, touch.

use arrow::error::ArrowError;
use distretto_territory::Contiguity;

use crate::edition::table::{Table, TableBuilder};
use crate::run::Results;

/// Two tables where there are borders: neighbouring areas and neighbouring zones. Each pair once.
pub fn contiguity(results: &Results) -> Result<Vec<Table>, ArrowError> {
    let mut tables = Vec::new();
    if let Some(areas) = &results.areas.contiguity {
        let code = |area: u32| results.areas.partition.code(area);
        tables.push(pairs("contiguity", "Areas that touch, each pair once.", areas, &code)?);
    }
    if let Some(borders) = &results.input.borders {
        let code = |zone: u32| results.input.zones.zones.code(zone);
        tables.push(pairs("zone_contiguity", "Zones that touch, each pair once.", &borders.zones, &code)?);
    }
    Ok(tables)
}

fn pairs<'a>(
    name: &'static str,
    title: &'static str,
    contiguity: &Contiguity,
    code: &dyn Fn(u32) -> &'a str,
) -> Result<Table, ArrowError> {
    let pairs: Vec<(u32, u32)> = contiguity.queen().pairs().filter(|(a, b)| a < b).collect();
    let rook = |&(a, b): &(u32, u32)| contiguity.rook().linked(a, b);
    TableBuilder::new(name, title, &["a", "b"])
        .text("a", "Code of the one.", pairs.iter().map(|pair| Some(code(pair.0))))
        .text("b", "Code of the other.", pairs.iter().map(|pair| Some(code(pair.1))))
        .flag(
            "rook",
            "Whether they share a line; otherwise only points.",
            pairs.iter().map(|pair| Some(rook(pair))),
        )
        .number(
            "shared_m",
            "Length of the common border, metres.",
            pairs.iter().map(|pair| Some(contiguity.shared_m(pair.0, pair.1))),
        )
        .build()
}
