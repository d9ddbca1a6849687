import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { dateName } from "../../tours/time";
import type { Plan } from "../../tours/types";
import type { Board } from "./board";

/** What has come between: hosts that said no, and the hour from which on things may change. */
export interface Late {
  now: string | null;
  declined: string[];
  /** Where the coach stands, and when it can go on. */
  late: { until: string; at: string } | null;
}

interface Props {
  board: Board;
  plan: Plan;
  replan: (late: Late) => void;
  close: () => void;
}

/** Asks what has come between. */
export function Replan({ board, plan, replan, close }: Props) {
  const stops = plan.days.flatMap((day) => day.stops);
  const [declined, setDeclined] = useState(stops.map(({ host }) => host).filter((host) => board.places.of.get(host)?.visit.state === "declined"));
  const [date, setDate] = useState("");
  const [time, setTime] = useState("09:00");
  const [at, setAt] = useState("");
  const [until, setUntil] = useState("10:00");
  const toggle = (host: string) => setDeclined((old) => (old.includes(host) ? old.filter((other) => other !== host) : [...old, host]));
  return (
    <form
      class="replan"
      onSubmit={(event) => {
        event.preventDefault();
        replan({ now: date && time ? `${date}T${time}:00` : null, declined, late: date && at ? { until: `${date}T${until}:00`, at } : null });
      }}
    >
      <fieldset>
        <legend>{t("tours.whoDeclined")}</legend>
        <div class="boxes">
          {stops.map(({ host }) => (
            <label key={host}>
              <input type="checkbox" checked={declined.includes(host)} onChange={() => toggle(host)} /> {board.places.name(host)}
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend>{t("tours.whenNow")}</legend>
        <div class="tools">
          <label class="inline">
            <span>{t("tours.day")}</span>
            <select value={date} onChange={(event) => setDate(event.currentTarget.value)}>
              <option value="">{t("tours.beforeTour")}</option>
              {plan.days.map((day) => (
                <option key={day.date} value={day.date}>
                  {dateName(day.date)}
                </option>
              ))}
            </select>
          </label>
          {date && (
            <label class="inline">
              <span>{t("tours.timeOfDay")}</span>
              <input type="time" value={time} required onInput={(event) => setTime(event.currentTarget.value)} />
            </label>
          )}
        </div>
      </fieldset>
      {date && (
        <fieldset>
          <legend>{t("tours.isLate")}</legend>
          <div class="tools">
            <label class="inline">
              <span>{t("tours.lateAt")}</span>
              <select value={at} onChange={(event) => setAt(event.currentTarget.value)}>
                <option value="">{t("tours.notLate")}</option>
                {placesOf(plan, date).map((code) => (
                  <option key={code} value={code}>
                    {board.places.name(code)}
                  </option>
                ))}
              </select>
            </label>
            {at && (
              <label class="inline">
                <span>{t("tours.lateUntil")}</span>
                <input type="time" value={until} required onInput={(event) => setUntil(event.currentTarget.value)} />
              </label>
            )}
          </div>
        </fieldset>
      )}
      <p class="aside">{t("tours.replanHow")}</p>
      <div class="tools">
        <button type="submit" class="first" disabled={declined.length === 0 && !date}>
          {t("tours.replanNow")}
        </button>
        <button type="button" onClick={close}>
          {t("tours.cancel")}
        </button>
      </div>
    </form>
  );
}

/** Where the coach can be on a day, each place once. */
function placesOf(plan: Plan, date: string): string[] {
  const day = plan.days.find((day) => day.date === date);
  return day ? [...new Set([day.from, ...day.stops.map(({ host }) => host), day.to])] : [];
}
