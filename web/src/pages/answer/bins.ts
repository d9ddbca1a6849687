import type { Answer } from "../../types";

/** What is counted over redraws. */
export type Counted = "areas" | "districts";

/** Counts `from` to `to`, both included, and in how many redraws one of them came out. */
export interface Bin {
  from: number;
  to: number;
  replicates: number;
}

/** Bars that a few hundred redraws can fill without gaps that mean nothing. */
const MOST = 20;

/** The histogram of a count, from its least to its greatest; counts are put together where there are too many to draw. */
export function bins(answer: Answer, of: Counted): Bin[] {
  const bars = answer.certainty?.histogram.filter((bar) => bar.of === of) ?? [];
  if (bars.length === 0) return [];
  const counts = bars.map(({ count }) => count);
  const least = Math.min(...counts);
  const range = Math.max(...counts) - least + 1;
  const width = Math.ceil(range / MOST);
  const made = Array.from({ length: Math.ceil(range / width) }, (_, at): Bin => {
    const from = least + at * width;
    return { from, to: from + width - 1, replicates: 0 };
  });
  for (const { count, replicates } of bars) {
    const bin = made[Math.floor((count - least) / width)];
    if (bin) bin.replicates += replicates;
  }
  return made;
}

/** A bin in words: `141` or `140–144`. */
export function binName({ from, to }: Bin): string {
  return from === to ? String(from) : `${from}–${to}`;
}
