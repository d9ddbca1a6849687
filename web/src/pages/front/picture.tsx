import { t } from "../../i18n";
import type { Answer } from "../../types";
import { bins, type Counted } from "../answer/bins";

const WIDTH = 480;
const HEIGHT = 150;
const FLOOR = 24;

/** How often each count came out, as a plain drawing; the bar of the run itself stands out. */
export function Picture({ answer, of, label }: { answer: Answer; of: Counted; label: string }) {
  const drawn = bins(answer, of);
  const [first, last] = [drawn[0], drawn.at(-1)];
  const interval = answer.certainty?.[of];
  if (!first || !last || !interval) return null;
  const low = Math.min(first.from, interval.run);
  const high = Math.max(last.to, interval.run) + 1;
  const x = (count: number) => ((count - low) / (high - low)) * WIDTH;
  const most = Math.max(...drawn.map(({ replicates }) => replicates));
  const y = (replicates: number) => (replicates / most) * (HEIGHT - FLOOR - 24);
  const middle = x(interval.run + 0.5);
  const anchor = middle < WIDTH * 0.2 ? "start" : middle > WIDTH * 0.8 ? "end" : "middle";
  return (
    <figure class="redraws">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
        <rect class="within" x={x(interval.low80)} y={20} width={x(interval.high80 + 1) - x(interval.low80)} height={HEIGHT - FLOOR - 20} />
        {drawn.map(({ from, to, replicates }) => (
          <rect
            key={from}
            class={from <= interval.run && interval.run <= to ? "bar own" : "bar"}
            x={x(from) + 1}
            y={HEIGHT - FLOOR - y(replicates)}
            width={Math.max(1, x(to + 1) - x(from) - 2)}
            height={y(replicates)}
          />
        ))}
        <line class="own" x1={middle} x2={middle} y1={20} y2={HEIGHT - FLOOR} />
        <text class="own" x={middle} y={14} text-anchor={anchor}>
          {t("answer.run", { n: interval.run })}
        </text>
        <text x={x(first.from)} y={HEIGHT - 6}>
          {t("front.count", { n: first.from })}
        </text>
        <text x={x(last.to + 1)} y={HEIGHT - 6} text-anchor="end">
          {t("front.count", { n: last.to })}
        </text>
      </svg>
      <figcaption>{label}</figcaption>
    </figure>
  );
}
