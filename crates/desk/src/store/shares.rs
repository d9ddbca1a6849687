//! Links that show a plan to anybody who has them.

use distretto_study::fault::Result;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::events::note;
use super::faults::{nothing, told};
use super::name::without_nul;
use super::{By, Store, Token, What};

/// A link, as its maker sees it: without the secret, which is told once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// By which it can be revoked.
    pub id: String,
    /// The plan it shows.
    pub plan: String,
    /// Who made it.
    pub user: String,
    /// When it was made.
    pub created: i64,
    /// From when on it shows nothing.
    pub expires: i64,
    /// Whether it was revoked.
    pub revoked: bool,
}

/// What a link shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The tour.
    pub tour: String,
    /// Its plan.
    pub plan: String,
    /// From when on it shows nothing.
    pub expires: i64,
}

impl Store {
    /// Makes a link to a plan that works until `expires`.
    ///
    /// # Errors
    /// D1054 where there is no such tour or plan.
    pub async fn share(&self, tour: &str, plan: &str, expires: i64, by: By<'_>) -> Result<(Share, Token)> {
        let token = Token::new()?;
        let id = token.guard().chars().take(16).collect::<String>();
        let mut tx = self.begin().await?;
        note(&mut tx, tour, by, What::Share, &id).await?;
        let done = sqlx::query(
            "INSERT INTO desk_shares (token, id, tour, plan, user_name, created, expires, revoked)
             SELECT $1, $2, tour, name, $5, $6, $7, 0 FROM desk_plans WHERE tour = $3 AND name = $4",
        )
        .bind(token.hash())
        .bind(&id)
        .bind(without_nul(tour))
        .bind(without_nul(plan))
        .bind(without_nul(by.user))
        .bind(by.now)
        .bind(expires)
        .execute(&mut *tx)
        .await
        .map_err(told)?;
        if done.rows_affected() != 1 {
            return Err(nothing("plan", plan));
        }
        tx.commit().await.map_err(told)?;
        let share = Share {
            id,
            plan: plan.to_owned(),
            user: by.user.to_owned(),
            created: by.now,
            expires,
            revoked: false,
        };
        Ok((share, token))
    }

    /// The links of a tour, newest first.
    ///
    /// # Errors
    /// D1052 and D1056.
    pub async fn shares(&self, tour: &str) -> Result<Vec<Share>> {
        let rows = sqlx::query(
            "SELECT id, plan, user_name, created, expires, revoked FROM desk_shares WHERE tour = $1
             ORDER BY created DESC, id",
        )
        .bind(without_nul(tour))
        .fetch_all(&self.pool)
        .await
        .map_err(told)?;
        let share = |row: AnyRow| {
            Ok(Share {
                id: row.try_get(0)?,
                plan: row.try_get(1)?,
                user: row.try_get(2)?,
                created: row.try_get(3)?,
                expires: row.try_get(4)?,
                revoked: row.try_get::<i64, _>(5)? != 0,
            })
        };
        rows.into_iter().map(share).collect::<Result<_, sqlx::Error>>().map_err(told)
    }

    /// Revokes a link for good.
    ///
    /// # Errors
    /// D1054 where the tour has none with this id.
    pub async fn revoke(&self, tour: &str, id: &str, by: By<'_>) -> Result<()> {
        let mut tx = self.begin().await?;
        note(&mut tx, tour, by, What::Revoke, id).await?;
        let done = sqlx::query("UPDATE desk_shares SET revoked = 1 WHERE tour = $1 AND id = $2")
            .bind(without_nul(tour))
            .bind(without_nul(id))
            .execute(&mut *tx)
            .await
            .map_err(told)?;
        if done.rows_affected() == 0 {
            return Err(nothing("share", id));
        }
        tx.commit().await.map_err(told)
    }

    /// What a link shows; `None` where there is no such link, it has ended or was revoked.
    ///
    /// # Errors
    /// D1052 and D1056.
    pub async fn shown(&self, token: &Token, now: i64) -> Result<Option<Shown>> {
        let row = sqlx::query(
            "SELECT tour, plan, expires FROM desk_shares WHERE token = $1 AND revoked = 0 AND expires > $2",
        )
        .bind(token.hash())
        .bind(now)
        .fetch_optional(&self.pool)
        .await
        .map_err(told)?;
        let shown = |row: AnyRow| {
            Ok(Shown { tour: row.try_get(0)?, plan: row.try_get(1)?, expires: row.try_get(2)? })
        };
        row.map(shown).transpose().map_err(told)
    }
}
