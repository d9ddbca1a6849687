/** Hosts of a tour with all that is known of them, and which of them are asked for. */
import { fold } from "../filters";
import type { Agreement, Demand, District, Host, HostWorth, Kind, State, Tour, Visit, Worth } from "./types";

export interface Candidate {
  host: Host;
  visit: Visit;
  /** Nothing until the server has said. */
  worth: HostWorth | undefined;
  district: District | undefined;
  /** What search looks in. */
  words: string;
}

/** The visit of a host of which nothing is known. */
export function freeVisit(host: string): Visit {
  return { host, state: "proposed", demand: "free", extra: 0 };
}

/** What stays demanded of a host in a state: who said no must not be seen, and who said yes is not left out. */
export function demandIn(state: State, demand: Demand): Demand {
  return (state === "declined" && demand === "mandatory") || (state === "confirmed" && demand === "excluded") ? "free" : demand;
}

/** An agreement that has come to another state. A time that is no longer agreed does not stay as a wish. */
export function inState({ start, demand, ...rest }: Agreement, state: State): Agreement {
  const isWished = start !== undefined && rest.state !== "confirmed";
  return { ...rest, state, demand: demandIn(state, demand), ...(isWished ? { start } : {}) };
}

/** All hosts, the most promising first; those that the server has not weighed last, by name. */
export function candidatesOf(tour: Tour, worth: Worth | undefined): Candidate[] {
  const visits = new Map(tour.visits.map((visit) => [visit.host, visit]));
  const districts = new Map(tour.districts.map((district) => [district.code, district]));
  const rank = new Map((worth?.hosts ?? []).map((one, at) => [one.code, { one, at }]));
  const all = tour.hosts.map((host) => {
    const district = host.district === undefined ? undefined : districts.get(host.district);
    const words = fold([host.code, host.name, host.place.town, district?.name ?? "", ...host.phases, ...host.practices, ...host.industries].join(" "));
    return { host, visit: visits.get(host.code) ?? freeVisit(host.code), worth: rank.get(host.code)?.one, district, words };
  });
  const place = (one: Candidate) => rank.get(one.host.code)?.at ?? Infinity;
  return all.sort((a, b) => (place(a) < place(b) ? -1 : place(a) > place(b) ? 1 : a.host.name.localeCompare(b.host.name)));
}

/** What the address asks for. */
export interface HostFilter {
  text: string;
  /** The text as search takes it. */
  words: string[];
  kind: Kind | "";
  district: string;
  /** A state, a demand, or what the plan or the rules say of a host. */
  state: State | Exclude<Demand, "free"> | "planned" | "unplanned" | "shortlisted" | "impossible" | "";
}

export function readHostFilter(query: URLSearchParams): HostFilter {
  const text = query.get("find") ?? "";
  return {
    text,
    words: fold(text).split(/\s+/).filter(Boolean),
    kind: (query.get("kind") ?? "") as Kind | "",
    district: query.get("district") ?? "",
    state: (query.get("state") ?? "") as HostFilter["state"],
  };
}

export function isAsked({ host, visit, worth, words }: Candidate, filter: HostFilter, isPlanned: boolean): boolean {
  const { kind, district, state } = filter;
  if (kind && host.kind !== kind) return false;
  if (district && host.district !== district) return false;
  if (state === "planned" ? !isPlanned : state === "unplanned" ? isPlanned : false) return false;
  if (state === "shortlisted" && !(worth?.eligible && worth.shortlisted)) return false;
  if (state === "impossible" && worth?.eligible !== false) return false;
  if ((state === "mandatory" || state === "excluded") && visit.demand !== state) return false;
  if (["proposed", "asked", "confirmed", "declined"].includes(state) && visit.state !== state) return false;
  return filter.words.every((word) => words.includes(word));
}
