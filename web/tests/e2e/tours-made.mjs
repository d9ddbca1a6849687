/** A made tour as a folder of tables: three days, three districts, hosts that nobody knows. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const HOSTS = [
  // district, kind, name, phases, minutes, open (hours), more
  [0, "enterprise", "Conceria del Fosso", ["tanning"], 90, "09:00-12:30,14:30-18:00", { group: 15, look_for: "The drums are run at night, when energy is cheap: ask how that changed the work of the day." }],
  [0, "enterprise", "Pelli Borgoalto", ["finishing"], 75, "09:00-17:00"],
  [0, "service_centre", "Consorzio depuratore", ["water treatment"], 60, "08:30-12:00", { practices: "shared treatment of water", look_for: "Two hundred firms share one plant: who pays for what, and who decides?" }],
  [0, "institution", "Camera dei mestieri", [], 60, "09:00-13:00"],
  [0, "cultural_site", "Museo della pelle", [], 60, "10:00-13:00,15:00-18:30", { meets: "step-free" }],
  [0, "enterprise", "Tintoria Quattro Rii", ["dyeing"], 60, "09:00-12:30"],
  [0, "enterprise", "Macchine Orsini Vecchi", ["machinery"], 75, "09:00-12:30,14:00-18:00"],
  [0, "territorial_site", "Mulino sul Fosso", [], 45, "09:00-19:00", { meal: "yes" }],
  [1, "enterprise", "Calzaturificio Vallescura", ["shoes"], 90, "09:00-12:30,14:30-17:30", { group: 12, guides: 2 }],
  [1, "enterprise", "Suole Lanterna", ["soles"], 60, "09:00-12:30,14:00-17:00"],
  [1, "research_centre", "Laboratorio materiali", ["testing"], 75, "09:30-17:00", { practices: "testing of soles" }],
  [1, "enterprise", "Forme e tacchi Piana", ["lasts"], 60, "08:00-12:00"],
  [1, "service_centre", "Scuola di modellisti", ["design"], 60, "09:00-13:00,14:30-17:00"],
  [1, "cultural_site", "Pieve di Vallescura", [], 40, "09:00-12:00,15:00-19:00"],
  [1, "enterprise", "Tomaificio Ricamo", ["stitching"], 60, "09:00-12:30,14:00-17:00"],
  [1, "institution", "Comune di Vallescura", [], 45, "09:00-13:00"],
  [2, "enterprise", "Borse Pontelungo", ["bags"], 75, "09:00-12:30,14:00-17:30"],
  [2, "enterprise", "Minuterie Stella", ["fittings"], 60, "09:00-17:00"],
  [2, "service_centre", "Consorzio export", ["export"], 60, "09:00-17:30", { practices: "export consortium" }],
  [2, "territorial_site", "Fattoria del Ponte", [], 75, "11:00-15:00", { meal: "yes", look_for: "Lunch from the farm: how a district feeds itself." }],
  [2, "research_centre", "Centro prove cuoio", ["testing"], 60, "09:00-12:30"],
  [2, "enterprise", "Cinture Due Fibbie", ["belts"], 60, "09:00-12:30,14:00-17:00", { consent: "" }],
  [2, "enterprise", "Packaging Pontelungo", ["packaging"], 60, "09:00-17:00", { languages: "it" }],
  [2, "institution", "Unione artigiani", [], 60, "09:00-12:30", { notice: 90 }],
];

/** Tables as CSV: an object a row, with the columns of all. */
function csv(rows) {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const field = (value) => `"${String(value ?? "").replaceAll('"', '""')}"`;
  return [columns, ...rows.map((row) => columns.map((column) => row[column]))].map((line) => `${line.map(field).join(",")}\n`).join("");
}

/** Writes the tour, with hosts in three districts of an edition: each with its `code`, `name` and `middle`. */
export function writeTour(folder, edition, districts) {
  const near = (district, at) => {
    const [lon, lat] = districts[district].middle;
    const far = 0.008 + 0.006 * (at % 8);
    return { lon: (lon + far * 1.35 * Math.cos(at * 2.4)).toFixed(5), lat: (lat + far * Math.sin(at * 2.4)).toFixed(5) };
  };
  const hosts = HOSTS.map(([district, kind, name, phases, minutes, open, more = {}], at) => ({
    code: `E${String(at + 1).padStart(2, "0")}`, name, kind, ...near(district, at), address: `Via del Lavoro ${at + 3}`, town: districts[district].name, district: districts[district].code,
    industries: "leather_footwear", phases: phases.join(";"), hours: `Mo-Fr ${open}; PH off`, minutes, languages: "it; en", notice: 14, cost: { cultural_site: "90.00", territorial_site: "420.00" }[kind], consent: "yes", valid_until: "2026-12-31", ...more,
  }));
  const delegates = Array.from({ length: 16 }, (_, at) => ({
    code: `T${String(at + 1).padStart(2, "0")}`, role: ["director of a service centre", "owner of a tannery", "official of a ministry", "designer"][at % 4], country: ["PT", "MX", "TN", "IN", "BR"][at % 5],
    languages: at % 3 ? "en" : "es; en", phases: `${["tanning", "shoes", "bags", "testing"][at % 4]}*${3 + (at % 3)}`,
  }));
  const visits = [
    { host: "E03", state: "confirmed", demand: "free", start: "2026-05-11 10:30" },
    { host: "E09", state: "asked", demand: "mandatory" },
    { host: "E18", state: "declined", demand: "free" },
  ];
  const contacts = [{ host: "E01", name: "Ufficio visite", role: "reception", phone: "+39 000 000000", email: "visite@example.org" }];
  const [lon, lat] = districts[0].middle;
  const days = ["2026-05-11", "2026-05-12", "2026-05-13"].map((date) => `
[[day]]
date = ${date}
from = "H1"
to = "H1"
starts = 08:30
ends = 18:30
meal = { from = 12:15, until = 14:00, minutes = 75 }
`);
  const toml = `title = "Leather and shoes"
aim = "How small tanneries share the treatment of water."
edition = ${JSON.stringify(edition)}

[frame]
time_zone = "Europe/Rome"
country = "IT"
currency = "EUR"
budget = 4500
seats = 30
buffer = 10
one_hotel = true
asked_on = 2026-03-02

[[base]]
code = "H1"
name = "Hotel Centrale"
lon = ${lon + 0.01}
lat = ${lat - 0.02}
address = "Via Roma 1"
town = ${JSON.stringify(districts[0].name)}
hotel = true
cost = 1520.00
${days.join("")}
[delegation]
interpreted = ["it"]
staff = 2
`;
  mkdirSync(folder);
  const files = { "tour.toml": toml, "hosts.csv": csv(hosts), "delegates.csv": csv(delegates), "visits.csv": csv(visits), "contacts.csv": csv(contacts), "emergency.csv": "who,number,person\nEmergencies,112,no\nThe coach driver,+39 000 222222,yes\n" };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}

/** The district of an atlas with most jobs, and the two nearest to it. */
export async function threeDistricts(address) {
  const json = (path) => fetch(new URL(path, address)).then((answer) => answer.json());
  const edition = "api/v1/editions/made";
  const [{ areas }, { rows }] = await Promise.all([json(`${edition}/map.json`), json(`${edition}/area_profiles.json`)]);
  const all = areas.map(({ code, name, lon, lat }, at) => ({ code, name, middle: [lon, lat], row: rows[at] })).filter(({ row, middle }) => row.kind === "district" && middle[0] !== null);
  const [first] = all.sort((a, b) => b.row.main_industry_jobs - a.row.main_industry_jobs);
  const far = ({ middle: [lon, lat] }) => Math.hypot((lon - first.middle[0]) * 0.72, lat - first.middle[1]);
  return all.sort((a, b) => far(a) - far(b)).slice(0, 3);
}
