import { TableFigure } from "../../components/figure";
import { filterQuery, NO_FILTERS } from "../../filters";
import { kindName, number } from "../../format";
import { t } from "../../i18n";
import { href } from "../../router";
import type { Part } from "./part";

/** What the areas are, by the rule. */
export function Kinds({ edition, answer }: Part) {
  if (!answer.kinds) return <p class="said">{t("answer.noJobs")}</p>;
  return (
    <TableFigure
      id="kinds"
      edition={edition}
      title={t("answer.kinds")}
      caption={t("answer.kinds.caption")}
      data={{
        columns: [
          {
            name: "kind",
            label: t("measure.kind"),
            format: (kind) => kindName(String(kind)),
            link: ({ kind }) => href(`${edition.id}/areas/`, filterQuery({ ...NO_FILTERS, kind: [String(kind)] })),
          },
          { name: "areas", label: t("answer.areas"), format: (value) => number(value, "zones") },
          { name: "manufacturing_jobs", label: t("measure.manufacturing_jobs"), format: (value) => number(value, "employees") },
          { name: "population", label: t("measure.population"), format: (value) => number(value, "persons") },
        ],
        rows: answer.kinds,
        source: { table: "area_profiles", formats: ["parquet", "csv", "json"], filter: "kind" },
      }}
    />
  );
}
