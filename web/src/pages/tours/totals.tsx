import { digits, t } from "../../i18n";
import { duration, kilometres, money } from "../../tours/time";
import type { Line } from "../../tours/types";
import type { Board } from "./board";

/** What the plan amounts to. */
export function Totals({ board }: { board: Board }) {
  const { desk, sheet } = board;
  const { timed, order } = desk.now;
  const { budget, currency } = sheet.tour.frame;
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
        {timed?.plan.proven !== undefined && (
          <div>
            <dt>{t("tours.total.proof")}</dt>
            <dd class="words">{t(timed.plan.proven ? "tours.proven" : "tours.notProven")}</dd>
          </div>
        )}
      </dl>
      {timed && timed.lines.length > 0 && <Reckoning lines={timed.lines} board={board} />}
    </div>
  );
}

/** Where the value comes from, line by line: first what is of the whole tour and of each delegate, then the hosts. */
function Reckoning({ lines, board }: { lines: Line[]; board: Board }) {
  const ofTour = lines.filter(({ host }) => host == null);
  const hosts = [...new Set(lines.flatMap(({ host }) => host ?? []))];
  return (
    <details class="reckoning">
      <summary>{t("tours.reckoning")}</summary>
      <div class="pair">
        <table>
          <caption>{t("tours.ofTour")}</caption>
          <tbody>
            {ofTour.map((line, at) => (
              <tr key={at}>
                <th scope="row" lang="en">
                  {line.text}
                </th>
                <td class="number">{digits(line.points)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <table>
          <caption>{t("tours.ofHosts")}</caption>
          <tbody>
            {hosts.map((host) => (
              <tr key={host}>
                <th scope="row">{board.places.name(host)}</th>
                <td class="number">{digits(lines.reduce((sum, line) => sum + (line.host === host ? line.points : 0), 0))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
