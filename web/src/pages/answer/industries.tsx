import { filterQuery, NO_FILTERS } from "../../filters";
import { industryName, number } from "../../format";
import { t } from "../../i18n";
import { href } from "../../router";
import type { Cell } from "../../types";
import type { Part } from "./part";
import { Sortable } from "./sortable";
import { whole } from "./whole";

/** Districts by main industry. */
export function Industries({ edition, answer }: Part) {
  const { industries, certainty } = answer;
  if (industries.length === 0) return <p class="said">{t("answer.noIndustries")}</p>;
  const rows = industries.map(({ id, name, ...rest }) => ({ id, name: industryName(id, name), ...rest }));
  return (
    <Sortable
      id="industries"
      edition={edition}
      title={t("answer.byIndustry")}
      caption={t(certainty ? "answer.byIndustry.caption" : "answer.byIndustry.captionRun")}
      data={{
        columns: [
          {
            name: "name",
            label: t("measure.main_industry"),
            link: ({ id }) => href(`${edition.id}/areas/`, filterQuery({ ...NO_FILTERS, industry: [String(id)], kind: ["district"] })),
          },
          { name: "districts", label: t("answer.districts"), format: whole },
          ...(certainty ? [{ name: "expected", label: t("answer.expected"), format: (value: Cell) => number(value) }] : []),
          { name: "jobs", label: t("measure.main_industry_jobs"), format: whole },
        ],
        rows,
        source: { table: "area_profiles", formats: ["parquet", "csv", "json"], filter: "kind = district, main_industry" },
      }}
    />
  );
}
