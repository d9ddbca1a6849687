/** Who is logged in: one for all pages of tours, kept in memory. */
import { useEffect, useState } from "preact/hooks";
import type { Session } from "./types";

export interface Known {
  /** `null` until the server has said. */
  session: Session | null;
  /** Whether a session was under way and has ended by itself. */
  ended: boolean;
}

export const NOBODY: Session = { user: null, token: null, expires: null };

type Listener = (known: Known) => void;
const listeners = new Set<Listener>();
let known: Known = { session: null, ended: false };

export function knownSession(): Known {
  return known;
}

/** The server has said who is logged in. */
export function setSession(session: Session, ended = false): void {
  known = { session, ended };
  listeners.forEach((listener) => listener(known));
}

export function useSession(): Known {
  const [state, setState] = useState(known);
  useEffect(() => {
    setState(known);
    listeners.add(setState);
    return () => void listeners.delete(setState);
  }, []);
  return state;
}

/** Whether who is logged in may change things. */
export function mayWrite({ session }: Known): boolean {
  return session?.user?.role === "planner";
}
