import { type RefObject } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { t } from "../../i18n";
import { setQuery, useAddress } from "../../router";
import { type Camera, readCamera, writeCamera } from "../../map/view";
import { cameraOf, panned, pixels, type Size } from "../../tours/geography";
import { isAsked, readHostFilter } from "../../tours/hosts";
import { ALL_KINDS, routeLook } from "../../tours/kinds";
import { dateName } from "../../tours/time";
import type { Spot } from "../../tours/types";
import type { PageProps } from "..";
import { useBackground, useGround } from "./background";
import type { Board } from "./board";
import { BaseMark, Mark } from "./mark";
import { Overlay } from "./overlay";
import "../../styles/map.css";

/** Hosts that are drawn beside those of the plan. */
const MOST = 300;
const ROOM = 44;
/** Milliseconds of rest before the address follows the map. */
const CALM = 250;

/** Hosts, bases, districts and the routes of days on the map of an edition, or on plain ground. */
export function TourMap({ board, site }: { board: Board; site: PageProps["site"] }) {
  const { places, desk, sheet } = board;
  const { query } = useAddress();
  const frame = useRef<HTMLDivElement>(null);
  const place = useRef<HTMLDivElement>(null);
  const size = useSize(frame);
  const [camera, setCamera] = useState<Camera | null>(() => readCamera(query.get("at")));
  const filter = readHostFilter(query);
  const day = query.get("day");

  const planned = useMemo(() => new Set(desk.now.order.flatMap(({ hosts }) => hosts)), [desk.now.order]);
  const [others, shown] = useMemo(() => {
    const others = places.candidates.filter((one) => !planned.has(one.host.code) && isAsked(one, filter, false));
    return [others.length, [...others.slice(0, MOST), ...places.candidates.filter(({ host }) => planned.has(host.code))]];
  }, [places, planned, JSON.stringify(filter)]);
  const all: Spot[] = useMemo(() => {
    const likely = places.candidates.filter(({ worth, host }) => planned.has(host.code) || worth?.shortlisted !== false);
    return [...likely.slice(0, MOST).map(({ host }) => host.place), ...sheet.tour.frame.bases.map((base) => base.place)];
  }, [places]);
  const whole = () => size && cameraOf(all, size, ROOM);
  useEffect(() => {
    if (size && !camera) setCamera(whole());
  }, [size !== null]);

  const middle = useMemo(() => (all.length > 0 ? cameraSpot(all) : null), [all]);
  const ground = useGround(site, middle);
  const districts = new Set(shown.flatMap(({ host }) => host.district ?? []));
  const writing = useRef(0);
  useEffect(() => () => clearTimeout(writing.current), []);
  const follow = (camera: Camera) => {
    setCamera(camera);
    clearTimeout(writing.current);
    writing.current = window.setTimeout(() => writeCamera(camera), CALM);
  };
  const map = useBackground(place, ground, districts, camera, follow);
  const look = (camera: Camera | null) => {
    if (!camera) return;
    if (map) map.jump(camera);
    else follow(camera);
  };
  const zoom = (by: number) => (map ? map.zoomBy(by) : camera && follow({ ...camera, zoom: Math.max(0, camera.zoom + by) }));
  const pan = usePan(map === null ? camera : null, follow);
  const kinds = ALL_KINDS.filter((kind) => shown.some(({ host }) => host.kind === kind));

  return (
    <section class="tour-map" aria-labelledby="map-title">
      <div class="map-title">
        <h2 id="map-title">{t("tours.map")}</h2>
        <div class="tools" role="group" aria-label={t("tours.routeOf")}>
          <button type="button" aria-pressed={day === null} onClick={() => setQuery({ day: undefined })}>
            {t("tours.allDays")}
          </button>
          {sheet.tour.frame.days.map(({ date }) => (
            <button key={date} type="button" aria-pressed={day === date} onClick={() => setQuery({ day: date })}>
              {dateName(date, "brief")}
            </button>
          ))}
        </div>
      </div>
      <div class="map-frame" ref={frame} onPointerDown={pan}>
        <div ref={place} class="map-canvas" />
        {camera && size && <Overlay board={board} shown={shown} districts={districts} place={pixels(camera, size)} size={size} day={day} />}
        <div class="map-buttons">
          <button type="button" aria-label={t("map.zoomIn")} onClick={() => zoom(1)}>
            <span aria-hidden="true">+</span>
          </button>
          <button type="button" aria-label={t("map.zoomOut")} onClick={() => zoom(-1)}>
            <span aria-hidden="true">−</span>
          </button>
          <button type="button" aria-label={t("tours.mapWhole")} onClick={() => look(whole())}>
            <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
              <path d="M1 6V1h5M10 1h5v5M15 10v5h-5M6 15H1v-5" fill="none" stroke="currentColor" stroke-width="1.8" />
            </svg>
          </button>
        </div>
      </div>
      <ul class="tour-legend">
        {kinds.map((kind) => (
          <li key={kind}>
            <Mark kind={kind} size={18} /> {t(`tours.kind.${kind}`)}
          </li>
        ))}
        <li>
          <BaseMark size={18} /> {t("tours.base")}
        </li>
        {sheet.tour.frame.days.map(({ date }, at) => (
          <li key={date}>
            <svg width="30" height="8" viewBox="0 0 30 8" aria-hidden="true">
              <line x1="1" x2="29" y1="4" y2="4" stroke={routeLook(at).colour} stroke-width="3" stroke-dasharray={routeLook(at).dash} />
            </svg>{" "}
            {dateName(date, "brief")}
          </li>
        ))}
      </ul>
      {others > MOST && <p class="aside">{t("tours.mapMost", { n: MOST, all: others })}</p>}
      <p class="hidden">{t("tours.mapTwin")}</p>
    </section>
  );
}

function cameraSpot(spots: Spot[]): Spot {
  const { lon, lat } = cameraOf(spots, { width: 512, height: 512 }, 0);
  return { lon, lat, address: "", town: "" };
}

function useSize(frame: RefObject<HTMLElement | null>): Size | null {
  const [size, setSize] = useState<Size | null>(null);
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const look = () => setSize({ width: element.clientWidth, height: element.clientHeight });
    look();
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    return () => sizes.disconnect();
  }, []);
  return size;
}

/** Moves plain ground with the pointer; a map moves by itself. */
function usePan(camera: Camera | null, follow: (camera: Camera) => void): (event: PointerEvent) => void {
  return (down) => {
    if (!camera || down.pointerType === "touch" || (down.target instanceof Element && down.target.closest("button, [data-mark]"))) return;
    const move = (event: PointerEvent) => follow(panned(camera, event.clientX - down.clientX, event.clientY - down.clientY));
    const up = () => {
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", up);
      removeEventListener("pointercancel", up);
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", up);
    addEventListener("pointercancel", up);
  };
}
