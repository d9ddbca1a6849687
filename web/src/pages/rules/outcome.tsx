import { Term } from "../../components/term";
import { industryName, number } from "../../format";
import { t } from "../../i18n";
import { areaHref } from "../../router";
import { RerunMap } from "../../map/rerun";
import type { EditionSummary, Rerun } from "../../types";
import { ChangedZones } from "./changed-zones";

/** What other rules change: districts, zones, agreement. */
export function Outcome({ edition, rerun }: { edition: EditionSummary; rerun: Rerun }) {
  return (
    <>
      <h2>{t("rules.changes")}</h2>
      <p>
        <Term id="agreement">{t("rules.agreement")}</Term>: {number(rerun.agreement, "quotient")}. {t("rules.agreement.why")}
      </p>
      {rerun.districts !== null && <Turned edition={edition} rerun={rerun} />}
      {edition.has.map && rerun.changed_zones.length > 0 && <RerunMap edition={edition} rerun={rerun} />}
      <ChangedZones edition={edition} rerun={rerun} />
    </>
  );
}

/** Districts gained and lost, each with a link to the area of the edition. */
function Turned({ edition, rerun }: { edition: EditionSummary; rerun: Rerun }) {
  const gained = rerun.districts_gained.map(({ name, main_industry, area }) => ({ name, main_industry, code: area }));
  return (
    <div class="turned">
      {(["gained", "lost"] as const).map((way) => {
        const list = way === "gained" ? gained : rerun.districts_lost;
        return (
          <section key={way}>
            <h3>{t(`rules.${way}`, { n: list.length })}</h3>
            {list.length === 0 && <p>{t(`rules.${way}.none`)}</p>}
            <ul>
              {list.map(({ code, name, main_industry }, at) => (
                <li key={at}>
                  {code === null ? name : <a href={areaHref(edition, code)}>{name}</a>}{" "}
                  <span>{code === null ? t("rules.newArea") : main_industry && industryName(main_industry)}</span>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
