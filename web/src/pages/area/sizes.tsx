import { Bars } from "../../charts/bars";
import { Figure } from "../../components/figure";
import { number } from "../../format";
import { t } from "../../i18n";
import type { Cell, Row } from "../../types";
import type { SectionProps } from "../area";
import { numberOf } from "./cells";

const SIZES = ["small", "medium", "large"] as const;

/** Manufacturing by size of the local unit. */
export function Sizes({ doc, edition }: SectionProps) {
  const rows = sizesOf(doc.profile);
  if (rows.every(({ employees }) => employees === null)) return null;
  const title = t("area.sizes");
  const isUnknown = rows.some(({ size_class }) => size_class === "unknown");
  return (
    <Figure
      id={`${doc.code}-sizes`}
      edition={edition}
      title={title}
      caption={[t("area.sizes.caption"), isUnknown && t("area.sizes.unknown")].filter(Boolean).join(" ")}
      data={{
        columns: [
          { name: "size_class", label: t("chart.size_class"), format: (size) => sizeName(size) },
          { name: "employees", label: t("chart.employees"), format: (value: Cell) => number(value, "employees") },
          { name: "share", label: t("chart.share"), format: (value: Cell) => number(value, "share") },
        ],
        rows,
        source: { table: "districts", formats: ["parquet", "csv", "json"], filter: `area = ${doc.code}` },
      }}
    >
      <Bars
        label={`${title}: ${doc.name}`}
        bars={rows.map(({ size_class, employees, share }) => ({
          key: String(size_class),
          label: sizeName(size_class ?? null),
          value: employees as number | null,
          text: [number(employees, "employees"), share === null ? "" : number(share, "share")].filter(Boolean).join(" · "),
          marked: size_class === "small" || size_class === "medium",
        }))}
      />
    </Figure>
  );
}

/** Employees by size; those in units of unknown size are what the sizes leave of the whole. */
function sizesOf(profile: Row): Row[] {
  const total = numberOf(profile, "manufacturing_jobs");
  const sized = SIZES.map((size_class) => ({ size_class: size_class as string, employees: numberOf(profile, `manufacturing_jobs_${size_class}`) }));
  const known = sized.reduce((sum, { employees }) => sum + (employees ?? 0), 0);
  const isWhole = total === null || sized.some(({ employees }) => employees === null);
  const rest = isWhole ? 0 : Math.round((total - known) * 1e6) / 1e6;
  const rows = rest > 0 ? [...sized, { size_class: "unknown", employees: rest }] : sized;
  return rows.map((row) => ({ ...row, share: row.employees === null || !total ? null : row.employees / total }));
}

const sizeName = (size: Cell) => t(size === "unknown" ? "area.size.unknownClass" : `area.size.${size as (typeof SIZES)[number]}`);
