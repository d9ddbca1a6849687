/** Pictures by Observable Plot, which is loaded when the first one is drawn. */
import type * as Plot from "@observablehq/plot";
import { useEffect, useRef, useState } from "preact/hooks";
import { Failed, Waiting } from "../components/state";
import { language } from "../i18n";
import "../styles/chart.css";

export type Library = typeof Plot;

interface Props {
  /** What the picture is of: its accessible name. The figure's caption says what one sees in it. */
  label: string;
  /** The options of the plot at a width in pixels. Colours in full, not as CSS variables: a saved file has no style sheet. */
  draw: (plot: Library, width: number) => Plot.PlotOptions;
}

/** A picture as wide as its place, drawn again when that, its rows or the language changes. Stands within a `Figure`. */
export function PlotFigure({ label, draw }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  const [library, setLibrary] = useState<Library | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const tongue = language();

  useEffect(() => {
    import("@observablehq/plot").then((loaded) => setLibrary(() => loaded), setError);
  }, []);

  useEffect(() => {
    if (!library || width === 0) return;
    place.current?.replaceChildren(picture(library, { ...draw(library, width), width }, label));
  }, [library, width, draw, label, tongue]);

  return (
    <>
      {error && <Failed error={error} />}
      {!library && !error && <Waiting />}
      <div ref={place} class="plot" />
    </>
  );
}

/** The drawn plot. Its own style element is taken out before a security policy sees it; `chart.css` has the same rules. */
function picture(library: Library, options: Plot.PlotOptions, label: string): Element {
  const drawn = library.plot({ className: "chart", ...options });
  drawn.querySelectorAll("style").forEach((style) => style.remove());
  const svg = drawn.matches("svg") ? drawn : drawn.querySelector(":scope > svg");
  // Plot names its groups in English; the picture is one thing with one name.
  svg?.querySelectorAll("[aria-label]").forEach((group) => group.removeAttribute("aria-label"));
  svg?.setAttribute("role", "img");
  svg?.setAttribute("aria-label", label);
  return drawn;
}

/** Width of an element in whole pixels, 0 while it is hidden. */
function useWidth(place: { current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!place.current) return;
    const observer = new ResizeObserver(([entry]) => entry && setWidth((old) => Math.floor(entry.contentRect.width) || old));
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [place]);
  return width;
}
