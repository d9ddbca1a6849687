/** Dragging a host into a day: by mouse, pen or finger. What it does can be done by buttons as well. */
import { useEffect, useRef, useState } from "preact/hooks";

export interface Target {
  day: number;
  at: number;
}

export interface Drag {
  host: string;
  x: number;
  y: number;
  over: Target | null;
}

/** Pixels that a press may wander and still be a press. */
const STILL = 5;
/** Pixels from the edge of the window at which it scrolls, and how far at a time. */
const EDGE = 56;
const STRIDE = 14;

interface Dragging {
  drag: Drag | null;
  /** What a handle does when it is pressed. */
  grip: (host: string) => (event: PointerEvent) => void;
}

/** Follows the pointer from a handle; `drop` is called once, where it is let go over a day. */
export function useDrag(drop: (host: string, target: Target) => void): Dragging {
  const [drag, setDrag] = useState<Drag | null>(null);
  const latest = useRef(drop);
  latest.current = drop;
  const end = useRef<() => void>(() => undefined);
  useEffect(() => () => end.current(), []);

  const grip = (host: string) => (down: PointerEvent) => {
    if (down.button !== 0) return;
    down.preventDefault();
    end.current();
    let now: Drag | null = null;
    let scrolling = 0;
    const follow = (x: number, y: number) => {
      now = { host, x, y, over: targetAt(x, y) };
      setDrag(now);
    };
    const move = (event: PointerEvent) => {
      if (event.pointerId !== down.pointerId) return;
      if (!now && Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) < STILL) return;
      event.preventDefault();
      follow(event.clientX, event.clientY);
    };
    const scroll = () => {
      const by = now === null ? 0 : now.y < EDGE ? -STRIDE : now.y > innerHeight - EDGE ? STRIDE : 0;
      if (now && by !== 0) {
        scrollBy({ top: by, behavior: "instant" });
        follow(now.x, now.y);
      }
      scrolling = requestAnimationFrame(scroll);
    };
    const key = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      finish();
    };
    const up = (event: PointerEvent) => {
      if (event.pointerId !== down.pointerId) return;
      const over = now?.over;
      finish();
      if (over) latest.current(host, over);
    };
    const finish = () => {
      cancelAnimationFrame(scrolling);
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", up);
      removeEventListener("pointercancel", finish);
      removeEventListener("keydown", key, true);
      document.documentElement.classList.remove("dragging");
      end.current = () => undefined;
      setDrag(null);
    };
    end.current = finish;
    addEventListener("pointermove", move, { passive: false });
    addEventListener("pointerup", up);
    addEventListener("pointercancel", finish);
    addEventListener("keydown", key, true);
    document.documentElement.classList.add("dragging");
    scrolling = requestAnimationFrame(scroll);
  };
  return { drag, grip };
}

/** The place in a day that lies under a point. */
function targetAt(x: number, y: number): Target | null {
  const day = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-day]");
  if (!day) return null;
  const rows = [...day.querySelectorAll<HTMLElement>("[data-stop]")];
  const before = rows.findIndex((row) => {
    const { top, height } = row.getBoundingClientRect();
    return y < top + height / 2;
  });
  return { day: Number(day.dataset.day), at: before < 0 ? rows.length : before };
}
