/** Where tours come from in the tests: the fake server, with the atlas of the made country behind it where `run.mjs` has made one. */
import { after } from "node:test";
import { fakeTours } from "./tours-fake.mjs";
import { serve, theWorld } from "./world.mjs";

let atlas;
after(async () => (await atlas)?.stop());

/** Its `address`; `users` by name, each with a `role` and a `password`; the id of its `tour`; and `stop`. Each call has a store of its own. */
export async function serveTours() {
  if (process.env.DISTRETTO_E2E) atlas ??= serve(theWorld().full);
  return fakeTours({ upstream: (await atlas)?.address ?? process.env.DISTRETTO_ATLAS ?? null });
}
