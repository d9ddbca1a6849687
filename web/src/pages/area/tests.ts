/** Figures of a test of the rule, as its unit has them. */
import { number } from "../../format";
import { language, t } from "../../i18n";
import type { Step } from "../../types";

const UNITS: Record<string, "quotient" | "share"> = {
  specialised: "quotient",
  sme_system: "quotient",
  main_industry: "quotient",
  sme_majority: "share",
};

/** A value, threshold or margin of a test: a quotient, a share, else a number of jobs. */
export function inUnit({ test }: Pick<Step, "test">, value: number | null): string {
  return number(value, UNITS[test] ?? "employees");
}

/** By how much of its threshold a test passes or fails, with its sign; in its own unit where the threshold is 0. */
export function margin(step: Step): string {
  const { relative_margin } = step;
  if (relative_margin === null) return inUnit(step, step.margin);
  return relative_margin.toLocaleString(language(), { style: "percent", maximumFractionDigits: 1, signDisplay: "exceptZero" });
}

/** What came of a test, with a sign. */
export function outcome({ outcome }: Step): string {
  switch (outcome) {
    case "pass":
      return `✓ ${t("area.outcome.pass")}`;
    case "fail":
      return `✕ ${t("area.outcome.fail")}`;
    case "missing":
      return `? ${t("area.outcome.missing")}`;
    default:
      return `– ${t("area.outcome.notApplicable")}`;
  }
}
