import { useEffect, useState } from "preact/hooks";
import { answerOf, ApiError, apiUrl, type Loading } from "../../api";
import type { EditionSummary, Rerun } from "../../types";
import type { Values } from "./values";

/** The country run again by other rules; a request that is overtaken is given up. Nothing is asked while `values` is empty. */
export function useRerun(edition: EditionSummary, values: Values): Loading<Rerun> & { busy: boolean } {
  const asked = JSON.stringify(values);
  const [state, setState] = useState<Loading<Rerun> & { asked: string }>({ asked: "" });
  const address = `editions/${edition.id}/rerun`;
  useEffect(() => {
    if (asked === "{}") return;
    const stop = new AbortController();
    const request = { method: "POST", headers: { "content-type": "application/json" }, body: asked, signal: stop.signal };
    fetch(apiUrl(address), request)
      .then((response) => answerOf<Rerun>(response, address))
      .then(
        (data) => setState({ data, asked }),
        (error: Error) => {
          if (stop.signal.aborted) return;
          setState({ error: error instanceof ApiError ? error : new ApiError(0, null, address), asked });
        },
      );
    return () => stop.abort();
  }, [address, asked]);
  if (asked === "{}") return { busy: false };
  // While a new answer is on its way the last one stays in sight.
  return { ...(state.data && { data: state.data }), ...(state.error && state.asked === asked && { error: state.error }), busy: state.asked !== asked };
}
