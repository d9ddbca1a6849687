import { useCallback } from "preact/hooks";
import { COLOURS } from "./colours";
import { type Library, PlotFigure } from "./plot";

export interface Bar {
  key: string;
  label: string;
  /** Missing draws no bar: the text says so. */
  value: number | null;
  text: string;
  /** Stands out from the others. */
  marked?: boolean;
}

const ROW = 44;

/** Bars from nothing to the largest, each with its name and its value in words above it, so that a narrow screen holds them. */
export function Bars({ label, bars }: { label: string; bars: Bar[] }) {
  const seen = JSON.stringify(bars);
  const draw = useCallback((plot: Library, width: number) => options(plot, width, bars), [seen]);
  return <PlotFigure label={label} draw={draw} />;
}

function options(plot: Library, width: number, bars: Bar[]) {
  const most = Math.max(...bars.map(({ value }) => value ?? 0), Number.MIN_VALUE);
  const text = { y: "key", dy: -9, fontSize: 13, fill: COLOURS.ink } as const;
  const room = width - 7.5 * Math.max(...bars.map((bar) => bar.text.length)) - 12;
  const drawn = bars.filter(({ value }) => value !== null);
  return {
    height: bars.length * ROW,
    margin: 0,
    x: { axis: null, domain: [0, most] },
    y: { axis: null, domain: bars.map(({ key }) => key), padding: 0 },
    marks: [
      plot.barX(bars, { y: "key", x: most, fill: COLOURS.tint, insetTop: 26, insetBottom: 8 }),
      plot.barX(drawn, { y: "key", x: "value", fill: (bar: Bar) => (bar.marked ? COLOURS.accent : COLOURS.plain), insetTop: 26, insetBottom: 8 }),
      plot.text(bars, { ...text, text: "label", frameAnchor: "left", lineWidth: Math.max(6, room / 14), textOverflow: "ellipsis-end" }),
      plot.text(bars, { ...text, text: "text", frameAnchor: "right", fontVariant: "tabular-nums" }),
    ],
  };
}
