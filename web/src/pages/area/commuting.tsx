import { Bars } from "../../charts/bars";
import { Figure } from "../../components/figure";
import { number } from "../../format";
import { t } from "../../i18n";
import { areaHref } from "../../router";
import type { AreaDoc, Cell, Partner, Row } from "../../types";
import type { SectionProps } from "../area";
import { Section } from "./section";

type Flows = NonNullable<AreaDoc["flows"]>;

/** Where the people who work here come from, and where those who live here go. */
export function Commuting({ doc, edition }: SectionProps) {
  const { flows } = doc;
  return (
    <Section name="commuting">
      {flows === null ? (
        <p>{t("area.commuting.none")}</p>
      ) : (
        <>
          <p>{contained(flows)}</p>
          <div class="pair">
            <Side doc={doc} edition={edition} flows={flows} side="in" />
            <Side doc={doc} edition={edition} flows={flows} side="out" />
          </div>
        </>
      )}
    </Section>
  );
}

function contained({ inside, in_total, out_total }: Flows): string {
  const residents = inside + out_total;
  const workers = inside + in_total;
  return [
    residents > 0 ? t("area.commuting.supply", { share: number(inside / residents, "share"), of: number(residents, "persons") }) : t("area.commuting.noResidents"),
    workers > 0 ? t("area.commuting.demand", { share: number(inside / workers, "share"), of: number(workers, "persons") }) : t("area.commuting.noWorkers"),
  ].join(" ");
}

/** The area itself, its main partners, and all others together. */
function Side({ doc, edition, flows, side }: SectionProps & { flows: Flows; side: "in" | "out" }) {
  const total = flows.inside + (side === "in" ? flows.in_total : flows.out_total);
  if (total === 0) return null;
  const rows = rowsOf(doc, flows[side], flows.inside, total);
  const title = t(`area.commuting.${side}`, { name: doc.name });
  const persons = (value: Cell) => number(value, "persons");
  const share = (value: Cell) => number(value, "share");
  return (
    <Figure
      id={`${doc.code}-${side}`}
      edition={edition}
      title={title}
      caption={t(`area.commuting.${side}.caption`, { total: persons(total) })}
      data={{
        columns: [
          { name: "name", label: t("chart.area"), link: ({ area }) => (area && area !== doc.code ? areaHref(edition, area) : null) },
          { name: "flow", label: t("chart.flow"), format: persons },
          { name: "share", label: t("chart.share"), format: share },
        ],
        rows,
        source: { table: "flows", formats: ["parquet", "csv", "json"], filter: `${side === "in" ? "destination" : "origin"} = ${doc.code}` },
      }}
    >
      <Bars
        label={title}
        bars={rows.map(({ area, name, flow, share: part }, at) => ({
          key: `${at}`,
          label: String(name),
          value: Number(flow),
          text: `${persons(flow ?? null)} · ${share(part ?? null)}`,
          marked: area === doc.code,
        }))}
      />
    </Figure>
  );
}

function rowsOf(doc: AreaDoc, partners: Partner[], inside: number, total: number): Row[] {
  const named = partners.reduce((sum, { flow }) => sum + flow, inside);
  const rows = [{ area: doc.code as string | null, name: doc.name, flow: inside }, ...partners.map(({ code, name, flow }) => ({ area: code, name, flow }))];
  const rest = total - named;
  if (rest > 1e-6) rows.push({ area: null, name: t("area.commuting.elsewhere"), flow: rest });
  return rows.map((row) => ({ ...row, share: row.flow / total }));
}
