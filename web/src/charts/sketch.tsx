import { useId } from "preact/hooks";
import type { Swatch } from "../map/classes";
import type { Sketch } from "../types";

interface Props {
  sketch: Sketch;
  label: string;
  /** How an area is filled, by area index. */
  fill: (area: number) => Swatch;
  /** Width of the borders, in pixels; they are white. */
  borders?: number;
}

/** The country in a few strokes: every area once, light enough to stand beside text. */
export function CountrySketch({ sketch: { width, height, areas }, label, fill, borders = 0.5 }: Props) {
  const id = useId();
  const swatches = areas.map((_, area) => fill(area));
  const patterns = new Map(swatches.filter(({ pattern }) => pattern).map((swatch) => [nameOf(swatch), swatch]));
  const unit = Math.max(width, height) / 400;
  return (
    <svg class="sketch" role="img" aria-label={label} viewBox={`${-unit} ${-unit} ${width + 2 * unit} ${height + 2 * unit}`}>
      <defs>
        {[...patterns].map(([name, { colour, pattern }]) => (
          <pattern key={name} id={`${id}${name}`} width={4 * unit} height={4 * unit} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width={4 * unit} height={4 * unit} fill={pattern === "stripes" ? colour : "#fff"} />
            <rect width={unit} height={4 * unit} fill={pattern === "stripes" ? "#fff" : colour} />
          </pattern>
        ))}
      </defs>
      {areas.map((path, area) => {
        const swatch = swatches[area];
        return (
          path &&
          swatch && (
            <path
              key={area}
              d={path}
              fill={swatch.pattern ? `url(#${id}${nameOf(swatch)})` : swatch.colour}
              stroke="#fff"
              stroke-width={borders * unit}
              stroke-linejoin="round"
            />
          )
        );
      })}
    </svg>
  );
}

function nameOf({ colour, pattern }: Swatch): string {
  return `${pattern ?? ""}${colour.slice(1)}`;
}
