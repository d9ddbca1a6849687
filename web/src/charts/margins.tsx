import { useCallback } from "preact/hooks";
import { COLOURS } from "./colours";
import { type Library, PlotFigure } from "./plot";

export interface Margin {
  /** The test. */
  label: string;
  /** What came of it, with value and threshold, in words. */
  text: string;
  outcome: "pass" | "fail" | "missing" | "not applicable";
  /** Over the size of the threshold; `null` where that is 0 or something is missing. */
  margin: number | null;
}

interface Sides {
  fails: string;
  passes: string;
}

/** Beyond a margin as large as the threshold a bar ends in an arrow. */
const LIMIT = 1;
const SYMBOLS = { pass: "✓", fail: "✕", missing: "?", "not applicable": "–" };

const TOP = 26;
const LINE = 17;
const BAR = 10;
const GAP = 18;
const INDENT = 20;
/** Pixels that a letter takes at most on average: of the name of a test, which is bold, and of what came of it. */
const LETTER = { label: 8.6, text: 7.9 };
/** Ems of Plot to a letter. */
const EMS = 0.525;

/** By how much each test passes (to the right) or fails (to the left). The outcome is a sign, a word and a side, not a colour alone. */
export function Margins({ label, margins, sides }: { label: string; margins: Margin[]; sides: Sides }) {
  const seen = JSON.stringify([margins, sides]);
  const draw = useCallback((plot: Library, width: number) => options(plot, width, margins, sides), [seen]);
  return <PlotFigure label={label} draw={draw} />;
}

/** A test and where its parts stand, in pixels from above: each row is as tall as its words need on this width. */
interface Row extends Margin {
  labelAt: number;
  textAt: number;
  barAt: number;
}

function laidOut(margins: Margin[], room: number): Row[] {
  const height = (words: string, letter: number) => LINE * Math.ceil((words.length * letter) / room);
  let at = TOP;
  return margins.map((one) => {
    const textAt = at + height(one.label, LETTER.label);
    const barAt = textAt + height(one.text, LETTER.text) + 4;
    const row = { ...one, labelAt: at, textAt, barAt };
    at = barAt + BAR + GAP;
    return row;
  });
}

function options(plot: Library, width: number, margins: Margin[], sides: Sides) {
  const room = width - INDENT;
  const rows = laidOut(margins, room);
  const bars = rows.flatMap(({ margin, ...row }) => (margin === null ? [] : [{ ...row, margin, end: Math.max(-LIMIT, Math.min(LIMIT, margin)) }]));
  const colour = ({ outcome }: { outcome: Margin["outcome"] }) => (outcome === "fail" ? COLOURS.warn : outcome === "pass" ? COLOURS.accent : COLOURS.soft);
  const words = (letter: number) => ({ frameAnchor: "left", lineAnchor: "top", fontSize: 13, lineHeight: LINE / 13, lineWidth: (room / letter) * EMS }) as const;
  const side = { frameAnchor: "top-left", fontSize: 12, fill: COLOURS.soft } as const;
  const bar = { y1: "barAt", y2: (row: Row) => row.barAt + BAR } as const;
  return {
    height: (rows.at(-1)?.barAt ?? TOP) + BAR + 8,
    margin: 0,
    x: { axis: null, domain: [-LIMIT, LIMIT] },
    y: { axis: null, type: "identity" as const },
    marks: [
      plot.text([sides.fails], { ...side, text: (word: string) => `← ${word}` }),
      plot.text([sides.passes], { ...side, text: (word: string) => `${word} →`, frameAnchor: "top-right" }),
      plot.rect(rows, { ...bar, x1: -LIMIT, x2: LIMIT, fill: COLOURS.tint }),
      plot.rect(bars, { y1: "barAt", y2: ({ barAt }: { barAt: number }) => barAt + BAR, x1: 0, x2: "end", fill: colour }),
      plot.ruleX(rows, { x: 0, y1: ({ barAt }: Row) => barAt - 3, y2: ({ barAt }: Row) => barAt + BAR + 3, stroke: COLOURS.ink, strokeWidth: 2 }),
      arrows(plot, bars.filter(({ margin }) => margin > LIMIT), "▸", -6),
      arrows(plot, bars.filter(({ margin }) => margin < -LIMIT), "◂", 6),
      plot.text(rows, { ...words(LETTER.label), y: "labelAt", text: ({ outcome }: Row) => SYMBOLS[outcome], fontWeight: 600, fill: colour }),
      plot.text(rows, { ...words(LETTER.label), y: "labelAt", dx: INDENT, text: "label", fontWeight: 600, fill: colour }),
      plot.text(rows, { ...words(LETTER.text), y: "textAt", dx: INDENT, text: "text", fill: COLOURS.soft }),
    ],
  };
}

/** Signs that a bar goes on beyond the picture. */
function arrows(plot: Library, bars: { barAt: number; end: number }[], sign: string, dx: number) {
  return plot.text(bars, { x: "end", y: ({ barAt }: { barAt: number }) => barAt + BAR / 2, dx, text: () => sign, fill: "#fff", fontSize: 11 });
}
