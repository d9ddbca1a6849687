import type { Desk } from "../../tours/desk";
import type { Drags } from "../../tours/drag";
import { dateName } from "../../tours/time";
import type { Order, Reason, Sheet } from "../../tours/types";
import type { Places } from "../../tours/use-tour";

/** What all parts of the desk share. */
export interface Board {
  sheet: Sheet;
  places: Places;
  desk: Desk;
  /** Whether who is logged in may store changes. */
  writes: boolean;
  /** The host whose details are open. */
  selected: string | null;
  select: (host: string | null) => void;
  /** Tells those who do not see it. */
  say: (words: string) => void;
  drags: Drags;
  grip: (host: string) => (event: PointerEvent) => void;
  /** Puts another order on the desk, and tells in words what was done. */
  arrange: (order: Order[], words: string) => void;
  /** Puts a host into a day where it lengthens the day least. */
  add: (host: string, day: number) => void;
  reasons: Map<string, Reason>;
}

export function dayName({ sheet }: Board, day: number): string {
  return dateName(sheet.tour.frame.days[day]?.date ?? "");
}
