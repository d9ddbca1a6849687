import { digits, t } from "../../i18n";
import type { Answer, CountInterval } from "../../types";
import type { Counted } from "./bins";

/** What the answer counts: districts, or areas where there are no jobs to judge them by. */
export function counted(answer: Answer): Counted {
  return answer.kinds ? "districts" : "areas";
}

/** Number of districts; `null` where the rule was not asked. */
export function districtsOf(answer: Answer): number | null {
  return answer.kinds ? answer.kinds.reduce((sum, { kind, areas }) => sum + (kind === "district" ? areas : 0), 0) : null;
}

/** The answer in a sentence: the number, what it counts, and between what bounds redraws put it. */
export function headline(answer: Answer): { big: string; unit: string; interval: string | null } {
  const of = counted(answer);
  const n = districtsOf(answer) ?? answer.areas;
  const interval = answer.certainty?.[of];
  return {
    big: digits(n),
    unit: t(of === "districts" ? "answer.unit.districts" : "answer.unit.areas", { n }),
    interval: interval ? bounds(interval) : null,
  };
}

/** The 80 % interval in words; said where it does not hold the run. */
export function bounds({ run, low80, high80 }: CountInterval): string {
  const between = t("answer.between", { low: low80, high: high80 });
  return low80 <= run && run <= high80 ? between : `${between} ${t("answer.outside", { run })}`;
}
