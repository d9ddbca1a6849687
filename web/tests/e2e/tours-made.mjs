/** A made tour: three days, three districts, hosts that nobody knows. */

const PLACES = [
  { code: "D1", name: "Borgoalto", middle: [11.05, 43.8] },
  { code: "D2", name: "Vallescura", middle: [11.33, 43.62] },
  { code: "D3", name: "Pontelungo", middle: [10.72, 43.7] },
];

const HOSTS = [
  // district, kind, name, phases, minutes, points, open (minutes of the day), more
  [0, "enterprise", "Conceria del Fosso", ["tanning"], 90, 190, [[540, 750], [870, 1080]], { group: 15, look_for: "The drums are run at night, when energy is cheap: ask how that changed the work of the day." }],
  [0, "enterprise", "Pelli Borgoalto", ["finishing"], 75, 160, [[540, 1020]]],
  [0, "service_centre", "Consorzio depuratore", ["water treatment"], 60, 220, [[510, 720]], { practices: ["shared treatment of water"], look_for: "Two hundred firms share one plant: who pays for what, and who decides?" }],
  [0, "institution", "Camera dei mestieri", [], 60, 175, [[540, 780]]],
  [0, "cultural_site", "Museo della pelle", [], 60, 120, [[600, 780], [900, 1110]], { meets: ["step-free"] }],
  [0, "enterprise", "Tintoria Quattro Rii", ["dyeing"], 60, 95, [[540, 750]]],
  [0, "enterprise", "Macchine Orsini Vecchi", ["machinery"], 75, 110, [[540, 750], [840, 1080]]],
  [0, "territorial_site", "Mulino sul Fosso", [], 45, 70, [[540, 1140]], { meal: true }],
  [1, "enterprise", "Calzaturificio Vallescura", ["shoes"], 90, 205, [[540, 750], [870, 1050]], { group: 12, guides: 2 }],
  [1, "enterprise", "Suole Lanterna", ["soles"], 60, 130, [[540, 750], [840, 1020]]],
  [1, "research_centre", "Laboratorio materiali", ["testing"], 75, 185, [[570, 1020]], { practices: ["testing of soles"] }],
  [1, "enterprise", "Forme e tacchi Piana", ["lasts"], 60, 115, [[480, 720]]],
  [1, "service_centre", "Scuola di modellisti", ["design"], 60, 150, [[540, 780], [870, 1020]]],
  [1, "cultural_site", "Pieve di Vallescura", [], 40, 60, [[540, 720], [900, 1140]]],
  [1, "enterprise", "Tomaificio Ricamo", ["stitching"], 60, 125, [[540, 750], [840, 1020]]],
  [1, "institution", "Comune di Vallescura", [], 45, 90, [[540, 780]]],
  [2, "enterprise", "Borse Pontelungo", ["bags"], 75, 170, [[540, 750], [840, 1050]]],
  [2, "enterprise", "Minuterie Stella", ["fittings"], 60, 105, [[540, 1020]]],
  [2, "service_centre", "Consorzio export", ["export"], 60, 165, [[540, 1050]], { practices: ["export consortium"] }],
  [2, "territorial_site", "Fattoria del Ponte", [], 75, 100, [[660, 900]], { meal: true, look_for: "Lunch from the farm: how a district feeds itself." }],
  [2, "research_centre", "Centro prove cuoio", ["testing"], 60, 140, [[540, 750]]],
  [2, "enterprise", "Cinture Due Fibbie", ["belts"], 60, 85, [[540, 750], [840, 1020]], { consent: false }],
  [2, "enterprise", "Packaging Pontelungo", ["packaging"], 60, 75, [[540, 1020]], { languages: ["it"] }],
  [2, "institution", "Unione artigiani", [], 60, 95, [[540, 750]], { notice: 90 }],
];

/** With the districts of an atlas where there is one, so that its map lies beneath. */
export async function madeTour(upstream) {
  const districts = upstream ? await districtsOf(upstream) : PLACES;
  const near = (district, at) => {
    const [lon, lat] = districts[district].middle;
    const turn = at * 2.4;
    const far = 0.008 + 0.006 * (at % 8);
    return [Number((lon + far * 1.35 * Math.cos(turn)).toFixed(5)), Number((lat + far * Math.sin(turn)).toFixed(5))];
  };
  const hosts = HOSTS.map(([district, kind, name, phases, minutes, points, open, more = {}], at) => {
    const [lon, lat] = near(district, at);
    const hours = open.map((span) => span.map((m) => `${String(Math.floor(m / 60)).padStart(2, "0")}:${String(m % 60).padStart(2, "0")}`).join("-")).join(",");
    return {
      code: `E${String(at + 1).padStart(2, "0")}`, name, kind, place: { lon, lat, address: `Via del Lavoro ${at + 3}`, town: districts[district].name }, district: districts[district].code,
      industries: ["leather_footwear"], phases, practices: [], look_for: "", hours: `Mo-Fr ${hours}; PH off`, minutes, guides: 1, languages: ["it", "en"], notice: 14, meal: false,
      cost: kind === "cultural_site" ? 9000 : kind === "territorial_site" ? 42000 : 0, meets: [], consent: true, valid_until: "2026-12-31", ...more, open, points,
    };
  });
  const [lon, lat] = districts[0].middle;
  return {
    title: "Leather and shoes", aim: "How small tanneries share the treatment of water.", hosts,
    delegation: {
      delegates: Array.from({ length: 16 }, (_, at) => ({ code: `T${String(at + 1).padStart(2, "0")}`, role: ["director of a service centre", "owner of a tannery", "official of a ministry", "designer"][at % 4], country: ["PT", "MX", "TN", "IN", "BR"][at % 5], languages: at % 3 ? ["en"] : ["es", "en"], interests: [{ subject: "phase", name: ["tanning", "shoes", "bags", "testing"][at % 4], weight: 3 + (at % 3) }], needs: [] })),
      pace: "usual", interpreted: ["it"], staff: 2,
    },
    frame: {
      time_zone: "Europe/Rome", country: "IT", currency: "EUR", one_hotel: true, seats: 30, budget: 450000, buffer: 10, round: 5, asked_on: "2026-03-02",
      driving: { stretch: 270, rest: 45, day: 540, night: 660 },
      days: ["2026-05-11", "2026-05-12", "2026-05-13"].map((date) => ({ date, from: ["H1"], to: ["H1"], starts: "08:30:00", ends: "18:30:00", meal: { from: "12:15:00", until: "14:00:00", minutes: 75 } })),
      bases: [{ code: "H1", name: "Hotel Centrale", place: { lon: lon + 0.01, lat: lat - 0.02, address: "Via Roma 1", town: districts[0].name }, hotel: true, cost: 152000 }],
    },
    visits: [
      { host: "E03", state: "confirmed", demand: "free", start: "2026-05-11T10:30:00", extra: 0 },
      { host: "E09", state: "asked", demand: "mandatory", extra: 0 },
      { host: "E18", state: "declined", demand: "free", extra: 0 },
    ],
    rules: { weights: { interest: 30, repeat: 50, fairness: 40, chain: 100, institution: 150, territory: 120, certainty: 40, language: 30, visit: 10 }, quotas: [], districts: [], shortlist: 60 },
    districts: districts.map(({ code, name, middle }, at) => ({ code, name, industry: "leather_footwear", industry_name: "Leather and footwear", certainty: [0.97, 0.84, 0.61][at], workers: 9000 - 2500 * at, middle, is_district: true })),
  };
}

/** The district with most jobs, and the two nearest to it. */
async function districtsOf(upstream) {
  const json = (path) => fetch(new URL(path, upstream)).then((answer) => answer.json());
  const edition = (await json("api/v1/editions.json")).editions.find(({ has }) => has.map).id;
  const [{ areas }, { rows }] = await Promise.all([json(`api/v1/editions/${edition}/map.json`), json(`api/v1/editions/${edition}/area_profiles.json`)]);
  const all = areas.map(({ code, name, lon, lat }, at) => ({ code, name, middle: [lon, lat], row: rows[at] })).filter(({ row, middle }) => row.kind === "district" && middle[0] !== null);
  const [first] = all.sort((a, b) => b.row.main_industry_jobs - a.row.main_industry_jobs);
  const far = ({ middle: [lon, lat] }) => Math.hypot((lon - first.middle[0]) * 0.72, lat - first.middle[1]);
  return all.sort((a, b) => far(a) - far(b)).slice(0, 3);
}
