import { Tally } from "../../charts/tally";
import { TableFigure } from "../../components/figure";
import { industryShort, number } from "../../format";
import { type Key, t, tMaybe } from "../../i18n";
import { testName } from "../../labels";
import { areaHref } from "../../router";
import type { Cell, Row } from "../../types";
import type { SectionProps } from "../area";
import { numberOf, textOf } from "./cells";
import { withinSentence } from "./finding";
import { Section } from "./section";

/** How sure it is: whether it exists, how large, whose its zones are, whether it is a district; and what to do with that. */
export function Certainty(props: SectionProps) {
  const { doc, edition } = props;
  const existence = numberOf(doc.profile, "existence");
  const replicates = numberOf(doc.profile, "replicates");
  if (existence === null || !replicates) {
    return (
      <Section name="certainty">
        <p>{t(edition.has.certainty ? "area.certainty.notThis" : "area.certainty.none")}</p>
      </Section>
    );
  }
  return (
    <Section name="certainty">
      <p>{t("area.certainty.intro", { of: replicates })}</p>
      <dl class="sure">
        <Sure term={t("area.certainty.existence")} share={existence} of={replicates} words={`${inRedraws("area.certainty.exists", existence, replicates)} ${size(doc.profile)}`} />
        {edition.has.jobs && <District {...props} />}
      </dl>
      <p>{advice(doc.profile)}</p>
      <Contested {...props} />
    </Section>
  );
}

function Sure({ term, share, of, words }: { term: string; share: number; of: number; words: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>
        <Tally times={Math.round(share * of)} of={of} />
        <p>{words}</p>
      </dd>
    </div>
  );
}

const inRedraws = (key: Key, share: number, of: number) => t(key, { times: Math.round(share * of), of });

/** The interval of its size over the redraws in which it exists. */
function size(profile: Row): string {
  const [zonesLow, zonesHigh] = interval(profile, "zones");
  const [low, high] = interval(profile, "residents");
  if (zonesLow === null || zonesHigh === null) return "";
  const zones = zonesLow === zonesHigh ? t("area.certainty.zonesAlways", { n: zonesLow }) : t("area.certainty.zones", { low: zonesLow, high: zonesHigh });
  if (low === null || high === null) return `${zones}.`;
  const [from, to] = [number(low, "persons"), number(high, "persons")];
  return `${zones} ${from === to ? t("area.certainty.residentsAlways", { residents: from }) : t("area.certainty.residents", { low: from, high: to })}`;
}

const interval = (profile: Row, what: string) => [numberOf(profile, `${what}_low80`), numberOf(profile, `${what}_high80`)] as const;

function District({ doc: { profile } }: SectionProps) {
  const of = numberOf(profile, "of");
  const times = numberOf(profile, "times");
  const any = numberOf(profile, "existence_any_industry");
  if (!of || times === null || any === null) return null;
  const name = textOf(profile, "class");
  const weakest = textOf(profile, "weakest_test");
  const words = [
    inRedraws("area.certainty.district", any, of),
    any > 0 ? ofIndustry(profile, times, of) : "",
    name === null ? "" : t("area.certainty.class", { name: tMaybe(`class.${name}`, name.replaceAll("_", " ")) }),
    weakest === null ? "" : t("area.certainty.weakest", { test: testName(weakest) }),
  ];
  return <Sure term={t("area.certainty.isDistrict")} share={any} of={of} words={words.filter(Boolean).join(" ")} />;
}

/** How often a district has the main industry of the run, or else of what industry it mostly is. */
function ofIndustry(profile: Row, times: number, of: number): string {
  if (textOf(profile, "kind") === "district") return t("area.certainty.sameIndustry", { times, of });
  const industry = textOf(profile, "industry");
  if (industry === null) return "";
  return t("area.certainty.otherIndustry", { times, of, industry: withinSentence(industryShort(industry, textOf(profile, "industry_name"))) });
}

/** What a reader may rest on it. */
function advice(profile: Row): string {
  const name = textOf(profile, "class");
  const kind = textOf(profile, "kind");
  if (name !== null && kind === "district") return t(name === "unlikely" ? "area.advice.doubtful" : (`area.advice.${name}` as Key));
  // The class of another area is about one industry; what matters is whether redraws make it a district of any.
  if (name !== null && kind !== "undetermined") return t((numberOf(profile, "existence_any_industry") ?? 0) < 0.05 ? "area.advice.unlikely" : "area.advice.doubtful");
  const existence = numberOf(profile, "existence") ?? 0;
  return t(existence >= 0.9 ? "area.advice.stable" : existence >= 0.5 ? "area.advice.fair" : "area.advice.weak");
}

/** Zones that another area claims. */
function Contested({ doc, edition }: SectionProps) {
  const contested = doc.zones.filter(({ membership_kind }) => membership_kind === "contested");
  if (contested.length === 0) return <p>{t("area.contested.none")}</p>;
  const rows = contested.map((zone) => ({ ...zone }) as Row).sort((a, b) => Number(a.membership) - Number(b.membership));
  const share = (value: Cell) => number(value, "share");
  return (
    <TableFigure
      id={`${doc.code}-contested`}
      edition={edition}
      title={t("area.contested.title", { n: rows.length })}
      caption={t("area.contested.caption")}
      data={{
        columns: [
          { name: "name", label: t("chart.zone") },
          { name: "membership", label: t("chart.membership"), format: share },
          {
            name: "runner_up_name",
            label: t("chart.runner_up"),
            empty: t("area.contested.nowhere"),
            link: ({ runner_up }) => (runner_up ? areaHref(edition, runner_up) : null),
          },
          { name: "runner_up_membership", label: t("chart.runner_up_membership"), empty: "–", format: share },
        ],
        rows,
        source: { table: "zone_certainty", formats: ["parquet", "csv", "json"], filter: `area = ${doc.code}` },
      }}
    />
  );
}
