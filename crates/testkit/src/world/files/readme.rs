//! What stands in the folder of a world, for its readers.

use std::fmt::Write as _;

use super::{INVOICES, REGISTER, Rows, TRIPS, WorldFiles};
use crate::world::World;
use crate::world::micro::day::REFERENCE_DAY;
use crate::world::micro::invoices::{PER_JOB, YEAR};
use crate::world::micro::trips::FIRST_MONDAY;

/// `README.md`.
pub(super) fn readme(world: &World, files: WorldFiles) -> String {
    let o = &world.options;
    let register = if files.register {
        "| `establishments.csv.gz` | local units; `firm` is the unit that founded the firm; employees of a zone add up to the flows into it |\n"
    } else {
        ""
    };
    let mut text = format!(
        "# A made country\n\n\
         {} zones in {} planted labour market areas; seed {}, noise {}, scale {}. Nothing in it is real.\n\n\
         | file | what |\n|---|---|\n\
         | `study.toml` | the study: `distretto run study.toml --out edition/` |\n\
         | `zones.csv` | zones with residents and employed residents |\n\
         | `flows.csv.gz` | commuters; those of an origin add up to its employed residents |\n\
         | `borders.geojson.gz` | borders, longitude and latitude; neighbours share vertices exactly |\n\
         {register}\
         | `jobs.csv` | local units and employees by zone, activity and size class; those of a zone add up to the flows into it |\n\
         | `truth_areas.csv` | the planted area of each zone |\n\
         | `truth_districts.csv` | what each planted area is, its main industry, and whether it was planted just on its side of a threshold |\n",
        world.zones.len(),
        world.areas.len(),
        o.seed,
        o.noise,
        o.scale,
    );
    // Writing into a text cannot fail.
    if files.units {
        let _ = write!(text, "{}", units());
    }
    if let Some(rows) = files.trips {
        let _ = write!(text, "{}", trips(world, rows, files.coordinates));
    }
    if let Some(rows) = files.invoices {
        let _ = write!(text, "{}", invoices(world, rows));
    }
    if files.tour {
        text += TOUR;
    }
    text
}

fn units() -> String {
    format!(
        "\n## `{REGISTER}/region=.../part-*.parquet`\n\n\
         The register over time, one row a local unit; `region` as in `zones.csv`.\n\n\
         | column | what |\n|---|---|\n\
         | `unit`, `firm` | text; the firm has the name of the unit that founded it, in the same zone |\n\
         | `zone` | code of the zone |\n\
         | `lon`, `lat` | its address, degrees, strictly inside the zone |\n\
         | `activity` | NACE Rev. 2 class |\n\
         | `employees` | jobs |\n\
         | `size_band` | size class of the jobs, as in `jobs.csv` |\n\
         | `from`, `to` | first and last day; `to` is null while the unit is open |\n\n\
         **Truth.** The units open on the reference day, {REFERENCE_DAY} (`from` on or before it, `to` null or after it), add up exactly to \
         `jobs.csv`. For four of them there is one more that closed before, for twelve one that opened after; these must not \
         count. No unit opens or closes on the reference day or next to it.\n"
    )
}

fn trips(world: &World, rows: Rows, coordinates: bool) -> String {
    let trips = world.trips();
    let rows = match rows {
        Rows::Usual => trips.weekly(),
        Rows::Exactly(rows) => rows,
    };
    let (persons, observed, extent) = (trips.persons(), trips.observed(rows), trips.extent(rows));
    let points = if coordinates {
        "| `from_lon`, `from_lat`, `to_lon`, `to_lat` | start and end, degrees, strictly inside the zones; a person's home and place of work do not move |\n"
    } else {
        ""
    };
    let weeks = extent.whole_weeks;
    let (more, rest) = (extent.persons, extent.rest);
    format!(
        "\n## `{TRIPS}/date=.../part-*.parquet`\n\n\
         {rows} trips of {observed} of the {persons} commuters, from Monday {FIRST_MONDAY} on: {weeks} whole weeks of everybody, \
         all trips of {more} persons in the week after, and the first {rest} of one more. A week has {} trips of everybody.\n\n\
         | column | what |\n|---|---|\n\
         | `person` | number from 1. Persons are numbered in a scattered order, so the first *n* are a sample of all flows |\n\
         | `from_zone`, `to_zone` | codes of zones |\n\
         {points}\
         | `time` | when the trip ends, local time |\n\
         | `purpose` | `work`, `home`, `shop`, `school` or `leisure` |\n\
         | `weight` | commuters a person stands for: {persons} / {observed} |\n\n\
         Everybody goes to work from home and back on each working day (Monday to Friday), and out three to seven times a week, there and back: half of the \
         time in the zone of their home, otherwise where someone of that zone works.\n\n\
         **Truth.** Where all persons are covered, the number of persons with `purpose = 'work'` from a zone to a zone is \
         `flows.csv.gz`, exactly; of fewer persons it is a sample. Without purposes: home is the zone where most trips of a person end at night (from any of 19:00, \
         20:00, 21:00 or 22:00 to any of 00:00 to 06:00), work the zone where most trips end on working days in the morning (06:00 to 12:00, or to any hour up to \
         16:00). For a person with a whole week of trips both hold without exception and without ties.\n",
        trips.weekly(),
    )
}

fn invoices(world: &World, rows: Rows) -> String {
    let rows = match rows {
        Rows::Usual => PER_JOB * world.trips().persons(),
        Rows::Exactly(rows) => rows,
    };
    format!(
        "\n## `{INVOICES}/month=.../part-*.parquet`\n\n\
         {rows} invoices of {YEAR} (none in a country with a single firm), spread evenly over the jobs of the units that write them.\n\n\
         | column | what |\n|---|---|\n\
         | `seller`, `buyer` | firms, as in the register; never the same |\n\
         | `amount` | hundredths of the currency, whole: sums are exact. Heavy-tailed: a finite mean, no variance |\n\
         | `date` | day of the invoice |\n\
         | `product` | NACE Rev. 2 class of the selling unit |\n\n\
         **Truth.** Units of the main industry of a district (`truth_districts.csv`) write four of five invoices to firms in other phases of \
         their process in the same area. All others go anywhere, by jobs and distance, to any firm.\n"
    )
}

const TOUR: &str = "\n## `tour/`\n\n\
     A study tour of districts that lie near each other, as tables: `docs/tours.md` says what the columns mean. Firms are units of the register, somewhere \
     in their zone. All persons are made up; telephone numbers and addresses lead nowhere. Which district a host belongs to follows from its zone, by the \
     edition in `../../edition`, beside the folder of the world.\n";
