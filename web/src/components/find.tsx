import type { EditionSummary } from "../types";

/** Search by name, code or industry. */
export function FindBox({ edition }: { edition: EditionSummary }) {
  return <search data-edition={edition.id} />;
}
