/** What is on a planner's desk: an order, whether it can be kept, and what was there before. It outlives pages and logins. */
import { isGivenUp } from "./client";
import { emptyOrder, isEmpty, orderOf, sameHosts, sameOrder, samePlan } from "./order";
import type { Clash, DayPlan, Frame, Order, Plan, SavedPlan, Timed, Tried } from "./types";

/** The plan of the store that an order was made from. All steps from it share the same one. */
export interface Origin {
  /** `null` where it is in no store yet. */
  name: string | null;
  revision: number;
  order: Order[];
  plan: Plan | null;
}

/** An order with what is known of it. */
export interface Stand {
  origin: Origin;
  order: Order[];
  /** Its times, where it can be kept and the server has said so. */
  timed: Timed | null;
  /** The days of which everything fits, where not all do. */
  partly?: Timed | null;
  /** Why it cannot be kept, or what a plan breaks that has times all the same. */
  clashes: Clash[];
  /** `null` until the server has said. */
  fits: boolean | null;
}

type Try = (days: Order[], signal: AbortSignal) => Promise<Tried>;
type Read = (name: string, signal: AbortSignal) => Promise<SavedPlan>;

/** Milliseconds of rest before an order is tried. */
const REST = 180;
const MOST_STEPS = 200;

export class Desk {
  now: Stand;
  /** Why the last try has no answer. */
  error: Error | null = null;
  /** Whether anything has been put on it, be it an empty plan. */
  isUsed = false;
  private past: Stand[] = [];
  private future: Stand[] = [];
  private lastTimed: Timed | null = null;
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stop: AbortController | null = null;

  constructor(
    private readonly frame: Frame,
    private readonly tryOrder: Try,
    private readonly read: Read,
    private readonly rest = REST,
  ) {
    this.now = this.nothing();
  }

  /** The plan of the store that is on the desk. */
  get saved(): { name: string; revision: number } | null {
    const { name, revision } = this.now.origin;
    return name === null ? null : { name, revision };
  }

  /** Whether anything would be lost without saving. */
  get isChanged(): boolean {
    const { order, timed, origin } = this.now;
    return timed && origin.plan ? !samePlan(timed.plan, origin.plan) : !sameOrder(order, origin.order);
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
    if (!asked) return null;
    const { timed, partly } = this.now;
    for (const known of timed ? [timed] : [partly, this.lastTimed]) {
      const plan = known?.plan.days.find(({ date }) => date === asked.date);
      if (known && plan && sameHosts(asked.hosts, plan.stops.map(({ host }) => host))) return { plan, timed: known, isOld: known !== timed && known !== partly };
    }
    return null;
  }

  /** Puts an order on the desk and asks whether it can be kept. */
  arrange(order: Order[]): void {
    if (sameOrder(order, this.now.order)) return;
    this.step({ origin: this.now.origin, order, timed: null, clashes: [], fits: null });
    this.ask();
  }

  /** Puts a plan on the desk whose times are known. */
  take(timed: Timed): void {
    this.step(standOf(timed, this.frame, this.now.origin));
    this.quiet();
  }

  /** Begins with a plan of the store. What was not saved is a step back away. */
  open(plan: SavedPlan): void {
    this.begin(standOf(plan, this.frame, this.originOf(plan)));
  }

  /** Begins with nothing; see `open`. */
  clear(): void {
    this.begin(this.nothing());
  }

  /** The store has a plan no longer. */
  forget(origin: Origin): void {
    this.replace(origin, this.nothing().origin);
    this.tell();
  }

  /** The store has what was sent as this plan. What has been done meanwhile stays, as changes to it. Says whether that is still what is on the desk. */
  isSaved(stored: SavedPlan, sent: Stand): boolean {
    const isHere = this.now.origin === sent.origin;
    const isSame = isHere && this.now.order === sent.order && this.now.timed === sent.timed;
    const origin = this.originOf(stored);
    this.replace(sent.origin, origin);
    if (isSame) {
      this.quiet();
      this.now = standOf(stored, this.frame, origin);
      this.lastTimed = stored;
    }
    this.tell();
    return isHere;
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

  private nothing(): Stand {
    const order = emptyOrder(this.frame);
    return { origin: { name: null, revision: 0, order, plan: null }, order, timed: null, clashes: [], fits: null };
  }

  private originOf({ name, revision, plan }: SavedPlan): Origin {
    return { name, revision, order: orderOf(plan, this.frame), plan };
  }

  private replace(old: Origin, origin: Origin): void {
    const moved = (stand: Stand): Stand => (stand.origin === old ? { ...stand, origin } : stand);
    this.now = moved(this.now);
    this.past = this.past.map(moved);
    this.future = this.future.map(moved);
  }

  private begin(stand: Stand): void {
    this.quiet();
    this.past = this.isChanged ? [...this.past, this.now] : [];
    this.future = [];
    this.isUsed = true;
    this.now = stand;
    this.lastTimed = stand.timed;
    this.tell();
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
    const { order, origin } = this.now;
    if (isEmpty(order)) return;
    const stop = new AbortController();
    this.stop = stop;
    this.timer = setTimeout(() => {
      this.verdict(order, origin, stop.signal).then(
        (verdict) => this.stop === stop && this.know(verdict),
        (error: Error) => {
          if (this.stop !== stop || isGivenUp(error)) return;
          this.error = error;
          this.tell();
        },
      );
    }, this.rest);
  }

  /** What the server says of an order. That of a plan of the store has the times of that plan, be they better or worse than those of a try. */
  private async verdict(order: Order[], origin: Origin, signal: AbortSignal): Promise<Partial<Stand>> {
    if (origin.name !== null && sameOrder(order, origin.order)) {
      const plan = await this.read(origin.name, signal);
      if (plan.revision === origin.revision) return standOf(plan, this.frame, origin);
    }
    const tried = await this.tryOrder(named(order), signal);
    return tried.feasible ? { timed: tried.timed, clashes: tried.timed.clashes, fits: true } : { timed: null, partly: tried.partly ?? null, clashes: tried.clashes, fits: false };
  }

  private know({ timed = null, partly = null, clashes = [], fits = null }: Partial<Stand>): void {
    this.now = { ...this.now, timed, partly, clashes, fits };
    this.lastTimed = this.now.timed ?? this.lastTimed;
    this.tell();
  }
}

/** The plan of a stand whose times the server has found to keep to everything. */
export function fitting({ timed, fits, clashes }: Pick<Stand, "timed" | "fits" | "clashes">): Timed | null {
  return fits && clashes.length === 0 ? timed : null;
}

/** Days of which something is wanted: those that are not named stay empty, with any bases. */
export function named(order: Order[]): Order[] {
  return order.filter(({ hosts, from, to }) => hosts.length > 0 || from !== undefined || to !== undefined);
}

function standOf(timed: Timed, frame: Frame, origin: Origin): Stand {
  return { origin, order: orderOf(timed.plan, frame), timed, clashes: timed.clashes, fits: timed.clashes.length === 0 };
}
