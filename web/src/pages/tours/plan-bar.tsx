import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n";
import { setQuery } from "../../router";
import { ask, isConflict } from "../../tours/client";
import type { SavedPlan } from "../../tours/types";
import { tourAddress, type TourAt } from "../../tours/use-tour";
import type { Board } from "./board";
import { Confirm } from "./confirm";
import { Trouble } from "./trouble";

/** Which plan is on the desk, whether it can be kept, and storing it. */
export function PlanBar({ board, tour }: { board: Board; tour: TourAt }) {
  const { sheet, desk, writes, say } = board;
  const [naming, setNaming] = useState<string | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const [busy, setBusy] = useState(false);
  const { saved } = desk;
  const plan = desk.now.timed?.plan;
  const address = (name: string) => `${tourAddress(sheet.id)}/plans/${encodeURIComponent(name)}`;

  const store = (name: string, revision: number) => {
    if (!plan) return;
    const sent = desk.now;
    const asked = planOfAddress();
    setBusy(true);
    setError(null);
    ask<SavedPlan>("PUT", address(name), { body: { revision, plan } })
      .then((stored) => {
        const isHere = desk.isSaved(stored, sent);
        setNaming(null);
        // Who has chosen another plan meanwhile gets that one.
        if (isHere && planOfAddress() === asked) setQuery({ plan: name });
        tour.sheet.reload();
        say(t("tours.said.saved", { name }));
      })
      .catch(setError)
      .finally(() => setBusy(false));
  };
  const reopen = () => {
    if (!saved) return;
    ask<SavedPlan>("GET", address(saved.name)).then((plan) => {
      setError(null);
      desk.open(plan);
      tour.reload();
    }, setError);
  };
  const remove = () => {
    if (!saved) return;
    const { origin } = desk.now;
    ask<void>("DELETE", address(saved.name), { body: { revision: saved.revision } }).then(() => {
      setQuery({ plan: undefined });
      desk.forget(origin);
      tour.sheet.reload();
      say(t("tours.said.removed", { name: saved.name }));
    }, setError);
  };
  // A step may lead to another plan: the address goes along.
  const turn = (by: "undo" | "redo") => {
    desk[by]();
    setQuery({ plan: desk.saved?.name });
  };
  const choose = (name: string) => {
    setError(null);
    if (name === "") {
      setQuery({ plan: undefined }, { replace: false });
      desk.clear();
    } else setQuery({ plan: name }, { replace: false });
  };

  return (
    <div class="plan-bar">
      <div class="tools">
        <label class="inline">
          <span>{t("tours.plan")}</span>
          <select value={saved?.name ?? ""} onChange={(event) => choose(event.currentTarget.value)}>
            <option value="">{t("tours.newPlan")}</option>
            {sheet.plans.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <button type="button" onClick={() => turn("undo")} disabled={!desk.canUndo}>
          <span aria-hidden="true">↶ </span>
          {t("tours.undo")}
        </button>
        <button type="button" onClick={() => turn("redo")} disabled={!desk.canRedo}>
          <span aria-hidden="true">↷ </span>
          {t("tours.redo")}
        </button>
        {writes && (
          <>
            <button
              type="button"
              class="first"
              disabled={!plan || busy}
              onClick={() => (saved ? store(saved.name, saved.revision) : setNaming(proposal(sheet.plans.map(({ name }) => name))))}
            >
              {t("tours.save")}
            </button>
            <button type="button" disabled={!plan || busy} onClick={() => setNaming(proposal(sheet.plans.map(({ name }) => name), saved?.name))}>
              {t("tours.saveAs")}
            </button>
            {saved && <Confirm label={t("tours.removePlan")} question={t("tours.removePlanSure", { name: saved.name })} yes={t("tours.removeYes")} act={remove} />}
          </>
        )}
        <Standing board={board} />
      </div>
      {naming !== null && (
        <Naming first={naming} taken={sheet.plans.map(({ name }) => name)} busy={busy} save={(name) => store(name, 0)} close={() => setNaming(null)} />
      )}
      {error && (
        <Trouble error={error}>
          {isConflict(error) && (
            <>
              <p>{t("tours.planConflict")}</p>
              <button type="button" onClick={reopen}>
                {t("tours.openTheirs")}
              </button>
              <button
                type="button"
                onClick={() => {
                  setError(null);
                  tour.sheet.reload();
                  setNaming(proposal(sheet.plans.map(({ name }) => name), saved?.name));
                }}
              >
                {t("tours.keepMine")}
              </button>
            </>
          )}
        </Trouble>
      )}
    </div>
  );
}

function planOfAddress(): string | null {
  return new URLSearchParams(location.search).get("plan");
}

/** Whether the order can be kept, in a word. */
function Standing({ board: { desk, writes } }: { board: Board }) {
  const { fits, clashes } = desk.now;
  const state = desk.error ? "unknown" : fits === null ? (desk.isAsking ? "asking" : "empty") : fits ? "fits" : "clashes";
  return (
    <p class={`standing ${state}`}>
      <strong>{t(`tours.standing.${state}`, { n: clashes.length })}</strong>
      {writes && desk.isChanged && <span> {t(fits === false && !desk.now.timed ? "tours.cannotSave" : "tours.unsaved")}</span>}
    </p>
  );
}

/** A name that is not taken. */
function proposal(taken: string[], base = "plan"): string {
  if (base === "plan" && !taken.includes(base)) return base;
  for (let n = 2; ; n += 1) if (!taken.includes(`${base}-${n}`.slice(-80))) return `${base}-${n}`.slice(-80);
}

interface NamingProps {
  first: string;
  taken: string[];
  busy: boolean;
  save: (name: string) => void;
  close: () => void;
}

function Naming({ first, taken, busy, save, close }: NamingProps) {
  const [name, setName] = useState(first);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.select(), []);
  const isTaken = taken.includes(name);
  return (
    <form
      class="naming tools"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isTaken) save(name);
      }}
    >
      <label class="inline">
        <span>{t("tours.planName")}</span>
        <input
          ref={input}
          value={name}
          required
          maxLength={80}
          pattern="[a-z0-9\-]+"
          aria-describedby="plan-name-rule"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          onInput={(event) => setName(event.currentTarget.value.toLowerCase().replaceAll(" ", "-"))}
        />
      </label>
      <button type="submit" class="first" disabled={busy || isTaken}>
        {t("tours.save")}
      </button>
      <button type="button" onClick={close}>
        {t("tours.cancel")}
      </button>
      <small id="plan-name-rule">{t(isTaken ? "tours.planNameTaken" : "tours.planNameRule")}</small>
    </form>
  );
}
