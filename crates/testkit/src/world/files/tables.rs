//! The text tables of a world.

use std::io::{self, Write};

use crate::world::World;
use crate::world::activities::Industry;
use crate::world::register::{Register, SIZE_CLASSES};

pub(super) fn zones(world: &World, out: &mut dyn Write) -> io::Result<()> {
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

pub(super) fn flows(world: &World, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "origin,destination,flow")?;
    let code = |zone: u32| world.zones[zone as usize].code.as_str();
    for row in &world.flows {
        writeln!(out, "{},{},{}", code(row.origin), code(row.destination), row.amount)?;
    }
    Ok(())
}

pub(super) fn borders(world: &World, out: &mut dyn Write) -> io::Result<()> {
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

pub(super) fn jobs(world: &World, register: &Register<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "zone,activity,size_class,employees,local_units")?;
    for (i, zone) in world.zones.iter().enumerate() {
        for ((activity, class), (employees, units)) in Register::jobs_of(&register.of_zone(i)) {
            writeln!(out, "{},{activity},{},{employees},{units}", zone.code, SIZE_CLASSES[class].0)?;
        }
    }
    Ok(())
}

pub(super) fn establishments(world: &World, register: &Register<'_>, out: &mut dyn Write) -> io::Result<()> {
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

pub(super) fn truth_areas(world: &World, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "zone,area")?;
    for (zone, area) in world.zones.iter().zip(world.truth()) {
        writeln!(out, "{},{area}", zone.code)?;
    }
    Ok(())
}

pub(super) fn truth_districts(world: &World, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "area,name,kind,industry,near_miss")?;
    for area in &world.areas {
        let industry = area.industry.map_or("", Industry::id);
        let (code, name, kind, near_miss) = (&area.code, &area.name, area.kind.word(), area.near_miss);
        writeln!(out, "{code},{name},{kind},{industry},{near_miss}")?;
    }
    Ok(())
}
