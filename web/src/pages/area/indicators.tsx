import { Strip } from "../../charts/strip";
import { TableFigure } from "../../components/figure";
import { Failed, Waiting } from "../../components/state";
import { Term } from "../../components/term";
import { number } from "../../format";
import { t } from "../../i18n";
import { label } from "../../labels";
import { inUnit, standing } from "../../measures";
import type { Cell, Row } from "../../types";
import type { SectionProps } from "../area";
import { numberOf } from "./cells";
import { type Nationals, useNationals } from "./nationals";
import { Section } from "./section";

/** Every measure of the area beside those of all areas. */
export function Indicators({ doc, edition }: SectionProps) {
  const { nationals, error } = useNationals(edition);
  return (
    <Section name="indicators">
      {error && <Failed error={error} />}
      {!nationals && !error && <Waiting />}
      {nationals && (
        <TableFigure
          id={`${doc.code}-indicators`}
          edition={edition}
          title={t("area.indicators.title", { name: doc.name })}
          caption={t("area.indicators.caption")}
          data={{ columns: columnsOf(nationals), rows: rowsOf(doc.profile, nationals), source: { table: "area_profiles", formats: ["parquet", "csv", "json"], filter: `area = ${doc.code}` } }}
        />
      )}
    </Section>
  );
}

function rowsOf(profile: Row, nationals: Nationals): Row[] {
  return nationals.map(({ id, unit, national: { q1, median, q3, total, n, ...ends } }) => {
    const value = numberOf(profile, id);
    const place = value === null ? null : standing(value, { q1, median, q3, total, n, ...ends });
    return { measure: id, unit, value, standing: place, q1, median, q3, total, n };
  });
}

function columnsOf(nationals: Nationals) {
  const unitOf = new Map(nationals.map(({ id, unit }) => [id, unit]));
  const read = (column: string) => (row: Row) => inUnit(row[column], unitOf.get(String(row.measure)));
  return [
    { name: "measure", label: t("area.indicators.measure"), format: (id: Cell) => label(String(id)), render: ({ measure }: Row) => <Term id={String(measure)} /> },
    { name: "value", label: t("area.indicators.value"), words: read("value") },
    {
      name: "standing",
      label: t("area.indicators.standing"),
      empty: "–",
      render: ({ standing }: Row) => (typeof standing === "number" ? <Strip at={standing} label={quarter(standing)} /> : null),
    },
    { name: "q1", label: t("area.indicators.q1"), words: read("q1") },
    { name: "median", label: t("area.indicators.median"), words: read("median") },
    { name: "q3", label: t("area.indicators.q3"), words: read("q3") },
    { name: "total", label: t("area.indicators.total"), empty: t("area.indicators.noTotal"), words: read("total") },
    { name: "n", label: t("area.indicators.n"), format: (value: Cell) => number(value, "zones") },
  ];
}

function quarter(at: number): string {
  return t((["area.quarter.1", "area.quarter.2", "area.quarter.3", "area.quarter.4"] as const)[Math.min(3, Math.floor(at * 4))] ?? "area.quarter.1");
}
