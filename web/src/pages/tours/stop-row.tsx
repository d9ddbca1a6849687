import { t } from "../../i18n";
import { useDragged } from "../../tours/drag";
import { clock, dateName } from "../../tours/time";
import type { Stop } from "../../tours/types";
import { type Board } from "./board";
import { Clashes } from "./clashes";
import { Mark } from "./mark";

interface Props {
  board: Board;
  host: string;
  day: number;
  at: number;
  last: boolean;
  /** Its times, where they are known. */
  stop: Stop | undefined;
  move: (by: -1 | 1) => void;
  remove: () => void;
  toDay: (day: number) => void;
}

/** A visit of the plan, with what can be done with it. */
export function StopRow({ board, host, day, at, last, stop, move, remove, toDay }: Props) {
  const { desk, places, sheet, selected, select, grip, drags } = board;
  const isDragged = useDragged(drags, (drag) => drag?.host === host);
  const candidate = places.of.get(host);
  const name = places.name(host);
  const visit = candidate?.visit;
  const days = sheet.tour.frame.days;
  const clashes = desk.now.clashes.filter((clash) => clash.host === host && (clash.day === null || clash.day === days[day]?.date));
  const isFirstOfAll = day === 0 && at === 0;
  const isLastOfAll = day === days.length - 1 && last;
  return (
    <li
      class={`stop${clashes.length > 0 ? " clash" : ""}${selected === host ? " selected" : ""}${isDragged ? " dragged" : ""}`}
      data-stop={host}
    >
      <div class="line">
        <span class="grip" aria-hidden="true" title={t("tours.dragMe")} onPointerDown={grip(host)}>
          ⠿
        </span>
        <span class="number" aria-hidden="true">
          {at + 1}
        </span>
        <span class="when">{stop ? `${clock(stop.starts)}–${clock(stop.ends)}` : t("tours.noTime")}</span>
        {candidate ? <Mark kind={candidate.host.kind} size={20} named /> : <span />}
        <span class="name">
          <button type="button" class="link" aria-expanded={selected === host} onClick={() => select(selected === host ? null : host)}>
            {name}
          </button>
          {candidate?.host.place.town && <small>{candidate.host.place.town}</small>}
          {visit && visit.state !== "proposed" && <span class={`chip ${visit.state}`}>{t(`tours.state.${visit.state}`)}</span>}
          {visit?.demand === "mandatory" && <span class="chip mandatory">{t("tours.demand.mandatory")}</span>}
        </span>
        <span class="moves">
          <button type="button" data-does="-1" aria-label={t("tours.earlier", { name })} title={t("tours.earlierShort")} disabled={isFirstOfAll} onClick={() => move(-1)}>
            ↑
          </button>
          <button type="button" data-does="1" aria-label={t("tours.later", { name })} title={t("tours.laterShort")} disabled={isLastOfAll} onClick={() => move(1)}>
            ↓
          </button>
          {days.map(({ date }, to) =>
            to === day ? null : (
              <button
                key={date}
                type="button"
                class="to-day"
                data-does={`day-${to}`}
                aria-label={t("tours.toDay", { name, day: dateName(date) })}
                title={dateName(date)}
                onClick={() => toDay(to)}
              >
                → {dateName(date, "brief")}
              </button>
            ),
          )}
          <button type="button" data-does="remove" aria-label={t("tours.takeOut", { name })} title={t("tours.takeOutShort")} onClick={remove}>
            ✕
          </button>
        </span>
      </div>
      {stop?.slots && stop.slots.length > 0 && (
        <p class="slots">
          {t("tours.inGroups", { n: stop.slots.length })}{" "}
          {stop.slots.map((slot) => `${clock(slot.starts)}–${clock(slot.ends)} (${t("tours.nPeople", { n: slot.people })})`).join(", ")}
        </p>
      )}
      <Clashes clashes={clashes} board={board} plain />
    </li>
  );
}
