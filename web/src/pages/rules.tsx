import type { PageProps } from ".";
import { Failed, Waiting } from "../components/state";
import { useEdition } from "../data";
import { t } from "../i18n";
import { isStatic } from "../site";
import "../styles/answer.css";
import "../styles/rules.css";
import { useTitle } from "../title";
import type { Edition } from "../types";
import { Live } from "./rules/live";
import { Precomputed } from "./rules/precomputed";

/** What if the rules were others: live where a server can, from the grid where it was made, else how to get it. */
export function Rules({ site, edition }: PageProps) {
  const { data, error } = useEdition(edition);
  useTitle(t("rules.title"), edition.title);
  if (error) return <Failed error={error} />;
  if (!data) return <Waiting />;
  const canRun = edition.has.rerun && site.mode === "live" && !isStatic;
  return (
    <section class="page rules-page">
      <h1>{t("rules.title")}</h1>
      <p class="lead">{t("rules.what", { edition: edition.title })}</p>
      {canRun && data.sliders.length > 0 ? (
        <Live edition={edition} sliders={data.sliders} />
      ) : edition.has.grid ? (
        <Precomputed edition={edition} study={studyOf(data)} />
      ) : (
        <Neither edition={data} />
      )}
    </section>
  );
}

/** What the study set, by name. */
function studyOf({ parameters, sliders }: Edition): Record<string, number> {
  return { ...parameters, ...Object.fromEntries(sliders.map(({ name, value }) => [name, value])) };
}

function Neither({ edition }: { edition: Edition }) {
  return (
    <div class="said">
      <p>{t("rules.neither")}</p>
      <p>{t("rules.how")}</p>
      <pre tabIndex={0}>
        <code>{`distretto atlas serve ${edition.id} --study study.toml`}</code>
      </pre>
    </div>
  );
}
