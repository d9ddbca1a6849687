/** Which flows are drawn, and what share of all they are. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { get, useData } from "../api";
import { type Key, digits, t } from "../i18n";
import { slug } from "../site";
import type { AreaDoc, EditionSummary, FlowMap, MapDoc, Partner, Row } from "../types";
import { type Flow, ribbons, type Ribbons } from "./ribbons";

export interface FlowPicture {
  flows: Flow[];
  ribbons: Ribbons;
  /** Persons on the widest one. */
  most: number;
  /** The share that is drawn, in words. */
  sentence: string;
  way: "all" | "area";
}

const IN = "#0b5394";
const OUT = "#b45309";

/** Flows of the whole country by zoom, or those of the chosen area. */
export function useFlowPicture(edition: EditionSummary | undefined, doc: MapDoc | undefined, zoom: number, code: string | null): FlowPicture | null {
  const level = useLevel(code === null ? edition : undefined, zoom);
  const { data: area } = useData<AreaDoc>(edition && code !== null ? `editions/${edition.id}/areas/${slug(code)}.json` : null);
  // Ribbons have their width in pixels: made anew at every half zoom.
  const at = Math.round(zoom * 2) / 2;
  return useMemo(() => {
    if (!doc) return null;
    const made = code === null ? level && ofLevel(level) : area && ofArea(area, doc);
    if (!made) return null;
    const most = Math.max(...made.flows.map(({ persons }) => persons), 1);
    return { ...made, most, ribbons: ribbons(made.flows, most, at), way: code === null ? "all" : "area" };
  }, [doc, level, area, code, at]);
}

/** The last level that is for this zoom; levels are fetched one after another until one is for a closer look. */
function useLevel(edition: EditionSummary | undefined, zoom: number): FlowMap | null {
  const [level, setLevel] = useState<FlowMap | null>(null);
  const id = edition?.id;
  useEffect(() => {
    if (!id) return;
    let wanted = true;
    const climb = async () => {
      let best = await get<FlowMap>(`editions/${id}/flow_map/0.json`);
      while (best.level + 1 < best.levels) {
        const next = await get<FlowMap>(`editions/${id}/flow_map/${best.level + 1}.json`);
        if (next.zoom > zoom) break;
        best = next;
      }
      if (wanted) setLevel(best);
    };
    climb().catch((error: Error) => console.warn(error.message));
    return () => void (wanted = false);
  }, [id, Math.floor(zoom)]);
  return id ? level : null;
}

function ofLevel({ nodes, flows, between_areas: all, drawn, within_nodes: within }: FlowMap) {
  const made = flows.flatMap(([from, to, persons]): Flow[] => {
    const [a, b] = [nodes[from], nodes[to]];
    return a && b ? [{ from: [a.lon, a.lat], to: [b.lon, b.lat], persons, properties: { origin: a.name, destination: b.name } }] : [];
  });
  const key = within > 0 ? "map.flows.drawnGroups" : "map.flows.drawn";
  return { flows: made, sentence: t(key, { share: share(drawn, all), all: Math.round(all), within: share(within, all) }) };
}

function ofArea({ name, code, flows }: AreaDoc, doc: MapDoc) {
  const at = new Map(doc.areas.flatMap(({ code, name, lon, lat }) => (lon === null || lat === null ? [] : [[code, { name, lon, lat }] as const])));
  const own = at.get(code);
  if (!flows || !own) return { flows: [], sentence: t("map.flows.none", { name }) };
  const line = (inward: boolean) => (partner: Partner): Flow[] => {
    const other = at.get(partner.code);
    if (!other) return [];
    const [from, to] = inward ? [other, own] : [own, other];
    const properties = { origin: from.name, destination: to.name, colour: inward ? IN : OUT };
    return [{ from: [from.lon, from.lat], to: [to.lon, to.lat], persons: partner.flow, properties }];
  };
  const sum = (partners: Partner[]) => partners.reduce((all, { flow }) => all + flow, 0);
  const made = [...flows.in.flatMap(line(true)), ...flows.out.flatMap(line(false))].sort((a, b) => b.persons - a.persons);
  const params = {
    name,
    in: share(sum(flows.in), flows.in_total),
    in_total: Math.round(flows.in_total),
    out: share(sum(flows.out), flows.out_total),
    out_total: Math.round(flows.out_total),
  };
  return { flows: made, sentence: t("map.flows.ofArea", params) };
}

function share(part: number, whole: number): string {
  return whole > 0 ? percent(part / whole) : t("value.missing");
}

const percent = (value: number) => digits(value, { style: "percent", maximumFractionDigits: 0 });

/** The drawn flows as rows of a table. */
export const flowColumns = () => ["origin", "destination", "persons"].map((name) => ({ name, label: t(`map.flows.${name}` as Key) }));

export function flowRows({ flows }: FlowPicture): Row[] {
  return flows.map(({ persons, properties: { origin = "", destination = "" } }) => ({ origin, destination, persons }));
}
