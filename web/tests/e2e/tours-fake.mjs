/** A server that speaks `docs/tours-api.md` with a made tour in memory: for tests and for looking at pages before there is a store. */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { madeTour } from "./tours-made.mjs";
import { judge, reasonsFor, solve, timed, worthOf } from "./tours-rules.mjs";

const dist = fileURLToPath(new URL("../../dist/", import.meta.url));
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; worker-src blob:; font-src 'self'; base-uri 'none'; form-action 'none'";
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".json": "application/json" };

export const USERS = {
  anna: { role: "planner", password: "tanning and finishing" },
  vito: { role: "viewer", password: "only looking, thanks" },
};

class Refusal extends Error {
  constructor(status, code, what, { why = null, hint = null, headers = {} } = {}) {
    super(what);
    Object.assign(this, { status, headers, problem: { status, code, what, why, hint } });
  }
}
const unknown = (what) => new Refusal(404, "D1054", `There is no such ${what}.`, { hint: "Go back to the list of tours." });
const bad = (what) => new Refusal(400, "D1077", what, { hint: "See docs/tours-api.md for what this address takes." });
const conflict = (what) => new Refusal(409, "D1053", `${what} has been changed by somebody else meanwhile.`, { why: "The revision that was sent is not the latest.", hint: "Read it again and repeat the change." });
const now = () => Math.floor(Date.now() / 1000);

/** Serves the pages of `web/dist`. What is not about tours comes from `upstream`, the address of an atlas; without one there is an edition without anything. */
export async function fakeTours({ upstream = null, think = 120 } = {}) {
  const store = await storeOf(upstream);
  const server = createServer((request, response) => {
    answer(store, request, response, { upstream, think }).catch((error) => {
      const refusal = error instanceof Refusal ? error : new Refusal(500, "D0899", String(error.stack ?? error));
      if (response.headersSent) return response.end();
      response.writeHead(refusal.status, { "content-type": "application/problem+json", "cache-control": "no-store", ...refusal.headers });
      response.end(JSON.stringify(refusal.problem));
    });
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const address = `http://127.0.0.1:${server.address().port}/`;
  return { address, users: USERS, tour: store.id, stop: () => (server.closeAllConnections(), server.close()) };
}

async function storeOf(upstream) {
  const tour = await madeTour(upstream);
  const store = { id: "leather-and-shoes", tour, revision: 3, changed: now() - 86400, plans: new Map(), personal: { contacts: {}, people: {} }, shares: [], events: [], sessions: new Map(), failures: [] };
  log(store, "anna", "put_tour", "");
  const [best] = solve(tour, {}).plans;
  store.plans.set("first", { name: "first", revision: 1, changed: now() - 3600, user: "anna", plan: best.plan });
  log(store, "anna", "save_plan", "first");
  store.personal.contacts[tour.hosts[0].code] = { name: "Ufficio visite", role: "reception", phone: "+39 000 000000", email: "visite@example.org" };
  return store;
}

function log(store, user, what, about) {
  store.events.unshift({ number: store.events.length + 1, at: now(), user, what, about });
}

async function bodyOf(request) {
  let text = "";
  for await (const part of request) text += part;
  if (!/^application\/json/.test(request.headers["content-type"] ?? "")) throw new Refusal(415, "D1077", "The body is not JSON.");
  try {
    return JSON.parse(text);
  } catch {
    throw bad("The body is not JSON.");
  }
}

async function answer(store, request, response, options) {
  const url = new URL(request.url, "http://host");
  const path = decodeURIComponent(url.pathname);
  const api = /^\/api\/v1\/(session|tours|shares)(\/.*)?$/.exec(path);
  if (api) return tours(store, request, response, url, [api[1], ...(api[2] ?? "").split("/").filter(Boolean)], options);
  if (path.startsWith("/api/v1/")) return options.upstream ? forward(request, response, options.upstream) : bare(response, path);
  if (path.startsWith("/tours/share/")) return shared(store, response, path.split("/")[3]);
  const file = join(dist, normalize(path));
  if (extname(path) && existsSync(file)) {
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
    return response.end(readFileSync(file));
  }
  const root = "../".repeat(path.split("/").length - 2) || "./";
  const shell = readFileSync(join(dist, "index.html"), "utf8").replace('data-root="./"', `data-root="${root}" data-tours="true"`).replaceAll(/(src|href)="\.\//g, `$1="${root}`);
  response.writeHead(200, { "content-type": TYPES[".html"], "content-security-policy": POLICY });
  response.end(shell);
}

function bare(response, path) {
  const edition = { id: "made", title: "A made country", vintage: null, zones: 0, areas: 0, districts: null, has: { map: false, flows: false, jobs: false, certainty: false, rerun: false, grid: false } };
  const isList = path.endsWith("/editions.json");
  response.writeHead(isList ? 200 : 404, { "content-type": "application/json" });
  response.end(JSON.stringify(isList ? { program: { name: "distretto", version: "0", commit: null }, mode: "live", editions: [edition] } : { status: 404, code: "D0820", what: "nothing", why: null, hint: null }));
}

async function forward(request, response, upstream) {
  const answer = await fetch(new URL(request.url, upstream), { headers: { accept: request.headers.accept ?? "*/*" } });
  const { "content-type": type = "application/octet-stream" } = Object.fromEntries(answer.headers);
  response.writeHead(answer.status, { "content-type": type });
  response.end(Buffer.from(await answer.arrayBuffer()));
}

function shared(store, response, token) {
  const share = store.shares.find((share) => share.token === token && !share.revoked);
  response.writeHead(share ? 200 : 404, { "content-type": TYPES[".html"], "content-security-policy": POLICY });
  response.end(`<!doctype html><html lang="en"><title>Road book</title><main><h1>${share ? `Road book of ${share.plan}` : "This link does not lead anywhere (any more)"}</h1></main>`);
}

async function tours(store, request, response, url, parts, { think }) {
  const { method } = request;
  const send = (status, body, headers = {}) => {
    response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store", ...headers });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  };
  const cookie = /distretto_session=(\w+)/.exec(request.headers.cookie ?? "")?.[1];
  const session = store.sessions.get(cookie);
  const told = (session) => (session ? { user: { name: session.name, role: session.role }, token: session.token, expires: session.expires } : { user: null, token: null, expires: null });
  const needs = (role) => {
    if (!session) throw new Refusal(401, "D1071", "You are not logged in, or your session has ended.", { hint: "Log in again." });
    if (role === "planner" && session.role !== "planner") throw new Refusal(403, "D1073", "A viewer may not do this.", { hint: "Ask a planner." });
    if (method !== "GET" && request.headers["x-distretto-token"] !== session.token) throw new Refusal(403, "D1074", "This request does not come from these pages.");
  };

  if (parts[0] === "session") {
    if (method === "GET") return send(200, told(session));
    if (method === "DELETE") {
      needs("viewer");
      store.sessions.delete(cookie);
      return send(204);
    }
    const { name, password } = await bodyOf(request);
    const recent = store.failures.filter((at) => at > now() - 30);
    store.failures = recent;
    if (recent.length >= 5) throw new Refusal(429, "D1075", "There have been too many attempts to log in.", { hint: "Wait a little.", headers: { "retry-after": "30" } });
    const user = USERS[name];
    if (user?.password !== password) {
      store.failures.push(now());
      throw new Refusal(401, "D1072", "The name or the password is wrong.", { why: "No user has this name and password.", hint: "Check both; capital letters count." });
    }
    const [id, token] = [randomBytes(12).toString("hex"), randomBytes(12).toString("hex")];
    store.failures = [];
    store.sessions.set(id, { name, role: user.role, token, expires: now() + 43200 });
    return send(200, told(store.sessions.get(id)), { "set-cookie": `distretto_session=${id}; HttpOnly; SameSite=Strict; Path=/` });
  }

  needs("viewer");
  const { tour } = store;
  if (parts.length === 1) {
    const { hosts, delegation, frame, title } = tour;
    return send(200, { tours: [{ id: store.id, title, revision: store.revision, changed: store.changed, hosts: hosts.length, delegates: delegation.delegates.length, first: frame.days[0].date, last: frame.days.at(-1).date, plans: [...store.plans.keys()] }] });
  }
  if (parts[1] !== store.id) throw unknown("tour");
  const [, , part, name, more] = parts;
  const saved = (plan) => ({ name: plan.name, revision: plan.revision, changed: plan.changed, user: plan.user, ...timed(tour, plan.plan) });
  const changes = (body) => {
    if (body.revision !== store.revision) throw conflict("The tour");
    store.revision += 1;
    store.changed = now();
  };
  const thinking = () => new Promise((done) => setTimeout(done, think));

  if (part === undefined) return send(200, { id: store.id, revision: store.revision, changed: store.changed, tour: bareOf(tour), plans: [...store.plans.values()].map(({ name, revision, changed, user }) => ({ name, revision, changed, user })), travel: "Distance on the ellipsoid × 1.3 at 50 km/h, rounded up to 5 minutes." });
  if (part === "worth") return send(200, worthOf(tour));
  if (part === "try") {
    const { days } = await bodyOf(request);
    if (!Array.isArray(days)) throw bad("`days` is missing.");
    return send(200, judge(tour, days));
  }
  if (part === "solve") {
    const asked = await bodyOf(request);
    await thinking();
    return send(200, solve(tour, asked));
  }
  if (part === "replan") {
    const { plan, declined = [] } = await bodyOf(request);
    await thinking();
    const without = plan.days.map((day) => ({ date: day.date, hosts: day.stops.map(({ host }) => host).filter((host) => !declined.includes(host)) }));
    const { plans, clashes } = solve(tour, { order: without, leaveOut: declined });
    const at = (of) => new Map(of.days.flatMap((day) => day.stops.map(({ host, starts }) => [host, starts])));
    const [before, after] = [at(plan), at(plans[0]?.plan ?? { days: [] })];
    const list = [...before.keys()];
    return send(200, { plans: plans.slice(0, 1), clashes, moved: list.filter((host) => after.has(host) && after.get(host) !== before.get(host)), gone: list.filter((host) => !after.has(host)), new: [...after.keys()].filter((host) => !before.has(host)), lost: [] });
  }
  if (part === "reasons") {
    const { plan } = await bodyOf(request);
    await thinking();
    return send(200, { reasons: reasonsFor(tour, plan), clashes: [] });
  }
  if (part === "plans" && more === "book.html") {
    if (!store.plans.has(name)) throw unknown("plan");
    if (url.searchParams.get("contacts") === "true") needs("planner");
    response.writeHead(200, { "content-type": TYPES[".html"] });
    return response.end(`<!doctype html><html lang="en"><title>Road book</title><h1>Road book of ${name}</h1>`);
  }
  if (part === "plans") {
    const plan = store.plans.get(name);
    if (method === "GET") {
      if (!plan) throw unknown("plan");
      return send(200, saved(plan));
    }
    needs("planner");
    const body = await bodyOf(request);
    if (body.revision !== (plan?.revision ?? 0)) throw conflict(`The plan ${name}`);
    if (method === "DELETE") {
      store.plans.delete(name);
      log(store, session.name, "remove_plan", name);
      return send(204);
    }
    if (!/^[a-z0-9-]{1,80}$/.test(name)) throw bad("The name of a plan is lower-case letters, digits and hyphens.");
    store.plans.set(name, { name, revision: body.revision + 1, changed: now(), user: session.name, plan: body.plan });
    log(store, session.name, "save_plan", name);
    return send(200, saved(store.plans.get(name)));
  }

  needs("planner");
  if (part === "log") return send(200, { events: store.events.slice(0, 200) });
  if (part === "visits") {
    if (!tour.hosts.some(({ code }) => code === name)) throw unknown("host");
    const body = await bodyOf(request);
    if (body.visit.state === "confirmed" && !body.visit.start) throw bad("A confirmed visit needs a start.");
    changes(body);
    const before = tour.visits.find(({ host }) => host === name);
    tour.visits = [...tour.visits.filter(({ host }) => host !== name), { host: name, ...body.visit }];
    const what = { proposed: "propose", asked: "ask", confirmed: "accept", declined: "decline" }[body.visit.state];
    log(store, session.name, (before?.state ?? "proposed") === body.visit.state ? "demand" : what, name);
    return send(200, { revision: store.revision, visit: { host: name, ...body.visit } });
  }
  if (part === "rules") {
    const body = await bodyOf(request);
    changes(body);
    tour.rules = body.rules;
    log(store, session.name, "rules", "");
    return send(200, { revision: store.revision });
  }
  if (part === "personal") return send(200, store.personal);
  if (part === "contacts" || part === "people") {
    if (method === "DELETE") {
      delete store.personal[part][name];
      log(store, session.name, "erase", name);
    } else {
      store.personal[part][name] = await bodyOf(request);
      log(store, session.name, "contact", name);
    }
    return send(204);
  }
  if (part === "shares") {
    const open = ({ token, ...share }) => share;
    if (method === "GET") return send(200, { shares: store.shares.map(open) });
    if (method === "DELETE") {
      const share = store.shares.find(({ id }) => String(id) === name);
      if (!share) throw unknown("share");
      share.revoked = true;
      log(store, session.name, "revoke", name);
      return send(204);
    }
    const { plan, days } = await bodyOf(request);
    if (!store.plans.has(plan)) throw unknown("plan");
    if (!(days >= 1 && days <= 366)) throw bad("`days` is 1 to 366.");
    const token = randomBytes(16).toString("hex");
    const share = { id: `s${store.shares.length + 1}`, plan, created: now(), expires: now() + 86400 * days, revoked: false, user: session.name, token };
    store.shares.unshift(share);
    log(store, session.name, "share", share.id);
    return send(201, { ...share, address: `/tours/share/${token}` });
  }
  throw unknown("address");
}

/** The document without what only the fake knows. */
function bareOf({ hosts, ...tour }) {
  return { ...tour, hosts: hosts.map(({ open, ...host }) => host) };
}
