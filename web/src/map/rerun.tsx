import { useEffect, useRef, useState } from "preact/hooks";
import { useMapDoc } from "../data";
import { t } from "../i18n";
import "../styles/map.css";
import type { EditionSummary, MapDoc, Rerun } from "../types";
import { type Atlas, atlas, canDraw } from "./atlas";

/** Colours of a zone: it changed area; it lies in a district now; neither. The swatches of the legend are the same. */
const CHANGED = "#d55e00";
const DISTRICT = "#c3d7e9";
const OTHER = "#ffffff";

const still = { hover: () => undefined, pick: () => undefined, moved: () => undefined, moving: () => undefined };

/** Where zones changed area when the country was run again; the list of these zones says the same. */
export function RerunMap({ edition, rerun }: { edition: EditionSummary; rerun: Rerun }) {
  const { data: doc, error } = useMapDoc(edition);
  const [cannot, setCannot] = useState(() => !canDraw());
  return (
    <figure class="figure" aria-labelledby="rerun-map-title">
      <h3 id="rerun-map-title">{t("rules.map")}</h3>
      {cannot || error ? <p class="said">{t("rules.map.cannot")}</p> : doc && <Canvas edition={edition} doc={doc} rerun={rerun} failed={() => setCannot(true)} />}
      <figcaption>
        <ul class="rerun-legend">
          <li class="changed">{t("rules.map.changed")}</li>
          {rerun.districts !== null && <li class="district">{t("rules.map.district")}</li>}
          <li class="line">{t("rules.map.line")}</li>
        </ul>
        {t("rules.map.caption")}
      </figcaption>
    </figure>
  );
}

function Canvas({ edition, doc, rerun, failed }: { edition: EditionSummary; doc: MapDoc; rerun: Rerun; failed: () => void }) {
  const place = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<Atlas | null>(null);
  useEffect(() => {
    if (!place.current) return;
    let wanted = true;
    let made: Atlas | null = null;
    const words = { "Map.Title": t("rules.map"), "CooperativeGesturesHandler.MobileHelpText": t("map.cooperative") };
    atlas(place.current, edition, doc, null, still, words).then((one) => {
      if (!wanted) return one.remove();
      made = one;
      setMap(one);
    }, failed);
    return () => {
      wanted = false;
      made?.remove();
    };
  }, [edition.id, doc]);
  useEffect(() => map?.redraw(coloursOf(rerun), rerun.zone_area.map((area) => area ?? -1)), [map, rerun]);
  return <div ref={place} class="rerun-map" />;
}

function coloursOf({ zone_area, new_areas, changed_zones }: Rerun): string[] {
  const changed = new Set(changed_zones);
  return zone_area.map((area, zone) => {
    if (changed.has(zone)) return CHANGED;
    return area !== null && new_areas[area]?.kind === "district" ? DISTRICT : OTHER;
  });
}
