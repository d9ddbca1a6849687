import { COLOURS } from "./colours";

const SIDE = 9;
const IN_ROW = 25;

/** So many of so many redraws as squares: filled where it came out, an outline where it did not. The words beside it say the same. */
export function Tally({ times, of }: { times: number; of: number }) {
  // More than a few hundred squares would say no more than one in a hundred does.
  const squares = Math.min(of, 100);
  const filled = Math.round((times * squares) / of);
  const rows = Math.ceil(squares / IN_ROW);
  return (
    <svg class="tally" aria-hidden="true" viewBox={`0 0 ${IN_ROW * SIDE} ${rows * SIDE}`} width={IN_ROW * SIDE} height={rows * SIDE}>
      {Array.from({ length: squares }, (_, at) => (
        <rect
          key={at}
          x={(at % IN_ROW) * SIDE + 1}
          y={Math.floor(at / IN_ROW) * SIDE + 1}
          width={SIDE - 2.5}
          height={SIDE - 2.5}
          fill={at < filled ? COLOURS.accent : "#fff"}
          stroke={at < filled ? COLOURS.accent : COLOURS.plain}
          stroke-width={0.75}
        />
      ))}
    </svg>
  );
}
