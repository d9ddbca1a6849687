/** Measures over all areas: as the map says them, else worked out from the profiles. */
import { useMemo } from "preact/hooks";
import { useData } from "../../api";
import { GROUPS, MEASURES, type Measure, type National, nationalOf } from "../../measures";
import type { EditionSummary, MapDoc, Table } from "../../types";

export type Nationals = (Measure & { national: National })[];

/** `undefined` until they are there. */
export function useNationals(edition: EditionSummary): { nationals?: Nationals; error?: Error } {
  const { data, error } = useData<MapDoc | Table>(`editions/${edition.id}/${edition.has.map ? "map" : "area_profiles"}.json`);
  const nationals = useMemo(() => data && ("indicators" in data ? data.indicators.map(({ id, unit, national }) => ({ id, unit, national })) : worked(data)), [data]);
  return { ...(nationals && { nationals }), ...(error && { error }) };
}

function worked({ rows }: Table): Nationals {
  return GROUPS.flatMap((group) => MEASURES[group]).flatMap((measure) => {
    const national = nationalOf(rows, measure);
    return national ? [{ ...measure, national }] : [];
  });
}
