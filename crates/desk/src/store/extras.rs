//! What stands beside a tour: where its travel times come from, orders of phases, whom to call, its edition.

use distretto_roadbook::book::{Chain, Emergency, Number};
use distretto_roadbook::words::Words;
use distretto_study::fault::Result;
use distretto_tours::Travel;
use distretto_tours::travel::{Leg, Way};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sqlx::{Any, Row, Transaction};

use super::faults::{damaged, told};
use super::name::without_nul;
use super::tours::written;
use super::{Store, Token};
use crate::folder::{ways_from_json, ways_to_json};
use crate::ways::{Roads, Ways};

/// What stands beside a tour.
#[derive(Debug, Clone, PartialEq)]
pub struct Extras {
    /// What programs know the tour by, as [`crate::folder::Opened::id`] says; empty where nobody has said.
    pub id: String,
    /// Where travel times come from.
    pub ways: Ways,
    /// The ways that were found when the tour was put, as [`crate::ways::found`] finds them; absent where they are reckoned from coordinates.
    pub found: Option<Travel>,
    /// Orders of phases.
    pub chains: Vec<Chain>,
    /// Whom to call. The numbers of persons are personal: they are put with the others, and read by [`Store::personal`] alone.
    pub emergency: Emergency,
    /// The edition that the tour takes its districts from; absent where it names none.
    pub edition: Option<KeptEdition>,
}

/// An edition that a tour names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptEdition {
    /// Its folder on the machine that put the tour.
    pub folder: String,
    /// SHA-256 of its manifest: two editions with the same are the same.
    pub hash: String,
}

impl Default for Extras {
    /// Of a tour of which nothing is kept: ways from coordinates, by the usual numbers.
    fn default() -> Self {
        Self {
            id: String::new(),
            ways: Ways::Coordinates(Roads::default()),
            found: None,
            chains: Vec::new(),
            emergency: Emergency::default(),
            edition: None,
        }
    }
}

impl Extras {
    /// Where the travel times come from, for the reader of a plan.
    pub fn source(&self) -> String {
        self.found
            .as_ref()
            .map_or_else(|| self.ways.in_words(&Words::english()), |found| found.source.clone())
    }
}

/// Ways as they are kept: from each place to each, in the order of the places.
#[derive(Serialize, Deserialize)]
struct Found {
    source: String,
    places: Vec<String>,
    /// Minutes and metres, as far as they are known; empty where there is no way; absent where nobody has said.
    ways: Vec<Option<Vec<u32>>>,
}

impl Found {
    fn of(travel: &Travel) -> Self {
        let places: Vec<String> = travel.places().map(str::to_owned).collect();
        let numbers = |way: Way| match way {
            Way::Leg(leg) => Some([leg.minutes].into_iter().chain(leg.metres).collect()),
            Way::NoRoute => Some(Vec::new()),
            Way::Unknown => None,
        };
        let pairs = places.iter().flat_map(|from| places.iter().map(move |to| (from, to)));
        let ways = pairs.map(|(from, to)| numbers(travel.way(from, to))).collect();
        Self { source: travel.source.clone(), places, ways }
    }

    fn travel(&self) -> Travel {
        let mut travel = Travel::new(self.places.iter().map(String::as_str), self.source.as_str());
        let pairs = self.places.iter().flat_map(|from| self.places.iter().map(move |to| (from, to)));
        for ((from, to), way) in pairs.zip(&self.ways) {
            let way = match way.as_deref() {
                None => continue,
                Some(&[minutes, metres, ..]) => Way::Leg(Leg { minutes, metres: Some(metres) }),
                Some(&[minutes]) => Way::Leg(Leg { minutes, metres: None }),
                Some([]) => Way::NoRoute,
            };
            travel.set(from, to, way);
        }
        travel
    }
}

impl Store {
    /// What stands beside a tour; [`Extras::default`] where nothing was ever put.
    ///
    /// # Errors
    /// D1056 where it cannot be read.
    pub async fn extras(&self, tour: &str) -> Result<Extras> {
        let row = sqlx::query(
            "SELECT ways, found, chains, numbers, edition, edition_hash, code FROM desk_extras WHERE tour = $1",
        );
        let Some(row) = row.bind(without_nul(tour)).fetch_optional(&self.pool).await.map_err(told)? else {
            return Ok(Extras::default());
        };
        let text = |at: usize| row.try_get::<String, _>(at).map_err(told);
        let (folder, hash) = (text(4)?, text(5)?);
        Ok(Extras {
            id: text(6)?,
            ways: ways_from_json(&text(0)?)?,
            found: read::<Option<Found>>(tour, &text(1)?)?.map(|found| found.travel()),
            chains: read(tour, &text(2)?)?,
            emergency: Emergency { numbers: read::<Vec<Number>>(tour, &text(3)?)?, people: Vec::new() },
            edition: (!hash.is_empty()).then_some(KeptEdition { folder, hash }),
        })
    }

    /// A mark of what stands beside a tour: another each time the tour is put whole, even where it was removed before; empty where nothing was ever put.
    ///
    /// # Errors
    /// D1052 and D1056.
    pub async fn extras_mark(&self, tour: &str) -> Result<String> {
        let row = sqlx::query("SELECT mark FROM desk_extras WHERE tour = $1").bind(without_nul(tour));
        let row = row.fetch_optional(&self.pool).await.map_err(told)?;
        row.map_or(Ok(String::new()), |row| row.try_get(0)).map_err(told)
    }
}

/// Writes what stands beside a tour in the place of what stood there, but for the numbers of persons.
pub(super) async fn write_extras(
    tx: &mut Transaction<'static, Any>,
    tour: &str,
    extras: &Extras,
) -> Result<()> {
    let mark: String = Token::new()?.guard().chars().take(16).collect();
    let (folder, hash) = extras.edition.as_ref().map_or(("", ""), |of| (&of.folder, &of.hash));
    let query = sqlx::query(
        "INSERT INTO desk_extras (tour, ways, found, chains, numbers, edition, edition_hash, mark, code)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (tour) DO UPDATE
         SET ways = excluded.ways, found = excluded.found, chains = excluded.chains, numbers = excluded.numbers,
             edition = excluded.edition, edition_hash = excluded.edition_hash, mark = excluded.mark, code = excluded.code",
    );
    let query = query
        .bind(without_nul(tour))
        .bind(ways_to_json(&extras.ways)?)
        .bind(written(&extras.found.as_ref().map(Found::of))?)
        .bind(written(&extras.chains)?)
        .bind(written(&extras.emergency.numbers)?)
        .bind(without_nul(folder))
        .bind(without_nul(hash))
        .bind(mark)
        .bind(without_nul(&extras.id));
    query.execute(&mut **tx).await.map(|_| ()).map_err(told)
}

fn read<T: DeserializeOwned>(tour: &str, text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| {
        damaged(
            &format!("what stands beside the tour `{tour}` of the store cannot be read"),
            error.to_string(),
        )
    })
}
