import { Margins } from "../../charts/margins";
import { Figure, type FigureData, TableFigure } from "../../components/figure";
import { industryShort, kindName } from "../../format";
import { type Key, t } from "../../i18n";
import { testName } from "../../labels";
import { href } from "../../router";
import type { Row, Step } from "../../types";
import type { SectionProps } from "../area";
import { textOf } from "./cells";
import { failedTest, missingTest } from "./finding";
import { reason } from "./reasons";
import { Section } from "./section";
import { inUnit, margin, outcome } from "./tests";

/** Why it is, or is not, a district: the tests of the rule and by how much it passes them. */
export function Rule({ doc, edition }: SectionProps) {
  const counting = doc.steps.filter(({ counts }) => counts);
  const others = doc.steps.filter(({ counts }) => !counts);
  const title = t("area.rule.title");
  return (
    <Section name="rule">
      <p>{verdict(doc)}</p>
      {counting.length === 0 ? (
        <p>{t("area.rule.none")}</p>
      ) : (
        <Figure id={`${doc.code}-steps`} edition={edition} title={title} caption={t("area.rule.caption")} data={dataOf(counting, doc.code)}>
          <Margins
            label={`${title}: ${doc.name}`}
            sides={{ fails: t("area.rule.fails"), passes: t("area.rule.passes") }}
            margins={counting.map((step) => ({
              label: testName(step.test),
              text: inWords(step),
              outcome: step.outcome as "pass",
              margin: step.relative_margin,
            }))}
          />
        </Figure>
      )}
      {others.length > 0 && (
        <details>
          <summary>{t("area.rule.others")}</summary>
          <TableFigure id={`${doc.code}-other-steps`} edition={edition} title={t("area.rule.others")} caption={t("area.rule.othersSay")} data={dataOf(others, doc.code)} />
        </details>
      )}
      <p>
        <a href={href(`${edition.id}/rules/`)}>{t("area.rule.toRules")}</a>
      </p>
    </Section>
  );
}

/** The verdict and the first test that decides it. */
function verdict({ name, profile, steps }: SectionProps["doc"]): string {
  const kind = textOf(profile, "kind");
  if (kind === "district") return t("area.verdict.district", { name });
  const missing = missingTest(steps);
  if (kind === "undetermined" && missing) {
    return t("area.verdict.undetermined", { name, test: testName(missing.test), why: reason(missing.why_missing) });
  }
  const failed = failedTest(steps);
  if (!failed) return t("area.verdict.plain", { name, kind: kindName(kind) });
  const params = { name, value: inUnit(failed, failed.value), threshold: inUnit(failed, failed.threshold) };
  return t(`area.fails.${failed.test}` as Key, params);
}

function inWords(step: Step): string {
  if (step.outcome === "missing") return t("area.test.missing", { why: reason(step.why_missing) });
  if (step.outcome === "not applicable" || step.value === null) return t("area.test.notApplicable");
  const params = { value: inUnit(step, step.value), threshold: inUnit(step, step.threshold), margin: margin(step) };
  return t(step.outcome === "pass" ? "area.test.pass" : "area.test.fail", params);
}

function dataOf(steps: Step[], code: string): FigureData {
  const of = (words: (step: Step) => string) => (row: Row) => words(steps[Number(row.at)] as Step);
  // Of a test that was not needed nothing is to be known, nor is a ratio to a threshold of 0.
  const empty = ({ outcome, margin }: Row) => (outcome === "not applicable" || margin !== null ? "–" : t("value.missing"));
  const rows: Row[] = steps.map((step, at) => ({ ...step, at }));
  return {
    columns: [
      { name: "test", label: t("chart.test"), format: (test) => testName(String(test)) },
      { name: "industry", label: t("chart.industry"), words: of((step) => (step.industry === "all" ? t("area.test.all") : industryShort(step.industry, step.industry_name))) },
      { name: "outcome", label: t("chart.outcome"), words: of(outcome) },
      { name: "value", label: t("chart.value"), empty, words: of((step) => inUnit(step, step.value)) },
      { name: "threshold", label: t("chart.threshold"), empty, words: of((step) => inUnit(step, step.threshold)) },
      { name: "margin", label: t("chart.margin"), empty, words: of((step) => inUnit(step, step.margin)) },
      { name: "relative_margin", label: t("chart.relative_margin"), empty, words: of(margin) },
      { name: "why_missing", label: t("chart.why_missing"), empty: "", format: (why) => reason(String(why)) },
      { name: "estimated", label: t("chart.estimated"), format: (is) => t(is ? "value.yes" : "value.no") },
    ],
    rows,
    source: { table: "steps", formats: ["parquet", "csv", "json"], filter: `area = ${code}` },
  };
}
