import { useEffect, useState } from "preact/hooks";
import { get } from "../../api";
import { slug } from "../../site";
import type { AreaDoc, EditionSummary } from "../../types";

/** The documents of some areas, by code, as far as they have arrived. */
export function useDocs(edition: EditionSummary, codes: string[]): { docs: Map<string, AreaDoc>; error?: Error } {
  const [docs, setDocs] = useState(new Map<string, AreaDoc>());
  const [error, setError] = useState<Error>();
  const wanted = edition.has.jobs ? codes.map((code) => `editions/${edition.id}/areas/${slug(code)}.json`).join(" ") : "";
  useEffect(() => {
    let isWanted = true;
    setError(undefined);
    const answers = wanted.split(" ").filter(Boolean).map((address) => get<AreaDoc>(address));
    Promise.all(answers).then(
      (docs) => isWanted && setDocs(new Map(docs.map((doc) => [doc.code, doc]))),
      (error: Error) => isWanted && setError(error),
    );
    return () => void (isWanted = false);
  }, [wanted]);
  return { docs, ...(error && { error }) };
}
