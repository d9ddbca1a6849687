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

const ROW = 62;
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
  const text = { y: "key", fontSize: 13, frameAnchor: "left", lineWidth: width / 13 - 2, textOverflow: "ellipsis-end" } as const;
  const band = { insetTop: 44, insetBottom: 8 };
  return {
    height: margins.length * ROW + 24,
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
      plot.tickX(margins, { y: "key", x: 0, stroke: COLOURS.ink, strokeWidth: 2, insetTop: 41, insetBottom: 5 }),
      arrows(plot, bars.filter(({ margin }) => margin > LIMIT), "▸", -6),
      arrows(plot, bars.filter(({ margin }) => margin < -LIMIT), "◂", 6),
      plot.text(margins, { ...text, dy: -20, dx: -8, text: (one: Margin) => SYMBOLS[one.outcome], fontWeight: 600, fill: colour }),
      plot.text(margins, { ...text, dy: -20, dx: 12, text: "label", fontWeight: 600, fill: colour }),
      plot.text(margins, { ...text, dy: -3, dx: 12, text: "text", fill: COLOURS.soft }),
    ],
  };
}

/** Signs that a bar goes on beyond the picture. */
function arrows(plot: Library, bars: { key: string; end: number }[], sign: string, dx: number) {
  return plot.text(bars, { y: "key", x: "end", dx, dy: 18, text: () => sign, fill: "#fff", fontSize: 11 });
}
