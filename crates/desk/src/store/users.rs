//! Who may log in, and as what.

use distretto_study::fault::{Code, Fault, Result};
use sqlx::Row;

use super::Store;
use super::faults::{damaged, nothing, told};
use super::name::{check_user, without_nul};
use super::password::{hashed, matches};

/// What a user may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Reads.
    Viewer,
    /// Reads and changes, and sees contacts.
    Planner,
}

impl Role {
    /// The word for it: `viewer`, `planner`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Planner => "planner",
        }
    }

    /// The role that a word means.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Viewer, Self::Planner].into_iter().find(|role| role.word() == word)
    }
}

/// Who may log in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// The name, of lower-case letters, digits, hyphens and full stops.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Whether they may not log in now.
    pub disabled: bool,
}

/// Whether a user can be called so: 1 to 80 lower-case letters, digits, hyphens and full stops, the first a letter or digit. Nobody can log in by another.
pub fn can_be_user(name: &str) -> bool {
    check_user(name).is_ok()
}

impl Store {
    /// All users, by name.
    ///
    /// # Errors
    /// D1052 and D1056.
    pub async fn users(&self) -> Result<Vec<User>> {
        let rows = sqlx::query("SELECT name, role, disabled FROM desk_users").fetch_all(&self.pool).await;
        let mut users = rows.map_err(told)?.iter().map(user).collect::<Result<Vec<User>>>()?;
        users.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(users)
    }

    /// Adds a user.
    ///
    /// # Errors
    /// D1057 for a name that cannot be one, and for a password that is too short; D1058 where the name is taken.
    pub async fn add_user(&self, name: &str, password: &str, role: Role) -> Result<()> {
        check_user(name)?;
        let hash = hash_aside(password).await?;
        let mut tx = self.begin().await?;
        let done = sqlx::query(
            "INSERT INTO desk_users (name, hash, role, disabled) VALUES ($1, $2, $3, 0) ON CONFLICT (name) DO NOTHING",
        )
        .bind(without_nul(name))
        .bind(hash)
        .bind(role.word())
        .execute(&mut *tx)
        .await
        .map_err(told)?;
        if done.rows_affected() == 0 {
            return Err(Fault::new(Code::StoreTaken, format!("there is a user `{name}` already"))
                .hint("choose another name, or give this one a new password or role"));
        }
        tx.commit().await.map_err(told)
    }

    /// Gives a user a new password, and ends their sessions.
    ///
    /// # Errors
    /// D1054 where there is no such user; D1057 for a password that is too short.
    pub async fn set_password(&self, name: &str, password: &str) -> Result<()> {
        let hash = hash_aside(password).await?;
        let query =
            sqlx::query("UPDATE desk_users SET hash = $2 WHERE name = $1").bind(without_nul(name)).bind(hash);
        self.change_user(name, query).await
    }

    /// Gives a user another role, and ends their sessions.
    ///
    /// # Errors
    /// D1054 where there is no such user.
    pub async fn set_role(&self, name: &str, role: Role) -> Result<()> {
        let query = sqlx::query("UPDATE desk_users SET role = $2 WHERE name = $1");
        self.change_user(name, query.bind(without_nul(name)).bind(role.word().to_owned())).await
    }

    /// Lets a user log in no more, or again; their sessions end.
    ///
    /// # Errors
    /// D1054 where there is no such user.
    pub async fn set_disabled(&self, name: &str, disabled: bool) -> Result<()> {
        let query = sqlx::query("UPDATE desk_users SET disabled = $2 WHERE name = $1");
        self.change_user(name, query.bind(without_nul(name)).bind(i64::from(disabled))).await
    }

    /// Removes a user; what they did stays, without their name.
    ///
    /// # Errors
    /// D1054 where there is no such user; D1160 where they are removed, and traces are left.
    pub async fn remove_user(&self, name: &str) -> Result<()> {
        let mut tx = self.begin().await?;
        for statement in [
            "UPDATE desk_events SET user_name = '' WHERE user_name = $1",
            "UPDATE desk_tours SET user_name = '' WHERE user_name = $1",
            "UPDATE desk_plans SET user_name = '' WHERE user_name = $1",
            "UPDATE desk_shares SET user_name = '' WHERE user_name = $1",
        ] {
            sqlx::query(statement).bind(without_nul(name)).execute(&mut *tx).await.map_err(told)?;
        }
        let done = sqlx::query("DELETE FROM desk_users WHERE name = $1")
            .bind(without_nul(name))
            .execute(&mut *tx)
            .await;
        if done.map_err(told)?.rows_affected() == 0 {
            return Err(nothing("user", name));
        }
        tx.commit().await.map_err(told)?;
        self.forget(&format!("the user `{name}`")).await
    }

    /// The user with this name and password; `None` where there is none, or may not log in. That takes as long as finding one. About 20 ms and 19 MiB.
    ///
    /// # Errors
    /// D1052 and D1056.
    pub async fn authenticate(&self, name: &str, password: &str) -> Result<Option<User>> {
        let row = sqlx::query("SELECT name, role, disabled, hash FROM desk_users WHERE name = $1")
            .bind(without_nul(name))
            .fetch_optional(&self.pool)
            .await
            .map_err(told)?;
        let (user, hash) = match &row {
            Some(row) => (Some(user(row)?), Some(row.try_get::<String, _>(3).map_err(told)?)),
            None => (None, None),
        };
        let password = password.to_owned();
        let fits = aside(move || matches(&password, hash.as_deref())).await?;
        Ok(user.filter(|user| fits && !user.disabled))
    }

    async fn change_user(
        &self,
        name: &str,
        query: sqlx::query::Query<'static, sqlx::Any, sqlx::any::AnyArguments>,
    ) -> Result<()> {
        let mut tx = self.begin().await?;
        if query.execute(&mut *tx).await.map_err(told)?.rows_affected() == 0 {
            return Err(nothing("user", name));
        }
        let sessions = sqlx::query("DELETE FROM desk_sessions WHERE user_name = $1").bind(without_nul(name));
        sessions.execute(&mut *tx).await.map_err(told)?;
        tx.commit().await.map_err(told)
    }
}

/// A user, from `name, role, disabled`.
fn user(row: &sqlx::any::AnyRow) -> Result<User> {
    let role: String = row.try_get(1).map_err(told)?;
    let role =
        Role::from_word(&role).ok_or_else(|| damaged("a user of the store has no role that is known", ""))?;
    let disabled: i64 = row.try_get(2).map_err(told)?;
    Ok(User { name: row.try_get(0).map_err(told)?, role, disabled: disabled != 0 })
}

async fn hash_aside(password: &str) -> Result<String> {
    let password = password.to_owned();
    aside(move || hashed(&password)).await
}

/// Does work that takes a while on a thread of its own.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| {
        Fault::new(Code::Internal, "a password could not be looked at").because(error.to_string())
    })?
}
