/* From the filters to the events shown, and from those to pairs and actors. */
"use strict";
(() => {
  /** Added to the mass when a balance becomes a colour, in intensity points: few events say little. */
  const SHRINK = 10;

  const matches = (event, period) => {
    const state = A.state;
    if (state.status !== "all" && event.status !== state.status) return false;
    if (state.sign === "minus" && event.sign >= 0) return false;
    if (state.sign === "plus" && event.sign <= 0) return false;
    if (state.issue && !event.issues.some((code) => code === state.issue || A.issueTop.get(code) === state.issue)) return false;
    if (state.type && event.type !== state.type && event.class !== state.type) return false;
    if (state.modality && !event.mentions.some((one) => one.modality === state.modality)) return false;
    if (state.sources && event.sources < Number(state.sources)) return false;
    if (state.confidence && event.confidence < Number(state.confidence)) return false;
    return period ? inPeriod(event) : true;
  };

  const lastOf = (date) => date + "-12-31".slice(date.length - 4);

  /** As in "kg rifts": all the days a date can mean must lie within; the rest is a choice. */
  const inPeriod = (event) => {
    const { since, until, undated } = A.state;
    if (A.vague(event)) return undated === "1";
    return (!since || event.first >= since) && (!until || event.last <= lastOf(until));
  };

  /** True when a period is set and nobody can tell whether the event lies in it. */
  A.vague = (event) => {
    const { since, until } = A.state;
    if (!since && !until) return false;
    if (!event.date) return true;
    const touches = (!since || event.last >= since) && (!until || event.first <= lastOf(until));
    const inside = (!since || event.first >= since) && (!until || event.last <= lastOf(until));
    return touches && !inside;
  };

  /** A fresh tally of events: counts by sign and intensity sums on both sides of zero. */
  const tally = (events) => ({ minus: 0, plus: 0, zero: 0, cooperation: 0, conflict: 0, events });

  const count = (item, event) => {
    if (event.sign < 0) item.minus += 1;
    else if (event.sign > 0) item.plus += 1;
    else item.zero += 1;
    const weight = Math.abs(event.intensity) * event.confidence;
    if (event.sign > 0) item.cooperation += weight;
    if (event.sign < 0) item.conflict += weight;
  };

  const settle = (item) => {
    item.total = item.minus + item.plus + item.zero;
    item.balance = item.cooperation - item.conflict;
    item.tone = item.balance / (item.cooperation + item.conflict + SHRINK);
    item.sign = Math.sign(Number(item.balance.toFixed(2)));
    return item;
  };

  A.summarise = (events) => {
    const item = tally(events);
    for (const event of events) count(item, event);
    return settle(item);
  };

  let shownNow = [];
  let busy = new Map();

  const pick = (indices, shown) => {
    const found = [];
    for (const index of indices) if (shown[index]) found.push(A.events[index]);
    return found;
  };

  /** A pair with its events; the two directions are worked out when somebody asks for them. */
  const gather = (edge, shown) => {
    const all = pick(edge.out, shown);
    const single = !edge.back.length && !edge.both.length;
    const merged = single ? all : [...new Set([...all, ...pick(edge.back, shown), ...pick(edge.both, shown)])];
    if (!single) merged.sort((x, y) => x.index - y.index);
    const pair = A.summarise(merged);
    pair.key = edge.key;
    pair.a = edge.a;
    pair.b = edge.b;
    pair.edge = edge;
    return pair;
  };

  /** What passed in one direction only: "out" from a to b, "back" from b to a. */
  A.towards = (pair, way) =>
    A.summarise([...new Set([...pair.edge[way], ...pair.edge.both])].map((index) => A.events[index]).filter((event) => shownNow[event.index]));

  /** Everything the views draw from; call after each change of a filter. */
  A.recompute = () => {
    const shown = A.events.map((event) => matches(event, true));
    shownNow = shown;
    A.shown = A.events.filter((event, index) => shown[index]);
    A.outside = A.events.filter((event) => matches(event, false));
    A.pairs = A.atLevel.get(A.state.level).edges
      .map((edge) => gather(edge, shown))
      .filter((pair) => pair.total > 0);
    A.pairByKey = new Map(A.pairs.map((pair) => [pair.key, pair]));
    A.circle = new Map();
    busy = new Map();
    for (const pair of A.pairs) {
      for (const one of [pair.a, pair.b]) busy.set(one, (busy.get(one) || 0) + pair.total);
      for (const [one, other] of [[pair.a, pair.b], [pair.b, pair.a]]) {
        if (!A.circle.has(one)) A.circle.set(one, []);
        A.circle.get(one).push({ other, pair });
      }
    }
  };

  /** Events in which the actor stands on either side at the level. */
  A.eventsOf = (actor, level) =>
    A.shown.filter((event) => event.sides[level].some((side) => side.includes(actor)));

  A.activity = (actor) => busy.get(actor) || 0;

  const order = (x, y) => x.a - y.a || x.b - y.b;
  /** Ranked as by "kg rifts" and "kg alliances": by the mass of conflict, of cooperation. */
  A.rifts = () =>
    A.pairs.filter((pair) => pair.minus).sort((x, y) => y.conflict - x.conflict || x.balance - y.balance || order(x, y));
  A.ties = () =>
    A.pairs.filter((pair) => pair.plus).sort((x, y) => y.cooperation - x.cooperation || y.balance - x.balance || order(x, y));

  /** Every month from the first to the last dated event, so that no gap is hidden. */
  A.months = (events) => {
    const known = events.map((event) => event.month).filter(Boolean).sort();
    if (!known.length) return [];
    const months = [];
    let [year, month] = known[0].split("-").map(Number);
    const last = known[known.length - 1];
    for (let guard = 0; guard < 6000; guard += 1) {
      const name = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}`;
      months.push(name);
      if (name === last) break;
      month += 1;
      if (month > 12) [year, month] = [year + 1, 1];
    }
    return months;
  };
})();
