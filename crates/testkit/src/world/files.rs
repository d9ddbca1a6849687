//! Writes a world as the tables of a study, with the truth beside them. Same world, same bytes.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::thread;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::World;
use super::register::{Register, SIZE_CLASSES};

/// Rows are gathered before they are compressed or written.
const BUFFER: usize = 1 << 18;

/// A file of a world that could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {}: {source}", path.display())]
pub struct WriteError {
    /// The file.
    pub path: PathBuf,
    /// Why.
    pub source: io::Error,
}

/// Which files of a world to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorldFiles {
    /// The register of establishments, some 550 rows a zone: most of the time and of the bytes. No study needs it, the jobs table
    /// adds it up.
    pub register: bool,
}

impl Default for WorldFiles {
    fn default() -> Self {
        Self { register: true }
    }
}

const REGISTER: &str = "establishments.csv.gz";

/// Writes a world into `folder` (made where missing) and names the files. Each file appears under its name only when it is
/// complete; `study.toml` comes last. Without the register, one that an older world left in the folder is removed. Errors: the
/// first file that cannot be written. Cost: linear in pairs and establishments, in memory one zone's establishments
/// beside the world; two threads.
pub fn write(world: &World, folder: &Path, files: WorldFiles) -> Result<Vec<PathBuf>, WriteError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        |source| WriteError { path, source }
    };
    fs::create_dir_all(folder).map_err(failed(folder))?;
    let put = |name: &str, content: &dyn Fn(&mut dyn Write) -> io::Result<()>| {
        let path = folder.join(name);
        complete(&path, content).map_err(failed(&path))?;
        Ok(path)
    };
    let register = world.register();
    let mut written = thread::scope(|scope| {
        let establishments = files
            .register
            .then(|| scope.spawn(|| put(REGISTER, &|out| establishments(world, &register, out))));
        let mut written = vec![
            put("zones.csv", &|out| zones(world, out))?,
            put("flows.csv.gz", &|out| flows(world, out))?,
            put("borders.geojson.gz", &|out| borders(world, out))?,
            put("jobs.csv", &|out| jobs(world, &register, out))?,
        ];
        match establishments.map(thread::ScopedJoinHandle::join) {
            Some(Ok(path)) => written.push(path?),
            Some(Err(panic)) => std::panic::resume_unwind(panic),
            None => remove(&folder.join(REGISTER))?,
        }
        Ok(written)
    })?;
    written.push(put("truth_areas.csv", &|out| truth_areas(world, out))?);
    written.push(put("truth_districts.csv", &|out| truth_districts(world, out))?);
    written.push(put("README.md", &|out| out.write_all(readme(world, files).as_bytes()))?);
    written.push(put("study.toml", &|out| out.write_all(study(world).as_bytes()))?);
    Ok(written)
}

/// Removes a file that may not be there.
fn remove(path: &Path) -> Result<(), WriteError> {
    match fs::remove_file(path) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => {
            Err(WriteError { path: path.to_owned(), source })
        }
        _ => Ok(()),
    }
}

/// Writes under a temporary name, compressed where the name ends in `.gz`, and renames.
fn complete(path: &Path, content: &dyn Fn(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut partial = path.as_os_str().to_owned();
    partial.push(".partial");
    let packed = path.extension().is_some_and(|extension| extension == "gz");
    let result = File::create(&partial).and_then(|file| {
        if packed {
            // Level 4 takes a third of the time of level 6 for the same size. No time and no name in the header: the same content gives the same bytes.
            let mut out = BufWriter::with_capacity(BUFFER, GzEncoder::new(file, Compression::new(4)));
            content(&mut out)?;
            out.into_inner().map_err(io::IntoInnerError::into_error)?.finish()?;
        } else {
            let mut out = BufWriter::with_capacity(BUFFER, file);
            content(&mut out)?;
            out.flush()?;
        }
        Ok(())
    });
    match result {
        Ok(()) => fs::rename(&partial, path),
        Err(error) => {
            // The first error says more than a failed tidying-up would.
            let _ = fs::remove_file(&partial);
            Err(error)
        }
    }
}

fn zones(world: &World, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "code,name,region,residents,employed_residents,area_km2,lon,lat")?;
    for zone in &world.zones {
        let [lon, lat] = zone.lonlat;
        let region = &world.regions[zone.region as usize];
        let (code, name, km2) = (&zone.code, &zone.name, zone.area_km2);
        writeln!(
            out,
            "{code},{name},{region},{},{},{km2:.4},{lon:.7},{lat:.7}",
            zone.population, zone.employed
        )?;
    }
    Ok(())
}

fn flows(world: &World, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "origin,destination,flow")?;
    let code = |zone: u32| world.zones[zone as usize].code.as_str();
    for row in &world.flows {
        writeln!(out, "{},{},{}", code(row.origin), code(row.destination), row.amount)?;
    }
    Ok(())
}

fn borders(world: &World, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{{\"type\":\"FeatureCollection\",\"features\":[")?;
    for (i, zone) in world.zones.iter().enumerate() {
        let comma = if i == 0 { "" } else { "," };
        let (code, name) = (&zone.code, &zone.name);
        write!(
            out,
            "{comma}\n{{\"type\":\"Feature\",\"properties\":{{\"code\":\"{code}\",\"name\":\"{name}\"}},"
        )?;
        write!(out, "\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[")?;
        for (i, [lon, lat]) in zone.ring.iter().enumerate() {
            write!(out, "{}[{lon},{lat}]", if i == 0 { "" } else { "," })?;
        }
        write!(out, "]]}}}}")?;
    }
    writeln!(out, "\n]}}")
}

fn jobs(world: &World, register: &Register<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "zone,activity,size_class,employees,local_units")?;
    for (i, zone) in world.zones.iter().enumerate() {
        for ((activity, class), (employees, units)) in Register::jobs_of(&register.of_zone(i)) {
            writeln!(out, "{},{activity},{},{employees},{units}", zone.code, SIZE_CLASSES[class].0)?;
        }
    }
    Ok(())
}

fn establishments(world: &World, register: &Register<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "unit,firm,zone,activity,employees,phase")?;
    for (i, zone) in world.zones.iter().enumerate() {
        let code = &zone.code;
        for unit in register.of_zone(i) {
            let phase = if unit.activity.industry.is_some() { unit.activity.phase } else { "" };
            let (number, firm, activity) = (unit.unit, unit.firm, unit.activity.code);
            writeln!(out, "{code}-{number},{code}-{firm},{code},{activity},{},{phase}", unit.employees)?;
        }
    }
    Ok(())
}

fn truth_areas(world: &World, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "zone,area")?;
    for (zone, area) in world.zones.iter().zip(world.truth()) {
        writeln!(out, "{},{area}", zone.code)?;
    }
    Ok(())
}

fn truth_districts(world: &World, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "area,name,kind,industry,near_miss")?;
    for area in &world.areas {
        let industry = area.industry.map_or("", super::activities::Industry::id);
        let (code, name, kind, near_miss) = (&area.code, &area.name, area.kind.word(), area.near_miss);
        writeln!(out, "{code},{name},{kind},{industry},{near_miss}")?;
    }
    Ok(())
}

fn readme(world: &World, files: WorldFiles) -> String {
    let o = &world.options;
    let register = if files.register {
        "| `establishments.csv.gz` | local units; `firm` is the unit that founded the firm; employees of a zone add up to the flows into it |\n"
    } else {
        ""
    };
    format!(
        "# A made country\n\n\
         {} zones in {} planted labour market areas; seed {}, noise {}, scale {}. Nothing in it is real.\n\n\
         | file | what |\n|---|---|\n\
         | `study.toml` | the study: `distretto run study.toml --out edition/` |\n\
         | `zones.csv` | zones with residents and employed residents |\n\
         | `flows.csv.gz` | commuters; those of an origin add up to its employed residents |\n\
         | `borders.geojson.gz` | borders, longitude and latitude; neighbours share vertices exactly |\n\
         {register}\
         | `jobs.csv` | local units and employees by zone, activity and size class; those of a zone add up to the flows into it |\n\
         | `truth_areas.csv` | the planted area of each zone |\n\
         | `truth_districts.csv` | what each planted area is, its main industry, and whether it was planted just on its side of a threshold |\n",
        world.zones.len(),
        world.areas.len(),
        o.seed,
        o.noise,
        o.scale,
    )
}

fn study(world: &World) -> String {
    format!(
        r#"# A study of a made country whose truth is known. Try: distretto run study.toml --out edition/

[study]
title = "A made country (seed {seed}, {zones} zones)"
vintage = "made"

[zones]
path = "zones.csv"
columns = {{ code = "code", name = "name", region = "region", residents = "residents", lon = "lon", lat = "lat" }}

# Who lives where and works where.
[flows]
path = "flows.csv.gz"
columns = {{ origin = "origin", destination = "destination", flow = "flow" }}

[borders]
path = "borders.geojson.gz"
key = "code"

[jobs]
path = "jobs.csv"
columns = {{ zone = "zone", activity = "activity", size_class = "size_class", employees = "employees", local_units = "local_units" }}
classification = "nace-rev2"

# Labour market areas: the EU-TTWA method with Italy's parameters.
[areas]
mode = "clean"
min_size = 1000
min_sc = 0.60
target_size = 10000
target_sc = 0.75

# Industrial districts: the rule of Sforzi and Istat.
[districts]
rule = "istat"

# How well the areas found agree with the planted ones.
[[compare]]
name = "Planted areas"
path = "truth_areas.csv"
columns = {{ zone = "zone", area = "area" }}
"#,
        seed = world.options.seed,
        zones = world.zones.len(),
    )
}
