/** Lines of points and clashes in the language of the reader; in the server's English where a word is not known here. */
import { type Key, digits, language, type Params, t, tMaybe } from "../i18n";
import { duration } from "./time";
import type { Clash, Details, Line } from "./types";

/** A line in words. `name` knows districts by their codes. */
export function lineText({ what, details, text }: Line, name: (code: string) => string): string {
  const of = (key: string): string => written(details?.[key]);
  const known = (key: Key, params: Params) => t(key, params);
  switch (what) {
    case "visit":
    case "language_unknown":
    case "extra":
    case "institution":
    case "territory":
      return known(`tours.line.${what}`, {});
    case "certainty":
      if (typeof details?.district !== "string") return text;
      return typeof details.per_mille === "number"
        ? known("tours.line.certainty", { district: name(details.district), share: digits(details.per_mille / 1000, { style: "percent", maximumFractionDigits: 1 }) })
        : known("tours.line.certainty_unknown", { district: name(details.district) });
    case "language":
      return known("tours.line.language", { understand: of("understand"), of: of("of") });
    case "interest": {
      const delegates = Array.isArray(details?.delegates) ? details.delegates.length : 0;
      const subject = tMaybe(`tours.subject.${of("subject")}`, of("subject"));
      return known("tours.line.interest", { subject, name: of("name"), n: delegates }) + again(details);
    }
    case "fairness":
      return known("tours.line.fairness", { delegate: of("delegate") }) + again(details);
    case "chain":
      return known("tours.line.chain", { phase: of("phase"), district: name(of("district")) });
    default:
      return text;
  }
}

/** Whether a line is told in the language of the reader. */
export function isOwnText(line: Line): boolean {
  return lineText(line, (code) => code) !== line.text;
}

/** The how many-th time, from the second on. */
function again(details: Details): string {
  const nth = details?.nth;
  return typeof nth === "number" && nth > 1 ? ` (${t("tours.line.nth", { nth })})` : "";
}

/** What a clash is called, where the reader's language has a name and the sentence of the server is in another. */
export function clashName({ rule, details }: Clash): string | null {
  if (language() === "en") return null;
  const name = tMaybe(`tours.rule.${rule}`, "");
  if (!name) return null;
  const by = details?.by;
  return typeof by === "number" ? `${name} (${duration(Math.abs(by))})` : name;
}

function written(value: unknown): string {
  if (typeof value === "number") return digits(value);
  return typeof value === "string" ? value : "";
}
