/** Local times of a tour, `2005-11-15T09:00:00`, and how they are read. Nothing here knows the time zone: it is the tour's throughout. */
import { digits, language, t } from "../i18n";

const DAY = 24 * 60;

/** Minutes from the beginning of `date` to a local time; more than a day's where it is of a later one. */
export function minutesOf(time: string, date: string): number {
  return Math.round((Date.parse(`${time.slice(0, 19)}Z`) - Date.parse(`${date}T00:00:00Z`)) / 60_000);
}

/** Minutes of a time of day, `08:30` or `08:30:00`. */
export function minutesOfDay(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return 60 * hours + minutes;
}

/** `09:05` of a local time, of a time of day, or of minutes since midnight. */
export function clock(time: string | number): string {
  if (typeof time === "string") return (time.split("T")[1] ?? time).slice(0, 5);
  const within = ((time % DAY) + DAY) % DAY;
  return [Math.floor(within / 60), within % 60].map((part) => String(part).padStart(2, "0")).join(":");
}

const FORMS: Record<"brief" | "short" | "long", Intl.DateTimeFormatOptions> = {
  brief: { weekday: "short", day: "numeric" },
  short: { weekday: "short", day: "numeric", month: "short" },
  long: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
};

/** A date as the language has it: `Tue 15`, `Tue 15 Nov`, or in full. */
export function dateName(date: string, form: keyof typeof FORMS = "short"): string {
  const moment = new Date(`${date}T00:00:00Z`);
  return Number.isNaN(moment.getTime()) ? date : moment.toLocaleDateString(tag(), { ...FORMS[form], timeZone: "UTC" });
}

/** A range of dates in full, in one form: `Tuesday 15 – Friday 18 May 2012`, as the language has it. */
export function dateRange(first: string, last: string): string {
  const [from, until] = [first, last].map((date) => new Date(`${date}T00:00:00Z`)) as [Date, Date];
  if (Number.isNaN(from.getTime()) || Number.isNaN(until.getTime())) return [...new Set([first, last])].join(" – ");
  return new Intl.DateTimeFormat(tag(), { ...FORMS.long, timeZone: "UTC" }).formatRange(from, until);
}

/** The language with the days and months of its country: English dates have the day first, as everywhere in these pages. */
function tag(): string {
  return language() === "en" ? "en-GB" : language();
}

/** `1 h 35 min`. */
export function duration(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), Math.round(minutes % 60)];
  if (hours === 0) return t("tours.time.minutes", { m: rest });
  return rest === 0 ? t("tours.time.hours", { h: hours }) : t("tours.time.both", { h: hours, m: rest });
}

/** Metres as kilometres; `null` where nobody knows. */
export function kilometres(metres: number | null): string | null {
  return metres === null ? null : digits(metres / 1000, { style: "unit", unit: "kilometer", maximumFractionDigits: metres < 10_000 ? 1 : 0 });
}

/** Hundredths of a currency. */
export function money(hundredths: number, currency: string): string {
  try {
    return digits(hundredths / 100, { style: "currency", currency, minimumFractionDigits: hundredths % 100 === 0 ? 0 : 2 });
  } catch {
    return `${digits(hundredths / 100)} ${currency}`; // A currency that the browser does not know.
  }
}

/** A moment of the server, in the reader's own time zone. */
export function moment(seconds: number): string {
  return new Date(seconds * 1000).toLocaleString(tag(), { dateStyle: "medium", timeStyle: "short" });
}
