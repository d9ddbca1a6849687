//! The route as the schema of GPX 1.1 wants it (topografix.com/GPX/1/1/gpx.xsd), its rules written out.

use distretto_roadbook::{Words, gpx};

use crate::tour;

/// For each element that holds others: what it may hold, in this order, and what of it may stand more than once.
const ORDER: [(&str, &[&str], &[&str]); 9] = [
    ("gpx", &["metadata", "wpt", "rte", "trk", "extensions"], &["wpt", "rte", "trk"]),
    (
        "metadata",
        &["name", "desc", "author", "copyright", "link", "time", "keywords", "bounds", "extensions"],
        &["link"],
    ),
    ("wpt", POINT, &["link"]),
    ("rtept", POINT, &["link"]),
    ("trkpt", POINT, &["link"]),
    (
        "rte",
        &["name", "cmt", "desc", "src", "link", "number", "type", "extensions", "rtept"],
        &["link", "rtept"],
    ),
    (
        "trk",
        &["name", "cmt", "desc", "src", "link", "number", "type", "extensions", "trkseg"],
        &["link", "trkseg"],
    ),
    ("trkseg", &["trkpt", "extensions"], &["trkpt"]),
    ("number", &[], &[]),
];
const POINT: &[&str] = &[
    "ele",
    "time",
    "magvar",
    "geoidheight",
    "name",
    "cmt",
    "desc",
    "src",
    "link",
    "sym",
    "type",
    "fix",
    "sat",
    "hdop",
    "vdop",
    "pdop",
    "ageofdgpsdata",
    "dgpsid",
    "extensions",
];

#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Element>,
    text: String,
}

/// The elements of a file without comments, sections or entities of its own; panics where a tag does not fit.
fn read(file: &str) -> Element {
    let mut open = vec![Element::default()];
    for part in file.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap();
        assert!(!text.contains('>'), "{text}");
        if tag.starts_with('?') {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            let element = open.pop().unwrap();
            assert_eq!(element.name, name);
            open.last_mut().unwrap().children.push(element);
            continue;
        }
        let (tag, alone) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let attributes = attributes.split_inclusive("\" ").map(|attribute| {
            let (name, value) = attribute.trim().split_once("=\"").unwrap();
            (name.to_owned(), value.strip_suffix('"').unwrap().to_owned())
        });
        let attributes = if tag.contains(' ') { attributes.collect() } else { Vec::new() };
        let element =
            Element { name: name.to_owned(), attributes, children: Vec::new(), text: text.to_owned() };
        if alone {
            open.last_mut().unwrap().children.push(element);
        } else {
            open.push(element);
        }
    }
    assert_eq!(open.len(), 1);
    open.pop().unwrap().children.pop().unwrap()
}

fn check(element: &Element) {
    let attribute = |name: &str| {
        element.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    };
    let rule = ORDER.iter().find(|(name, ..)| *name == element.name);
    let (order, many) = rule.map_or((&[][..], &[][..]), |(_, order, many)| (*order, *many));
    let mut last = None;
    for child in &element.children {
        let at = order.iter().position(|name| *name == child.name);
        assert!(at.is_some(), "<{}> in <{}>", child.name, element.name);
        assert!(at >= last, "<{}> in <{}> stands too late", child.name, element.name);
        assert!(
            at > last || many.contains(&child.name.as_str()),
            "<{}> in <{}> stands twice",
            child.name,
            element.name
        );
        last = at;
        check(child);
    }
    match element.name.as_str() {
        "gpx" => {
            assert_eq!(attribute("version"), Some("1.1"));
            assert!(attribute("creator").is_some_and(|creator| !creator.is_empty()));
            assert_eq!(attribute("xmlns"), Some("http://www.topografix.com/GPX/1/1"));
        }
        "wpt" | "rtept" | "trkpt" => {
            // xsd:decimal knows no exponent; longitudes end below 180.
            let degrees = |name: &str| -> f64 {
                let value = attribute(name).unwrap();
                assert!(value.bytes().all(|byte| byte.is_ascii_digit() || b"-.".contains(&byte)), "{value}");
                value.parse().unwrap()
            };
            assert!((-90.0..=90.0).contains(&degrees("lat")) && (-180.0..180.0).contains(&degrees("lon")));
        }
        "number" => assert!(element.text.parse::<u32>().is_ok()),
        _ => {}
    }
}

#[test]
fn elements_stand_in_the_order_of_the_schema_with_what_it_requires() {
    for words in [Words::english(), Words::italian()] {
        let file = read(&gpx(&tour::made().book(&words, true)).unwrap());
        assert_eq!(file.name, "gpx");
        check(&file);
        let count = |name: &str| file.children.iter().filter(|child| child.name == name).count();
        assert_eq!([count("metadata"), count("wpt"), count("rte"), count("trk")], [1, 17, 3, 3]);
    }
}

#[test]
fn places_at_the_edges_of_the_map_stay_on_it() {
    let (words, mut made) = (Words::english(), tour::made());
    for (at, host) in made.tour.hosts.iter_mut().enumerate() {
        (host.place.lon, host.place.lat) = [(180.0, 90.0), (-180.0, -90.0), (1e-9, -1e-9)][at % 3];
    }
    let text = gpx(&made.book(&words, false)).unwrap();
    check(&read(&text));
    assert!(
        text.contains("lat=\"90\" lon=\"-180\"") && text.contains("lat=\"-0.000000001\" lon=\"0.000000001\"")
    );
}
