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

/** What is being dragged: told only to those who look, so that a desk of many hosts is not drawn at every move of the pointer. */
export class Drags {
  now: Drag | null = null;
  private readonly listeners = new Set<() => void>();

  set(drag: Drag | null): void {
    this.now = drag;
    this.listeners.forEach((listener) => listener());
  }

  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}

/** A part of what is being dragged; the component is drawn again when that part is another. */
export function useDragged<T>(drags: Drags, part: (drag: Drag | null) => T): T {
  const latest = useRef(part);
  latest.current = part;
  const [value, setValue] = useState(() => ({ is: part(drags.now) }));
  useEffect(() => drags.listen(() => setValue((old) => (Object.is(old.is, latest.current(drags.now)) ? old : { is: latest.current(drags.now) }))), [drags]);
  return value.is;
}

interface Dragging {
  drags: Drags;
  /** What a handle does when it is pressed. */
  grip: (host: string) => (event: PointerEvent) => void;
}

/** Follows the pointer from a handle; `drop` is called once, where it is let go over a day. */
export function useDrag(drop: (host: string, target: Target) => void): Dragging {
  const [drags] = useState(() => new Drags());
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
      drags.set(now);
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
      drags.set(null);
    };
    end.current = finish;
    addEventListener("pointermove", move, { passive: false });
    addEventListener("pointerup", up);
    addEventListener("pointercancel", finish);
    addEventListener("keydown", key, true);
    document.documentElement.classList.add("dragging");
    scrolling = requestAnimationFrame(scroll);
  };
  return { drags, grip };
}

/** The place in a day that lies under a point. */
function targetAt(x: number, y: number): Target | null {
  const under = document.elementFromPoint(x, y);
  const day = under?.closest<HTMLElement>("[data-day]");
  if (!day) return null;
  const bars = under?.closest("[data-bars]");
  if (bars) {
    const visits = [...bars.querySelectorAll("[data-bar]")];
    const before = visits.findIndex((bar) => {
      const { left, width } = bar.getBoundingClientRect();
      return x < left + width / 2;
    });
    return { day: Number(day.dataset.day), at: before < 0 ? visits.length : before };
  }
  const rows = [...day.querySelectorAll<HTMLElement>("[data-stop]")];
  const before = rows.findIndex((row) => {
    const { top, height } = row.getBoundingClientRect();
    return y < top + height / 2;
  });
  return { day: Number(day.dataset.day), at: before < 0 ? rows.length : before };
}
