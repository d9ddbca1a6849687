import { Fragment } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../i18n";
import { useDragged } from "../../tours/drag";
import type { Happening } from "../../tours/happenings";
import { routeLook } from "../../tours/kinds";
import { isEmpty, sameOrder, step, without } from "../../tours/order";
import { clock, dateName, duration, kilometres } from "../../tours/time";
import type { Order } from "../../tours/types";
import { type Board, dayName } from "./board";
import { Between } from "./between";
import { Clashes } from "./clashes";
import { StopRow } from "./stop-row";
import { Track } from "./track";

interface Props {
  board: Board;
  day: number;
  /** What happens, where times are known. */
  drawn: Happening[] | null;
  axis: { from: number; until: number };
}

/** A day: as bars to scale, and as a list in which it can be rearranged. */
export function DayPart({ board, day, drawn, axis }: Props) {
  const { desk, drags, places } = board;
  const over = useDragged(drags, (drag) => (drag?.over?.day === day ? drag.over.at : null));
  const one = desk.now.order[day] as Order;
  const timed = desk.dayPlan(day);
  const list = useRef<HTMLOListElement>(null);
  // A visit that has moved takes the focus with it: to the same button, or to the list where it is gone.
  const wanted = useRef<string | null>(null);
  useEffect(() => {
    if (wanted.current === null) return;
    const [host = "", does = ""] = JSON.parse(wanted.current) as string[];
    wanted.current = null;
    const row = document.querySelector(`[data-stop="${CSS.escape(host)}"]`);
    const button = row?.querySelector<HTMLElement>(`button[data-does="${does}"]:enabled`) ?? row?.querySelector<HTMLElement>("button:enabled");
    (button ?? list.current)?.focus();
  });
  const change = (order: Order[], host: string, does: string, words: string) => {
    if (sameOrder(order, desk.now.order)) return;
    wanted.current = JSON.stringify([host, does]);
    board.arrange(order, words);
  };
  const move = (host: string, by: -1 | 1) => {
    const order = step(desk.now.order, host, by);
    const to = order.findIndex(({ hosts }) => hosts.includes(host));
    const at = (order[to]?.hosts.indexOf(host) ?? 0) + 1;
    change(order, host, String(by), t("tours.said.put", { name: places.name(host), day: dayName(board, to), at }));
  };
  const remove = (host: string) => change(without(desk.now.order, host), host, "remove", t("tours.said.takenOut", { name: places.name(host) }));

  const groups = drawn ? groupsOf(drawn) : null;
  const clashes = desk.now.clashes.filter((clash) => clash.day === one.date && (clash.host === null || !one.hosts.includes(clash.host)));
  const whole = day === 0 ? desk.now.clashes.filter((clash) => clash.day === null && (clash.host === null || !desk.now.order.some(({ hosts }) => hosts.includes(clash.host ?? "")))) : [];
  const legs = timed?.timed.legs.filter((leg) => leg.day === one.date) ?? [];
  const metres = legs.every((leg) => leg.metres !== null) ? legs.reduce((sum, leg) => sum + (leg.metres ?? 0), 0) : null;
  const { colour, dash } = routeLook(day);
  return (
    <>
      <Clashes clashes={whole} board={board} />
      <section class={`day${over !== null ? " over" : ""}${timed?.isOld ? " old" : ""}`} data-day={day} aria-labelledby={`day-${day}`}>
        <header>
          <h3 id={`day-${day}`}>
            <svg width="26" height="8" viewBox="0 0 26 8" aria-hidden="true">
              <line x1="1" x2="25" y1="4" y2="4" stroke={colour} stroke-width="3.5" stroke-dasharray={dash} />
            </svg>
            {dateName(one.date)}
          </h3>
          <p>
            {timed && one.hosts.length > 0 ? (
              <>
                <span class="when">
                  {clock(timed.plan.departs)}–{clock(timed.plan.returns)}
                </span>
                {" · "}
                {t("tours.nVisits", { n: one.hosts.length })}
                {" · "}
                {legs.some((leg) => leg.minutes === null)
                  ? t("tours.drivingUnknown")
                  : t("tours.drivingOf", { time: duration(legs.reduce((sum, leg) => sum + (leg.minutes ?? 0), 0)) })}
                {metres !== null && ` · ${kilometres(metres)}`}
              </>
            ) : one.hosts.length > 0 ? (
              <>
                {t("tours.nVisits", { n: one.hosts.length })} · {t(desk.now.fits === null ? "tours.timesComing" : "tours.noTimes")}
              </>
            ) : (
              t("tours.dayEmpty")
            )}
            {timed?.isOld && one.hosts.length > 0 && <em> {t("tours.oldTimes")}</em>}
          </p>
        </header>
        <Track board={board} drawn={drawn} hosts={one.hosts} axis={axis} isBusy={desk.isAsking} />
        <Clashes clashes={clashes} board={board} plain />
        <ol ref={list} class="stops" tabIndex={-1} aria-label={t("tours.visitsOf", { day: dateName(one.date, "long") })}>
          {one.hosts.length > 0 && <Between part={groups?.[0]} board={board} />}
          {one.hosts.map((host, at) => (
            <Fragment key={host}>
              {over === at && <li class="insert" aria-hidden="true" />}
              <StopRow
                board={board}
                host={host}
                day={day}
                at={at}
                last={at === one.hosts.length - 1}
                stop={timed?.plan.stops[at]}
                move={(by) => move(host, by)}
                remove={() => remove(host)}
                toDay={(to) => {
                  wanted.current = JSON.stringify([host, `day-${day}`]);
                  board.add(host, to);
                }}
              />
              <Between part={groups?.[at + 1]} board={board} />
            </Fragment>
          ))}
          {over === one.hosts.length && <li class="insert" aria-hidden="true" />}
          {one.hosts.length === 0 && over === null && <li class="drop-here">{t(isEmpty(desk.now.order) ? "tours.dropFirst" : "tours.dropHere")}</li>}
        </ol>
      </section>
    </>
  );
}

/** What happens before the first visit, between two, and after the last. */
function groupsOf(drawn: Happening[]): Happening[][] {
  const groups: Happening[][] = [[]];
  for (const one of drawn) {
    if (one.what === "visit") groups.push([]);
    else groups.at(-1)?.push(one);
  }
  return groups;
}
