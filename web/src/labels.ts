import { tMaybe } from "./i18n";

/** The short name of a measure: a column of `area_profiles` or `zone_profiles`. */
export function label(column: string): string {
  return tMaybe(`measure.${column}`, column.replaceAll("_", " "));
}

/** The name of a test of the district rule. */
export function testName(test: string): string {
  return tMaybe(`test.${test}`, test.replaceAll("_", " "));
}
