//! Whole pages: well formed, self-contained, the same every time, whatever a study has or lacks.

use std::fmt::Write as _;
use std::path::Path;

use super::{ReportMeta, how_sure, report};
use crate::certainty::{self, Made};
use crate::input::Input;
use crate::run::{Results, run};
use crate::stopwatch::Stopwatch;

const HOSTILE: [&str; 3] = ["<script>alert(1)</script>", "\"\"><img src=x onerror=y>", "a & b 'c'"];

/// A row of twelve zones, 1 to 12, whose people work in three groups of four; the first makes jewellery in small units.
#[expect(clippy::struct_excessive_bools, reason = "what a study has or lacks")]
struct Toy {
    names: bool,
    borders: bool,
    points: bool,
    jobs: bool,
    more: &'static str,
}

const ALL: Toy = Toy { names: true, borders: true, points: true, jobs: true, more: "" };

impl Toy {
    fn results(&self) -> Results {
        let folder = tempfile::tempdir().unwrap();
        self.write(folder.path());
        let input = Input::load(&folder.path().join("study.toml")).unwrap();
        run(input, &mut Stopwatch::silent()).unwrap()
    }

    fn page(&self) -> String {
        report(&self.results(), &meta())
    }

    /// With twenty redraws, or as many as the study says.
    fn with_certainty(&self) -> Results {
        let mut results = self.results();
        results.input.config.certainty.get_or_insert_default().replicates = 20;
        let Made::All(sets) = certainty::replicates(&results, None, &mut ()).unwrap() else {
            panic!("nobody stopped it")
        };
        certainty::add(&mut results, sets).unwrap();
        results
    }

    fn write(&self, folder: &Path) {
        let put = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
        let mut study = "[study]\ntitle = \"A <b>toy</b>\"\n[zones]\npath = \"zones.csv\"\n".to_owned();
        let columns = match (self.names, self.points) {
            (true, true) => "code,name,region,lon,lat",
            (true, false) => "code,name,region",
            _ => "code",
        };
        let mut zones = format!("{columns}\n");
        let mut flows = "origin,destination,flow\n".to_owned();
        let mut jobs = "zone,activity,size_class,employees,local_units\n".to_owned();
        let mut shapes = Vec::new();
        for zone in 0..12usize {
            let (code, group) = (zone + 1, zone / 4);
            let name = HOSTILE[zone % 3];
            match (self.names, self.points) {
                (true, true) => writeln!(zones, "{code},\"{name} {code}\",R&D {group},{}.5,45.5", 8 + zone),
                (true, false) => writeln!(zones, "{code},\"{name} {code}\",R&D {group}"),
                _ => writeln!(zones, "{code}"),
            }
            .unwrap();
            for other in group * 4..group * 4 + 4 {
                writeln!(
                    flows,
                    "{code},{},{}",
                    other + 1,
                    if other == zone { 900 } else { 300 + 10 * other }
                )
                .unwrap();
            }
            writeln!(flows, "{code},{},20", (zone + 4) % 12 + 1).unwrap();
            let (jewels, large) = if group == 0 { (600, 5) } else { (40, 300) };
            writeln!(
                jobs,
                "{code},321,10-49,{jewels},20\n{code},25,250+,{large},1\n{code},62,0-9,100,30\n{code},56,0-9,{},90",
                400 * (group + 1)
            )
            .unwrap();
            let (west, east) = (8 + zone, 9 + zone);
            shapes.push(format!(
                "{{\"type\":\"Feature\",\"properties\":{{\"code\":\"{code}\"}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":\
                 [[[{west},45],[{east},45],[{east},46],[{west},46],[{west},45]]]}}}}"
            ));
        }
        put("zones.csv", &zones);
        put("flows.csv", &flows);
        put("jobs.csv", &jobs);
        put(
            "borders.geojson",
            &format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", shapes.join(",")),
        );
        if !self.more.contains("partition") {
            study.push_str("[flows]\npath = \"flows.csv\"\n");
        }
        if self.borders {
            study.push_str("[borders]\npath = \"borders.geojson\"\nkey = \"code\"\n");
        }
        if self.jobs {
            study.push_str("[jobs]\npath = \"jobs.csv\"\nclassification = \"nace-rev2\"\n");
        }
        put("given.csv", "zone,area\n1,a\n2,a\n3,b\n4,b\n5,b\n6,b\n7,b\n8,b\n9,b\n10,b\n11,b\n12,b\n");
        study.push_str(self.more);
        put("study.toml", &study);
    }
}

fn meta() -> ReportMeta {
    ReportMeta {
        version: "0.0.0".into(),
        commit: None,
        study_hash: "abc".into(),
        command: "distretto run study.toml --out \"a & b\"".into(),
    }
}

/// Tags of a page in order: name, attributes, kind.
fn tags(page: &str) -> Vec<&str> {
    page.split('<').skip(1).map(|rest| rest.split_once('>').expect("every tag ends").0).collect()
}

fn name(tag: &str) -> &str {
    tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default()
}

fn check(page: &str) {
    let mut open = Vec::new();
    for tag in tags(page) {
        if tag.starts_with('!') || tag.ends_with('/') {
            continue;
        }
        match tag.strip_prefix('/') {
            Some(closed) => assert_eq!(open.pop(), Some(closed), "{tag}"),
            None => open.push(name(tag)),
        }
    }
    assert!(open.is_empty(), "{open:?}");

    let text = page.replace(include_str!("style.css"), "");
    for word in ["NaN", "inf<", "-inf", "<script", "<img", "<link", "<iframe", "@import", "http-equiv"] {
        assert!(!text.contains(word), "{word}");
    }
    assert!(!include_str!("style.css").contains("url("));
    let attribute = |tag: &str, name: &str| {
        let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
        Some(rest.split_once('"')?.0.to_owned())
    };
    let tags = tags(&text);
    assert!(!tags.iter().any(|tag| tag.contains(" src=")), "nothing is loaded");
    let mut ids: Vec<String> = tags.iter().filter_map(|tag| attribute(tag, "id")).collect();
    for link in tags.iter().filter_map(|tag| attribute(tag, "href")) {
        let known = link.strip_prefix('#').is_some_and(|id| ids.iter().any(|known| known == id));
        assert!(known || link.starts_with("https://doi.org/10."), "{link}");
    }
    for label in tags.iter().filter_map(|tag| attribute(tag, "aria-labelledby")) {
        assert!(label.split(' ').all(|id| ids.iter().any(|known| known == id)), "{label}");
    }
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "ids are used once");

    let levels: Vec<u32> = tags
        .iter()
        .filter_map(|tag| tag.strip_prefix('h').and_then(|rest| rest.get(..1)?.parse().ok()))
        .collect();
    assert_eq!(levels.first(), Some(&1));
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
    for svg in tags.iter().filter(|tag| name(tag) == "svg" && !tag.starts_with('/')) {
        assert_eq!(attribute(svg, "role").as_deref(), Some("img"));
    }
    for path in tags.iter().filter_map(|tag| attribute(tag, "d")) {
        assert!(
            path.starts_with('M') && path.bytes().all(|b| b"MLlhvmaz .-".contains(&b) || b.is_ascii_digit()),
            "{path}"
        );
    }
}

#[test]
fn a_page_with_everything() {
    let page = ALL.page();
    check(&page);
    let lead = page.split("class=\"lead\">").nth(1).and_then(|rest| rest.split('<').next());
    assert_eq!(lead, Some("12 zones form 3 labour market areas; one of them is an industrial district."));
    assert!(page.contains("Jewellery") && page.contains("&lt;script&gt;"));
    assert!(page.contains("A &lt;b&gt;toy&lt;/b&gt;"));
    let areas =
        page.split("class=\"areas").nth(1).and_then(|rest| rest.split("class=\"names").next()).unwrap();
    let outlines: Vec<&str> =
        areas.split(" d=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(outlines.len(), 3);
    assert!(outlines.iter().all(|path| path.ends_with('z')), "{outlines:?}");
}

#[test]
fn the_same_bytes_every_time() {
    assert!(ALL.page() == ALL.page());
}

#[test]
fn whatever_is_missing_is_said() {
    let without_borders = Toy { borders: false, ..ALL }.page();
    check(&without_borders);
    assert!(without_borders.contains("circles stand at the main zone"));
    let without_places = Toy { borders: false, points: false, ..ALL }.page();
    check(&without_places);
    assert!(without_places.contains("so there is no map"));
    let without_jobs = Toy { jobs: false, ..ALL }.page();
    check(&without_jobs);
    assert!(without_jobs.contains("no districts were sought") && !without_jobs.contains("id=\"districts\""));
    let bare = Toy { names: false, borders: false, points: false, jobs: false, more: "" }.page();
    check(&bare);
    assert!(bare.contains("names no regions"));
}

#[test]
fn areas_that_are_given_even_without_flows() {
    let page = Toy { more: "[areas.partition]\npath = \"given.csv\"\n", ..ALL }.page();
    check(&page);
    assert!(page.contains("12 zones belong to 2 given labour market areas"));
    assert!(page.contains("The study has no flows"));
}

#[test]
fn how_sure_it_is() {
    let results = ALL.with_certainty();
    let sentences = how_sure(&results);
    assert!(
        sentences.starts_with("In 20 redraws (sampling and rule) there are 3 areas (")
            && sentences.ends_with('.'),
        "{sentences}"
    );
    let page = report(&results, &meta());
    check(&page);
    for part in
        ["href=\"#sure\"", "id=\"number-of-areas\"", "id=\"strength\"", "id=\"plausible\"", "near-certain"]
    {
        assert!(page.contains(part), "{part}");
    }
    assert!(page.contains("Drawn: each of the four parameters of areas within 9 % of its own value."));
    let multiples = page.split("class=\"multiples\"").nth(1).unwrap();
    assert_eq!(multiples.split("</figure>").next().unwrap().matches("<svg").count(), 9);
    assert!(page == report(&ALL.with_certainty(), &meta()));
    assert!(!ALL.page().contains("id=\"sure\"") && how_sure(&ALL.results()).is_empty());
}

#[test]
fn how_sure_it_is_whatever_is_missing() {
    let without_borders = report(&Toy { borders: false, ..ALL }.with_certainty(), &meta());
    check(&without_borders);
    assert!(without_borders.contains("each zone is a dot"));
    let bare = Toy { names: false, borders: false, points: false, jobs: false, more: "" }.with_certainty();
    let page = report(&bare, &meta());
    check(&page);
    assert!(page.contains("no map of them") && !page.contains("How sure is each district"));
}

#[test]
fn several_sources_share_the_spread() {
    let more = "[certainty]\nvary = [\"sampling\", \"rule\", \"tie\"]\n[certainty.rule]\nmin_size = { from = 500, to = 5000 }\n";
    let results = Toy { more, ..ALL }.with_certainty();
    let page = report(&results, &meta());
    check(&page);
    assert!(how_sure(&results).contains("(sampling, rule and tie)"));
    assert!(page.contains("Rule alone") && page.contains("Remainder"));
    assert!(page.contains("Drawn: min_size 500 to 5000. Not drawn: target_size, min_sc and target_sc."));
}

#[test]
fn comparisons_and_official_figures_stand_beside() {
    let more = "[[compare]]\nname = \"Given & known\"\npath = \"given.csv\"\n[official]\nsource = \"Office\"\nareas = 7\n\
                [official.districts_by_region]\n\"Nowhere\" = 4\n[official.districts_by_industry]\n\"food\" = 2\n";
    let page = Toy { more, ..ALL }.page();
    check(&page);
    assert!(page.contains("Agreement with Given &amp; known") && page.contains("Adjusted Rand index"));
    assert!(page.contains("Nowhere") && page.contains("Official figures: Office."));
}
