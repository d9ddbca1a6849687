/** Documents of the API, each fetched once. */
import { useEffect, useState } from "preact/hooks";
import { root } from "./site";
import type { Problem } from "./types";

/** Address of a document or file under `api/v1/`. */
export function apiUrl(address: string): string {
  return new URL(`api/v1/${address}`, root).href;
}

/** What went wrong, as the server says it, or as the browser does. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem | null,
    address: string,
  ) {
    super(problem?.what ?? `${address}: ${status || "no answer"}`);
  }
}

export async function answerOf<T>(response: Response, address: string): Promise<T> {
  if (response.ok) return (await response.json()) as T;
  const problem = await response.json().then(
    (body: Problem) => body,
    () => null,
  );
  throw new ApiError(response.status, problem, address);
}

const fetched = new Map<string, Promise<unknown>>();

/** A document; asked for once, whoever asks. A failure is forgotten, so that asking again tries again. */
export function get<T>(address: string): Promise<T> {
  let answer = fetched.get(address) as Promise<T> | undefined;
  if (!answer) {
    answer = fetch(apiUrl(address)).then(
      (response) => answerOf<T>(response, address),
      () => Promise.reject(new ApiError(0, null, address)),
    );
    answer.catch(() => fetched.delete(address));
    fetched.set(address, answer);
  }
  return answer;
}

export interface Loading<T> {
  data?: T;
  error?: Error;
}

/** A document as it arrives; nothing is asked for while the address is `null`. */
export function useData<T>(address: string | null): Loading<T> {
  const [state, setState] = useState<Loading<T> & { address: string | null }>({ address: null });
  useEffect(() => {
    if (address === null) return;
    let wanted = true;
    get<T>(address).then(
      (data) => wanted && setState({ data, address }),
      (error: Error) => wanted && setState({ error, address }),
    );
    return () => void (wanted = false);
  }, [address]);
  return state.address === address ? state : {};
}
