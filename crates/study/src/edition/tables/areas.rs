//! The labour market areas.

use arrow::error::ArrowError;
use distretto_regions::statistics::AreaStatistics;

use crate::edition::table::{Table, TableBuilder};
use crate::run::Results;

/// One row an area.
pub fn areas(results: &Results) -> Result<Table, ArrowError> {
    let found = &results.areas;
    let all = 0..found.partition.areas();
    let flows = found.flows.as_ref().map(|flows| &flows.statistics);
    let of = |get: &dyn Fn(&AreaStatistics) -> Option<f64>| -> Vec<Option<f64>> {
        all.clone().map(|area| get(&flows?[area])).collect()
    };
    let count = |get: &dyn Fn(&AreaStatistics) -> usize| -> Vec<Option<i64>> {
        all.clone().map(|area| Some(get(&flows?[area]) as i64)).collect()
    };
    let verdict = |area: usize| results.districts.as_ref().map(|districts| &districts.verdicts[area]);
    let industry = |area: usize| {
        let districts = results.districts.as_ref()?;
        Some(districts.industry_id(districts.verdicts[area].main_industry?))
    };
    let mut table = TableBuilder::new("areas", "The labour market areas.", &["area"])
        .text("area", "Code of the area.", all.clone().map(|area| Some(found.partition.code(area as u32))))
        .text("name", "Name: that of the zone with most jobs, or as given.", found.names.iter().map(Some))
        .text(
            "main_zone",
            "Code of the zone with most jobs.",
            found.main_zones.iter().map(|&zone| Some(results.input.zones.zones.code(zone))),
        )
        .text("region", "Region of the zone with most jobs.", found.regions.iter().map(Option::as_deref))
        .whole("zones", "Number of zones.", found.zones.iter().map(|&zones| Some(zones as i64)))
        .number(
            "population",
            "Resident population, persons; missing if that of a zone is unknown.",
            found.population.iter().copied(),
        )
        .number(
            "km2",
            "Square kilometres, on the ellipsoid; missing if a zone has no shape.",
            found.km2.iter().copied(),
        )
        .number(
            "residents",
            "L: employed residents, wherever they work, persons.",
            of(&|area| Some(area.residents)),
        )
        .number(
            "workers",
            "W: people working in the area, wherever they live, persons.",
            of(&|area| Some(area.workers)),
        )
        .number("inside", "S: people living and working in the area, persons.", of(&|area| Some(area.inside)))
        .number(
            "sc_supply_side",
            "Supply-side self-containment, S/L, 0 to 1.",
            of(&|area| area.sc_supply_side),
        )
        .number(
            "sc_demand_side",
            "Demand-side self-containment, S/W, 0 to 1.",
            of(&|area| area.sc_demand_side),
        )
        .number(
            "validity",
            "Validity; below 1 the area rests on the reserve list or on tuning.",
            of(&|area| Some(area.validity)),
        )
        .number("commuter_ratio", "((L-S)+(W-S))/(2S).", of(&|area| area.commuter_ratio))
        .number("home_work_ratio", "((L-S)-(W-S))/S.", of(&|area| area.home_work_ratio))
        .number(
            "internal_cohesion_link",
            "Rows between two different members over n(n-1), 0 to 1; missing without such a row.",
            of(&|area| area.internal_cohesion_link),
        )
        .number(
            "internal_cohesion_flows",
            "100 x flow between different members over S; missing without such a row.",
            of(&|area| area.internal_cohesion_flows),
        )
        .whole(
            "central_zones",
            "Members with more than 100 jobs that draw more workers than they send.",
            count(&|area| area.central_zones),
        )
        .whole("links_in", "Areas with a flow into this one, itself included.", count(&|area| area.links_in))
        .whole(
            "links_out",
            "Areas with a flow out of this one, itself included.",
            count(&|area| area.links_out),
        );
    if results.districts.is_some() {
        table = table
            .text(
                "kind",
                "district, large_firm_system, other_manufacturing, rest or undetermined.",
                all.clone().map(|area| verdict(area).map(|verdict| verdict.kind.name())),
            )
            .text("main_industry", "Main manufacturing industry, if there is one.", all.map(industry));
    }
    table.build()
}
