//! A rerun is the run of a changed study.

use distretto_districts::Kind;
use distretto_regions::compare::compare;
use distretto_study::config::Config;
use distretto_study::input::Study;
use distretto_study::run::{self, Results};
use distretto_study::stopwatch::Stopwatch;

use crate::made::{Made, rerun};

/// The whole run of the study with these parameters.
fn whole_run(made: &Made, values: &[(&str, f64)]) -> Results {
    let mut study = Study::load(&made.study()).unwrap();
    let Config { areas, districts, .. } = &mut study.config;
    for &(name, value) in values {
        match name {
            "min_size" => areas.min_size = value,
            "target_size" => areas.target_size = value,
            "min_sc" => areas.min_sc = value,
            "target_sc" => areas.target_sc = value,
            "sector_lq" => districts.sector_lq = value,
            "industry_lq" => districts.industry_lq = value,
            "sme_share" => districts.sme_share = value,
            "single_medium_ratio" => districts.single_medium_ratio = value,
            "min_industry_employees" => districts.min_industry_employees = value,
            other => panic!("{other}"),
        }
    }
    run::run(study.read().unwrap(), &mut Stopwatch::silent()).unwrap()
}

#[test]
fn the_parameters_of_the_study_give_the_edition() {
    let made = Made::country(|text| text);
    let (edition, live) = (made.opened(), made.live());
    let own = rerun(&live, &[]).unwrap();
    assert_eq!(own.zone_area, edition.partition.as_slice());
    assert!(own.changed_zones.is_empty());
    assert_eq!((own.changed_residents_share, own.agreement), (Some(0.0), Some(1.0)));
    assert_eq!((own.districts_gained.len(), own.districts_lost.len()), (0, 0));
    let areas = edition.table("areas").unwrap();
    let residents = areas.numbers("residents").unwrap();
    for (row, area) in own.new_areas.iter().enumerate() {
        assert_eq!(Some(area.code.as_str()), areas.text(row, "area"));
        assert_eq!(Some(area.name.as_str()), areas.text(row, "name"));
        assert_eq!(area.kind.as_deref(), areas.text(row, "kind"));
        assert_eq!(area.main_industry.as_deref(), areas.text(row, "main_industry"));
        assert_eq!(area.residents, Some(residents.value(row)));
    }
    assert!(own.districts.unwrap() > 0, "a country without districts would prove little");
    assert_eq!(own.districts, own.kinds.as_ref().unwrap().get("district").copied());
    assert_eq!(own.kinds.unwrap().values().sum::<u32>(), own.areas);
    let sent: Vec<(&str, f64)> = own.parameters.iter().map(|(name, &value)| (name.as_str(), value)).collect();
    assert_eq!(sent.len(), 9);
    assert_eq!(rerun(&live, &sent).unwrap().zone_area, own.zone_area);
}

#[test]
fn other_parameters_give_what_a_whole_run_gives() {
    let made = Made::country(|text| text);
    let (edition, live) = (made.opened(), made.live());
    let sets: [&[(&str, f64)]; 6] = [
        &[("min_size", 2_000.0)],
        &[("min_size", 150.0), ("target_size", 900.0)],
        &[("min_sc", 0.8), ("target_sc", 0.95)],
        &[("sector_lq", 0.6), ("sme_share", 0.25)],
        &[("sme_share", 0.7), ("single_medium_ratio", 0.5), ("min_industry_employees", 100.0)],
        &[("target_size", 9_000.0), ("min_sc", 0.5), ("sme_share", 0.3)],
    ];
    let (mut moved, mut gained, mut lost) = (0, 0, 0);
    for values in sets {
        let (found, whole) = (rerun(&live, values).unwrap(), whole_run(&made, values));
        let (areas, districts) = (&whole.areas, whole.districts.as_ref().unwrap());
        assert_eq!(found.zone_area, areas.partition.as_slice(), "{values:?}");
        assert_eq!(found.areas as usize, areas.partition.areas());
        assert_eq!(found.converged, areas.search.as_ref().unwrap().converged);
        for (area, new) in found.new_areas.iter().enumerate() {
            let verdict = &districts.verdicts[area];
            assert_eq!(new.code, areas.partition.code(area as u32));
            assert_eq!(new.name, areas.names[area]);
            assert_eq!(new.zones as usize, areas.zones[area]);
            assert_eq!(new.kind.as_deref(), Some(verdict.kind.name()));
            assert_eq!(
                new.main_industry.as_deref(),
                verdict.main_industry.map(|at| districts.industry_id(at))
            );
            assert_eq!(new.residents, Some(areas.flows.as_ref().unwrap().statistics[area].residents));
        }
        assert_eq!(found.districts.unwrap() as usize, districts.districts().count());
        for kind in Kind::ALL {
            let count = districts.verdicts.iter().filter(|verdict| verdict.kind == kind).count();
            assert_eq!(found.kinds.as_ref().unwrap()[kind.name()] as usize, count);
        }
        // The same figures as of two partitions side by side, where no zone is without an area.
        let compared = compare(&edition.partition, &areas.partition, None);
        assert_eq!(compared.zones_only, [0, 0]);
        assert_eq!(found.changed_zones.len(), compared.zones_differing);
        assert_eq!(found.agreement, Some(compared.by_zones.ari));
        let (old, new) = (edition_districts(&made), found.districts.unwrap() as usize);
        assert_eq!(new + found.districts_lost.len(), old + found.districts_gained.len());
        moved += found.changed_zones.len();
        gained += found.districts_gained.len();
        lost += found.districts_lost.len();
    }
    assert!(
        moved > 50 && gained > 1 && lost > 1,
        "little changed: {moved} zones, {gained} and {lost} districts"
    );
}

fn edition_districts(made: &Made) -> usize {
    let edition = made.opened();
    let areas = edition.table("areas").unwrap();
    (0..areas.rows()).filter(|&row| areas.text(row, "kind") == Some("district")).count()
}

#[test]
fn the_same_request_has_the_same_answer() {
    let made = Made::country(|text| text);
    let live = made.live();
    let values = [("min_size", 700.0), ("sme_share", 0.6)];
    let first = rerun(&live, &values).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert_eq!(rerun(&live, &values).unwrap(), first));
        }
    });
    assert_eq!(rerun(&made.live(), &values).unwrap(), first);
}

#[test]
fn given_areas_are_only_judged() {
    let given =
        "[areas]\npartition = { path = 'truth_areas.csv', columns = { zone = 'zone', area = 'area' } }\n";
    let made = Made::country(|text| text.replace("[areas]\n", given));
    let live = made.live();
    assert!(!live.searches());
    assert!(rerun(&live, &[]).unwrap().changed_zones.is_empty());
    let strict = [("sme_share", 0.9), ("industry_lq", 3.0)];
    let (found, whole) = (rerun(&live, &strict).unwrap(), whole_run(&made, &strict));
    assert!(found.converged && found.changed_zones.is_empty());
    assert_eq!(found.districts.unwrap() as usize, whole.districts.unwrap().districts().count());
    assert!(!found.districts_lost.is_empty());
    assert_eq!(found.parameters.len(), 5);
}
