import { Term } from "../../components/term";
import { number } from "../../format";
import { t, tMaybe } from "../../i18n";
import { filterQuery, type Filters, NO_FILTERS } from "../../filters";
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
            {t("answer.sure.made", { n: certainty.replicates })} <Varied vary={certainty.vary} of={answer.kinds ? "" : ".flows"} />
          </p>
          <div class="pair">
            {answer.kinds && <Counts {...part} of="districts" />}
            <Counts {...part} of="areas" />
          </div>
          <p class="said">
            {t("answer.sure.limits")} <Term id="calibration">{t("answer.sure.worth")}</Term>
          </p>
          {answer.kinds && <Classes {...part} certainty={certainty} />}
          <Memberships certainty={certainty} edition={edition} />
        </>
      ) : (
        <p class="said">{t("answer.sure.none")}</p>
      )}
    </>
  );
}

/** What was drawn anew, as far as the edition has it. */
function Varied({ vary, of }: { vary: string[]; of: "" | ".flows" }) {
  return (
    <>
      {t("answer.varied")}{" "}
      {vary.map((source, at) => (
        <span key={source}>
          {at > 0 && (at === vary.length - 1 ? t("answer.and") : ", ")}
          {tMaybe(`answer.vary.${source}${of}`, tMaybe(`answer.vary.${source}`, source))}
        </span>
      ))}
      {". "}
      <Term id="replicates">{t("answer.redraw")}</Term>
    </>
  );
}

/** Districts by class, and what else might be one; each with the list of these places. */
function Classes({ answer, certainty, edition }: Part & { certainty: AnswerCertainty }) {
  const districts = { ...NO_FILTERS, kind: ["district"] };
  const others = (answer.kinds ?? []).map(({ kind }) => kind).filter((kind) => kind !== "district");
  const classes: { name: "near_certain" | "likely" | "doubtful" | "others"; n: number; filters: Filters }[] = [
    { name: "near_certain", n: certainty.near_certain, filters: { ...districts, class: ["near_certain"] } },
    { name: "likely", n: certainty.likely, filters: { ...districts, class: ["likely"] } },
    { name: "doubtful", n: certainty.doubtful, filters: { ...districts, class: ["doubtful", "unlikely"] } },
    { name: "others", n: certainty.unlikely, filters: { ...NO_FILTERS, kind: others, range: { column: "existence_any_industry", min: 0.05, max: null } } },
  ];
  return (
    <>
      <h3>
        <Term id="class">{t("answer.classes")}</Term>
      </h3>
      <ul class="words">
        {classes.map(({ name, n, filters }) => (
          <li key={name}>
            <a href={href(`${edition.id}/areas/`, filterQuery(filters))}>
              <strong>{number(n, "zones")}</strong> {t(`answer.classes.${name}`, { n })}
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
  return (
    <>
      <h3>
        <Term id="membership_kind">{t("answer.memberships")}</Term>
      </h3>
      <ul class="words">
        {(["core", "fringe", "contested"] as const).map((name) => (
          <li key={name}>
            <a href={href(`${edition.id}/zones/`, filterQuery({ ...NO_FILTERS, class: [name] }))}>
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
