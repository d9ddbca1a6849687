/** The log of a tour as it is shown. */
import type { Event } from "./types";

/** With one entry where somebody erased several data about one and the same, one after the other: what a traveller needs, and then the traveller. */
export function folded(events: Event[]): Event[] {
  return events.filter((event, at) => {
    const later = events[at - 1];
    return !(event.what === "erase" && event.about !== "" && later?.what === "erase" && later.about === event.about && later.user === event.user);
  });
}
