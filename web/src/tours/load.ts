/** Documents of tours as they arrive, asked for again on demand: unlike those of an edition they change. */
import { useCallback, useEffect, useState } from "preact/hooks";
import { ask, isGivenUp } from "./client";

export interface Loaded<T> {
  data?: T;
  error?: Error;
  /** Asks again; what is shown stays until the answer is there. */
  reload: () => void;
  /** Puts what an answer to a change has told in the place of the document. */
  set: (data: T) => void;
}

export function useAsked<T>(address: string | null): Loaded<T> {
  const [state, setState] = useState<{ address: string | null; data?: T; error?: Error }>({ address: null });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (address === null) return;
    const stop = new AbortController();
    ask<T>("GET", address, { signal: stop.signal }).then(
      (data) => setState({ address, data }),
      (error: Error) => !isGivenUp(error) && setState((old) => ({ ...(old.address === address ? old : {}), address, error })),
    );
    return () => stop.abort();
  }, [address, turn]);
  const reload = useCallback(() => setTurn((turn) => turn + 1), []);
  const set = useCallback((data: T) => setState({ address, data }), [address]);
  const { address: of, ...rest } = state;
  return of === address ? { ...rest, reload, set } : { reload, set };
}
