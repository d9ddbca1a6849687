/** Where the site stands, and whether a server answers. */

const shell = document.documentElement.dataset;

/** The address of the site's root, with a slash at its end: read once, before any navigation. */
export const root = new URL(shell.root ?? "./", location.href);

/** A static site has files only: no queries, no live reruns. */
export const isStatic = shell.mode === "static";

/** Whether the server has a store of study tours. */
export const hasTours = shell.tours === "true";

/** Codes as parts of addresses, as the server writes them: other bytes than letters, digits, `-`, `_` and inner full stops as `~hh`. */
export function slug(code: string): string {
  const plain = /[A-Za-z0-9_-]/;
  let made = "";
  new TextEncoder().encode(code).forEach((byte, at) => {
    const char = String.fromCharCode(byte);
    made += plain.test(char) || (char === "." && at > 0) ? char : `~${byte.toString(16).padStart(2, "0")}`;
  });
  return made || "~";
}

/** The code of a slug. */
export function unslug(slug: string): string {
  const parts = slug === "~" ? [] : slug.split(/~([0-9a-f]{2})/);
  const bytes = parts.flatMap((part, at) => (at % 2 ? [Number.parseInt(part, 16)] : [...new TextEncoder().encode(part)]));
  return new TextDecoder().decode(new Uint8Array(bytes));
}
