//! Tours as they stand.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::extract::State;
use distretto_tours::choosing::{self, DistrictWeights, Homes};
use distretto_tours::planning::{self, bar};
use distretto_tours::{Tour, Travel, Visit};

use super::accounts::{barred, district_line, host_line};
use super::at::At;
use super::documents::{DistrictDoc, EntryDoc, HostDoc, LogDoc, SheetDoc, ToursDoc, WorthDoc};
use super::visitor::Visitor;
use super::withheld::json_for;
use super::{Answered, json};
use crate::server::Shared;
use crate::server::answer::blocking;

/// Most lines of the log that are told.
const EVENTS: u32 = 200;

/// All tours.
pub(super) async fn list(State(shared): State<Arc<Shared>>, _: Visitor) -> Answered {
    let store = shared.desk()?.store();
    let mut plans: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for plan in store.plans(None).await? {
        plans.entry(plan.tour).or_default().push(plan.name);
    }
    let tours = store.tours().await?.into_iter().map(|entry| {
        let plans = plans.remove(&entry.id).unwrap_or_default();
        EntryDoc::new(entry, plans)
    });
    json(&ToursDoc { tours: tours.collect() })
}

/// A tour.
pub(super) async fn sheet(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    At(id): At<String>,
) -> Answered {
    let desk = shared.desk()?;
    let kept = desk.store().tour(&id).await?;
    let plans = desk.store().plans(Some(&id)).await?.into_iter().map(Into::into).collect();
    let travel = format!("Travel times: {}.", desk.source(&id).await?);
    let (revision, changed, tour) = (kept.revision, kept.changed, kept.document);
    json_for(&visitor, SheetDoc { id, revision, changed, tour, plans, travel })
}

/// The log of a tour.
pub(super) async fn log(State(shared): State<Arc<Shared>>, visitor: Visitor, At(id): At<String>) -> Answered {
    visitor.planner()?;
    let desk = shared.desk()?;
    desk.has(&id).await?;
    let events = desk.store().events(&id, EVENTS).await?;
    json(&LogDoc { events: events.into_iter().map(Into::into).collect() })
}

/// What visits are worth, and which districts fit.
pub(super) async fn worth(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    At(id): At<String>,
) -> Answered {
    let tour = shared.desk()?.store().tour(&id).await?.document;
    let worth = blocking(&shared, move |_| Ok(reckoned(&tour))).await?;
    json_for(&visitor, worth)
}

fn reckoned(tour: &Tour) -> WorthDoc {
    let worth = choosing::worth(tour);
    let visits: BTreeMap<&str, &Visit> =
        tour.visits.iter().map(|visit| (visit.host.as_str(), visit)).collect();
    let bars: BTreeMap<&str, _> = tour
        .hosts
        .iter()
        .filter_map(|host| {
            let visit =
                visits.get(host.code.as_str()).map_or_else(|| Visit::of(&host.code), |&visit| visit.clone());
            Some((host.code.as_str(), bar(tour, host, &visit)?))
        })
        .collect();
    let may = |host: &distretto_tours::Host| !bars.contains_key(host.code.as_str());
    // A tour that cannot be planned has no shortlist yet.
    let listed = planning::listed(tour, &Travel::default(), &worth, &[]);
    let shortlisted: BTreeSet<String> =
        listed.map_or_else(|_| BTreeSet::new(), |list| list.kept.into_iter().collect());
    let ranked = choosing::districts(tour, &worth, &DistrictWeights::default(), &Homes::new(), may);
    let districts = ranked.into_iter().map(|district| DistrictDoc {
        code: district.code,
        name: district.name,
        points: district.points,
        lines: district.lines.iter().map(district_line).collect(),
    });
    let hosts = choosing::hosts(tour, &worth).into_iter().map(|host| {
        let bar = bars.get(host.host.as_str());
        HostDoc {
            points: host.points,
            lines: host.lines.iter().map(host_line).collect(),
            eligible: bar.is_none(),
            clashes: bar.map(|bar| barred(&host.host, None, bar)).into_iter().collect(),
            shortlisted: shortlisted.contains(&host.host),
            code: host.host,
        }
    });
    WorthDoc { districts: districts.collect(), hosts: hosts.collect() }
}
