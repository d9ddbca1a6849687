//! The road book as files.
//!
//! | file | for |
//! |---|---|
//! | `roadbook.html` | paper: pages to print on A4 |
//! | `roadbook.ics` | a calendar |
//! | `roadbook.gpx` | a navigation device |
//! | `roadbook.gpkg` | a geographic information system: layers `stops` and `legs` |
//! | `roadbook.csv`, `roadbook.json` | a spreadsheet; programs |
//!
//! What the book says is the matter of [`distretto_roadbook`]; here it is given what is known of districts from the edition, lines of roads
//! from the server where there is one, and files to stand in.

mod layers;
mod readings;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chrono::{DateTime, SecondsFormat, Utc};
use distretto_roadbook::book::Route;
use distretto_roadbook::{Book, BookError, Words, csv, geo, gpx, html, ics, json};
use distretto_study::edition::files::{failed, write_private, write_text};
use distretto_study::edition::folder::{only_ours, whole_folder};
use distretto_study::fault::{Code, Fault, Log, Result, first_lines, listed};
use distretto_study::spatial::write_geopackage;
use distretto_tours::check::check;
use distretto_tours::{Plan, Travel};

use crate::folder::Opened;
use crate::ways::Ways;

/// The files of a road book.
pub const FILES: [&str; 6] =
    ["roadbook.html", "roadbook.ics", "roadbook.gpx", "roadbook.gpkg", "roadbook.csv", "roadbook.json"];

/// What a road book is made of beside the tour.
#[derive(Debug, Clone, Copy)]
pub struct Making<'a> {
    /// The tour as it was read.
    pub opened: &'a Opened,
    /// The plan that is told.
    pub plan: &'a Plan,
    /// The ways between hosts and bases.
    pub travel: &'a Travel,
    /// The language.
    pub words: &'a Words,
    /// The moment at which it is made: the same moment gives the same bytes.
    pub made: DateTime<Utc>,
    /// Whether contacts, travellers and numbers of persons are in it: only for those who travel.
    pub personal: bool,
    /// Lines of roads, where they are known; see [`routes`].
    pub routes: &'a [Route],
    /// Address of the edition in an atlas, such as `https://atlas.example.org/it-2011`, to which districts are linked.
    pub atlas: Option<&'a str>,
}

/// The words of a language: `en`, `it`, or the path of a message file.
///
/// # Errors
/// A language that is neither.
pub fn words(language: &str, log: &mut Log) -> Result<Words> {
    if let Some(words) = Words::built_in(language) {
        return Ok(words);
    }
    let path = Path::new(language);
    let wrong = |why: String| {
        Fault::new(Code::BookWords, format!("`{language}` is not a language of the road book"))
            .because(why)
            .hint("take `en` or `it`, or the path of a message file")
    };
    let text = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
    let words = Words::parse(&text).map_err(|error| wrong(error.to_string()))?;
    let said: [(&[String], &str); 3] = [
        (words.missing(), "are missing"),
        (words.faulty(), "have something in braces that is not filled in"),
        (words.unknown(), "are in no road book"),
    ];
    for (messages, what) in said.iter().filter(|(messages, _)| !messages.is_empty()) {
        let what = format!("{} messages of the language {what}", messages.len());
        log.add(Fault::new(Code::BookWordsMissing, what).in_file(path).because(listed(messages, 10)));
    }
    Ok(words)
}

/// So many of the rules that a plan breaks are named.
const BREACHES: usize = 8;

/// Warns where a plan breaks what its tour demands ([`Code::BookBroken`]). The book can be made all the same: who made the plan may know better.
pub fn warn_of_breaches(opened: &Opened, travel: &Travel, plan: &Plan, log: &mut Log) {
    let broken = check(&opened.tour, travel, plan).violations;
    if broken.is_empty() {
        return;
    }
    let times = if broken.len() == 1 { "once".to_owned() } else { format!("{} times", broken.len()) };
    log.add(
        Fault::new(Code::BookBroken, format!("the plan breaks what the tour demands {times}"))
            .because(first_lines(&broken, BREACHES))
            .hint("mend the plan and make the book again; `distretto tour check` lists everything"),
    );
}

/// The lines of the roads that a plan drives, as the server of the tour tells them; none where travel times come from elsewhere. Legs without
/// a way have none. Where the server does not answer, or answers something else, it is not asked again: a warning says so
/// ([`Code::BookStraight`]), and the other legs have no lines.
pub fn routes(opened: &Opened, plan: &Plan, log: &mut Log) -> Vec<Route> {
    let Ways::Server(server) = &opened.ways else { return Vec::new() };
    let tour = &opened.tour;
    let place = |code: &str| {
        let place =
            tour.host(code).map(|host| &host.place).or_else(|| tour.base(code).map(|base| &base.place));
        place.map(|place| (place.lon, place.lat))
    };
    let mut legs: BTreeSet<(&str, &str)> = BTreeSet::new();
    for day in &plan.days {
        let stops = day.stops.iter().map(|stop| stop.host.as_str());
        let places: Vec<&str> =
            [day.from.as_str()].into_iter().chain(stops).chain([day.to.as_str()]).collect();
        legs.extend(places.windows(2).map(|pair| (pair[0], pair[1])).filter(|(from, to)| from != to));
    }
    let mut routes = Vec::new();
    for (from, to) in legs {
        let (Some(a), Some(b)) = (place(from), place(to)) else { continue };
        match server.route(&[a, b]) {
            Ok(Some(line)) => routes.push(Route { from: from.to_owned(), to: to.to_owned(), line }),
            Ok(None) => {}
            Err(fault) => {
                let why = [Some(fault.what), fault.why].into_iter().flatten().collect::<Vec<_>>().join("\n");
                let what =
                    "legs are drawn as straight lines: the server of travel times does not tell the roads";
                log.add(Fault::new(Code::BookStraight, what).because(why));
                break;
            }
        }
    }
    routes
}

/// Writes the files of a road book into a folder, which is whole or not there at all. An older road book there is replaced; a folder that
/// holds anything else is left alone unless `force` is set. On Unix only the owner may read the pages, calendar, route and tables of a book with
/// what is personal. Returns the files.
///
/// # Errors
/// A plan that does not fit the tour; a folder that cannot be written, or holds something else.
pub fn write(making: &Making<'_>, out: &Path, force: bool) -> Result<Vec<PathBuf>> {
    only_ours(out, &FILES.map(str::to_owned), "a road book", force)?;
    with_book(making, |book| whole_folder(out, |folder| files(book, folder)))?;
    Ok(FILES.iter().map(|file| out.join(file)).collect())
}

/// The pages of a road book, as they stand in `roadbook.html`.
///
/// # Errors
/// A plan that does not fit the tour.
pub fn page(making: &Making<'_>) -> Result<String> {
    with_book(making, |book| html(book).map_err(|error| fault(&error)))
}

fn with_book<T>(making: &Making<'_>, work: impl FnOnce(&Book<'_>) -> Result<T>) -> Result<T> {
    let opened = making.opened;
    let edition = opened.edition.as_ref();
    let readings = edition.map(|edition| readings::readings(edition, making)).unwrap_or_default();
    let outlines = edition.map(|edition| readings::outlines(edition, making)).unwrap_or_default();
    let industries: BTreeMap<String, String> = opened
        .tour
        .districts
        .iter()
        .filter_map(|district| Some((district.industry.clone()?, district.industry_name.clone())))
        .filter(|(_, name)| !name.is_empty())
        .collect();
    let mut travel = making.travel.clone();
    travel.source = opened.ways.in_words(making.words);
    let book = Book {
        id: &opened.id,
        tour: &opened.tour,
        plan: making.plan,
        travel: &travel,
        personal: making.personal.then_some(&opened.personal),
        words: making.words,
        made: making.made,
        readings: &readings,
        chains: &opened.chains,
        industries: &industries,
        emergency: &opened.emergency,
        routes: making.routes,
        outlines: &outlines,
    };
    work(&book)
}

fn files(book: &Book<'_>, folder: &Path) -> Result<()> {
    type Maker = fn(&Book<'_>) -> Result<String, BookError>;
    let makers: [(&str, Maker); 5] = [
        ("roadbook.html", html),
        ("roadbook.ics", ics),
        ("roadbook.gpx", gpx),
        ("roadbook.csv", csv),
        ("roadbook.json", json),
    ];
    for (file, make) in makers {
        let (text, path) = (make(book).map_err(|error| fault(&error))?, folder.join(file));
        match book.personal {
            Some(_) => write_private(text.as_bytes(), &path)?,
            None => write_text(&text, &path)?,
        }
    }
    let geo = geo(book).map_err(|error| fault(&error))?;
    let path = folder.join("roadbook.gpkg");
    let layers = layers::Layers::of(&geo).map_err(|error| failed(&path, &error))?;
    let made = book.made.to_rfc3339_opts(SecondsFormat::Millis, true);
    write_geopackage(&path, &layers.layers(), &made).map_err(|error| failed(&path, &error))
}

fn fault(error: &BookError) -> Box<Fault> {
    Fault::new(Code::BookFailed, error.to_string())
}
