/** Colours as numbers, and the patterns that are made of them. */
import type { Swatch } from "./classes";

/** Ground of the map where nothing is. */
export const GROUND = "#e8edf1";
/** How much of a colour goes when a filter leaves an area out. */
const DIM = 0.82;

/** A colour with so much white in it. */
export function lighter(colour: string, share: number): string {
  const channels = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return `#${channels.map((c) => Math.round(c + (255 - c) * share).toString(16).padStart(2, "0")).join("")}`;
}

/** The swatch of what a filter leaves out. */
export function dimmed({ colour, pattern }: Swatch): Swatch {
  return { colour: lighter(colour, DIM), pattern };
}

/** Name of the image of a pattern; empty for plain colours. */
export function patternName({ colour, pattern }: Swatch): string {
  return pattern === null ? "" : `${pattern}${colour}`;
}

/** A tile of a pattern: diagonal stripes that meet themselves at its edges. */
export function patternImage(name: string, size = 16): ImageData | null {
  const [, pattern, colour] = /^(stripes|hatch)(#[0-9a-f]{6})$/i.exec(name) ?? [];
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [size, size];
  const context = canvas.getContext("2d");
  if (!context || !pattern || !colour) return null;
  context.fillStyle = pattern === "stripes" ? colour : "#ffffff";
  context.fillRect(0, 0, size, size);
  context.strokeStyle = pattern === "stripes" ? "#ffffff" : colour;
  context.lineWidth = size * (pattern === "stripes" ? 0.22 : 0.12);
  for (const shift of [-size, 0, size]) {
    context.beginPath();
    context.moveTo(shift - size / 2, 1.5 * size);
    context.lineTo(shift + 1.5 * size, -size / 2);
    context.stroke();
  }
  return context.getImageData(0, 0, size, size);
}

/** Muted colours for neighbours to differ by, none with a meaning. */
const HUES = ["#3b6fa0", "#b8692e", "#4d8f5b", "#8a5a9e", "#a04a5a", "#2f8f94", "#8c7a2b"];

/** A colour for each area such that areas whose boxes meet seldom share one. */
export function hues(boxes: ([number, number, number, number] | null)[]): string[] {
  const order = boxes.map((_, at) => at).sort((a, b) => (boxes[a]?.[0] ?? 0) - (boxes[b]?.[0] ?? 0) || a - b);
  const chosen: number[] = [];
  let open: number[] = [];
  for (const at of order) {
    const box = boxes[at];
    if (!box) continue;
    open = open.filter((other) => (boxes[other]?.[2] ?? -Infinity) >= box[0]);
    const taken = HUES.map(() => 0);
    for (const other of open) {
      const [, south = 0, , north = 0] = boxes[other] ?? [];
      const hue = chosen[other];
      if (hue !== undefined && south <= box[3] && north >= box[1]) taken[hue] = (taken[hue] ?? 0) + 1;
    }
    chosen[at] = taken.indexOf(Math.min(...taken));
    open.push(at);
  }
  return boxes.map((_, at) => HUES[chosen[at] ?? 0] ?? "#777777");
}
