/** A planner and a viewer at work on a study tour: what they see, do, break and get back. Each test has a server of its own. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessible, launch, watched } from "./browser.mjs";
import { serveTours } from "./tours-server.mjs";

let browser;
before(async () => void (browser = await launch()));
after(() => browser?.close());

/** Refusals are part of these tests; each is looked for where it belongs. */
const REFUSED = [/40[0149]|429/];

/** What has the focus: `data-does` or its text, and the visit it belongs to. */
const focused = (page) => page.evaluate(() => [document.activeElement.closest("[data-stop]")?.dataset.stop ?? null, document.activeElement.dataset.does ?? document.activeElement.textContent]);

/** A page of a server of its own; `as` logs in first. */
async function at(path, { as = "anna", ...options }, visit) {
  const server = await serveTours();
  try {
    await watched(browser, { address: server.address, options, allow: REFUSED }, async (page) => {
      await page.goto(new URL(path, server.address).href);
      if (as) await login(page, server, as);
      await visit(page, server);
    });
  } finally {
    server.stop();
  }
}

async function login(page, { users }, name) {
  await page.locator("input[name=username]").fill(name);
  await page.locator("input[name=password]").fill(users[name].password);
  await page.locator(".login button[type=submit]").click();
  await page.locator(".whoever").waitFor();
}

/** The desk, once its plan is there. */
const desk = (options, visit) =>
  at("tours/?lang=en", options, async (page, server) => {
    await page.locator(".tour-cards a").first().click();
    await page.locator(".standing.fits").waitFor();
    await visit(page, server);
  });

const rows = (page, day) => page.locator(`[data-day="${day}"] [data-stop]`).evaluateAll((all) => all.map((row) => row.dataset.stop));
const settled = (page) => page.locator(".standing:not(.asking)").waitFor();
const said = (page) => page.locator(".planner > [role=status]").innerText();

/** Another planner, at another machine. */
async function another({ address, users }) {
  const call = (method, path, body, headers = {}) =>
    fetch(new URL(`api/v1/${path}`, address), { method, headers: { "content-type": "application/json", ...headers }, ...(body ? { body: JSON.stringify(body) } : {}) });
  const answer = await call("POST", "session", { name: "anna", password: users.anna.password });
  const cookie = answer.headers.get("set-cookie").split(";")[0];
  const { token } = await answer.json();
  return async (method, path, body) => {
    const said = await call(method, path, body, { cookie, "x-distretto-token": token });
    assert.ok(said.ok, `${method} ${path}: ${said.status}`);
    return said.status === 204 ? null : said.json();
  };
}

test("a wrong password is told, then too many; the right one opens the tours, and no address ever holds it", () =>
  at("tours/", { as: null }, async (page, server) => {
    const addresses = [];
    page.on("request", (request) => addresses.push(request.url()));
    await page.locator(".login").waitFor();
    assert.equal(await page.locator("nav.pages a[aria-current]").getAttribute("href"), `${server.address}tours/`);
    assert.deepEqual(await page.locator(".login input").evaluateAll((all) => all.map((one) => one.autocomplete)), ["username", "current-password"]);
    await accessible(page, "login");
    await page.locator("input[name=username]").fill("anna");
    const trouble = page.locator(".trouble");
    // How many it takes depends on how fast they come: the waiting grows with each.
    for (let n = 0; n < 12 && !/D1075/.test((await trouble.allInnerTexts()).join()); n++) {
      await page.locator("input[name=password]").fill(`wrong ${n}`);
      await page.locator(".login button[type=submit]").click();
      await page.locator(".trouble").waitFor();
      await page.locator(".login button[type=submit]:enabled").waitFor();
    }
    assert.match(await page.locator(".trouble").innerText(), /D1075[\s\S]*Try again in \d+ second/);
    assert.equal(await page.locator("input[name=password]").inputValue(), "", "a password that was refused does not stay");
    assert.ok(addresses.every((address) => !address.includes("wrong")));
    assert.ok(!page.url().includes("wrong"));
  }));

for (const [name, options, lang] of [
  ["a wide screen, in English", {}, "en"],
  ["320 pixels, in Italian", { viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true }, "it"],
  ["200 % zoom", { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2, reducedMotion: "reduce" }, "en"],
]) {
  test(`all parts hold to the rules and fit: ${name}`, () =>
    at(`tours/?lang=${lang}`, options, async (page, server) => {
      const checked = async (what) => {
        await accessible(page, what);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(over <= 1, `${what} is ${over} pixels wider than the screen`);
        const cut = await page.locator(".host-list, .stacked").evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.className));
        assert.deepEqual(cut, [], `nothing of ${what} is cut at the edge`);
        assert.doesNotMatch(await page.locator("main").innerText(), /NaN|undefined|Infinity|tours\.\w/);
      };
      await page.locator(".tour-cards").waitFor();
      await checked("list");
      for (const [part, there] of [["", ".standing.fits"], ["weights", ".weight"], ["book", ".shares form"], ["people", ".register"], ["log", ".log"]]) {
        await page.goto(new URL(`tours/${server.tour}/?lang=${lang}&part=${part}&host=E01`, server.address).href);
        await page.locator(there).first().waitFor();
        await checked(part || "desk");
      }
      await page.goto(new URL(`tours/${server.tour}/?lang=${lang}&host=E01`, server.address).href);
      await page.locator(".standing.fits").waitFor();
      await page.locator(".agreement button").nth(3).click();
      await page.locator(".host-details summary").click();
      await page.locator(".reckoning summary").click();
      await page.locator(".actions button").nth(3).click();
      await checked("desk, all unfolded");
      await page.locator(".actions button").nth(2).click();
      await page.locator(".alternatives").waitFor();
      await checked("alternatives");
      await page.locator("[data-stop=E03] [data-does=day-2]").click();
      await page.locator(".standing.clashes").waitFor();
      await checked("an order that cannot be kept");
    }));
}

test("by keyboard a visit is moved, tried, told and taken back, and the focus goes with it", () =>
  desk({}, async (page) => {
    const before = await rows(page, 0);
    const [first, second] = before;
    await page.locator(`[data-stop="${first}"] [data-does="1"]`).focus();
    await page.keyboard.press("Enter");
    assert.deepEqual(await rows(page, 0), [second, first, ...before.slice(2)]);
    assert.match(await said(page), /is now number 2 of Mon/);
    assert.deepEqual(await page.evaluate(() => [document.activeElement.closest("[data-stop]")?.dataset.stop, document.activeElement.dataset.does]), [first, "1"]);
    await settled(page);
    assert.match(await said(page), /can be kept|cannot be kept/);
    await page.locator(`[data-stop="${first}"] [data-does=day-1]`).focus();
    await page.keyboard.press("Enter");
    assert.ok((await rows(page, 1)).includes(first));
    assert.deepEqual(await focused(page), [first, "day-0"], "on the way back");
    const free = page.locator("tr.host:not(.out):not(:has([aria-pressed=true])) .adds button").first();
    await free.focus();
    const words = await free.innerText();
    await page.keyboard.press("Enter");
    assert.deepEqual(await focused(page), [null, words], "a button that has done its work keeps the focus");
    await page.getByRole("button", { name: "Undo" }).click();
    await page.locator(`[data-stop="${first}"] [data-does=remove]`).focus();
    await page.keyboard.press("Enter");
    assert.match(await said(page), /is out of the plan/);
    for (let n = 0; n < 3; n++) await page.getByRole("button", { name: "Undo" }).click();
    assert.deepEqual(await rows(page, 0), before);
    await page.locator(".standing.fits").waitFor();
    assert.ok(await page.getByRole("button", { name: "Undo" }).isDisabled());
  }));

test("a host is dragged from the list into a day and from day to day; what letting go would mean is told before", () =>
  desk({ viewport: { width: 1400, height: 1000 } }, async (page) => {
    const host = await page.locator("tr.host:not(.out):not(:has([aria-pressed=true]))").first().getAttribute("data-host");
    const drag = async (from, to, low = false) => {
      await to.scrollIntoViewIfNeeded();
      const [a, b] = [await from.boundingBox(), await to.boundingBox()];
      await page.mouse.move(a.x + a.width / 2, a.y + a.height / 2);
      await page.mouse.down();
      await page.mouse.move(b.x + 80, b.y + (low ? b.height - 3 : 3), { steps: 8 });
    };
    const row = page.locator(`tr.host[data-host="${host}"]`);
    await row.scrollIntoViewIfNeeded();
    await drag(row.locator(".grip"), page.locator("[data-day='0'] [data-stop]").nth(1));
    await page.locator(".insert").waitFor();
    await page.locator(".ghost.good, .ghost.bad").waitFor();
    await page.mouse.up();
    assert.equal((await rows(page, 0))[1], host);
    assert.equal(await page.locator(".ghost").count(), 0);
    await settled(page);
    await drag(page.locator(`[data-stop="${host}"] .grip`), page.locator("[data-day='0'] [data-stop]").first());
    await page.mouse.up();
    assert.equal((await rows(page, 0))[0], host);
    await drag(page.locator(`[data-stop="${host}"] .grip`), page.locator("[data-day='0'] [data-stop]").nth(2), true);
    await page.keyboard.press("Escape");
    await page.mouse.up();
    assert.equal((await rows(page, 0))[0], host, "Escape lets go of nothing");
  }));

test("only the answer to the last order counts", () =>
  desk({}, async (page) => {
    let n = 0;
    await page.route("**/try", async (route) => {
      n += 1;
      if (n === 1) await new Promise((done) => setTimeout(done, 900));
      await route.continue().catch(() => undefined);
    });
    await page.locator("[data-stop=E03] [data-does=day-1]").click();
    await page.waitForTimeout(300);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.locator(".standing.fits").waitFor();
    await page.waitForTimeout(1100);
    assert.equal(await page.locator(".standing.fits").count(), 1, "the late answer is dropped");
  }));

test("an order that cannot be kept says why where it hurts, stays, and is not saved", () =>
  desk({}, async (page) => {
    await page.locator("[data-stop=E03] [data-does=day-1]").click();
    await page.locator(".standing.clashes").waitFor();
    assert.equal(await page.locator("[data-day='2'] .when", { hasText: "--:--" }).count(), 0, "a day that fits by itself has its times");
    assert.match(await page.locator("[data-stop=E03] .clashes").innerText(), /The visit to Consorzio depuratore finds no place\s+It is to be on 2026-05-11/, "names, not codes");
    assert.ok((await rows(page, 1)).includes("E03"));
    assert.ok(await page.getByRole("button", { name: "Save", exact: true }).isDisabled());
    await page.getByRole("button", { name: "Undo" }).click();
    await page.locator(".standing.fits").waitFor();
    assert.ok((await rows(page, 0)).includes("E03"));
  }));

test("hosts are filtered and explained; what is agreed with one changes points, plan and log", () =>
  desk({}, async (page) => {
    await page.getByLabel("Kind").selectOption("institution");
    assert.match(page.url(), /kind=institution/);
    assert.equal(await page.locator("tr.host").count(), 3);
    await page.getByRole("button", { name: "Show all" }).click();
    await page.getByLabel("State").selectOption("impossible");
    assert.match(await page.locator("tr.host").first().innerText(), /cannot be visited/);
    await page.getByRole("button", { name: "Show all" }).click();
    await page.getByLabel("Search", { exact: true }).fill("laboratorio");
    await page.locator("tr.host .link").first().click();
    assert.match(page.url(), /host=E11/);
    await page.getByText(/Why \d+ points/).click();
    assert.match(await page.locator(".host-details .lines").innerText(), /A visit\s+\+10[\s\S]*Phase testing, wanted by 4 delegates\s+\+\d+/);
    await page.getByRole("button", { name: "Asked", exact: true }).click();
    await page.locator("tr.host .chip.asked").waitFor();
    await page.getByRole("button", { name: "Confirmed …" }).click();
    await page.getByLabel("Begins at").fill("15:00");
    await page.locator(".fixing select").selectOption("2026-05-13");
    await page.getByRole("button", { name: "Confirm this time" }).click();
    await page.locator("tr.host .chip.confirmed").waitFor();
    await settled(page);
    await page.getByRole("button", { name: "Declined", exact: true }).click();
    await page.locator("tr.host .chip.declined").waitFor();
    await page.locator(".host-details .impossible").getByText("the host has declined").waitFor();
    await page.getByRole("link", { name: "Log" }).click();
    const log = await page.locator(".log tbody").innerText();
    assert.match(log, /noted that it declined\s+Laboratorio materiali[\s\S]*confirmed\s+Laboratorio[\s\S]*asked\s+Laboratorio/);
  }));

test("the server plans, improves, offers plans that differ, and replans when a host says no", () =>
  desk({}, async (page) => {
    await page.getByRole("button", { name: "Alternatives" }).click();
    await page.locator(".alternatives > li").nth(1).waitFor();
    assert.ok((await page.locator(".alternatives .differs").count()) > 0);
    await page.getByRole("button", { name: "Take this one: Plan 2" }).click();
    assert.match(await page.locator(".standing").innerText(), /Not saved/);
    await page.getByRole("button", { name: "Plan for me" }).click();
    await page.locator(".running").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Improve this" }).click();
    await page.locator(".running").waitFor({ state: "detached" });
    const gone = (await rows(page, 1))[0];
    await page.getByRole("button", { name: "Replan …" }).click();
    const name = await page.locator(`[data-stop="${gone}"] .link`).innerText();
    await page.locator(".replan").getByLabel(name).check();
    await page.getByRole("button", { name: "Replan", exact: true }).click();
    const told = page.locator(".outcome");
    await told.getByText(name).waitFor().catch(async () => assert.match(await told.innerText(), /No plan is possible/));
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("button", { name: "Why not the others?" }).click();
    await page.locator(".outcome").getByText(/not in the plan/).waitFor();
    assert.ok((await page.locator("tr.host .why").count()) > 2);
    await page.getByText("Where the value comes from").click();
    assert.match(await page.locator(".reckoning").innerText(), /T01 director of a service centre\s+\d+\s+\d+%/, "what each delegate gets");
  }));

test("a host of the plan that declines is replanned around", () =>
  desk({}, async (page) => {
    const gone = (await rows(page, 1)).findLast((host) => host !== "E09"); // Without one that must be seen there is no plan.
    await page.locator(`[data-stop="${gone}"] .link`).click();
    await page.getByRole("button", { name: "Declined", exact: true }).click();
    await page.locator(".standing.clashes").waitFor();
    await page.locator(`[data-stop="${gone}"] .clashes`).getByText(/the host has said no/).waitFor();
    await page.getByRole("button", { name: "Replan …" }).click();
    assert.equal(await page.locator(".replan input:checked").count(), 1, "who has declined is ticked already");
    await page.locator(".replan").getByLabel("Day").selectOption("2026-05-12");
    await page.getByLabel("It stands at").selectOption("H1");
    await page.getByLabel("and can go on at").fill("09:30");
    const [sent] = await Promise.all([page.waitForRequest(/replan$/), page.getByRole("button", { name: "Replan", exact: true }).click()]);
    const { now, declined, late } = sent.postDataJSON();
    assert.deepEqual([now, declined, late], ["2026-05-12T09:00:00", [gone], { until: "2026-05-12T09:30:00", at: "H1" }]);
    await page.locator(".standing.fits").waitFor();
    assert.match(await page.locator(".outcome").innerText(), /No longer visited/);
    assert.equal(await page.locator(`[data-stop="${gone}"]`).count(), 0);
  }));

test("a solve can be stopped", () =>
  desk({}, async (page) => {
    await page.route("**/solve", () => undefined);
    await page.getByRole("button", { name: "Plan for me" }).click();
    await page.getByRole("button", { name: "Stop" }).click();
    await page.locator(".running").waitFor({ state: "detached" });
    assert.equal(await page.locator(".trouble").count(), 0);
  }));

test("a plan is saved, under another name too, and a conflict loses nobody's work", () =>
  desk({}, async (page, server) => {
    const [first] = await rows(page, 0);
    await page.locator(`[data-stop="${first}"] [data-does=remove]`).click();
    await page.locator(".standing.fits").waitFor();
    const other = await another(server);
    const path = `tours/${server.tour}/plans/first`;
    const theirs = await other("GET", path);
    await other("PUT", path, { revision: theirs.revision, plan: theirs.plan });
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.locator(".trouble").getByText(/Somebody else has saved this plan/).waitFor();
    await page.getByRole("button", { name: "Keep mine as a new plan …" }).click();
    await page.getByLabel("Name of the plan").fill("Without the first");
    assert.equal(await page.getByLabel("Name of the plan").inputValue(), "without-the-first");
    await page.locator(".naming button[type=submit]").click();
    await page.waitForURL(/plan=without-the-first/);
    assert.ok(!(await rows(page, 0)).includes(first));
    assert.equal((await other("GET", path)).revision, theirs.revision + 1, "theirs is untouched");
    await page.locator(".plan-bar select").selectOption("first");
    await page.locator(`[data-stop="${first}"]`).waitFor();
    await page.goBack();
    await page.locator(`[data-stop="${first}"]`).waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Remove", exact: true }).click();
    await page.getByRole("button", { name: "Yes, remove" }).click();
    await page.waitForFunction(() => !document.querySelector("option[value=without-the-first]"));
  }));

test("after a step back to another plan, saving keeps that plan and no other", () =>
  desk({}, async (page, server) => {
    const other = await another(server);
    const path = (name) => `tours/${server.tour}/plans/${name}`;
    const first = await other("GET", path("first"));
    await other("PUT", path("second"), { revision: 0, plan: first.plan });
    await page.reload();
    await page.locator(".standing.fits").waitFor();
    const [gone] = await rows(page, 0);
    await page.locator(`[data-stop="${gone}"] [data-does=remove]`).click();
    await page.locator(".standing.fits").waitFor();
    await page.locator(".plan-bar select").selectOption("second");
    await page.locator(`[data-stop="${gone}"]`).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.locator(`[data-stop="${gone}"]`).waitFor({ state: "detached" });
    assert.equal(await page.locator(".plan-bar select").inputValue(), "first");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Not saved").waitFor({ state: "detached" });
    const hosts = (plan) => plan.days.flatMap(({ stops }) => stops.map(({ host }) => host));
    assert.ok(hosts((await other("GET", path("second"))).plan).includes(gone), "the other plan is as it was");
    assert.ok(!hosts((await other("GET", path("first"))).plan).includes(gone));
    assert.match(page.url(), /plan=first/);
  }));

test("a plan with a time far away, as somebody may have saved it, is opened like any other, and improved", () =>
  at("tours/?lang=en", {}, async (page, server) => {
    const other = await another(server);
    const path = (name) => `tours/${server.tour}/plans/${name}`;
    const { plan } = await other("GET", path("first"));
    const far = new Date(`${plan.days.at(-1).date}T18:00:00Z`);
    far.setUTCDate(far.getUTCDate() + 3);
    plan.days[0].returns = far.toISOString().slice(0, 19);
    await other("PUT", path("far"), { revision: 0, plan });
    await page.goto(new URL(`tours/${server.tour}/?lang=en&plan=far`, server.address).href);
    await page.locator(".standing.clashes").waitFor();
    assert.equal(await page.locator("[data-day='0'] .track .hour").last().innerText(), "00", "the axis ends with the next day");
    assert.equal(await page.locator(".totals").getByText("No plan is better").count(), 0);
    await page.locator(".actions select").selectOption("1");
    await page.getByRole("button", { name: "Improve this" }).click();
    await page.locator(".standing.fits").waitFor();
  }));

test("a host that must be seen and says no is no longer demanded", () =>
  desk({}, async (page, server) => {
    const other = await another(server);
    await page.locator("tr.host[data-host=E09] .chip.mandatory").waitFor();
    await page.locator("tr.host[data-host=E09] .link").click();
    await page.locator(".agreement").getByRole("button", { name: "Declined" }).click();
    await page.locator("tr.host[data-host=E09] .chip.declined").waitFor();
    assert.equal(await page.locator("tr.host[data-host=E09] .chip.mandatory").count(), 0);
    const { tour } = await other("GET", `tours/${server.tour}`);
    assert.equal(tour.visits.find(({ host }) => host === "E09").demand, "free");
  }));

test("what is moved while a plan is being saved stays a change", () =>
  desk({}, async (page) => {
    await page.route("**/plans/first", async (route) => {
      if (route.request().method() === "PUT") await new Promise((done) => setTimeout(done, 800));
      await route.continue();
    });
    const [first, second] = await rows(page, 0);
    await page.locator(`[data-stop="${first}"] [data-does=remove]`).click();
    await page.locator(".standing.fits").waitFor();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.locator(`[data-stop="${second}"] [data-does=remove]`).click();
    await page.waitForTimeout(1500);
    await settled(page);
    assert.match(await page.locator(".standing").innerText(), /[Nn]ot saved|cannot be saved/);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.locator(".standing.fits").waitFor();
    assert.doesNotMatch(await page.locator(".standing").innerText(), /Not saved/);
  }));

test("several hosts are demanded at once, and minutes that are emptied are forgotten", () =>
  desk({}, async (page, server) => {
    const other = await another(server);
    const visits = async () => Object.fromEntries((await other("GET", `tours/${server.tour}`)).tour.visits.map(({ host, ...visit }) => [host, visit]));
    await page.getByLabel("State").selectOption("shortlisted");
    assert.equal(await page.locator("tr.host .chip.impossible").count(), 0);
    await page.getByLabel("Search", { exact: true }).fill("centro prove");
    await page.getByRole("button", { name: "Choose several …" }).click();
    await page.getByRole("button", { name: "All 1 shown" }).click();
    await page.getByRole("button", { name: "Show all" }).click();
    await page.getByRole("checkbox", { name: "Choose Museo della pelle" }).check();
    await accessible(page, "choosing several hosts");
    await page.locator(".several").getByRole("button", { name: "Must see" }).click();
    await page.locator("tr.host[data-host=E21] .chip.mandatory").waitFor();
    const after = await visits();
    assert.deepEqual([after.E05.demand, after.E21.demand, after.E09.demand], ["mandatory", "mandatory", "mandatory"]);
    await page.locator("tr.host[data-host=E11] .link").click();
    for (const minutes of ["50", ""]) {
      await page.getByRole("button", { name: "Confirmed …" }).click();
      await page.getByLabel("Begins at").fill("15:00");
      await page.locator(".fixing input[type=number]").fill(minutes);
      await page.getByRole("button", { name: "Confirm this time" }).click();
      await page.locator(".fixing").waitFor({ state: "detached" });
      assert.equal((await visits()).E11.minutes, minutes ? 50 : undefined);
    }
  }));

test("who agrees with a host too late is told, and nothing is stored", () =>
  desk({}, async (page, server) => {
    const other = await another(server);
    const { revision } = await other("GET", `tours/${server.tour}`);
    await other("PUT", `tours/${server.tour}/visits/E01`, { revision, visit: { state: "asked", demand: "free", extra: 0 } });
    await page.locator("tr.host .link").nth(3).click();
    await page.getByRole("button", { name: "Must see" }).click();
    await page.locator(".trouble").getByText(/Somebody else has changed the tour/).waitFor();
    await page.getByRole("button", { name: "Reload" }).click();
    await page.locator("tr.host[data-host=E01] .chip.asked").waitFor();
    await page.getByRole("button", { name: "Must see" }).click();
    await page.locator("tr.host.selected .chip.mandatory").waitFor();
  }));

test("a session that ends leads to the login and back, and the order stays", () =>
  desk({}, async (page, server) => {
    await page.locator("[data-stop=E03] [data-does=day-1]").click();
    await page.locator(".standing.clashes").waitFor();
    await page.context().clearCookies();
    const [second] = (await rows(page, 0)).slice(1);
    await page.locator(`[data-stop="${second}"] [data-does=day-2]`).click();
    await page.locator(".login").getByText(/is kept/).waitFor();
    await accessible(page, "login after a session");
    await login(page, server, "anna");
    await page.locator(".standing.clashes").waitFor();
    assert.ok((await rows(page, 2)).includes(second) && (await rows(page, 1)).includes("E03"));
  }));

test("a road book is opened, shared without contacts, and the link revoked", () =>
  at("tours/?lang=en", {}, async (page, server) => {
    await page.goto(new URL(`tours/${server.tour}/?part=book&lang=en`, server.address).href);
    const book = page.locator(".books a").first();
    assert.doesNotMatch(await book.getAttribute("href"), /contacts/);
    await page.getByLabel("With names and telephone numbers").check();
    assert.match(await book.getAttribute("href"), /book\.html\?lang=en&contacts=true/);
    const [opened] = await Promise.all([page.waitForEvent("popup"), book.click()]);
    await opened.getByRole("heading", { name: "Leather and shoes" }).waitFor();
    await opened.close();
    await page.getByRole("button", { name: "Make a link" }).click();
    const address = await page.locator(".made pre").innerText();
    assert.match(address, /\/tours\/share\/\w{10,}$/);
    assert.equal((await fetch(address)).status, 200, "whoever has it may read");
    await page.getByRole("button", { name: "Revoke" }).click();
    await page.getByRole("button", { name: "Yes, revoke" }).click();
    await page.getByRole("cell", { name: "revoked" }).waitFor();
    assert.equal((await fetch(address)).status, 404);
  }));

test("a contact is kept, changed, and erased only when one is sure", () =>
  at("tours/?lang=en", {}, async (page, server) => {
    await page.goto(new URL(`tours/${server.tour}/?part=people&lang=en`, server.address).href);
    const row = page.locator(".register").first().locator("li").filter({ hasText: "Laboratorio materiali" });
    await row.getByRole("button", { name: /Edit/ }).click();
    await row.getByLabel("Name").fill("<b>Visits</b>");
    await row.getByLabel("Telephone").fill("+39 000 111111");
    await row.getByRole("button", { name: "Save" }).click();
    await row.getByText("<b>Visits</b>").waitFor();
    await row.getByRole("button", { name: "Erase" }).click();
    await page.waitForFunction(() => document.activeElement.textContent === "Keep"); // The harmless answer has the focus.
    await page.keyboard.press("Enter");
    assert.equal(await row.getByText("<b>Visits</b>").count(), 1);
    await row.getByRole("button", { name: "Erase" }).click();
    await row.getByRole("button", { name: "Yes, erase" }).click();
    await row.getByText("nobody yet").waitFor();
    // Whom to call stands with the tour, and can be erased as well; the hotel has a contact like a host.
    const driver = page.locator(".register li").filter({ hasText: "The coach driver" });
    await driver.getByRole("button", { name: "Erase" }).click();
    await driver.getByRole("button", { name: "Yes, erase" }).click();
    await driver.waitFor({ state: "detached" });
    await page.locator(".register").first().getByText("Hotel Centrale").waitFor();
  }));

test("what a traveller needs is shown and can be erased, be the traveller known or not", () =>
  at("tours/?lang=en", {}, async (page, server) => {
    let needs = ["step-free"];
    await page.route(`**/api/v1/tours/${server.tour}`, async (route) => {
      const response = await route.fetch();
      const sheet = await response.json();
      sheet.tour.delegation.delegates[1].needs = needs;
      await route.fulfill({ response, json: sheet });
    });
    await page.route("**/people/T02", (route) => {
      needs = [];
      return route.fulfill({ status: 204 });
    });
    await page.goto(new URL(`tours/${server.tour}/?part=people&lang=en`, server.address).href);
    const row = page.locator(".register").nth(1).locator("li").filter({ hasText: "T02" });
    await row.getByText("Needs: step-free").waitFor();
    await row.getByRole("button", { name: "Erase" }).click();
    await row.getByRole("button", { name: "Yes, erase" }).click();
    await row.getByText("Needs: step-free").waitFor({ state: "detached" });
    assert.equal(await row.getByRole("button", { name: "Erase" }).count(), 0);
  }));

test("who was erased does not come back by a form that was open", () =>
  at("tours/?lang=en", {}, async (page, server) => {
    await page.goto(new URL(`tours/${server.tour}/?part=people&lang=en`, server.address).href);
    const row = page.locator(".register").first().locator("li").filter({ hasText: "Conceria del Fosso" });
    await row.getByRole("button", { name: /Edit/ }).click();
    const other = await another(server);
    await other("DELETE", `tours/${server.tour}/contacts/E01`);
    await row.getByRole("button", { name: "Save" }).click();
    await page.locator(".trouble").getByText(/changed or erased this entry/).waitFor();
    assert.equal((await other("GET", `tours/${server.tour}/personal`)).contacts.E01, undefined);
    await page.getByRole("button", { name: "Reload" }).click();
    await row.getByText("nobody yet").waitFor();
  }));

test("weights that another planner has changed stay theirs, and limits are set", () =>
  at("tours/?lang=en", {}, async (page, server) => {
    await page.goto(new URL(`tours/${server.tour}/?part=weights&lang=en`, server.address).href);
    await page.getByLabel("A new phase of the chain").fill("200");
    await page.getByLabel("Shortlist").fill("12");
    await page.getByRole("button", { name: "Add a limit" }).click();
    await page.locator(".quota select").first().selectOption({ label: "Institution" });
    await page.locator(".quota").getByLabel("At most").fill("2");
    await page.locator(".quota").getByLabel("Over").selectOption("day");
    await page.locator(".weights-part .boxes label").first().click();
    await accessible(page, "what counts, changed");
    const other = await another(server);
    const { revision, tour } = await other("GET", `tours/${server.tour}`);
    await other("PUT", `tours/${server.tour}/rules`, { revision, rules: { ...tour.rules, weights: { ...tour.rules.weights, territory: 7 } } });
    await page.getByRole("button", { name: "Save" }).click();
    await page.locator(".trouble").getByText(/your changes stand over theirs/).waitFor();
    await page.getByRole("button", { name: "Reload" }).click();
    await page.waitForFunction(() => [...document.querySelectorAll(".weight input")].some((input) => input.value === "7"));
    assert.equal(await page.getByLabel("A new phase of the chain").inputValue(), "200");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText(/Points have been counted anew/).waitFor();
    const { rules, districts } = (await other("GET", `tours/${server.tour}`)).tour;
    assert.deepEqual([rules.weights.chain, rules.weights.territory, rules.shortlist, rules.districts], [200, 7, 12, [districts[0].code]]);
    assert.deepEqual(rules.quotas, [{ which: { subject: ["kind", "institution"], hosts: [] }, least: 1, most: 2, per: "day" }]);
  }));

test("what counts is changed, and points follow", () =>
  at("tours/?lang=en", {}, async (page, server) => {
    await page.goto(new URL(`tours/${server.tour}/?part=weights&lang=en`, server.address).href);
    await page.getByLabel("A new phase of the chain").fill("200");
    const [sent] = await Promise.all([page.waitForRequest((request) => request.method() === "PUT"), page.getByRole("button", { name: "Save" }).click()]);
    assert.equal(sent.postDataJSON().rules.weights.chain, 200);
    assert.ok(sent.headers()["x-distretto-token"]);
    await page.getByText(/Points have been counted anew/).waitFor();
  }));

test("a viewer tries and looks, and has no button that writes", () =>
  desk({ as: "vito" }, async (page) => {
    const names = (await page.locator("main button:visible").allInnerTexts()).join("\n");
    assert.doesNotMatch(names, /Save|Remove|Asked|Confirmed|Declined|Must see/);
    await page.locator("tr.host .link").first().click();
    await page.locator(".host-details").waitFor();
    assert.equal(await page.locator(".agreement").count(), 0);
    assert.deepEqual(await page.locator("ul.views a").allInnerTexts(), ["Plan", "What counts", "Road book and sharing"]);
    await page.locator("[data-stop=E03] [data-does=day-1]").click();
    await page.locator(".standing.clashes").waitFor();
    await page.getByRole("link", { name: "Road book and sharing" }).click();
    await page.locator(".books").waitFor();
    assert.equal(await page.locator(".shares, input[type=checkbox]").count(), 0);
    await page.getByRole("button", { name: "Log out" }).click();
    await page.getByText("is not saved").waitFor();
    await page.locator(".confirm .danger").click();
    await page.locator(".login").waitFor();
  }));

test("a tour or plan that is not there says so", () =>
  at("tours/nothing/?lang=en", {}, async (page, server) => {
    await page.locator(".trouble").getByText("the store has no tour `nothing`").waitFor();
    await page.goto(new URL(`tours/${server.tour}/?lang=en&plan=nothing`, server.address).href);
    await page.locator(".trouble").getByText("the store has no plan `nothing`").waitFor();
  }));
