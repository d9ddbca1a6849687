import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { type Candidate, demandIn, inState } from "../../tours/hosts";
import { dateName } from "../../tours/time";
import type { Agreement, Demand, State } from "../../tours/types";
import { agree, type TourAt } from "../../tours/use-tour";
import type { Board } from "./board";
import { NotStored } from "./not-stored";

/** What is agreed with a host and demanded of it, to change. */
export function AgreementForm({ board, one, tour }: { board: Board; one: Candidate; tour: TourAt }) {
  const { sheet, say } = board;
  const { host, visit } = one;
  const [isFixing, setFixing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error | null>(null);

  const store = (wanted: Agreement) => {
    setBusy(true);
    setError(null);
    agree(sheet, host.code, wanted)
      .then((changed) => {
        tour.sheet.set(changed);
        tour.worth.reload();
        setFixing(false);
        say(t("tours.said.agreed", { name: host.name }));
      })
      .catch(setError)
      .finally(() => setBusy(false));
  };
  const { host: _, ...now } = visit;
  const setState = (state: State) => store(inState(now, state));
  const demand = (wanted: Demand) => store({ ...now, demand: visit.demand === wanted ? "free" : wanted });

  return (
    <div class="agreement">
      <div class="tools" role="group" aria-label={t("tours.agreementOf", { name: host.name })}>
        {(["proposed", "asked", "declined"] as const).map((state) => (
          <button key={state} type="button" aria-pressed={visit.state === state} disabled={busy} onClick={() => visit.state !== state && setState(state)}>
            {t(`tours.do.${state}`)}
          </button>
        ))}
        <button type="button" aria-pressed={visit.state === "confirmed"} aria-expanded={isFixing} disabled={busy} onClick={() => setFixing(!isFixing)}>
          {t("tours.do.confirmed")}
        </button>
        <span class="gap" />
        <button type="button" aria-pressed={visit.demand === "mandatory"} disabled={busy} onClick={() => demand("mandatory")}>
          {t("tours.do.mandatory")}
        </button>
        <button type="button" aria-pressed={visit.demand === "excluded"} disabled={busy} onClick={() => demand("excluded")}>
          {t("tours.do.excluded")}
        </button>
      </div>
      {isFixing && <Fixing board={board} one={one} busy={busy} store={store} close={() => setFixing(false)} />}
      <NotStored
        error={error}
        conflict="tours.tourConflict"
        reload={() => {
          setError(null);
          tour.reload();
        }}
      />
    </div>
  );
}

interface FixingProps {
  board: Board;
  one: Candidate;
  busy: boolean;
  store: (wanted: Agreement) => void;
  close: () => void;
}

/** The hour at which a host expects the delegation: as agreed before, or as the plan has it. */
function Fixing({ board, one: { host, visit }, busy, store, close }: FixingProps) {
  const { desk, sheet } = board;
  const planned = desk.now.timed?.plan.days.flatMap(({ stops }) => stops).find((stop) => stop.host === host.code)?.starts;
  const first = visit.start ?? planned;
  const [date, setDate] = useState(first?.slice(0, 10) ?? sheet.tour.frame.days[0]?.date ?? "");
  const [time, setTime] = useState(first?.slice(11, 16) ?? "09:00");
  const [minutes, setMinutes] = useState(String(visit.minutes ?? ""));
  return (
    <form
      class="fixing tools"
      onSubmit={(event) => {
        event.preventDefault();
        // A day that was wished for gives way to the time that is agreed, and minutes that were emptied are those of the host.
        const { demand, extra } = visit;
        store({ state: "confirmed", demand: demandIn("confirmed", demand), extra, start: `${date}T${time}:00`, ...(minutes ? { minutes: Number(minutes) } : {}) });
      }}
    >
      <label class="inline">
        <span>{t("tours.day")}</span>
        <select value={date} onChange={(event) => setDate(event.currentTarget.value)}>
          {sheet.tour.frame.days.map((day) => (
            <option key={day.date} value={day.date}>
              {dateName(day.date)}
            </option>
          ))}
        </select>
      </label>
      <label class="inline">
        <span>{t("tours.beginsAt")}</span>
        <input type="time" required value={time} onInput={(event) => setTime(event.currentTarget.value)} />
      </label>
      <label class="inline">
        <span>{t("tours.minutesIfOther", { n: host.minutes })}</span>
        <input type="number" min={1} max={10080} value={minutes} onInput={(event) => setMinutes(event.currentTarget.value)} />
      </label>
      <button type="submit" class="first" disabled={busy}>
        {t("tours.confirmNow")}
      </button>
      <button type="button" onClick={close}>
        {t("tours.cancel")}
      </button>
    </form>
  );
}
