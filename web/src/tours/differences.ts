/** How another plan differs from the one on the desk. */
import { fitting, type Stand } from "./desk";
import type { Plan, Timed } from "./types";

export interface Differences {
  added: string[];
  removed: string[];
  /** Hosts on another day. */
  otherDay: string[];
  /** Hosts on the same day that begin at another time. */
  otherTime: string[];
}

export function differences(from: Plan | null, to: Plan): Differences {
  const before = startsOf(from);
  const after = startsOf(to);
  const both = [...after.keys()].filter((host) => before.has(host));
  const day = (time: string | undefined) => time?.slice(0, 10);
  return {
    added: [...after.keys()].filter((host) => !before.has(host)),
    removed: [...before.keys()].filter((host) => !after.has(host)),
    otherDay: both.filter((host) => day(before.get(host)) !== day(after.get(host))),
    otherTime: both.filter((host) => day(before.get(host)) === day(after.get(host)) && before.get(host) !== after.get(host)),
  };
}

/** Whether a plan is worth more than what stands on the desk, or as much with less driving; anything is better where that does not fit, or nobody knows whether it does. */
export function isBetter(found: Timed, stand: Stand): boolean {
  const kept = fitting(stand);
  return !kept || found.value > kept.value || (found.value === kept.value && found.driving < kept.driving);
}

function startsOf(plan: Plan | null): Map<string, string> {
  return new Map((plan?.days ?? []).flatMap(({ stops }) => stops.map(({ host, starts }) => [host, starts] as const)));
}
