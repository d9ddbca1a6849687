import { Term } from "../../components/term";
import { number } from "../../format";
import { t, tMaybe } from "../../i18n";
import { filterQuery, readFilters } from "../../filters";
import { href } from "../../router";
import type { AnswerCertainty, EditionSummary } from "../../types";
import { Counts } from "./counts";
import type { Part } from "./part";

/** How sure: what was drawn anew, what came out, what holds. */
export function Sure(part: Part) {
  const { answer, edition } = part;
  const { certainty } = answer;
  return (
    <>
      <h2 id="sure">{t("answer.sure")}</h2>
      {certainty ? (
        <>
          <p>
            {t("answer.sure.made", { n: certainty.replicates })} <Varied vary={certainty.vary} />
          </p>
          <div class="pair">
            {answer.kinds && <Counts {...part} of="districts" />}
            <Counts {...part} of="areas" />
          </div>
          {answer.kinds && <Classes certainty={certainty} edition={edition} />}
          <Memberships certainty={certainty} edition={edition} />
        </>
      ) : (
        <p class="said">{t("answer.sure.none")}</p>
      )}
    </>
  );
}

function Varied({ vary }: { vary: string[] }) {
  return (
    <>
      {t("answer.varied")}{" "}
      {vary.map((source, at) => (
        <span key={source}>
          {at > 0 && (at === vary.length - 1 ? t("answer.and") : ", ")}
          {tMaybe(`answer.vary.${source}`, source)}
        </span>
      ))}
      {". "}
      <Term id="replicates">{t("answer.redraw")}</Term>
    </>
  );
}

function Classes({ certainty, edition }: { certainty: AnswerCertainty; edition: EditionSummary }) {
  const none = readFilters(new URLSearchParams());
  return (
    <>
      <h3>
        <Term id="class">{t("answer.classes")}</Term>
      </h3>
      <ul class="words">
        {(["near_certain", "likely", "doubtful", "unlikely"] as const).map((name) => (
          <li key={name}>
            <a href={href(`${edition.id}/areas/`, filterQuery({ ...none, class: [name], kind: name === "unlikely" ? [] : ["district"] }))}>
              <strong>{number(certainty[name], "zones")}</strong> {t(`class.${name}`)}
            </a>{" "}
            <span>{t(`answer.class.${name}`)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Memberships({ certainty, edition }: { certainty: AnswerCertainty; edition: EditionSummary }) {
  const { core, fringe, contested } = certainty.memberships;
  const all = core + fringe + contested;
  const none = readFilters(new URLSearchParams());
  return (
    <>
      <h3>
        <Term id="membership_kind">{t("answer.memberships")}</Term>
      </h3>
      <ul class="words">
        {(["core", "fringe", "contested"] as const).map((name) => (
          <li key={name}>
            <a href={href(`${edition.id}/zones/`, filterQuery({ ...none, class: [name] }))}>
              <strong>{number(certainty.memberships[name], "zones")}</strong> {t(`answer.zones.${name}`, { n: certainty.memberships[name] })}
            </a>{" "}
            <span>
              {all > 0 && t("answer.ofZones", { share: number(certainty.memberships[name] / all, "share") })} {t(`answer.class.${name}`)}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
