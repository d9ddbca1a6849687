import type { PageProps } from ".";
import { Failed, Waiting } from "../components/state";
import { useAnswer } from "../data";
import { t } from "../i18n";
import { useJump } from "../jump";
import { href } from "../router";
import "../styles/answer.css";
import { useTitle } from "../title";
import { Headline } from "./answer/headline-view";
import { Industries } from "./answer/industries";
import { Kinds } from "./answer/kinds";
import { Largest } from "./answer/largest";
import { Near } from "./answer/near";
import { Regions } from "./answer/regions";
import { Sure } from "./answer/sure";

/** How many, where, in what industries, how sure. */
export function AnswerPage({ edition }: PageProps) {
  const { data: answer, error } = useAnswer(edition);
  useTitle(edition.title);
  useJump(answer !== undefined);
  if (error) return <Failed error={error} />;
  if (!answer) return <Waiting />;
  const part = { edition, answer };
  return (
    <section class="page answer-page">
      <h1>{edition.title}</h1>
      <Headline {...part} />
      <Sure {...part} />
      <h2>{t("answer.what")}</h2>
      <Kinds {...part} />
      <h2>{t("answer.where")}</h2>
      <Regions {...part} />
      <Largest {...part} />
      {answer.kinds && (
        <>
          <h2>{t("answer.industries")}</h2>
          <Industries {...part} />
        </>
      )}
      <Near {...part} />
      <p class="source">
        {t("answer.source", { edition: edition.title })} <a href={href(`${edition.id}/data/`)}>{t("answer.toData")}</a>{" "}
        <a href={href(`${edition.id}/rules/`)}>{t("answer.toRules")}</a>
      </p>
    </section>
  );
}
