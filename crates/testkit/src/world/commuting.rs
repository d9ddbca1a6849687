//! Who works where: a gravity model whose borders are real.
//!
//! Of the `R_i` employed residents of zone `i` a share stays; the others weigh every zone `j` by
//!
//! ```text
//! w_ij = A_j e^(σ ε_ij) / (1 + (d_ij/δ)^k)
//! ```
//!
//! where δ and k differ inside and outside the area, `A_j` are the jobs that attract and `ε_ij` is a standard normal taste of the pair. Without borders they choose in
//! proportion to `w_ij`. With borders they choose as in a nested logit: first whether to leave the planted area `a`, with
//! odds `β_a (X_i/I_i)^θ` where `I_i` and `X_i` are the weights inside and outside it, then a zone in proportion to
//! `w_ij`. `β_a` is solved so that the area keeps the share of its residents it was planted with. `noise` is the share of
//! those who choose without borders. Counts are drawn from the multinomial distribution: whole persons, `R_i` in all.

use distretto_flows::Row;
use rand::RngExt;
use rand_distr::{Binomial, Distribution, StandardNormal};

use super::grid::{Grid, distance};
use super::stream::{Purpose, stream};
use super::{Area, WorldOptions, Zone, settlement};

/// Distance at which the pull of other areas has halved, km.
const HALF_KM: f64 = 9.0;
/// The same inside an area as wide as `SPAN_KM` or less; in proportion where it is wider: large cities draw from afar.
const HALF_INSIDE: f64 = 4.0;
const SPAN_KM: f64 = 12.0;
/// Farther than this only cores attract, for their whole area; farther than that only the largest cities.
const NEAR_KM: f64 = 60.0;
const FAR_KM: f64 = 150.0;
const LARGEST_CITIES: usize = 30;
/// Spread of the tastes of pairs.
const TASTE: f64 = 0.3;
/// How much a zone's own position by the border counts, 0..=1 (the nesting parameter θ).
const NESTING: f64 = 0.2;
/// How much likelier commuters from elsewhere look for work in a large area than in a small one at the same distance: the
/// power of its jobs, beyond their number.
const FAME: f64 = 0.6;
/// How much less likely they look in its villages than in its core.
const VILLAGE_FAME: f64 = 0.4;
/// Rounds in which areas that would draw in more commuters than an area can take become less known.
const BALANCING_ROUNDS: usize = 1;
/// How many jobs a core has for each that its residents' number alone would suggest.
const CORE_PULL: f64 = 3.3;
/// Residents who stay: in a core this share of what the area is to keep; elsewhere a logistic normal share.
const CORE_STAY: f64 = 0.96;
const STAY_LOGIT: f64 = -0.8;
const STAY_SPREAD: f64 = 0.5;

/// Everything the draw of one zone needs, by zone index.
struct Country<'a> {
    options: &'a WorldOptions,
    zones: &'a [Zone],
    areas: &'a [Area],
    sites: Vec<[f64; 2]>,
    area_of: Vec<u32>,
    is_core: Vec<bool>,
    near: Grid,
    core_sites: Vec<[f64; 2]>,
    far: Grid,
    largest: Vec<u32>,
    attraction: Vec<f64>,
    area_attraction: Vec<f64>,
    fame: Vec<f64>,
    half_km: Vec<f64>,
}

/// A destination that a commuter weighs.
struct Choice {
    zone: u32,
    weight: f64,
    inside: bool,
}

/// The flows of all zones, drawn, by origin. Cost: linear in pairs.
pub(super) fn commute(options: &WorldOptions, zones: &[Zone], areas: &[Area]) -> Vec<Row> {
    each_origin(options, zones, areas, Country::draw)
}

/// The mean of [`commute`] over its draws, by origin. Cost: linear in pairs that can occur, several times those drawn.
pub(super) fn expect(options: &WorldOptions, zones: &[Zone], areas: &[Area]) -> Vec<Row> {
    each_origin(options, zones, areas, Country::expect)
}

type Outflow<'a> = fn(&Country<'a>, usize, f64, &mut Vec<Choice>, &mut Vec<Row>);

/// Solves the country, then lets `outflow` add the rows of each origin, given the border effect of its area.
fn each_origin<'a>(
    options: &'a WorldOptions,
    zones: &'a [Zone],
    areas: &'a [Area],
    outflow: Outflow<'a>,
) -> Vec<Row> {
    let mut country = Country::new(options, zones, areas);
    let mut border = country.border_effects();
    for _ in 0..BALANCING_ROUNDS {
        country.turn_away_excess(&border);
        border = country.border_effects();
    }
    let mut rows = Vec::new();
    let mut choices = Vec::new();
    for (origin, zone) in zones.iter().enumerate() {
        outflow(&country, origin, border[zone.area as usize], &mut choices, &mut rows);
    }
    rows
}

impl<'a> Country<'a> {
    fn new(options: &'a WorldOptions, zones: &'a [Zone], areas: &'a [Area]) -> Self {
        let sites: Vec<[f64; 2]> = zones.iter().map(|zone| zone.position_km).collect();
        let core_sites: Vec<[f64; 2]> = areas.iter().map(|area| sites[area.core as usize]).collect();
        let attraction: Vec<f64> = zones
            .iter()
            .enumerate()
            .map(|(i, zone)| {
                let z: f64 =
                    StandardNormal.sample(&mut stream(options.seed, Purpose::Staying, zones.len() + i));
                let core = areas[zone.area as usize].core as usize == i;
                f64::from(zone.employed) * if core { CORE_PULL } else { (0.45 * z).exp() }
            })
            .collect();
        let mut area_attraction = vec![0.0; areas.len()];
        for (zone, pull) in zones.iter().zip(&attraction) {
            area_attraction[zone.area as usize] += pull;
        }
        let mut largest: Vec<u32> = (0..areas.len() as u32).collect();
        largest.sort_by(|&a, &b| {
            area_attraction[b as usize].total_cmp(&area_attraction[a as usize]).then(a.cmp(&b))
        });
        largest.truncate(LARGEST_CITIES);
        largest.sort_unstable();
        let mut land = vec![0.0; areas.len()];
        for zone in zones {
            land[zone.area as usize] += zone.area_km2;
        }
        let half_km = land.iter().map(|km2: &f64| HALF_INSIDE * (km2.sqrt() / SPAN_KM).max(1.0)).collect();
        let fame = area_attraction.iter().map(|pull| (pull / 30_000.0).powf(FAME)).collect();
        let mut is_core = vec![false; zones.len()];
        for area in areas {
            is_core[area.core as usize] = true;
        }
        Self {
            area_of: zones.iter().map(|zone| zone.area).collect(),
            is_core,
            near: Grid::new(&sites, 15.0),
            far: Grid::new(&core_sites, 60.0),
            options,
            zones,
            areas,
            sites,
            core_sites,
            largest,
            attraction,
            area_attraction,
            fame,
            half_km,
        }
    }

    /// Fills `choices` with the destinations of `origin` (itself left out) and their weights without borders.
    fn weigh(&self, origin: usize, choices: &mut Vec<Choice>) {
        choices.clear();
        let home = self.zones[origin].area;
        let mut rng = stream(self.options.seed, Purpose::Commuters, origin);
        let mut add = |zone: u32, pull: f64, away: f64, inside: bool| {
            let taste: f64 = StandardNormal.sample(&mut rng);
            let area = self.area_of[zone as usize] as usize;
            let core = self.is_core[zone as usize];
            let (fame, distance) = if inside {
                (1.0, decay_inside(away / self.half_km[home as usize]))
            } else {
                (self.fame[area] * if core { 1.0 } else { VILLAGE_FAME }, decay(away / HALF_KM))
            };
            let weight = pull * fame * (TASTE * taste).exp() / (1.0 + distance);
            choices.push(Choice { zone, weight, inside });
        };
        self.near.within(&self.sites, self.sites[origin], NEAR_KM, |zone, away| {
            if zone != origin {
                add(zone as u32, self.attraction[zone], away, self.area_of[zone] == home);
            }
        });
        let city = |area: usize| (self.areas[area].core, self.area_attraction[area], area as u32 == home);
        self.far.within(&self.core_sites, self.sites[origin], FAR_KM, |area, away| {
            if away > NEAR_KM {
                let (core, pull, inside) = city(area);
                add(core, pull, away, inside);
            }
        });
        for &area in &self.largest {
            let (here, there) = (self.sites[origin], self.core_sites[area as usize]);
            let away = distance(here, there);
            if away > FAR_KM {
                let (core, pull, inside) = city(area as usize);
                add(core, pull, away, inside);
            }
        }
    }

    /// Share of the residents of a zone who stay in it.
    fn staying(&self, zone: usize) -> f64 {
        let z: f64 = StandardNormal.sample(&mut stream(self.options.seed, Purpose::Staying, zone));
        let area = &self.areas[self.zones[zone].area as usize];
        if area.core as usize == zone {
            (area.containment * CORE_STAY + 0.05 * z).clamp(0.3, 0.93)
        } else {
            let logit = STAY_LOGIT + STAY_SPREAD * z;
            (1.0 / (1.0 + (-logit).exp())).min(0.6)
        }
    }

    /// The border effect `β` of each area that gives it the containment it was planted with.
    fn border_effects(&self) -> Vec<f64> {
        let mut leavers: Vec<Vec<(f64, f64)>> = vec![Vec::new(); self.areas.len()];
        let mut residents = vec![0.0; self.areas.len()];
        let mut choices = Vec::new();
        for zone in 0..self.zones.len() {
            self.weigh(zone, &mut choices);
            let (mut inside, mut outside) = (0.0, 0.0);
            for choice in &choices {
                *(if choice.inside { &mut inside } else { &mut outside }) += choice.weight;
            }
            let area = self.zones[zone].area as usize;
            let employed = f64::from(self.zones[zone].employed);
            residents[area] += employed;
            if inside + outside > 0.0 {
                leavers[area].push((employed * (1.0 - self.staying(zone)), nested_odds(inside, outside)));
            }
        }
        (0..self.areas.len())
            .map(|area| {
                let wanted = (1.0 - self.areas[area].containment) * residents[area];
                let out = |beta: f64| -> f64 {
                    leavers[area]
                        .iter()
                        .map(|&(people, odds)| people * (1.0 - 1.0 / (1.0 + beta * odds)))
                        .sum()
                };
                // Halvings on a logarithmic scale.
                let (mut low, mut high) = (-9.0f64, 5.0f64);
                for _ in 0..24 {
                    let middle = f64::midpoint(low, high);
                    *(if out(middle.exp()) < wanted { &mut low } else { &mut high }) = middle;
                }
                low.exp()
            })
            .collect()
    }

    /// Makes areas less known whose jobs would be filled from outside beyond what the demand side of an area allows.
    fn turn_away_excess(&mut self, border: &[f64]) {
        let mut inflow = vec![0.0; self.areas.len()];
        let mut residents = vec![0.0; self.areas.len()];
        let mut choices = Vec::new();
        for (origin, zone) in self.zones.iter().enumerate() {
            self.weigh(origin, &mut choices);
            let odds = Odds::of(&choices, border[zone.area as usize]);
            let employed = f64::from(zone.employed);
            residents[zone.area as usize] += employed;
            let leavers = employed * (1.0 - self.staying(origin));
            for choice in choices.iter().filter(|choice| !choice.inside) {
                inflow[self.area_of[choice.zone as usize] as usize] +=
                    leavers * odds.share(choice, self.options.noise);
            }
        }
        for (area, inflow) in inflow.into_iter().enumerate() {
            let inside = residents[area] * self.areas[area].containment;
            let allowed = inside * (1.0 / settlement::asked_of(residents[area]) - 1.0);
            if inflow > allowed {
                self.fame[area] *= allowed / inflow;
            }
        }
    }

    /// Fills `choices`; the share of the residents of a zone who stay, and how the others divide over the choices.
    fn prospects(&self, origin: usize, border: f64, choices: &mut Vec<Choice>) -> (f64, Odds) {
        self.weigh(origin, choices);
        let odds = Odds::of(choices, border);
        let stay = if odds.inside + odds.outside > 0.0 { self.staying(origin) } else { 1.0 };
        (stay, odds)
    }

    /// The expected flows out of one zone.
    fn expect(&self, origin: usize, border: f64, choices: &mut Vec<Choice>, rows: &mut Vec<Row>) {
        let (stay, odds) = self.prospects(origin, border, choices);
        let employed = f64::from(self.zones[origin].employed);
        let mut row = |destination: u32, amount: f64| {
            if amount > 0.0 {
                rows.push(Row { origin: origin as u32, destination, amount });
            }
        };
        row(origin as u32, employed * stay);
        let leavers = employed * (1.0 - stay);
        let mut mass = 1.0;
        if let Some((last, others)) = choices.split_last() {
            for choice in others {
                let p = odds.share(choice, self.options.noise);
                row(choice.zone, leavers * p);
                mass -= p;
            }
            // The draw, too, gives the last choice all that is left.
            row(last.zone, leavers * mass);
        }
    }

    /// Draws the flows out of one zone.
    fn draw(&self, origin: usize, border: f64, choices: &mut Vec<Choice>, rows: &mut Vec<Row>) {
        let (stay, odds) = self.prospects(origin, border, choices);
        let mut rng = stream(self.options.seed, Purpose::Commuters, self.zones.len() + origin);
        let employed = u64::from(self.zones[origin].employed);
        let stayers = binomial(&mut rng, employed, stay);
        let mut row = |destination: u32, people: u64| {
            if people > 0 {
                rows.push(Row { origin: origin as u32, destination, amount: people as f64 });
            }
        };
        row(origin as u32, stayers);
        let (mut left, mut mass) = (employed - stayers, 1.0);
        for choice in choices.iter() {
            if left == 0 {
                break;
            }
            let p = odds.share(choice, self.options.noise);
            let people = binomial(&mut rng, left, p / mass);
            row(choice.zone, people);
            left -= people;
            mass -= p;
        }
        // What rounding of the probabilities left over.
        if let (Some(last), true) = (choices.last(), left > 0) {
            row(last.zone, left);
        }
    }
}

/// `x^3.5`, by roots: fast, and the same on every machine, which powers are not.
fn decay(x: f64) -> f64 {
    x * x * x * x.sqrt()
}

/// `x^2.75`: inside their area people mind distance less.
fn decay_inside(x: f64) -> f64 {
    let root = x.sqrt();
    x * x * root * root.sqrt()
}

/// How the residents of a zone who do not stay divide over its choices.
struct Odds {
    inside: f64,
    outside: f64,
    leave: f64,
}

impl Odds {
    fn of(choices: &[Choice], border: f64) -> Self {
        let (mut inside, mut outside) = (0.0, 0.0);
        for choice in choices {
            *(if choice.inside { &mut inside } else { &mut outside }) += choice.weight;
        }
        let odds = border * nested_odds(inside, outside);
        Self { inside, outside, leave: odds / (1.0 + odds) }
    }

    /// The probability of a choice.
    fn share(&self, choice: &Choice, noise: f64) -> f64 {
        let nest = if choice.inside { (1.0 - self.leave) / self.inside } else { self.leave / self.outside };
        choice.weight * ((1.0 - noise) * nest + noise / (self.inside + self.outside))
    }
}

/// `(X/I)^θ`: odds of leaving the area before its border effect.
fn nested_odds(inside: f64, outside: f64) -> f64 {
    // An area of one zone has nothing else inside, the only area nothing outside: large, but finite.
    (outside / inside).powf(NESTING).min(1e6)
}

/// A binomial draw; `p` a hair outside 0..=1 from rounding counts as 0 or 1.
fn binomial(rng: &mut impl RngExt, n: u64, p: f64) -> u64 {
    if p.is_nan() || p <= 0.0 || n == 0 {
        return 0;
    }
    if p >= 1.0 {
        return n;
    }
    Binomial::new(n, p).map_or(0, |law| law.sample(rng))
}
