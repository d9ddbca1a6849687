import { number } from "../../format";
import { digits, t } from "../../i18n";
import type { EditionSummary, Rerun } from "../../types";

/** How many areas and districts, beside those of the edition; said politely when it changes. */
export function Summary({ edition, rerun, busy }: { edition: EditionSummary; rerun: Rerun | undefined; busy: boolean }) {
  const now = rerun ?? edition;
  return (
    <div class="summary" role="status" aria-live="polite">
      <p class="counts">
        {now.districts !== null && (
          <span>
            <strong>{number(now.districts, "zones")}</strong> {t("answer.unit.districts", { n: now.districts })}{" "}
            {rerun && edition.districts !== null && <small>{t("rules.was", { n: edition.districts })}</small>}
          </span>
        )}
        <span>
          <strong>{number(now.areas, "zones")}</strong> {t("answer.unit.areas", { n: now.areas })} {rerun && <small>{t("rules.was", { n: edition.areas })}</small>}
        </span>
      </p>
      <p>
        {busy ? t("rules.busy") : rerun ? moved(rerun) : t("rules.isStudy")}
        {rerun && !rerun.converged && !busy && ` ${t("rules.notConverged")}`}
      </p>
      {now.districts === null && <p>{t("answer.noJobs")}</p>}
    </div>
  );
}

/** How many zones changed area, and how long that took to find out. */
function moved({ changed_zones, changed_residents_share, seconds }: Rerun): string {
  const time = seconds === null ? t("rules.before") : t("rules.took", { seconds: digits(seconds, { maximumSignificantDigits: 2 }) });
  if (changed_zones.length === 0) return `${t("rules.unmoved")} ${time}`;
  const zones = t("rules.moved", { n: changed_zones.length });
  const residents = changed_residents_share === null ? t("rules.residentsMissing") : t("rules.residents", { share: number(changed_residents_share, "share") });
  return `${zones} ${residents} ${time}`;
}
