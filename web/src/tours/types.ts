/** What the API says about tours; `docs/tours-api.md` is the contract. Times are local times of the tour, moments of the server seconds. */

export type Kind = "enterprise" | "institution" | "research_centre" | "service_centre" | "cultural_site" | "territorial_site";
export type State = "proposed" | "asked" | "confirmed" | "declined";
export type Demand = "free" | "mandatory" | "excluded";

export interface Session {
  user: { name: string; role: "viewer" | "planner" } | null;
  token: string | null;
  expires: number | null;
}

export interface Entry {
  id: string;
  title: string;
  revision: number;
  changed: number;
  hosts: number;
  delegates: number;
  first: string;
  last: string;
  plans: string[];
}

export interface Spot {
  lon: number;
  lat: number;
  address: string;
  town: string;
}

export interface Host {
  code: string;
  name: string;
  kind: Kind;
  place: Spot;
  district?: string;
  industries: string[];
  phases: string[];
  practices: string[];
  look_for: string;
  hours?: string;
  country?: string;
  time_zone?: string;
  minutes: number;
  group?: number;
  guides: number;
  stagger?: number;
  languages: string[];
  notice: number;
  meal: boolean;
  cost: number;
  meets: string[];
  consent: boolean;
  valid_until?: string;
}

export interface Delegate {
  code: string;
  role: string;
  country: string;
  languages: string[];
  interests: { subject: Subject; name: string; weight: number }[];
  needs: string[];
}

export interface Base {
  code: string;
  name: string;
  place: Spot;
  hotel: boolean;
  cost: number;
}

export interface FrameDay {
  date: string;
  from: string[];
  to: string[];
  starts: string;
  ends: string;
  meal?: { from: string; until: string; minutes: number };
  most?: number;
}

export interface Frame {
  time_zone: string;
  country?: string;
  days: FrameDay[];
  bases: Base[];
  one_hotel: boolean;
  seats?: number;
  budget?: number;
  currency: string;
  driving: { stretch: number; rest: number; day: number; night: number };
  buffer: number;
  round: number;
  asked_on?: string;
}

/** What is agreed with a host and demanded of it. */
export interface Agreement {
  state: State;
  demand: Demand;
  start?: string;
  day?: string;
  minutes?: number;
  extra: number;
}

export interface Visit extends Agreement {
  host: string;
}

export type Weights = Record<string, number>;

export type Subject = "industry" | "phase" | "practice" | "kind";

/** At least and at most so many visits of hosts that fit all that is given. */
export interface Quota {
  which: { subject?: [Subject, string]; district?: string; hosts: string[] };
  least: number;
  most?: number;
  per: "tour" | "day";
}

export interface Rules {
  weights: Weights;
  quotas: Quota[];
  districts: string[];
  shortlist: number;
}

export interface District {
  code: string;
  name: string;
  industry?: string;
  industry_name: string;
  certainty?: number;
  workers?: number;
  middle?: [number, number];
  is_district: boolean;
}

export interface Tour {
  title: string;
  aim: string;
  hosts: Host[];
  delegation: { delegates: Delegate[]; pace: "relaxed" | "usual" | "brisk"; interpreted: string[]; staff: number };
  frame: Frame;
  visits: Visit[];
  rules: Rules;
  districts: District[];
}

export interface PlanEntry {
  name: string;
  revision: number;
  changed: number;
  user: string;
}

export interface Sheet {
  id: string;
  revision: number;
  changed: number;
  tour: Tour;
  plans: PlanEntry[];
  /** Words on where travel times come from, where the server tells. */
  travel?: string;
}

/** What a line or a clash rests on, by name. */
export type Details = Record<string, unknown> | null;

export interface Line {
  what: string;
  /** `null` where what it rests on is not known. */
  points: number | null;
  details: Details;
  text: string;
}

export interface Clash {
  rule: string;
  text: string;
  day: string | null;
  host: string | null;
  details: Details;
  /** Place of the host in the order of its day, where an order was tried. */
  position?: number;
}

export interface Worth {
  districts: { code: string; name: string; points: number; lines: Line[] }[];
  hosts: HostWorth[];
}

export interface HostWorth {
  code: string;
  points: number;
  lines: Line[];
  eligible: boolean;
  clashes: Clash[];
  shortlisted: boolean;
}

/** A day as the planner wants it: hosts in order; bases where they matter. */
export interface Order {
  date: string;
  hosts: string[];
  from?: string;
  to?: string;
}

export interface Stop {
  host: string;
  arrives: string;
  starts: string;
  ends: string;
  slots?: { people: number; starts: string; ends: string }[];
}

export interface Pause {
  starts: string;
  ends: string;
  at?: string;
}

export interface DayPlan {
  date: string;
  from: string;
  to: string;
  departs: string;
  returns: string;
  stops: Stop[];
  meal?: Pause;
  rests?: Pause[];
}

export interface Plan {
  days: DayPlan[];
  proven?: boolean;
}

export interface Leg {
  day: string;
  from: string;
  to: string;
  /** `null` where there is no way or nobody knows. */
  minutes: number | null;
  metres: number | null;
  state: "leg" | "no_route" | "unknown";
}

/** A plan with what is reckoned of it. */
export interface Timed {
  plan: Plan;
  clashes: Clash[];
  value: number;
  /** What each visit adds to those before it, in order. */
  visits: { host: string; points: number; lines: Line[] }[];
  fairness: Fairness;
  cost: number;
  driving: number;
  waiting: number;
  metres: number | null;
  legs: Leg[];
}

/** What each delegate gets. */
export interface Fairness {
  delegates: {
    delegate: string;
    interests: { interest: Delegate["interests"][number]; met_by: string[]; can_be_met: boolean }[];
    visits: number;
    /** Weight of the interests that are met, in thousandths of all; unknown for who has none. */
    per_mille?: number | null;
  }[];
  least?: number | null;
  jain?: number | null;
}

export type SavedPlan = Timed & PlanEntry;

export type Tried = { feasible: true; timed: Timed; clashes: Clash[] } | { feasible: false; timed: null; partly?: Timed | null; clashes: Clash[] };

export interface Solved {
  plans: Timed[];
  clashes: Clash[];
}

export interface Replanned extends Solved {
  moved: string[];
  gone: string[];
  new: string[];
  /** Confirmed or mandatory ones that cannot be visited any longer. */
  lost?: string[];
  /** Days that begin, pause for the meal or end otherwise. */
  days?: string[];
}

export interface Reason {
  host: string;
  text: string;
  /** Points that it would add to the value. */
  adds?: number;
}

export interface Reasons {
  reasons: Reason[];
  /** What the plan breaks itself: then there are no reasons. */
  clashes?: Clash[];
}

export interface Contact {
  /** The revision that was seen; 0 where there was none. */
  revision: number;
  name: string;
  role: string;
  phone: string;
  email: string;
}

export interface Person {
  revision: number;
  name: string;
  phone: string;
  email: string;
  emergency: string;
}

export interface Personal {
  contacts: Record<string, Contact>;
  people: Record<string, Person>;
  /** Persons to call in an emergency. */
  emergency: { who: string; number: string }[];
}

export interface Share {
  id: string | number;
  plan: string;
  created: number;
  expires: number;
  revoked: boolean;
  user: string;
}

/** A share as it is made: its address is told this once. */
export interface NewShare extends Share {
  address: string;
  token: string;
}

export interface Event {
  number: number;
  at: number;
  user: string;
  what: string;
  about: string;
}
