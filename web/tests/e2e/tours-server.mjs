/** A server with a store of tours: one that holds a made tour, a plan called `first`, a planner and a viewer. */
import { copyFileSync, existsSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import { threeDistricts, writeTour } from "./tours-made.mjs";
import { run, serve, tell, theWorld } from "./world.mjs";

export const TOUR = "leather-and-shoes";

export const USERS = {
  anna: { role: "planner", password: "tanning and finishing" },
  vito: { role: "viewer", password: "only looking, thanks" },
};

let made;
let stores = 0;

/** The store that each server gets a copy of; it goes with the world. */
async function makeStore() {
  const world = theWorld();
  const folder = mkdtempSync(join(world.folder, "tours-"));
  const [tour, plan, store] = ["tour", "first.json", "tours.db"].map((name) => join(folder, name));
  const atlas = await serve(world.full);
  writeTour(tour, world.edition, await threeDistricts(atlas.address));
  atlas.stop();
  run("tour", "solve", tour, "--out", plan);
  run("tour", "store", "put", store, TOUR, tour, "--plan", plan);
  for (const [name, { role, password }] of Object.entries(USERS)) tell(password, "tour", "store", "add-user", store, name, role);
  return { folder, store };
}

/** Its `address`; `users` by name, each with a `role` and a `password`; the id of its `tour`; and `stop`. Each call has a store of its own. */
export async function serveTours() {
  const { folder, store } = await (made ??= makeStore());
  const tours = join(folder, `${(stores += 1)}.db`);
  // What was written last may stand beside the file yet.
  for (const end of ["", "-wal"]) if (existsSync(`${store}${end}`)) copyFileSync(`${store}${end}`, `${tours}${end}`);
  const { editions, studies } = theWorld().full;
  const server = await serve({ editions, studies, tours });
  return { ...server, users: USERS, tour: TOUR };
}
