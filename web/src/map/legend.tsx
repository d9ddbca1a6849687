import { filterQuery, type Filters, isFiltered, toggled } from "../filters";
import { number } from "../format";
import { t } from "../i18n";
import { setQuery } from "../router";
import type { ClassFilter, MapClass } from "./classes";
import type { FlowPicture } from "./flow-map";
import { layerName } from "./chooser";
import { widthOf } from "./ribbons";
import type { Side } from "./side";
import { STRENGTHS } from "./style";
import { SwatchPicture } from "./swatch";

interface Props {
  side: Side;
  filters: Filters;
  flows: FlowPicture | null;
}

/** What colours, patterns and lines mean; a class that is clicked is a filter. */
export function Legend({ side, filters, flows }: Props) {
  const { layer, classes } = side;
  return (
    <section class="map-legend" aria-label={`${t("map.legend")}: ${layerName(layer)}`}>
      <h2>{layerName(layer)}</h2>
      {layer === "membership" && <Memberships filters={filters} />}
      {layer === "borders" && <Strengths />}
      {layer === "flows" && flows && <FlowSizes flows={flows} />}
      {classes.classes.length > 1 && (
        <ul>
          {classes.classes
            .filter(({ n, filter }) => n > 0 || (filter && "range" in filter))
            .map((one) => (
              <li key={one.key}>
                <ClassButton one={one} filters={filters} />
              </li>
            ))}
        </ul>
      )}
      {classes.totals && <p>{t("map.total.note")}</p>}
      {isFiltered(filters) && (
        <button type="button" class="plain" onClick={() => setQuery(filterQuery({ kind: [], industry: [], region: [], class: [], q: "", range: null }))}>
          {t("map.showAll")}
        </button>
      )}
    </section>
  );
}

function isOn(filter: ClassFilter, filters: Filters): boolean {
  if ("list" in filter) return filters[filter.list].includes(filter.value);
  const { column, min, max } = filter.range;
  return filters.range?.column === column && filters.range.min === min && filters.range.max === max;
}

function ClassButton({ one: { label, swatch, n, filter }, filters }: { one: MapClass; filters: Filters }) {
  const content = (
    <>
      <SwatchPicture swatch={swatch} />
      <span class="label">{label}</span>
      <span class="count">{number(n, "units")}</span>
    </>
  );
  if (!filter) return <span class="class">{content}</span>;
  const on = isOn(filter, filters);
  const press = () => setQuery(filterQuery("list" in filter ? toggled(filters, filter.list, filter.value) : { ...filters, range: on ? null : filter.range }));
  return (
    <button type="button" class="class" aria-pressed={on} onClick={press}>
      {content}
    </button>
  );
}

/** Deeper is surer; hue only tells neighbours apart. */
function Memberships({ filters }: { filters: Filters }) {
  return (
    <>
      <svg class="ramp" viewBox="0 0 200 34" role="img" aria-label={t("map.membership.ramp")}>
        {[20, 40, 60, 80, 100].map((m, n) => (
          <g key={m}>
            <rect x={n * 40} y="0" width="40" height="16" fill="#3b6fa0" fill-opacity={0.06 + ((m - 20) / 80) * 0.74} stroke="#5b6670" stroke-opacity="0.4" />
            <text x={n * 40 + 20} y="30" text-anchor="middle" font-size="11" fill="#1c2733">
              {m / 100 === 1 ? "100 %" : m}
            </text>
          </g>
        ))}
      </svg>
      <p>{t("map.membership.note")}</p>
      <ul>
        {(["core", "fringe", "contested"] as const).map((name, n) => (
          <li key={name}>
            <button type="button" class="class" aria-pressed={filters.class.includes(name)} onClick={() => setQuery(filterQuery(toggled(filters, "class", name)))}>
              <svg class="swatch" width="26" height="16" viewBox="0 0 26 16" aria-hidden="true">
                <rect x="0.5" y="0.5" width="25" height="15" rx="2" fill="#3b6fa0" fill-opacity={[0.78, 0.5, 0.22][n]} stroke="#5b6670" stroke-opacity="0.5" />
              </svg>
              <span class="label">{t(`map.membership.${name}`)}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Widths and lightness by how often redraws draw the border. */
function Strengths() {
  return (
    <>
      <table class="strengths">
        <thead>
          <tr>
            <th scope="col">{t("map.border.share")}</th>
            <th scope="col">{t("map.border.inRun")}</th>
            <th scope="col">{t("map.border.notInRun")}</th>
          </tr>
        </thead>
        <tbody>
          {[...STRENGTHS].reverse().map(({ from, run, other, width }, n) => (
            <tr key={from}>
              <th scope="row">{n === 0 ? t("map.fromUp", { from: `${from} %` }) : t("map.fromTo", { from: `${from}`, to: `${STRENGTHS[STRENGTHS.length - n]?.from} %` })}</th>
              {[run, other].map((colour) => (
                <td key={colour}>
                  <svg width="44" height="12" viewBox="0 0 44 12" aria-hidden="true">
                    <line x1="2" x2="42" y1="6" y2="6" stroke={colour} stroke-width={width + 0.4} stroke-linecap="round" />
                  </svg>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p>{t("map.border.note")}</p>
    </>
  );
}

/** Ribbons of three round sizes, and what share of all is drawn. */
function FlowSizes({ flows: { most, sentence, way } }: { flows: FlowPicture }) {
  const top = 10 ** Math.floor(Math.log10(most));
  const first = [5, 2, 1].map((step) => step * top).find((size) => size <= most) ?? top;
  return (
    <>
      <ul class="sizes">
        {[first, first / 4, first / 20].filter((size) => size >= 1).map((size) => {
          const width = widthOf(size, most);
          return (
            <li key={size}>
              <svg width="64" height="18" viewBox="0 0 64 18" aria-hidden="true">
                <path d={`M2 ${9 - width / 2} L62 ${9 - width * 0.09} L62 ${9 + width * 0.09} L2 ${9 + width / 2} Z`} fill="#0b5394" fill-opacity="0.72" />
              </svg>
              {t("map.flows.persons", { n: Math.round(size) })}
            </li>
          );
        })}
      </ul>
      <p>{t("map.flows.note")}</p>
      {way === "area" && (
        <p>
          <span class="dot in" /> {t("map.flows.in")} <span class="dot out" /> {t("map.flows.out")}
        </p>
      )}
      <p role="status">{sentence}</p>
    </>
  );
}
