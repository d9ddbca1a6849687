import { COLOURS } from "./colours";

const WIDTH = 120;
const HEIGHT = 18;

/** Where a value stands among all areas: four quarters from least to most, and a mark. */
export function Strip({ at, label }: { at: number; label: string }) {
  const x = 5 + at * (WIDTH - 10);
  return (
    <svg class="strip" role="img" aria-label={label} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT}>
      <rect x={5} y={7} width={WIDTH - 10} height={4} fill={COLOURS.line} />
      {[0, 0.25, 0.5, 0.75, 1].map((quarter) => (
        <rect key={quarter} x={4.5 + quarter * (WIDTH - 10)} y={quarter === 0.5 ? 3 : 5} width={1} height={quarter === 0.5 ? 12 : 8} fill={COLOURS.plain} />
      ))}
      <circle cx={x} cy={9} r={4.5} fill={COLOURS.accent} stroke="#fff" stroke-width={1} />
    </svg>
  );
}
