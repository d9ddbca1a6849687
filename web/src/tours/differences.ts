/** How another plan differs from the one on the desk. */
import type { Plan } from "./types";

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

function startsOf(plan: Plan | null): Map<string, string> {
  return new Map((plan?.days ?? []).flatMap(({ stops }) => stops.map(({ host, starts }) => [host, starts] as const)));
}
