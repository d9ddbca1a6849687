/** A day of a plan as what happens one after the other: for bars drawn to scale, and for a list that says the same. */
import { minutesOf } from "./time";
import type { DayPlan, Leg } from "./types";

export type What = "leave" | "drive" | "wait" | "visit" | "free" | "meal" | "rest" | "return";

export interface Happening {
  what: What;
  /** Minutes since midnight of the day. */
  from: number;
  until: number;
  /** Code of a host or base: where it is; of a drive, where it leads. `null` on the road. */
  at: string | null;
  /** Of a drive. */
  leg?: Leg;
  /** Of a visit: which one of the day, from 1. */
  number?: number;
}

interface Span {
  from: number;
  until: number;
}

/** Everything of a day, in order of time; nothing overlaps but a visit that is the meal, which stands once, as the visit. */
export function happenings(day: DayPlan, legs: Leg[]): Happening[] {
  const at = (time: string) => minutesOf(time, day.date);
  const ways = legs.filter((leg) => leg.day === day.date);
  const meal = day.meal && { from: at(day.meal.starts), until: at(day.meal.ends), at: day.meal.at ?? null };
  const rests = (day.rests ?? []).map((rest) => ({ from: at(rest.starts), until: at(rest.ends), at: rest.at ?? null }));
  const isVisit = meal && day.stops.some((stop) => at(stop.starts) <= meal.from && meal.until <= at(stop.ends));
  const pauses: Happening[] = [
    ...(meal && !isVisit ? [{ what: "meal" as const, ...meal }] : []),
    ...rests.map((rest) => ({ what: "rest" as const, ...rest })),
  ];
  const made: Happening[] = [...pauses];
  const departs = at(day.departs);
  const returns = at(day.returns);
  made.push({ what: "leave", from: departs, until: departs, at: day.from });

  let left = departs;
  let place = day.from;
  const travel = (to: string, arrives: number, index: number) => {
    const leg = ways[index];
    const resting = pauses.filter(({ what, from, until }) => what === "rest" && from >= left && until <= arrives);
    const onRoad = resting.filter((rest) => rest.at === null || (rest.at !== place && rest.at !== to));
    const long = (leg?.minutes ?? arrives - left) + onRoad.reduce((sum, { from, until }) => sum + until - from, 0);
    const from = Math.max(left, arrives - long);
    // What is free before the coach leaves; the first drive of a day begins with it.
    if (index > 0) for (const span of minus({ from: left, until: from }, pauses)) made.push({ what: "free", ...span, at: place });
    const driven = to === place ? [] : minus({ from, until: arrives }, onRoad);
    // A way that nobody knows, or that there is none, is told even where a plan leaves no time for it.
    if (driven.length === 0 && to !== place && leg && leg.minutes === null) driven.push({ from: arrives, until: arrives });
    for (const span of driven) made.push({ what: "drive", ...span, at: to, ...(leg ? { leg } : {}) });
  };
  day.stops.forEach((stop, index) => {
    const [arrives, starts, ends] = [at(stop.arrives), at(stop.starts), at(stop.ends)];
    travel(stop.host, arrives, index);
    for (const span of minus({ from: arrives, until: starts }, pauses)) made.push({ what: "wait", ...span, at: stop.host });
    made.push({ what: "visit", from: starts, until: ends, at: stop.host, number: index + 1 });
    [left, place] = [ends, stop.host];
  });
  if (day.stops.length > 0 || day.from !== day.to) travel(day.to, returns, day.stops.length);
  made.push({ what: "return", from: returns, until: returns, at: day.to });
  const last = (one: Happening) => (one.what === "return" ? 1 : one.what === "leave" ? -1 : 0);
  return made.sort((a, b) => a.from - b.from || last(a) - last(b) || a.until - b.until);
}

/** What is left of a span. */
function minus(span: Span, taken: Span[]): Span[] {
  let left = span.until > span.from ? [span] : [];
  for (const { from, until } of taken) {
    left = left.flatMap((one) => [
      { from: one.from, until: Math.min(one.until, from) },
      { from: Math.max(one.from, until), until: one.until },
    ].filter((part) => part.until > part.from));
  }
  return left;
}

/** No day is drawn beyond this, whatever times a plan has: from noon of the day before to the end of the next. */
const WIDEST: Span = { from: -12 * 60, until: 48 * 60 };

/** Whole hours that hold all days as far as they are drawn, in minutes since midnight. Spans whose times cannot be read do not count. */
export function axisOf(spans: Span[]): Span {
  const read = spans.filter(({ from, until }) => Number.isFinite(from) && Number.isFinite(until));
  if (read.length === 0) return { from: 8 * 60, until: 20 * 60 };
  const within = (minutes: number, least: number, most: number) => Math.min(Math.max(minutes, least), most);
  const from = within(60 * Math.floor(Math.min(...read.map((span) => span.from)) / 60), WIDEST.from, WIDEST.until - 60);
  const until = within(60 * Math.ceil(Math.max(...read.map((span) => span.until)) / 60), from + 60, WIDEST.until);
  return { from, until };
}
