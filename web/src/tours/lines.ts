/** Lines of points and clashes in the language of the reader; in the server's English where a word is not known here. */
import { industryName } from "../format";
import { type Key, digits, language, type Params, t, tMaybe } from "../i18n";
import { duration } from "./time";
import type { Clash, Details, Line } from "./types";

/** What an interest is called: industries and kinds have names of their own, phases and practices are words of the tour. */
export function interestName(subject: string, name: string): string {
  if (subject === "industry") return industryName(name);
  return subject === "kind" ? tMaybe(`tours.kind.${name}`, name) : name;
}

/** What speaks for a district, and how much of it there is; `null` where that is not known. */
export function districtFact({ what, details }: Line, name: (code: string) => string): { label: string; value: string | null } {
  const label = tMaybe(`tours.fact.${what}`, what.replaceAll("_", " "));
  const known = (key: string): number | string | null => {
    const value = details?.[key];
    return typeof value === "number" || typeof value === "string" ? value : null;
  };
  const part = (of: string) => (known(of) === null ? null : `${written(known(of))} / ${written(known("of"))}`);
  const { industry, per_mille, phases, workers, km, base } = details ?? {};
  switch (what) {
    case "industry":
      return { label, value: typeof industry === "string" ? `${industryName(industry)}, ${part("weight") ?? ""}` : null };
    case "interests":
      return { label, value: part("met") };
    case "certainty":
      return { label, value: typeof per_mille === "number" ? percent(per_mille) : null };
    case "phases":
      return { label, value: Array.isArray(phases) ? phases.join(", ") : null };
    case "size":
      return { label, value: typeof workers === "number" ? t("tours.fact.workers", { n: Math.round(workers) }) : null };
    case "nearness":
      return { label, value: typeof km === "number" ? `${digits(km)} km, ${name(String(base))}` : null };
    case "hosts":
      return { label, value: part("open") };
    default:
      return { label, value: null };
  }
}

function percent(perMille: number): string {
  return digits(perMille / 1000, { style: "percent", maximumFractionDigits: 1 });
}

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
        ? known("tours.line.certainty", { district: name(details.district), share: percent(details.per_mille) })
        : known("tours.line.certainty_unknown", { district: name(details.district) });
    case "language":
      return known("tours.line.language", { understand: of("understand"), of: of("of") });
    case "interest": {
      const delegates = Array.isArray(details?.delegates) ? details.delegates.length : 0;
      const subject = tMaybe(`tours.subject.${of("subject")}`, of("subject"));
      return known("tours.line.interest", { subject, name: interestName(of("subject"), of("name")), n: delegates }) + again(details);
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

/** What is broken by rules whose name says all that the sentence of the server does. */
const SAID_BY_NAME = new Set(
  "closed_all_day day_missing day_out_of_order day_twice day_unknown declined excluded host_unknown mandatory_missing meal_missing no_consent no_hours no_time_agreed past visit_missing".split(" "),
);

/** The sentence of the server on a clash, beside `clashName`; `null` where the name says as much. */
export function clashSentence({ rule, text }: Clash, name: (code: string) => string): string | null {
  return language() !== "en" && SAID_BY_NAME.has(rule) ? null : sentence(text, name);
}

/** A sentence of the server as one: it begins with a capital, and has names in the place of the codes that it quotes. */
export function sentence(text: string, name: (code: string) => string): string {
  return (text.charAt(0).toUpperCase() + text.slice(1)).replace(/`([^`]+)`/g, (_, code: string) => name(code));
}

function written(value: unknown): string {
  if (typeof value === "number") return digits(value);
  return typeof value === "string" ? value : "";
}
