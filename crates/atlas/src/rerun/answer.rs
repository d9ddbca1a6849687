//! Areas and districts held against those of the edition.

use std::collections::BTreeMap;

use distretto_districts::Kind;
use distretto_regions::compare::{Contingency, Matching, indices};
use distretto_study::input::Input;
use distretto_study::run::DistrictResults;
use distretto_study::run::areas::{Divided, main_zones, names};
use distretto_territory::Partition;

use super::parameters::Rules;
use super::{NewArea, NewDistrict, OldDistrict, Rerun};
use crate::edition::Edition;

/// What a rerun is held against.
#[derive(Debug)]
pub(super) struct Base {
    partition: Partition,
    /// The areas that are districts, by area index.
    districts: Vec<Option<OldDistrict>>,
}

impl Base {
    /// The areas and districts of an edition.
    pub fn new(edition: &Edition) -> Self {
        let district = |area: u32| {
            let areas = edition.table("areas")?;
            let text = |column: &str| areas.text(area as usize, column).map(str::to_owned);
            (text("kind")? == Kind::District.name()).then(|| OldDistrict {
                code: edition.partition.code(area).to_owned(),
                name: text("name").unwrap_or_default(),
                main_industry: text("main_industry"),
            })
        };
        let areas = 0..edition.areas() as u32;
        Self { partition: edition.partition.clone(), districts: areas.map(district).collect() }
    }
}

/// Areas that were found, and what the rule makes of them.
pub(super) struct Found {
    pub divided: Divided,
    pub judged: Option<DistrictResults>,
}

/// The whole answer, but for the time it took. Cost: linear in zones, n log n in areas.
pub(super) fn answer(input: &Input, base: &Base, rules: &Rules, found: &Found) -> Rerun {
    let Found { divided, judged } = found;
    let partition = &divided.partition;
    let table = Contingency::new(&base.partition, partition, &vec![1.0; partition.zones()]);
    let matched = Matched::new(&Matching::new(&table), base.partition.areas(), partition.areas());
    let changed_zones: Vec<u32> = (0..partition.zones() as u32)
        .filter(|&zone| matched.changed(zone, &base.partition, partition))
        .collect();
    let new_areas = new_areas(input, divided, judged.as_ref());
    Rerun {
        parameters: rules.numbers(),
        seconds: None,
        areas: partition.areas() as u32,
        districts: judged.as_ref().map(|judged| judged.districts().count() as u32),
        kinds: judged.as_ref().map(kinds),
        converged: divided.search.as_ref().is_none_or(|search| search.converged),
        zone_area: partition.as_slice().to_vec(),
        changed_residents_share: residents_share(input, &changed_zones),
        changed_zones,
        agreement: (table.total() > 0.0).then(|| indices::indices(&table).ari),
        districts_gained: gained(base, &matched, &new_areas),
        districts_lost: lost(base, &matched, &new_areas),
        new_areas,
    }
}

/// Which area of the edition is which now.
struct Matched {
    /// New area, by area of the edition.
    new_of: Vec<Option<u32>>,
    /// Area of the edition, by new area.
    old_of: Vec<Option<u32>>,
}

impl Matched {
    fn new(matching: &Matching, old: usize, new: usize) -> Self {
        let mut matched = Self { new_of: vec![None; old], old_of: vec![None; new] };
        for pair in matching.pairs() {
            matched.new_of[pair.a as usize] = Some(pair.b);
            matched.old_of[pair.b as usize] = Some(pair.a);
        }
        matched
    }

    fn changed(&self, zone: u32, old: &Partition, new: &Partition) -> bool {
        match (old.area_of(zone), new.area_of(zone)) {
            (None, None) => false,
            (Some(old), Some(new)) => self.new_of[old as usize] != Some(new),
            _ => true,
        }
    }
}

fn new_areas(input: &Input, divided: &Divided, judged: Option<&DistrictResults>) -> Vec<NewArea> {
    let partition = &divided.partition;
    let flows = divided.flows(input);
    let names = names(input, partition, &main_zones(input, flows.as_deref(), partition));
    let residents = |zones: &[u32]| {
        let flows = flows.as_deref()?;
        Some(flows.persons(zones.iter().map(|&zone| flows.residents(zone)).sum()))
    };
    let verdict = |area: usize| judged.map(|judged| &judged.verdicts[area]);
    let industry = |area: usize| Some(judged?.industry_id(verdict(area)?.main_industry?).to_owned());
    let members = partition.members();
    names
        .into_iter()
        .enumerate()
        .map(|(area, name)| NewArea {
            code: partition.code(area as u32).to_owned(),
            name,
            kind: verdict(area).map(|verdict| verdict.kind.name().to_owned()),
            main_industry: industry(area),
            residents: residents(&members[area]),
            zones: members[area].len() as u32,
        })
        .collect()
}

fn kinds(judged: &DistrictResults) -> BTreeMap<String, u32> {
    let count = |kind: Kind| judged.verdicts.iter().filter(|verdict| verdict.kind == kind).count() as u32;
    Kind::ALL.into_iter().map(|kind| (kind.name().to_owned(), count(kind))).collect()
}

/// Share of all employed residents who live in these zones.
fn residents_share(input: &Input, zones: &[u32]) -> Option<f64> {
    let flows = &input.flows.as_ref()?.table;
    // A sum of nothing is -0, which would read as "-0 %".
    let part = zones.iter().map(|&zone| flows.residents(zone)).sum::<f64>() + 0.0;
    (flows.total() > 0.0).then(|| part / flows.total())
}

fn is_district(area: &NewArea) -> bool {
    area.kind.as_deref() == Some(Kind::District.name())
}

fn gained(base: &Base, matched: &Matched, new_areas: &[NewArea]) -> Vec<NewDistrict> {
    let new = new_areas.iter().zip(&matched.old_of).filter(|(area, _)| is_district(area));
    let gained = new.filter(|(_, old)| old.is_none_or(|old| base.districts[old as usize].is_none()));
    let told = |(area, old): (&NewArea, &Option<u32>)| NewDistrict {
        name: area.name.clone(),
        main_industry: area.main_industry.clone(),
        area: old.map(|old| base.partition.code(old).to_owned()),
    };
    gained.map(told).collect()
}

fn lost(base: &Base, matched: &Matched, new_areas: &[NewArea]) -> Vec<OldDistrict> {
    let old = base.districts.iter().zip(&matched.new_of);
    let lost = old.filter(|(_, new)| !new.is_some_and(|new| is_district(&new_areas[new as usize])));
    lost.filter_map(|(district, _)| district.clone()).collect()
}
