import { Term } from "../../components/term";
import { industryName, number } from "../../format";
import { t, tMaybe } from "../../i18n";
import { testName } from "../../labels";
import { href } from "../../router";
import { slug } from "../../site";
import type { Cell, EditionSummary, NearMiss, Row } from "../../types";
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
          { name: "name", label: t("measure.name"), link: ({ code }) => href(`${edition.id}/areas/${slug(String(code))}/`) },
          { name: "test", label: t("answer.near.test"), words },
          { name: "value", label: t("answer.near.value"), words: (row) => inUnit(row, "value") },
          { name: "threshold", label: t("answer.near.threshold"), words: (row) => inUnit(row, "threshold") },
          { name: "relative_margin", label: t("answer.near.relative"), format: signed, empty: t("value.notApplicable") },
          ...(certain ? [{ name: "probability", label: t("answer.near.probability"), format: share }] : []),
        ],
        rows: places.map((place) => ({ ...place })),
        source: { table: "steps", formats: ["parquet", "csv", "json"], filter: "counts" },
      }}
    />
  );
}

const share = (value: Cell) => number(value, "share");
const signed = (value: Cell) => `${typeof value === "number" && value > 0 ? "+" : ""}${number(value, "share")}`;

/** What the value of a test is measured in; employees where nothing else is said. */
const UNITS: Record<string, "quotient" | "share"> = {
  specialised: "quotient",
  sme_system: "quotient",
  main_industry: "quotient",
  sme_majority: "share",
};

function inUnit({ test, ...row }: Row, column: "value" | "threshold"): string {
  return number(row[column], UNITS[String(test)] ?? "employees");
}

/** The test in words, with the industry where it is of one. */
function words({ test, industry, industry_name }: Row): string {
  const unit = tMaybe(`answer.testUnit.${test}`, "");
  const of = industry === "all" ? "" : `: ${industryName(String(industry), industry_name === null ? null : String(industry_name))}`;
  return `${testName(String(test))}${of}${unit && ` (${unit})`}`;
}
