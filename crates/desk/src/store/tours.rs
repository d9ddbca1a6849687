//! Tours with their revisions.

use distretto_study::fault::{Code, Fault, Result};
use distretto_tours::Tour;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};

use super::events::note;
use super::faults::{conflict, damaged, nothing, told};
use super::name::without_nul;
use super::{By, Kept, Store, What, check_name};

/// A tour in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TourEntry {
    /// Its name in the store and in addresses.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its revision.
    pub revision: i64,
    /// When it was changed last.
    pub changed: i64,
    /// Hosts that could be visited.
    pub hosts: i64,
    /// Delegates.
    pub delegates: i64,
    /// Date of the first day; empty where it has no days.
    pub first: String,
    /// Date of the last day; empty where it has no days.
    pub last: String,
}

const REVISION: &str = "SELECT revision FROM desk_tours WHERE id = $1";
const TOUR: &str = "SELECT revision, changed, user_name, document FROM desk_tours WHERE id = $1";

impl Store {
    /// All tours, by id.
    ///
    /// # Errors
    /// D1052 and D1056.
    pub async fn tours(&self) -> Result<Vec<TourEntry>> {
        let rows = sqlx::query(
            "SELECT id, title, revision, changed, hosts, delegates, first_day, last_day FROM desk_tours",
        )
        .fetch_all(&self.pool)
        .await
        .map_err(told)?;
        let entry = |row: AnyRow| {
            Ok(TourEntry {
                id: row.try_get(0)?,
                title: row.try_get(1)?,
                revision: row.try_get(2)?,
                changed: row.try_get(3)?,
                hosts: row.try_get(4)?,
                delegates: row.try_get(5)?,
                first: row.try_get(6)?,
                last: row.try_get(7)?,
            })
        };
        let mut entries: Vec<TourEntry> =
            rows.into_iter().map(entry).collect::<Result<_, sqlx::Error>>().map_err(told)?;
        // Databases order texts each in its own way.
        entries.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(entries)
    }

    /// A tour.
    ///
    /// # Errors
    /// D1054 where there is none; D1056 where it cannot be read.
    pub async fn tour(&self, id: &str) -> Result<Kept<Tour>> {
        let row = sqlx::query(TOUR).bind(without_nul(id)).fetch_optional(&self.pool).await.map_err(told)?;
        kept("tour", id, &row.ok_or_else(|| nothing("tour", id))?)
    }

    /// A tour that is to be changed, at the revision that was seen.
    ///
    /// # Errors
    /// D1053 where another revision is there; as [`Store::tour`].
    pub async fn tour_at(&self, id: &str, seen: i64) -> Result<Kept<Tour>> {
        let kept = self.tour(id).await?;
        if kept.revision == seen { Ok(kept) } else { Err(conflict("tour", id, seen, kept.revision)) }
    }

    /// The revision of a tour; 0 where there is none.
    ///
    /// # Errors
    /// D1052 and D1056.
    pub async fn tour_revision(&self, id: &str) -> Result<i64> {
        let row =
            sqlx::query(REVISION).bind(without_nul(id)).fetch_optional(&self.pool).await.map_err(told)?;
        row.map_or(Ok(0), |row| row.try_get(0)).map_err(told)
    }

    /// Puts a tour in the place of the revision that was seen (0: it is to be new) and answers its new revision, which the store has never given a tour of this name,
    /// not even before one was removed. The log says `what` was done, and
    /// `about` which host, plan or delegate.
    ///
    /// # Errors
    /// D1053 where another revision is there; D1057 for a name that cannot be one.
    pub async fn put_tour(
        &self,
        id: &str,
        tour: &Tour,
        seen: i64,
        by: By<'_>,
        what: What,
        about: &str,
    ) -> Result<i64> {
        let mut tx = self.begin().await?;
        let revision = write_tour(&mut tx, id, tour, seen, by, what, about).await?;
        tx.commit().await.map_err(told)?;
        Ok(revision)
    }

    /// Removes a tour with its plans, shares, log, and all that is personal of it.
    ///
    /// # Errors
    /// D1054 where there is none; D1160 where it is removed, and traces are left.
    pub async fn remove_tour(&self, id: &str) -> Result<()> {
        let mut tx = self.begin().await?;
        let before = events_of_removed(&mut tx).await?;
        let row = sqlx::query("DELETE FROM desk_tours WHERE id = $1 RETURNING events").bind(without_nul(id));
        let row = row.fetch_optional(&mut *tx).await.map_err(told)?;
        let events: i64 = row.ok_or_else(|| nothing("tour", id))?.try_get(0).map_err(told)?;
        sqlx::query("UPDATE desk_removed SET events = $1 WHERE id = 1")
            .bind(events.max(before))
            .execute(&mut *tx)
            .await
            .map_err(told)?;
        tx.commit().await.map_err(told)?;
        self.forget(&format!("the tour `{id}`")).await
    }
}

/// The revision of a tour; 0 where there is none.
pub(super) async fn revision(tx: &mut Transaction<'static, Any>, id: &str) -> Result<i64> {
    let row = sqlx::query(REVISION).bind(without_nul(id)).fetch_optional(&mut **tx).await.map_err(told)?;
    row.map_or(Ok(0), |row| row.try_get(0)).map_err(told)
}

/// As [`Store::tour`], as part of something larger.
pub(super) async fn read_tour(tx: &mut Transaction<'static, Any>, id: &str) -> Result<Kept<Tour>> {
    let row = sqlx::query(TOUR).bind(without_nul(id)).fetch_optional(&mut **tx).await.map_err(told)?;
    kept("tour", id, &row.ok_or_else(|| nothing("tour", id))?)
}

/// As [`Store::put_tour`], as part of something larger.
pub(super) async fn write_tour(
    tx: &mut Transaction<'static, Any>,
    id: &str,
    tour: &Tour,
    seen: i64,
    by: By<'_>,
    what: What,
    about: &str,
) -> Result<i64> {
    let revision = change_tour(tx, id, tour, seen, by).await?;
    note(tx, id, by, what, about).await?;
    Ok(revision)
}

/// The same without a line in the log.
pub(super) async fn change_tour(
    tx: &mut Transaction<'static, Any>,
    id: &str,
    tour: &Tour,
    seen: i64,
    by: By<'_>,
) -> Result<i64> {
    check_name("tour", id)?;
    // Events are counted on from those of the tours that were removed. A tour changes only with an event, so its revision is never above their number.
    let before = if seen == 0 { events_of_removed(tx).await? } else { seen };
    let day = |day: Option<&distretto_tours::Day>| day.map_or(String::new(), |day| day.date.to_string());
    let statement = if seen == 0 {
        "INSERT INTO desk_tours (id, title, hosts, delegates, first_day, last_day, document, changed, user_name, revision, events)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10 + 1, $10) ON CONFLICT (id) DO NOTHING"
    } else {
        "UPDATE desk_tours SET title = $2, hosts = $3, delegates = $4, first_day = $5, last_day = $6, document = $7,
                changed = $8, user_name = $9, revision = revision + 1
         WHERE id = $1 AND revision = $10"
    };
    let done = sqlx::query(statement)
        .bind(without_nul(id))
        .bind(without_nul(&tour.title))
        .bind(tour.hosts.len() as i64)
        .bind(tour.delegation.delegates.len() as i64)
        .bind(day(tour.frame.days.first()))
        .bind(day(tour.frame.days.last()))
        .bind(written(tour)?)
        .bind(by.now)
        .bind(without_nul(by.user))
        .bind(before)
        .execute(&mut **tx)
        .await
        .map_err(told)?;
    if done.rows_affected() != 1 {
        return Err(conflict("tour", id, seen, revision(tx, id).await?));
    }
    Ok(before + 1)
}

/// The highest number of an event of any tour that was removed. Its row is held from here on, so that none is removed while one is made.
async fn events_of_removed(tx: &mut Transaction<'static, Any>) -> Result<i64> {
    let row = sqlx::query("UPDATE desk_removed SET events = events WHERE id = 1 RETURNING events");
    row.fetch_one(&mut **tx).await.and_then(|row| row.try_get(0)).map_err(told)
}

/// A document with its revision, from `revision, changed, user_name, document`.
pub(super) fn kept<T: DeserializeOwned>(what: &str, name: &str, row: &AnyRow) -> Result<Kept<T>> {
    let document: &str = row.try_get(3).map_err(told)?;
    let document = serde_json::from_str(document).map_err(|error| {
        damaged(&format!("the {what} `{name}` of the store cannot be read"), error.to_string())
    })?;
    Ok(Kept {
        revision: row.try_get(0).map_err(told)?,
        changed: row.try_get(1).map_err(told)?,
        user: row.try_get(2).map_err(told)?,
        document,
    })
}

/// A document as text.
pub(super) fn written<T: Serialize>(document: &T) -> Result<String> {
    serde_json::to_string(document).map_err(|error| {
        Fault::new(Code::Internal, "a document could not be written").because(error.to_string())
    })
}
