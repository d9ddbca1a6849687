//! The tables and triggers the standard prescribes.

use std::fmt::Write;

/// `GPKG`, version 1.3; no journal is needed for a file that nobody else sees yet.
pub(super) const PRAGMAS: &str = "PRAGMA page_size = 4096; PRAGMA application_id = 0x47504B47; \
     PRAGMA user_version = 10300; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;";

pub(super) const TABLES: &str = r#"
CREATE TABLE gpkg_spatial_ref_sys (
    srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
    organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
INSERT INTO gpkg_spatial_ref_sys VALUES
    ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined Cartesian coordinate reference system'),
    ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'),
    ('WGS 84 geodetic', 4326, 'EPSG', 4326,
     'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]',
     'longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid');
CREATE TABLE gpkg_contents (
    table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
    last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
    min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
    CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
    table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
    z TINYINT NOT NULL, m TINYINT NOT NULL,
    CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
    CONSTRAINT uk_gc_table_name UNIQUE (table_name),
    CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
    CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_extensions (
    table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
    CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
"#;

/// A name as SQL writes it.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The name of the index of a layer.
pub(super) fn rtree(layer: &str) -> String {
    quoted(&format!("rtree_{layer}_geom"))
}

/// The table of a layer, with the type of its geometries, its columns and their types, and its index.
pub(super) fn layer(name: &str, geometry_type: &str, columns: &[(&str, &str)]) -> String {
    let mut sql = format!(
        "CREATE TABLE {} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom {geometry_type}",
        quoted(name)
    );
    for (column, kind) in columns {
        // Writing to a string cannot fail.
        let _ = write!(sql, ", {} {kind}", quoted(column));
    }
    let _ = write!(sql, "); CREATE VIRTUAL TABLE {} USING rtree(id, minx, maxx, miny, maxy);", rtree(name));
    sql
}

/// What keeps the index true when a GIS program edits the layer (extension `gpkg_rtree_index`).
pub(super) fn triggers(layer: &str) -> String {
    let (table, index) = (quoted(layer), rtree(layer));
    let trigger = |name: &str| quoted(&format!("rtree_{layer}_geom_{name}"));
    let enter = format!(
        "INSERT OR REPLACE INTO {index} VALUES \
         (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));"
    );
    let (some, none) =
        ("(NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))", "(NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))");
    let remove = format!("DELETE FROM {index} WHERE id = OLD.fid;");
    let remove_both = format!("DELETE FROM {index} WHERE id IN (OLD.fid, NEW.fid);");
    [
        format!("CREATE TRIGGER {} AFTER INSERT ON {table} WHEN {some} BEGIN {enter} END;", trigger("insert")),
        format!(
            "CREATE TRIGGER {} AFTER UPDATE OF geom ON {table} WHEN OLD.fid = NEW.fid AND {some} BEGIN {enter} END;",
            trigger("update1")
        ),
        format!(
            "CREATE TRIGGER {} AFTER UPDATE OF geom ON {table} WHEN OLD.fid = NEW.fid AND {none} BEGIN {remove} END;",
            trigger("update2")
        ),
        format!(
            "CREATE TRIGGER {} AFTER UPDATE ON {table} WHEN OLD.fid != NEW.fid AND {some} BEGIN {remove} {enter} END;",
            trigger("update3")
        ),
        format!(
            "CREATE TRIGGER {} AFTER UPDATE ON {table} WHEN OLD.fid != NEW.fid AND {none} BEGIN {remove_both} END;",
            trigger("update4")
        ),
        format!(
            "CREATE TRIGGER {} AFTER DELETE ON {table} WHEN OLD.geom NOTNULL BEGIN {remove} END;",
            trigger("delete")
        ),
    ]
    .join("\n")
}
