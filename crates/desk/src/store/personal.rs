//! Contacts and people, and their erasure.
//!
//! An SQLite file overwrites what is deleted, and its log of writes is emptied after an erasure, so nothing stays in the files; where somebody else reads all
//! the while and the log cannot be emptied, that is told, and the next who opens the store empties it. PostgreSQL is told
//! to clear away what was deleted (`VACUUM`): that frees its place in the tables, where the next rows overwrite it, as soon as nobody reads what was there before;
//! the server's own log of writes keeps it until that is overwritten. Copies of either keep what they had.

use std::collections::BTreeMap;
use std::time::Duration;

use distretto_roadbook::book::Number;
use distretto_study::fault::{Code, Fault, Result};
use distretto_tours::tour::{Contact, Person, Personal};
use sqlx::any::AnyRow;
use sqlx::{Any, Executor, Row, Transaction};
use tokio::time::timeout;

use super::events::note;
use super::faults::{conflict, nothing, shown, told};
use super::name::without_nul;
use super::place::Engine;
use super::schema::CLEARED;
use super::tours::{change_tour, read_tour};
use super::{By, Store, What};

/// All that is personal of a tour, as it is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeptPersonal {
    /// Contacts and travellers.
    pub personal: Personal,
    /// Numbers of persons to call in an emergency, in their order.
    pub emergency: Vec<Number>,
    /// Revisions of the contacts by code of the host: each is above 0, and none comes twice in a tour.
    pub contacts: BTreeMap<String, i64>,
    /// Revisions of the travellers by code of the delegate, likewise.
    pub people: BTreeMap<String, i64>,
}

/// How long a server may take to clear away what was deleted.
const PATIENCE: Duration = Duration::from_secs(30);

/// Whom an erasure is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Erasure {
    /// The contact of a host.
    Contact,
    /// A traveller.
    Person,
    /// Numbers of a person to call.
    Emergency,
}

const EMERGENCY: &str = "DELETE FROM desk_emergency WHERE tour = $1 AND who = $2";

impl Store {
    /// All that is personal of a tour.
    ///
    /// # Errors
    /// D1052 and D1056. A tour that is not there has nothing.
    pub async fn personal(&self, tour: &str) -> Result<KeptPersonal> {
        let mut kept = KeptPersonal::default();
        let contacts =
            sqlx::query("SELECT code, revision, name, role, phone, email FROM desk_contacts WHERE tour = $1");
        for row in contacts.bind(without_nul(tour)).fetch_all(&self.pool).await.map_err(told)? {
            let (code, revision, [name, role, phone, email]) = entry(&row).map_err(told)?;
            kept.contacts.insert(code.clone(), revision);
            kept.personal.contacts.insert(code, Contact { name, role, phone, email });
        }
        let people = sqlx::query(
            "SELECT code, revision, name, phone, email, emergency FROM desk_people WHERE tour = $1",
        );
        for row in people.bind(without_nul(tour)).fetch_all(&self.pool).await.map_err(told)? {
            let (code, revision, [name, phone, email, emergency]) = entry(&row).map_err(told)?;
            kept.people.insert(code.clone(), revision);
            kept.personal.people.insert(code, Person { name, phone, email, emergency });
        }
        let numbers = sqlx::query("SELECT who, phone FROM desk_emergency WHERE tour = $1 ORDER BY number");
        for row in numbers.bind(without_nul(tour)).fetch_all(&self.pool).await.map_err(told)? {
            let (who, number) = (row.try_get(0).map_err(told)?, row.try_get(1).map_err(told)?);
            kept.emergency.push(Number { who, number });
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
        self.put_entry(&CONTACTS, [tour, host], [name, role, phone, email], seen, by).await
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
        self.put_entry(&PEOPLE, [tour, delegate], [name, phone, email, emergency], seen, by).await
    }

    async fn put_entry(
        &self,
        table: &Table,
        [tour, code]: [&str; 2],
        texts: [&String; 4],
        seen: i64,
        by: By<'_>,
    ) -> Result<i64> {
        let mut tx = self.begin().await?;
        let revision = note(&mut tx, tour, by, What::Contact, code).await?;
        let numbers = [revision, seen];
        let (statement, numbers) =
            if seen == 0 { (table.insert, &numbers[..1]) } else { (table.update, &numbers[..]) };
        if write(&mut tx, statement, [tour, code], texts, numbers).await? != 1 {
            let there = sqlx::query(table.revision)
                .bind(without_nul(tour))
                .bind(without_nul(code))
                .fetch_optional(&mut *tx)
                .await;
            let there = there.map_err(told)?.map_or(Ok(0), |row| row.try_get(0)).map_err(told)?;
            return Err(conflict(table.word, code, seen, there));
        }
        tx.commit().await.map_err(told)?;
        Ok(revision)
    }

    /// Erases the contact of a host for good, even where whoever asked for it waits no longer.
    ///
    /// # Errors
    /// D1054 where there is none; D1160 where it is erased, and traces are left.
    pub async fn erase_contact(&self, tour: &str, host: &str, by: By<'_>) -> Result<()> {
        self.erase(Erasure::Contact, tour, host, by).await
    }

    /// Erases a traveller for good, with what they need, which stands in the tour; even where whoever asked for it waits no longer.
    ///
    /// # Errors
    /// D1054 where there is neither; D1160 where they are erased, and traces are left.
    pub async fn erase_person(&self, tour: &str, delegate: &str, by: By<'_>) -> Result<()> {
        self.erase(Erasure::Person, tour, delegate, by).await
    }

    /// Erases for good the numbers to call in an emergency of the person who is called so there, even where whoever asked for it waits no longer.
    ///
    /// # Errors
    /// D1054 where there is none; D1160 where they are erased, and traces are left.
    pub async fn erase_emergency(&self, tour: &str, who: &str, by: By<'_>) -> Result<()> {
        self.erase(Erasure::Emergency, tour, who, by).await
    }

    /// A request that is broken off drops the future that answers it. What it had begun to erase would be gone from the tables, and stand in the log of
    /// writes: so it is done beside that future, to its end.
    async fn erase(&self, what: Erasure, tour: &str, code: &str, by: By<'_>) -> Result<()> {
        let store = self.clone();
        let (tour, code, user, now) = (tour.to_owned(), code.to_owned(), by.user.to_owned(), by.now);
        let work = async move { store.erased(what, &tour, &code, By { user: &user, now }).await };
        let done = tokio::spawn(work).await;
        done.map_err(|error| Fault::new(Code::Internal, "an erasure broke off").because(error.to_string()))?
    }

    async fn erased(&self, what: Erasure, tour: &str, code: &str, by: By<'_>) -> Result<()> {
        let (word, statement, about) = match what {
            Erasure::Contact => (CONTACTS.word, CONTACTS.delete, code),
            Erasure::Person => (PEOPLE.word, PEOPLE.delete, code),
            // The log names codes, and no persons.
            Erasure::Emergency => ("number of a person", EMERGENCY, ""),
        };
        let mut tx = self.begin().await?;
        note(&mut tx, tour, by, What::Erase, about).await?;
        let done =
            sqlx::query(statement).bind(without_nul(tour)).bind(without_nul(code)).execute(&mut *tx).await;
        let had_entry = done.map_err(told)?.rows_affected() > 0;
        let had_needs = what == Erasure::Person && erase_needs(&mut tx, tour, code, by).await?;
        if !had_entry && !had_needs {
            return Err(nothing(word, code));
        }
        tx.commit().await.map_err(told)?;
        self.forget(&format!("the {word} `{code}`")).await
    }

    /// Empties the log of writes, where the old pages of `what` was erased would stay for a while. Waits a few seconds for those who read. A server is told to clear
    /// away what was deleted, and does so as far as it can.
    ///
    /// # Errors
    /// D1160 where somebody reads a file all the while.
    pub(super) async fn forget(&self, what: &str) -> Result<()> {
        if self.engine == Engine::Postgres {
            let _ = timeout(PATIENCE, self.clear_away()).await;
            return Ok(());
        }
        let traces = |why: String| {
            Fault::new(Code::StoreTraces, format!("{} is erased, but traces may still stand beside the store", shown(what)))
                .because(why)
                .hint("they are in the file that ends in `-wal`, until the last program that has the store open closes it; close the others")
        };
        // Each waits as long as the connection waits for somebody else who writes.
        for _ in 0..2 {
            let row = self.pool.fetch_one("PRAGMA wal_checkpoint(TRUNCATE)").await;
            let busy: i64 = row.and_then(|row| row.try_get(0)).map_err(|error| traces(error.to_string()))?;
            if busy == 0 {
                return Ok(());
            }
        }
        Err(traces("somebody else reads the store, and has done so for a while".to_owned()))
    }

    async fn clear_away(&self) {
        for statement in CLEARED {
            // Of a table of somebody else it may not; then the server does it by itself, later.
            let _ = self.pool.execute(statement).await;
        }
    }
}

/// A table of entries by their codes.
struct Table {
    word: &'static str,
    insert: &'static str,
    update: &'static str,
    revision: &'static str,
    delete: &'static str,
}

const CONTACTS: Table = Table {
    word: "contact",
    insert: "INSERT INTO desk_contacts (tour, code, name, role, phone, email, revision)
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (tour, code) DO NOTHING",
    update: "UPDATE desk_contacts SET name = $3, role = $4, phone = $5, email = $6, revision = $7
             WHERE tour = $1 AND code = $2 AND revision = $8",
    revision: "SELECT revision FROM desk_contacts WHERE tour = $1 AND code = $2",
    delete: "DELETE FROM desk_contacts WHERE tour = $1 AND code = $2",
};

const PEOPLE: Table = Table {
    word: "person",
    insert: "INSERT INTO desk_people (tour, code, name, phone, email, emergency, revision)
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (tour, code) DO NOTHING",
    update: "UPDATE desk_people SET name = $3, phone = $4, email = $5, emergency = $6, revision = $7
             WHERE tour = $1 AND code = $2 AND revision = $8",
    revision: "SELECT revision FROM desk_people WHERE tour = $1 AND code = $2",
    delete: "DELETE FROM desk_people WHERE tour = $1 AND code = $2",
};

/// Whether a delegate had needs, which are then erased from the tour. Its row is held since the log has its line, so nobody else changes it meanwhile.
async fn erase_needs(
    tx: &mut Transaction<'static, Any>,
    tour: &str,
    delegate: &str,
    by: By<'_>,
) -> Result<bool> {
    let mut kept = read_tour(tx, tour).await?;
    let delegates = &mut kept.document.delegation.delegates;
    let with_needs = delegates.iter_mut().find(|other| other.code == delegate && !other.needs.is_empty());
    let Some(with_needs) = with_needs else { return Ok(false) };
    with_needs.needs.clear();
    change_tour(tx, tour, &kept.document, kept.revision, by).await?;
    Ok(true)
}

/// Puts all that is personal of a tour in the place of what was there.
pub(super) async fn write_personal(
    tx: &mut Transaction<'static, Any>,
    tour: &str,
    personal: &Personal,
    emergency: &[Number],
    by: By<'_>,
) -> Result<()> {
    let revision = note(tx, tour, by, What::Contact, "").await?;
    for statement in [
        "DELETE FROM desk_contacts WHERE tour = $1",
        "DELETE FROM desk_people WHERE tour = $1",
        "DELETE FROM desk_emergency WHERE tour = $1",
    ] {
        sqlx::query(statement).bind(without_nul(tour)).execute(&mut **tx).await.map_err(told)?;
    }
    for (host, Contact { name, role, phone, email }) in &personal.contacts {
        write(tx, CONTACTS.insert, [tour, host], [name, role, phone, email], &[revision]).await?;
    }
    for (delegate, Person { name, phone, email, emergency }) in &personal.people {
        write(tx, PEOPLE.insert, [tour, delegate], [name, phone, email, emergency], &[revision]).await?;
    }
    for (at, Number { who, number }) in (1_i64..).zip(emergency) {
        sqlx::query("INSERT INTO desk_emergency (tour, number, who, phone) VALUES ($1, $2, $3, $4)")
            .bind(without_nul(tour))
            .bind(at)
            .bind(without_nul(who))
            .bind(without_nul(number))
            .execute(&mut **tx)
            .await
            .map_err(told)?;
    }
    Ok(())
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
