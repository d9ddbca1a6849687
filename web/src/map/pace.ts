/** Keeps the map moving under the hand where there is no graphics card: what slows it steps back until it rests. */
import type { Map as MapLibre } from "maplibre-gl";

/** Longest mean time between frames, in milliseconds, that still reads as motion. */
const SLOW = 30;
/** Frames before a verdict. */
const FRAMES = 6;
/** How long the map rests before everything is drawn again, in milliseconds. */
const REST = 200;
/** Pixels to the point while it moves. */
const COARSE = 0.5;

/** Watches frames; `aside` hides (or shows again) what can be done without. Once slow, a machine stays so. */
export function keepPace(map: MapLibre, aside: (hidden: boolean) => void): void {
  const fine = map.getPixelRatio();
  let isSlow = drawsWithoutCard(map);
  let isCoarse = false;
  let [last, mean, frames] = [0, 0, 0];
  let rest: ReturnType<typeof setTimeout> | undefined;

  const draw = (coarse: boolean) => {
    if (coarse === isCoarse) return;
    isCoarse = coarse;
    aside(coarse);
    map.setPixelRatio(coarse ? COARSE * fine : fine);
  };
  // Before MapLibre hears of it: a change of pixels ends a movement that is under way.
  const begin = () => {
    clearTimeout(rest);
    if (!map.isMoving()) [last, mean, frames] = [0, 0, 0];
    if (isSlow && !map.isMoving()) draw(true);
  };
  const end = () => {
    clearTimeout(rest);
    rest = setTimeout(() => (map.isMoving() ? end() : draw(false)), REST);
  };
  const place = map.getCanvasContainer();
  place.addEventListener("pointermove", ({ buttons }) => buttons > 0 && begin(), { capture: true });
  place.addEventListener("wheel", begin, { capture: true, passive: true });
  for (const event of ["pointerup", "pointercancel", "wheel"] as const) addEventListener(event, end, { passive: true });
  map.on("moveend", end);
  map.on("render", () => {
    if (isSlow || !map.isMoving()) return;
    const now = performance.now();
    if (last > 0) {
      frames += 1;
      mean += (now - last - mean) / Math.min(frames, 4);
    }
    last = now;
    isSlow = frames >= FRAMES && mean > SLOW;
  });
  map.once("remove", () => {
    clearTimeout(rest);
    for (const event of ["pointerup", "pointercancel", "wheel"] as const) removeEventListener(event, end);
  });
}

/** Whether the browser says that it draws on the processor. */
function drawsWithoutCard(map: MapLibre): boolean {
  const context = map.getCanvas().getContext("webgl2");
  const info = context?.getExtension("WEBGL_debug_renderer_info");
  const name: unknown = info && context?.getParameter(info.UNMASKED_RENDERER_WEBGL);
  return typeof name === "string" && /swiftshader|llvmpipe|software|basic render/i.test(name);
}
