import { useData } from "../../api";
import { Failed, Waiting } from "../../components/state";
import { type Key, t } from "../../i18n";
import { setQuery, useAddress } from "../../router";
import type { EditionSummary, Grid, Rerun } from "../../types";
import { Heat } from "./heat";
import { Outcome } from "./outcome";
import { Summary } from "./summary";
import { valueOf } from "./values";

type Study = Record<string, number>;

/** Reruns that were made beforehand, one chosen by the values of its parameters. */
export function Precomputed({ edition, study }: { edition: EditionSummary; study: Study }) {
  const { data: grid, error } = useData<Grid>(`editions/${edition.id}/grid.json`);
  if (error) return <Failed error={error} />;
  return grid ? <Choose edition={edition} grid={grid} study={study} /> : <Waiting />;
}

function Choose({ edition, grid, study }: { edition: EditionSummary; grid: Grid; study: Study }) {
  const { query } = useAddress();
  const at = grid.axes.map(({ name, values }) => {
    const asked = query.has(name) ? values.indexOf(Number(query.get(name))) : -1;
    return asked >= 0 ? asked : Math.max(0, values.indexOf(study[name] ?? NaN));
  });
  const point = grid.points.find((point) => point.at.every((place, axis) => place === at[axis]));
  const isStudy = grid.axes.every(({ name, values }, axis) => values[at[axis] ?? 0] === study[name]);
  const { data, error } = useData<Rerun>(point && !isStudy ? `editions/${edition.id}/grid/${point.n}.json` : null);
  const choose = (axis: number, place: number) => {
    const { name, values } = grid.axes[axis] ?? { name: "", values: [] };
    const value = values[place];
    setQuery({ [name]: value === undefined || value === study[name] ? undefined : String(value) });
  };
  return (
    <>
      <p class="said">{t("rules.precomputed", { n: grid.points.length })}</p>
      <div class="live">
        <form class="knobs" onSubmit={(event) => event.preventDefault()}>
          <fieldset>
            <legend>{t("rules.section.areas")}</legend>
            {grid.axes.map(({ name, values }, axis) => (
              <div class="knob" key={name}>
                <label for={`grid-${name}`}>{t(`rules.${name}` as Key)}</label>
                <select id={`grid-${name}`} value={String(at[axis])} onChange={(event) => choose(axis, Number(event.currentTarget.value))}>
                  {values.map((value, place) => (
                    <option key={value} value={String(place)}>
                      {valueOf(name, value)}
                      {value === study[name] && ` ${t("rules.ofStudy")}`}
                    </option>
                  ))}
                </select>
              </div>
            ))}
          </fieldset>
          <Heat grid={grid} at={at} choose={choose} />
        </form>
        {point ? <Summary edition={edition} rerun={isStudy ? undefined : data} busy={!isStudy && !data && !error} /> : <p class="said">{t("rules.noPoint")}</p>}
        <div class="result">
          {error && <Failed error={error} />}
          {data && !isStudy && <Outcome edition={edition} rerun={data} />}
        </div>
      </div>
    </>
  );
}
