/** What the API says, by address. Every address below is under `api/v1/`; a static site holds the same files. */

/** A cell of a table: missing is `null`, never NaN. */
export type Cell = string | number | boolean | null;
/** A row of a table, by column. */
export type Row = Record<string, Cell>;

/** `editions.json` */
export interface Editions {
  program: { name: string; version: string; commit: string | null };
  /** `live`: a server that answers queries and reruns; `static`: files on a web host. */
  mode: "live" | "static";
  editions: EditionSummary[];
}

export interface EditionSummary {
  id: string;
  title: string;
  vintage: string | null;
  zones: number;
  areas: number;
  /** `null` where the edition has no jobs. */
  districts: number | null;
  has: { map: boolean; flows: boolean; jobs: boolean; certainty: boolean; rerun: boolean; grid: boolean };
}

/** `editions/{edition}.json` */
export interface Edition extends EditionSummary {
  tables: TableInfo[];
  /** Size, self-containment, thresholds: what the study set, by name as in `study.toml`. */
  parameters: Record<string, number>;
  /** Steps of each parameter for a slider: what is sensible to try. */
  sliders: Slider[];
  citation: { text: string; bibtex: string };
  inputs: { path: string; size: number; sha256: string }[];
  messages: { code: string; severity: string; what: string; why: string | null }[];
  seed: number;
  method: string;
}

export interface Slider {
  /** Name in `study.toml`: min_size, target_size, min_sc, target_sc, sector_lq, industry_lq, sme_share, ... */
  name: string;
  section: "areas" | "districts";
  min: number;
  max: number;
  step: number;
  /** The value of the study. */
  value: number;
}

export interface TableInfo {
  name: string;
  title: string;
  rows: number;
  key: string[];
  fields: Field[];
  /** Formats it can be had in, as endings: json, csv, parquet, geojson. */
  formats: string[];
}

export interface Field {
  name: string;
  type: "string" | "integer" | "number" | "boolean";
  description: string;
}

/** `editions/{edition}/{table}.json`: any table of the edition, and two that join what is known of a place:
 * `area_profiles` (areas, districts, area_certainty, district_certainty) and `zone_profiles` (zones, zone_certainty). */
export interface Table {
  table: string;
  total: number;
  offset: number;
  rows: Row[];
}

/** `editions/{edition}/map.json`: what a map needs before its tiles. */
export interface MapDoc {
  /** West, south, east, north, degrees. */
  bounds: [number, number, number, number];
  min_zoom: number;
  max_zoom: number;
  /** From this zoom on the layer `borders` has every line. */
  full_zoom: number;
  /** Relative to `editions/{edition}/`: `tiles/{z}/{x}/{y}.mvt` or `tiles.pmtiles`; empty where there are no borders. */
  tiles: string;
  /** By area index: feature ids of the layer `areas`, property `a` of the layer `zones`. A place is null where it is unknown. */
  areas: {
    code: string;
    name: string;
    lon: number | null;
    lat: number | null;
    bbox: [number, number, number, number] | null; kind: string | null; main_industry: string | null;
  }[];
  /** In the order of the legend; those with districts first. */
  industries: { id: string; name: string; colour: string; striped: boolean }[];
  kinds: { id: string; colour: string | null }[];
  indicators: Indicator[];
}

/* Layers of a tile:
 *   zones    polygons; id = zone index; a = area index (absent without one); m = membership in percent; k = c|f|x (core, fringe, contested)
 *   areas    polygons; id = area index
 *   borders  lines between zones; id = row of `borders`; a, b = zone indices; s = strength in percent; x = 1 where the run separates them.
 *            Below `full_zoom` only lines with x = 1 or s >= 5.
 *   outline  lines: the coast and the frontier.
 */

export interface Indicator {
  /** Column of `area_profiles`. */
  id: string;
  description: string;
  unit: "persons" | "employees" | "share" | "quotient" | "zones" | "km2" | "number" | "units";
  scale: "sequential" | "diverging";
  /** Fixed breaks, ascending; classes are one more, open at both ends; a class holds its lower break. */
  breaks: number[];
  /** A colour a class. */
  colours: string[];
  /** Of all areas: quartiles, and the sum where adding up makes sense. */
  national: { n: number; min: number; q1: number; median: number; q3: number; max: number; total: number | null };
}

/** `editions/{edition}/areas/{code}.json` */
export interface AreaDoc {
  index: number;
  code: string;
  name: string;
  /** Row of `area_profiles`. */
  profile: Row;
  bbox: [number, number, number, number] | null;
  /** Rows of `steps` of this area, without the column `area` and `description`, in order. */
  steps: Step[];
  /** Rows of `area_jobs` of this area. */
  jobs: JobsRow[];
  flows: {
    /** Employed residents who work here. */
    inside: number;
    /** People who come to work, and all who leave. */
    in_total: number;
    out_total: number;
    /** Most first, at most 12 each. */
    in: Partner[];
    out: Partner[];
  } | null;
  zones: ZoneRow[];
  neighbours: (Other & { shared_m: number })[];
  /** Areas whose manufacturing is most alike: Krugman's index of dissimilarity between industry shares, 0 to 2. */
  alike: (Other & { dissimilarity: number })[];
  /** Codes of the areas before and after it by name. */
  previous: string | null;
  next: string | null;
}

export interface Step {
  step: number;
  test: string;
  industry: string;
  /** Name of the industry, where the test is of one. */
  industry_name: string | null;
  counts: boolean;
  outcome: string;
  value: number | null;
  threshold: number | null;
  margin: number | null;
  relative_margin: number | null;
  why_missing: string | null;
  estimated: boolean;
}

export interface JobsRow {
  grouping: string;
  group: string;
  group_name: string;
  size_class: string;
  employees: number | null;
  employees_status: string;
  local_units: number | null;
  local_units_status: string;
}

export interface Other {
  code: string;
  name: string;
  kind: string | null;
  main_industry: string | null;
}

export interface Partner extends Other {
  flow: number;
}

/** A member of an area, with what `zone_profiles` says of it. */
export interface ZoneRow {
  index: number;
  zone: string;
  name: string;
  population: number | null;
  residents: number | null;
  workers: number | null;
  membership: number | null;
  membership_kind: string | null;
  runner_up: string | null;
  runner_up_name: string | null;
  runner_up_membership: number | null;
}

/** `editions/{edition}/answer.json` */
export interface Answer {
  zones: number;
  areas: number;
  zones_without_area: number;
  /** By kind, in the order of the rule; `null` without jobs. */
  kinds: { kind: string; areas: number; manufacturing_jobs: number; population: number | null }[] | null;
  /** Of districts: jobs in manufacturing, in main industries, and the share of the nation's manufacturing. */
  district_jobs: { manufacturing: number; main_industry: number; share: number | null; estimated: boolean } | null;
  /** Districts by jobs in their main industry; areas by people working there, without jobs. */
  largest: (Other & { jobs: number })[];
  regions: { region: string | null; areas: number; districts: number | null; population: number | null; manufacturing_jobs: number | null }[];
  industries: { id: string; name: string; districts: number; jobs: number; expected: number | null }[];
  /** Areas one failed test short of a district, nearest first, and districts that pass most narrowly. */
  near_misses: NearMiss[];
  near_falls: NearMiss[];
  certainty: AnswerCertainty | null;
}

export interface NearMiss extends Other {
  test: string;
  industry: string;
  industry_name: string | null;
  value: number | null;
  threshold: number | null;
  relative_margin: number | null;
  /** How often replicates make it a district, 0 to 1. */
  probability: number | null;
}

export interface AnswerCertainty {
  vary: string[];
  replicates: number;
  /** Rows of `counts` about the whole country and all sources together. */
  areas: CountInterval | null;
  districts: CountInterval | null;
  histogram: { of: "areas" | "districts"; count: number; replicates: number }[];
  /** Districts of the run by class. */
  near_certain: number;
  likely: number;
  doubtful: number;
  /** Other areas that are a district in at least one replicate of twenty. */
  unlikely: number;
  memberships: { core: number; fringe: number; contested: number };
}

export interface CountInterval {
  run: number;
  median: number;
  low80: number;
  high80: number;
  low95: number;
  high95: number;
}

/** `editions/{edition}/find.json`: places to search; `area` is an area index. */
export interface Find {
  areas: { code: string; name: string; kind: string | null; main_industry: string | null }[];
  zones: { code: string[]; name: string[]; area: (number | null)[] };
  industries: { id: string; name: string; districts: number }[];
}

/** `editions/{edition}/sketch.json`: outlines of areas, light enough to stand beside text; nothing where there are no borders. */
export interface Sketch {
  width: number;
  height: number;
  /** SVG path data by area index. */
  areas: (string | null)[];
}

/** `editions/{edition}/flow_map/{level}.json`: level 0 (few groups of areas) to the last (areas as they are). */
export interface FlowMap {
  level: number;
  levels: number;
  /** Zoom of the map from which this level is drawn. */
  zoom: number;
  nodes: { name: string; lon: number; lat: number; areas: number[]; inside: number }[];
  /** Origin, destination (places in `nodes`), persons; most first. */
  flows: [number, number, number][];
  /** Persons who commute between different areas; how many of them are drawn here; how many hide inside nodes. */
  between_areas: number;
  drawn: number;
  within_nodes: number;
}

/** What `POST editions/{edition}/rerun` takes: any of the sliders' names; what is left out is as in the study. */
export type RerunRequest = Record<string, number>;

/** What it answers, and `editions/{edition}/grid/{n}.json`. */
export interface Rerun {
  parameters: Record<string, number>;
  /** Wall time of the search and the verdicts; `null` where it was made before. */
  seconds: number | null;
  areas: number;
  districts: number | null;
  kinds: Record<string, number> | null;
  converged: boolean;
  /** New area of each zone, by zone index: a place in `new_areas`. */
  zone_area: (number | null)[];
  new_areas: { code: string; name: string; kind: string | null; main_industry: string | null; residents: number | null; zones: number }[];
  /** Zones whose area is not the one matched with the area they had. */
  changed_zones: number[];
  changed_residents_share: number | null;
  /** Adjusted Rand index with the edition, zones counting alike. */
  agreement: number | null;
  districts_gained: { name: string; main_industry: string | null; area: string | null }[];
  districts_lost: { code: string; name: string; main_industry: string | null }[];
}

/** `editions/{edition}/grid.json` */
export interface Grid {
  /** Each with the values that were tried; the study's own among them. */
  axes: { name: string; values: number[] }[];
  /** One a combination, the last axis fastest: number of its file under `grid/`, and the place of its value on each axis. */
  points: { n: number; at: number[]; areas: number; districts: number | null; changed_zones: number }[];
}

/** What an error answers. */
export interface Problem {
  status: number;
  code: string;
  what: string;
  why: string | null;
  hint: string | null;
}
