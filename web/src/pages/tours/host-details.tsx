import { digits, t } from "../../i18n";
import { industryName } from "../../format";
import type { Candidate } from "../../tours/hosts";
import { isOwnText, lineText, sentence } from "../../tours/lines";
import { dateName, duration, money } from "../../tours/time";
import type { TourAt } from "../../tours/use-tour";
import { AgreementForm } from "./agreement";
import type { Board } from "./board";
import { Clashes } from "./clashes";

/** All that is known of a host: what to look for, why it has its points, why it cannot be visited, what is agreed. */
export function HostDetails({ board, one, tour }: { board: Board; one: Candidate; tour: TourAt }) {
  const { host, visit, worth, district } = one;
  const { currency } = board.sheet.tour.frame;
  const facts: [string, string | undefined][] = [
    [t("tours.address"), [host.place.address, host.place.town].filter(Boolean).join(", ")],
    [t("tours.district"), district && [district.name, district.certainty === undefined ? "" : t("tours.certainty", { share: digits(district.certainty, { style: "percent", maximumFractionDigits: 0 }) })].filter(Boolean).join(" · ")],
    [t("tours.phases"), host.phases.join(", ")],
    [t("tours.practices"), host.practices.join(", ")],
    [t("tours.industries"), host.industries.map((code) => industryName(code)).join(", ")],
    [t("tours.hours"), host.hours ?? t("tours.onlyFixed")],
    [t("tours.takes"), [duration(visit.minutes ?? host.minutes), host.group === undefined ? "" : t("tours.groupsOf", { n: host.group })].filter(Boolean).join(" · ")],
    [t("tours.languages"), host.languages.map(languageName).join(", ")],
    [t("tours.noticeDays"), host.notice > 0 ? t("tours.nDays", { n: host.notice }) : ""],
    [t("tours.price"), host.cost > 0 ? money(host.cost, currency) : ""],
    [t("tours.meets"), host.meets.join(", ")],
    [t("tours.validUntil"), host.valid_until && dateName(host.valid_until, "long")],
    [t("tours.fixedAt"), visit.start && `${dateName(visit.start.slice(0, 10))} ${visit.start.slice(11, 16)}`],
  ];
  return (
    <div class="host-details">
      {host.look_for && <p class="look-for">{host.look_for}</p>}
      {worth && !worth.eligible && (
        <div class="impossible">
          <strong>{t("tours.cannotVisit")}</strong>
          <Clashes clashes={worth.clashes} board={board} plain />
        </div>
      )}
      {board.reasons.get(host.code) && (
        <p class="reason">
          <strong>{t("tours.notInPlan")}</strong> <span lang="en">{sentence(board.reasons.get(host.code)?.text ?? "", board.places.name)}</span>
        </p>
      )}
      {board.writes && <AgreementForm board={board} one={one} tour={tour} />}
      {worth && worth.lines.length > 0 && (
        <details class="lines">
          <summary>{t("tours.whyPoints", { n: worth.points })}</summary>
          <table>
            <tbody>
              {worth.lines.map((line, at) => (
                <tr key={at}>
                  <th scope="row" lang={isOwnText(line) ? undefined : "en"}>
                    {lineText(line, board.places.name)}
                  </th>
                  <td class="number">{line.points === null ? t("value.missing") : digits(line.points, { signDisplay: "exceptZero" })}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
      <dl>
        {facts.map(([label, value]) =>
          value ? (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
    </div>
  );
}

function languageName(code: string): string {
  try {
    return new Intl.DisplayNames([document.documentElement.lang], { type: "language" }).of(code) ?? code;
  } catch {
    return code; // No language has this code; the browser says so by throwing.
  }
}
