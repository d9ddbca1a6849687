/** Documents of an edition that several pages read. */
import { type Loading, useData } from "./api";
import { slug } from "./site";
import type { Answer, AreaDoc, Edition, EditionSummary, MapDoc, Sketch, Table } from "./types";

type Of = EditionSummary | undefined;
const address = (edition: Of, file: string) => (edition ? `editions/${edition.id}/${file}` : null);

/** All that is known of each area, a row an area, in the order of area indices. */
export const useAreaProfiles = (edition: Of): Loading<Table> => useData(address(edition, "area_profiles.json"));

/** All that is known of each zone, a row a zone, in the order of zone indices; large. */
export const useZoneProfiles = (edition: Of): Loading<Table> => useData(address(edition, "zone_profiles.json"));

/** What a map needs, colours and indicators among it; without tiles where the edition has no borders. */
export const useMapDoc = (edition: Of): Loading<MapDoc> => useData(address(edition, "map.json"));

/** Outlines of the areas; nothing where the edition has no borders. */
export const useSketch = (edition: Of): Loading<Sketch> => useData(edition?.has.map ? address(edition, "sketch.json") : null);

/** The document of one area. */
export const useArea = (edition: Of, code: string): Loading<AreaDoc> => useData(address(edition, `areas/${slug(code)}.json`));

/** What an edition says about itself. */
export const useEdition = (edition: Of): Loading<Edition> => useData(edition ? `editions/${edition.id}.json` : null);

/** The answer of an edition: how many, where, how sure. */
export const useAnswer = (edition: Of): Loading<Answer> => useData(address(edition, "answer.json"));
