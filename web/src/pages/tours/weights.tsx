import { useState } from "preact/hooks";
import { digits, type Key, t, tMaybe } from "../../i18n";
import { ask } from "../../tours/client";
import { districtFact, interestName } from "../../tours/lines";
import { dateName, duration, money } from "../../tours/time";
import type { Rules, Sheet, Worth } from "../../tours/types";
import { type Places, tourAddress, type TourAt } from "../../tours/use-tour";
import { RuleFields } from "./rule-fields";
import { NotStored } from "./not-stored";

type Changed = Partial<Omit<Rules, "weights">> & { weights: Rules["weights"] };

/** What counts how much: the planner's to choose. */
export function WeightsPart({ sheet, tour, places, writes }: { sheet: Sheet; tour: TourAt; places: Places; writes: boolean }) {
  const { rules, frame, delegation } = sheet.tour;
  // Only what was changed here: what others change meanwhile stays theirs.
  const [changed, setChanged] = useState<Changed>({ weights: {} });
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const names = Object.keys(rules.weights);
  const wanted: Rules = { ...rules, ...changed, weights: { ...rules.weights, ...changed.weights } };
  const isChanged = JSON.stringify(wanted) !== JSON.stringify(rules);
  const change = (more: Partial<Rules>) => {
    setDone(false);
    setChanged({ ...changed, ...more, weights: { ...changed.weights, ...more.weights } });
  };

  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    ask<{ revision: number }>("PUT", `${tourAddress(sheet.id)}/rules`, { body: { revision: sheet.revision, rules: wanted } })
      .then(({ revision }) => {
        tour.sheet.set({ ...sheet, revision, tour: { ...sheet.tour, rules: wanted } });
        tour.worth.reload();
        setChanged({ weights: {} });
        setDone(true);
      })
      .catch(setError)
      .finally(() => setBusy(false));
  };
  const ranked = tour.worth.data?.districts ?? [];
  return (
    <>
      <div class="pair weights-part">
        <form onSubmit={onSubmit}>
          <h2>{t("tours.weights")}</h2>
          <p>{t("tours.weightsHow")}</p>
          {names.map((name) => (
            <label key={name} class="weight">
              <span>{tMaybe(`tours.weight.${name}`, name)}</span>
              <input
                type="number"
                min={0}
                max={name === "repeat" ? 100 : 10_000}
                step={1}
                required
                disabled={!writes}
                value={wanted.weights[name]}
                onInput={(event) => change({ weights: { [name]: event.currentTarget.valueAsNumber || 0 } })}
              />
              <small>{tMaybe(`tours.weightHow.${name}`, "")}</small>
            </label>
          ))}
          <RuleFields sheet={sheet} rules={wanted} writes={writes} change={change} />
          {writes && (
            <div class="tools">
              <button type="submit" class="first" disabled={busy || !isChanged}>
                {t("tours.saveWeights")}
              </button>
              <button type="button" disabled={!isChanged} onClick={() => setChanged({ weights: {} })}>
                {t("tours.asBefore")}
              </button>
              <span role="status">{done && t("tours.said.weights")}</span>
            </div>
          )}
          <NotStored
            error={error}
            conflict="tours.rulesConflict"
            reload={() => {
              setError(null);
              tour.reload();
            }}
          />
        </form>
        <div>
          <h2>{t("tours.delegation")}</h2>
          <p>
            {t("tours.nDelegates", { n: delegation.delegates.length })} · {t("tours.nStaff", { n: delegation.staff })} · {t(`tours.pace.${delegation.pace}` as Key)}
          </p>
          <div class="scroll" tabIndex={0} role="region" aria-label={t("tours.delegation")}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t("tours.code")}</th>
                  <th scope="col">{t("tours.role")}</th>
                  <th scope="col">{t("tours.country")}</th>
                  <th scope="col">{t("tours.interests")}</th>
                </tr>
              </thead>
              <tbody>
                {delegation.delegates.map((one) => (
                  <tr key={one.code}>
                    <th scope="row">{one.code}</th>
                    <td>{one.role}</td>
                    <td>{one.country}</td>
                    <td>{one.interests.map(({ subject, name, weight }) => `${interestName(subject, name)} (${weight})`).join(", ")}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <h2>{t("tours.frame")}</h2>
          <ul>
            {frame.days.map((day) => (
              <li key={day.date}>
                {t("tours.frameDay", { day: dateName(day.date), from: day.starts.slice(0, 5), until: day.ends.slice(0, 5) })}
                {day.meal && ` · ${t("tours.frameMeal", { from: day.meal.from.slice(0, 5), until: day.meal.until.slice(0, 5), time: duration(day.meal.minutes) })}`}
              </li>
            ))}
            {frame.budget !== undefined && <li>{t("tours.frameBudget", { money: money(frame.budget, frame.currency) })}</li>}
            {frame.seats !== undefined && <li>{t("tours.frameSeats", { n: frame.seats })}</li>}
            <li>{t("tours.frameDriving", { day: duration(frame.driving.day), stretch: duration(frame.driving.stretch), rest: duration(frame.driving.rest) })}</li>
          </ul>
        </div>
      </div>
      <Ranked ranked={ranked} name={places.name} />
    </>
  );
}

const FIRST = 12;

/** Which districts fit the delegation, the best first, with what speaks for each. */
function Ranked({ ranked, name }: { ranked: Worth["districts"]; name: (code: string) => string }) {
  const [shown, setShown] = useState(FIRST);
  if (ranked.length === 0) return null;
  return (
    <section>
      <h2>{t("tours.ranked")}</h2>
      <p>{t("tours.rankedHow")}</p>
      <ol class="ranked">
        {ranked.slice(0, shown).map(({ code, name: title, points, lines }) => (
          <li key={code}>
            <h3>
              <span>{title}</span>
              <span>{t("tours.points", { n: points })}</span>
            </h3>
            <table>
              <tbody>
                {lines.map((line) => {
                  const { label, value } = districtFact(line, name);
                  return (
                    <tr key={line.what}>
                      <th scope="row">{label}</th>
                      <td>{value ?? t("value.missing")}</td>
                      <td class="number">{line.points === null ? "–" : digits(line.points, { signDisplay: "exceptZero" })}</td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </li>
        ))}
      </ol>
      {ranked.length > shown && (
        <button type="button" onClick={() => setShown(shown + FIRST)}>
          {t("tours.more", { n: Math.min(FIRST, ranked.length - shown) })}
        </button>
      )}
    </section>
  );
}
