/** One map: MapLibre, the names over it, and what can be done with it. */
import type { ExpressionSpecification, Map as MapLibre, MapLibreEvent, PointLike } from "maplibre-gl";
import { apiUrl } from "../api";
import type { EditionSummary, MapDoc } from "../types";
import { type Swatch } from "./classes";
import { patternImage, patternName } from "./colour";
import { type Label, Labels } from "./labels";
import { keepPace } from "./pace";
import type { Ribbons } from "./ribbons";
import { styleOf } from "./style";
import type { Camera } from "./view";

type Library = typeof import("maplibre-gl");

/** How areas are filled, and which lines there are. */
export interface Paint {
  kind: "areas" | "membership" | "borders" | "flows";
  /** By area index. */
  swatches: Swatch[];
  /** Kinds of membership that are shown, all if none: core, fringe, contested. */
  memberships: string[];
  /** Whether an area has a line of its own round it: districts. */
  outlined: boolean[];
}

/** What is under the pointer; places in tables. */
export type Hit =
  | { area: number; zone: { index: number; membership: number | null } | null }
  | { border: { a: number; b: number; strength: number | null; run: boolean } }
  | { flow: number };

export interface Listeners {
  hover(hit: Hit | null, at: { x: number; y: number } | null): void;
  pick(hit: Hit | null): void;
  /** The map has come to rest. */
  moved(camera: Camera): void;
  /** The map moves: for what is drawn beside it. */
  moving(camera: Camera): void;
}

/** Kinds of membership as the tiles write them. */
const LETTERS: Record<string, string> = { core: "c", fringe: "f", contested: "x" };

interface Feature {
  source: "tiles";
  sourceLayer: "areas" | "zones";
  id: number;
}

/** Pixels around the whole country: room for names at its edge. */
const EDGE = 36;

/** Zooms beyond those of the tiles. */
const BEYOND = 3;

/** Whether the browser can draw maps at all. */
export function canDraw(): boolean {
  const canvas = document.createElement("canvas");
  return Boolean(canvas.getContext("webgl2") ?? canvas.getContext("webgl"));
}

/** Address of the tiles; where they are one file, MapLibre first learns to read it. */
async function tilesOf(edition: EditionSummary, doc: MapDoc, library: Library): Promise<string> {
  const address = `${apiUrl(`editions/${edition.id}/`)}${doc.tiles}`;
  if (!doc.tiles.endsWith(".pmtiles")) return address;
  const [{ PMTiles, Protocol }, { Archive }] = await Promise.all([import("pmtiles"), import("./archive")]);
  const protocol = new Protocol();
  protocol.add(new PMTiles(new Archive(address)));
  library.addProtocol("pmtiles", protocol.tile);
  return `pmtiles://${address}/{z}/{x}/{y}`;
}

/** A map in a place of the page. */
export async function atlas(place: HTMLElement, edition: EditionSummary, doc: MapDoc, camera: Camera | null, listeners: Listeners, words: Record<string, string>): Promise<Atlas> {
  const library = await import("maplibre-gl");
  const tiles = await tilesOf(edition, doc, library);
  const map = new library.Map({
    container: place,
    style: styleOf(doc, tiles),
    ...(camera ? { center: [camera.lon, camera.lat], zoom: camera.zoom } : { bounds: doc.bounds, fitBoundsOptions: { padding: EDGE } }),
    minZoom: Math.max(0, doc.min_zoom - 1),
    maxZoom: doc.max_zoom + BEYOND,
    maxPitch: 0,
    dragRotate: false,
    pitchWithRotate: false,
    renderWorldCopies: false,
    attributionControl: false,
    fadeDuration: 0,
    refreshExpiredTiles: false,
    pixelRatio: Math.min(devicePixelRatio, 2),
    cooperativeGestures: matchMedia("(pointer: coarse)").matches,
    canvasContextAttributes: { antialias: false },
    locale: words,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  const made = new Atlas(map, doc, listeners);
  await new Promise<void>((done) => void map.once("style.load", () => done()));
  map.once("idle", () => performance.mark("distretto:map-drawn"));
  return made;
}

export class Atlas {
  private readonly names: Labels;
  private kind: Paint["kind"] = "areas";
  private hovered: Feature[] = [];
  private selected: Feature[] = [];

  constructor(
    private readonly map: MapLibre,
    private readonly doc: MapDoc,
    private readonly listeners: Listeners,
  ) {
    this.names = new Labels([map.getMinZoom(), map.getMaxZoom()]);
    map.getCanvasContainer().append(this.names.canvas);
    map.on("styleimagemissing", ({ id }) => {
      const image = patternImage(id);
      if (image && !map.hasImage(id)) map.addImage(id, image, { pixelRatio: 2 });
    });
    map.on("render", () => this.drawNames());
    keepPace(map, (hidden) => (this.names.canvas.hidden = hidden));
    map.on("movestart", () => this.mark(null));
    map.on("move", () => listeners.moving(this.camera()));
    map.on("moveend", () => listeners.moved(this.camera()));
    map.on("mousemove", ({ point }) => !map.isMoving() && this.point(point));
    map.on("mouseout", () => this.point(null));
    map.on("click", ({ point }) => this.click(point));
    map.on("error", ({ error }) => console.warn(error.message));
  }

  camera(): Camera {
    const { lng: lon, lat } = this.map.getCenter();
    return { zoom: this.map.getZoom(), lat, lon };
  }

  /** Goes there at once: for a second map that follows, and for addresses. */
  jump({ zoom, lat, lon }: Camera): void {
    this.map.jumpTo({ zoom, center: [lon, lat] });
  }

  zoomBy(steps: number): void {
    this.map.zoomTo(this.map.getZoom() + steps, { duration: still() ? 0 : 200 });
  }

  /** Shows a box whole. */
  fit(bounds: [number, number, number, number], padding = 24): void {
    this.map.fitBounds(bounds, { padding, maxZoom: this.doc.max_zoom, animate: !still(), duration: 500 });
  }

  whole(): void {
    this.fit(this.doc.bounds, EDGE);
  }

  resize(): void {
    this.map.resize();
  }

  paint({ kind, memberships, swatches, outlined }: Paint): void {
    const { map } = this;
    this.kind = kind;
    const byId = (values: string[]): ExpressionSpecification => ["at", ["id"], ["literal", values]];
    const names = swatches.map(patternName);
    const patterned = kind === "areas" && names.some(Boolean);
    if (kind === "membership") {
      map.setPaintProperty("zones", "fill-color", ["to-color", ["at", ["get", "a"], ["literal", swatches.map(({ colour }) => colour)]]]);
      const letters = memberships.flatMap((name) => LETTERS[name] ?? []);
      const certain: ExpressionSpecification = ["interpolate", ["linear"], ["coalesce", ["get", "m"], 0], 20, 0.06, 100, 0.8];
      const wanted: ExpressionSpecification = ["in", ["get", "k"], ["literal", letters]];
      map.setPaintProperty("zones", "fill-opacity", letters.length > 0 ? ["case", wanted, certain, 0.03] : certain);
    } else {
      map.setPaintProperty("areas", "fill-color", ["to-color", byId(swatches.map(({ colour, pattern }) => (pattern === "hatch" ? "#ffffff" : colour)))]);
    }
    if (patterned) {
      map.setFilter("patterns", ["!=", byId(names), ""]);
      map.setPaintProperty("patterns", "fill-pattern", ["image", byId(names)]);
    }
    const bold = kind === "areas" && outlined.some(Boolean);
    if (bold) map.setFilter("districts", ["at", ["id"], ["literal", outlined]]);
    if (kind === "membership") map.setPaintProperty("areas", "fill-color", "#ffffff");
    this.show({
      zones: kind === "membership",
      patterns: patterned,
      "zone-lines": kind !== "borders" && kind !== "flows",
      "area-lines": kind !== "borders",
      strengths: kind === "borders",
      districts: bold,
      "zone-marks": kind === "membership" || this.selected.some(({ sourceLayer }) => sourceLayer === "zones"),
      flows: kind === "flows",
    });
  }

  /** Zones by index in colours of their own, with lines where these areas of theirs differ: the country by other rules. */
  redraw(colours: string[], areas: number[]): void {
    const { map } = this;
    const areaOf = (side: "a" | "b"): ExpressionSpecification => ["at", ["get", side], ["literal", areas]];
    map.setPaintProperty("areas", "fill-color", "#ffffff");
    map.setPaintProperty("zones", "fill-color", ["to-color", ["at", ["id"], ["literal", colours]]]);
    map.setFilter("area-lines", ["!=", areaOf("a"), areaOf("b")]);
    this.show({ zones: true, "area-lines": true });
  }

  private show(layers: Record<string, boolean>): void {
    for (const [layer, shown] of Object.entries(layers)) this.map.setLayoutProperty(layer, "visibility", shown ? "visible" : "none");
  }

  label(labels: Label[]): void {
    this.names.set(labels);
    this.map.triggerRepaint();
  }

  flows(ribbons: Ribbons): void {
    const source = this.map.getSource("flows");
    if (source && "setData" in source) (source as unknown as { setData(data: Ribbons): void }).setData(ribbons);
  }

  /** Marks an area, or a zone of it too, as the chosen one. */
  select(area: number | null, zone: number | null): void {
    for (const feature of this.selected) this.map.setFeatureState(feature, { selected: false });
    this.selected = features(area, zone);
    for (const feature of this.selected) this.map.setFeatureState(feature, { selected: true });
    this.drawMarks();
    this.show({ "zone-marks": zone !== null || this.kind === "membership" });
  }

  /** What the map is called for those who do not see it. */
  name(title: string): void {
    this.map.getCanvas().setAttribute("aria-label", title);
  }

  /** What is under a point of the frame: flows and borders before what they lie on. */
  hit(point: { x: number; y: number }): Hit | null {
    const near: [PointLike, PointLike] = [
      [point.x - 4, point.y - 4],
      [point.x + 4, point.y + 4],
    ];
    if (this.kind === "flows") {
      const [flow] = this.map.queryRenderedFeatures([point.x, point.y], { layers: ["flows"] });
      if (flow) return { flow: Number(flow.id) };
    }
    if (this.kind === "borders") {
      const [line] = this.map.queryRenderedFeatures(near, { layers: ["strengths"] });
      if (line) {
        const { a, b, s = null, x } = line.properties;
        return { border: { a: Number(a), b: Number(b), strength: s === null ? null : Number(s), run: x === 1 } };
      }
    }
    const layers = this.kind === "membership" ? ["zones"] : ["areas"];
    const [found] = this.map.queryRenderedFeatures([point.x, point.y], { layers });
    if (!found) return null;
    if (this.kind !== "membership") return { area: Number(found.id), zone: null };
    const { a, m } = found.properties;
    return { area: Number(a), zone: { index: Number(found.id), membership: m === undefined ? null : Number(m) / 100 } };
  }

  /** As if the pointer were in the middle: for the keyboard. */
  middle(): Hit | null {
    const { clientWidth: width, clientHeight: height } = this.map.getContainer();
    const hit = this.hit({ x: width / 2, y: height / 2 });
    this.mark(hit);
    return hit;
  }

  /** Areas are chosen; of a border or a flow one is told, since fingers do not hover. */
  private click(point: { x: number; y: number }): void {
    const hit = this.hit(point);
    if (hit && !("area" in hit)) this.listeners.hover(hit, point);
    else this.listeners.pick(hit);
  }

  private point(point: { x: number; y: number } | null): void {
    const hit = point && this.hit(point);
    this.map.getCanvas().style.cursor = hit ? "pointer" : "";
    this.mark(hit);
    this.listeners.hover(hit, point);
  }

  private mark(hit: Hit | null): void {
    for (const feature of this.hovered) this.map.setFeatureState(feature, { hover: false });
    this.hovered = hit && "area" in hit ? features(hit.area, hit.zone?.index ?? null) : [];
    for (const feature of this.hovered) this.map.setFeatureState(feature, { hover: true });
    this.drawMarks();
  }

  /** Lines without width cost as much as lines: they are left out while nothing is marked. */
  private drawMarks(): void {
    const marked = this.hovered.length + this.selected.length > 0 ? 1 : 0;
    for (const layer of ["marks", "zone-marks"]) {
      if (this.map.getPaintProperty(layer, "line-opacity") !== marked) this.map.setPaintProperty(layer, "line-opacity", marked);
    }
  }

  private drawNames(): void {
    if (this.names.canvas.hidden) return;
    const { clientWidth, clientHeight } = this.map.getContainer();
    this.names.draw(this.camera(), clientWidth, clientHeight);
  }

  /** What is seen now, as one picture. */
  picture(): Promise<HTMLCanvasElement> {
    return new Promise((done) => {
      this.map.once("render", () => {
        const drawn = this.map.getCanvas();
        const picture = document.createElement("canvas");
        [picture.width, picture.height] = [drawn.width, drawn.height];
        const context = picture.getContext("2d");
        context?.drawImage(drawn, 0, 0);
        context?.drawImage(this.names.canvas, 0, 0, drawn.width, drawn.height);
        done(picture);
      });
      this.map.triggerRepaint();
    });
  }

  /** Calls once all that is in view is drawn. */
  whenIdle(then: () => void): void {
    this.map.once("idle", then as (event: MapLibreEvent) => void);
  }

  remove(): void {
    this.map.remove();
  }
}

function features(area: number | null, zone: number | null): Feature[] {
  const own = (sourceLayer: Feature["sourceLayer"], id: number | null): Feature[] => (id === null ? [] : [{ source: "tiles", sourceLayer, id }]);
  return [...own("areas", area), ...own("zones", zone)];
}

function still(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
