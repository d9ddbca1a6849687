import { industryName } from "../../format";
import { t } from "../../i18n";
import { areaHref } from "../../router";
import type { Cell } from "../../types";
import type { Part } from "./part";
import { Sortable } from "./sortable";
import { whole } from "./whole";

/** The largest districts; the largest areas where there are no jobs. */
export function Largest({ edition, answer }: Part) {
  const { largest, kinds } = answer;
  if (largest.length === 0) return null;
  return (
    <Sortable
      id="largest"
      edition={edition}
      title={t(kinds ? "answer.largest.districts" : "answer.largest.areas")}
      caption={t(kinds ? "answer.largest.districts.caption" : "answer.largest.areas.caption")}
      data={{
        columns: [
          { name: "name", label: t("measure.name"), link: ({ code }) => areaHref(edition, code) },
          ...(kinds ? [{ name: "main_industry", label: t("measure.main_industry"), format: (id: Cell) => industryName(String(id)) }] : []),
          { name: "jobs", label: t(kinds ? "measure.main_industry_jobs" : "measure.workers"), format: whole },
        ],
        rows: largest.map((row) => ({ ...row })),
        source: { table: "area_profiles", formats: ["parquet", "csv", "json"] },
      }}
    />
  );
}
