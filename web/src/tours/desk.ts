/** What is on a planner's desk: an order, whether it can be kept, and what was there before. It outlives pages and logins. */
import { isGivenUp } from "./client";
import { emptyOrder, isEmpty, orderOf, sameHosts, sameOrder } from "./order";
import type { Clash, DayPlan, Frame, Order, Plan, SavedPlan, Timed, Tried } from "./types";

/** An order with what is known of it. */
export interface Stand {
  order: Order[];
  /** Its times, where it can be kept and the server has said so. */
  timed: Timed | null;
  /** Why it cannot be kept, or what a plan breaks that has times all the same. */
  clashes: Clash[];
  /** `null` until the server has said. */
  fits: boolean | null;
}

type Try = (days: Order[], signal: AbortSignal) => Promise<Tried>;

/** Milliseconds of rest before an order is tried. */
const REST = 180;
const MOST_STEPS = 200;

export class Desk {
  now: Stand;
  /** The plan that it is saved as; `revision` 0 while it is not. */
  saved: { name: string; revision: number } | null = null;
  /** Why the last try has no answer. */
  error: Error | null = null;
  /** Whether anything has been put on it, be it an empty plan. */
  isUsed = false;
  private past: Stand[] = [];
  private future: Stand[] = [];
  private kept: Order[];
  private lastTimed: Timed | null = null;
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stop: AbortController | null = null;

  constructor(
    private readonly frame: Frame,
    private readonly tryOrder: Try,
    private readonly rest = REST,
  ) {
    this.kept = emptyOrder(frame);
    this.now = { order: this.kept, timed: null, clashes: [], fits: null };
  }

  /** Whether anything would be lost without saving. */
  get isChanged(): boolean {
    return !sameOrder(this.now.order, this.kept);
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  get canRedo(): boolean {
    return this.future.length > 0;
  }

  /** The last plan whose times were known: what was agreed before a host said no, for one. */
  get lastPlan(): Plan | null {
    return (this.now.timed ?? this.lastTimed)?.plan ?? null;
  }

  /** Whether the server is yet to say if the order can be kept. */
  get isAsking(): boolean {
    return this.now.fits === null && this.error === null && !isEmpty(this.now.order);
  }

  /** The times of a day: of this order, or of the last one whose day was the same. */
  dayPlan(day: number): { plan: DayPlan; timed: Timed; isOld: boolean } | null {
    const asked = this.now.order[day];
    const timed = this.now.timed ?? this.lastTimed;
    const plan = timed?.plan.days.find(({ date }) => date === asked?.date);
    if (!asked || !timed || !plan || !sameHosts(asked.hosts, plan.stops.map(({ host }) => host))) return null;
    return { plan, timed, isOld: this.now.timed === null };
  }

  /** Puts an order on the desk and asks whether it can be kept. */
  arrange(order: Order[]): void {
    if (sameOrder(order, this.now.order)) return;
    this.step({ order, timed: null, clashes: [], fits: null });
    this.ask();
  }

  /** Puts a plan on the desk whose times are known. */
  take(timed: Timed): void {
    this.step(standOf(timed, this.frame));
    this.quiet();
  }

  /** Begins with a plan of the store. What was not saved is a step back away. */
  open(plan: SavedPlan): void {
    this.begin(standOf(plan, this.frame));
    this.isSaved(plan);
  }

  /** Begins with nothing; see `open`. */
  clear(): void {
    this.begin({ order: emptyOrder(this.frame), timed: null, clashes: [], fits: null });
    this.saved = null;
    this.tell();
  }

  /** The store has no longer what is on the desk. */
  forget(): void {
    this.saved = null;
    this.kept = emptyOrder(this.frame);
    this.tell();
  }

  /** The store has the order as this plan. */
  isSaved({ name, revision }: { name: string; revision: number }): void {
    this.saved = { name, revision };
    this.kept = this.now.order;
    this.tell();
  }

  undo(): void {
    this.turn(this.past, this.future);
  }

  redo(): void {
    this.turn(this.future, this.past);
  }

  /** The tour has changed: the order is tried anew. */
  again(): void {
    const unsure = (stand: Stand): Stand => ({ ...stand, fits: null, clashes: [] });
    this.now = unsure(this.now);
    this.past = this.past.map(unsure);
    this.future = this.future.map(unsure);
    this.ask();
  }

  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  private begin(stand: Stand): void {
    this.quiet();
    this.past = this.isChanged ? [...this.past, this.now] : [];
    this.future = [];
    this.isUsed = true;
    this.now = stand;
    this.kept = stand.order;
    this.lastTimed = stand.timed;
  }

  private step(stand: Stand): void {
    this.isUsed = true;
    this.past = [...this.past, this.now].slice(-MOST_STEPS);
    this.future = [];
    this.now = stand;
    this.lastTimed = stand.timed ?? this.lastTimed;
    this.tell();
  }

  private turn(from: Stand[], to: Stand[]): void {
    const stand = from.pop();
    if (!stand) return;
    to.push(this.now);
    this.now = stand;
    this.lastTimed = stand.timed ?? this.lastTimed;
    this.quiet();
    this.tell();
    if (stand.fits === null) this.ask();
  }

  private tell(): void {
    this.listeners.forEach((listener) => listener());
  }

  private quiet(): void {
    clearTimeout(this.timer);
    this.stop?.abort();
    this.stop = null;
    this.error = null;
  }

  /** Asks after a rest; an answer to an order that is no longer the one on the desk is dropped. */
  private ask(): void {
    this.quiet();
    this.tell();
    const { order } = this.now;
    if (isEmpty(order)) return;
    const stop = new AbortController();
    this.stop = stop;
    this.timer = setTimeout(() => {
      this.tryOrder(named(order), stop.signal).then(
        (tried) => this.stop === stop && this.know(order, tried),
        (error: Error) => {
          if (this.stop !== stop || isGivenUp(error)) return;
          this.error = error;
          this.tell();
        },
      );
    }, this.rest);
  }

  private know(order: Order[], tried: Tried): void {
    this.now = tried.feasible
      ? { order, timed: tried.timed, clashes: tried.timed.clashes, fits: true }
      : { order, timed: null, clashes: tried.clashes, fits: false };
    this.lastTimed = this.now.timed ?? this.lastTimed;
    this.tell();
  }
}

/** Days with visits: those that are not named stay empty. */
export function named(order: Order[]): Order[] {
  return order.filter(({ hosts }) => hosts.length > 0);
}

function standOf(timed: Timed, frame: Frame): Stand {
  return { order: orderOf(timed.plan, frame), timed, clashes: timed.clashes, fits: timed.clashes.length === 0 };
}
