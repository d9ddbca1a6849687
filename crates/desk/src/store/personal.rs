//! Contacts and people, and their erasure.
//!
//! An SQLite file overwrites what is deleted, and its log of writes is emptied after an erasure, so nothing stays in the files. PostgreSQL keeps old pages
//! until it cleans up by itself; copies of either keep what they had.

use std::collections::BTreeMap;

use distretto_study::fault::Result;
use distretto_tours::tour::{Contact, Person, Personal};
use sqlx::any::AnyRow;
use sqlx::{Any, Executor, Row, Transaction};

use super::events::note;
use super::faults::{conflict, nothing, told};
use super::place::Engine;
use super::tours::without_nul;
use super::{By, Store, What};

/// All that is personal of a tour, as it is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeptPersonal {
    /// Contacts and travellers.
    pub personal: Personal,
    /// Revisions of the contacts by code of the host: each is above 0, and none comes twice in a tour.
    pub contacts: BTreeMap<String, i64>,
    /// Revisions of the travellers by code of the delegate, likewise.
    pub people: BTreeMap<String, i64>,
}

impl Store {
    /// All that is personal of a tour.
    ///
    /// # Errors
    /// D1052 and D1056. A tour that is not there has nothing.
    pub async fn personal(&self, tour: &str) -> Result<KeptPersonal> {
        let mut kept = KeptPersonal::default();
        let contacts =
            sqlx::query("SELECT code, revision, name, role, phone, email FROM desk_contacts WHERE tour = $1");
        for row in contacts.bind(tour).fetch_all(&self.pool).await.map_err(told)? {
            let (code, revision, [name, role, phone, email]) = entry(&row).map_err(told)?;
            kept.contacts.insert(code.clone(), revision);
            kept.personal.contacts.insert(code, Contact { name, role, phone, email });
        }
        let people = sqlx::query(
            "SELECT code, revision, name, phone, email, emergency FROM desk_people WHERE tour = $1",
        );
        for row in people.bind(tour).fetch_all(&self.pool).await.map_err(told)? {
            let (code, revision, [name, phone, email, emergency]) = entry(&row).map_err(told)?;
            kept.people.insert(code.clone(), revision);
            kept.personal.people.insert(code, Person { name, phone, email, emergency });
        }
        Ok(kept)
    }

    /// Puts the contact of a host in the place of the revision that was seen (0: there was none) and answers its new revision.
    ///
    /// # Errors
    /// D1053 where another revision is there, or it was erased meanwhile; D1054 where there is no such tour.
    pub async fn put_contact(
        &self,
        tour: &str,
        host: &str,
        contact: &Contact,
        seen: i64,
        by: By<'_>,
    ) -> Result<i64> {
        let Contact { name, role, phone, email } = contact;
        self.put_entry(Table::Contacts, [tour, host], [name, role, phone, email], seen, by).await
    }

    /// Puts a traveller in the place of the revision that was seen (0: there was none) and answers its new revision.
    ///
    /// # Errors
    /// D1053 where another revision is there, or they were erased meanwhile; D1054 where there is no such tour.
    pub async fn put_person(
        &self,
        tour: &str,
        delegate: &str,
        person: &Person,
        seen: i64,
        by: By<'_>,
    ) -> Result<i64> {
        let Person { name, phone, email, emergency } = person;
        self.put_entry(Table::People, [tour, delegate], [name, phone, email, emergency], seen, by).await
    }

    async fn put_entry(
        &self,
        table: Table,
        [tour, code]: [&str; 2],
        texts: [&String; 4],
        seen: i64,
        by: By<'_>,
    ) -> Result<i64> {
        let mut tx = self.begin().await?;
        let revision = note(&mut tx, tour, by, What::Contact, code).await?;
        let numbers = [revision, seen];
        let (statement, numbers) =
            if seen == 0 { (table.insert(), &numbers[..1]) } else { (table.update(), &numbers[..]) };
        if write(&mut tx, statement, [tour, code], texts, numbers).await? != 1 {
            let there = sqlx::query(table.revision()).bind(tour).bind(code).fetch_optional(&mut *tx).await;
            let there = there.map_err(told)?.map_or(Ok(0), |row| row.try_get(0)).map_err(told)?;
            return Err(conflict(table.word(), code, seen, there));
        }
        tx.commit().await.map_err(told)?;
        Ok(revision)
    }

    /// Puts all that is personal of a tour in the place of what was there.
    ///
    /// # Errors
    /// D1054 where there is no such tour.
    pub async fn put_personal(&self, tour: &str, personal: &Personal, by: By<'_>) -> Result<()> {
        let mut tx = self.begin().await?;
        let revision = note(&mut tx, tour, by, What::Contact, "").await?;
        for table in [Table::Contacts, Table::People] {
            sqlx::query(table.delete_all()).bind(tour).execute(&mut *tx).await.map_err(told)?;
        }
        for (host, Contact { name, role, phone, email }) in &personal.contacts {
            let (statement, texts) = (Table::Contacts.insert(), [name, role, phone, email]);
            write(&mut tx, statement, [tour, host], texts, &[revision]).await?;
        }
        for (delegate, Person { name, phone, email, emergency }) in &personal.people {
            let (statement, texts) = (Table::People.insert(), [name, phone, email, emergency]);
            write(&mut tx, statement, [tour, delegate], texts, &[revision]).await?;
        }
        tx.commit().await.map_err(told)?;
        self.forget().await;
        Ok(())
    }

    /// Erases the contact of a host for good.
    ///
    /// # Errors
    /// D1054 where there is none.
    pub async fn erase_contact(&self, tour: &str, host: &str, by: By<'_>) -> Result<()> {
        self.erase(Table::Contacts, [tour, host], by).await
    }

    /// Erases a traveller for good.
    ///
    /// # Errors
    /// D1054 where there is none.
    pub async fn erase_person(&self, tour: &str, delegate: &str, by: By<'_>) -> Result<()> {
        self.erase(Table::People, [tour, delegate], by).await
    }

    async fn erase(&self, table: Table, [tour, code]: [&str; 2], by: By<'_>) -> Result<()> {
        let mut tx = self.begin().await?;
        note(&mut tx, tour, by, What::Erase, code).await?;
        let done = sqlx::query(table.delete()).bind(tour).bind(code).execute(&mut *tx).await;
        if done.map_err(told)?.rows_affected() == 0 {
            return Err(nothing(table.word(), code));
        }
        tx.commit().await.map_err(told)?;
        self.forget().await;
        Ok(())
    }

    /// Empties the log of writes, where the old pages would stay for a while. Where others read just now it is emptied at the next chance.
    pub(super) async fn forget(&self) {
        if self.engine == Engine::Sqlite {
            let _ = self.pool.execute("PRAGMA wal_checkpoint(TRUNCATE)").await;
        }
    }
}

/// The tables of what is personal.
#[derive(Debug, Clone, Copy)]
enum Table {
    Contacts,
    People,
}

impl Table {
    const fn word(self) -> &'static str {
        match self {
            Self::Contacts => "contact",
            Self::People => "person",
        }
    }

    const fn insert(self) -> &'static str {
        match self {
            Self::Contacts => {
                "INSERT INTO desk_contacts (tour, code, name, role, phone, email, revision)
                 VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (tour, code) DO NOTHING"
            }
            Self::People => {
                "INSERT INTO desk_people (tour, code, name, phone, email, emergency, revision)
                 VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (tour, code) DO NOTHING"
            }
        }
    }

    const fn update(self) -> &'static str {
        match self {
            Self::Contacts => {
                "UPDATE desk_contacts SET name = $3, role = $4, phone = $5, email = $6, revision = $7
                 WHERE tour = $1 AND code = $2 AND revision = $8"
            }
            Self::People => {
                "UPDATE desk_people SET name = $3, phone = $4, email = $5, emergency = $6, revision = $7
                 WHERE tour = $1 AND code = $2 AND revision = $8"
            }
        }
    }

    const fn revision(self) -> &'static str {
        match self {
            Self::Contacts => "SELECT revision FROM desk_contacts WHERE tour = $1 AND code = $2",
            Self::People => "SELECT revision FROM desk_people WHERE tour = $1 AND code = $2",
        }
    }

    const fn delete(self) -> &'static str {
        match self {
            Self::Contacts => "DELETE FROM desk_contacts WHERE tour = $1 AND code = $2",
            Self::People => "DELETE FROM desk_people WHERE tour = $1 AND code = $2",
        }
    }

    const fn delete_all(self) -> &'static str {
        match self {
            Self::Contacts => "DELETE FROM desk_contacts WHERE tour = $1",
            Self::People => "DELETE FROM desk_people WHERE tour = $1",
        }
    }
}

/// `code, revision` and four texts.
fn entry(row: &AnyRow) -> Result<(String, i64, [String; 4]), sqlx::Error> {
    let text = |at: usize| row.try_get(at);
    Ok((text(0)?, row.try_get(1)?, [text(2)?, text(3)?, text(4)?, text(5)?]))
}

/// Writes an entry; the rows that were written.
async fn write(
    tx: &mut Transaction<'static, Any>,
    statement: &'static str,
    of: [&str; 2],
    texts: [&String; 4],
    numbers: &[i64],
) -> Result<u64> {
    let texts = of.into_iter().chain(texts.into_iter().map(String::as_str));
    let query = texts.fold(sqlx::query(statement), |query, text| query.bind(without_nul(text)));
    let query = numbers.iter().fold(query, |query, number| query.bind(*number));
    Ok(query.execute(&mut **tx).await.map_err(told)?.rows_affected())
}
