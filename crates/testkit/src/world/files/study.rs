//! The study of a world, ready to run.

use crate::world::World;

/// `study.toml`.
pub(super) fn study(world: &World) -> String {
    format!(
        r#"# A study of a made country whose truth is known. Try: distretto run study.toml --out edition/

[study]
title = "A made country (seed {seed}, {zones} zones)"
vintage = "made"

[zones]
path = "zones.csv"
columns = {{ code = "code", name = "name", region = "region", residents = "residents", lon = "lon", lat = "lat" }}

# Who lives where and works where.
[flows]
path = "flows.csv.gz"
columns = {{ origin = "origin", destination = "destination", flow = "flow" }}

[borders]
path = "borders.geojson.gz"
key = "code"

[jobs]
path = "jobs.csv"
columns = {{ zone = "zone", activity = "activity", size_class = "size_class", employees = "employees", local_units = "local_units" }}
classification = "nace-rev2"

# Labour market areas: the EU-TTWA method with Italy's parameters.
[areas]
mode = "clean"
min_size = 1000
min_sc = 0.60
target_size = 10000
target_sc = 0.75

# Industrial districts: the rule of Sforzi and Istat.
[districts]
rule = "istat"

# How well the areas found agree with the planted ones.
[[compare]]
name = "Planted areas"
path = "truth_areas.csv"
columns = {{ zone = "zone", area = "area" }}
"#,
        seed = world.options.seed,
        zones = world.zones.len(),
    )
}
