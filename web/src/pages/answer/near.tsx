import { Term } from "../../components/term";
import { industryName, number } from "../../format";
import { t, tMaybe } from "../../i18n";
import { testName } from "../../labels";
import { areaHref } from "../../router";
import type { Cell, EditionSummary, NearMiss, Row } from "../../types";
import { numberOf } from "../area/cells";
import { inUnit, margin } from "../area/tests";
import type { Part } from "./part";
import { Sortable } from "./sortable";

/** Areas at the edge: one failed test short of a district, or a district by a hair. */
export function Near({ edition, answer }: Part) {
  if (!answer.kinds) return null;
  const certain = answer.certainty !== null;
  return (
    <>
      <h2>{t("answer.near")}</h2>
      <p>
        {t("answer.near.what")} <Term id="margin">{t("answer.near.margin")}</Term>
      </p>
      <List id="near-misses" name="misses" places={answer.near_misses} edition={edition} certain={certain} />
      <List id="near-falls" name="falls" places={answer.near_falls} edition={edition} certain={certain} />
    </>
  );
}

interface ListProps {
  id: string;
  name: "misses" | "falls";
  places: NearMiss[];
  edition: EditionSummary;
  certain: boolean;
}

function List({ id, name, places, edition, certain }: ListProps) {
  if (places.length === 0) return <p class="said">{t(`answer.near.${name}.none`)}</p>;
  return (
    <Sortable
      id={id}
      edition={edition}
      title={t(`answer.near.${name}`)}
      caption={t(`answer.near.${name}.caption`)}
      data={{
        columns: [
          { name: "name", label: t("measure.name"), link: ({ code }) => areaHref(edition, code) },
          { name: "test", label: t("answer.near.test"), words },
          { name: "value", label: t("answer.near.value"), words: (row) => valueOf(row, "value") },
          { name: "threshold", label: t("answer.near.threshold"), words: (row) => valueOf(row, "threshold") },
          { name: "relative_margin", label: t("answer.near.relative"), words: (row) => margin(row as unknown as NearMiss) },
          ...(certain ? [{ name: "probability", label: t("answer.near.probability"), format: share }] : []),
        ],
        rows: places.map((place) => ({ ...place })),
        source: { table: "steps", formats: ["parquet", "csv", "json"], filter: "counts" },
      }}
    />
  );
}

const share = (value: Cell) => number(value, "share");

function valueOf(row: Row, column: "value" | "threshold"): string {
  return inUnit({ test: String(row.test) }, numberOf(row, column));
}

/** The test in words, with the industry where it is of one. */
function words({ test, industry, industry_name }: Row): string {
  const unit = tMaybe(`answer.testUnit.${test}`, "");
  const of = industry === "all" ? "" : `: ${industryName(String(industry), industry_name === null ? null : String(industry_name))}`;
  return `${testName(String(test))}${of}${unit && ` (${unit})`}`;
}
