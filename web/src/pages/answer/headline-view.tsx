import type { ComponentChildren } from "preact";
import { Term } from "../../components/term";
import { number } from "../../format";
import { t } from "../../i18n";
import { bounds, counted, headline } from "./headline";
import type { Part } from "./part";

/** The answer in large figures, each with its unit and bounds. */
export function Headline({ answer }: Part) {
  const { big, unit, interval } = headline(answer);
  const ofDistricts = counted(answer) === "districts";
  const { district_jobs: jobs } = answer;
  return (
    <>
      <p class="headline">
        <span class="big">{big}</span> <Term id={ofDistricts ? "district" : "labour_market_area"}>{unit}</Term>{" "}
        <span class="bounds">{interval ?? t("answer.noCertainty")}</span>
      </p>
      {!ofDistricts && <p class="said">{t("answer.noJobs")}</p>}
      <dl class="facts">
        {ofDistricts && (
          <Fact name={<Term id="labour_market_area">{t("answer.fact.areas")}</Term>} value={number(answer.areas, "zones")}>
            {answer.certainty?.areas && bounds(answer.certainty.areas)}
          </Fact>
        )}
        <Fact name={<Term id="zone">{t("answer.fact.zones")}</Term>} value={number(answer.zones, "zones")}>
          {answer.zones_without_area > 0 && t("answer.fact.without", { n: answer.zones_without_area })}
        </Fact>
        {jobs && (
          <>
            <Fact name={<Term id="manufacturing_jobs">{t("answer.fact.manufacturing")}</Term>} value={number(jobs.manufacturing, "employees")}>
              {jobs.share === null ? t("answer.fact.shareMissing") : t("answer.fact.share", { share: number(jobs.share, "share") })}{" "}
              {jobs.estimated && t("answer.fact.estimated")}
            </Fact>
            <Fact name={<Term id="main_industry_jobs">{t("answer.fact.main")}</Term>} value={number(jobs.main_industry, "employees")}>
              {t("answer.fact.mainWhy")}
            </Fact>
          </>
        )}
      </dl>
    </>
  );
}

function Fact({ name, value, children }: { name: ComponentChildren; value: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <strong>{value}</strong>
        <span>{children}</span>
      </dd>
    </div>
  );
}
