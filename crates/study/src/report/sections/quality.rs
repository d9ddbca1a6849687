//! The quality of the areas, in words and in 38 figures.

use distretto_regions::quality::Figure;

use crate::report::facts::Facts;
use crate::report::html::Html;
use crate::report::numbers::{count, decimal, or_none, percent};
use crate::report::table::{Column, Table};
use crate::report::words::{capital, none_or_many};

pub(in crate::report) fn write(html: &mut Html, facts: &Facts<'_>) {
    let Some(flows) = &facts.areas.flows else { return };
    let value =
        |name: &str| flows.quality.iter().find(|figure| figure.name == name).and_then(|figure| figure.value);
    html.heading("Quality");
    let mut sentences = Vec::new();
    if let (Some(supply), Some(demand)) = (value("Mean.SC_supply_side"), value("Mean.SC_demand_side")) {
        sentences.push(format!(
            "On average {} of the employed residents of an area work in it (supply-side self-containment), and {} of its jobs are \
             held by its residents (demand-side self-containment).",
            percent(supply),
            percent(demand)
        ));
    }
    if let Some(ratio) = value("Mean.lma_commuter_percent") {
        sentences.push(format!(
            "For every 100 people who live and work in an area, on average {} commute across its border (the mean of those who \
             come in and those who go out).",
            decimal(100.0 * ratio, 1)
        ));
    }
    if let Some(modularity) = value("Q_modularity") {
        sentences.push(format!(
            "The modularity of the flows is {}: how much more of the commuting stays inside areas than would by chance, given how \
             many people live and work in each (1 would be all).",
            decimal(modularity, 3)
        ));
    }
    let number = |name: &str| value(name).unwrap_or_default() as usize;
    let (single, invalid, without) =
        (number("NbClusterUniqueCom"), number("NbClustersValidLess1"), number("NbClustersNoCentralCom"));
    sentences.push(format!(
        "{} of a single zone, {} below the validity of the rule, and {} without a zone that draws more workers than it sends.",
        capital(&none_or_many(single, "area consists", "areas consist")),
        none_or_many(invalid, "area lies", "areas lie"),
        none_or_many(without, "area is", "areas are"),
    ));
    if let Some(between) = flows.summary.amounts_between {
        let links = flows.summary.links.saturating_sub(facts.number_of_areas());
        sentences.push(format!(
            "About {} ordered pairs of different areas exchange commuters; half of these flows are of at most {} persons.",
            count(links as f64),
            count(between.median)
        ));
    }
    for sentence in &sentences {
        html.paragraph(sentence);
    }
    html.details(&format!("All {} figures of quality", flows.quality.len()), |html| {
        table(&flows.quality).write(html);
    });
}

fn table(figures: &[Figure]) -> Table {
    let mut table = Table::new(
        "Figures of quality; names as in LabourMarketAreas 3.4",
        &[Column::Text("Figure"), Column::Text("Meaning"), Column::Number("Value")],
    );
    for figure in figures {
        let (words, format) = meaning(&figure.name);
        table.row([figure.name.clone(), words, or_none(figure.value, format)]);
    }
    table
}

/// What a figure means, and how it is written.
fn meaning(name: &str) -> (String, fn(f64) -> String) {
    let thousandths = |value: f64| decimal(value, 3);
    let per_cent = |value: f64| format!("{}\u{202f}%", decimal(value, 1));
    let of = |words: &str| words.to_owned();
    match name {
        "NbClusters" => return (of("Areas"), count),
        "NbClusterUniqueCom" => return (of("Areas of a single zone"), count),
        "NbClustersValidLess1" => return (of("Areas with a validity below 1"), count),
        "NbClustersNoCentralCom" => {
            return (of("Areas without a zone that draws more workers than it sends"), count);
        }
        "Q_modularity" => return (of("Modularity of the flows"), thousandths),
        _ => {}
    }
    let (statistic, variable) = name.split_once('.').unwrap_or(("", name));
    let statistic = match statistic {
        "Mean" => "Mean",
        "Std" => "Standard deviation",
        "Q1" => "First quartile",
        "Q2" => "Median",
        "Q3" => "Third quartile",
        "Min" => "Smallest",
        "Max" => "Largest",
        other => other,
    };
    let (words, format): (&str, fn(f64) -> String) = match variable {
        "SC_demand_side" => ("demand-side self-containment: share of jobs held by residents", percent),
        "SC_supply_side" => {
            ("supply-side self-containment: share of employed residents who work inside", percent)
        }
        "InternalCohesionFlows" => (
            "flow between different zones of an area, as a percentage of those who live and work in it",
            per_cent,
        ),
        "InternalCohesionLink" => ("share of the possible pairs of zones of an area with a flow", percent),
        "EMP_live" => ("number of employed residents", count),
        "EMP_work" => ("number of jobs in the flows", count),
        "EMP_live_work" => ("number of people who live and work in the area", count),
        "lma_commuter_percent" => {
            ("people who cross the border (mean of both directions) over those who stay", thousandths)
        }
        "Home_Work_Ratio" => ("net out-commuting over those who stay", thousandths),
        other => (other, thousandths),
    };
    (format!("{statistic}: {words}"), format)
}

#[cfg(test)]
mod tests {
    use super::*;
    use distretto_flows::{FlowTable, Row};
    use distretto_territory::Partition;

    #[test]
    fn every_figure_has_words() {
        let flows = FlowTable::from_rows(1, &[Row { origin: 0, destination: 0, amount: 1.0 }]).unwrap();
        let figures = distretto_regions::quality(&flows, &Partition::from_codes(&[Some("a")]), &[]);
        assert_eq!(figures.len(), 38);
        for figure in figures {
            let (words, _) = meaning(&figure.name);
            assert!(words.contains(' ') || words == "Areas", "{words}");
            assert!(!words.contains('_'), "{words}");
        }
    }
}
