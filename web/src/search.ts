/** A search over the areas, zones and industries of an edition. */
import MiniSearch from "minisearch";
import { fold } from "./filters";
import { industryName, kindName } from "./format";
import type { EditionSummary, Find } from "./types";

export type Sort = "area" | "zone" | "industry";

/** Something that was found, by its place in `find.json`. */
export interface Found {
  sort: Sort;
  at: number;
}

interface Entry {
  /** `a`, `z` or `i`, and the place. */
  id: string;
  name: string;
  code: string;
  about: string;
}

export interface Results {
  /** The best of each sort, best first. */
  found: Found[];
  /** Whether nothing is called so, and these are only near. */
  isNear: boolean;
}

export type Search = (text: string) => Results;

const SORTS: Record<string, Sort> = { a: "area", z: "zone", i: "industry" };
const MOST: Record<Sort, number> = { area: 8, zone: 8, industry: 3 };
/** A whole country's zones are put in the index in pieces, so that typing goes on. */
const PIECE = 2_000;

/** Words of a name: letters and digits of any script, without accents. */
const words = (text: string) => fold(text).split(/[^\p{L}\p{N}]+/u);

const made = new Map<string, Promise<Search>>();

/** The search of an edition in a language; made once. */
export function searchOf(edition: EditionSummary, language: string, find: Find): Promise<Search> {
  const key = `${edition.id}/${language}`;
  let search = made.get(key);
  if (!search) {
    search = build(find);
    search.catch(() => made.delete(key));
    made.set(key, search);
  }
  return search;
}

async function build(find: Find): Promise<Search> {
  const index = new MiniSearch<Entry>({
    fields: ["name", "code", "about"],
    tokenize: words,
    processTerm: (term) => term || null,
    autoVacuum: false,
  });
  await index.addAllAsync(entries(find), { chunkSize: PIECE });
  return (text) => results(index, text);
}

function entries(find: Find): Entry[] {
  const names = new Map(find.industries.map(({ id, name }) => [id, name]));
  const industry = (id: string | null) => (id === null ? "" : industryName(id, names.get(id)));
  return [
    ...find.areas.map(({ code, name, kind, main_industry }, at) => ({
      id: `a${at}`,
      name,
      code,
      about: `${kind === null ? "" : kindName(kind)} ${industry(main_industry)}`,
    })),
    ...find.zones.code.map((code, at) => ({ id: `z${at}`, name: find.zones.name[at] ?? "", code, about: "" })),
    ...find.industries.map(({ id, name }, at) => ({ id: `i${at}`, name: industryName(id, name), code: "", about: name })),
  ];
}

function results(index: MiniSearch<Entry>, text: string): Results {
  const all = { prefix: true, boost: { name: 3, code: 2 }, combineWith: "AND" as const };
  // A slip of the finger is forgiven where what was typed finds nothing; failing that, any word will do.
  const exact = index.search(text, all);
  const forgiven = exact.length > 0 ? exact : index.search(text, { ...all, fuzzy: forgiveness(0.25) });
  const isNear = forgiven.length === 0;
  const hits = isNear ? index.search(text, { ...all, combineWith: "OR", fuzzy: forgiveness(0.4) }) : forgiven;
  const found: Found[] = [];
  const left = { ...MOST };
  for (const { id } of hits) {
    const sort = SORTS[String(id)[0] ?? ""] ?? "zone";
    if (left[sort]-- > 0) found.push({ sort, at: Number(String(id).slice(1)) });
  }
  return { found, isNear };
}

/** Letters that may be wrong, as a share of the word; none in short words. */
const forgiveness = (share: number) => (term: string) => (term.length > 3 ? share : false);
