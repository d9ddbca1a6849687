/** The address is the state: pages read it, controls write it, nothing else remembers. */
import { useEffect, useState } from "preact/hooks";
import { root, slug } from "./site";
import type { Cell } from "./types";

type Listener = () => void;
const listeners = new Set<Listener>();

/** The place within the site, without slashes at its ends, decoded: `it-2011/areas/78`. */
export function path(): string[] {
  const within = location.pathname.startsWith(root.pathname) ? location.pathname.slice(root.pathname.length) : "";
  return within.replace(/index\.html$/, "").split("/").filter(Boolean).map(decoded);
}

/** A part of an address as it was before it was encoded; one that was typed by hand and is no encoding, as it stands. */
export function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** An address of the site. Query parameters without a value are left out; the language is carried along. */
export function href(place: string, query: Record<string, string | undefined> = {}): string {
  const url = new URL(place, root);
  const lang = new URLSearchParams(location.search).get("lang");
  for (const [name, value] of Object.entries({ lang: lang ?? undefined, ...query })) {
    if (value) url.searchParams.set(name, value);
  }
  return url.href;
}

/** The page of an area. */
export function areaHref(edition: { id: string }, code: Cell | undefined, query?: Record<string, string | undefined>): string {
  return href(`${edition.id}/areas/${slug(String(code))}/`, query);
}

/** Goes to an address of the site; with `replace` without a step in the history. */
export function go(address: string, { replace = false } = {}): void {
  const from = location.pathname;
  history[replace ? "replaceState" : "pushState"](null, "", address);
  listeners.forEach((listener) => listener());
  if (location.pathname !== from) scrollTo(0, 0);
}

/** Changes parameters of the address in place; `undefined` or an empty text takes one away. */
export function setQuery(change: Record<string, string | undefined>, { replace = true } = {}): void {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(change)) {
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  go(url.href, { replace });
}

/** The place and the parameters; the component is drawn again when they change. */
export function useAddress(): { path: string[]; query: URLSearchParams } {
  const [, redraw] = useState(0);
  useEffect(() => {
    const listener = () => redraw((n) => n + 1);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  return { path: path(), query: new URLSearchParams(location.search) };
}

/** Follows links within the site without loading a page anew. */
export function listen(): void {
  addEventListener("popstate", () => listeners.forEach((listener) => listener()));
  addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !plain || event.defaultPrevented || link.target || link.hasAttribute("download")) return;
    const within = link.origin === root.origin && link.pathname.startsWith(root.pathname);
    const isFile = link.pathname.startsWith(`${root.pathname}api/v1/`);
    const isJump = link.hash !== "" && link.pathname === location.pathname && link.search === location.search;
    if (!within || isFile || isJump) return;
    event.preventDefault();
    go(link.href);
  });
}
