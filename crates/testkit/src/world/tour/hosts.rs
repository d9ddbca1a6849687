//! Who could be visited.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use super::region::Region;
use super::{Host, LANGUAGE};
use crate::world::World;
use crate::world::activities::Industry;
use crate::world::micro::place::point_in;
use crate::world::names::{Names, capitalised};
use crate::world::register::{Establishment, Register};

/// Phases of a district's process that are shown, at most.
const PHASES: usize = 5;
/// So many zones of a district are looked at, those with most jobs first.
const ZONES: usize = 8;
/// Firms of this size are shown rather than others.
const SHOWN: std::ops::RangeInclusive<u32> = 10..=249;

/// What can be learnt of firms and of those who serve them.
pub(super) const PRACTICES: [&str; 8] = [
    "export consortium",
    "joint purchasing",
    "apprentices",
    "quality mark",
    "succession in the family",
    "subcontracting",
    "shared machines",
    "energy community",
];

/// Hours of firms: all day, with a break, short Fridays, some days only.
const FIRM_HOURS: [&str; 6] = [
    "Mo-Fr 08:30-12:30,14:00-17:30; PH off",
    "Mo-Fr 09:00-17:00; PH off",
    "Mo-Th 08:00-12:00,13:30-17:00; Fr 08:00-12:00; PH off",
    "Mo-Fr 09:00-12:30,14:30-18:00; Sa 09:00-12:00; PH off",
    "Tu-Th 10:00-16:00; PH off",
    "Mo,We,Fr 09:00-12:30; Tu,Th 14:00-18:00; PH off",
];

/// All hosts: district by district, then those of the city.
pub(super) fn hosts(world: &World, region: &Region, names: &mut Names, rng: &mut ChaCha8Rng) -> Vec<Host> {
    let register = world.register();
    let mut maker = Maker { world, register, names, rng, hosts: Vec::new() };
    for &area in &region.districts {
        maker.district(area);
    }
    maker.city(region.city);
    maker.hosts
}

struct Maker<'a> {
    world: &'a World,
    register: Register<'a>,
    names: &'a mut Names,
    rng: &'a mut ChaCha8Rng,
    hosts: Vec<Host>,
}

impl Maker<'_> {
    /// The firms of a district, who serves them, and what else there is to see.
    fn district(&mut self, area: usize) {
        let Some(industry) = self.world.areas[area].industry else { return };
        let zones = self.zones(area);
        let core = self.world.areas[area].core as usize;
        let town = self.world.zones[core].name.clone();
        let units: Vec<Vec<Establishment>> = zones.iter().map(|&zone| self.register.of_zone(zone)).collect();
        let phases: Vec<&'static str> = industry.phases().take(PHASES).collect();
        // The first phase once more at the end: two to choose from.
        let mut taken = BTreeSet::new();
        for (turn, &phase) in phases.iter().chain(&phases[..1]).enumerate() {
            if let Some((zone, unit)) = shown(&zones, &units, phase, turn, &taken) {
                self.firm(zone, industry, phase, unit.employees);
                taken.insert((zone, unit.unit));
            }
        }
        let words = industry.words();
        self.push(core, "service_centre", format!("{town} Service Centre"), |host, maker| {
            host.industry = Some(industry.id());
            host.practices = maker.practices(2);
            host.look_for = format!("What firms of {words} do together that none could do alone.");
            host.hours = "Mo-Fr 09:00-13:00,14:00-17:00; PH off";
            host.minutes = 75;
            host.languages = vec![LANGUAGE, "en", "fr"];
            host.notice = 10;
        });
        let last = zones.last().copied().unwrap_or(core);
        let museum = format!("{} Museum", self.world.zones[last].name);
        let phase = phases.first().copied().unwrap_or_default();
        self.push(last, "cultural_site", museum, |host, _| {
            host.industry = Some(industry.id());
            host.look_for = format!("How {phase} was done before there were machines, and which family names are still on the doors.");
            host.hours = "Tu-Su 10:00-13:00,15:00-18:30; Mo off";
            host.minutes = 45;
            host.group = Some(25);
            host.languages = vec![LANGUAGE, "en"];
            host.cost = 6000;
        });
        let farm = zones.get(1).copied().unwrap_or(core);
        let name = format!("{} Farm", self.names.another());
        self.push(farm, "territorial_site", name, |host, _| {
            host.look_for = format!("Lunch from what grows here; what the land lived on before {words}.");
            host.hours = "Mo-Su 12:00-15:00";
            host.minutes = 75;
            host.meal = true;
            host.cost = 28_000;
            host.notice = 5;
        });
    }

    /// Who is near the districts, in none of them.
    fn city(&mut self, zone: usize) {
        let town = self.world.zones[zone].name.clone();
        self.push(zone, "institution", format!("Chamber of Commerce of {town}"), |host, _| {
            host.look_for =
                "The closing meeting: what each delegate takes home, and who will write to whom.".into();
            host.hours = "Mo-Fr 09:00-13:00; PH off";
            host.minutes = 90;
            host.languages = vec![LANGUAGE, "en", "fr"];
            host.notice = 14;
        });
        self.push(zone, "institution", format!("Town Hall of {town}"), |host, _| {
            host.look_for =
                "What a municipality can decide about ground for workshops, and what it cannot.".into();
            host.hours = "Mo-Fr 09:00-12:30; We 09:00-12:30,15:00-17:30; PH off";
            host.notice = 14;
        });
        let name = format!("{} Research Centre", self.names.another());
        self.push(zone, "research_centre", name, |host, maker| {
            host.practices = maker.practices(2);
            host.look_for = "Which questions firms bring, and what they pay for an answer.".into();
            host.hours = "Mo-Fr 09:30-12:30,14:00-17:30; PH off";
            host.minutes = 90;
            host.group = Some(15);
            host.languages = vec![LANGUAGE, "en"];
            host.notice = 21;
        });
        self.push(zone, "cultural_site", format!("Old Town of {town}"), |host, _| {
            host.look_for = "Houses of merchants above, workshops below.".into();
            host.hours = "24/7";
            host.minutes = 60;
        });
        let name = format!("{} Lake", self.names.another());
        self.push(zone, "territorial_site", name, |host, _| {
            host.look_for = "Where the water comes from that every process needs.".into();
            host.hours = "Apr-Oct Mo-Su 08:00-20:00; Nov-Mar Sa,Su 09:00-17:00";
            host.minutes = 45;
        });
    }

    /// A firm that shows a phase.
    fn firm(&mut self, zone: usize, industry: Industry, phase: &'static str, employees: u32) {
        let made = self.names.another();
        let name = match self.rng.random_range(0..4u32) {
            0 => format!("Fratelli {made}"),
            1 => format!("{made} e Figli"),
            2 => format!("Cooperativa {made}"),
            _ => format!("Officine {made}"),
        };
        let persons =
            if employees == 1 { "one person works".to_owned() } else { format!("{employees} persons work") };
        self.push(zone, "enterprise", name, |host, maker| {
            let practice = maker.practices(1);
            host.industry = Some(industry.id());
            host.phases = vec![phase];
            host.look_for = format!(
                "{}: {persons} here. What can be learnt: {}.",
                capitalised(phase),
                practice.join(" and ")
            );
            host.practices = practice;
            host.hours = maker.pick(&FIRM_HOURS);
            host.minutes = maker.pick(&[45, 60, 60, 75, 90]);
            host.group = maker.pick(&[None, None, Some(8), Some(12), Some(20)]);
            host.guides = maker.pick(&[1, 1, 2]);
            host.stagger = host.group.and(maker.pick(&[None, Some(20), Some(30)]));
            host.languages = maker
                .pick(&[&[LANGUAGE][..], &[LANGUAGE, "en"], &[LANGUAGE, "en", "de"], &[LANGUAGE, "fr"]])
                .to_vec();
            host.notice = maker.pick(&[3, 7, 14]);
        });
    }

    /// A host somewhere in a zone, with what it has usually, then changed.
    fn push(
        &mut self,
        zone: usize,
        kind: &'static str,
        name: String,
        change: impl FnOnce(&mut Host, &mut Self),
    ) {
        let at = &self.world.zones[zone];
        let mut host = Host {
            code: format!("H{:02}", self.hosts.len() + 1),
            name,
            kind,
            lonlat: point_in(at, self.rng),
            address: format!("Via {} {}", self.names.another(), self.rng.random_range(1..120u32)),
            town: at.name.clone(),
            zone: at.code.clone(),
            industry: None,
            phases: Vec::new(),
            practices: Vec::new(),
            look_for: String::new(),
            hours: "",
            minutes: 60,
            group: None,
            guides: 1,
            stagger: None,
            languages: vec![LANGUAGE],
            notice: 0,
            meal: false,
            cost: 0,
            is_step_free: true,
            consent: true,
            valid_until: "2012-12-31",
        };
        change(&mut host, self);
        self.hosts.push(host);
    }

    /// Zones of an area, those with most jobs first.
    fn zones(&self, area: usize) -> Vec<usize> {
        let mut zones: Vec<usize> = (0..self.world.zones.len())
            .filter(|&zone| self.world.zones[zone].area as usize == area)
            .collect();
        zones.sort_by_key(|&zone| (Reverse(self.register.jobs_in(zone)), zone));
        zones.truncate(ZONES);
        zones
    }

    fn practices(&mut self, count: usize) -> Vec<&'static str> {
        let first = self.rng.random_range(0..PRACTICES.len() as u32) as usize;
        (0..count).map(|step| PRACTICES[(first + 3 * step) % PRACTICES.len()]).collect()
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.rng.random_range(0..from.len() as u32) as usize]
    }
}

/// The unit of a phase that is shown, if it has one that is not taken: the largest of the size of [`SHOWN`] in the first zone that has one, beginning
/// with another zone each turn; where no zone has one, the largest of all.
fn shown<'u>(
    zones: &[usize],
    units: &'u [Vec<Establishment>],
    phase: &str,
    turn: usize,
    taken: &BTreeSet<(usize, u32)>,
) -> Option<(usize, &'u Establishment)> {
    let of_phase = |at: usize| {
        let is_open = move |unit: &&Establishment| {
            unit.activity.phase == phase && !taken.contains(&(zones[at], unit.unit))
        };
        units[at].iter().filter(is_open).map(move |unit| (zones[at], unit))
    };
    let largest = |(_, unit): &(usize, &Establishment)| (unit.employees, Reverse(unit.unit));
    let order = (0..zones.len()).map(|step| (turn + step) % zones.len());
    let is_fit = |(_, unit): &(usize, &Establishment)| SHOWN.contains(&unit.employees);
    let fit = order.clone().find_map(|at| of_phase(at).filter(is_fit).max_by_key(largest));
    fit.or_else(|| order.flat_map(of_phase).max_by_key(largest))
}
