import { t } from "../../i18n";
import { differences } from "../../tours/differences";
import { clock, dateName, duration, kilometres, money } from "../../tours/time";
import type { Plan, Timed } from "../../tours/types";
import type { Board } from "./board";
import { Mark } from "./mark";

interface Props {
  board: Board;
  plans: Timed[];
  /** The plan that they are compared with. */
  against: Plan | null;
  take: (timed: Timed) => void;
}

/** Plans side by side, each with how it differs from the one on the desk. */
export function Alternatives({ board, plans, against, take }: Props) {
  const { places, sheet } = board;
  return (
    <>
      <h2>{t("tours.alternativesFound", { n: plans.length })}</h2>
      <p>{t(against ? "tours.alternativesHow" : "tours.alternativesPlain")}</p>
      <ol class="alternatives">
        {plans.map((timed, at) => {
          const { added, removed, otherDay, otherTime } = differences(against, timed.plan);
          const isSame = against !== null && added.length + removed.length + otherDay.length + otherTime.length === 0;
          const badge = (host: string) => (against === null ? null : added.includes(host) ? "new" : otherDay.includes(host) ? "day" : otherTime.includes(host) ? "time" : null);
          return (
            <li key={at} aria-labelledby={`alternative-${at}`}>
              <h3 id={`alternative-${at}`}>{t("tours.alternative", { n: at + 1 })}</h3>
              <p class="figures">
                {t("tours.points", { n: timed.value })} · {duration(timed.driving)}
                {timed.metres !== null && ` · ${kilometres(timed.metres)}`} · {money(timed.cost, sheet.tour.frame.currency)}
              </p>
              {timed.plan.days.map((day) => (
                <div key={day.date}>
                  <h4>{dateName(day.date)}</h4>
                  <ol>
                    {day.stops.map((stop) => {
                      const how = badge(stop.host);
                      const kind = places.of.get(stop.host)?.host.kind;
                      return (
                        <li key={stop.host} class={how ? `differs is-${how}` : undefined}>
                          {kind && <Mark kind={kind} size={16} />}
                          <span class="when">{clock(stop.starts)}</span> {places.name(stop.host)}
                          {how && <em> {t(`tours.differs.${how}`)}</em>}
                        </li>
                      );
                    })}
                    {day.stops.length === 0 && <li class="empty">{t("tours.dayEmpty")}</li>}
                  </ol>
                </div>
              ))}
              {removed.length > 0 && (
                <p class="removed">
                  {t("tours.leftOut")} {removed.map(places.name).join(", ")}
                </p>
              )}
              {isSame ? (
                <p class="same">{t("tours.samePlan")}</p>
              ) : (
                <button type="button" onClick={() => take(timed)} aria-label={`${t("tours.take")}: ${t("tours.alternative", { n: at + 1 })}`}>
                  {t("tours.take")}
                </button>
              )}
            </li>
          );
        })}
      </ol>
    </>
  );
}
