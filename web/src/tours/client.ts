/** Questions to the server about tours: never from a cache, with the token of the session where something is sent. */
import { ApiError, apiUrl } from "../api";
import type { Problem } from "../types";
import { knownSession, NOBODY, setSession } from "./session";
import type { Session } from "./types";

type Method = "GET" | "POST" | "PUT" | "DELETE";

const ENDED = "D1071";
const WRONG_TOKEN = "D1074";
export const CONFLICT = "D1053";

/** What the server refuses, with the seconds after which it may be asked again. */
export class Refused extends ApiError {
  constructor(
    status: number,
    problem: Problem | null,
    address: string,
    readonly retryAfter: number | null,
  ) {
    super(status, problem, address);
  }
}

/** Whether somebody else was faster. */
export function isConflict(error: unknown): boolean {
  return error instanceof Refused && error.problem?.code === CONFLICT;
}

/** Whether the question was given up by the page itself. */
export function isGivenUp(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}

interface Options {
  body?: unknown;
  signal?: AbortSignal;
}

/** Asks, and answers with what the server says; `undefined` where it says nothing (204). */
export async function ask<T>(method: Method, address: string, options: Options = {}): Promise<T> {
  try {
    return await once<T>(method, address, options);
  } catch (error) {
    if (!(error instanceof Refused) || error.problem?.code !== WRONG_TOKEN) throw error;
    // A login in another window has changed the token: it is asked for, and the question repeated once. Not in the name of somebody else.
    const { session } = knownSession();
    const { user } = await whoIsThere();
    if (user?.name !== session?.user?.name) throw error;
    return once<T>(method, address, options);
  }
}

/** Asks the server who is logged in. */
export async function whoIsThere(): Promise<Session> {
  const session = await once<Session>("GET", "session", {});
  setSession(session);
  return session;
}

/** Logs in; the password goes into the body and nowhere else. */
export async function login(name: string, password: string): Promise<void> {
  setSession(await once<Session>("POST", "session", { body: { name, password } }));
}

export async function logout(): Promise<void> {
  await ask<void>("DELETE", "session");
  setSession(NOBODY);
}

async function once<T>(method: Method, address: string, { body, signal }: Options): Promise<T> {
  const headers: Record<string, string> = {};
  const { session } = knownSession();
  if (body !== undefined) headers["content-type"] = "application/json";
  if (method !== "GET" && session?.token) headers["x-distretto-token"] = session.token;
  const request: RequestInit = { method, headers, cache: "no-store", credentials: "same-origin" };
  if (body !== undefined) request.body = JSON.stringify(body);
  if (signal) request.signal = signal;
  const response = await fetch(apiUrl(address), request).catch((error: unknown) => {
    if (isGivenUp(error)) throw error;
    throw new Refused(0, null, address, null);
  });
  if (response.status === 204) return undefined as T;
  if (response.ok) return (await response.json()) as T;
  const problem = await response.json().then(
    (said: Problem) => said,
    () => null,
  );
  if (problem?.code === ENDED) setSession(NOBODY, session?.user != null);
  throw new Refused(response.status, problem, address, seconds(response.headers.get("retry-after")));
}

function seconds(header: string | null): number | null {
  const value = Number(header);
  return header !== null && Number.isFinite(value) && value >= 0 ? Math.ceil(value) : null;
}
