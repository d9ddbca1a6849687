/** The order of visits that is being worked on, and what can be done with it. Nothing here changes what it is given. */
import type { Frame, Order, Plan, Spot } from "./types";

/** Where a host stands: which day, which place in it. */
export interface Place {
  day: number;
  at: number;
}

/** A day for each of the frame, empty. */
export function emptyOrder(frame: Frame): Order[] {
  return frame.days.map(({ date }) => ({ date, hosts: [] }));
}

/** The order of a plan, with the bases it has. */
export function orderOf(plan: Plan, frame: Frame): Order[] {
  const of = new Map(plan.days.map(({ date, from, to, stops }) => [date, { date, hosts: stops.map(({ host }) => host), from, to }]));
  return frame.days.map(({ date }) => of.get(date) ?? { date, hosts: [] });
}

/** Whether two plans are the same to the minute; whether one is proven to be the best does not matter. */
export function samePlan(a: Plan, b: Plan): boolean {
  return JSON.stringify(a.days) === JSON.stringify(b.days);
}

export function placeOf(order: Order[], host: string): Place | null {
  for (const [day, { hosts }] of order.entries()) {
    const at = hosts.indexOf(host);
    if (at >= 0) return { day, at };
  }
  return null;
}

/** With the host at a place of a day, counted as the days stand before it is taken from where it was. */
export function put(order: Order[], host: string, day: number, at: number): Order[] {
  const was = placeOf(order, host);
  const to = was?.day === day && was.at < at ? at - 1 : at;
  return order.map((one, index) => {
    const rest = one.hosts.filter((other) => other !== host);
    return index === day ? { ...one, hosts: [...rest.slice(0, to), host, ...rest.slice(to)] } : rest.length === one.hosts.length ? one : { ...one, hosts: rest };
  });
}

export function without(order: Order[], host: string): Order[] {
  return order.map((one) => (one.hosts.includes(host) ? { ...one, hosts: one.hosts.filter((other) => other !== host) } : one));
}

/** One place earlier or later; over the edge of a day into the next. */
export function step(order: Order[], host: string, by: -1 | 1): Order[] {
  const was = placeOf(order, host);
  if (!was) return order;
  const { day, at } = was;
  const to = at + by;
  if (to >= 0 && to < (order[day]?.hosts.length ?? 0)) return put(order, host, day, by > 0 ? to + 1 : to);
  const next = order[day + by];
  return next ? put(order, host, day + by, by > 0 ? 0 : next.hosts.length) : order;
}

export function sameHosts(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((host, at) => host === b[at]);
}

export function sameOrder(a: Order[], b: Order[]): boolean {
  return a.length === b.length && a.every((day, at) => day.date === b[at]?.date && day.from === b[at]?.from && day.to === b[at]?.to && sameHosts(day.hosts, b[at]?.hosts ?? []));
}

export function isEmpty(order: Order[]): boolean {
  return order.every(({ hosts }) => hosts.length === 0);
}

/** Where a host lengthens the day least, as the crow flies; the earliest of equals. `ends` is where the day begins and ends, if that is known. */
export function nearestPlace(hosts: string[], host: string, spot: (code: string) => Spot | undefined, ends: [Spot | undefined, Spot | undefined]): number {
  const own = spot(host);
  if (!own) return hosts.length;
  const stops = hosts.map(spot);
  let [best, least] = [hosts.length, Infinity];
  for (let at = 0; at <= hosts.length; at += 1) {
    const before = at === 0 ? ends[0] : stops[at - 1];
    const after = at === hosts.length ? ends[1] : stops[at];
    const longer = apart(before, own) + apart(own, after) - apart(before, after);
    if (longer < least - 1e-9) [best, least] = [at, longer];
  }
  return best;
}

/** Kilometres, near enough to compare detours by. */
function apart(a: Spot | undefined, b: Spot | undefined): number {
  if (!a || !b) return 0;
  const turn = Math.PI / 180;
  const x = (b.lon - a.lon) * Math.cos(((a.lat + b.lat) / 2) * turn);
  return Math.hypot(x, b.lat - a.lat) * 111.2;
}
