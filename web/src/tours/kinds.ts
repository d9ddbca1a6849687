/** How kinds of hosts look: a colour of Okabe and Ito, a shape and a letter each, so that none of them has to be told by colour alone. */
import type { Kind } from "./types";

export interface Look {
  /** Of the mark. */
  colour: string;
  /** Of the letter on it. */
  ink: string;
  /** Outline of the mark in a square of 24. */
  path: string;
}

export const KINDS: Record<Kind, Look> = {
  enterprise: { colour: "#0072b2", ink: "#ffffff", path: "M12 2a10 10 0 1 1 0 20a10 10 0 1 1 0-20Z" },
  institution: { colour: "#d55e00", ink: "#000000", path: "M3 3H21V21H3Z" },
  research_centre: { colour: "#009e73", ink: "#000000", path: "M12 .8L23.2 12L12 23.2L.8 12Z" },
  service_centre: { colour: "#cc79a7", ink: "#000000", path: "M7 2.5H17L22.5 12L17 21.5H7L1.5 12Z" },
  cultural_site: { colour: "#e69f00", ink: "#000000", path: "M12 1L23 8.8L18.9 22H5.1L1 8.8Z" },
  territorial_site: { colour: "#56b4e9", ink: "#000000", path: "M2 4Q12 -1 22 4V12Q20 20 12 23Q4 20 2 12Z" },
};

export const ALL_KINDS = Object.keys(KINDS) as Kind[];

/** Colours of the routes of days, dark enough on white; their lines are dashed differently, too. */
const ROUTES = [
  { colour: "#1c2733", dash: "none" },
  { colour: "#9c2f00", dash: "9 5" },
  { colour: "#005f8f", dash: "3 4" },
  { colour: "#00694c", dash: "12 4 3 4" },
  { colour: "#8a3f68", dash: "6 3" },
];

export function routeLook(day: number): { colour: string; dash: string } {
  return ROUTES[day % ROUTES.length] ?? { colour: "#1c2733", dash: "none" };
}
