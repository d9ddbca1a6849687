import { TableFigure } from "../../components/figure";
import { number } from "../../format";
import { t, tMaybe } from "../../i18n";
import { href, useAddress } from "../../router";
import type { Cell, Row, ZoneRow } from "../../types";
import type { SectionProps } from "../area";
import { Section } from "./section";

/** The zones it is made of, those with most jobs first. */
export function Members({ doc, edition }: SectionProps) {
  const rows = doc.zones.map((zone) => ({ ...zone }) as Row).sort((a, b) => Number(b.workers ?? -1) - Number(a.workers ?? -1) || Number(a.index) - Number(b.index));
  const persons = (value: Cell) => number(value, "persons");
  const isSure = rows.some(({ membership }) => membership !== null);
  const zoneOnMap = ({ zone }: Row) => (edition.has.map ? href(`${edition.id}/map/`, { area: doc.code, zone: String(zone) }) : null);
  // An address may name a zone: it is read here, and no one is to look for it.
  const zone = useAddress().query.get("zone");
  const asked = doc.zones.find((member) => member.zone === zone);
  return (
    <Section name="members">
      {asked && <p>{askedFor(asked)}</p>}
      <details open={asked !== undefined}>
        <summary>{t("area.members.show", { n: rows.length })}</summary>
        <TableFigure
          id={`${doc.code}-zones`}
          edition={edition}
          title={t("area.members.title", { name: doc.name })}
          caption={t(edition.has.map ? "area.members.captionMap" : "area.members.caption")}
          data={{
            columns: [
              { name: "name", label: t("chart.zone"), link: zoneOnMap },
              { name: "zone", label: t("area.members.code") },
              { name: "population", label: t("chart.population"), format: persons },
              { name: "residents", label: t("chart.residents"), format: persons },
              { name: "workers", label: t("chart.workers"), format: persons },
              ...(isSure
                ? [
                    { name: "membership", label: t("chart.membership"), format: (value: Cell) => number(value, "share") },
                    { name: "membership_kind", label: t("chart.membership_kind"), format: (kind: Cell) => tMaybe(`area.membership.${kind}`, String(kind)) },
                  ]
                : []),
            ],
            rows,
            source: { table: "zone_profiles", formats: ["parquet", "csv", "json"], filter: `area = ${doc.code}` },
          }}
        />
      </details>
    </Section>
  );
}

/** The zone that the address names, and how often it lies here. */
function askedFor({ name, zone, membership }: ZoneRow): string {
  const place = { name, code: zone };
  return membership === null ? t("area.members.asked", place) : t("area.members.askedSure", { ...place, share: number(membership, "share") });
}
