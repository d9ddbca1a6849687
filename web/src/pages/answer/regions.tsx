import { filterQuery, NO_FILTERS } from "../../filters";
import { whole } from "./whole";
import { t } from "../../i18n";
import { href } from "../../router";
import type { Part } from "./part";
import { Sortable } from "./sortable";

/** Areas and districts by region. */
export function Regions({ edition, answer }: Part) {
  const { regions, kinds } = answer;
  if (regions.length === 0) return <p class="said">{t("answer.noRegions")}</p>;
  return (
    <Sortable
      id="regions"
      edition={edition}
      title={t("answer.regions")}
      caption={t("answer.regions.caption")}
      data={{
        columns: [
          {
            name: "region",
            label: t("measure.region"),
            empty: t("answer.noRegion"),
            link: ({ region }) => (region === null ? null : href(`${edition.id}/areas/`, filterQuery({ ...NO_FILTERS, region: [String(region)] }))),
          },
          ...(kinds ? [{ name: "districts", label: t("answer.districts"), format: whole }] : []),
          { name: "areas", label: t("answer.areas"), format: whole },
          { name: "population", label: t("measure.population"), format: whole },
          ...(kinds ? [{ name: "manufacturing_jobs", label: t("measure.manufacturing_jobs"), format: whole }] : []),
        ],
        rows: regions.map((row) => ({ ...row })),
        source: { table: "area_profiles", formats: ["parquet", "csv", "json"], filter: "region" },
      }}
    />
  );
}
