import { useCallback } from "preact/hooks";
import { digits } from "../i18n";
import type { National } from "../measures";
import { COLOURS } from "./colours";
import { type Library, PlotFigure } from "./plot";

interface Dot {
  key: string;
  label: string;
  /** Missing draws no dot: the text says so. */
  value: number | null;
  text: string;
}

interface Props {
  label: string;
  dots: Dot[];
  /** The values of all areas. */
  all: number[];
  national: National;
  isLog: boolean;
  isShare: boolean;
  words: { all: string; median: string };
}

const ROW = 44;
/** Key of the row of all areas; no code is empty. */
const ALL = "";

/** Places on one axis: a row each, above them a stroke for every area, behind them the middle half of areas and the median. */
export function Dots({ label, ...props }: Props) {
  const seen = JSON.stringify(props);
  const draw = useCallback((plot: Library, width: number) => options(plot, width, props), [seen]);
  return <PlotFigure label={label} draw={draw} />;
}

function options(plot: Library, width: number, { dots, all, national, isLog, isShare, words }: Omit<Props, "label">) {
  const { q1, median, q3, min, max } = national;
  const text = { y: "key", dy: -9, fontSize: 13, fill: COLOURS.ink } as const;
  const room = width - 7.5 * Math.max(...dots.map((dot) => dot.text.length)) - 12;
  const drawn = dots.filter(({ value }) => value !== null);
  const ticks = (value: number) => digits(value, { notation: "compact", ...(isShare && { style: "percent" }), maximumFractionDigits: 2 });
  return {
    height: (dots.length + 1) * ROW + 30,
    margin: 0,
    marginBottom: 30,
    marginLeft: 12,
    marginRight: 12,
    x: { type: isLog ? ("log" as const) : ("linear" as const), domain: min < max ? [min, max] : [min - 1, max + 1], label: null },
    y: { axis: null, domain: [ALL, ...dots.map(({ key }) => key)], padding: 0 },
    marks: [
      plot.rect([0], { x1: q1, x2: q3, fill: COLOURS.tint }),
      plot.ruleX([median], { stroke: COLOURS.plain, strokeDasharray: "3 3" }),
      plot.ruleY(dots, { y: "key", dy: 10, stroke: COLOURS.line }),
      plot.tickX(all, { x: (value: number) => value, y: () => ALL, insetTop: 22, insetBottom: 4, stroke: COLOURS.plain, strokeOpacity: 0.5 }),
      plot.text([words.all], { ...text, y: () => ALL, text: (word: string) => word, frameAnchor: "left", fill: COLOURS.soft }),
      plot.dot(drawn, { x: "value", y: "key", dy: 10, r: 6, fill: COLOURS.accent, stroke: "#fff", strokeWidth: 1.5 }),
      plot.text(dots, { ...text, text: "label", frameAnchor: "left", lineWidth: Math.max(6, room / 14), textOverflow: "ellipsis-end" }),
      plot.text(dots, { ...text, text: "text", frameAnchor: "right", fontVariant: "tabular-nums" }),
      plot.axisX({ anchor: "bottom", ticks: Math.max(2, Math.floor(width / 110)), tickFormat: ticks, fontSize: 12, color: COLOURS.soft }),
    ],
  };
}
