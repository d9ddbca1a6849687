import { number } from "../format";
import { t } from "../i18n";
import { label } from "../labels";
import { href, setQuery } from "../router";
import { slug } from "../site";
import { areaFacts } from "./facts";
import type { Side } from "./side";

const MORE = [
  ["population", "persons"],
  ["workers", "persons"],
  ["residents", "persons"],
  ["zones", "zones"],
  ["sc_supply_side", "share"],
  ["manufacturing_jobs", "employees"],
] as const;

interface Props {
  side: Side;
  area: number;
  zoom(): void;
}

/** The chosen area: its facts, and the way to its page. */
export function Panel({ side, area, zoom }: Props) {
  const { doc, rows, edition, layer } = side;
  const one = doc.areas[area];
  if (!one) return null;
  const { title, lines } = areaFacts(area, side);
  const row = rows[area] ?? {};
  return (
    <section class="map-panel" aria-labelledby="map-panel-title">
      <h2 id="map-panel-title">
        <a href={href(`${edition.id}/areas/${slug(one.code)}/`)}>{title}</a>
      </h2>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      <dl>
        {MORE.filter(([column]) => column in row && column !== layer).map(([column, unit]) => (
          <div key={column}>
            <dt>{label(column)}</dt>
            <dd>{number(row[column], unit)}</dd>
          </div>
        ))}
      </dl>
      <div class="tools">
        <a class="button" href={href(`${edition.id}/areas/${slug(one.code)}/`)}>
          {t("map.toPage")}
        </a>
        <button type="button" onClick={zoom}>
          {t("map.zoomTo")}
        </button>
        <button type="button" onClick={() => setQuery({ area: undefined, zone: undefined })}>
          {t("map.unselect")}
        </button>
      </div>
    </section>
  );
}
