//! Contacts and people, and their erasure.
//!
//! An SQLite file overwrites what is deleted, and its log of writes is emptied after an erasure, so nothing stays in the files. PostgreSQL keeps old pages
//! until it cleans up by itself; copies of either keep what they had.

use std::collections::BTreeMap;

use distretto_study::fault::Result;
use distretto_tours::tour::{Contact, Person, Personal};
use sqlx::{Any, Executor, Row, Transaction};

use super::events::note;
use super::faults::{nothing, told};
use super::place::Engine;
use super::tours::without_nul;
use super::{By, Store, What};

impl Store {
    /// All that is personal of a tour.
    ///
    /// # Errors
    /// D1052 and D1056. A tour that is not there has nothing.
    pub async fn personal(&self, tour: &str) -> Result<Personal> {
        let contacts =
            sqlx::query("SELECT code, name, role, phone, email FROM desk_contacts WHERE tour = $1");
        let contacts = contacts.bind(tour).fetch_all(&self.pool).await.map_err(told)?;
        let people =
            sqlx::query("SELECT code, name, phone, email, emergency FROM desk_people WHERE tour = $1");
        let people = people.bind(tour).fetch_all(&self.pool).await.map_err(told)?;
        let contact = |row: sqlx::any::AnyRow| {
            let contact = Contact {
                name: row.try_get(1)?,
                role: row.try_get(2)?,
                phone: row.try_get(3)?,
                email: row.try_get(4)?,
            };
            Ok((row.try_get(0)?, contact))
        };
        let person = |row: sqlx::any::AnyRow| {
            let person = Person {
                name: row.try_get(1)?,
                phone: row.try_get(2)?,
                email: row.try_get(3)?,
                emergency: row.try_get(4)?,
            };
            Ok((row.try_get(0)?, person))
        };
        Ok(Personal {
            contacts: contacts.into_iter().map(contact).collect::<Result<_, sqlx::Error>>().map_err(told)?,
            people: people
                .into_iter()
                .map(person)
                .collect::<Result<BTreeMap<_, _>, sqlx::Error>>()
                .map_err(told)?,
        })
    }

    /// Enters or changes the contact of a host.
    ///
    /// # Errors
    /// D1054 where there is no such tour.
    pub async fn put_contact(&self, tour: &str, host: &str, contact: &Contact, by: By<'_>) -> Result<()> {
        let mut tx = self.begin().await?;
        note(&mut tx, tour, by, What::Contact, host).await?;
        write_contact(&mut tx, tour, host, contact).await?;
        tx.commit().await.map_err(told)
    }

    /// Enters or changes a traveller.
    ///
    /// # Errors
    /// D1054 where there is no such tour.
    pub async fn put_person(&self, tour: &str, delegate: &str, person: &Person, by: By<'_>) -> Result<()> {
        let mut tx = self.begin().await?;
        note(&mut tx, tour, by, What::Contact, delegate).await?;
        write_person(&mut tx, tour, delegate, person).await?;
        tx.commit().await.map_err(told)
    }

    /// Puts all that is personal of a tour in the place of what was there.
    ///
    /// # Errors
    /// D1054 where there is no such tour.
    pub async fn put_personal(&self, tour: &str, personal: &Personal, by: By<'_>) -> Result<()> {
        let mut tx = self.begin().await?;
        note(&mut tx, tour, by, What::Contact, "").await?;
        delete(&mut tx, "DELETE FROM desk_contacts WHERE tour = $1", [tour, ""]).await?;
        delete(&mut tx, "DELETE FROM desk_people WHERE tour = $1", [tour, ""]).await?;
        for (host, contact) in &personal.contacts {
            write_contact(&mut tx, tour, host, contact).await?;
        }
        for (delegate, person) in &personal.people {
            write_person(&mut tx, tour, delegate, person).await?;
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
        self.erase("DELETE FROM desk_contacts WHERE tour = $1 AND code = $2", [tour, host], by).await
    }

    /// Erases a traveller for good.
    ///
    /// # Errors
    /// D1054 where there is none.
    pub async fn erase_person(&self, tour: &str, delegate: &str, by: By<'_>) -> Result<()> {
        self.erase("DELETE FROM desk_people WHERE tour = $1 AND code = $2", [tour, delegate], by).await
    }

    async fn erase(&self, statement: &'static str, [tour, code]: [&str; 2], by: By<'_>) -> Result<()> {
        let mut tx = self.begin().await?;
        note(&mut tx, tour, by, What::Erase, code).await?;
        if delete(&mut tx, statement, [tour, code]).await? == 0 {
            return Err(nothing("contact or person", code));
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

async fn delete(tx: &mut Transaction<'static, Any>, statement: &'static str, of: [&str; 2]) -> Result<u64> {
    let takes = 1 + usize::from(statement.contains("$2"));
    let query =
        of.into_iter().take(takes).fold(sqlx::query(statement), |query, text| query.bind(text.to_owned()));
    Ok(query.execute(&mut **tx).await.map_err(told)?.rows_affected())
}

async fn write_contact(
    tx: &mut Transaction<'static, Any>,
    tour: &str,
    host: &str,
    contact: &Contact,
) -> Result<()> {
    let query = sqlx::query(
        "INSERT INTO desk_contacts (tour, code, name, role, phone, email) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (tour, code) DO UPDATE
         SET name = excluded.name, role = excluded.role, phone = excluded.phone, email = excluded.email",
    );
    let texts = [tour, host, &contact.name, &contact.role, &contact.phone, &contact.email];
    let query = texts.into_iter().fold(query, |query, text| query.bind(without_nul(text)));
    query.execute(&mut **tx).await.map(|_| ()).map_err(told)
}

async fn write_person(
    tx: &mut Transaction<'static, Any>,
    tour: &str,
    delegate: &str,
    person: &Person,
) -> Result<()> {
    let query = sqlx::query(
        "INSERT INTO desk_people (tour, code, name, phone, email, emergency) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (tour, code) DO UPDATE
         SET name = excluded.name, phone = excluded.phone, email = excluded.email, emergency = excluded.emergency",
    );
    let texts = [tour, delegate, &person.name, &person.phone, &person.email, &person.emergency];
    let query = texts.into_iter().fold(query, |query, text| query.bind(without_nul(text)));
    query.execute(&mut **tx).await.map(|_| ()).map_err(told)
}
