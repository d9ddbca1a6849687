/** Files made in the browser from what is shown. */
import type { FigureData } from "./components/figure";
import type { Cell } from "./types";

/** The rows as CSV: comma, full stop, a header, an empty field where a value is missing; every digit that there is. */
export function csvOf({ columns, rows }: Pick<FigureData, "columns" | "rows">): string {
  const field = (value: Cell | undefined) => {
    const text = value === null || value === undefined ? "" : String(value);
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [columns.map(({ name }) => field(name)), ...rows.map((row) => columns.map(({ name }) => field(row[name])))];
  return lines.map((line) => `${line.join(",")}\n`).join("");
}

const EDGE = 16;
/** Heights of the title and of the source in a saved drawing. */
const TITLE = 28;
const SOURCE = 24;

/** A drawing as a file that stands alone: with its name above and where it is from below. */
export function svgOf(svg: SVGSVGElement, source: string): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const { width, height } = svg.viewBox.baseVal;
  const [left, top] = [-EDGE, -EDGE - TITLE];
  const [across, down] = [width + 2 * EDGE, height + 2 * EDGE + TITLE + SOURCE];
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("font-family", "system-ui, sans-serif");
  copy.setAttribute("viewBox", `${left} ${top} ${across} ${down}`);
  copy.setAttribute("width", `${across}`);
  copy.setAttribute("height", `${down}`);
  copy.prepend(ground(left, top, across, down));
  copy.append(words(svg.getAttribute("aria-label") ?? "", -TITLE + 12, 15, width), words(source, height + SOURCE, 10, width));
  return new XMLSerializer().serializeToString(copy);
}

const made = (name: string) => document.createElementNS("http://www.w3.org/2000/svg", name);

function ground(x: number, y: number, width: number, height: number): Element {
  const rect = made("rect");
  for (const [name, value] of Object.entries({ x, y, width, height, fill: "#fff" })) rect.setAttribute(name, `${value}`);
  return rect;
}

/** A line of text, smaller than asked where it would not fit. */
function words(content: string, y: number, most: number, width: number): Element {
  const text = made("text");
  const size = Math.min(most, width / (0.62 * content.length));
  for (const [name, value] of Object.entries({ x: 0, y, "font-size": size, "text-anchor": "start", fill: "#1c2733" })) text.setAttribute(name, `${value}`);
  text.textContent = content;
  return text;
}

/** The same as pixels, two to the point. */
export async function pngOf(svg: SVGSVGElement, source: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgOf(svg, source))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [2 * image.naturalWidth, 2 * image.naturalHeight];
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("no picture"))), "image/png"));
}

/** Hands a file to the reader. */
export function save(content: string | Blob, type: string, name: string): void {
  const url = URL.createObjectURL(typeof content === "string" ? new Blob([content], { type }) : content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
