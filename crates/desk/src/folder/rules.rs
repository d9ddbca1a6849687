//! From the keys of `tour.toml` to the rules of a tour, and to who travels beside the table of delegates.

use distretto_study::fault::{Code, Fault, Result};
use distretto_tours::rules::{Per, Which};
use distretto_tours::{Delegation, Pace, Quota, Rules, Subject, Weights};

use super::file::{DelegationKeys, PaceKey, PerKey, QuotaKeys, TourFile, WeightKeys};
use super::letters::language;
use super::numbers::within;
use crate::contradictions::{counted, points_of, quota_name, range, repeat_of, shortlisted};

/// More persons than these travel along with nobody.
const MOST_STAFF: i64 = 1_000;

/// The rules.
pub(super) fn rules(file: &TourFile) -> Result<Rules> {
    let usual = Rules::default();
    let shortlist = file.shortlist.map(|hosts| shortlisted(i64::from(hosts)));
    Ok(Rules {
        weights: weights(&file.weights)?,
        quotas: file.quota.iter().enumerate().map(quota).collect::<Result<_>>()?,
        districts: file.districts.clone(),
        shortlist: shortlist.transpose()?.map_or(usual.shortlist, |hosts| hosts as usize),
    })
}

fn weights(keys: &WeightKeys) -> Result<Weights> {
    let usual = Weights::default();
    let points =
        |key: &str, value: Option<i64>, usual: u32| value.map_or(Ok(usual), |value| points_of(key, value));
    Ok(Weights {
        interest: points("interest", keys.interest, usual.interest)?,
        repeat: keys.repeat.map_or(Ok(usual.repeat), repeat_of)?,
        fairness: points("fairness", keys.fairness, usual.fairness)?,
        chain: points("chain", keys.chain, usual.chain)?,
        institution: points("institution", keys.institution, usual.institution)?,
        territory: points("territory", keys.territory, usual.territory)?,
        certainty: points("certainty", keys.certainty, usual.certainty)?,
        language: points("language", keys.language, usual.language)?,
        visit: points("visit", keys.visit, usual.visit)?,
    })
}

fn quota((at, keys): (usize, &QuotaKeys)) -> Result<Quota> {
    let named = |fault: Box<Fault>| fault.in_column(quota_name(at));
    let subjects = [
        (Subject::Industry, &keys.industry),
        (Subject::Phase, &keys.phase),
        (Subject::Practice, &keys.practice),
        (Subject::Kind, &keys.kind),
    ];
    let mut given = subjects.into_iter().filter_map(|(subject, name)| Some((subject, name.clone()?)));
    let subject = given.next();
    if given.next().is_some() {
        return Err(named(Fault::new(
            Code::TourValue,
            "a quota counts one of `industry`, `phase`, `practice` and `kind`",
        ))
        .hint("write a [[quota]] for each"));
    }
    let quota = Quota {
        which: Which { subject, district: keys.district.clone(), hosts: keys.hosts.clone() },
        least: counted("least", keys.least).map_err(named)?,
        most: keys.most.map(|most| counted("most", most)).transpose().map_err(named)?,
        per: match keys.per {
            PerKey::Tour => Per::Tour,
            PerKey::Day => Per::Day,
        },
    };
    range(&quota).map_err(named)?;
    Ok(quota)
}

/// Who travels, but for the delegates.
pub(super) fn delegation(keys: &DelegationKeys) -> Result<Delegation> {
    let interpreted = keys.interpreted.iter().map(|text| language(text)).collect::<Result<_>>();
    Ok(Delegation {
        delegates: Vec::new(),
        pace: match keys.pace {
            PaceKey::Relaxed => Pace::Relaxed,
            PaceKey::Usual => Pace::Usual,
            PaceKey::Brisk => Pace::Brisk,
        },
        interpreted: interpreted.map_err(|fault| fault.in_column("interpreted"))?,
        staff: within(Code::TourNumber, "staff", keys.staff, 0, MOST_STAFF)?,
    })
}
