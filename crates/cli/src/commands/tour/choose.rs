//! `distretto tour districts` and `distretto tour hosts`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use distretto_desk::folder::open;
use distretto_study::edition::table::{Table, TableBuilder};
use distretto_study::fault::{Code, Fault};
use distretto_tours::choosing::{self, DistrictWeights, Homes, Visited, worth};
use distretto_tours::planning::{bar, listed};
use distretto_tours::{Host, Tour, Travel, Visit};

use crate::failure::{Failure, show};
use crate::output::{Format, Output, print_text};

/// Which districts fit this delegation, and why
///
/// One row a line of the account: industry, interests that can be met, certainty, phases, size, nearness and hosts, best district first.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  distretto tour districts tour\n  distretto tour districts tour --home AL=CB,CC --weight size=0 --weight industry=300\n  distretto tour districts tour --format csv > districts.csv"
)]
pub struct Districts {
    /// The tour; its edition says what is known of the districts.
    tour: PathBuf,
    /// Industries that are strong in a delegate's country, by their codes in the edition.
    #[arg(long, value_name = "COUNTRY=CODE,...")]
    home: Vec<String>,
    /// Points that a line counts at most: industry, interests, certainty, phases, size, nearness or hosts.
    #[arg(long, value_name = "LINE=POINTS")]
    weight: Vec<String>,
    #[command(flatten)]
    output: Output,
}

/// Which hosts are worth a visit, and why
///
/// One row a line of the account, best host first; how much a host would add if it were the only one visited.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  distretto tour hosts tour\n  distretto tour hosts tour --format csv > hosts-scored.csv"
)]
pub struct Hosts {
    /// The tour.
    tour: PathBuf,
    #[command(flatten)]
    output: Output,
}

pub fn districts(args: &Districts, quiet: bool) -> Result<(), Failure> {
    let format = args.output.format(Format::Table)?;
    let (homes, weights) = (homes(&args.home)?, weights(&args.weight)?);
    let opened = open(&args.tour)?;
    show(&opened.log, quiet);
    let tour = &opened.tour;
    let may = |host: &Host| bar(tour, host, &tour.visit(&host.code)).is_none();
    let ranked = choosing::districts(tour, &worth(tour), &weights, &homes, may);
    if format == Format::Table && args.output.out.is_none() {
        if ranked.is_empty() {
            return print_text(match opened.edition {
                Some(_) => {
                    "no district is known: the edition of the tour has none, and no host lies in an area of it\n"
                }
                None => "no district is known: the tour names no edition, and no host a district\n",
            });
        }
        let accounts = ranked.iter().map(|district| {
            let lines = district.lines.iter().map(|line| (line.points, line.fact.to_string())).collect();
            account(&district.code, &district.name, district.points, lines)
        });
        return print_text(&accounts.collect::<String>());
    }
    let rows: Vec<_> = (1..)
        .zip(&ranked)
        .flat_map(|(place, district)| district.lines.iter().map(move |line| (place, district, line)))
        .collect();
    let table =
        TableBuilder::new("tour_districts", "One line of the account of a district", &["district", "line"])
            .whole("place", "Place in order of points", rows.iter().map(|row| Some(row.0)))
            .text("district", "Code of the district", rows.iter().map(|row| Some(&row.1.code)))
            .text("name", "Its name", rows.iter().map(|row| Some(&row.1.name)))
            .whole("total", "Points in all", rows.iter().map(|row| Some(row.1.points)))
            .whole(
                "points",
                "Points of this line; empty where the fact is not known",
                rows.iter().map(|row| row.2.points),
            )
            .text("line", "What speaks for it", rows.iter().map(|row| Some(row.2.fact.to_string())));
    args.output.write(&built(table)?, format)
}

pub fn hosts(args: &Hosts, quiet: bool) -> Result<(), Failure> {
    let format = args.output.format(Format::Table)?;
    let opened = open(&args.tour)?;
    show(&opened.log, quiet);
    let tour = &opened.tour;
    let worth = worth(tour);
    let ranked = choosing::hosts(tour, &worth);
    let left = left_out(tour, &worth);
    let name = |code: &str| tour.host(code).map(|host| host.name.clone());
    if format == Format::Table && args.output.out.is_none() {
        let accounts = ranked.iter().map(|host| {
            let mut lines: Vec<_> =
                host.lines.iter().map(|line| (Some(line.points), line.what.to_string())).collect();
            lines.extend(left.get(&host.host).map(|why| (None, why.clone())));
            account(&host.host, &name(&host.host).unwrap_or_default(), host.points, lines)
        });
        return print_text(&accounts.collect::<String>());
    }
    let rows: Vec<(i64, &Visited, Option<&choosing::Line>)> = (1..)
        .zip(&ranked)
        .flat_map(|(place, host)| {
            let none = host.lines.is_empty().then_some((place, host, None));
            host.lines.iter().map(move |line| (place, host, Some(line))).chain(none)
        })
        .collect();
    let table = TableBuilder::new("tour_hosts", "One line of the account of a host", &["host", "line"])
        .whole("place", "Place in order of points", rows.iter().map(|row| Some(row.0)))
        .text("host", "Code of the host", rows.iter().map(|row| Some(&row.1.host)))
        .text("name", "Its name", rows.iter().map(|row| name(&row.1.host)))
        .whole("total", "Points in all", rows.iter().map(|row| Some(row.1.points)))
        .whole("points", "Points of this line", rows.iter().map(|row| row.2.map(|line| line.points)))
        .text(
            "line",
            "What it counts for",
            rows.iter().map(|row| Some(row.2.map_or_else(String::new, |line| line.what.to_string()))),
        )
        .text("left_out", "Why no plan is looked for with it", rows.iter().map(|row| left.get(&row.1.host)));
    args.output.write(&built(table)?, format)
}

/// The hosts among which no plan is looked for, and why; who is on the shortlist is not told of a tour that cannot be planned yet.
fn left_out(tour: &Tour, worth: &choosing::Worth) -> BTreeMap<String, String> {
    let visits: BTreeMap<&str, &Visit> =
        tour.visits.iter().map(|visit| (visit.host.as_str(), visit)).collect();
    let list = listed(tour, &Travel::default(), worth, &[]);
    let left = list.map(|list| list.left).unwrap_or_default().into_iter();
    let mut left: BTreeMap<String, String> =
        left.map(|(host, why)| (host, format!("not on the shortlist: {why}"))).collect();
    for host in &tour.hosts {
        let visit =
            visits.get(host.code.as_str()).map_or_else(|| Visit::of(&host.code), |&visit| visit.clone());
        if let Some(bar) = bar(tour, host, &visit) {
            left.insert(host.code.clone(), format!("cannot be visited: {bar}"));
        }
    }
    left
}

/// Points line by line, for reading.
fn account(code: &str, name: &str, points: i64, lines: Vec<(Option<i64>, String)>) -> String {
    let mut text = format!("{points:>6}  {code}  {name}\n");
    for (points, line) in lines {
        let points = points.map_or_else(|| "-".to_owned(), |points| points.to_string());
        text += &format!("{points:>14}  {line}\n");
    }
    text
}

fn built(table: TableBuilder) -> Result<Table, Failure> {
    table.build().map_err(|error| Fault::new(Code::Internal, error.to_string()).into())
}

fn homes(texts: &[String]) -> Result<Homes, Failure> {
    texts
        .iter()
        .map(|text| {
            let (country, codes) = pair(text, "AL=CB,CC")?;
            Ok((country.to_uppercase(), codes.split(',').map(|code| code.trim().to_owned()).collect()))
        })
        .collect()
}

fn weights(texts: &[String]) -> Result<DistrictWeights, Failure> {
    let mut weights = DistrictWeights::default();
    for text in texts {
        let (line, points) = pair(text, "size=0")?;
        let points: u32 = points.trim().parse().map_err(|_| refused(text, "size=0"))?;
        let weight = match line {
            "industry" => &mut weights.industry,
            "interests" => &mut weights.interests,
            "certainty" => &mut weights.certainty,
            "phases" => &mut weights.phases,
            "size" => &mut weights.size,
            "nearness" => &mut weights.nearness,
            "hosts" => &mut weights.hosts,
            _ => return Err(refused(text, "size=0")),
        };
        *weight = points;
    }
    Ok(weights)
}

fn pair<'a>(text: &'a str, like: &str) -> Result<(&'a str, &'a str), Failure> {
    text.split_once('=').map(|(name, value)| (name.trim(), value)).ok_or_else(|| refused(text, like))
}

fn refused(text: &str, like: &str) -> Failure {
    Fault::new(Code::TourValue, format!("`{text}` is not what the option takes"))
        .hint(format!("write it like `{like}`; `--help` lists what there is"))
        .into()
}
