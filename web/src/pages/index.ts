/** Pages by address. Each is a piece of its own, loaded when it is first seen. */
import type { ComponentType } from "preact";
import type { EditionSummary, Editions } from "../types";

export interface PageProps {
  site: Editions;
  /** The edition of the address; the first one on pages that belong to none. */
  edition: EditionSummary;
  /** What follows the name of the page in the address. */
  rest: string[];
}

export type Page = ComponentType<PageProps>;
type Loader = () => Promise<Page>;

const OF_SITE: Record<string, Loader> = {
  "": () => import("./front").then((file) => file.Front),
  glossary: () => import("./glossary").then((file) => file.Glossary),
  api: () => import("./api").then((file) => file.Api),
  tours: () => import("./tours/list").then((file) => file.ToursPage),
  "tours/": () => import("./tours/tour").then((file) => file.TourPage),
};

const OF_EDITION: Record<string, Loader> = {
  "": () => import("./answer").then((file) => file.AnswerPage),
  map: () => import("./map").then((file) => file.MapPage),
  areas: () => import("./areas").then((file) => file.Areas),
  "areas/": () => import("./area").then((file) => file.Area),
  zones: () => import("./zones").then((file) => file.Zones),
  compare: () => import("./compare").then((file) => file.Compare),
  rules: () => import("./rules").then((file) => file.Rules),
  data: () => import("./data").then((file) => file.Data),
};

export interface Place {
  load: Loader;
  edition: string | null;
  /** Name of the page within the edition, or of the site. */
  page: string;
  rest: string[];
}

/** The page of an address; `null` where there is none. */
export function find(path: string[]): Place | null {
  const [first = "", second = "", ...rest] = path;
  const own = OF_SITE[second ? `${first}/` : first];
  if (own && rest.length === 0) return { load: own, edition: null, page: first, rest: second ? [second] : [] };
  const load = OF_EDITION[rest.length === 1 ? `${second}/` : second];
  return load && rest.length < 2 ? { load, edition: first, page: second, rest } : null;
}
