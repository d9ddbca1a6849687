import { Bars } from "../../charts/bars";
import { Figure } from "../../components/figure";
import { industryName, industryShort, number } from "../../format";
import { t, tMaybe } from "../../i18n";
import type { Cell, Row } from "../../types";
import type { SectionProps } from "../area";
import { numberOf, textOf } from "./cells";
import { groupsOf } from "./groups";
import { Section } from "./section";
import { Sizes } from "./sizes";

const employees = (value: Cell) => number(value, "employees");
const share = (value: Cell) => number(value, "share");

/** What it makes: jobs by industry, in units of what size, and by sector. */
export function Making(props: SectionProps) {
  const { doc } = props;
  return (
    <Section name="making">
      <p>{mainIndustry(doc.profile)}</p>
      {doc.jobs.length === 0 ? (
        <p>{t("area.making.none")}</p>
      ) : (
        <div class="pair">
          <Groups {...props} grouping="industry" />
          <Groups {...props} grouping="macro_sector" />
          <Sizes {...props} />
        </div>
      )}
      {disagreement(doc)}
    </Section>
  );
}

function mainIndustry(profile: Row): string {
  const id = textOf(profile, "main_industry");
  const lq = numberOf(profile, "main_industry_lq");
  if (id === null) return t("area.making.noMain");
  const industry = industryName(id, textOf(profile, "main_industry_name"));
  return lq === null ? t("area.making.main", { industry }) : t("area.making.mainLq", { industry, lq: number(lq, "quotient") });
}

/** Sectors and industries may be of different records, which then need not add up. */
function disagreement({ profile, jobs }: SectionProps["doc"]) {
  const byIndustry = numberOf(profile, "manufacturing_jobs");
  const sector = groupsOf(jobs, "macro_sector").find(({ group }) => group === "manufacturing");
  const bySector = sector ? numberOf(sector, "employees") : null;
  if (byIndustry === null || bySector === null || Math.abs(byIndustry - bySector) < 1) return null;
  return <p>{t("area.making.disagree", { industries: employees(byIndustry), sector: employees(bySector) })}</p>;
}

/** Employees by industry or by macro-sector, most first. */
function Groups({ doc, edition, grouping }: SectionProps & { grouping: "industry" | "macro_sector" }) {
  const rows = groupsOf(doc.jobs, grouping);
  if (rows.length === 0) return null;
  const name = (row: Row) => industryName(textOf(row, "group"), textOf(row, "group_name"));
  const main = textOf(doc.profile, "main_industry");
  const isEstimated = rows.some(({ employees_status }) => employees_status !== "observed");
  const title = t(`area.making.${grouping}`);
  return (
    <Figure
      id={`${doc.code}-${grouping}`}
      edition={edition}
      title={title}
      caption={[t(`area.making.${grouping}.caption`), isEstimated && t("area.making.estimated")].filter(Boolean).join(" ")}
      data={{
        columns: [
          { name: "group", label: t("chart.group"), words: name },
          { name: "employees", label: t("chart.employees"), format: employees },
          { name: "share", label: t("chart.share"), format: share },
          { name: "local_units", label: t("chart.local_units"), format: employees },
          { name: "employees_status", label: t("chart.employees_status"), format: (value) => tMaybe(`area.status.${value}`, String(value)) },
        ],
        rows,
        source: { table: "area_jobs", formats: ["parquet", "csv", "json"], filter: `area = ${doc.code}` },
      }}
    >
      <Bars
        label={`${title}: ${doc.name}`}
        bars={rows.map((row) => ({
          key: String(row.group),
          label: industryShort(textOf(row, "group"), textOf(row, "group_name")),
          value: numberOf(row, "employees"),
          text: barText(row),
          marked: row.group === (grouping === "industry" ? main : "manufacturing"),
        }))}
      />
    </Figure>
  );
}

function barText(row: Row): string {
  const part = numberOf(row, "share");
  return [employees(row.employees ?? null), part === null ? "" : share(part)].filter(Boolean).join(" · ");
}
