import { useMemo, useState } from "preact/hooks";
import { PlacesTable } from "../components/places-table";
import { Failed, Waiting } from "../components/state";
import { useEdition } from "../data";
import { filterQuery, isFiltered, readFilters } from "../filters";
import { language, t } from "../i18n";
import { setQuery, useAddress } from "../router";
import { type Atlas, canDraw, type Hit } from "../map/atlas";
import { Chooser, layerName } from "../map/chooser";
import { CompareChooser } from "../map/compare";
import { useFlowPicture } from "../map/flow-map";
import { Legend } from "../map/legend";
import { Panel } from "../map/panel";
import { type Side, useSide } from "../map/side";
import { Stage } from "../map/stage";
import { Tools } from "../map/tools";
import { readCamera } from "../map/view";
import { useTitle } from "../title";
import type { EditionSummary } from "../types";
import type { PageProps } from ".";
import { areasOf } from "./areas";
import { zonesOf } from "./zones";
import "../styles/map.css";

/** The map, what it can show, and the same places as a table. */
export function MapPage({ site, edition }: PageProps) {
  const { query } = useAddress();
  const filters = readFilters(query);
  const key = JSON.stringify(filterQuery(filters));
  const { side, error } = useSide(edition, query.get("layer"), filters, key, query.has("zone"));
  const beside = site.editions.find(({ id, has }) => id === query.get("with") && has.map);
  const { side: second } = useSide(beside, query.get("withLayer"), filters, key);
  const { data: about } = useEdition(edition);
  const [map, setMap] = useState<Atlas | null>(null);
  const [failure, setFailure] = useState<Error | null>(null);
  const camera = readCamera(query.get("at"));
  const [zoom, setZoom] = useState(camera?.zoom ?? 5);
  const [drawable] = useState(canDraw);
  const code = query.get("area");
  const selected = (code === null ? undefined : side?.areaAt.get(code)) ?? null;
  const zone = query.get("zone");
  const zoneAt = useMemo(() => (zone === null ? -1 : (side?.zones?.code.indexOf(zone) ?? -1)), [zone, side?.zones]);
  const flows = useFlowPicture(side?.layer === "flows" ? edition : undefined, side?.doc, zoom, selected === null ? null : code);

  useTitle(side ? layerName(side.layer) : t("nav.map"), edition.title);

  if (!edition.has.map) return <Without edition={edition} why={t("map.noShapes")} />;
  if (error && !side) return <Failed error={error} />;
  if (!side) return <Waiting />;

  const pick = (hit: Hit | null, from: Side) => {
    if (hit && !("area" in hit)) return;
    const area = hit && from.edition.id === edition.id ? from.doc.areas[hit.area] : undefined;
    const zone = hit?.zone ? from.zones?.code[hit.zone.index] : undefined;
    setQuery({ area: area?.code, zone: area && zone }, { replace: false });
  };
  const zoomTo = (area: number) => {
    const box = side.doc.areas[area]?.bbox;
    if (box) map?.fit(box, 60);
  };
  const title = t("map.title", { edition: edition.title, layer: layerName(side.layer) });
  const credit = about?.citation.text ?? edition.title;
  return (
    <section class="map-page">
      <h1 class="hidden">{title}</h1>
      <div class="map-grid">
        {drawable && !failure ? (
          <Stage
            first={side}
            second={second}
            flows={flows}
            camera={camera}
            selected={selected}
            selectedZone={zoneAt < 0 ? null : zoneAt}
            title={title}
            credit={credit}
            pick={pick}
            rest={({ zoom }) => setZoom(zoom)}
            ready={setMap}
            failed={setFailure}
          />
        ) : (
          <p class="map-none" role="alert">
            {t("map.noWebGL")}
          </p>
        )}
        <aside class="map-side" aria-label={t("map.controls")}>
          <Chooser
            id="map-layer"
            title={t("map.show")}
            layers={side.layers}
            indicators={side.doc.indicators}
            value={side.layer}
            choose={(layer) => setQuery({ layer, range: undefined })}
          />
          {selected !== null && <Panel side={side} area={selected} zoom={() => zoomTo(selected)} />}
          <Legend side={side} filters={filters} flows={flows} />
          {second && second.layer !== side.layer && <Legend side={second} filters={filters} flows={null} />}
          <CompareChooser first={side} second={second} editions={site.editions} />
        </aside>
      </div>
      <div class="map-below">
        <p class="map-summary">{summary(side, isFiltered(filters))}</p>
        <Tools side={side} map={map} flows={flows} credit={credit} />
        <Twin edition={edition} layer={side.layer} isIndicator={side.doc.indicators.some(({ id }) => id === side.layer)} />
      </div>
      <p class="hidden" role="status">
        {selected !== null && t("map.selected", { name: side.doc.areas[selected]?.name ?? "" })}
      </p>
    </section>
  );
}

/** The same places as a table, with the same filters; what is chosen here is chosen there. */
function Twin({ edition, layer, isIndicator }: { edition: EditionSummary; layer: string; isIndicator: boolean }) {
  const { data: about, error } = useEdition(edition);
  const places = useMemo(() => {
    if (layer === "membership") return zonesOf(edition);
    const areas = areasOf(edition);
    return isIndicator ? { ...areas, first: [layer, ...areas.first.filter((column) => column !== layer)], sort: `-${layer}` } : areas;
  }, [edition, layer, isIndicator, language()]);
  return (
    <div id="map-table" tabIndex={-1}>
      {error ? <Failed error={error} /> : about ? <PlacesTable key={places.table} edition={edition} about={about} places={places} /> : <Waiting />}
    </div>
  );
}

/** What is shown, in a sentence. */
function summary({ edition, doc, lit, layer }: Side, filtered: boolean): string {
  const shown = lit.filter(Boolean).length;
  const all = t("map.summary", { n: doc.areas.length, edition: edition.title, layer: layerName(layer) });
  return filtered ? `${all} ${t("map.summary.filtered", { shown, n: doc.areas.length })}` : all;
}

/** In the place of a map that cannot be. */
function Without({ edition, why }: { edition: EditionSummary; why: string }) {
  return (
    <section class="page wide">
      <h1>{edition.title}</h1>
      <p>{why}</p>
      <Twin edition={edition} layer="" isIndicator={false} />
    </section>
  );
}
