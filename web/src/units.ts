/** What a column of an edition counts, read from its description, which states the unit. */
import type { Unit } from "./format";
import type { Field } from "./types";

const WORDS: [RegExp, Unit][] = [
  [/^(mean )?share of|^the same (in|as a share)|, 0 to 1|standard error/i, "share"],
  [/^square kilometres/i, "km2"],
  [/^location quotient/i, "quotient"],
  [/^local units/i, "units"],
  [/\bpersons\b/i, "persons"],
  [/^(employees|jobs)|of the employees/i, "employees"],
  [/of the number of zones/i, "zones"],
];

export function unitOf({ type, description }: Field): Unit {
  if (type === "string" || type === "boolean") return "text";
  return WORDS.find(([words]) => words.test(description))?.[1] ?? (type === "integer" ? "units" : "number");
}
