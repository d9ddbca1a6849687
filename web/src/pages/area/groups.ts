/** Jobs of an area by group, from its rows by group and size of unit. */
import type { JobsRow, Row } from "../../types";

/** Rows of `area_jobs` added up over sizes, most employees first, of equals by id; with the share of all of the grouping. */
export function groupsOf(jobs: JobsRow[], grouping: string): Row[] {
  const groups = new Map<string, JobsRow[]>();
  for (const row of jobs) {
    if (row.grouping === grouping) groups.set(row.group, [...(groups.get(row.group) ?? []), row]);
  }
  const rows = [...groups].map(([group, parts]) => ({
    group,
    group_name: parts[0]?.group_name ?? group,
    employees: sum(parts.map(({ employees }) => employees)),
    local_units: sum(parts.map(({ local_units }) => local_units)),
    employees_status: worst(parts.map(({ employees_status }) => employees_status)),
  }));
  const total = sum(rows.map(({ employees }) => employees));
  return rows
    .map((row) => ({ ...row, share: row.employees === null || !total ? null : row.employees / total }))
    .sort((a, b) => (b.employees ?? -1) - (a.employees ?? -1) || (a.group < b.group ? -1 : 1));
}

/** A sum is known where every part is. */
function sum(parts: (number | null)[]): number | null {
  return parts.reduce((total, part) => (total === null || part === null ? null : total + part), 0 as number | null);
}

/** A sum is observed where every part is. */
function worst(statuses: string[]): string {
  return statuses.find((status) => status !== "observed") ?? "observed";
}
