import { useCallback } from "preact/hooks";
import { COLOURS } from "../../charts/colours";
import { type Library, PlotFigure } from "../../charts/plot";
import { Figure } from "../../components/figure";
import { digits, t } from "../../i18n";
import type { CountInterval } from "../../types";
import { type Bin, binName, bins, type Counted } from "./bins";
import type { Part } from "./part";

/** How often each number of areas or districts came out, with that of the run marked. */
export function Counts({ edition, answer, of }: Part & { of: Counted }) {
  const interval = answer.certainty?.[of];
  const rows = bins(answer, of);
  const title = t(of === "districts" ? "answer.counts.districts" : "answer.counts.areas");
  const draw = useCallback((plot: Library) => (interval ? options(plot, rows, interval) : {}), [answer, of]);
  if (!interval || rows.length === 0) return null;
  return (
    <Figure
      id={`counts-${of}`}
      edition={edition}
      title={title}
      caption={t("answer.counts.caption", { run: interval.run, median: interval.median, low: interval.low95, high: interval.high95 })}
      data={{
        columns: [
          { name: "from", label: t("answer.counts.from") },
          { name: "to", label: t("answer.counts.to") },
          { name: "replicates", label: t("measure.replicates") },
        ],
        rows: rows.map((bin) => ({ ...bin })),
        source: { table: "histogram", formats: ["parquet", "csv", "json"], filter: `what = ${of}` },
      }}
    >
      <PlotFigure label={title} draw={draw} />
    </Figure>
  );
}

function options(plot: Library, rows: Bin[], { run, low80, high80 }: CountInterval) {
  const own = ({ from, to }: Bin) => from <= run && run <= to;
  const lowest = Math.min(rows[0]?.from ?? run, run);
  const highest = Math.max(rows.at(-1)?.to ?? run, run) + 1;
  const whole = (value: number) => (Number.isInteger(value) ? digits(value) : "");
  return {
    height: 230,
    marginTop: 26,
    marginBottom: 30,
    style: { fontSize: "12px" },
    x: { domain: [lowest - 0.5, highest - 0.5], label: null, tickFormat: whole },
    y: { label: t("measure.replicates"), labelArrow: "none" as const, grid: true, ticks: 4, tickFormat: whole },
    marks: [
      plot.rect([0], { x1: low80 - 0.5, x2: high80 + 0.5, fill: COLOURS.tint }),
      plot.rectY(rows, {
        x1: (bin: Bin) => bin.from - 0.5,
        x2: (bin: Bin) => bin.to + 0.5,
        y: "replicates",
        inset: 0.75,
        fill: (bin: Bin) => (own(bin) ? COLOURS.accent : COLOURS.plain),
        title: (bin: Bin) => `${binName(bin)}: ${digits(bin.replicates)}`,
      }),
      plot.ruleY([0], { stroke: COLOURS.soft }),
      plot.ruleX([run], { stroke: COLOURS.accent, strokeWidth: 1.5 }),
      plot.text([run], {
        x: (value: number) => value,
        frameAnchor: "top",
        dy: -18,
        text: () => t("answer.run", { n: run }),
        textAnchor: run - lowest < 0.2 * (highest - lowest) ? "start" : highest - run < 0.2 * (highest - lowest) ? "end" : "middle",
        fill: COLOURS.accent,
        fontSize: 13,
      }),
    ],
  };
}
