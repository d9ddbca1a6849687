/** Figures of a test of the rule, as its unit has them. */
import { number } from "../../format";
import { digits, t } from "../../i18n";
import type { Step } from "../../types";

const UNITS: Record<string, "quotient" | "share"> = {
  specialised: "quotient",
  sme_system: "quotient",
  main_industry: "quotient",
  sme_majority: "share",
};

/** Tests whose threshold is the surplus of another sector. */
const SURPLUSES = new Set(["over_business_services", "over_consumer_services"]);

/** A value, threshold or margin of a test: a quotient, a share, else a number of jobs. */
export function inUnit({ test }: Pick<Step, "test">, value: number | null): string {
  return number(value, UNITS[test] ?? "employees");
}

/** Whether a margin can be told as a share of the threshold. */
export function isRelative({ test, threshold }: Pick<Step, "test" | "threshold">): boolean {
  return threshold !== null && threshold > 0 && !SURPLUSES.has(test);
}

/** By how much of its threshold a test passes or fails, with its sign; in employees where two surpluses are compared, since those may be 0 or less. */
export function margin(step: Pick<Step, "test" | "value" | "threshold" | "relative_margin">): string {
  const { test, value, threshold, relative_margin } = step;
  if (value === null || threshold === null) return number(null);
  if (relative_margin === null || !isRelative({ test, threshold })) {
    const difference = value - threshold;
    return `${difference > 0 ? "+" : ""}${inUnit(step, difference)}`;
  }
  return digits(relative_margin, { style: "percent", maximumFractionDigits: 1, signDisplay: "exceptZero" });
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
