//! EU-TTWA, plainly: every quantity is added up anew from the flow matrix whenever it is needed.

use std::collections::{BTreeMap, BTreeSet};

use distretto_flows::FlowTable;
use distretto_regions::eu_ttwa::{
    Attachment, Decision, Mode, Options, Outcome, Parameters, ReserveEntry, ReserveKind, Step,
    TracedCandidate, ZeroReason, ZeroZone,
};

type Zone = usize;
type Id = i64;

/// The rows of the table, and where every zone is now.
struct State {
    f: BTreeMap<(Zone, Zone), f64>,
    per_person: f64,
    cluster: BTreeMap<Zone, Id>,
    parameters: Parameters,
    mode: Mode,
    /// The cluster whose rows stand unsummed in this iteration.
    split: Option<Id>,
    set_aside: BTreeSet<Id>,
}

impl State {
    fn flow(&self, o: Zone, d: Zone) -> f64 {
        self.f.get(&(o, d)).copied().unwrap_or(0.0)
    }

    /// F(j,k) = sum of f(o,d) for o in j, d in k.
    fn between(&self, j: &[Zone], k: &[Zone]) -> f64 {
        j.iter().flat_map(|&o| k.iter().map(move |&d| (o, d))).map(|(o, d)| self.flow(o, d)).sum()
    }

    fn everyone(&self) -> Vec<Zone> {
        self.cluster.keys().copied().collect()
    }

    fn members(&self, id: Id) -> Vec<Zone> {
        self.cluster.iter().filter(|(_, own)| **own == id).map(|(zone, _)| *zone).collect()
    }

    fn ids(&self) -> Vec<Id> {
        self.cluster.values().copied().filter(|&id| id != 0).collect::<BTreeSet<_>>().into_iter().collect()
    }

    fn slw(&self, k: &[Zone]) -> (f64, f64, f64) {
        (self.between(k, k), self.between(k, &self.everyone()), self.between(&self.everyone(), k))
    }

    /// Section 4.
    fn v(&self, (s_k, l, w): (f64, f64, f64)) -> f64 {
        let Parameters { min_size, min_sc, target_size, target_sc } = self.parameters;
        let msc = (s_k / l).min(s_k / w);
        let persons = l / self.per_person;
        let mut y = msc / target_sc;
        if y > 1.0 {
            y = 1.0;
        }
        let mut s = (target_size - persons) / (target_size - min_size);
        if s < 0.0 {
            s = 0.0;
        }
        let z = 1.0 - ((1.0 - (min_sc / target_sc)) * s);
        let mut v = y * z * (target_sc / min_sc);
        if msc == 1.0 && (self.mode == Mode::Reference || persons >= min_size) {
            v = 1.0;
        }
        v
    }

    /// All values that stand for a cluster: one, or one for every combination in the split state (section 7).
    fn values(&self, id: Id) -> Vec<f64> {
        let members = self.members(id);
        if self.split != Some(id) {
            return vec![self.v(self.slw(&members))];
        }
        let mut inside: Vec<f64> = Vec::new();
        for &a in &members {
            for &b in &members {
                inside.extend(self.f.get(&(a, b)));
            }
        }
        if inside.is_empty() {
            inside.push(0.0);
        }
        let mut values = Vec::new();
        for &i in &members {
            let (_, l, w) = self.slw(&[i]);
            values.extend(inside.iter().map(|&s| self.v((s, l, w))));
        }
        values
    }

    /// Step 1: the smallest validity, ties to the smallest id; `None` if all are areas.
    fn least_valid(&self) -> Option<(Id, f64)> {
        let mut least: Option<(Id, f64)> = None;
        for id in self.ids() {
            if self.set_aside.contains(&id) {
                continue;
            }
            let value = self.values(id).into_iter().fold(f64::INFINITY, f64::min);
            if least.is_none_or(|(_, v)| value < v) {
                least = Some((id, value));
            }
        }
        least.filter(|&(_, v)| v < 1.0)
    }

    /// Section 6: every eligible cluster, best last.
    fn candidates(&self, c: Zone) -> Vec<TracedCandidate> {
        let own = self.cluster[&c];
        let eligible: Vec<Id> = self
            .ids()
            .into_iter()
            .filter(|&id| id > 0 && id != own && !self.set_aside.contains(&id))
            .collect();
        let row = |o: &[Zone], d: &[Zone]| o.iter().any(|&o| d.iter().any(|&d| self.f.contains_key(&(o, d))));
        let senders = eligible.iter().copied().filter(|&id| row(&self.members(id), &[c]));
        let receivers = eligible
            .iter()
            .copied()
            .filter(|&id| !row(&self.members(id), &[c]) && row(&[c], &self.members(id)));
        let mut list: Vec<TracedCandidate> = senders
            .chain(receivers)
            .map(|cluster| TracedCandidate { cluster, cohesion: self.coh(c, cluster) })
            .collect();
        // Stable: of equals the later in the list stays later.
        list.sort_by(|a, b| a.cohesion.total_cmp(&b.cohesion));
        list
    }

    fn coh(&self, c: Zone, k: Id) -> f64 {
        let members: Vec<Zone> = self.members(k);
        let (_, l_c, w_c) = self.slw(&[c]);
        let (_, l_k, w_k) = self.slw(&members);
        let (out, into) = (self.between(&[c], &members), self.between(&members, &[c]));
        let first = if l_c == 0.0 || w_k == 0.0 { 0.0 } else { ((out / l_c) * out) / w_k };
        let second = if l_k == 0.0 || w_c == 0.0 { 0.0 } else { ((into / l_k) * into) / w_c };
        first + second
    }

    /// Step 5: validity of b before (the largest of its values) and with c.
    fn before_and_with(&self, b: Id, c: Zone) -> (f64, f64) {
        let before = self.values(b).into_iter().fold(f64::NEG_INFINITY, f64::max);
        let mut with = self.members(b);
        with.push(c);
        (before, self.v(self.slw(&with)))
    }

    /// Step 2: members by outward key descending, then zone.
    fn order(&self, k: Id) -> Vec<Zone> {
        let members = self.members(k);
        let outside: Vec<Zone> = self.everyone().into_iter().filter(|zone| !members.contains(zone)).collect();
        let mut keyed: Vec<(f64, Zone)> = members
            .iter()
            .map(|&c| (self.between(&outside, &[c]) + self.slw(&[c]).1 - self.flow(c, c), c))
            .collect();
        keyed.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        keyed.into_iter().map(|(_, c)| c).collect()
    }
}

/// Section 2.
fn zero_zones(flows: &FlowTable) -> Vec<(Zone, ZeroReason)> {
    let mut left: BTreeSet<Zone> = (0..flows.zones()).collect();
    let mut removed = Vec::new();
    loop {
        let rows: Vec<(Zone, Zone, f64)> = flows
            .rows()
            .map(|(o, d, units)| (o as usize, d as usize, units))
            .filter(|(o, d, _)| left.contains(o) && left.contains(d))
            .collect();
        let gone: Vec<(Zone, ZeroReason)> = left
            .iter()
            .filter_map(|&c| {
                let l: f64 = rows.iter().filter(|row| row.0 == c).map(|row| row.2).sum();
                let w: f64 = rows.iter().filter(|row| row.1 == c).map(|row| row.2).sum();
                let own = rows.iter().find(|row| row.0 == c && row.1 == c).map(|row| row.2);
                if l == 0.0 {
                    Some((c, ZeroReason::NoResidents))
                } else if w == 0.0 {
                    Some((c, ZeroReason::NoWorkers))
                } else if own == Some(l) && own == Some(w) {
                    Some((c, ZeroReason::Isolated))
                } else {
                    None
                }
            })
            .collect();
        if gone.is_empty() {
            removed.sort_by_key(|&(zone, _)| zone);
            return removed;
        }
        for (zone, reason) in gone {
            left.remove(&zone);
            removed.push((zone, reason));
        }
    }
}

/// Runs the method on a small table. A given start is numbered by its area indices from 1, whatever its codes.
/// Stops after `max_iterations`.
pub fn eu_ttwa(flows: &FlowTable, options: Options, max_iterations: u32) -> Outcome {
    let zero = zero_zones(flows);
    let absent: BTreeSet<Zone> = zero.iter().map(|&(zone, _)| zone).collect();
    let present: Vec<Zone> = (0..flows.zones()).filter(|zone| !absent.contains(zone)).collect();
    let mut state = State {
        f: flows
            .rows()
            .map(|(o, d, units)| ((o as usize, d as usize), units))
            .filter(|((o, d), _)| !absent.contains(o) && !absent.contains(d))
            .collect(),
        per_person: flows.units_per_person(),
        cluster: match options.start {
            None => present.iter().enumerate().map(|(rank, &zone)| (zone, rank as Id + 1)).collect(),
            Some(start) => present
                .iter()
                .map(|&zone| (zone, start.area_of(zone as u32).map_or(0, |area| Id::from(area) + 1)))
                .collect(),
        },
        parameters: options.parameters,
        mode: options.mode,
        split: None,
        set_aside: BTreeSet::new(),
    };
    let mut log = Log { iteration: 0, moves: vec![0; flows.zones()], entries: Vec::new(), steps: Vec::new() };
    let mut converged = true;
    while let Some((k, v)) = state.least_valid() {
        if log.iteration == max_iterations {
            converged = false;
            break;
        }
        log.iteration += 1;
        iterate(&mut state, &mut log, k, v);
    }
    state.split = None;
    let ids = |state: &State| (0..flows.zones()).map(|zone| state.cluster.get(&zone).copied()).collect();
    let before = ids(&state);
    let attachments = attach(&mut state);
    Outcome {
        before,
        after: ids(&state),
        zero: zero.iter().map(|&(zone, reason)| ZeroZone { zone: zone as u32, reason }).collect(),
        set_aside: state.set_aside.iter().copied().collect(),
        entries: log.entries,
        attachments,
        moves: log.moves,
        iterations: log.iteration,
        converged,
        stopped: false,
        steps: Some(log.steps),
    }
}

struct Log {
    iteration: u32,
    moves: Vec<u32>,
    entries: Vec<ReserveEntry>,
    steps: Vec<Step>,
}

impl Log {
    fn step(&mut self, cluster: Id, members: usize, validity: f64, decision: Decision) -> &mut Step {
        self.steps.push(Step {
            iteration: self.iteration,
            cluster,
            members: members as u32,
            validity,
            zone: None,
            candidate: None,
            candidate_validity: None,
            runner_up: None,
            decision,
        });
        let last = self.steps.len() - 1;
        &mut self.steps[last]
    }

    fn enter(&mut self, kind: ReserveKind, cluster: Id, validity: f64, zone: Zone, next: Option<Zone>) {
        self.entries.push(ReserveEntry {
            kind,
            iteration: self.iteration,
            cluster,
            validity,
            zone: zone as u32,
            next: next.map(|zone| zone as u32),
        });
    }
}

/// Section 5.
fn iterate(state: &mut State, log: &mut Log, k: Id, v: f64) {
    let members = state.members(k);
    let (s, l, w) = state.slw(&members);
    if state.mode == Mode::Clean && s == l && s == w {
        log.step(k, members.len(), v, Decision::SetAside);
        state.set_aside.insert(k);
        return;
    }
    let order = state.order(k);
    let c = order[0];
    let next = order.get(1).copied();
    let candidates = state.candidates(c);
    let b = candidates.last().copied();
    let test = b.map(|b| state.before_and_with(b.cluster, c));
    let decision = match (test, members.len()) {
        (Some((before, with)), _) if with >= before => Decision::Joined,
        (Some(_), 1) => Decision::Reserved(ReserveKind::A),
        (None, 1) => Decision::Reserved(ReserveKind::B),
        (Some(_), _) => Decision::Reserved(ReserveKind::C),
        (None, _) => Decision::Reserved(ReserveKind::D),
    };
    let step = log.step(k, members.len(), v, decision);
    step.zone = Some(c as u32);
    step.candidate = b;
    step.runner_up = candidates.iter().rev().nth(1).copied();
    step.candidate_validity = test;

    state.split = None;
    if let (Decision::Joined, Some(b)) = (decision, b) {
        state.cluster.insert(c, b.cluster);
        log.moves[c] += 1;
    } else if let Decision::Reserved(kind) = decision {
        state.cluster.insert(c, 0);
        let several = matches!(kind, ReserveKind::C | ReserveKind::D);
        log.enter(kind, k, v, c, if several { next } else { None });
    }
    if state.mode == Mode::Clean {
        return;
    }
    if decision == Decision::Reserved(ReserveKind::D) {
        type_d(state, log, k, v, &order);
    } else if members.len() > 2 {
        state.split = Some(k);
    }
}

/// Section 5b, type D.
fn type_d(state: &mut State, log: &mut Log, k: Id, v: f64, order: &[Zone]) {
    let base = state.cluster.values().copied().min().unwrap_or(0).min(0);
    let mut ascending = order.to_vec();
    ascending.sort_unstable();
    for (rank, &zone) in ascending.iter().enumerate() {
        if zone != order[0] {
            state.cluster.insert(zone, base - 1 - rank as Id);
        }
    }
    for step in 1..order.len() {
        let label = order[step - 1];
        match state.least_valid() {
            None => {
                log.step(k, 0, v, Decision::Nothing);
                log.enter(ReserveKind::F, k, v, label, None);
            }
            Some((q, worst)) if q < 0 => {
                let x = state.members(q)[0];
                let candidates = state.candidates(x);
                let b = candidates.last().copied();
                let test = b.map(|b| state.before_and_with(b.cluster, x));
                let decision = match test {
                    Some((before, with)) if with >= before => Decision::Joined,
                    Some(_) => Decision::Reserved(ReserveKind::E),
                    None => Decision::Reserved(ReserveKind::F),
                };
                let entry = log.step(q, 1, worst, decision);
                entry.zone = Some(x as u32);
                entry.candidate = b;
                entry.runner_up = candidates.iter().rev().nth(1).copied();
                entry.candidate_validity = test;
                match (decision, b) {
                    (Decision::Joined, Some(b)) => {
                        state.cluster.insert(x, b.cluster);
                        log.moves[label] += 1;
                    }
                    (Decision::Reserved(kind), _) => {
                        state.cluster.insert(x, 0);
                        log.enter(kind, k, v, label, None);
                    }
                    _ => {}
                }
            }
            Some((q, worst)) => {
                let members = state.members(q);
                let linked: Vec<Zone> = state
                    .everyone()
                    .into_iter()
                    .filter(|x| state.cluster[x] < 0)
                    .filter(|x| {
                        members
                            .iter()
                            .any(|m| state.f.contains_key(&(*x, *m)) || state.f.contains_key(&(*m, *x)))
                    })
                    .collect();
                // Undefined in the reference where several are linked: highest cohesion, then smallest id.
                let chosen = linked.iter().copied().min_by(|&x, &y| {
                    state
                        .coh(y, q)
                        .total_cmp(&state.coh(x, q))
                        .then(state.cluster[&x].cmp(&state.cluster[&y]))
                });
                if let Some(x) = chosen {
                    log.step(q, members.len(), worst, Decision::Joined).zone = Some(x as u32);
                    state.cluster.insert(x, q);
                    log.moves[label] += 1;
                } else {
                    log.step(q, members.len(), worst, Decision::Dumped);
                    for zone in members {
                        state.cluster.insert(zone, 0);
                    }
                    log.enter(ReserveKind::F, k, v, label, None);
                }
            }
        }
    }
}

/// Section 9.
fn attach(state: &mut State) -> Vec<Attachment> {
    let mut attached = Vec::new();
    let mut waiting: Vec<Zone> = state.members(0);
    waiting.reverse();
    loop {
        let pass = waiting.len();
        waiting.retain(|&zone| {
            let candidates = state.candidates(zone);
            let Some(&area) = candidates.last() else { return true };
            let runner_up = candidates.iter().rev().nth(1).copied();
            attached.push(Attachment { zone: zone as u32, area, runner_up });
            state.cluster.insert(zone, area.cluster);
            false
        });
        if waiting.len() == pass {
            return attached;
        }
    }
}
