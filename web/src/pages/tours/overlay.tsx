import { t } from "../../i18n";
import type { Size } from "../../tours/geography";
import type { Candidate } from "../../tours/hosts";
import { KINDS, routeLook } from "../../tours/kinds";
import { dateName } from "../../tours/time";
import type { Spot } from "../../tours/types";
import { type Board, dayName } from "./board";

interface Props {
  board: Board;
  shown: Candidate[];
  districts: Set<string>;
  place: (spot: { lon: number; lat: number }) => [number, number];
  size: Size;
  /** The only day whose route is drawn boldly; all where `null`. */
  day: string | null;
}

/** What stands on the map: for eyes and pointers; the table and the plan tell the same. */
export function Overlay({ board, shown, districts, place, size, day }: Props) {
  const { desk, places, sheet, selected } = board;
  const { order } = desk.now;
  const numbers = new Map(order.flatMap(({ hosts }, at) => hosts.map((host, index) => [host, { day: at, number: index + 1 }] as const)));
  const inFrame = ([x, y]: [number, number]) => x > -30 && y > -30 && x < size.width + 30 && y < size.height + 30;
  const isDim = (date: string | undefined) => day !== null && date !== day;
  const apart = new Map<string, number>();
  // Hosts at one address stand side by side.
  const marks = shown.map((one) => {
    const key = `${one.host.place.lon},${one.host.place.lat}`;
    const n = apart.get(key) ?? 0;
    apart.set(key, n + 1);
    const [x, y] = place(one.host.place);
    return { one, at: [x + 18 * n, y] as [number, number] };
  });
  const at = new Map(marks.map(({ one, at }) => [one.host.code, at]));
  const routes = order.map(({ hosts, date }, index) => {
    const plan = desk.dayPlan(index)?.plan;
    const frameDay = sheet.tour.frame.days[index];
    const ends = [plan?.from ?? frameDay?.from[0], plan?.to ?? frameDay?.to[0]].map((code) => (code === undefined ? undefined : places.spot(code)));
    const on = (spot: Spot | undefined) => (spot ? [place(spot)] : []);
    const points = [...on(ends[0]), ...hosts.flatMap((host) => (at.has(host) ? [at.get(host) as [number, number]] : [])), ...on(ends[1])];
    return { date, points: hosts.length > 0 ? points : [], look: routeLook(index) };
  });
  return (
    <svg class="tour-overlay" width={size.width} height={size.height} aria-hidden="true">
      {sheet.tour.districts
        .filter(({ code, middle }) => middle && districts.has(code))
        .map(({ code, name, middle }) => {
          const [x, y] = place({ lon: middle?.[0] ?? 0, lat: middle?.[1] ?? 0 });
          return (
            <g key={code} class="district">
              <path d={`M${x - 5} ${y}h10M${x} ${y - 5}v10`} />
              <text x={x} y={y + 34}>
                {name}
              </text>
            </g>
          );
        })}
      {routes.map(({ date, points, look }) =>
        points.length < 2 ? null : (
          <g key={date} class={isDim(date) ? "route dim" : "route"}>
            <polyline points={points.map((point) => point.map(Math.round).join()).join(" ")} stroke="#ffffff" stroke-width="6" />
            <polyline points={points.map((point) => point.map(Math.round).join()).join(" ")} stroke={look.colour} stroke-width="3" stroke-dasharray={look.dash} />
          </g>
        ),
      )}
      {sheet.tour.frame.bases.map((base) => {
        const [x, y] = place(base.place);
        return (
          <g key={base.code} transform={`translate(${x - 12} ${y - 12})`}>
            <title>{base.name}</title>
            <path d="M12 1.5L23 11H20V22H4V11H1Z" fill="#1c2733" stroke="#ffffff" stroke-width="1.5" />
            <path d="M9.5 22V15h5v7" fill="#ffffff" />
          </g>
        );
      })}
      {marks
        .filter(({ at }) => inFrame(at))
        .map(({ one: { host, worth, visit }, at: [x, y] }) => {
          const { colour, ink, path } = KINDS[host.kind];
          const number = numbers.get(host.code);
          const isOut = worth?.eligible === false || visit.demand === "excluded" || visit.state === "declined";
          const scale = number || selected === host.code ? 1 : 0.75;
          return (
            <g
              key={host.code}
              data-mark={host.code}
              class={`mark${isOut ? " out" : ""}${number && isDim(order[number.day]?.date) ? " dim" : ""}${selected === host.code ? " selected" : ""}`}
              transform={`translate(${x} ${y}) scale(${scale})`}
              onPointerDown={board.grip(host.code)}
              onClick={() => board.select(host.code)}
            >
              <title>{[host.name, t(`tours.kind.${host.kind}`), number ? `${dayName(board, number.day)}, ${number.number}` : ""].filter(Boolean).join(" · ")}</title>
              {selected === host.code && <circle r="17" class="ring" />}
              <path d={path} transform="translate(-12 -12)" fill={colour} stroke="#ffffff" stroke-width="1.5" />
              <text y="4.4" fill={ink}>
                {t(`tours.letter.${host.kind}`)}
              </text>
              {number && (
                <g transform="translate(11 -11)">
                  <circle r="8" fill={routeLook(number.day).colour} stroke="#ffffff" stroke-width="1.5" />
                  <text class="n" y="3.6">
                    {number.number}
                  </text>
                  <desc>{dateName(order[number.day]?.date ?? "")}</desc>
                </g>
              )}
            </g>
          );
        })}
    </svg>
  );
}
