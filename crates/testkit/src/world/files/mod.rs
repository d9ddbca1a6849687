//! Writes a world as the tables of a study, with the truth beside them. Same world, same bytes.
//!
//! | module | concept |
//! |---|---|
//! | `tables`, `study`, `readme` | text |
//! | `tour` | a study tour |
//! | `register`, `trips`, `invoices` | micro-data as Parquet |
//! | `dataset` | a folder of Parquet files |
//! | `complete` | under its name when complete |
//! | `side_by_side` | several threads, one result |

mod complete;
mod dataset;
mod invoices;
mod readme;
mod register;
mod side_by_side;
mod study;
mod tables;
mod tour;
mod trips;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use super::World;

/// A file of a world that could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {}: {source}", path.display())]
pub struct WriteError {
    /// The file.
    pub path: PathBuf,
    /// Why. `Interrupted` where it was told to stop, `InvalidInput` where the country has no such rows.
    pub source: io::Error,
}

impl WriteError {
    /// What makes an error of the system one of this file.
    fn at(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        |source| Self { path, source }
    }
}

/// How many rows of micro-data to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// As many as the country has: trips of one week, invoices of one a month for each job.
    Usual,
    /// So many, exactly.
    Exactly(u64),
}

/// Which files of a world to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a file or folder that one may want")]
pub struct WorldFiles {
    /// The register of establishments as text, some 550 rows a zone: most of the time and of the bytes. No study needs it, the jobs table
    /// adds it up.
    pub register: bool,
    /// The register with addresses and dates, as Parquet.
    pub units: bool,
    /// Trips of commuters, as Parquet.
    pub trips: Option<Rows>,
    /// Where trips start and end as points, not only as zones.
    pub coordinates: bool,
    /// What firms sell to each other, as Parquet.
    pub invoices: Option<Rows>,
    /// A study tour of a few districts.
    pub tour: bool,
}

impl Default for WorldFiles {
    fn default() -> Self {
        Self { register: true, units: false, trips: None, coordinates: false, invoices: None, tour: false }
    }
}

/// A flag that ends the writing of micro-data.
#[derive(Clone, Copy)]
struct Stop<'a>(&'a AtomicBool);

impl Stop<'_> {
    fn check(self, path: &Path) -> Result<(), WriteError> {
        if self.0.load(Ordering::Relaxed) {
            return Err(WriteError::at(path)(io::Error::new(io::ErrorKind::Interrupted, "told to stop")));
        }
        Ok(())
    }
}

/// The register as text.
const ESTABLISHMENTS: &str = "establishments.csv.gz";
/// Folders of micro-data.
const REGISTER: &str = "register";
const TRIPS: &str = "trips";
const INVOICES: &str = "invoices";
/// Folder of the tour.
const TOUR: &str = "tour";

/// Writes a world into `folder` (made where missing) and names the files, and the folders of micro-data. Each appears under its name only when it is
/// complete; `study.toml` comes last. What an older world left in the folder and is not asked for is removed. Errors: the
/// first file that cannot be written; more trips than [`super::micro::trips::Trips::most`]; a tour of a country without districts. Cost: linear in pairs, establishments and rows of
/// micro-data, in memory one zone's establishments and a bounded number of open files beside the world; two threads, for micro-data up to eight.
pub fn write(world: &World, folder: &Path, files: WorldFiles) -> Result<Vec<PathBuf>, WriteError> {
    write_unless(&AtomicBool::new(false), world, folder, files)
}

/// [`write()`], which ends with an error of the kind `Interrupted` soon after `stop` is raised while micro-data are written; those at hand are removed.
pub fn write_unless(
    stop: &AtomicBool,
    world: &World,
    folder: &Path,
    files: WorldFiles,
) -> Result<Vec<PathBuf>, WriteError> {
    let stop = Stop(stop);
    let refused = |name: &str, error| {
        WriteError::at(&folder.join(name))(io::Error::new(io::ErrorKind::InvalidInput, error))
    };
    let tour = files.tour.then(|| world.tour()).transpose().map_err(|error| refused(TOUR, error))?;
    if let Some(Rows::Exactly(rows)) = files.trips {
        world.trips().check(rows).map_err(|error| refused(TRIPS, error))?;
    }
    fs::create_dir_all(folder).map_err(WriteError::at(folder))?;
    let put = |name: &str, content: &dyn Fn(&mut dyn Write) -> io::Result<()>| {
        let path = folder.join(name);
        complete::file(&path, content).map_err(WriteError::at(&path))?;
        Ok(path)
    };
    let register = world.register();
    let mut written = thread::scope(|scope| {
        let establishments = files.register.then(|| {
            scope.spawn(|| put(ESTABLISHMENTS, &|out| tables::establishments(world, &register, out)))
        });
        let mut written = vec![
            put("zones.csv", &|out| tables::zones(world, out))?,
            put("flows.csv.gz", &|out| tables::flows(world, out))?,
            put("borders.geojson.gz", &|out| tables::borders(world, out))?,
            put("jobs.csv", &|out| tables::jobs(world, &register, out))?,
        ];
        match establishments.map(thread::ScopedJoinHandle::join) {
            Some(Ok(path)) => written.push(path?),
            Some(Err(panic)) => std::panic::resume_unwind(panic),
            None => {
                let path = folder.join(ESTABLISHMENTS);
                complete::or_absent(fs::remove_file(&path)).map_err(WriteError::at(&path))?;
            }
        }
        Ok(written)
    })?;
    let [units, trips, invoices] = [REGISTER, TRIPS, INVOICES].map(|name| folder.join(name));
    if files.units {
        written.push(register::write(world, &register, &units, stop)?);
    } else {
        dataset::remove(&units)?;
    }
    if let Some(rows) = files.trips {
        written.push(trips::write(world, &trips, rows, files.coordinates, stop)?);
    } else {
        dataset::remove(&trips)?;
    }
    if let Some(rows) = files.invoices {
        written.push(invoices::write(world, &register, &invoices, rows, stop)?);
    } else {
        dataset::remove(&invoices)?;
    }
    match &tour {
        Some(tour) => written.extend(tour::write(tour, &folder.join(TOUR))?),
        None => tour::remove(&folder.join(TOUR))?,
    }
    written.push(put("truth_areas.csv", &|out| tables::truth_areas(world, out))?);
    written.push(put("truth_districts.csv", &|out| tables::truth_districts(world, out))?);
    written.push(put("README.md", &|out| out.write_all(readme::readme(world, files).as_bytes()))?);
    written.push(put("study.toml", &|out| out.write_all(study::study(world).as_bytes()))?);
    Ok(written)
}
