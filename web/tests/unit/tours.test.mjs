import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { runnerImport } from "vite";

const location = new URL("http://atlas.test/tours/made/");
Object.assign(globalThis, { location, document: { documentElement: { dataset: {} } } });

const entry = new URL("entries/tours.ts", import.meta.url).pathname;
const tours = (await runnerImport(entry, { configFile: false, logLevel: "silent" })).module;
const { ask, axisOf, cameraOf, candidatesOf, clashName, clashSentence, clock, dateName, dateRange, demandIn, Desk, differences, districtFact, duration, fitting, folded, happenings, inState, isAsked, isBetter, isConflict, isOwnText, kilometres, knownSession, lineText, login, minutesOf, money, named, nearestPlace, orderOf, panned, pixels, placeOf, put, readHostFilter, Refused, sameOrder, sentence, setLanguage, setSession, step, without } = tours;

const days = (...hosts) => hosts.map((codes, at) => ({ date: `2026-05-${11 + at}`, hosts: [...codes] }));
const codes = (order) => order.map(({ hosts }) => hosts.join(""));
const rest = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

test("a host is put where it is dropped, counted as the day stood before", () => {
  const order = days("abc", "de");
  assert.deepEqual(codes(put(order, "a", 0, 3)), ["bca", "de"]);
  assert.deepEqual(codes(put(order, "c", 0, 0)), ["cab", "de"]);
  assert.deepEqual(codes(put(order, "b", 0, 1)), ["abc", "de"], "before itself is where it is");
  assert.deepEqual(codes(put(order, "b", 0, 2)), ["abc", "de"], "behind itself too");
  assert.deepEqual(codes(put(order, "b", 1, 1)), ["ac", "dbe"]);
  assert.deepEqual(codes(put(order, "x", 1, 2)), ["abc", "dex"]);
  assert.deepEqual(codes(order), ["abc", "de"], "what was given stays");
});

test("steps go over the edges of days and stop at the ends of the tour", () => {
  const order = days("ab", "", "c");
  assert.deepEqual(codes(step(order, "a", 1)), ["ba", "", "c"]);
  assert.deepEqual(codes(step(order, "b", 1)), ["a", "b", "c"]);
  assert.deepEqual(codes(step(order, "c", -1)), ["ab", "c", ""]);
  assert.equal(step(order, "a", -1), order);
  assert.equal(step(order, "c", 1), order);
  assert.equal(step(order, "x", 1), order);
  assert.deepEqual(codes(without(order, "b")), ["a", "", "c"]);
  assert.deepEqual(placeOf(order, "c"), { day: 2, at: 0 });
  assert.equal(placeOf(order, "x"), null);
  assert.ok(sameOrder(order, days("ab", "", "c")) && !sameOrder(order, days("ba", "", "c")));
});

test("by a button a host goes where it lengthens the day least", () => {
  const spots = { h: [10, 44], a: [10.1, 44], b: [10.3, 44], x: [10.2, 44.01], y: [10.35, 44] };
  const spot = (code) => spots[code] && { lon: spots[code][0], lat: spots[code][1] };
  const ends = [spot("h"), spot("h")];
  assert.equal(nearestPlace(["a", "b"], "x", spot, [spot("h"), undefined]), 1);
  assert.equal(nearestPlace([], "x", spot, ends), 0);
  assert.equal(nearestPlace(["a"], "y", spot, ends), 0, "as long either way round: the earlier");
  assert.equal(nearestPlace(["a", "b"], "nowhere", spot, ends), 2);
});

const frame = { days: [{ date: "2026-05-11" }, { date: "2026-05-12" }] };
const timedOf = (...hosts) => ({
  plan: { days: days(...hosts).map(({ date, hosts }) => ({ date, stops: hosts.map((host) => ({ host, arrives: `${date}T09:00:00`, starts: `${date}T09:00:00`, ends: `${date}T10:00:00` })) })) },
  clashes: [], value: 1, lines: [], cost: 0, driving: 0, metres: 0, legs: [],
});
const stored = (name, revision, ...hosts) => ({ ...timedOf(...hosts), name, revision });
const fits = (...hosts) => ({ feasible: true, timed: timedOf(...hosts), clashes: [] });
const clashing = { feasible: false, timed: null, clashes: [{ rule: "hours", text: "closed", day: "2026-05-11", host: "a" }] };

/** A desk whose server answers when it is told to. */
function desk(wait = 5) {
  const asked = [];
  const read = [];
  const wish = (list, what, signal) => new Promise((answer, fail) => list.push({ ...what, signal, answer, fail }));
  const made = new Desk(frame, (order, signal) => wish(asked, { order }, signal), (name, signal) => wish(read, { name }, signal), wait);
  return { made, asked, read };
}

test("an order is tried once the hand rests, and the latest answer wins", async () => {
  const { made, asked } = desk();
  made.arrange(days("a", ""));
  made.arrange(days("ab", ""));
  assert.ok(made.isAsking && made.isChanged && made.canUndo);
  await rest(20);
  assert.deepEqual(asked.map(({ order }) => codes(order)), [["ab"]], "only the last, only days with visits");
  made.arrange(days("ba", ""));
  await rest(20);
  assert.ok(asked[0].signal.aborted, "what is overtaken is given up");
  asked[1].answer(fits("ba", ""));
  await rest(1);
  asked[0].answer(clashing);
  await rest(1);
  assert.equal(made.now.fits, true, "a stale answer is dropped");
  assert.deepEqual(codes(made.now.order), ["ba", ""]);
});

test("an order that cannot be kept stays, says why, and can be undone", async () => {
  const { made, asked } = desk();
  made.take(timedOf("ab", "c"));
  made.arrange(days("ab", "dc"));
  await rest(20);
  asked[0].answer(clashing);
  await rest(1);
  assert.deepEqual([made.now.fits, made.now.clashes.length, codes(made.now.order)], [false, 1, ["ab", "dc"]]);
  assert.equal(made.lastPlan.days[1].stops.length, 1, "the plan it was is still known");
  assert.equal(made.dayPlan(0)?.isOld, true, "a day that has not changed keeps its times");
  assert.equal(made.dayPlan(1), null);
  made.arrange(days("ba", "dc"));
  await rest(20);
  asked[1].answer({ ...clashing, partly: timedOf("ba") });
  await rest(1);
  assert.deepEqual([made.dayPlan(0)?.isOld, made.now.timed], [false, null], "a day that fits by itself has its own times");
  made.undo();
  made.undo();
  assert.deepEqual([made.now.fits, codes(made.now.order)], [true, ["ab", "c"]], "as it was, without asking");
  assert.equal(asked.length, 2);
  made.redo();
  assert.equal(made.now.fits, false);
  made.undo();
  made.undo();
  assert.ok(!made.canUndo && codes(made.now.order).join("") === "");
});

test("a failed try is told, and the order is kept for another", async () => {
  const { made, asked } = desk();
  let drawn = 0;
  const stop = made.listen(() => drawn++);
  made.arrange(days("a", ""));
  await rest(20);
  asked[0].fail(new Error("away"));
  await rest(1);
  assert.equal(made.error?.message, "away");
  assert.ok(!made.isAsking && drawn > 1);
  made.again();
  assert.equal(made.error, null);
  await rest(20);
  asked[1].answer(fits("a", ""));
  await rest(1);
  assert.equal(made.now.fits, true);
  stop();
});

test("what is saved is not changed, and a plan that is opened over something leaves it a step back", () => {
  const { made } = desk();
  assert.equal(made.isUsed, false);
  made.open({ ...timedOf("ab", "c"), name: "first", revision: 3 });
  assert.deepEqual([made.isChanged, made.canUndo, made.saved], [false, false, { name: "first", revision: 3 }]);
  made.take(timedOf("a", "c"));
  assert.equal(made.isChanged, true);
  made.isSaved(stored("first", 4, "a", "c"), made.now);
  assert.equal(made.isChanged, false);
  made.take(timedOf("", "c"));
  made.open(stored("second", 1, "b", ""));
  made.undo();
  assert.deepEqual([codes(made.now.order), made.saved, made.isChanged], [["", "c"], { name: "first", revision: 4 }, true], "with the plan that it is a change of");
  made.redo();
  assert.deepEqual([made.saved, made.isChanged], [{ name: "second", revision: 1 }, false]);
  made.undo();
  made.undo();
  assert.deepEqual([codes(made.now.order), made.saved, made.isChanged], [["a", "c"], { name: "first", revision: 4 }, false], "steps before a save know of it");
  made.redo();
  made.forget(made.now.origin);
  assert.deepEqual([made.saved, made.isChanged], [null, true]);
  made.clear();
  assert.deepEqual([codes(made.now.order), made.isUsed], [["", ""], true]);
});

test("what is done while a plan is being saved stays a change, and another plan stays another", () => {
  const { made } = desk();
  made.open(stored("first", 1, "ab", "c"));
  made.take(timedOf("a", "c"));
  const sent = made.now;
  made.arrange(days("", "c"));
  assert.equal(made.isSaved(stored("first", 2, "a", "c"), sent), true);
  assert.deepEqual([codes(made.now.order), made.saved.revision, made.isChanged], [["", "c"], 2, true]);
  made.undo();
  assert.equal(made.isChanged, false);
  const again = made.now;
  made.open(stored("second", 7, "b", ""));
  assert.equal(made.isSaved(stored("first", 3, "a", "c"), again), false);
  assert.deepEqual([made.saved, made.isChanged], [{ name: "second", revision: 7 }, false]);
  // What the store says of a plan is taken over: somebody may have changed the tour.
  const clashing = { ...stored("second", 8, "b", ""), clashes: [{ rule: "declined", text: "no", day: null, host: "b" }] };
  assert.equal(made.isSaved(clashing, made.now), true);
  assert.deepEqual([made.now.fits, made.now.clashes.length], [false, 1]);
});

test("a plan is changed by other times too, and its own are read again rather than tried", async () => {
  const { made, asked, read } = desk();
  made.open(stored("first", 1, "ab", "c"));
  const later = timedOf("ab", "c");
  later.plan.days[0].stops[0].starts = "2026-05-11T09:30:00";
  made.take(later);
  assert.equal(made.isChanged, true);
  made.isSaved({ ...later, name: "first", revision: 2 }, made.now);
  assert.equal(made.isChanged, false);
  made.arrange(days("ba", "c"));
  made.arrange(days("ab", "c"));
  await rest(20);
  assert.deepEqual([asked.length, read.map(({ name }) => name)], [0, ["first"]]);
  read[0].answer({ ...later, name: "first", revision: 2 });
  await rest(1);
  assert.deepEqual([made.now.timed.plan.days[0].stops[0].starts, made.isChanged], ["2026-05-11T09:30:00", false]);
  // Somebody else has saved another plan under the name: that one is not what is on the desk.
  made.again();
  await rest(20);
  read[1].answer(stored("first", 3, "", "c"));
  await rest(1);
  assert.deepEqual(codes(asked[0].order), ["ab", "c"]);
});

test("an order keeps the bases of its plan", () => {
  const plan = { days: [{ date: "2026-05-11", from: "h1", to: "h2", stops: [{ host: "a" }] }, { date: "2026-05-12", from: "h2", to: "h1", stops: [] }] };
  const order = put(orderOf(plan, frame), "b", 0, 1);
  assert.deepEqual(order, [{ date: "2026-05-11", hosts: ["a", "b"], from: "h1", to: "h2" }, { date: "2026-05-12", hosts: [], from: "h2", to: "h1" }]);
  assert.deepEqual(named(order), order, "a day without visits has bases too");
});

test("after a change of the tour nothing that was known is taken for granted", async () => {
  const { made, asked } = desk();
  made.take(timedOf("a", ""));
  made.take(timedOf("ab", ""));
  made.again();
  assert.equal(made.now.fits, null);
  await rest(20);
  asked[0].answer(fits("ab", ""));
  await rest(1);
  made.undo();
  assert.equal(made.now.fits, null, "the step back is asked anew");
  await rest(20);
  assert.deepEqual(codes(asked[1].order), ["a"]);
});

test("days without visits are not named", () => {
  assert.deepEqual(named(days("a", "", "b")).map(({ date }) => date), ["2026-05-11", "2026-05-13"]);
  assert.deepEqual(codes(orderOf({ days: [{ date: "2026-05-12", stops: [{ host: "x" }] }] }, frame)), ["", "x"]);
});

// Leaves 8:40, drives 20; waits 10; visits 9:10 to 10:10; 10 free; drives 60 with a rest of 15 on the road; visit 11:35 to 12:35;
// meal there 12:45 to 13:30; back by 14:00.
const day = {
  date: "2026-05-11", from: "h", to: "h", departs: "2026-05-11T08:40:00", returns: "2026-05-11T14:00:00",
  stops: [
    { host: "a", arrives: "2026-05-11T09:00:00", starts: "2026-05-11T09:10:00", ends: "2026-05-11T10:10:00" },
    { host: "b", arrives: "2026-05-11T11:35:00", starts: "2026-05-11T11:35:00", ends: "2026-05-11T12:35:00" },
  ],
  meal: { starts: "2026-05-11T12:45:00", ends: "2026-05-11T13:30:00", at: "b" },
  rests: [{ starts: "2026-05-11T10:50:00", ends: "2026-05-11T11:05:00" }],
};
const leg = (from, to, minutes) => ({ day: "2026-05-11", from, to, minutes, metres: 1000 * minutes, state: "leg" });
const legs = [leg("h", "a", 20), leg("a", "b", 60), leg("b", "h", 30), { ...leg("x", "y", 5), day: "2026-05-12" }];
const told = (list) => list.map(({ what, from, until, at }) => `${clock(from)} ${what} ${until - from} ${at ?? "-"}`);

test("a day is told without gaps: waits, free time, meals and rests between drives and visits", () => {
  const list = happenings(day, legs);
  assert.deepEqual(told(list), [
    "08:40 leave 0 h", "08:40 drive 20 a", "09:00 wait 10 a", "09:10 visit 60 a", "10:10 free 10 a", "10:20 drive 30 b", "10:50 rest 15 -",
    "11:05 drive 30 b", "11:35 visit 60 b", "12:35 free 10 b", "12:45 meal 45 b", "13:30 drive 30 h", "14:00 return 0 h",
  ]);
  for (const [at, one] of list.entries()) if (at > 0) assert.equal(one.from, list[at - 1].until, "each begins where the last ends");
  assert.deepEqual(list.filter(({ what }) => what === "visit").map(({ number }) => number), [1, 2]);
  const nowhere = [legs[0], { ...legs[1], minutes: null, metres: null, state: "no_route" }, legs[2]];
  const tight = { ...day, rests: [], stops: [day.stops[0], { ...day.stops[1], arrives: day.stops[0].ends, starts: day.stops[0].ends }] };
  const way = happenings(tight, nowhere).filter(({ leg }) => leg?.state === "no_route");
  assert.deepEqual(told(way), ["10:10 drive 0 b"], "that there is no way is told even where no time is left for it");
});

test("a visit that is the meal stands once, a day of rest is quiet, and a day may end after midnight", () => {
  const lunch = { ...day, meal: { starts: "2026-05-11T11:35:00", ends: "2026-05-11T12:35:00", at: "b" } };
  assert.equal(happenings(lunch, legs).filter(({ what }) => what === "meal").length, 0);
  const quiet = { date: "2026-05-11", from: "h", to: "h", departs: "2026-05-11T08:00:00", returns: "2026-05-11T08:00:00", stops: [] };
  assert.deepEqual(told(happenings(quiet, [])), ["08:00 leave 0 h", "08:00 return 0 h"]);
  assert.equal(minutesOf("2026-05-12T00:30:00", "2026-05-11"), 1470);
  assert.equal(clock(1470), "00:30");
  assert.deepEqual(axisOf([{ from: 520, until: 840 }, { from: 510, until: 1470 }]), { from: 480, until: 1500 });
  assert.deepEqual(axisOf([]), { from: 480, until: 1200 });
});

test("a day is drawn within bounds, whatever times a plan has", () => {
  const workday = { from: 480, until: 1200 };
  const absurd = minutesOf("9999-12-31T23:00:00", "2026-05-11");
  assert.deepEqual(axisOf([workday, { from: 500, until: absurd }]), { from: 480, until: 2880 });
  assert.deepEqual(axisOf([workday, { from: -absurd, until: 900 }]), { from: -720, until: 1200 });
  assert.deepEqual(axisOf([{ from: absurd, until: absurd }]), { from: 2820, until: 2880 });
  assert.deepEqual(axisOf([{ from: -absurd, until: -absurd }]), { from: -720, until: -660 });
  assert.deepEqual(axisOf([workday, { from: NaN, until: 900 }, { from: 400, until: Infinity }]), workday);
});

test("a plan is better by its value, then by its driving, and than anything that does not fit", () => {
  const plan = (value, driving, clashes = []) => ({ timed: { value, driving, clashes }, fits: clashes.length === 0, clashes });
  const found = { value: 100, driving: 60 };
  assert.deepEqual([plan(100, 60), plan(100, 61), plan(99, 10), plan(101, 90), plan(100, 59)].map((stand) => isBetter(found, stand)), [false, true, true, false, false]);
  assert.equal(isBetter(found, plan(900, 10, [{ rule: "closed" }])), true, "what clashes is worth nothing");
  assert.equal(isBetter(found, { ...plan(900, 10), fits: null }), true, "the tour has changed, and nobody knows");
  assert.equal(isBetter(found, { timed: null, fits: false, clashes: [] }), true);
  const known = plan(1, 1);
  assert.equal(fitting(known), known.timed);
  assert.deepEqual([plan(1, 1, [{ rule: "closed" }]), { ...known, fits: null }].map(fitting), [null, null], "no proof stands beside clashes, nor while nobody knows");
});

test("what was demanded of a host gives way to what the host says", () => {
  const start = "2026-05-11T09:00:00";
  const mandatory = { state: "asked", demand: "mandatory", extra: 5, start };
  assert.deepEqual(inState(mandatory, "declined"), { state: "declined", demand: "free", extra: 5, start });
  assert.deepEqual(inState({ ...mandatory, demand: "excluded" }, "confirmed").demand, "free");
  assert.deepEqual(inState({ ...mandatory, demand: "excluded" }, "declined").demand, "excluded");
  assert.deepEqual(["proposed", "asked", "confirmed"].map((state) => demandIn(state, "mandatory")), ["mandatory", "mandatory", "mandatory"]);
  assert.deepEqual(inState({ ...mandatory, state: "confirmed" }, "asked"), { state: "asked", demand: "mandatory", extra: 5 }, "a time that was agreed is no wish");
});

test("several data of one traveller that were erased one after the other are one entry of the log", () => {
  const event = (number, what, about, user = "anna") => ({ number, at: number, user, what, about });
  const numbers = (...events) => folded(events).map(({ number }) => number);
  assert.deepEqual(numbers(event(3, "erase", "T1"), event(2, "erase", "T1"), event(1, "contact", "T1")), [3, 1]);
  assert.deepEqual(numbers(event(3, "erase", "T1"), event(2, "erase", "T2"), event(1, "erase", "T1")), [3, 2, 1]);
  assert.deepEqual(numbers(event(2, "erase", ""), event(1, "erase", "")), [2, 1], "about nobody in particular");
  assert.deepEqual(numbers(event(2, "erase", "T1"), event(1, "erase", "T1", "vito")), [2, 1]);
});

test("plans differ by what is new, gone, on another day, at another time", () => {
  const at = (host, time) => ({ host, starts: time });
  const from = { days: [{ stops: [at("a", "2026-05-11T09:00:00"), at("b", "2026-05-11T11:00:00"), at("c", "2026-05-11T15:00:00"), at("d", "2026-05-11T17:00:00")] }] };
  const to = { days: [{ stops: [at("a", "2026-05-11T09:00:00"), at("b", "2026-05-11T10:00:00"), at("e", "2026-05-11T15:00:00"), at("c", "2026-05-12T15:00:00")] }] };
  assert.deepEqual(differences(from, to), { added: ["e"], removed: ["d"], otherDay: ["c"], otherTime: ["b"] });
  assert.deepEqual(differences(null, to).added.length, 4);
});

const host = (code, more = {}) => ({ code, name: `Host ${code}`, kind: "enterprise", place: { lon: 11, lat: 44, address: "", town: "Città" }, industries: [], phases: ["tanning"], practices: [], minutes: 60, ...more });
const tour = {
  hosts: [host("a"), host("b", { kind: "institution", district: "D1" }), host("c"), host("d", { name: "Älter" })],
  visits: [{ host: "c", state: "asked", demand: "mandatory", extra: 0 }],
  districts: [{ code: "D1", name: "Prato" }],
};
const worth = { hosts: [{ code: "c", points: 9, eligible: true, shortlisted: true }, { code: "a", points: 5, eligible: false }, { code: "b", points: 1, eligible: true }] };

test("hosts come by merit, and filters let through what they say", () => {
  const all = candidatesOf(tour, worth);
  assert.deepEqual(all.map(({ host }) => host.code), ["c", "a", "b", "d"], "who has not been weighed comes last");
  assert.equal(candidatesOf(tour, undefined)[0].worth, undefined);
  const found = (query, planned = []) => all.filter((one) => isAsked(one, readHostFilter(new URLSearchParams(query)), planned.includes(one.host.code))).map(({ host }) => host.code).join("");
  assert.equal(found(""), "cabd");
  assert.equal(found("kind=institution"), "b");
  assert.equal(found("district=D1"), "b");
  assert.equal(found("state=asked"), "c");
  assert.equal(found("state=mandatory"), "c");
  assert.equal(found("state=impossible"), "a");
  assert.equal(found("state=shortlisted"), "c");
  assert.equal(found("state=planned", ["a", "b"]), "ab");
  assert.equal(found("state=unplanned", ["a", "b"]), "cd");
  assert.equal(found("find=prato"), "b");
  assert.equal(found("find=TANNING+citta+alter"), "d");
  assert.equal(found("find=nothing"), "");
});

test("times, lengths and money are read as the language has them", async () => {
  await setLanguage("en");
  assert.deepEqual([duration(0), duration(45), duration(60), duration(95)], ["0 min", "45 min", "1 h", "1 h 35 min"]);
  assert.deepEqual([clock("2026-05-11T09:05:00"), clock("08:30:00"), clock(545)], ["09:05", "08:30", "09:05"]);
  assert.deepEqual([kilometres(null), kilometres(4600), kilometres(123_456)], [null, "4.6 km", "123 km"]);
  assert.deepEqual([money(450000, "EUR"), money(64050, "EUR"), money(100, "nonsense")], ["€4,500", "€640.50", "1 nonsense"]);
  assert.match(dateName("2026-05-11"), /^Mon,? 11 May$/);
  assert.equal(dateName("no date"), "no date");
  assert.match(dateRange("2012-05-15", "2012-05-18"), /^Tuesday,? 15(\sMay)?\s–\sFriday,? 18 May 2012$/);
  assert.match(dateRange("2012-05-15", "2012-05-15"), /^Tuesday,? 15 May 2012$/);
  assert.equal(dateRange("", ""), "");
  await setLanguage("it");
  assert.equal(dateName("2026-05-11", "long"), "lunedì 11 maggio 2026");
  assert.match(dateRange("2012-05-15", "2012-05-18"), /^martedì 15(\smaggio)?\s–\svenerdì 18 maggio 2012$/);
  await setLanguage("en");
});

const name = (code) => ({ D1: "Prato" })[code] ?? code;
const line = (what, details) => ({ what, points: 1, details, text: "as the server says" });

test("lines of points are told in the language of the reader, unknown ones as the server tells them", async () => {
  await setLanguage("en");
  assert.equal(lineText(line("interest", { subject: "phase", name: "tanning", delegates: ["T1", "T2"], nth: 1 }), name), "Phase tanning, wanted by 2 delegates");
  assert.equal(lineText(line("interest", { subject: "kind", name: "cultural_site", delegates: ["T1"], nth: 2 }), name), "Kind Cultural site, wanted by 1 delegate (time 2)");
  assert.equal(lineText(line("certainty", { district: "D1", per_mille: 970 }), name), "Prato is a district with a probability of 97%");
  assert.equal(lineText(line("certainty", { district: "D1", per_mille: null }), name), "How certain Prato is has not been reckoned");
  assert.equal(lineText(line("chain", { district: "D1", phase: "tanning", nth: 1 }), name), "Shows the phase tanning of Prato");
  assert.equal(lineText(line("something new", null), name), "as the server says");
  assert.equal(isOwnText(line("something new", null)), false);
  await setLanguage("it");
  assert.equal(lineText(line("language", { understand: 3, of: 4 }), name), "3 delegati su 4 lo capiscono");
  for (const what of ["visit", "language_unknown", "extra", "institution", "territory", "fairness", "chain", "interest", "language"]) {
    assert.doesNotMatch(lineText(line(what, {}), name), /undefined|NaN|[{}]/);
    assert.ok(isOwnText(line(what, {})));
  }
  await setLanguage("en");
});

test("sentences of the server begin as such and have names in the place of codes", async () => {
  assert.equal(sentence("the visit to `D1` finds no place before `X`", name), "The visit to Prato finds no place before X");
  assert.equal(sentence("`t1` understands none of its languages", name), "t1 understands none of its languages", "a code stays as it is");
  assert.equal(sentence("", name), "");
  const said = (rule, text) => clashSentence({ rule, text, day: null, host: null, details: null }, name);
  assert.equal(said("closed_all_day", "it is closed"), "It is closed");
  await setLanguage("it");
  assert.equal(said("closed_all_day", "it is closed"), null, "the Italian name says it");
  assert.equal(said("need", "it does not meet the need `step-free` of `t1`"), "It does not meet the need step-free of t1", "which need, the name does not say");
  await setLanguage("en");
});

test("what speaks for a district is told as a fact, what is not known as such", async () => {
  await setLanguage("en");
  const told = (what, details) => districtFact(line(what, details), (code) => ({ H1: "the hotel" })[code] ?? code).value;
  assert.equal(told("interests", { met: 3, of: 9 }), "3 / 9");
  assert.equal(told("industry", { industry: "leather_footwear", weight: 3, of: 9 }), "Leather and footwear, 3 / 9");
  assert.equal(told("certainty", { per_mille: 845 }), "84.5%");
  assert.equal(told("phases", { phases: ["a", "b"], most: 3 }), "a, b");
  assert.equal(told("size", { workers: 9000, most: 9000 }), "9,000 persons employed");
  assert.equal(told("nearness", { km: 12, base: "H1" }), "12 km, the hotel");
  assert.equal(told("hosts", { open: 7, of: 8, most: 8 }), "7 / 8");
  for (const what of ["industry", "interests", "certainty", "phases", "size", "nearness", "hosts", "new"]) assert.equal(told(what, { of: 1 }), null);
});

test("what a plan can break has a name in other languages, with how much", async () => {
  const clash = (rule, details = null) => ({ rule, text: "said", day: null, host: null, details });
  await setLanguage("en");
  assert.equal(clashName(clash("closed")), null, "the server speaks English");
  await setLanguage("it");
  assert.equal(clashName(clash("closed", { by: 25 })), "Fuori dagli orari di apertura (25 min)");
  assert.equal(clashName(clash("something new")), null);
  const source = readFileSync(new URL("../../../crates/tours/src/check/violation.rs", import.meta.url), "utf8");
  const [, body] = /pub enum Breach \{\n([\s\S]*?)\n\}/.exec(source);
  const rules = [...body.matchAll(/^ {4}([A-Z]\w*)/gm)].map(([, word]) => word.replace(/(?<!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase());
  assert.ok(rules.length > 50, rules.join());
  assert.deepEqual(rules.filter((rule) => clashName(clash(rule)) === null), []);
  await setLanguage("en");
});

test("a camera shows all places, and a place stands where the camera puts it", () => {
  const size = { width: 600, height: 400 };
  const spots = [{ lon: 11, lat: 43 }, { lon: 12, lat: 44 }];
  const camera = cameraOf(spots, size, 40);
  const place = pixels(camera, size);
  const points = spots.map(place);
  assert.ok(points.every(([x, y]) => x >= 39.9 && x <= 560.1 && y >= 39.9 && y <= 360.1), JSON.stringify(points));
  assert.ok(points.some(([, y]) => Math.abs(y - 40) < 1 || Math.abs(y - 360) < 1), "as large as there is room");
  const [x, y] = pixels(panned(camera, 30, -20), size)(spots[0]);
  assert.ok(Math.abs(x - points[0][0] - 30) < 1e-6 && Math.abs(y - points[0][1] + 20) < 1e-6);
  assert.ok(cameraOf([spots[0]], size, 40).zoom <= 12.5);
  assert.ok(Number.isFinite(cameraOf([], size, 40).zoom));
});

/** A server of a few answers; what it was asked. */
function server(...answers) {
  const asked = [];
  globalThis.fetch = async (address, request) => {
    asked.push({ address: new URL(address).pathname, ...request });
    const { status = 200, body = {}, headers = {} } = answers.shift() ?? {};
    return new Response(status === 204 ? null : JSON.stringify(body), { status, headers });
  };
  return asked;
}
const problem = (code, status) => ({ status, body: { status, code, what: "What.", why: "Why.", hint: "Hint." } });
const session = (token) => ({ user: { name: "anna", role: "planner" }, token, expires: 1 });

test("what changes something carries the token, what reads does not, and passwords go into the body alone", async () => {
  const asked = server({ body: session("t1") }, { body: {} }, { status: 204 });
  await login("anna", "secret");
  assert.equal(asked[0].address, "/tours/made/api/v1/session");
  assert.ok(!asked[0].address.includes("secret") && asked[0].headers["x-distretto-token"] === undefined);
  assert.deepEqual(JSON.parse(asked[0].body), { name: "anna", password: "secret" });
  await ask("GET", "tours");
  assert.equal(asked[1].headers["x-distretto-token"], undefined);
  assert.equal(await ask("DELETE", "tours/x/plans/y", { body: { revision: 1 } }), undefined);
  assert.deepEqual([asked[2].headers["x-distretto-token"], asked[2].headers["content-type"], asked[2].cache], ["t1", "application/json", "no-store"]);
});

test("a session that has ended is known to all; a wrong password is not one", async () => {
  setSession(session("t1"));
  server(problem("D1071", 401));
  await assert.rejects(ask("GET", "tours"), (error) => error instanceof Refused && error.problem.hint === "Hint.");
  assert.deepEqual([knownSession().session.user, knownSession().ended], [null, true]);
  server({ ...problem("D1072", 401) });
  await assert.rejects(login("anna", "wrong"));
  assert.equal(knownSession().ended, true);
});

test("a token that another window has changed is asked for once", async () => {
  setSession(session("old"));
  const asked = server(problem("D1074", 403), { body: session("new") }, { body: { done: true } });
  assert.deepEqual(await ask("POST", "tours/x/try", { body: {} }), { done: true });
  assert.deepEqual(asked.map(({ headers }) => headers["x-distretto-token"]), ["old", undefined, "new"]);
  server(problem("D1074", 403), { body: session("new") }, problem("D1074", 403));
  await assert.rejects(ask("POST", "tours/x/try", { body: {} }), /What/);
  // Somebody else has logged in there: nothing is done in their name.
  const once = server(problem("D1074", 403), { body: { ...session("theirs"), user: { name: "vito", role: "planner" } } }, { body: { done: true } });
  await assert.rejects(ask("PUT", "tours/x/rules", { body: {} }), /What/);
  assert.deepEqual([once.length, knownSession().session.user.name], [2, "vito"]);
  setSession(session("new"));
});

test("a refusal says when to try again, and whether somebody else was faster", async () => {
  server({ ...problem("D1075", 429), headers: { "retry-after": "30" } }, problem("D1053", 409));
  await assert.rejects(ask("GET", "tours"), (error) => error.retryAfter === 30 && !isConflict(error));
  await assert.rejects(ask("GET", "tours"), (error) => error.retryAfter === null && isConflict(error));
  globalThis.fetch = async () => Promise.reject(new TypeError("no net"));
  await assert.rejects(ask("GET", "tours"), (error) => error instanceof Refused && error.status === 0 && error.problem === null);
});
