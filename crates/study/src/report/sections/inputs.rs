//! What was read, and what was odd about it.

use std::fmt::Write as _;

use crate::disclosure::Disclosed;
use crate::fault::Fault;
use crate::flows::FlowInput;
use crate::report::facts::Facts;
use crate::report::html::Html;
use crate::report::numbers::{bytes, count, percent};
use crate::report::table::{Column, Table};
use crate::report::words::plural;

pub(in crate::report) fn write(html: &mut Html, facts: &Facts<'_>) {
    html.chapter("inputs", "Inputs and warnings", |html| {
        if let Some(disclosed) = facts.disclosed {
            confidential(html, disclosed);
        }
        if let Some(input) = facts.flows {
            html.paragraph(&flows(input));
        } else if facts.disclosed.and_then(Disclosed::flows).is_none() {
            html.paragraph("The study has no flows; its areas were given.");
        }
        if let Some(districts) = facts.districts {
            let nation = districts.all_sectors.nation().total_employees();
            let manufacturing = districts.manufacturing.nation().total_employees();
            let mut sentence = format!(
                "The tables of jobs hold {} jobs, {} of them in manufacturing.",
                count(nation.known()),
                count(manufacturing.known())
            );
            if manufacturing.estimated_share() > 0.0 {
                let _ = write!(sentence, " {} of the manufacturing jobs are estimated from the number of local units in each band of size.",
                    percent(manufacturing.estimated_share())
                );
            }
            html.paragraph(&sentence);
        }
        if !facts.files.is_empty() {
            files(facts).write(html);
        }
        let warnings: Vec<&Fault> = facts.log.warnings().collect();
        html.heading("Warnings");
        if warnings.is_empty() {
            html.paragraph("None.");
        } else {
            write_faults(html, &warnings);
        }
        let notes: Vec<&Fault> = facts.log.notes().collect();
        if !notes.is_empty() {
            html.details(&format!("{} on what was guessed or done", plural(notes.len(), "note", "notes")), |html| {
                write_faults(html, &notes);
            });
        }
    });
}

/// What is withheld, by which rule.
fn confidential(html: &mut Html, disclosed: &Disclosed) {
    let Disclosed::Protected { rule, flows, .. } = disclosed else {
        html.paragraph(
            "The tables come from micro-data, and by the wish of the study nothing of them is withheld.",
        );
        return;
    };
    let mut text = format!(
        "The tables come from micro-data. A figure with fewer than {} contributors, or of which the largest {} hold more than {}, is \
         withheld, and so are others that would tell it by subtraction. All numbers on this page are made of published figures: \
         jobs of areas and industries count only what is published of them, while what an area is was judged on all figures.",
        rule.minimum,
        rule.dominance_units,
        percent(rule.dominance_share)
    );
    for (table, [primary, secondary]) in disclosed.withheld() {
        let _ = write!(
            text,
            " Of the table {table}, {} are withheld for themselves and {} to protect them.",
            plural(primary, "figure", "figures"),
            count(secondary as f64)
        );
    }
    match flows {
        Some(flows) if flows.areas_open => {
            text.push_str(" Totals of the flows and figures of single steps of the search are left out.");
        }
        Some(_) => {
            text.push_str(" What the flows say of areas is left out, since some areas have too few persons.");
        }
        None => {}
    }
    html.paragraph(&text);
}

fn flows(input: &FlowInput) -> String {
    let table = &input.table;
    let (total, zones) = (table.total(), 0..table.zones() as u32);
    let inside: f64 = zones.map(|zone| table.inside(zone)).sum();
    let mut text = format!(
        "The flows hold {} persons in {}",
        count(table.persons(total)),
        plural(table.pairs(), "pair of zones", "pairs of zones"),
    );
    if total > 0.0 {
        let _ = write!(text, "; {} live and work in the same zone", percent(inside / total));
    }
    text.push('.');
    if input.elsewhere.rows > 0 {
        let _ = write!(
            text,
            " {} persons ({}) who live or work abroad or at an unknown place are kept out.",
            count(input.elsewhere.persons),
            percent(input.elsewhere.share)
        );
    }
    if input.unmatched.rows > 0 {
        let _ = write!(
            text,
            " {} persons ({}) of {} that are not zones are left out.",
            count(input.unmatched.amount),
            percent(input.unmatched.share),
            plural(input.unmatched.codes.len(), "code", "codes")
        );
    }
    text
}

fn files(facts: &Facts<'_>) -> Table {
    let columns = [Column::Text("File"), Column::Number("Size"), Column::Text("SHA-256 (first 12 digits)")];
    let mut table = Table::new("Files read", &columns);
    for file in facts.files {
        table.row([file.path.clone(), bytes(file.size), file.sha256.chars().take(12).collect()]);
    }
    table
}

fn write_faults(html: &mut Html, faults: &[&Fault]) {
    html.element("ul", &[], |html| {
        for fault in faults {
            write_fault(html, fault);
        }
    });
}

fn write_fault(html: &mut Html, fault: &Fault) {
    html.element("li", &[], |html| {
        html.text_in("code", &[], fault.code.number());
        html.text(&format!(" {}.", fault.what));
        for more in fault.why.iter().chain(&fault.help) {
            html.empty("br", &[]);
            html.text(more);
        }
    });
    html.line();
}
