//! Plans with their revisions.

use distretto_study::fault::Result;
use distretto_tours::Plan;
use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};

use super::events::note;
use super::faults::{conflict, nothing, told};
use super::name::without_nul;
use super::tours::{kept, written};
use super::{By, Kept, Store, What, check_name};

/// A plan in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanEntry {
    /// The tour it is of.
    pub tour: String,
    /// Its name, unique in its tour.
    pub name: String,
    /// Its revision.
    pub revision: i64,
    /// When it was changed last.
    pub changed: i64,
    /// Who changed it last.
    pub user: String,
}

impl Store {
    /// The plans of a tour, or of all tours, by tour and name.
    ///
    /// # Errors
    /// D1052 and D1056.
    pub async fn plans(&self, tour: Option<&str>) -> Result<Vec<PlanEntry>> {
        let rows = sqlx::query(
            "SELECT tour, name, revision, changed, user_name FROM desk_plans WHERE $1 = 1 OR tour = $2",
        )
        .bind(i64::from(tour.is_none()))
        .bind(without_nul(tour.unwrap_or_default()))
        .fetch_all(&self.pool)
        .await
        .map_err(told)?;
        let entry = |row: AnyRow| {
            Ok(PlanEntry {
                tour: row.try_get(0)?,
                name: row.try_get(1)?,
                revision: row.try_get(2)?,
                changed: row.try_get(3)?,
                user: row.try_get(4)?,
            })
        };
        let mut entries: Vec<PlanEntry> =
            rows.into_iter().map(entry).collect::<Result<_, sqlx::Error>>().map_err(told)?;
        entries.sort_by(|a, b| (&a.tour, &a.name).cmp(&(&b.tour, &b.name)));
        Ok(entries)
    }

    /// A plan. What is proven of it holds for the tour with which it was saved, and is left out once the tour has changed.
    ///
    /// # Errors
    /// D1054 where there is none; D1056 where it cannot be read.
    pub async fn plan(&self, tour: &str, name: &str) -> Result<Kept<Plan>> {
        let row = sqlx::query(
            "SELECT p.revision, p.changed, p.user_name, p.document, p.tour_revision, t.revision
             FROM desk_plans p JOIN desk_tours t ON t.id = p.tour WHERE p.tour = $1 AND p.name = $2",
        )
        .bind(without_nul(tour))
        .bind(without_nul(name))
        .fetch_optional(&self.pool)
        .await
        .map_err(told)?;
        let row = row.ok_or_else(|| nothing("plan", name))?;
        let mut kept: Kept<Plan> = kept("plan", name, &row)?;
        let (saved_with, there): (i64, i64) = (row.try_get(4).map_err(told)?, row.try_get(5).map_err(told)?);
        if saved_with != there {
            kept.document.proven = None;
        }
        Ok(kept)
    }

    /// Puts a plan in the place of the revision that was seen (0: it is to be new) and answers its new revision: the number of the event in the log of the tour, so that
    /// none comes twice, even where a plan is removed and put again.
    ///
    /// # Errors
    /// D1053 where another revision is there; D1054 where there is no such tour; D1057 for a name that cannot be one.
    pub async fn put_plan(&self, tour: &str, name: &str, plan: &Plan, seen: i64, by: By<'_>) -> Result<i64> {
        let mut tx = self.begin().await?;
        let revision = write_plan(&mut tx, tour, name, plan, seen, by).await?;
        tx.commit().await.map_err(told)?;
        Ok(revision)
    }

    /// Removes a plan, and the links that show it, where it is at the revision that was seen.
    ///
    /// # Errors
    /// D1053 where another revision is there; D1054 where there is no such plan.
    pub async fn remove_plan(&self, tour: &str, name: &str, seen: i64, by: By<'_>) -> Result<()> {
        let mut tx = self.begin().await?;
        note(&mut tx, tour, by, What::RemovePlan, name).await?;
        let done = sqlx::query("DELETE FROM desk_plans WHERE tour = $1 AND name = $2 AND revision = $3")
            .bind(without_nul(tour))
            .bind(without_nul(name))
            .bind(seen)
            .execute(&mut *tx)
            .await
            .map_err(told)?;
        if done.rows_affected() != 1 {
            drop(tx);
            return Err(match self.plan_revision(tour, name).await? {
                0 => nothing("plan", name),
                there => conflict("plan", name, seen, there),
            });
        }
        tx.commit().await.map_err(told)
    }

    /// The revision of a plan; 0 where there is none.
    ///
    /// # Errors
    /// D1052 and D1056.
    pub async fn plan_revision(&self, tour: &str, name: &str) -> Result<i64> {
        let row = sqlx::query(REVISION)
            .bind(without_nul(tour))
            .bind(without_nul(name))
            .fetch_optional(&self.pool)
            .await;
        row.map_err(told)?.map_or(Ok(0), |row| row.try_get(0)).map_err(told)
    }
}

const REVISION: &str = "SELECT revision FROM desk_plans WHERE tour = $1 AND name = $2";

/// The revision of a plan; 0 where there is none.
pub(super) async fn revision(tx: &mut Transaction<'static, Any>, tour: &str, name: &str) -> Result<i64> {
    let row = sqlx::query(REVISION)
        .bind(without_nul(tour))
        .bind(without_nul(name))
        .fetch_optional(&mut **tx)
        .await
        .map_err(told)?;
    row.map_or(Ok(0), |row| row.try_get(0)).map_err(told)
}

/// As [`Store::put_plan`], as part of something larger.
pub(super) async fn write_plan(
    tx: &mut Transaction<'static, Any>,
    tour: &str,
    name: &str,
    plan: &Plan,
    seen: i64,
    by: By<'_>,
) -> Result<i64> {
    check_name("plan", name)?;
    let statement = if seen == 0 {
        "INSERT INTO desk_plans (tour, name, document, changed, user_name, revision, tour_revision)
         VALUES ($1, $2, $3, $4, $5, $6, (SELECT revision FROM desk_tours WHERE id = $1))
         ON CONFLICT (tour, name) DO NOTHING"
    } else {
        "UPDATE desk_plans SET document = $3, changed = $4, user_name = $5, revision = $6,
                tour_revision = (SELECT revision FROM desk_tours WHERE id = $1)
         WHERE tour = $1 AND name = $2 AND revision = $7"
    };
    // First, so that a tour that is not there is told as such.
    let number = note(tx, tour, by, What::SavePlan, name).await?;
    let query = sqlx::query(statement)
        .bind(without_nul(tour))
        .bind(without_nul(name))
        .bind(written(plan)?)
        .bind(by.now)
        .bind(without_nul(by.user))
        .bind(number);
    let query = if seen == 0 { query } else { query.bind(seen) };
    let done = query.execute(&mut **tx).await.map_err(told)?;
    if done.rows_affected() != 1 {
        return Err(conflict("plan", name, seen, revision(tx, tour, name).await?));
    }
    Ok(number)
}
