import { useId } from "preact/hooks";
import type { Swatch } from "./classes";

/** A class as it is on the map, small. */
export function SwatchPicture({ swatch: { colour, pattern } }: { swatch: Swatch }) {
  const id = useId();
  return (
    <svg class="swatch" width="26" height="16" viewBox="0 0 26 16" aria-hidden="true">
      {pattern && (
        <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="5" height="5" fill={pattern === "stripes" ? colour : "#fff"} />
          <rect width={pattern === "stripes" ? 1.6 : 1} height="5" fill={pattern === "stripes" ? "#fff" : colour} />
        </pattern>
      )}
      <rect x="0.5" y="0.5" width="25" height="15" rx="2" fill={pattern ? `url(#${id})` : colour} stroke="#5b6670" stroke-opacity="0.5" />
    </svg>
  );
}
