/** Why a test could not be made, in the language of the reader. The edition says it in English. */
import { number } from "../../format";
import { type Key, t } from "../../i18n";

const REASONS: [RegExp, Key][] = [
  [/^the area has no jobs to look at$/, "area.why.noJobs"],
  [/^the table has no jobs of the kind anywhere in the nation$/, "area.why.notInTable"],
  [/^([\d.]+) % of the records have no figure$/, "area.why.unknownJobs"],
  [/^the size of the unit is not known for ([\d.]+) % of the jobs$/, "area.why.unknownSizes"],
  [/^the number of medium units is not known$/, "area.why.unknownUnits"],
];

/** The reason; a wording that is not known here is left as it is. */
export function reason(why: string | null): string {
  if (why === null) return t("area.why.unsaid");
  for (const [pattern, key] of REASONS) {
    const found = pattern.exec(why);
    if (found) return t(key, { share: number(Number(found[1]), "percent") });
  }
  return why;
}
