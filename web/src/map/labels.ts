/** Names of areas on the map, drawn over it in the font of the page: any script, no glyph files, no two on each other. */
import { mercator } from "./mercator";

export interface Label {
  text: string;
  lon: number;
  lat: number;
  /** The more, the earlier it is shown. */
  weight: number;
}

interface Placed {
  sprite: HTMLCanvasElement;
  x: number;
  y: number;
  /** Zoom from which it is shown. */
  from: number;
}

/** Pixels of the world at zoom 0. */
export const WORLD = 512;
const STEP = 0.5;
/** Room around a name, pixels. */
const ROOM = 7;
const CELL = 160;
/** Names at most where the whole country is as wide or high as a frame of so many pixels. */
const AT_FIRST = 40;
const FRAME = 700;

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * For each box, with its middle on the unit square of the world and its size in pixels, the zoom from which it can be
 * shown without touching one that comes before it. Steps of half a zoom: moving never makes names come and go, and
 * zooming in only adds. Few are let in at first, four times as many with each zoom, lest small places that find room
 * far out stand in the way of large ones later. `Infinity` where there is no room up to `max`.
 */
export function zoomsOf(boxes: Box[], min: number, max: number): number[] {
  const whole = wholeZoom(boxes);
  const from = boxes.map(() => Infinity);
  for (let zoom = min; zoom <= max; zoom += STEP) {
    const scale = WORLD * 2 ** zoom;
    const cells = new Map<string, number[]>();
    const around = ({ x, y, width, height }: Box) => {
      const keys = [];
      for (let column = Math.floor((x * scale - width / 2) / CELL); column <= (x * scale + width / 2) / CELL; column += 1) {
        for (let row = Math.floor((y * scale - height / 2) / CELL); row <= (y * scale + height / 2) / CELL; row += 1) keys.push(`${column},${row}`);
      }
      return keys;
    };
    const meets = (a: Box, b: Box) =>
      Math.abs(a.x - b.x) * scale < (a.width + b.width) / 2 && Math.abs(a.y - b.y) * scale < (a.height + b.height) / 2;
    const put = (at: number, keys: string[]) => keys.forEach((key) => void cells.set(key, [...(cells.get(key) ?? []), at]));
    const shown = (at: number) => (from[at] ?? Infinity) < zoom;
    boxes.forEach((box, at) => shown(at) && put(at, around(box)));
    const few = AT_FIRST * 4 ** (zoom - whole);
    boxes.forEach((box, at) => {
      if (shown(at) || at > few) return;
      const keys = around(box);
      const free = keys.every((key) => (cells.get(key) ?? []).every((other) => !meets(box, boxes[other] as Box)));
      if (!free) return;
      from[at] = zoom;
      put(at, keys);
    });
  }
  return from;
}

/** Zoom at which all are in view. */
function wholeZoom(boxes: Box[]): number {
  const side = (of: (box: Box) => number) => boxes.reduce((most, box) => Math.max(most, of(box)), -Infinity) - boxes.reduce((least, box) => Math.min(least, of(box)), Infinity);
  return Math.log2(FRAME / WORLD / Math.max(side(({ x }) => x), side(({ y }) => y), 1e-6));
}

/** The canvas with the names. */
export class Labels {
  readonly canvas = document.createElement("canvas");
  private placed: Placed[] = [];
  private readonly context = this.canvas.getContext("2d");
  private readonly ratio = Math.min(devicePixelRatio, 2);

  constructor(private readonly zooms: [number, number]) {
    this.canvas.className = "map-labels";
    this.canvas.setAttribute("aria-hidden", "true");
  }

  /** Finds the places of names; of equal weight the earlier one comes first. */
  set(labels: Label[]): void {
    const order = labels.map((_, at) => at).sort((a, b) => (labels[b]?.weight ?? 0) - (labels[a]?.weight ?? 0) || a - b);
    const sorted = order.flatMap((at) => labels[at] ?? []);
    const font = `500 ${13 * this.ratio}px ${getComputedStyle(document.body).fontFamily}`;
    const sprites = sorted.map(({ text }) => sprite(text, font, this.ratio));
    const boxes = sorted.map(({ lon, lat }, at) => {
      const [x, y] = mercator(lon, lat);
      const { width = 0, height = 0 } = sprites[at] ?? {};
      return { x, y, width: width / this.ratio + 2 * ROOM, height: height / this.ratio + ROOM };
    });
    const from = zoomsOf(boxes, Math.floor(this.zooms[0]), this.zooms[1]);
    this.placed = boxes.flatMap(({ x, y }, at) => {
      const image = sprites[at];
      return image && Number.isFinite(from[at]) ? [{ sprite: image, x, y, from: from[at] as number }] : [];
    });
  }

  /** Draws the names in view of a camera at the middle of a frame so large. */
  draw(camera: { lon: number; lat: number; zoom: number }, width: number, height: number): void {
    const { canvas, context, ratio } = this;
    if (!context) return;
    const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.width !== wide || canvas.height !== high) [canvas.width, canvas.height] = [wide, high];
    else context.clearRect(0, 0, wide, high);
    const scale = WORLD * 2 ** camera.zoom * ratio;
    const [middleX, middleY] = mercator(camera.lon, camera.lat);
    for (const { sprite, x, y, from } of this.placed) {
      if (from > camera.zoom) continue;
      const left = Math.round((x - middleX) * scale + wide / 2 - sprite.width / 2);
      const top = Math.round((y - middleY) * scale + high / 2 - sprite.height / 2);
      if (left < wide && top < high && left + sprite.width > 0 && top + sprite.height > 0) context.drawImage(sprite, left, top);
    }
  }
}

/** A name, dark with a light edge, as a picture to be drawn again and again. */
function sprite(text: string, font: string, ratio: number): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  if (!context) return canvas;
  context.font = font;
  const edge = 2 * ratio;
  canvas.width = Math.ceil(context.measureText(text).width + 2 * edge);
  canvas.height = Math.ceil(18 * ratio);
  context.font = font;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 2 * edge;
  context.strokeStyle = "rgb(255 255 255 / 85%)";
  context.fillStyle = "#16202b";
  context.strokeText(text, canvas.width / 2, canvas.height / 2);
  context.fillText(text, canvas.width / 2, canvas.height / 2);
  return canvas;
}
