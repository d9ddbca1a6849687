//! A small tour that is in order, to be spoilt.

use std::path::Path;

use distretto_desk::folder::{Opened, open};
use distretto_study::fault::{Code, Fault};
use tempfile::TempDir;

pub const TOUR: &str = r#"
title = "Leather and shoes"
aim = "How small tanneries share the treatment of water."
districts = ["D1"]

[frame]
time_zone = "Europe/Rome"
country = "IT"
budget = 4500.5
seats = 8
buffer = 10
asked_on = 2026-03-02

[[base]]
code = "H1"
name = "Hotel Centrale"
lon = 11.25
lat = 43.77
hotel = true
cost = 640.50

[[base]]
code = "S1"
name = "Station"
lon = 11.24
lat = 43.78

[[day]]
date = 2026-05-11
from = "S1"
to = ["H1"]
starts = 08:30
ends = 19:00
meal = { from = 12:30, until = 14:00, minutes = 75 }
most = 4

[[day]]
date = "2026-05-12"
to = ["S1", "H1"]
starts = "08:30"
ends = "18:00"

[delegation]
pace = "usual"
interpreted = ["it"]
staff = 1

[weights]
interest = 20

[[quota]]
kind = "institution"
least = 1
most = 2
"#;

pub const HOSTS: &str = "\
code,name,kind,lon,lat,town,district,industries,phases,practices,look_for,hours,minutes,group,guides,stagger,languages,notice,meal,cost,meets,consent,valid_until,my notes
E1,Tannery One,enterprise,11.30,43.70,Fucecchio,D1,15; 20,tanning;finishing,water consortium,The drums,\"Mo-Fr 09:00-12:30,14:30-18:00; PH off\",90,2,1,30,it; en,14,no,,step-free,yes,2026-12-31,call twice
E2,Shoes Two,enterprise,11.40,43.75,,D1,15,assembly,,,Mo-Fr 08:00-17:00,60,,,,en,0,,12.50,,yes,,
I1,Chamber,institution,11.26,43.77,,,,,,,Mo-Fr 09:00-13:00,45,,,,,,,,,yes,,
T1,Abbey,territorial_site,11.50,43.60,,,,,,,24/7,120,,,,,,yes,5,,yes,,
";

pub const DELEGATES: &str = "\
code,role,country,languages,industries,phases,practices,kinds,needs
P1,director,MA,fr; en,15*5,tanning,,,step-free
P2,,TN,fr,,assembly; finishing*1,water consortium,institution*9,
";

pub const VISITS: &str = "\
host,state,demand,start,day,minutes,extra
I1,confirmed,,2026-05-11 09:30,,,
T1,,mandatory,10:00,2026-05-12,60,-5
";

pub const CONTACTS: &str = "host,name,role,phone,email\nE1,Ada Prova,director,+39 000,ada@example.org\n";
pub const PEOPLE: &str =
    "code,name,phone,email,emergency\nP1,Bea Prova,+212 000,bea@example.org,Ciro Prova +212 001\n";

/// The tour in a folder of its own.
pub fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (file, text) in [
        ("tour.toml", TOUR),
        ("hosts.csv", HOSTS),
        ("delegates.csv", DELEGATES),
        ("visits.csv", VISITS),
        ("contacts.csv", CONTACTS),
        ("people.csv", PEOPLE),
    ] {
        std::fs::write(folder.path().join(file), text).unwrap();
    }
    folder
}

pub fn opened() -> Opened {
    open(folder().path()).unwrap()
}

/// Replaces a text in a file, which must be there.
pub fn spoil(folder: &Path, file: &str, from: &str, to: &str) {
    let path = folder.join(file);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "`{from}` is not in {file}");
    std::fs::write(path, text.replacen(from, to, 1)).unwrap();
}

/// The fault of the tour with one text replaced.
pub fn fault(file: &str, from: &str, to: &str) -> Box<Fault> {
    let folder = folder();
    spoil(folder.path(), file, from, to);
    match open(folder.path()) {
        Err(fault) => fault,
        Ok(_) => panic!("`{to}` in the place of `{from}` in {file} is taken"),
    }
}

/// What is said of the tour with one text replaced.
pub fn messages(file: &str, from: &str, to: &str) -> Vec<Fault> {
    let folder = folder();
    spoil(folder.path(), file, from, to);
    open(folder.path()).unwrap().log.entries().to_vec()
}

pub fn has(messages: &[Fault], code: Code) -> bool {
    messages.iter().any(|fault| fault.code == code)
}
