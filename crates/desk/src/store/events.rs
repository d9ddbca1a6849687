//! Who changed what, and when.

use std::collections::BTreeSet;

use distretto_study::fault::Result;
use sqlx::{Any, Row, Transaction};

use super::faults::{nothing, told};
use super::name::without_nul;
use super::{By, Store};

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// The tour was put, whole.
    PutTour,
    /// A host was asked.
    Ask,
    /// A host has agreed to a time.
    Accept,
    /// A host has said no.
    Decline,
    /// A host is as if nobody had asked.
    Propose,
    /// A visit was demanded, excluded or set free.
    Demand,
    /// What counts was changed.
    Rules,
    /// A plan was saved.
    SavePlan,
    /// A plan was removed.
    RemovePlan,
    /// A contact or person was entered or changed.
    Contact,
    /// A contact or person was erased.
    Erase,
    /// A link was made.
    Share,
    /// A link was revoked.
    Revoke,
}

impl What {
    /// All, in their order.
    pub const ALL: [Self; 13] = [
        Self::PutTour,
        Self::Ask,
        Self::Accept,
        Self::Decline,
        Self::Propose,
        Self::Demand,
        Self::Rules,
        Self::SavePlan,
        Self::RemovePlan,
        Self::Contact,
        Self::Erase,
        Self::Share,
        Self::Revoke,
    ];

    /// The word for it: `put_tour`, `ask`, `accept`, `decline`, `propose`, `demand`, `rules`, `save_plan`, `remove_plan`, `contact`, `erase`,
    /// `share`, `revoke`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::PutTour => "put_tour",
            Self::Ask => "ask",
            Self::Accept => "accept",
            Self::Decline => "decline",
            Self::Propose => "propose",
            Self::Demand => "demand",
            Self::Rules => "rules",
            Self::SavePlan => "save_plan",
            Self::RemovePlan => "remove_plan",
            Self::Contact => "contact",
            Self::Erase => "erase",
            Self::Share => "share",
            Self::Revoke => "revoke",
        }
    }
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// 1 for the first of the tour, and so on without a gap; where a tour was removed before, as much above.
    pub number: i64,
    /// When.
    pub at: i64,
    /// Name of the user; empty once the user was removed.
    pub user: String,
    /// What was done, as [`What::word`].
    pub what: String,
    /// Code of a host or delegate, name of a plan, id of a share, or empty.
    pub about: String,
}

impl Store {
    /// The last events of a tour, newest first, at most `limit`.
    ///
    /// # Errors
    /// D1052 and D1056. A tour that is not there has no events.
    pub async fn events(&self, tour: &str, limit: u32) -> Result<Vec<Event>> {
        let rows = sqlx::query(
            "SELECT number, happened, user_name, what, about FROM desk_events WHERE tour = $1 ORDER BY number DESC LIMIT $2",
        )
        .bind(without_nul(tour))
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await
        .map_err(told)?;
        let event = |row: sqlx::any::AnyRow| {
            Ok(Event {
                number: row.try_get(0)?,
                at: row.try_get(1)?,
                user: row.try_get(2)?,
                what: row.try_get(3)?,
                about: row.try_get(4)?,
            })
        };
        rows.into_iter().map(event).collect::<Result<_, sqlx::Error>>().map_err(told)
    }
}

impl Store {
    /// Codes of hosts and delegates about whom something was erased.
    pub(super) async fn erased_codes(&self, tour: &str) -> Result<BTreeSet<String>> {
        let rows = sqlx::query("SELECT DISTINCT about FROM desk_events WHERE tour = $1 AND what = $2")
            .bind(without_nul(tour))
            .bind(What::Erase.word())
            .fetch_all(&self.pool)
            .await
            .map_err(told)?;
        let codes: Result<_, sqlx::Error> = rows.iter().map(|row| row.try_get(0)).collect();
        codes.map_err(told)
    }
}

/// Writes a line into the log of a tour and answers its number. Its row is held from here to the end of the transaction, so numbers have no gap.
///
/// # Errors
/// D1054 where there is no such tour.
pub(super) async fn note(
    tx: &mut Transaction<'static, Any>,
    tour: &str,
    by: By<'_>,
    what: What,
    about: &str,
) -> Result<i64> {
    let number = sqlx::query("UPDATE desk_tours SET events = events + 1 WHERE id = $1 RETURNING events")
        .bind(without_nul(tour))
        .fetch_optional(&mut **tx)
        .await
        .map_err(told)?;
    let number: i64 = number.ok_or_else(|| nothing("tour", tour))?.try_get(0).map_err(told)?;
    sqlx::query(
        "INSERT INTO desk_events (tour, number, happened, user_name, what, about) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(without_nul(tour))
    .bind(number)
    .bind(by.now)
    .bind(without_nul(by.user))
    .bind(what.word())
    .bind(without_nul(about))
    .execute(&mut **tx)
    .await
    .map_err(told)?;
    Ok(number)
}
