/** A tour as the desk has it: its document, what its hosts are worth, and the order being worked on. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { ask } from "./client";
import { Desk } from "./desk";
import { type Candidate, candidatesOf } from "./hosts";
import { type Loaded, useAsked } from "./load";
import type { Agreement, Base, Demand, Frame, SavedPlan, Sheet, Spot, Tried, Visit, Worth } from "./types";

const desks = new Map<string, { desk: Desk; dates: string }>();

/** The desk of a tour: the same until the days of the tour change. */
export function deskOf(id: string, frame: Frame): Desk {
  const dates = frame.days.map(({ date }) => date).join();
  const known = desks.get(id);
  if (known?.dates === dates) return known.desk;
  const desk = new Desk(
    frame,
    (days, signal) => ask<Tried>("POST", `${tourAddress(id)}/try`, { body: { days }, signal }),
    (name, signal) => ask<SavedPlan>("GET", `${tourAddress(id)}/plans/${encodeURIComponent(name)}`, { signal }),
  );
  desks.set(id, { desk, dates });
  return desk;
}

/** Whether an order would be lost with the desks. */
export function hasUnsaved(): boolean {
  return [...desks.values()].some(({ desk }) => desk.isChanged);
}

/** Leaves no desk: at logout. */
export function clearDesks(): void {
  desks.clear();
}

export function tourAddress(id: string): string {
  return `tours/${encodeURIComponent(id)}`;
}

/** Draws the component again whenever something changes on the desk. */
export function useDesk(desk: Desk): Desk {
  const [, redraw] = useState(0);
  useEffect(() => desk.listen(() => redraw((n) => n + 1)), [desk]);
  return desk;
}

export interface TourAt {
  sheet: Loaded<Sheet>;
  worth: Loaded<Worth>;
  reload: () => void;
}

export function useTour(id: string): TourAt {
  const sheet = useAsked<Sheet>(tourAddress(id));
  const worth = useAsked<Worth>(`${tourAddress(id)}/worth`);
  const reload = () => {
    sheet.reload();
    worth.reload();
  };
  return { sheet, worth, reload };
}

/** All places of a tour by code, with words for them; districts have names too. */
export interface Places {
  candidates: Candidate[];
  of: Map<string, Candidate>;
  bases: Map<string, Base>;
  name: (code: string) => string;
  spot: (code: string) => Spot | undefined;
}

export function usePlaces(sheet: Sheet, worth: Worth | undefined): Places {
  return useMemo(() => {
    const candidates = candidatesOf(sheet.tour, worth);
    const of = new Map(candidates.map((one) => [one.host.code, one]));
    const bases = new Map(sheet.tour.frame.bases.map((base) => [base.code, base]));
    const districts = new Map(sheet.tour.districts.map(({ code, name }) => [code, name]));
    return {
      candidates,
      of,
      bases,
      name: (code) => of.get(code)?.host.name ?? bases.get(code)?.name ?? districts.get(code) ?? code,
      spot: (code) => of.get(code)?.host.place ?? bases.get(code)?.place,
    };
  }, [sheet, worth]);
}

/** Stores what is demanded of several hosts. */
export async function demandOf(sheet: Sheet, hosts: string[], demand: Demand): Promise<void> {
  const demands = Object.fromEntries(hosts.map((host) => [host, demand]));
  await ask<{ revision: number }>("PUT", `${tourAddress(sheet.id)}/demands`, { body: { revision: sheet.revision, demands } });
}

/** Stores what is agreed with a host, and gives the document as it is then. */
export async function agree(sheet: Sheet, host: string, visit: Agreement): Promise<Sheet> {
  const address = `${tourAddress(sheet.id)}/visits/${encodeURIComponent(host)}`;
  const answer = await ask<{ revision: number; visit: Visit }>("PUT", address, { body: { revision: sheet.revision, visit } });
  const others = sheet.tour.visits.filter((one) => one.host !== host);
  return { ...sheet, revision: answer.revision, tour: { ...sheet.tour, visits: [...others, answer.visit] } };
}
