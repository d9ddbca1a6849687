import { t } from "../../i18n";
import type { Happening } from "../../tours/happenings";
import { clock, duration, kilometres } from "../../tours/time";
import type { Board } from "./board";

/** What happens between two visits, in one line. */
export function Between({ part, board }: { part: Happening[] | undefined; board: Board }) {
  if (!part || part.length === 0) return null;
  return (
    <li class="between">
      {part.map((one, at) => (
        <span key={at} class={one.what}>
          {words(one, part, at, board)}
        </span>
      ))}
    </li>
  );
}

function words(one: Happening, part: Happening[], at: number, { places }: Board): string {
  const time = duration(one.until - one.from);
  const place = one.at === null ? t("tours.onRoad") : places.name(one.at);
  switch (one.what) {
    case "leave":
      return `${clock(one.from)} ${t("tours.leave", { place })}`;
    case "return":
      return `${clock(one.from)} ${t("tours.arrive", { place })}`;
    case "drive": {
      if (one.leg?.state === "no_route") return t("tours.noWay");
      if (one.leg?.state === "unknown") return t("tours.wayUnknown");
      // A drive that a rest interrupts has its length told once.
      const isFirst = part.findIndex((other) => other.leg === one.leg && other.what === "drive") === at;
      const way = isFirst ? kilometres(one.leg?.metres ?? null) : null;
      return t("tours.drive", { time }) + (way ? ` · ${way}` : "");
    }
    case "meal":
      return `${clock(one.from)}–${clock(one.until)} ${t("tours.mealAt", { place })}`;
    case "rest":
      return `${clock(one.from)}–${clock(one.until)} ${t("tours.restAt", { place })}`;
    case "wait":
      return t("tours.wait", { time });
    default:
      return t("tours.free", { time });
  }
}
