/** Words of the interface. A message is a text with `{names}`, or one text for each plural form of the language. */
import en from "./en.json";

type Message = string | Partial<Record<Intl.LDMLPluralRule, string>>;
export type Key = keyof typeof en;
export type Params = Record<string, string | number>;

/** Languages with a message file beside this one, each with its name in itself. */
export const LANGUAGES: Record<string, { name: string; load: () => Promise<Record<string, Message>> }> = {
  en: { name: "English", load: () => Promise.resolve(en) },
  it: { name: "Italiano", load: () => import("./it.json").then((file) => file.default) },
};

const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ur"]);

let messages: Record<string, Message> = en;
let current = "en";
let plurals = new Intl.PluralRules("en");

/** The language in use. */
export function language(): string {
  return current;
}

/** The language that the address, an earlier choice or the browser asks for. */
export function wantedLanguage(): string {
  const asked = [new URLSearchParams(location.search).get("lang"), remembered(), ...navigator.languages];
  return asked.map((tag) => tag?.slice(0, 2) ?? "").find((tag) => tag in LANGUAGES) ?? "en";
}

function remembered(): string | null {
  try {
    return localStorage.getItem("lang");
  } catch {
    return null; // Storage may be forbidden; the address still tells.
  }
}

let wanted = current;

/** Loads a language and makes it the one in use, unless another has been asked for meanwhile; says whether it is. */
export async function setLanguage(tag: string): Promise<boolean> {
  wanted = tag;
  const loaded = (await LANGUAGES[tag]?.load()) ?? en;
  if (tag !== wanted) return false;
  messages = loaded;
  current = tag;
  plurals = new Intl.PluralRules(tag);
  document.documentElement.lang = tag;
  document.documentElement.dir = RIGHT_TO_LEFT.has(tag) ? "rtl" : "ltr";
  try {
    localStorage.setItem("lang", tag);
  } catch {
    // See above.
  }
  return true;
}

/** A number as the language writes it; thousands apart from four digits on, so that columns line up. */
export function digits(value: number, options: Intl.NumberFormatOptions = {}): string {
  return value.toLocaleString(current, { useGrouping: "always", ...options });
}

/** The message of this key, with its parameters filled in; `n` chooses the plural form. */
export function t(key: Key, params: Params = {}): string {
  return fill(messages[key] ?? (en as Record<string, Message>)[key] ?? key, params);
}

/** The message of a key that is made at run time (a kind, an industry, a test); `otherwise` where there is none. */
export function tMaybe(key: string, otherwise: string): string {
  const message = messages[key] ?? (en as Record<string, Message>)[key];
  return message === undefined ? otherwise : fill(message, {});
}

function fill(message: Message, params: Params): string {
  const text = typeof message === "string" ? message : (message[plurals.select(Number(params.n))] ?? message.other ?? "");
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? digits(value) : value;
  });
}
