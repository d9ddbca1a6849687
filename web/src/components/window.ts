import { type RefObject } from "preact";
import { useCallback, useEffect, useLayoutEffect, useState } from "preact/hooks";

/** Rows drawn beyond either edge, so that scrolling does not show white. */
const BEYOND = 12;

export interface RowWindow {
  /** Rows to draw, ascending. */
  drawn: number[];
  height: number;
  /** Rows that fit on a page. */
  page: number;
  /** Brings a row into view. */
  reveal: (row: number) => void;
}

/** Of many rows of one height those in view, and `also` wherever it is, so that what has the focus stays. */
export function useWindow(box: RefObject<HTMLElement | null>, count: number, also: number): RowWindow {
  const [height, setHeight] = useState(36);
  const [view, setView] = useState({ top: 0, page: 20 });

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = () => {
      const row = element.querySelector<HTMLElement>("tbody tr[data-row]")?.offsetHeight;
      if (row) setHeight(row);
      const page = Math.max(1, Math.floor((element.clientHeight - headOf(element)) / (row || height)));
      const top = Math.floor(element.scrollTop / (row || height));
      setView((old) => (old.top === top && old.page === page ? old : { top, page }));
    };
    look();
    element.addEventListener("scroll", look, { passive: true });
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    return () => {
      element.removeEventListener("scroll", look);
      sizes.disconnect();
    };
  }, [count, height]);

  useEffect(() => {
    if (box.current && view.top > count) box.current.scrollTop = 0;
  }, [count]);

  const reveal = useCallback(
    (row: number) => {
      const element = box.current;
      if (!element) return;
      const room = element.clientHeight - headOf(element);
      const top = row * height;
      if (top < element.scrollTop) element.scrollTop = top;
      else if (top + height > element.scrollTop + room) element.scrollTop = top + height - room;
    },
    [height],
  );

  const from = Math.max(0, Math.min(view.top, count) - BEYOND);
  const to = Math.min(count, view.top + view.page + BEYOND);
  const drawn = Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
  if (also >= 0 && also < from) drawn.unshift(also);
  if (also >= to && also < count) drawn.push(also);
  return { drawn, height, page: view.page, reveal };
}

function headOf(element: HTMLElement): number {
  return element.querySelector("thead")?.offsetHeight ?? 0;
}
