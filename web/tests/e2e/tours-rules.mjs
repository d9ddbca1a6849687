/** How the fake server times and judges an order: simple rules of its own, not those of the planner. */

const pad = (n) => String(n).padStart(2, "0");
const clock = (m) => `${pad(Math.floor(m / 60))}:${pad(m % 60)}`;
const at = (date, m) => `${date}T${clock(m)}:00`;
const minutes = (time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
const PAUSE = 10;

const visitOf = (tour, host) => tour.visits.find((visit) => visit.host === host) ?? { host, state: "proposed", demand: "free", extra: 0 };
const placeOf = (tour, code) => (tour.hosts.find((one) => one.code === code) ?? tour.frame.bases.find((one) => one.code === code)).place;

function way(tour, from, to) {
  const [a, b] = [placeOf(tour, from), placeOf(tour, to)];
  const metres = Math.round(1.3 * 111_200 * Math.hypot((a.lon - b.lon) * Math.cos((a.lat * Math.PI) / 180), a.lat - b.lat));
  return { minutes: from === to ? 0 : Math.ceil(Math.max(metres / 833, 4) / 5) * 5, metres: from === to ? 0 : metres };
}

/** Why a host cannot be visited at all. */
function barriers(tour, host) {
  const visit = visitOf(tour, host.code);
  const clash = (rule, text) => ({ rule, text, day: null, host: host.code, details: null });
  return [
    ...(visit.state === "declined" ? [clash("declined", "It has declined.")] : []),
    ...(visit.demand === "excluded" ? [clash("excluded", "It is left out by the planner.")] : []),
    ...(host.consent ? [] : [clash("no_consent", "It has not agreed to be listed and asked.")]),
    ...(host.notice > 70 ? [clash("notice", `It needs ${host.notice} days of notice; 70 are left.`)] : []),
  ];
}

function linesOf(tour, host, nth) {
  const [phase] = host.phases;
  const line = (what, points, details, text) => ({ what, points, details, text });
  return [
    phase
      ? line("interest", host.points - 50, { subject: "phase", name: phase, delegates: ["T01", "T05"].slice(0, 1 + (host.points % 2)), nth }, `phase \`${phase}\`, wanted by 2 delegates, seen for the ${nth}th time`)
      : line("interest", host.points - 50, { subject: "kind", name: host.kind, delegates: ["T02"], nth }, `kind \`${host.kind}\`, wanted by 1 delegate, seen for the ${nth}th time`),
    line("certainty", 30, { district: host.district, per_mille: 970 }, `\`${host.district}\` is a district with a probability of 0.970`),
    line("language", 10, { understand: 18, of: 18 }, "18 of 18 delegates understand it"),
    line("visit", 10, null, "a visit"),
  ];
}

/** What each delegate gets: phases that they want and the visits show. */
function fairnessOf(tour, hosts) {
  const delegates = tour.delegation.delegates.map(({ code, interests }) => {
    const fares = interests.map((interest) => {
      const meets = (host) => host.phases.includes(interest.name);
      return { interest, met_by: hosts.filter((host) => meets(tour.hosts.find((one) => one.code === host))), can_be_met: tour.hosts.some(meets) };
    });
    const met = fares.filter(({ met_by }) => met_by.length > 0);
    return { delegate: code, interests: fares, visits: new Set(met.flatMap(({ met_by }) => met_by)).size, per_mille: Math.floor((1000 * met.length) / fares.length) };
  });
  return { delegates, least: Math.min(...delegates.map(({ per_mille }) => per_mille)), jain: 800 };
}

export function worthOf(tour) {
  const hosts = tour.hosts.map((host) => {
    const clashes = barriers(tour, host);
    const lines = linesOf(tour, host, 1);
    return { code: host.code, points: host.points, lines, eligible: clashes.length === 0, clashes, shortlisted: host.points > 70 };
  });
  hosts.sort((a, b) => b.points - a.points || (a.code < b.code ? -1 : 1));
  const districts = tour.districts.map(({ code, name, workers }, n) => {
    const line = (what, points, details) => ({ what, points, details, text: `about ${what}` });
    const lines = [
      line("industry", 100, { industry: "leather_footwear", weight: 30, of: 60 }),
      line("interests", 60 - 10 * n, { met: 40 - 8 * n, of: 60 }),
      line("certainty", 40, { per_mille: 970 - 90 * n }),
      line("phases", 50, { phases: ["tanning", "shoes"].slice(0, 2 - (n % 2)), most: 2 }),
      line("size", 40, { workers, most: 9000 }),
      line("nearness", n === 2 ? null : 10, n === 2 ? { km: null, base: "H1" } : { km: 12 + 40 * n, base: "H1" }),
      line("hosts", 20, { open: 7, of: 8, most: 8 }),
    ];
    return { code, name, points: lines.reduce((sum, { points }) => sum + (points ?? 0), 0), lines };
  });
  return { districts, hosts };
}

function groupsOf(tour, host) {
  const people = tour.delegation.delegates.length + tour.delegation.staff;
  const visit = visitOf(tour, host.code);
  const each = visit.minutes ?? host.minutes;
  const groups = host.group ? Math.ceil(people / host.group) : 1;
  const rounds = Math.ceil(groups / host.guides);
  return { groups, rounds, each, people, total: each + (rounds - 1) * (host.stagger ?? each) };
}

/** Times of one day, and what clashes in it. */
function day(tour, frame, hosts) {
  const { date } = frame;
  const base = frame.from[0];
  const clashes = [];
  const clash = (rule, text, host, by) => clashes.push({ rule, text, day: date, host: host ?? null, details: by === undefined ? null : { by }, ...(host ? { position: hosts.indexOf(host) } : {}) });
  let [time, place, meal] = [minutes(frame.starts), base, null];
  const stops = [];
  const legs = [];
  const eat = (where) => {
    const starts = Math.max(time, minutes(frame.meal.from));
    meal = { starts, ends: starts + frame.meal.minutes, at: where };
    if (starts > minutes(frame.meal.until)) clash("meal_late", `The meal would begin at ${clock(starts)}, after ${frame.meal.until.slice(0, 5)}.`);
    time = meal.ends;
  };
  for (const code of hosts) {
    const host = tour.hosts.find((one) => one.code === code);
    const visit = visitOf(tour, code);
    for (const barrier of barriers(tour, host)) clash(barrier.rule, barrier.text, code);
    const { total, groups, rounds, each, people } = groupsOf(tour, host);
    const leg = way(tour, place, code);
    if (stops.length > 0 && !meal && time >= minutes(frame.meal.from) - 20) eat(place);
    else if (stops.length > 0 && !meal && !host.meal && time + leg.minutes + total > minutes(frame.meal.until) && time <= minutes(frame.meal.until)) eat(place);
    const arrives = time + leg.minutes;
    let starts = arrives;
    if (visit.state === "confirmed") {
      starts = minutes(visit.start.slice(11));
      if (visit.start.slice(0, 10) !== date) clash("other_day", `It is confirmed for ${visit.start.slice(0, 10)}, another day.`, code);
      else if (arrives + (stops.length > 0 ? tour.frame.buffer : 0) > starts) clash("buffer", `It is confirmed for ${clock(starts)}; the coach arrives at ${clock(arrives)} and wants to be ${tour.frame.buffer} minutes early.`, code);
    } else {
      const window = host.open.find(([from, until]) => Math.max(arrives, from) + total <= until);
      if (window) starts = Math.max(arrives, window[0]);
      else clash("closed", `It is open ${host.open.map((span) => span.map(clock).join("–")).join(" and ")}; the coach arrives at ${clock(arrives)} and the visit takes ${total} minutes.`, code);
    }
    if (visit.day && visit.day !== date) clash("other_day", `It is wanted on ${visit.day}.`, code);
    const slots = Array.from({ length: groups }, (_, n) => ({ people: Math.floor(people / groups) + (n < people % groups ? 1 : 0), starts: starts + Math.floor(n / host.guides) * each, ends: starts + Math.floor(n / host.guides) * each + each }));
    legs.push({ day: date, from: place, to: code, ...leg, state: "leg" });
    stops.push({ host: code, arrives, starts, ends: starts + total, ...(groups > 1 ? { slots } : {}) });
    if (host.meal && !meal && starts >= minutes(frame.meal.from) && starts <= minutes(frame.meal.until)) meal = { starts, ends: starts + total, at: code };
    [time, place] = [starts + total + PAUSE, code];
  }
  if (stops.length > 0 && !meal) eat(place);
  const back = way(tour, place, base);
  if (stops.length > 0) legs.push({ day: date, from: place, to: base, ...back, state: "leg" });
  let returns = stops.length > 0 ? time + back.minutes : minutes(frame.starts);
  if (returns > minutes(frame.ends)) clash("returns_late", `The coach would be back at ${clock(returns)}, after ${frame.ends.slice(0, 5)}.`, null, returns - minutes(frame.ends));
  if (stops.length > 6) clash("most_visits", "At most 6 visits a day at this pace.");
  let departs = minutes(frame.starts);
  if (stops.length > 0) {
    departs = stops[0].starts - legs[0].minutes;
    stops[0].arrives = stops[0].starts;
  }
  const t = (m) => at(date, m);
  const plan = {
    date, from: base, to: base, departs: t(departs), returns: t(returns),
    stops: stops.map((stop) => ({ ...stop, arrives: t(stop.arrives), starts: t(stop.starts), ends: t(stop.ends), ...(stop.slots ? { slots: stop.slots.map((slot) => ({ ...slot, starts: t(slot.starts), ends: t(slot.ends) })) } : {}) })),
    ...(meal ? { meal: { starts: t(meal.starts), ends: t(meal.ends), at: meal.at } } : {}),
  };
  return { plan, legs, clashes };
}

function reckon(tour, days, proven) {
  const hosts = days.flatMap(({ plan }) => plan.stops.map(({ host }) => host));
  const of = (code) => tour.hosts.find((host) => host.code === code);
  const missing = tour.visits.filter(({ host, state, demand }) => (state === "confirmed" || demand === "mandatory") && !hosts.includes(host)).map(({ host, state }) => ({ rule: state === "confirmed" ? "confirmed_missing" : "mandatory_missing", text: `${of(host).name} must be in the plan.`, day: null, host, details: null }));
  const visits = hosts.map((code) => ({ host: code, points: of(code).points, lines: linesOf(tour, of(code), 1) }));
  return {
    plan: { days: days.map(({ plan }) => plan), ...(proven === undefined ? {} : { proven }) },
    clashes: [...days.flatMap(({ clashes }) => clashes), ...missing],
    value: visits.reduce((sum, { points }) => sum + points, 0), visits, fairness: fairnessOf(tour, hosts),
    cost: hosts.reduce((sum, code) => sum + of(code).cost, 0) + (days.length - 1) * tour.frame.bases[0].cost,
    driving: days.flatMap(({ legs }) => legs).reduce((sum, leg) => sum + leg.minutes, 0),
    waiting: days.flatMap(({ plan }) => plan.stops).reduce((sum, { arrives, starts }) => sum + (Date.parse(`${starts}Z`) - Date.parse(`${arrives}Z`)) / 60000, 0),
    metres: days.flatMap(({ legs }) => legs).reduce((sum, leg) => sum + leg.metres, 0),
    legs: days.flatMap(({ legs }) => legs),
  };
}

const ordered = (tour, order) => tour.frame.days.map((frame) => day(tour, frame, order.find(({ date }) => date === frame.date)?.hosts ?? []));

export function judge(tour, order) {
  const made = reckon(tour, ordered(tour, order));
  return made.clashes.length === 0 ? { feasible: true, timed: made, clashes: [] } : { feasible: false, timed: null, clashes: made.clashes };
}

/** A plan with what is reckoned of it, as the order of its visits has it. */
export function timed(tour, plan) {
  const made = reckon(tour, ordered(tour, plan.days.map(({ date, stops }) => ({ date, hosts: stops.map(({ host }) => host) }))), plan.proven);
  return { ...made, plan };
}

/** Puts in the most promising hosts one after the other, each where it lengthens the driving least. */
export function solve(tour, { start, alternatives = 0, order, leaveOut = [] }) {
  const plans = [];
  for (let n = 0; n <= alternatives; n += 1) {
    const { hosts } = worthOf(tour);
    const first = hosts.filter(({ code }) => ["confirmed"].includes(visitOf(tour, code).state) || visitOf(tour, code).demand === "mandatory");
    const others = hosts.filter(({ code, eligible }) => eligible && !first.some((one) => one.code === code));
    // Others first each time: plans that differ.
    const turned = [...others.slice(n * 3), ...others.slice(0, n * 3)];
    let best = order ?? tour.frame.days.map(({ date }) => ({ date, hosts: [] }));
    if (start && n === 0) best = start.days.map(({ date, stops }) => ({ date, hosts: stops.map(({ host }) => host) }));
    const inPlan = new Set(best.flatMap(({ hosts }) => hosts));
    for (const { code } of [...first, ...turned]) {
      if (inPlan.has(code) || leaveOut.includes(code)) continue;
      let found = null;
      best.forEach((one, index) => {
        for (let place = 0; place <= one.hosts.length; place += 1) {
          const tried = best.map((other, at) => (at === index ? { ...other, hosts: [...other.hosts.slice(0, place), code, ...other.hosts.slice(place)] } : other));
          const days = ordered(tour, tried);
          if (days.some(({ clashes }) => clashes.length > 0)) continue;
          const driving = days.flatMap(({ legs }) => legs).reduce((sum, leg) => sum + leg.minutes, 0);
          if (!found || driving < found.driving) found = { tried, driving };
        }
      });
      if (found) {
        best = found.tried;
        inPlan.add(code);
      }
    }
    const made = reckon(tour, ordered(tour, best), false);
    if (made.clashes.length > 0) return { plans, clashes: plans.length > 0 ? [] : made.clashes };
    plans.push(made);
  }
  return { plans: plans.sort((a, b) => b.value - a.value || a.driving - b.driving), clashes: [] };
}

export function reasonsFor(tour, plan) {
  const inPlan = new Set(plan.days.flatMap(({ stops }) => stops.map(({ host }) => host)));
  return tour.hosts
    .filter(({ code }) => !inPlan.has(code))
    .map((host) => {
      const [barrier] = barriers(tour, host);
      return barrier ? { host: host.code, adds: host.points, text: barrier.text, reasons: [] } : { host: host.code, adds: host.points, reasons: [], text: `Would fit if the visit took at most ${host.minutes - 25} minutes.` };
    });
}
