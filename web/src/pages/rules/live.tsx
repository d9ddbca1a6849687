import { ApiError } from "../../api";
import { Failed } from "../../components/state";
import { type Key, t } from "../../i18n";
import { setQuery, useAddress } from "../../router";
import type { EditionSummary, Slider } from "../../types";
import { Knob } from "./knob";
import { Outcome } from "./outcome";
import { Summary } from "./summary";
import { useRerun } from "./use-rerun";
import { changed } from "./values";

/** Values that are no rule are said to be so; all else is a failure. */
function Refused({ error }: { error: Error }) {
  const problem = error instanceof ApiError && error.status === 400 ? error.problem : null;
  if (!problem) return <Failed error={error} />;
  return (
    <div class="summary" role="alert">
      <p>{t("rules.refused")}</p>
      <p lang="en">
        {problem.what} [{problem.code}]
      </p>
    </div>
  );
}

/** Sliders, and the country run again as they are moved. */
export function Live({ edition, sliders }: { edition: EditionSummary; sliders: Slider[] }) {
  const { query } = useAddress();
  const values = changed(sliders, query);
  const { data, error, busy } = useRerun(edition, values);
  const isStudy = Object.keys(values).length === 0;
  const reset = () => setQuery(Object.fromEntries(sliders.map(({ name }) => [name, undefined])));
  return (
    <div class="live">
      <form class="knobs" onSubmit={(event) => event.preventDefault()}>
        {(["areas", "districts"] as const).map((section) => {
          const own = sliders.filter((slider) => slider.section === section);
          if (own.length === 0) return null;
          return (
            <fieldset key={section}>
              <legend>{t(`rules.section.${section}` as Key)}</legend>
              {own.map((slider) => (
                <Knob key={slider.name} slider={slider} value={values[slider.name] ?? slider.value} />
              ))}
            </fieldset>
          );
        })}
        <button type="button" disabled={isStudy} onClick={reset}>
          {t("rules.reset")}
        </button>
      </form>
      {error ? <Refused error={error} /> : <Summary edition={edition} rerun={data} busy={busy} />}
      <div class="result" aria-busy={busy}>
        {data && !error && <Outcome edition={edition} rerun={data} />}
      </div>
    </div>
  );
}
