import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../i18n";
import { ask } from "../../tours/client";
import { named } from "../../tours/desk";
import { useDragged } from "../../tours/drag";
import { clashName, sentence } from "../../tours/lines";
import { put, sameOrder } from "../../tours/order";
import { clock, duration } from "../../tours/time";
import type { Order, Tried } from "../../tours/types";
import { tourAddress } from "../../tours/use-tour";
import type { Board } from "./board";
import { Mark } from "./mark";

/** Milliseconds that the pointer rests over a place before it is asked what letting go there would mean. */
const REST = 160;

/** What is being dragged, beside the pointer, with what letting go would mean. */
export function Ghost({ board }: { board: Board }) {
  const { drags, places, desk } = board;
  const drag = useDragged(drags, (drag) => drag);
  const over = drag?.over;
  const order = drag && over ? put(desk.now.order, drag.host, over.day, over.at) : null;
  const verdict = usePeek(board, order && !sameOrder(order, desk.now.order) ? order : null);
  if (!drag) return null;
  const kind = places.of.get(drag.host)?.host.kind;
  const style = {
    ...(drag.x > innerWidth / 2 ? { right: `${innerWidth - drag.x + 12}px` } : { left: `${drag.x + 12}px` }),
    ...(drag.y > innerHeight - 160 ? { bottom: `${innerHeight - drag.y + 12}px` } : { top: `${drag.y + 12}px` }),
  };
  return (
    <div class={`ghost ${verdict?.feasible === false ? "bad" : verdict ? "good" : ""}`} style={style} aria-hidden="true">
      <strong>
        {kind && <Mark kind={kind} size={18} />} {places.name(drag.host)}
      </strong>
      <span>{said(board, verdict, order, over?.day)}</span>
    </div>
  );
}

function said({ desk, places }: Board, verdict: Tried | null, order: Order[] | null, day: number | undefined): string {
  if (!order) return t("tours.dragHere");
  if (!verdict) return sameOrder(order, desk.now.order) ? t("tours.dragSame") : "…";
  const [clash] = verdict.clashes;
  if (!verdict.feasible) return clash ? (clashName(clash) ?? sentence(clash.text, places.name)) : t("tours.standing.clashes", { n: 1 });
  const back = verdict.timed.plan.days.find(({ date }) => date === order[day ?? 0]?.date)?.returns;
  const before = desk.now.timed;
  const more = before ? verdict.timed.driving - before.driving : null;
  const by = more === null || more === 0 ? "" : ` · ${more > 0 ? "+" : "−"}${duration(Math.abs(more))} ${t("tours.bar.drive")}`;
  return `${t("tours.fits")}${back ? ` · ${t("tours.backAt", { time: clock(back) })}` : ""}${by}`;
}

/** What the server says of an order that is only thought of; each is asked for once. */
function usePeek({ sheet }: Board, order: Order[] | null): Tried | null {
  const key = order && JSON.stringify(named(order));
  const [known, setKnown] = useState<{ key: string; tried: Tried } | null>(null);
  const all = useRef(new Map<string, Tried>());
  useEffect(() => all.current.clear(), [sheet.revision]);
  useEffect(() => {
    if (key === null) return;
    const before = all.current.get(key);
    if (before) return setKnown({ key, tried: before });
    const stop = new AbortController();
    const timer = setTimeout(() => {
      ask<Tried>("POST", `${tourAddress(sheet.id)}/try`, { body: { days: JSON.parse(key) as Order[] }, signal: stop.signal }).then(
        (tried) => {
          all.current.set(key, tried);
          setKnown({ key, tried });
        },
        () => undefined, // It was only a glance: letting go asks again, and tells what is wrong.
      );
    }, REST);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [key]);
  return known !== null && known.key === key ? known.tried : null;
}
