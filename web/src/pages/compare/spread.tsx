import { useMemo } from "preact/hooks";
import { Dots } from "../../charts/dots";
import { Figure } from "../../components/figure";
import { t } from "../../i18n";
import { label } from "../../labels";
import { GROUPS, MEASURES, inUnit, nationalOf } from "../../measures";
import { setQuery, useAddress } from "../../router";
import type { Cell, EditionSummary, Row } from "../../types";

interface Props {
  edition: EditionSummary;
  places: Row[];
  all: Row[];
}

/** The places on one measure, before all areas of the nation. */
export function Spread({ edition, places, all }: Props) {
  const { query } = useAddress();
  const offered = useMemo(() => GROUPS.map((group) => ({ group, measures: MEASURES[group].filter((measure) => nationalOf(all, measure) !== null) })), [all]);
  const measures = offered.flatMap((one) => one.measures);
  const measure = measures.find(({ id }) => id === query.get("measure")) ?? measures[0];
  const national = measure && nationalOf(all, measure);
  if (!measure || !national) return null;
  const { id, unit } = measure;
  const read = (value: Cell) => inUnit(value, unit);
  const values = all.flatMap((row) => (typeof row[id] === "number" ? [row[id]] : []));
  const isLog = national.min > 0 && national.max > 20 * national.median;
  const missing = places.filter((place) => typeof place[id] !== "number");
  return (
    <Figure
      id={`compare-${id}`}
      edition={edition}
      title={t("compare.spread", { measure: label(id) })}
      caption={[
        t("compare.spread.caption", { n: national.n }),
        isLog && t("compare.spread.log"),
        missing.length > 0 && t("compare.spread.missing", { names: missing.map(({ name }) => String(name)).join(", ") }),
      ]
        .filter(Boolean)
        .join(" ")}
      data={{
        columns: [
          { name: "name", label: t("chart.area") },
          { name: "area", label: t("chart.code") },
          { name: id, label: label(id), format: read },
          { name: "q1", label: t("area.indicators.q1"), format: read },
          { name: "median", label: t("area.indicators.median"), format: read },
          { name: "q3", label: t("area.indicators.q3"), format: read },
        ],
        rows: places.map(({ name = null, area = null, [id]: value = null }) => ({ name, area, [id]: value, q1: national.q1, median: national.median, q3: national.q3 })),
        source: { table: "area_profiles", formats: ["parquet", "csv", "json"] },
      }}
    >
      <label class="measure">
        {t("compare.measure")}{" "}
        <select value={id} onChange={(event) => setQuery({ measure: event.currentTarget.value })}>
          {offered.map(
            ({ group, measures }) =>
              measures.length > 0 && (
                <optgroup key={group} label={t(`compare.group.${group}`)}>
                  {measures.map(({ id }) => (
                    <option key={id} value={id}>
                      {label(id)}
                    </option>
                  ))}
                </optgroup>
              ),
          )}
        </select>
      </label>
      <Dots
        label={t("compare.spread", { measure: label(id) })}
        all={values}
        national={national}
        isLog={isLog}
        isShare={unit === "share"}
        dots={places.map((place) => ({ key: String(place.area), label: String(place.name), value: (place[id] as number | null) ?? null, text: read(place[id] ?? null) }))}
        words={{ all: t("compare.spread.all"), median: t("area.indicators.median") }}
      />
    </Figure>
  );
}
