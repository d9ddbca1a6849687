/** Where tours come from in the tests: the fake server, with the atlas of the made country behind it where `run.mjs` has made one. */
import { serve, theWorld } from "./world.mjs";
import { fakeTours } from "./tours-fake.mjs";

/** Its `address`; `users` by name, each with a `role` and a `password`; the id of its `tour`; and `stop`. */
export async function serveTours() {
  const atlas = process.env.DISTRETTO_E2E ? await serve(theWorld().full) : null;
  const tours = await fakeTours({ upstream: atlas?.address ?? process.env.DISTRETTO_ATLAS ?? null });
  return {
    ...tours,
    stop: () => {
      tours.stop();
      atlas?.stop();
    },
  };
}
