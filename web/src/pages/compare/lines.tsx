/** The rows of the comparison: what each place has of a measure, and what is read. */
import type { ComponentChildren } from "preact";
import { Term } from "../../components/term";
import { industryShort, kindName } from "../../format";
import { t, tMaybe } from "../../i18n";
import { testName } from "../../labels";
import { MEASURES, type MeasureGroup, inUnit, nationalOf } from "../../measures";
import type { AreaDoc, Cell, EditionSummary, Row, Step } from "../../types";
import { inUnit as inUnitOfTest, isRelative, margin, outcome } from "../area/tests";

interface Shown {
  value: Cell;
  words: string;
}

export interface Line {
  id: string;
  heading: ComponentChildren;
  cells: Shown[];
  /** Of all areas; absent where a median makes no sense. */
  median?: Shown;
}

export type Group = MeasureGroup | "rule";

/** In the order of the table; a group without anything to show is left out, and so is a measure that the edition does not have. */
export function linesOf(places: Row[], all: Row[], docs: Map<string, AreaDoc>, edition: EditionSummary): { group: Group; lines: Line[] }[] {
  const measured = (group: MeasureGroup) => MEASURES[group].filter(({ id }) => all.some((row) => row[id] !== undefined)).map((measure) => numbers(places, all, measure));
  const specialisation = edition.has.jobs ? [words(places, "kind", (kind) => kindName(String(kind))), words(places, "main_industry", (id, row) => industryShort(String(id), String(row.main_industry_name ?? id)))] : [];
  const classes = edition.has.jobs && edition.has.certainty ? [words(places, "class", (name) => tMaybe(`class.${name}`, String(name).replaceAll("_", " ")))] : [];
  const groups: { group: Group; lines: Line[] }[] = [
    { group: "size", lines: measured("size") },
    { group: "containment", lines: measured("containment") },
    { group: "specialisation", lines: [...specialisation, ...measured("specialisation")] },
    { group: "rule", lines: tests(places, docs) },
    { group: "certainty", lines: [...classes, ...measured("certainty")] },
  ];
  return groups.filter(({ lines }) => lines.length > 0);
}

function numbers(places: Row[], all: Row[], measure: (typeof MEASURES)["size"][number]): Line {
  const { id, unit } = measure;
  const shown = (value: Cell = null): Shown => ({ value, words: inUnit(value, unit) });
  const national = nationalOf(all, measure);
  return { id, heading: <Term id={id} />, cells: places.map((place) => shown(place[id])), ...(national && { median: shown(national.median) }) };
}

function words(places: Row[], id: string, say: (value: Cell, row: Row) => string): Line {
  const cells = places.map((place) => {
    const value = place[id] ?? null;
    return { value, words: value === null ? t("value.missing") : say(value, place) };
  });
  return { id, heading: <Term id={id} />, cells };
}

/** A row a test that counts: its margin, which is above 0 on the side of a district. */
function tests(places: Row[], docs: Map<string, AreaDoc>): Line[] {
  const counting = places.map(({ area }) => docs.get(String(area))?.steps.filter(({ counts }) => counts) ?? []);
  const names = [...new Set(counting.flat().map(({ test }) => test))];
  return names.map((test) => ({
    id: `margin_${test}`,
    heading: testName(test),
    cells: counting.map((steps) => shownTest(steps.find((step) => step.test === test))),
  }));
}

function shownTest(step: Step | undefined): Shown {
  if (!step) return { value: null, words: t("value.missing") };
  if (step.margin === null) return { value: null, words: outcome(step) };
  const relative = step.relative_margin === null || !isRelative(step) ? "" : ` (${margin(step)})`;
  return { value: step.margin, words: `${outcome(step)} · ${inUnitOfTest(step, step.margin)}${relative}` };
}
