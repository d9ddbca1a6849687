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

/** A drawing as a file that stands alone. */
export function svgOf(svg: SVGSVGElement | null): string {
  if (!svg) return "";
  const copy = svg.cloneNode(true) as SVGSVGElement;
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("font-family", "system-ui, sans-serif");
  return new XMLSerializer().serializeToString(copy);
}

/** The same as pixels, two to the point. */
export async function pngOf(svg: SVGSVGElement | null): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgOf(svg))}`;
  await image.decode();
  const { width, height } = svg?.getBoundingClientRect() ?? { width: 0, height: 0 };
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [2 * width, 2 * height];
  const context = canvas.getContext("2d");
  if (context) {
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
  }
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
