//! A made tour of a made world: three days, eleven visits, seventeen delegates. No place, firm or person of it exists.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Europe::Rome;
use distretto_roadbook::book::{Book, Chain, Emergency, Number, Outline, Reading, Route};
use distretto_roadbook::words::Words;
use distretto_tours::host::{Host, Kind, Place};
use distretto_tours::plan::{DayPlan, Pause, Plan, Slot, Stop};
use distretto_tours::tour::{Contact, Person, Personal, Tour};
use distretto_tours::travel::{Leg, Travel, Way};
use distretto_tours::visit::{State, Visit};
use distretto_tours::{Base, Delegate, Delegation, Driving, Frame, Interest, Pace, Subject};

/// Everything that a book of the made tour borrows.
pub struct Made {
    pub tour: Tour,
    pub plan: Plan,
    pub travel: Travel,
    pub personal: Personal,
    pub readings: Vec<Reading>,
    pub chains: Vec<Chain>,
    pub industries: BTreeMap<String, String>,
    pub emergency: Emergency,
    pub routes: Vec<Route>,
    pub outlines: Vec<Outline>,
}

impl Made {
    pub fn book<'a>(&'a self, words: &'a Words, personal: bool) -> Book<'a> {
        Book {
            id: "valdrina-2026",
            tour: &self.tour,
            plan: &self.plan,
            travel: &self.travel,
            personal: personal.then_some(&self.personal),
            words,
            made: "2026-09-28T14:30:00Z".parse::<DateTime<Utc>>().unwrap_or_default(),
            readings: &self.readings,
            chains: &self.chains,
            industries: &self.industries,
            emergency: &self.emergency,
            routes: &self.routes,
            outlines: &self.outlines,
        }
    }
}

fn texts(list: &str) -> Vec<String> {
    list.split(',').map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned).collect()
}

fn place(lon: f64, lat: f64, address: &str, town: &str) -> Place {
    Place { lon, lat, address: address.to_owned(), town: town.to_owned() }
}

struct Brief(
    &'static str,
    &'static str,
    Kind,
    (f64, f64),
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    u32,
    Option<u32>,
    &'static str,
    &'static str,
);

/// Code, name, kind, place, address|town, district, industry|phases, practices, minutes, group, languages, what to look for.
const HOSTS: [Brief; 11] = [
    Brief(
        "h01",
        "Consorzio Calzaturieri della Valdrina",
        Kind::ServiceCentre,
        (13.522, 43.212),
        "Via dei Tigli 4|Borgo Stella",
        "D1",
        "15.20|",
        "export consortium,shared trade fairs",
        60,
        None,
        "it,en,fr",
        "The list of members on the wall: how many make whole shoes, and how many only a part of one.",
    ),
    Brief(
        "h02",
        "Suolificio Tre Torri",
        Kind::Enterprise,
        (13.551, 43.223),
        "Zona industriale, lotto 7|Borgo Stella",
        "D1",
        "15.20|soles",
        "subcontracting by the piece",
        50,
        Some(10),
        "it,en",
        "Soles leave in crates marked with the names of other firms. Ask to see the order book for one morning.",
    ),
    Brief(
        "h03",
        "Tomaificio Annalisa",
        Kind::Enterprise,
        (13.575, 43.241),
        "Via della Fonte 19|Colle Rosso",
        "D1",
        "15.20|cutting,stitching",
        "home work",
        45,
        Some(10),
        "it",
        "Which pieces are stitched at home, who carries them there and back, and how the price is agreed.",
    ),
    Brief(
        "h04",
        "Calzature Montefiore",
        Kind::Enterprise,
        (13.498, 43.247),
        "Contrada Molino 2|Pietranera",
        "D1",
        "15.20|lasting,finishing",
        "own brand,design to order",
        75,
        Some(12),
        "it,en,de",
        "The same line makes shoes for three brands. Look for the change of lasts between them and how long it takes.",
    ),
    Brief(
        "h05",
        "Museo della Scarpa",
        Kind::CulturalSite,
        (13.530, 43.209),
        "Piazza Grande 1|Borgo Stella",
        "D1",
        "15.20|",
        "",
        45,
        None,
        "it,en,fr,ar",
        "",
    ),
    Brief(
        "h06",
        "Laboratorio Materiali dell'Università",
        Kind::ResearchCentre,
        (13.441, 43.298),
        "Via delle Scienze 30|Castel Marino",
        "",
        "15.20,16.29|",
        "testing for small firms,joint patents",
        60,
        None,
        "it,en",
        "",
    ),
    Brief(
        "h07",
        "Cooperativa Olearia Collalto",
        Kind::Enterprise,
        (13.392, 43.172),
        "Strada Collalto 11|Collalto",
        "D2",
        "10.41|pressing,bottling",
        "cooperative of growers,designation of origin",
        90,
        None,
        "it,en,fr",
        "How each grower's olives are weighed and kept apart, and when the price is known.",
    ),
    Brief(
        "h08",
        "Frantoio Sant'Elia",
        Kind::Enterprise,
        (13.415, 43.151),
        "Contrada Sant'Elia|Collalto",
        "D2",
        "10.41|pressing",
        "designation of origin",
        45,
        Some(9),
        "it,fr",
        "",
    ),
    Brief(
        "h09",
        "Terrazze di Collalto",
        Kind::TerritorialSite,
        (13.402, 43.160),
        "|Collalto",
        "D2",
        "|",
        "",
        40,
        None,
        "it,en",
        "Dry stone walls that hold the groves: who repairs them now that fewer families live from the oil.",
    ),
    Brief(
        "h10",
        "Conceria del Ponte",
        Kind::Enterprise,
        (13.472, 43.226),
        "Lungofiume 8|Pietranera",
        "D1",
        "15.20|tanning",
        "shared water treatment",
        60,
        None,
        "it,en",
        "The pipe that leaves the tannery: it ends at a plant that eleven firms own together.",
    ),
    Brief(
        "h11",
        "Camera di Commercio",
        Kind::Institution,
        (13.457, 43.301),
        "Corso Vecchio 12|Castel Marino",
        "",
        "|",
        "arbitration between firms,export consortium",
        90,
        None,
        "it,en,fr,ar,sq",
        "Closing session with the municipalities and the associations of both districts.",
    ),
];

fn hosts() -> Vec<Host> {
    HOSTS
        .iter()
        .map(|brief| {
            let (address, town) = brief.4.split_once('|').unwrap_or((brief.4, ""));
            let (industries, phases) = brief.6.split_once('|').unwrap_or((brief.6, ""));
            Host {
                code: brief.0.to_owned(),
                name: brief.1.to_owned(),
                kind: brief.2,
                place: place(brief.3.0, brief.3.1, address, town),
                district: (!brief.5.is_empty()).then(|| brief.5.to_owned()),
                industries: texts(industries),
                phases: texts(phases),
                practices: texts(brief.7),
                look_for: brief.11.to_owned(),
                hours: None,
                country: None,
                time_zone: None,
                minutes: brief.8,
                group: brief.9,
                guides: 1,
                stagger: Some(25),
                languages: texts(brief.10),
                notice: 14,
                meal: brief.0 == "h07",
                cost: 0,
                meets: texts("step-free"),
                consent: true,
                valid_until: None,
            }
        })
        .collect()
}

fn delegates() -> Vec<Delegate> {
    let list = [
        ("director of a service centre", "AL", "sq,it"),
        ("adviser of a chamber of commerce", "DZ", "fr,ar"),
        ("head of an export office", "BA", "bs,en"),
        ("director of a service centre", "BG", "bg,en"),
        ("adviser of a ministry of industry", "CY", "el,en"),
        ("director of a technology park", "HR", "hr,en,it"),
        ("adviser of a chamber of commerce", "EG", "ar,en"),
        ("head of a training centre", "EG", "ar,en"),
        ("director of a service centre", "JO", "ar,en"),
        ("adviser of a ministry of industry", "LB", "ar,fr,en"),
        ("director of a service centre", "MT", "mt,en,it"),
        ("head of an export office", "MA", "fr,ar"),
        ("adviser of a chamber of commerce", "MA", "fr,ar"),
        ("director of a technology park", "RS", "sr,en"),
        ("head of a training centre", "TN", "fr,ar,it"),
        ("adviser of a chamber of commerce", "TN", "fr,ar"),
        ("director of a service centre", "TR", "tr,en"),
    ];
    let interest = |subject, name: &str, weight| Interest { subject, name: name.to_owned(), weight };
    list.iter()
        .enumerate()
        .map(|(at, (role, country, languages))| {
            let mut interests = vec![
                interest(Subject::Industry, if at % 3 == 0 { "10.41" } else { "15.20" }, 3),
                interest(Subject::Practice, "export consortium", if at % 4 == 0 { 6 } else { 3 }),
            ];
            match at % 5 {
                0 => interests.push(interest(Subject::Phase, "stitching", 3)),
                1 => interests.push(interest(Subject::Practice, "shared water treatment", 6)),
                2 => interests.push(interest(Subject::Practice, "testing for small firms", 3)),
                3 => interests.push(interest(Subject::Practice, "designation of origin", 4)),
                _ => interests.push(interest(Subject::Kind, "service_centre", 3)),
            }
            Delegate {
                code: format!("p{:02}", at + 1),
                role: (*role).to_owned(),
                country: (*country).to_owned(),
                languages: texts(languages),
                interests,
                needs: if at == 8 { texts("step-free") } else { Vec::new() },
            }
        })
        .collect()
}

fn bases() -> Vec<Base> {
    let base = |code: &str, name: &str, place, hotel| Base {
        code: code.to_owned(),
        name: name.to_owned(),
        place,
        hotel,
        cost: if hotel { 180_000 } else { 0 },
    };
    vec![
        base("b1", "Albergo Stella", place(13.528, 43.207, "Viale della Stazione 3", "Borgo Stella"), true),
        base("b2", "Aeroporto di Castel Marino", place(13.466, 43.330, "", "Castel Marino"), false),
    ]
}

/// Kilometres on the sphere.
fn kilometres(a: &Place, b: &Place) -> f64 {
    let mean = f64::midpoint(a.lat, b.lat).to_radians().cos();
    ((a.lon - b.lon) * mean * 111.195).hypot((a.lat - b.lat) * 111.195)
}

fn travel(places: &[(String, Place)]) -> Travel {
    let mut travel = Travel::new(
        places.iter().map(|(code, _)| code.clone()),
        "straight distance, 1.3 times as long on the road, 45 km/h",
    );
    for (from, here) in places {
        for (to, there) in places {
            let km = 1.3 * kilometres(here, there);
            let leg = Leg { minutes: (km / 45.0 * 60.0).ceil() as u32, metres: Some((km * 1000.0) as u32) };
            if from != to {
                travel.set(from, to, Way::Leg(leg));
            }
        }
    }
    travel
}

fn at(day: u32, hour: u32, minute: u32) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 10, day)
        .and_then(|date| date.and_hms_opt(hour, minute, 0))
        .unwrap_or_default()
}

/// A day from what is visited in turn, each not before a time.
fn day(
    tour: &Tour,
    travel: &Travel,
    departs: NaiveDateTime,
    stops: &[(&str, Option<NaiveDateTime>)],
    ends: (&str, &str),
    meal: Option<Pause>,
) -> DayPlan {
    let people = tour.delegation.people();
    let minutes = |from: &str, to: &str| match travel.way(from, to) {
        Way::Leg(leg) => Duration::minutes(i64::from(leg.minutes.div_ceil(5) * 5)),
        _ => Duration::zero(),
    };
    let (mut place, mut time) = (ends.0, departs);
    let mut planned = Vec::new();
    for (code, not_before) in stops {
        let Some(host) = tour.host(code) else { continue };
        let arrives = time + minutes(place, code);
        let starts = not_before.map_or(arrives, |start| start.max(arrives));
        let groups = host.groups(people);
        let slots = groups.sizes.iter().zip(&groups.starts).map(|(&people, &start)| {
            let starts = starts + Duration::minutes(i64::from(start));
            Slot { people, starts, ends: starts + Duration::minutes(i64::from(host.minutes)) }
        });
        let slots: Vec<Slot> = if groups.sizes.len() > 1 { slots.collect() } else { Vec::new() };
        let ends = starts + Duration::minutes(i64::from(groups.minutes));
        planned.push(Stop { host: (*code).to_owned(), arrives, starts, ends, slots });
        time = ends + Duration::minutes(10);
        if let Some(meal) = meal.iter().find(|meal| meal.at.as_deref() == Some(code) && meal.starts >= ends) {
            time = meal.ends;
        }
        place = code;
    }
    DayPlan {
        date: departs.date(),
        from: ends.0.to_owned(),
        to: ends.1.to_owned(),
        departs,
        returns: time + minutes(place, ends.1),
        stops: planned,
        meal,
        rests: Vec::new(),
    }
}

fn plan(tour: &Tour, travel: &Travel) -> Plan {
    let lunch = |at_: &str, day, hour, minute| {
        Some(Pause {
            starts: at(day, hour, minute),
            ends: at(day, hour + 1, minute),
            at: Some(at_.to_owned()),
        })
    };
    Plan {
        days: vec![
            day(
                tour,
                travel,
                at(20, 9, 0),
                &[
                    ("h01", Some(at(20, 9, 30))),
                    ("h02", None),
                    ("h03", Some(at(20, 14, 0))),
                    ("h05", Some(at(20, 16, 0))),
                ],
                ("b2", "b1"),
                lunch("h02", 20, 12, 20),
            ),
            day(
                tour,
                travel,
                at(21, 8, 30),
                &[("h10", None), ("h04", None), ("h07", Some(at(21, 13, 0))), ("h09", None), ("h08", None)],
                ("b1", "b1"),
                lunch("h07", 21, 13, 0),
            ),
            day(
                tour,
                travel,
                at(22, 8, 45),
                &[("h06", Some(at(22, 9, 30))), ("h11", Some(at(22, 11, 0)))],
                ("b1", "b2"),
                lunch("h11", 22, 12, 45),
            ),
        ],
        proven: Some(true),
    }
}

/// A road that bends between two places.
fn road(from: &Place, to: &Place) -> Vec<(f64, f64)> {
    (0..=16)
        .map(|step| {
            let share = f64::from(step) / 16.0;
            let bend =
                (share * std::f64::consts::TAU).sin() * 0.06 + (share * std::f64::consts::PI).sin() * 0.09;
            let (dx, dy) = (to.lon - from.lon, to.lat - from.lat);
            (from.lon + share * dx - bend * dy, from.lat + share * dy + bend * dx)
        })
        .collect()
}

fn blob(name: &str, (lon, lat): (f64, f64), (wide, high): (f64, f64)) -> Outline {
    let ring = (0..=72)
        .map(|step| {
            let turn = f64::from(step % 72) / 72.0 * std::f64::consts::TAU;
            let size = 1.0 + 0.12 * (3.0 * turn).sin() + 0.07 * (7.0 * turn).cos();
            (lon + wide * size * turn.cos(), lat + high * size * turn.sin())
        })
        .collect();
    Outline { name: name.to_owned(), is_district: None, rings: vec![ring] }
}

fn readings() -> Vec<Reading> {
    vec![
        Reading {
            code: "D1".to_owned(),
            name: "Valdrina".to_owned(),
            industry: "Footwear".to_owned(),
            why: "Eight in ten persons who work here also live here, and every third one makes shoes or a part of them. Small firms share the process: of the firms of the industry only one in nine makes a whole shoe.\nThe specialisation is eleven times that of the country. It began with slippers made at home for the market towns, and grew when the first sole makers sold to all alike.".to_owned(),
            is_district: Some(true),
            certainty: Some(0.963),
            workers: Some(8_412),
            units: Some(691),
            link: "https://atlas.example/areas/D1".to_owned(),
        },
        Reading {
            code: "D2".to_owned(),
            name: "Collalto".to_owned(),
            industry: "Olive oil".to_owned(),
            why: "Mills and growers of one valley, tied by a cooperative. Whether it is a district of its own or the rural edge of its neighbour depends on which commuters of one year are counted.".to_owned(),
            is_district: Some(true),
            certainty: Some(0.41),
            workers: Some(612),
            units: Some(83),
            link: "https://atlas.example/areas/D2".to_owned(),
        },
    ]
}

fn personal() -> Personal {
    let mut personal = Personal::default();
    for (at, brief) in HOSTS.iter().enumerate() {
        personal.contacts.insert(
            brief.0.to_owned(),
            Contact {
                name: format!("Person{} Contact", at + 1),
                role: if at % 2 == 0 { "owner".to_owned() } else { String::new() },
                phone: format!("+39 0000 1234{at:02}"),
                email: format!("contact{}@host.example", at + 1),
            },
        );
    }
    personal.contacts.insert(
        "b1".to_owned(),
        Contact { phone: "+39 0000 777777".to_owned(), role: "reception".to_owned(), ..Contact::default() },
    );
    for at in 1..=17 {
        personal.people.insert(
            format!("p{at:02}"),
            Person {
                name: format!("Traveller{at} Surname{at}"),
                phone: format!("+000 555 01{at:02}"),
                email: format!("traveller{at}@home.example"),
                emergency: if at % 3 == 0 {
                    format!("Relative{at}, +000 555 99{at:02}")
                } else {
                    String::new()
                },
            },
        );
    }
    personal
}

pub fn made() -> Made {
    let visit = |host: &str, state, start| Visit { state, start, ..Visit::of(host) };
    let tour = Tour {
        title: "Shoes and oil: two districts of the Valdrina".to_owned(),
        aim: "To see how small firms that share one process find customers abroad together, and what the institutions around them do for it.\nEach visit is chosen for what can be taken home: the consortium, the shared plants, the laboratory that serves firms of ten persons.".to_owned(),
        hosts: hosts(),
        delegation: Delegation { delegates: delegates(), pace: Pace::Usual, interpreted: texts("fr,ar"), staff: 2 },
        frame: Frame {
            time_zone: Rome,
            country: Some("IT".to_owned()),
            days: Vec::new(),
            bases: bases(),
            one_hotel: true,
            seats: Some(30),
            budget: None,
            currency: "EUR".to_owned(),
            driving: Driving::default(),
            buffer: 10,
            round: 5,
            asked_on: None,
        },
        visits: vec![
            visit("h01", State::Confirmed, Some(at(20, 9, 30))),
            visit("h02", State::Confirmed, None),
            visit("h04", State::Asked, None),
            visit("h07", State::Confirmed, Some(at(21, 13, 0))),
            visit("h11", State::Confirmed, Some(at(22, 11, 0))),
        ],
        rules: distretto_tours::Rules::default(),
        districts: Vec::new(),
    };
    let places: Vec<(String, Place)> = tour
        .hosts
        .iter()
        .map(|host| (host.code.clone(), host.place.clone()))
        .chain(tour.frame.bases.iter().map(|base| (base.code.clone(), base.place.clone())))
        .collect();
    let travel = travel(&places);
    let plan = plan(&tour, &travel);
    let mut routes = Vec::new();
    for (from, here) in &places {
        for (to, there) in &places {
            // Two days by road; the last one is drawn straight.
            if from != to && to != "h06" && from != "h06" {
                routes.push(Route { from: from.clone(), to: to.clone(), line: road(here, there) });
            }
        }
    }
    let number = |who: &str, number: &str| Number { who: who.to_owned(), number: number.to_owned() };
    Made {
        personal: personal(),
        readings: readings(),
        chains: vec![
            Chain { phases: texts("tanning,cutting,stitching,soles,lasting,finishing") },
            Chain { phases: texts("growing,pressing,bottling") },
        ],
        industries: BTreeMap::from([
            ("15.20".to_owned(), "Footwear".to_owned()),
            ("10.41".to_owned(), "Olive oil".to_owned()),
            ("16.29".to_owned(), "Cork and wood articles".to_owned()),
        ]),
        emergency: Emergency {
            numbers: vec![
                number("Hospital of Castel Marino, first aid", "+39 0000 118118"),
                number("Camera di Commercio, office hours", "+39 0000 200200"),
            ],
            people: vec![
                number("Leader of the tour: Leader9 Surname", "+39 0000 313131"),
                number("Driver: Driver9 Surname", "+39 0000 323232"),
            ],
        },
        routes,
        outlines: vec![
            blob("Valdrina", (13.527, 43.226), (0.075, 0.045)),
            blob("Collalto", (13.402, 43.162), (0.045, 0.028)),
            blob("Castel Marino", (13.447, 43.306), (0.06, 0.038)),
        ],
        tour,
        plan,
        travel,
    }
}
