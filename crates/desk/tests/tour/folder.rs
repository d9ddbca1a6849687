//! A tour read from a folder, and everything that can be wrong with one.

use super::support::{fault, folder, has, messages, opened, spoil};
use chrono::NaiveDate;
use distretto_desk::folder::{Opened, Writing, open, write};
use distretto_desk::ways::Ways;
use distretto_study::fault::Code;
use distretto_tours::{Demand, Kind, Pace, State, Subject};
use proptest::prelude::*;

#[test]
fn all_of_a_tour_is_read() {
    let opened = opened();
    let tour = &opened.tour;
    assert_eq!(
        (tour.title.as_str(), tour.hosts.len(), tour.delegation.people()),
        ("Leather and shoes", 4, 3)
    );
    let frame = &tour.frame;
    assert_eq!(frame.time_zone.name(), "Europe/Rome");
    assert_eq!((frame.budget, frame.seats, frame.buffer, frame.round), (Some(450_050), Some(8), 10, 5));
    assert_eq!(frame.currency, "EUR");
    assert_eq!((frame.bases[0].cost, frame.bases[0].hotel, frame.bases[1].hotel), (64_050, true, false));
    assert_eq!(frame.days[0].starts.to_string(), "08:30:00");
    assert_eq!(frame.days[0].meal.unwrap().minutes, 75);
    assert_eq!((frame.days[1].from.len(), frame.days[1].to.len(), frame.days[1].meal), (0, 2, None));
    let tannery = tour.host("E1").unwrap();
    assert_eq!(tannery.kind, Kind::Enterprise);
    assert_eq!(
        (tannery.industries.join("+"), tannery.phases.join("+")),
        ("15+20".into(), "tanning+finishing".into())
    );
    assert_eq!((tannery.group, tannery.guides, tannery.stagger, tannery.minutes), (Some(2), 1, Some(30), 90));
    assert_eq!(tannery.valid_until, NaiveDate::from_ymd_opt(2026, 12, 31));
    assert_eq!(tour.host("E2").unwrap().cost, 1250);
    assert!(tour.host("T1").unwrap().meal && tannery.consent);
    let interests = &tour.delegation.delegates[0].interests;
    assert_eq!(
        (interests[0].subject, interests[0].name.as_str(), interests[0].weight),
        (Subject::Industry, "15", 5)
    );
    assert_eq!((interests[1].subject, interests[1].weight), (Subject::Phase, 3));
    assert_eq!(tour.delegation.pace, Pace::Usual);
    let (chamber, abbey) = (tour.visit("I1"), tour.visit("T1"));
    assert_eq!(
        (chamber.state, chamber.start.unwrap().to_string()),
        (State::Confirmed, "2026-05-11 09:30:00".into())
    );
    assert_eq!((abbey.demand, abbey.extra, abbey.minutes), (Demand::Mandatory, -5, Some(60)));
    assert_eq!(abbey.start.unwrap().to_string(), "2026-05-12 10:00:00");
    assert_eq!(tour.rules.weights.interest, 20);
    assert_eq!(tour.rules.weights.repeat, 50);
    assert_eq!(opened.personal.contacts["E1"].name, "Ada Prova");
    assert_eq!(opened.personal.people["P1"].emergency, "Ciro Prova +212 001");
    assert!(matches!(opened.ways, Ways::Coordinates(_)));
    // The planner's own column is said not to be read; the chamber is confirmed, and nobody knows whether one gets in without steps.
    let codes: Vec<Code> = opened.log.entries().iter().map(|fault| fault.code).collect();
    assert_eq!(codes, [Code::ColumnExtra, Code::VisitOverrules]);
}

#[test]
fn a_tour_is_whole_without_visits_and_personal_data() {
    let folder = folder();
    for file in ["visits.csv", "contacts.csv", "people.csv"] {
        std::fs::remove_file(folder.path().join(file)).unwrap();
    }
    let opened = open(&folder.path().join("tour.toml")).unwrap();
    assert!(opened.tour.visits.is_empty() && opened.personal.contacts.is_empty());
    // A table that has a header alone is as good as none.
    std::fs::write(folder.path().join("visits.csv"), "host,state\n").unwrap();
    assert!(open(folder.path()).unwrap().tour.visits.is_empty());
}

#[test]
fn semicolons_and_commas_of_a_spreadsheet_are_understood() {
    let folder = folder();
    spoil(folder.path(), "tour.toml", "[[quota]]", "[tables]\ndecimal = \",\"\n[[quota]]");
    let hosts = "code;name;kind;lon;lat;minutes;cost;hours;languages;consent\n\
                 E1;\"Tannery; One\";institution;11,3;43,7;90;12,5;\"Mo-Fr 09:00-12:30,14:30-18:00; PH off\";\"it; en\";yes\n";
    std::fs::write(folder.path().join("hosts.csv"), format!("\u{feff}{hosts}").replace('\n', "\r\n"))
        .unwrap();
    std::fs::remove_file(folder.path().join("visits.csv")).unwrap();
    spoil(folder.path(), "tour.toml", "districts = [\"D1\"]", "");
    let tour = open(folder.path()).unwrap().tour;
    assert_eq!((tour.hosts[0].place.lon, tour.hosts[0].cost, tour.hosts[0].languages.len()), (11.3, 1250, 2));
}

#[test]
fn what_is_wrong_with_rows_of_all_tables_is_told_at_once() {
    let folder = folder();
    spoil(folder.path(), "hosts.csv", "E2,Shoes Two,enterprise", "E2,Shoes Two,shop");
    spoil(folder.path(), "hosts.csv", "45,,,,,,,,,yes", "45 min,,,,,,,,,yes");
    spoil(folder.path(), "delegates.csv", "institution*9", "institution*10");
    spoil(folder.path(), "visits.csv", "T1,,mandatory,10:00", "T1,,must,10:00");
    let fault = open(folder.path()).unwrap_err();
    let all: Vec<(Code, String)> =
        fault.clone().each().into_iter().map(|one| (one.code, one.place.to_string())).collect();
    let at = |rest: &str| folder.path().join(rest).display().to_string();
    assert_eq!(
        all,
        [
            (Code::TourWord, at("hosts.csv, row 3, `kind`")),
            (Code::TourMinutes, at("hosts.csv, row 4, `minutes`")),
            (Code::TourWeights, at("delegates.csv, row 3, `kinds`")),
            // That the hosts of visits are not known is no fault of visits, where hosts could not be read.
            (Code::TourWord, at("visits.csv, row 3, `demand`")),
        ]
    );
    assert_eq!(fault.to_string().matches("\nalso: ").count(), 3);
}

#[test]
fn rows_without_anything_are_passed_over() {
    let folder = folder();
    for file in ["hosts.csv", "delegates.csv", "visits.csv", "people.csv"] {
        let path = folder.path().join(file);
        let mut text = std::fs::read_to_string(&path).unwrap();
        let commas = text.lines().next().unwrap().matches(',').count();
        text.push_str(&format!("{}\n{}\n", ",".repeat(commas), " ,".repeat(commas)));
        std::fs::write(&path, text).unwrap();
    }
    assert_eq!(open(folder.path()).unwrap().tour, opened().tour);
    std::fs::write(folder.path().join("hosts.csv"), "code,name,kind,minutes\n,,,\n").unwrap();
    assert_eq!(open(folder.path()).unwrap_err().code, Code::TableEmpty);
}

/// A text of a file, what it is replaced by, and the problem that this makes.
type Spoilt = (&'static str, &'static str, &'static str, Code);

const SPOILT: &[Spoilt] = &[
    // tour.toml
    ("tour.toml", "title = \"Leather and shoes\"", "title = \"Leather", Code::TourSyntax),
    ("tour.toml", "title = \"Leather and shoes\"", "", Code::TourIncomplete),
    ("tour.toml", "seats = 8", "seets = 8", Code::TourKey),
    ("tour.toml", "seats = 8", "seats = \"many\"", Code::TourValue),
    ("tour.toml", "seats = 8", "seats = 0", Code::TourValue),
    ("tour.toml", "seats = 8", "seats = 2", Code::TourSeats),
    ("tour.toml", "budget = 4500.5", "budget = 4500.555", Code::TourValue),
    ("tour.toml", "budget = 4500.5", "budget = -1", Code::TourValue),
    ("tour.toml", "buffer = 10", "buffer = -10", Code::TourMinutes),
    ("tour.toml", "buffer = 10", "round = 0", Code::TourMinutes),
    ("tour.toml", "asked_on = 2026-03-02", "asked_on = 2026-06-02", Code::TourValue),
    ("tour.toml", "asked_on = 2026-03-02", "asked_on = \"2.3.2026\"", Code::TourDate),
    ("tour.toml", "time_zone = \"Europe/Rome\"", "", Code::TourTimeZone),
    ("tour.toml", "Europe/Rome", "Europe/Roma", Code::TourTimeZone),
    ("tour.toml", "Europe/Rome", "CET", Code::TourTimeZone),
    ("tour.toml", "country = \"IT\"", "country = \"Italy\"", Code::TourLetters),
    ("tour.toml", "country = \"IT\"", "country = \"ZZ\"", Code::TourLetters),
    ("tour.toml", "country = \"IT\"", "currency = \"euro\"", Code::TourLetters),
    ("tour.toml", "interpreted = [\"it\"]", "interpreted = [\"ita\"]", Code::TourLetters),
    ("tour.toml", "pace = \"usual\"", "pace = \"slow\"", Code::TourValue),
    ("tour.toml", "staff = 1", "staff = -1", Code::TourNumber),
    ("tour.toml", "staff = 1", "staff = 1001", Code::TourNumber),
    ("tour.toml", "date = \"2026-05-12\"", "date = \"2026-05-11\"", Code::TourDays),
    ("tour.toml", "date = \"2026-05-12\"", "date = \"2026-05-10\"", Code::TourDays),
    ("tour.toml", "date = \"2026-05-12\"", "date = \"12 May\"", Code::TourDate),
    ("tour.toml", "ends = \"18:00\"", "ends = \"08:00\"", Code::TourDays),
    ("tour.toml", "ends = \"18:00\"", "ends = \"6 pm\"", Code::TourDate),
    ("tour.toml", "minutes = 75", "minutes = 0", Code::TourMinutes),
    ("tour.toml", "from = 12:30, until = 14:00", "from = 14:30, until = 14:00", Code::TourDays),
    ("tour.toml", "from = 12:30, until = 14:00", "from = 18:30, until = 20:00", Code::TourDays),
    ("tour.toml", "from = \"S1\"", "from = \"S2\"", Code::TourBase),
    ("tour.toml", "from = \"S1\"", "", Code::TourBase),
    ("tour.toml", "to = [\"H1\"]", "to = []", Code::TourBase),
    ("tour.toml", "to = [\"H1\"]", "to = [\"S1\"]", Code::TourBase),
    ("tour.toml", "hotel = true", "hotel = false", Code::TourBase),
    ("tour.toml", "code = \"S1\"", "code = \"H1\"", Code::TourCodeTwice),
    ("tour.toml", "lon = 11.24", "lon = 211.24", Code::HostPlace),
    ("tour.toml", "interest = 20", "interest = -20", Code::TourWeights),
    ("tour.toml", "interest = 20", "repeat = 101", Code::TourWeights),
    ("tour.toml", "interest = 20", "intrest = 20", Code::TourKey),
    ("tour.toml", "least = 1", "least = 3", Code::QuotaRange),
    ("tour.toml", "least = 1", "least = -1", Code::QuotaRange),
    ("tour.toml", "least = 1\nmost = 2", "", Code::TourIncomplete),
    ("tour.toml", "least = 1\nmost = 2", "least = 2", Code::QuotaNobody),
    ("tour.toml", "kind = \"institution\"", "kind = \"institute\"", Code::TourWord),
    ("tour.toml", "kind = \"institution\"", "kind = \"institution\"\nphase = \"tanning\"", Code::TourValue),
    ("tour.toml", "kind = \"institution\"", "phase = \"taning\"", Code::QuotaNobody),
    ("tour.toml", "kind = \"institution\"", "hosts = [\"E9\"]", Code::QuotaNobody),
    ("tour.toml", "kind = \"institution\"", "district = \"D9\"", Code::QuotaNobody),
    ("tour.toml", "districts = [\"D1\"]", "districts = [\"D9\"]", Code::HostDistrict),
    ("tour.toml", "districts = [\"D1\"]", "edition = \"nowhere\"", Code::EditionMissing),
    ("tour.toml", "[[quota]]", "[tables]\nhosts = \"host.csv\"\n[[quota]]", Code::FileMissing),
    ("tour.toml", "[[quota]]", "[ways]\nsource = \"matrix\"\n[[quota]]", Code::TourIncomplete),
    ("tour.toml", "[[quota]]", "[ways]\nsource = \"osrm\"\n[[quota]]", Code::TourIncomplete),
    ("tour.toml", "[[quota]]", "[ways]\nsource = \"osrm\"\nurl = \"localhost\"\n[[quota]]", Code::TourValue),
    (
        "tour.toml",
        "[[quota]]",
        "[ways]\nsource = \"osrm\"\nurl = \"https://anna:secret@host\"\n[[quota]]",
        Code::TourValue,
    ),
    ("tour.toml", "[[quota]]", "[ways]\nsource = \"osm\"\n[[quota]]", Code::TourValue),
    ("tour.toml", "[[quota]]", "[ways]\nurl = \"http://x\"\n[[quota]]", Code::TourValue),
    ("tour.toml", "[[quota]]", "[ways]\nfactor = 0.5\n[[quota]]", Code::TourValue),
    ("tour.toml", "[[quota]]", "[ways]\nbands = []\n[[quota]]", Code::TourValue),
    ("tour.toml", "[[quota]]", "[ways]\nbands = [{ upto = 3, speed = 30 }]\n[[quota]]", Code::TourValue),
    ("tour.toml", "[[quota]]", "[ways]\nbands = [{ speed = 0 }]\n[[quota]]", Code::TourValue),
    ("tour.toml", "[[quota]]", "[driving]\nnight = 0\n[[quota]]", Code::TourMinutes),
    // hosts.csv
    ("hosts.csv", "code,name", "kode,name", Code::ColumnMissing),
    ("hosts.csv", "code,name,kind", "Code,name,CODE", Code::ColumnMissing),
    ("hosts.csv", "my notes", "zone", Code::HostDistrict),
    ("hosts.csv", "my notes", "phone", Code::ColumnPersonal),
    ("hosts.csv", "my notes", "E-Mail", Code::ColumnPersonal),
    ("hosts.csv", "my notes", "Contact person", Code::ColumnPersonal),
    ("hosts.csv", "E2,Shoes", "E1,Shoes", Code::TourCodeTwice),
    ("hosts.csv", "E2,Shoes", "H1,Shoes", Code::TourCodeTwice),
    ("hosts.csv", "E2,Shoes", ",Shoes", Code::ValueMissing),
    ("hosts.csv", "E2,Shoes", ".,Shoes", Code::CodeInAddress),
    ("hosts.csv", "E2,Shoes", "..,Shoes", Code::CodeInAddress),
    ("delegates.csv", "P2,", "..,", Code::CodeInAddress),
    ("hosts.csv", "enterprise,11.40", "entreprise,11.40", Code::TourWord),
    ("hosts.csv", "11.40,43.75", "1140,43.75", Code::HostPlace),
    ("hosts.csv", "11.40,43.75", "43.75,11.40", Code::HostPlace),
    ("hosts.csv", "11.40,43.75", ",", Code::HostPlace),
    ("hosts.csv", "11.40,43.75", "11.40,", Code::HostPlace),
    ("hosts.csv", "11.40,43.75", "east,43.75", Code::NotANumber),
    ("hosts.csv", "11.40,43.75", "NaN,43.75", Code::NotANumber),
    ("hosts.csv", "Mo-Fr 08:00-17:00", "every day", Code::HostHours),
    ("hosts.csv", "Mo-Fr 08:00-17:00,60", "Mo-Fr 08:00-17:00,-60", Code::TourMinutes),
    ("hosts.csv", "Mo-Fr 08:00-17:00,60", "Mo-Fr 08:00-17:00,0", Code::TourMinutes),
    ("hosts.csv", "Mo-Fr 08:00-17:00,60", "Mo-Fr 08:00-17:00,1h", Code::TourMinutes),
    ("hosts.csv", "Mo-Fr 08:00-17:00,60", "Mo-Fr 08:00-17:00,", Code::ValueMissing),
    ("hosts.csv", "90,2,1,30", "90,0,1,30", Code::TourNumber),
    ("hosts.csv", "90,2,1,30", "90,2,0,30", Code::TourNumber),
    ("hosts.csv", "90,2,1,30", "90,2,1,0", Code::TourMinutes),
    ("hosts.csv", "it; en,14", "IT; en,14", Code::TourLetters),
    ("hosts.csv", "it; en,14", "it; en,-14", Code::TourNumber),
    ("hosts.csv", "it; en,14,no", "it; en,14,perhaps", Code::TourWord),
    ("hosts.csv", "12.50", "12.505", Code::TourNumber),
    ("hosts.csv", "2026-12-31", "31/12/2026", Code::TourDate),
    ("hosts.csv", ",D1,15,assembly", ",D1,15,assembly,,,,,,,,,,", Code::RaggedRow),
    // delegates.csv
    ("delegates.csv", "role", "name", Code::ColumnPersonal),
    ("delegates.csv", "P2,", "P1,", Code::TourCodeTwice),
    ("delegates.csv", "MA,fr; en", "Morocco,fr; en", Code::TourLetters),
    ("delegates.csv", "MA,fr; en", "MA,french", Code::TourLetters),
    ("delegates.csv", "15*5", "15*0", Code::TourWeights),
    ("delegates.csv", "15*5", "15*10", Code::TourWeights),
    ("delegates.csv", "15*5", "15*much", Code::TourWeights),
    ("delegates.csv", "15*5", "15*5; 15", Code::TourCodeTwice),
    ("delegates.csv", "15*5", "*5", Code::ValueMissing),
    ("delegates.csv", "institution*9", "institute*9", Code::TourWord),
    // visits.csv
    ("visits.csv", "I1,", "I2,", Code::VisitHost),
    ("visits.csv", "T1,", "I1,", Code::TourCodeTwice),
    ("visits.csv", "I1,confirmed", "I1,conformed", Code::TourWord),
    ("visits.csv", "2026-05-11 09:30", "", Code::VisitTime),
    ("visits.csv", "2026-05-11 09:30", "2026-05-14 09:30", Code::VisitTime),
    ("visits.csv", "2026-05-11 09:30", "09:30", Code::TourDate),
    ("visits.csv", "10:00,2026-05-12", "2026-05-11 10:00,2026-05-12", Code::VisitTime),
    ("visits.csv", "10:00,2026-05-12", ",2026-05-13", Code::VisitTime),
    ("visits.csv", "confirmed,", "confirmed,excluded", Code::VisitDemand),
    ("visits.csv", "T1,,mandatory", "T1,declined,mandatory", Code::VisitDemand),
    ("visits.csv", "60,-5", "-60,-5", Code::TourMinutes),
    ("visits.csv", "60,-5", "60,few", Code::TourNumber),
    ("visits.csv", "extra", "email", Code::ColumnPersonal),
    // Personal tables.
    ("contacts.csv", "E1,", ",", Code::ValueMissing),
    ("people.csv", "code,", "delegate,", Code::ColumnMissing),
];

#[test]
fn every_bad_input_is_a_clear_fault() {
    for (file, from, to, code) in SPOILT {
        let fault = fault(file, from, to);
        assert_eq!(fault.code, *code, "`{to}` in {file}: {fault}");
        assert!(fault.place.file.is_some(), "`{to}` in {file}: {fault}");
        assert!(!fault.to_string().contains("columns ="), "a tour has no such key: {fault}");
        assert!(!fault.to_string().contains("secret"), "{fault}");
        let is_row = file.strip_suffix(".csv").is_some() && ![Code::ColumnMissing].contains(code);
        assert!(!is_row || fault.place.row.is_some(), "`{to}` in {file}: {fault}");
        assert!(fault.exit_code() < 4, "{fault}");
    }
}

#[test]
fn faults_say_where_and_what_was_probably_meant() {
    let unzoned = fault("tour.toml", "Europe/Rome", "Rome");
    assert_eq!(unzoned.help.as_deref(), Some("did you mean `Europe/Rome`?"));
    let typo = fault("visits.csv", "I1,", "I1x,");
    assert_eq!((typo.place.row, typo.place.column.as_deref()), (Some(2), Some("host")));
    assert_eq!(typo.help.as_deref(), Some("did you mean `I1`?"));
    let hours = fault("hosts.csv", "Mo-Fr 08:00-17:00", "Mo-Fr 8 to 5");
    assert_eq!((hours.place.row, hours.place.column.as_deref()), (Some(3), Some("hours")));
    assert!(hours.what.contains("Mo-Fr 8 to 5") && hours.help.unwrap().contains("Mo-Fr 09:00-12:30"));
    let column = fault("hosts.csv", "code,name", "kode,name");
    assert_eq!(column.help.as_deref(), Some("rename the column `kode` to `code`"));
    let zone = fault("hosts.csv", "my notes", "zone");
    assert_eq!((zone.place.row, zone.place.column.as_deref()), (Some(2), Some("zone")));
    assert!(zone.help.unwrap().contains("edition"));
    let key = fault("tour.toml", "seats = 8", "seets = 8");
    assert_eq!((key.place.row, key.help.as_deref()), (Some(10), Some("did you mean `seats`?")));
    let seats = fault("tour.toml", "seats = 8", "seats = 2");
    assert_eq!(seats.what, "3 persons travel in a coach of 2 seats");
}

#[test]
fn whether_a_number_is_that_of_a_person_is_always_said() {
    for (table, code, row) in [
        ("who,number\nEva Prova,+39 111\n", Code::ColumnMissing, None),
        ("who,number,person\nClinic,118,no\nEva Prova,+39 111,\n", Code::ValueMissing, Some(3)),
        ("who,number,person\nEva Prova,+39 111,perhaps\n", Code::TourWord, Some(2)),
    ] {
        let folder = folder();
        std::fs::write(folder.path().join("emergency.csv"), table).unwrap();
        let fault = open(folder.path()).unwrap_err();
        assert_eq!((fault.code, fault.place.row), (code, row), "{fault}");
    }
    let folder = folder();
    std::fs::write(
        folder.path().join("emergency.csv"),
        "who,number,person\nClinic,118,no\nEva,+39 111,yes\n",
    )
    .unwrap();
    let emergency = open(folder.path()).unwrap().emergency;
    assert_eq!((emergency.numbers[0].who.as_str(), emergency.people[0].who.as_str()), ("Clinic", "Eva"));
}

#[test]
fn every_file_of_a_table_is_looked_at() {
    let with_second = |header: &str, row: &str| {
        let folder = folder();
        let path = folder.path().to_path_buf();
        spoil(&path, "tour.toml", "[[quota]]", "[tables]\nhosts = [\"hosts.csv\", \"more.csv\"]\n[[quota]]");
        std::fs::write(path.join("more.csv"), format!("{header}\n{row}\n")).unwrap();
        let opened = open(&path);
        drop(folder);
        opened
    };
    let row = "X1,More,enterprise,11.3,43.7,60,yes,x";
    let personal = with_second("code,name,kind,lon,lat,minutes,consent,phone", row).unwrap_err();
    assert_eq!(personal.code, Code::ColumnPersonal);
    assert!(personal.place.file.unwrap().ends_with("more.csv"));
    let noted = with_second("code,name,kind,lon,lat,minutes,consent,langauges", row).unwrap();
    assert!(has(noted.log.entries(), Code::ColumnIgnored));
    let missing = with_second("kode,name,kind,lon,lat,minutes,consent,more", row).unwrap_err();
    assert_eq!(
        (missing.code, missing.help.as_deref()),
        (Code::ColumnMissing, Some("rename the column `kode` to `code`"))
    );
}

#[test]
fn hours_that_are_not_understood_are_told_with_their_host_and_place() {
    let told = fault("hosts.csv", "Mo-Fr 08:00-17:00", "Mo-Fr 8-17").to_string();
    assert!(
        told.starts_with("the host `E2`: `Mo-Fr 8-17` is not understood as opening hours from `8-17` on"),
        "{told}"
    );
    assert!(told.contains("`hours`") && told.contains("`Mo-Fr 09:00-12:30,14:30-18:00; PH off`"), "{told}");
}

#[test]
fn an_interest_that_no_host_meets_is_told_with_who_has_it_and_what_to_write() {
    let told = |from: &str, to: &str| -> String {
        let messages = messages("delegates.csv", from, to);
        messages.iter().find(|fault| fault.code == Code::InterestUnmet).unwrap().to_string()
    };
    let slip = told("assembly; finishing*1", "asembly; sewing*1");
    assert!(slip.contains("no host has the phase `asembly`, `sewing`"), "{slip}");
    assert!(slip.contains("`asembly` of `P2`: did you mean `assembly`?"), "{slip}");
    assert!(slip.contains("hosts have the phases `assembly`, `finishing`, `tanning`"), "{slip}");
    assert!(slip.contains("hint: ") && slip.contains("as in `assembly*5; finishing`"), "{slip}");
    let several = told("assembly; finishing*1", "\"assembly, finishing\"");
    assert!(several.contains("divide them by `;`, not by `,`"), "{several}");
    let kind = told("institution*9", "research_centre");
    assert!(!kind.contains("did you mean") && kind.contains("a host of this kind"), "{kind}");
}

#[test]
fn what_only_a_planner_can_judge_is_a_warning() {
    let said = |file, from, to, code| has(&messages(file, from, to), code);
    assert!(said("hosts.csv", "Mo-Fr 08:00-17:00,60", "Mo-Fr 08:00-08:45,60", Code::HostNeverOpen));
    assert!(said("hosts.csv", "Mo-Fr 08:00-17:00", "Sa 08:00-17:00", Code::HostNeverOpen));
    assert!(said("hosts.csv", "Mo-Fr 08:00-17:00", "", Code::HostNeverOpen));
    assert!(said("hosts.csv", ",12.50,,yes", ",12.50,,no", Code::ConsentMissing));
    assert!(said("hosts.csv", "2026-12-31", "2026-05-11", Code::HostExpired));
    assert!(said("hosts.csv", "languages", "langauges", Code::ColumnIgnored));
    assert!(said("delegates.csv", "assembly", "asembly", Code::InterestUnmet));
    assert!(said("contacts.csv", "E1,", "E7,", Code::PersonalUnused));
    assert!(said("tour.toml", "ends = 19:00", "ends = 22:00", Code::TourNight));
    assert!(said("tour.toml", "country = \"IT\"", "", Code::HolidaysOfNoCountry));
    assert!(!said("tour.toml", "ends = 19:00", "ends = 22:00", Code::HolidaysOfNoCountry));
    // A party of three in groups of two, half an hour apart, takes two hours.
    assert!(said(
        "hosts.csv",
        "09:00-12:30,14:30-18:00; PH off\",90",
        "09:00-10:59; PH off\",90",
        Code::HostNeverOpen
    ));
    assert!(!said(
        "hosts.csv",
        "09:00-12:30,14:30-18:00; PH off\",90",
        "09:00-11:00; PH off\",90",
        Code::HostNeverOpen
    ));
}

fn writing(opened: &Opened) -> Writing<'_> {
    let Opened { id, tour, personal, emergency, chains, ways, .. } = opened;
    Writing { tour, personal, id, emergency, chains, ways, edition: None }
}

#[test]
fn a_tour_that_is_written_is_read_as_the_same() {
    let opened = opened();
    let folder = tempfile::tempdir().unwrap();
    write(&writing(&opened), folder.path()).unwrap();
    let again = open(folder.path()).unwrap();
    assert_eq!((&again.tour, &again.personal), (&opened.tour, &opened.personal));
    assert_eq!((&again.ways, &again.id), (&opened.ways, &opened.id));
    let other = tempfile::tempdir().unwrap();
    write(&writing(&again), other.path()).unwrap();
    for file in ["tour.toml", "hosts.csv", "delegates.csv", "visits.csv", "contacts.csv", "people.csv"] {
        let bytes = |folder: &tempfile::TempDir| std::fs::read(folder.path().join(file)).unwrap();
        assert_eq!(bytes(&folder), bytes(&other), "{file}");
    }
}

#[test]
fn ten_thousand_hosts_are_read() {
    let folder = folder();
    let header = super::support::HOSTS.lines().next().unwrap();
    let mut hosts = super::support::HOSTS.to_owned();
    assert!(header.starts_with("code"));
    for at in 0..10_000 {
        hosts.push_str(&format!(
            "X{at},Firm {at},enterprise,11.{at:04},43.7,,D1,15,tanning,,,\"Mo-Fr 09:00-12:30,14:30-18:00; PH off\",60,,,,it,0,,,,yes,,\n"
        ));
    }
    std::fs::write(folder.path().join("hosts.csv"), hosts).unwrap();
    assert_eq!(open(folder.path()).unwrap().tour.hosts.len(), 10_004);
}

fn garbage() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[-0-9.,:; TZ*+/]{0,20}",
        Just("2026-02-30".to_owned()),
        Just("99999999999999999999".to_owned()),
        Just("Mo-Su 00:00-48:00 open \"x\"".to_owned()),
        Just("\u{0}\u{feff}\u{202e}".to_owned()),
    ]
}

/// A field of a table, with quotation marks where it needs them.
fn field(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn garbage_in_a_table_is_a_fault_and_never_a_panic(
        table in 0_usize..5, row in 1_usize..3, column in 0_usize..24, garbage in garbage()
    ) {
        let folder = folder();
        let file = ["hosts.csv", "delegates.csv", "visits.csv", "contacts.csv", "people.csv"][table];
        let path = folder.path().join(file);
        let mut rows: Vec<Vec<String>> = csv::ReaderBuilder::new().has_headers(false).from_path(&path).unwrap()
            .records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
        let row = row % rows.len();
        let column = column % rows[row].len();
        rows[row][column] = garbage;
        let text: String =
            rows.iter().map(|row| row.iter().map(|text| field(text)).collect::<Vec<_>>().join(",") + "\n").collect();
        std::fs::write(&path, text).unwrap();
        if let Err(fault) = open(folder.path()) {
            prop_assert!(fault.exit_code() < 4, "{}", fault);
        }
    }

    #[test]
    fn garbage_in_the_place_of_a_value_is_a_fault_and_never_a_panic(line in 0_usize..50, garbage in garbage()) {
        let folder = folder();
        let mut lines: Vec<String> = super::support::TOUR.lines().map(str::to_owned).collect();
        let at = line % lines.len();
        if let Some((key, _)) = lines[at].clone().split_once('=') {
            lines[at] = format!("{key} = {garbage:?}");
        } else {
            lines[at] = garbage;
        }
        std::fs::write(folder.path().join("tour.toml"), lines.join("\n")).unwrap();
        if let Err(fault) = open(folder.path()) {
            prop_assert!(fault.exit_code() < 4, "{}", fault);
        }
    }

    #[test]
    fn garbage_in_the_place_of_a_file_is_a_fault_and_never_a_panic(file in 0_usize..6, bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let folder = folder();
        let file = ["tour.toml", "hosts.csv", "delegates.csv", "visits.csv", "contacts.csv", "people.csv"][file];
        std::fs::write(folder.path().join(file), bytes).unwrap();
        if let Err(fault) = open(folder.path()) {
            prop_assert!(fault.exit_code() < 4, "{}", fault);
        }
    }
}
