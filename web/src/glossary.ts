/** The entries of the glossary: what has no language. Words and explanations are in the message files, as `glossary.{id}` and `glossary.{id}.text`. */

export interface Entry {
  /** In the symbols of `docs/methods.md`. */
  formula?: string;
  unit?: "persons" | "employees" | "units" | "share" | "quotient" | "percent" | "km2" | "bits" | "number" | "degrees";
  /** Who defined it, or chose it. */
  source?: string;
  /** Heading of `docs/methods.md` with all of it. */
  methods?: string;
}

const COOMBES = "Coombes & Bond 2008";
const SFORZI = "Sforzi & Istat 2005; Boix 2008";
const PACKAGE = "Ichim et al. 2023, LabourMarketAreas 3.4";
const TTWA = "Labour market areas: EU-TTWA";
const LIKE = "What areas are like";
const ISTAT = "Industrial districts: the ISTAT rule";
const SURE = "How sure";

export const GLOSSARY: Record<string, Entry> = {
  labour_market_area: { source: COOMBES, methods: TTWA },
  district: { source: SFORZI, methods: ISTAT },
  zone: { methods: "Notation" },
  code: {},
  name: {},
  region: {},
  main_zone: {},
  population: { unit: "persons" },
  km2: { unit: "km2", methods: "Geometry" },
  residents: { formula: "L = Σ F(k, j)", unit: "persons", methods: "Notation" },
  workers: { formula: "W = Σ F(j, k)", unit: "persons", methods: "Notation" },
  inside: { formula: "S = F(k, k)", unit: "persons", methods: "Notation" },
  employees: { unit: "employees", methods: "Jobs" },
  local_unit: { unit: "units", methods: "Jobs" },
  self_containment: { formula: "min(S/L, S/W)", unit: "share", source: COOMBES, methods: "Validity" },
  sc_supply_side: { formula: "S / L", unit: "share", source: COOMBES, methods: "Notation" },
  sc_demand_side: { formula: "S / W", unit: "share", source: COOMBES, methods: "Notation" },
  validity: {
    formula: "v = min(sc / tarSC, 1) · (1 − (1 − minSC/tarSC) · max((tarSZ − L) / (tarSZ − minSZ), 0)) · tarSC/minSC",
    unit: "number",
    source: `${COOMBES}; ${PACKAGE}`,
    methods: "Validity",
  },
  commuter_ratio: { formula: "((L − S) + (W − S)) / (2S)", unit: "number", source: PACKAGE, methods: LIKE },
  home_work_ratio: { formula: "((L − S) − (W − S)) / S", unit: "number", source: PACKAGE, methods: LIKE },
  internal_cohesion_link: { formula: "n(rows) / (n (n − 1))", unit: "share", source: PACKAGE, methods: LIKE },
  internal_cohesion_flows: { formula: "100 · (S − Σ f(c, c)) / S", unit: "percent", source: PACKAGE, methods: LIKE },
  central_zones: { formula: "W > 100, (W − f(c, c)) / (L − f(c, c)) > 1", source: PACKAGE, methods: LIKE },
  links: { source: PACKAGE, methods: LIKE },
  kind: { source: SFORZI, methods: ISTAT },
  large_firm_system: { source: SFORZI, methods: ISTAT },
  undetermined: { methods: ISTAT },
  rule: { source: SFORZI, methods: ISTAT },
  test: { methods: ISTAT },
  margin: { methods: ISTAT },
  main_industry: { formula: "max P, LQ > 1", source: SFORZI, methods: ISTAT },
  lq: { formula: "LQ = (E_is / E_i) / (E_s / E)", unit: "quotient", source: "Florence 1939", methods: ISTAT },
  surplus: { formula: "P = E_is − E_i · E_s / E", unit: "employees", source: SFORZI, methods: ISTAT },
  main_industry_jobs: { unit: "employees", methods: ISTAT },
  main_industry_units: { unit: "units", methods: ISTAT },
  size_class: { source: "2003/361/EC", methods: "Jobs" },
  manufacturing_jobs: { unit: "employees", methods: ISTAT },
  manufacturing_units: { unit: "units", methods: ISTAT },
  national_share: { formula: "E_is / E_s", unit: "share" },
  estimated: { methods: "Jobs" },
  replicates: { methods: SURE },
  sampling: { methods: "Sampling" },
  run: { methods: SURE },
  existence: { formula: "n(J > 1/2) / R", unit: "share", source: "Hennig 2007", methods: "Which area is which" },
  jaccard: { formula: "J(a, b) = w(a ∩ b) / w(a ∪ b)", unit: "share", source: "Hennig 2007", methods: "Which area is which" },
  district_existence: { unit: "share", methods: "Districts" },
  existence_any_industry: { unit: "share", methods: "Districts" },
  class: { methods: "Districts" },
  other_industry: { unit: "share", methods: "Districts" },
  weakest_test: { methods: "Districts" },
  fails: { unit: "share", methods: "Districts" },
  distance: { formula: "(value − threshold) / sd", unit: "number", methods: "Districts" },
  interval: { formula: "[q(0.1), q(0.9)], [q(0.025), q(0.975)]", source: "Hyndman & Fan 1996", methods: "Counts and intervals" },
  standard_error: { formula: "√(p (1 − p) / R)", methods: "How many replicates" },
  membership: { formula: "m = n / R", unit: "share", methods: "Zones" },
  membership_kind: { formula: "m ≥ 0.9; m < 0.6 ∨ m(b) ≥ m(a)/2", methods: "Zones" },
  kind_share: { unit: "share", methods: "Zones" },
  runner_up: { unit: "share", methods: "Zones" },
  elsewhere: { unit: "share", methods: "Zones" },
  without_area: { methods: "Zero list" },
  entropy: { formula: "H = − Σ m log₂ m", unit: "bits", methods: "Zones" },
  consensus: { source: "Binder 1978; Lau & Green 2007", methods: "Consensus" },
  support: { unit: "share", methods: "Consensus" },
  border_strength: { unit: "share", methods: "Borders" },
  calibration: { methods: SURE },
  moves: { methods: "Search" },
  place: { unit: "degrees" },
  agreement: { formula: "ARI = (X − E) / (M − E)", unit: "number", source: "Hubert & Arabie 1985", methods: "Comparing partitions" },
  dissimilarity: { formula: "Σ |s_a − s_b|", unit: "number", source: "Krugman 1991" },
  edition: {},
};

/** Columns whose entry has another name. The first that fits counts. */
const ENTRY_OF: [RegExp, string][] = [
  [/^fails_/, "fails"],
  [/^distance_/, "distance"],
  [/_(median|low80|high80)$/, "interval"],
  [/_se$/, "standard_error"],
  [/^(core|fringe|contested)_(zones|share)$/, "kind_share"],
  [/^main_industry_jobs/, "main_industry_jobs"],
  [/^main_industry_units/, "main_industry_units"],
  [/^manufacturing_jobs/, "manufacturing_jobs"],
  [/^manufacturing_units/, "manufacturing_units"],
  [/^links_/, "links"],
  [/^main_industry_lq$/, "lq"],
  [/^main_industry_surplus$/, "surplus"],
  [/^main_industry_name$/, "main_industry"],
  [/^(other_industry|other_industry_share)$/, "other_industry"],
  [/^(industry|industry_name|times|of|in_base)$/, "district_existence"],
  [/^area_exists$/, "existence"],
  [/^mean_jaccard$/, "jaccard"],
  [/^runner_up/, "runner_up"],
  [/^membership_raw$/, "membership"],
  [/^certainty_without_area$/, "without_area"],
  [/^consensus_area$/, "consensus"],
  [/^area$/, "code"],
  [/^area_name$/, "labour_market_area"],
  [/^zones$/, "zone"],
  [/^(lon|lat)$/, "place"],
];

/** The entry that explains a column or a term; `null` where there is none. */
export function entryOf(name: string): string | null {
  const id = ENTRY_OF.find(([pattern]) => pattern.test(name))?.[1] ?? name;
  return id in GLOSSARY ? id : null;
}
