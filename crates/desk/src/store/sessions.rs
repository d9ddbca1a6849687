//! Who is logged in.

use distretto_study::fault::{Code, Result};
use sqlx::Row;

use super::faults::{damaged, told};
use super::name::without_nul;
use super::{Role, Store, Token};

/// How long a session lasts at most, in seconds: 12 hours.
pub const LONGEST: i64 = 12 * 3600;

/// How long it lasts without a request, in seconds: 2 hours.
pub const IDLE: i64 = 2 * 3600;

/// Requests within so many seconds count as one, so that reading does not write each time. A session may end as much earlier.
const GRAIN: i64 = 60;

/// A session that has not ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Name of the user.
    pub user: String,
    /// What they may do.
    pub role: Role,
    /// When it ends where nothing more is asked.
    pub expires: i64,
}

impl Store {
    /// Begins a session of a user who has been authenticated. Sessions that have ended are cleared away.
    ///
    /// # Errors
    /// D1052 and D1056.
    pub async fn begin_session(&self, user: &str, now: i64) -> Result<Token> {
        let token = Token::new()?;
        let mut tx = self.begin().await?;
        sqlx::query("DELETE FROM desk_sessions WHERE created <= $1 OR seen <= $2")
            .bind(now - LONGEST)
            .bind(now - IDLE)
            .execute(&mut *tx)
            .await
            .map_err(told)?;
        sqlx::query("INSERT INTO desk_sessions (token, user_name, created, seen) VALUES ($1, $2, $3, $3)")
            .bind(token.hash())
            .bind(without_nul(user))
            .bind(now)
            .execute(&mut *tx)
            .await
            .map_err(told)?;
        tx.commit().await.map_err(told)?;
        Ok(token)
    }

    /// The session that a token belongs to, which lasts longer by being asked for; `None` where there is none (any more).
    ///
    /// # Errors
    /// D1052 and D1056.
    pub async fn session(&self, token: &Token, now: i64) -> Result<Option<Session>> {
        let row = sqlx::query(
            "SELECT s.user_name, s.created, s.seen, u.role FROM desk_sessions s JOIN desk_users u ON u.name = s.user_name
             WHERE s.token = $1 AND u.disabled = 0 AND s.created > $2 AND s.seen > $3",
        )
        .bind(token.hash())
        .bind(now - LONGEST)
        .bind(now - IDLE)
        .fetch_optional(&self.pool)
        .await
        .map_err(told)?;
        let Some(row) = row else { return Ok(None) };
        let (created, seen): (i64, i64) = (row.try_get(1).map_err(told)?, row.try_get(2).map_err(told)?);
        let role: String = row.try_get(3).map_err(told)?;
        let role = Role::from_word(&role)
            .ok_or_else(|| damaged("a user of the store has no role that is known", ""))?;
        let mut last = seen;
        if now >= seen + GRAIN {
            match self.touch(token, now).await {
                // Who reads is not kept from it because a newer program has brought the store up meanwhile.
                Err(fault) if fault.code == Code::StoreNewer => {}
                touched => {
                    touched?;
                    last = now;
                }
            }
        }
        let expires = (created + LONGEST).min(last + IDLE);
        Ok(Some(Session { user: row.try_get(0).map_err(told)?, role, expires }))
    }

    async fn touch(&self, token: &Token, now: i64) -> Result<()> {
        let mut tx = self.begin().await?;
        let touch = sqlx::query("UPDATE desk_sessions SET seen = $2 WHERE token = $1");
        touch.bind(token.hash()).bind(now).execute(&mut *tx).await.map_err(told)?;
        tx.commit().await.map_err(told)
    }

    /// Ends a session; one that is not there has ended.
    ///
    /// # Errors
    /// D1052 and D1056.
    pub async fn end_session(&self, token: &Token) -> Result<()> {
        let mut tx = self.begin().await?;
        let done = sqlx::query("DELETE FROM desk_sessions WHERE token = $1").bind(token.hash());
        done.execute(&mut *tx).await.map_err(told)?;
        tx.commit().await.map_err(told)
    }
}
