import { Downloads } from "../../components/downloads";
import { Cite } from "../../components/cite";
import { Failed } from "../../components/state";
import { t } from "../../i18n";
import { areaHref } from "../../router";
import type { EditionSummary, Row } from "../../types";
import { linesOf } from "./lines";
import { useDocs } from "./docs";

interface Props {
  edition: EditionSummary;
  places: Row[];
  all: Row[];
}

/** The places as columns, measures as rows in groups. What is larger is not thereby better: nothing is marked. */
export function Columns({ edition, places, all }: Props) {
  const { docs, error } = useDocs(edition, places.map(({ area }) => String(area)));
  const groups = linesOf(places, all, docs, edition);
  const codes = places.map(({ area }) => String(area));
  const rows: Row[] = groups.flatMap(({ lines }) => lines.map(({ id, cells, median }) => ({ measure: id, ...Object.fromEntries(codes.map((code, at) => [code, cells[at]?.value ?? null])), median: median?.value ?? null })));
  const data = {
    columns: [
      { name: "measure", label: t("area.indicators.measure") },
      ...places.map(({ area, name }) => ({ name: String(area), label: String(name) })),
      { name: "median", label: t("compare.median") },
    ],
    rows,
    source: { table: "area_profiles", formats: ["parquet" as const, "csv" as const, "json" as const] },
  };
  return (
    <>
      <h2 id="compare-table">{t("compare.table")}</h2>
      {error && <Failed error={error} />}
      <div class="scroll" tabIndex={0} role="region" aria-labelledby="compare-table">
        <table class="columns">
          <thead>
            <tr>
              <th scope="col">{t("area.indicators.measure")}</th>
              {places.map(({ area, name }) => (
                <th key={area} scope="col" class="number">
                  <a href={areaHref(edition, area)}>{name}</a>
                </th>
              ))}
              <th scope="col" class="number">
                {t("compare.median")}
              </th>
            </tr>
          </thead>
          {groups.map(({ group, lines }) => (
            <tbody key={group}>
              <tr class="group">
                <th scope="rowgroup" colSpan={places.length + 2}>
                  {t(`compare.group.${group}`)}
                </th>
              </tr>
              {lines.map(({ id, heading, cells, median }) => (
                <tr key={id}>
                  <th scope="row">{heading}</th>
                  {cells.map(({ words }, at) => (
                    <td key={codes[at]} class="number">
                      {words}
                    </td>
                  ))}
                  <td class="number">{median?.words ?? "–"}</td>
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </div>
      <p class="note">{t("compare.table.caption")}</p>
      <div class="tools">
        <Downloads id="compare" edition={edition} data={data} />
        <Cite edition={edition} />
      </div>
    </>
  );
}
