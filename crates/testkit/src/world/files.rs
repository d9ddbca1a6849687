//! Writes a world as the tables of a study, with the truth beside them. Same world, same bytes.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

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

/// Writes everything into `folder` (made where missing) and names the files. Each file appears under its name only when it is
/// complete; `study.toml` comes last. Cost: linear in pairs and establishments.
pub fn write(world: &World, folder: &Path) -> Result<Vec<PathBuf>, WriteError> {
    fs::create_dir_all(folder).map_err(|source| WriteError { path: folder.to_owned(), source })?;
    let mut written = Vec::new();
    let mut put = |name: &str, content: &dyn Fn(&mut dyn Write) -> io::Result<()>| {
        let path = folder.join(name);
        written.push(path.clone());
        complete(&path, content).map_err(|source| WriteError { path, source })
    };
    put("zones.csv", &|out| zones(world, out))?;
    put("flows.csv.gz", &|out| flows(world, out))?;
    put("borders.geojson.gz", &|out| borders(world, out))?;
    let register = world.register();
    put("jobs.csv", &|out| jobs(world, &register, out))?;
    put("establishments.csv.gz", &|out| establishments(world, &register, out))?;
    put("truth_areas.csv", &|out| truth_areas(world, out))?;
    put("truth_districts.csv", &|out| truth_districts(world, out))?;
    put("README.md", &|out| out.write_all(readme(world).as_bytes()))?;
    put("study.toml", &|out| out.write_all(study(world).as_bytes()))?;
    Ok(written)
}

/// Writes under a temporary name, compressed where the name ends in `.gz`, and renames.
fn complete(path: &Path, content: &dyn Fn(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut partial = path.as_os_str().to_owned();
    partial.push(".partial");
    let packed = path.extension().is_some_and(|extension| extension == "gz");
    let result = File::create(&partial).and_then(|file| {
        if packed {
            // No time and no name in the header: the same content gives the same bytes.
            let mut out = BufWriter::with_capacity(BUFFER, GzEncoder::new(file, Compression::new(6)));
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

fn readme(world: &World) -> String {
    let o = &world.options;
    format!(
        "# A made country\n\n\
         {} zones in {} planted labour market areas; seed {}, noise {}, scale {}. Nothing in it is real.\n\n\
         | file | what |\n|---|---|\n\
         | `study.toml` | the study: `distretto run study.toml --out edition/` |\n\
         | `zones.csv` | zones with residents and employed residents |\n\
         | `flows.csv.gz` | commuters; those of an origin add up to its employed residents |\n\
         | `borders.geojson.gz` | borders, longitude and latitude; neighbours share vertices exactly |\n\
         | `establishments.csv.gz` | local units; `firm` is the unit that founded the firm; employees of a zone add up to the flows into it |\n\
         | `jobs.csv` | the same local units, added up by zone, activity and size class |\n\
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
