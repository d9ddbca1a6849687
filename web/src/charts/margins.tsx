import { useCallback } from "preact/hooks";
import { COLOURS } from "./colours";
import { type Library, PlotFigure } from "./plot";

export interface Margin {
  key: string;
  /** The test. */
  label: string;
  /** What came of it, with value and threshold, in words. */
  text: string;
  outcome: "pass" | "fail" | "missing" | "not applicable";
  /** Over the size of the threshold; `null` where that is 0 or something is missing. */
  margin: number | null;
}

const LINE = 17;
/** Height of a row below its words. */
const BELOW = 26;
/** Pixels that a letter takes at most on average: of the name of a test, which is bold, and of what came of it. */
const LETTER = { label: 8.6, text: 7.9 };
/** Beyond a margin as large as the threshold a bar ends in an arrow. */
const LIMIT = 1;
const SYMBOLS = { pass: "✓", fail: "✕", missing: "?", "not applicable": "–" };

/** By how much each test passes (to the right) or fails (to the left). The outcome is a sign, a word and a side, not a colour alone. */
export function Margins({ label, margins, sides }: { label: string; margins: Margin[]; sides: { fails: string; passes: string } }) {
  const seen = JSON.stringify([margins, sides]);
  const draw = useCallback((plot: Library, width: number) => options(plot, width, margins, sides), [seen]);
  return <PlotFigure label={label} draw={draw} />;
}

function options(plot: Library, width: number, margins: Margin[], sides: { fails: string; passes: string }) {
  const bars = margins.flatMap(({ margin, ...rest }) => (margin === null ? [] : [{ ...rest, margin, end: Math.max(-LIMIT, Math.min(LIMIT, margin)) }]));
  const colour = ({ outcome }: Pick<Margin, "outcome">) => (outcome === "fail" ? COLOURS.warn : outcome === "pass" ? COLOURS.accent : COLOURS.soft);
  const room = width - 28;
  const lines = (words: "label" | "text") => margins.map((one) => Math.ceil((one[words].length * LETTER[words]) / room));
  const texts = lines("text");
  const row = LINE * Math.max(...lines("label").map((count, at) => count + (texts[at] ?? 0))) + BELOW;
  const wrapped = (words: "label" | "text") => ({ text: words, y: "key", fontSize: 13, frameAnchor: "left", dx: 12, lineWidth: (room / LETTER[words]) * 0.525, lineHeight: 1.25 }) as const;
  const top = { lineAnchor: "top", dy: 6 - row / 2 } as const;
  const bottom = { lineAnchor: "bottom", dy: row / 2 - BELOW + 2 } as const;
  const band = { insetTop: row - 18, insetBottom: 8 };
  return {
    height: margins.length * row + 24,
    margin: 0,
    marginTop: 24,
    marginLeft: 8,
    marginRight: 8,
    x: { axis: null, domain: [-LIMIT, LIMIT] },
    y: { axis: null, domain: margins.map(({ key }) => key), padding: 0 },
    marks: [
      plot.text([sides.fails], { text: (side: string) => `← ${side}`, frameAnchor: "top-left", dy: -20, fontSize: 12, fill: COLOURS.soft }),
      plot.text([sides.passes], { text: (side: string) => `${side} →`, frameAnchor: "top-right", dy: -20, fontSize: 12, fill: COLOURS.soft }),
      plot.barX(margins, { y: "key", x1: -LIMIT, x2: LIMIT, fill: COLOURS.tint, ...band }),
      plot.barX(bars, { y: "key", x1: 0, x2: "end", fill: colour, ...band }),
      plot.tickX(margins, { y: "key", x: 0, stroke: COLOURS.ink, strokeWidth: 2, insetTop: row - 21, insetBottom: 5 }),
      arrows(plot, bars.filter(({ margin }) => margin > LIMIT), "▸", { dx: -6, dy: row / 2 - 13 }),
      arrows(plot, bars.filter(({ margin }) => margin < -LIMIT), "◂", { dx: 6, dy: row / 2 - 13 }),
      plot.text(margins, { ...wrapped("label"), ...top, dx: -8, text: (one: Margin) => SYMBOLS[one.outcome], fontWeight: 600, fill: colour }),
      plot.text(margins, { ...wrapped("label"), ...top, fontWeight: 600, fill: colour }),
      plot.text(margins, { ...wrapped("text"), ...bottom, fill: COLOURS.soft }),
    ],
  };
}

/** Signs that a bar goes on beyond the picture. */
function arrows(plot: Library, bars: { key: string; end: number }[], sign: string, place: { dx: number; dy: number }) {
  return plot.text(bars, { y: "key", x: "end", ...place, text: () => sign, fill: "#fff", fontSize: 11 });
}
