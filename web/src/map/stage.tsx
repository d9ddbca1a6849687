import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import { useAddress } from "../router";
import type { Atlas, Hit } from "./atlas";
import { MapCanvas } from "./canvas";
import { type Facts, factsOf } from "./facts";
import type { FlowPicture } from "./flow-map";
import { type ScaleBar, scaleBar } from "./scale";
import type { Side } from "./side";
import { layerName } from "./chooser";
import { type Camera, readSplit, writeCamera, writeSplit } from "./view";

interface Props {
  first: Side;
  /** What lies on the other side of the divider. */
  second: Side | null;
  flows: FlowPicture | null;
  camera: Camera | null;
  selected: number | null;
  selectedZone: number | null;
  title: string;
  credit: string;
  pick(hit: Hit | null, side: Side): void;
  rest(camera: Camera): void;
  ready(map: Atlas | null): void;
  failed(error: Error): void;
  children?: ComponentChildren;
}

/** Milliseconds of rest before the address follows the map: browsers bear few changes of it in a row. */
const CALM = 200;

interface Pointed extends Facts {
  x: number;
  y: number;
}

/** The frame of the map: one map or two, and what stands on them. */
export function Stage({ first, second, flows, camera, selected, selectedZone, title, credit, pick, rest, ready, failed, children }: Props) {
  const maps = useRef<(Atlas | null)[]>([null, null]);
  const frame = useRef<HTMLDivElement>(null);
  const [card, setCard] = useState<Pointed | null>(null);
  const [bar, setBar] = useState<ScaleBar | null>(null);
  const [spoken, setSpoken] = useState("");
  const askedSplit = readSplit(useAddress().query.get("split"));
  const [split, setSplit] = useState(askedSplit);
  const following = useRef(false);
  const writing = useRef(0);
  const dividing = useRef(0);
  useEffect(() => () => [writing, dividing].forEach(({ current }) => clearTimeout(current)), []);
  useEffect(() => setSplit(askedSplit), [askedSplit]);
  const divide = (percent: number) => {
    setSplit(percent);
    clearTimeout(dividing.current);
    dividing.current = window.setTimeout(() => writeSplit(percent), CALM);
  };

  const onMoving = (from: number) => (camera: Camera) => {
    if (following.current) return;
    following.current = true;
    maps.current[1 - from]?.jump(camera);
    following.current = false;
    setCard(null);
  };
  const onMoved = (from: number) => (camera: Camera) => {
    if (following.current) return;
    clearTimeout(writing.current);
    writing.current = window.setTimeout(() => writeCamera(camera), CALM);
    setBar(scaleBar(camera));
    rest(camera);
    const map = maps.current[from];
    if (map && frame.current?.querySelector("canvas:focus-visible")) {
      const hit = map.middle();
      const facts = hit && factsOf(hit, sides[from] ?? first, flows);
      setSpoken(facts ? [facts.title, ...facts.lines].join(". ") : t("map.nothingHere"));
    }
  };
  const onHover = (side: Side) => (hit: Hit | null, at: { x: number; y: number } | null) => {
    const facts = hit && at && factsOf(hit, side, flows);
    setCard(facts ? { ...facts, ...at } : null);
  };
  const sides = second ? [first, second] : [first];

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Enter" || !(event.target instanceof HTMLCanvasElement)) return;
      const at = event.target.closest(".map-second") ? 1 : 0;
      const side = at === 1 && second ? second : first;
      pick(maps.current[at]?.middle() ?? null, side);
    };
    const place = frame.current;
    place?.addEventListener("keydown", onKey);
    return () => place?.removeEventListener("keydown", onKey);
  });

  return (
    <div class="map-frame" ref={frame}>
      {sides.map((side, at) => (
        <div key={`${at}:${side.edition.id}`} class={at === 0 ? "map-first" : "map-second"} style={at === 1 ? { clipPath: `inset(0 0 0 ${clip(split)})` } : {}}>
          <MapCanvas
            edition={side.edition}
            doc={side.doc}
            title={`${at === 0 ? title : besideTitle(side)}. ${t("map.keys")}`}
            paint={side.paint}
            labels={side.labels}
            flows={side.layer === "flows" ? (flows?.ribbons ?? null) : null}
            selected={side.edition.id === first.edition.id ? selected : null}
            selectedZone={side.edition.id === first.edition.id ? selectedZone : null}
            camera={at === 0 ? camera : (maps.current[0]?.camera() ?? camera)}
            ready={(map) => {
              maps.current[at] = map;
              if (at !== 0) return;
              ready(map);
              if (map) setBar(scaleBar(map.camera()));
              if (map) rest(map.camera());
            }}
            failed={failed}
            hover={onHover(side)}
            pick={(hit) => pick(hit, side)}
            moved={onMoved(at)}
            moving={onMoving(at)}
          />
        </div>
      ))}
      {second && (
        <>
          <div class="map-divider" style={{ insetInlineStart: clip(split) }} />
          <input
            class="map-split"
            type="range"
            min="0"
            max="100"
            value={split}
            aria-label={t("map.compare.divider")}
            aria-valuetext={t("map.compare.split", { percent: split })}
            onInput={(event) => divide(event.currentTarget.valueAsNumber)}
          />
        </>
      )}
      <div class="map-cross" aria-hidden="true" />
      <div class="map-buttons">
        <button type="button" aria-label={t("map.zoomIn")} title={t("map.zoomIn")} onClick={() => maps.current[0]?.zoomBy(1)}>
          <span aria-hidden="true">+</span>
        </button>
        <button type="button" aria-label={t("map.zoomOut")} title={t("map.zoomOut")} onClick={() => maps.current[0]?.zoomBy(-1)}>
          <span aria-hidden="true">−</span>
        </button>
        <button type="button" aria-label={t("map.whole")} title={t("map.whole")} onClick={() => maps.current[0]?.whole()}>
          <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
            <path d="M1 6V1h5M10 1h5v5M15 10v5h-5M6 15H1v-5" fill="none" stroke="currentColor" stroke-width="1.8" />
          </svg>
        </button>
      </div>
      {card && <Card {...card} frame={frame.current} />}
      <div class="map-foot">
        {bar && (
          <span class="map-scale" style={{ inlineSize: `${bar.width}px` }}>
            {bar.text}
          </span>
        )}
        <span class="map-credit" lang="en">
          {credit}
        </span>
      </div>
      <p class="hidden" role="status">
        {spoken}
      </p>
      {children}
    </div>
  );
}

/** What the second map is called: never as the first, even if both show the same. */
function besideTitle({ edition, layer }: Side): string {
  return `${t("map.compare.with")}: ${t("map.title", { edition: edition.title, layer: layerName(layer) })}`;
}

/** Where the middle of the handle of a range of this width stands: half a handle from its ends. */
function clip(split: number): string {
  return `calc(1.25rem + (100% - 2.5rem) * ${split / 100})`;
}

/** What is under the pointer, beside it and within the frame. */
function Card({ title, lines, x, y, frame }: Pointed & { frame: HTMLElement | null }) {
  const wide = frame?.clientWidth ?? 0;
  const high = frame?.clientHeight ?? 0;
  const style = {
    ...(x > wide / 2 ? { right: `${wide - x + 14}px` } : { left: `${x + 14}px` }),
    ...(y > high / 2 ? { bottom: `${high - y + 14}px` } : { top: `${y + 14}px` }),
  };
  return (
    <div class="map-card" style={style} aria-hidden="true">
      <strong>{title}</strong>
      {lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </div>
  );
}
