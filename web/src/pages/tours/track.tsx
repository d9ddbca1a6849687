import { t } from "../../i18n";
import type { Happening } from "../../tours/happenings";
import { KINDS } from "../../tours/kinds";
import { clock, duration } from "../../tours/time";
import type { Board } from "./board";
import { Mark } from "./mark";

interface Props {
  board: Board;
  drawn: Happening[] | null;
  hosts: string[];
  axis: { from: number; until: number };
  isBusy: boolean;
}

/** A day as bars to scale. The list below says the same; so this is for eyes only. */
export function Track({ board, drawn, hosts, axis, isBusy }: Props) {
  const { places, grip, select } = board;
  const length = axis.until - axis.from;
  const share = (minutes: number) => `${(100 * (minutes - axis.from)) / length}%`;
  const hours = Array.from({ length: length / 60 + 1 }, (_, at) => axis.from + 60 * at);
  // Without times the visits stand side by side, each as long as it takes, with a gap for the way: a sketch, and drawn as one.
  const sketch = drawn ? null : sketchOf(hosts, board, axis.from);
  return (
    <div class={`track${isBusy ? " busy" : ""}`} aria-hidden="true">
      <div class="hours">
        {hours.map((hour) => (
          <span key={hour} class={hour % 120 === 0 ? "hour even" : "hour"} style={{ left: share(hour) }}>
            {clock(hour).slice(0, 2)}
          </span>
        ))}
      </div>
      <div class="bars" data-bars>
        {hours.slice(1, -1).map((hour) => (
          <i key={hour} style={{ left: share(hour) }} />
        ))}
        {(drawn ?? sketch ?? []).map((one, at) => {
          if (one.what === "leave" || one.what === "return") return null;
          const style = { left: share(one.from), width: `${(100 * (one.until - one.from)) / length}%` };
          const host = one.what === "visit" && one.at !== null ? one.at : null;
          const kind = host ? places.of.get(host)?.host.kind : undefined;
          const span = `${clock(one.from)}–${clock(one.until)}`;
          if (host === null) {
            return (
              <span key={at} class={`bar ${one.what}`} style={style} title={`${span} ${t(`tours.bar.${one.what}`)}`}>
                {one.what === "meal" && <small>{t("tours.bar.meal")}</small>}
                {one.what === "drive" && <small>{duration(one.until - one.from)}</small>}
              </span>
            );
          }
          return (
            <span
              key={at}
              data-bar={host}
              class={`bar visit${drawn ? "" : " sketch"}${board.selected === host ? " selected" : ""}`}
              style={{ ...style, "--kind": kind ? KINDS[kind].colour : "#7b8794" }}
              title={drawn ? `${span} ${places.name(host)}` : places.name(host)}
              onPointerDown={grip(host)}
              onClick={() => select(host)}
            >
              {kind && <Mark kind={kind} size={18} />}
              <small>{places.name(host)}</small>
            </span>
          );
        })}
      </div>
    </div>
  );
}

const GAP = 20;

function sketchOf(hosts: string[], { places }: Board, from: number): Happening[] {
  let at = from;
  return hosts.map((host) => {
    const candidate = places.of.get(host);
    const minutes = candidate?.visit.minutes ?? candidate?.host.minutes ?? 60;
    const one: Happening = { what: "visit", from: at + GAP, until: at + GAP + minutes, at: host };
    at = one.until;
    return one;
  });
}
