/** An area in one or two sentences. */
import { industryShort, number } from "../../format";
import { t } from "../../i18n";
import type { AreaDoc, Row, Step } from "../../types";
import { numberOf, textOf } from "./cells";
import { reason } from "./reasons";

/** What it is and how large; then how sure that is, where replicates were made. */
export function finding(doc: AreaDoc): string {
  return [is(doc), recurs(doc)].filter(Boolean).join(" ");
}

function is(doc: AreaDoc): string {
  const { name, profile } = doc;
  const params = { name, industry: industryInSentence(profile), size: size(profile) };
  switch (textOf(profile, "kind")) {
    case "district":
      return t("area.finding.district", params);
    case "large_firm_system":
      return t(params.industry ? "area.finding.largeFirms" : "area.finding.largeFirmsNoIndustry", params);
    case "other_manufacturing":
      return t(params.industry ? "area.finding.manufacturing" : "area.finding.manufacturingNoIndustry", params);
    case "rest":
      return t("area.finding.rest", { name, jobs: manufacturing(profile) });
    case "undetermined":
      return t("area.finding.undetermined", { name, why: reason(missingTest(doc.steps)?.why_missing ?? null) });
    default:
      return plain(doc);
  }
}

/** Of an area of an edition without jobs by industry: what commuting says. */
function plain({ name, profile }: AreaDoc): string {
  const zones = numberOf(profile, "zones") ?? 0;
  const residents = numberOf(profile, "residents");
  const workers = numberOf(profile, "workers");
  const inside = numberOf(profile, "sc_supply_side");
  const made = t("area.finding.plain", { name, zones: t("area.zones", { n: zones }) });
  if (residents === null || workers === null || inside === null) return `${made} ${t("area.finding.noFlows")}`;
  const params = { residents: number(residents, "persons"), workers: number(workers, "persons"), inside: number(inside, "share") };
  return `${made} ${t("area.finding.commuting", params)}`;
}

/** The first test that counts and could not be made. */
export const missingTest = (steps: Step[]): Step | undefined => steps.find(({ counts, outcome }) => counts && outcome === "missing");

/** The first test that counts and fails. */
export const failedTest = (steps: Step[]): Step | undefined => steps.find(({ counts, outcome }) => counts && outcome === "fail");

/** The main industry as a word within a sentence. */
function industryInSentence(profile: Row): string {
  const id = textOf(profile, "main_industry");
  if (id === null) return "";
  return withinSentence(industryShort(id, textOf(profile, "main_industry_name")));
}

/** A name without its capital, unless it is an abbreviation. */
export function withinSentence(name: string): string {
  const abbreviated = /^\p{Lu}{2}/u.test(name);
  return abbreviated ? name : name.charAt(0).toLocaleLowerCase() + name.slice(1);
}

/** Jobs of the main industry, in how many units, how many of them in small and medium ones; each as far as known. */
function size(profile: Row): string {
  const jobs = numberOf(profile, "main_industry_jobs");
  if (jobs === null) return t("area.size.unknown");
  const units = numberOf(profile, "main_industry_units");
  const small = numberOf(profile, "main_industry_jobs_small");
  const medium = numberOf(profile, "main_industry_jobs_medium");
  const share = small === null || medium === null || jobs === 0 ? null : (small + medium) / jobs;
  const inUnits = units === null ? "" : t("area.size.units", { n: Math.round(units) });
  const ofSmall = share === null ? "" : t("area.size.share", { share: number(share, "share") });
  return [t("area.size.jobs", { n: Math.round(jobs) }), inUnits, ofSmall].filter(Boolean).join(" ");
}

function manufacturing(profile: Row): string {
  const jobs = numberOf(profile, "manufacturing_jobs");
  return jobs === null ? t("area.manufacturing.unknown") : t("area.manufacturing.jobs", { n: Math.round(jobs) });
}

function recurs({ profile }: AreaDoc): string {
  const of = numberOf(profile, "of");
  const times = numberOf(profile, "times");
  if (times !== null && of !== null && of > 0) {
    if (textOf(profile, "kind") === "district") return t("area.recurs.district", { times, of });
    const any = Math.round((numberOf(profile, "existence_any_industry") ?? 0) * of);
    return any === 0 ? t("area.recurs.never", { of }) : t("area.recurs.other", { n: any, of });
  }
  const existence = numberOf(profile, "existence");
  const replicates = numberOf(profile, "replicates");
  if (existence === null || replicates === null) return "";
  return t("area.recurs.area", { times: Math.round(existence * replicates), of: replicates });
}
