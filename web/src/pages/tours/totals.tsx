import { digits, t } from "../../i18n";
import { fitting } from "../../tours/desk";
import { interestName, isOwnText, lineText } from "../../tours/lines";
import { duration, kilometres, money } from "../../tours/time";
import type { Timed } from "../../tours/types";
import type { Board } from "./board";

/** What the plan amounts to. */
export function Totals({ board }: { board: Board }) {
  const { desk, sheet } = board;
  const { timed, order } = desk.now;
  const { budget, currency } = sheet.tour.frame;
  // A proof is of a plan that fits: a saved one may not do so any longer.
  const proven = fitting(desk.now)?.plan.proven;
  const visits = order.reduce((sum, { hosts }) => sum + hosts.length, 0);
  const unknown = "–";
  const over = timed && budget !== undefined && timed.cost > budget;
  return (
    <div class="totals-box">
      <dl class="totals">
        <div>
          <dt>{t("tours.total.visits")}</dt>
          <dd>{digits(visits)}</dd>
        </div>
        <div>
          <dt>{t("tours.total.value")}</dt>
          <dd>{timed ? digits(timed.value) : unknown}</dd>
        </div>
        <div>
          <dt>{t("tours.total.driving")}</dt>
          <dd>{timed ? duration(timed.driving) : unknown}</dd>
        </div>
        <div>
          <dt>{t("tours.total.waiting")}</dt>
          <dd>{timed ? duration(timed.waiting) : unknown}</dd>
        </div>
        <div>
          <dt>{t("tours.total.way")}</dt>
          <dd>{timed ? (kilometres(timed.metres) ?? t("value.missing")) : unknown}</dd>
        </div>
        <div class={over ? "over" : undefined}>
          <dt>{t("tours.total.cost")}</dt>
          <dd>
            {timed ? money(timed.cost, currency) : unknown}
            {budget !== undefined && (
              <>
                {" "}
                <small>{t("tours.total.of", { budget: money(budget, currency) })}</small>
                {timed && <meter min={0} max={Math.max(budget, 1)} value={Math.min(timed.cost, budget)} aria-label={t("tours.total.share")} />}
              </>
            )}
          </dd>
        </div>
        {proven !== undefined && (
          <div>
            <dt>{t("tours.total.proof")}</dt>
            <dd class="words">{t(proven ? "tours.proven" : "tours.notProven")}</dd>
          </div>
        )}
      </dl>
      {timed && timed.visits.length > 0 && <Reckoning timed={timed} board={board} />}
    </div>
  );
}

/** Where the value comes from: what each delegate gets, and what each visit adds to those before it. */
function Reckoning({ timed: { visits, fairness }, board }: { timed: Timed; board: Board }) {
  const { places, sheet } = board;
  const roles = new Map(sheet.tour.delegation.delegates.map(({ code, role }) => [code, role]));
  return (
    <details class="reckoning">
      <summary>{t("tours.reckoning")}</summary>
      <div class="pair">
        <div class="scroll" tabIndex={0} role="region" aria-label={t("tours.ofDelegates")}>
          <table>
            <caption>{t("tours.ofDelegates")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("tours.delegate")}</th>
                <th scope="col" class="number">
                  {t("tours.total.visits")}
                </th>
                <th scope="col" class="number">
                  {t("tours.interestsMet")}
                </th>
                <th scope="col">{t("tours.missed")}</th>
              </tr>
            </thead>
            <tbody>
              {fairness.delegates.map(({ delegate, interests, visits, per_mille }) => (
                <tr key={delegate} class={per_mille != null && per_mille === fairness.least ? "least" : undefined}>
                  <th scope="row">
                    {delegate} <small>{roles.get(delegate)}</small>
                  </th>
                  <td class="number">{digits(visits)}</td>
                  <td class="number">{per_mille == null ? "–" : digits(per_mille / 1000, { style: "percent", maximumFractionDigits: 0 })}</td>
                  <td>
                    {interests
                      .filter(({ met_by }) => met_by.length === 0)
                      .map(({ interest: { subject, name }, can_be_met }) => (can_be_met ? interestName(subject, name) : t("tours.noHostMeets", { name: interestName(subject, name) })))
                      .join(", ")}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <div class="scroll" tabIndex={0} role="region" aria-label={t("tours.ofVisits")}>
          <table>
            <caption>{t("tours.ofVisits")}</caption>
            <tbody>
              {visits.map(({ host, points, lines }) => (
                <tr key={host}>
                  <th scope="row">
                    {places.name(host)}
                    <ul>
                      {lines.map((line, at) => (
                        <li key={at} lang={isOwnText(line) ? undefined : "en"}>
                          {lineText(line, places.name)} {line.points !== null && <b>{digits(line.points, { signDisplay: "exceptZero" })}</b>}
                        </li>
                      ))}
                    </ul>
                  </th>
                  <td class="number">{digits(points, { signDisplay: "exceptZero" })}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </details>
  );
}
