/* What the reader has chosen, and its twin in the address ("#pair=us,eu&since=2025-01"). */
"use strict";
(() => {
  /** More nodes than this are neither fluid nor legible: the page opens on a coarser level. */
  A.MANY = 2000;
  const opening = ["polity", "bloc", "person"].filter((level) => A.present.has(level));
  A.DEFAULTS = {
    view: "matrix",
    level: opening.find((level) => A.atLevel.get(level).nodes.length <= A.MANY) || opening[0] || "person",
    since: "",
    until: "",
    undated: "0",
    issue: "",
    type: "",
    sign: "",
    status: "realised",
    modality: "",
    confidence: "",
    sources: "",
    direction: "",
    nodes: "",
    pair: "",
    actor: "",
    event: "",
  };
  A.VIEWS = {
    matrix: "Matrix", timeline: "Timeline", ego: "One actor", network: "Network",
    events: "Events", pairs: "Pairs", actors: "Actors",
  };
  A.STATUSES = { realised: "Happened", hypothetical: "Hypothetical", negated: "Negated", all: "All" };
  const SELECTION = new Set(["pair", "actor", "event"]);
  const DATE = /^\d{4}(-\d\d(-\d\d)?)?$/;
  const CHECKS = {
    view: (value) => Object.hasOwn(A.VIEWS, value),
    level: (value) => A.present.has(value),
    since: (value) => value === "" || DATE.test(value),
    until: (value) => value === "" || DATE.test(value),
    undated: (value) => value === "1" || value === "0",
    issue: (value) => value === "" || A.issueLabel.has(value),
    type: (value) => value === "" || A.typeNames.has(value),
    sign: (value) => ["", "minus", "plus"].includes(value),
    status: (value) => Object.hasOwn(A.STATUSES, value),
    confidence: (value) => value === "" || /^0\.\d$/.test(value),
    modality: (value) => value === "" || A.modalities.includes(value),
    sources: (value) => value === "" || /^[2-9]$/.test(value),
    direction: (value) => value === "" || value === "row",
    nodes: (value) => ["", "100", "all"].includes(value),
    pair: (value) => value === "" || A.edgeOf(value) !== null,
    actor: (value) => value === "" || A.byKey.has(value),
    event: (value) => value === "" || A.eventByKey.has(value),
  };

  /** The pair's edge at the present level, else at any; keys in either order. */
  A.edgeOf = (value, level) => {
    const turned = value.split(",").reverse().join(",");
    const levels = level ? [level] : A.LEVELS;
    for (const one of levels) {
      const { byKey } = A.atLevel.get(one);
      const found = byKey.get(value) || byKey.get(turned);
      if (found) return found;
    }
    return null;
  };

  const listeners = [];
  A.onChange = (listener) => listeners.push(listener);

  const tell = (before) => {
    const changed = Object.keys(A.state).filter((name) => A.state[name] !== before[name]);
    const filter = changed.some((name) => !SELECTION.has(name) && name !== "view");
    for (const listener of listeners) listener({ changed, filter });
  };

  /** Change the state; one selection replaces another, but an event may stand with its pair. Values that make no sense are ignored. */
  A.set = (patch) => {
    const before = { ...A.state };
    if (Object.keys(patch).some((name) => SELECTION.has(name))) {
      for (const name of SELECTION) A.state[name] = "";
    }
    for (const [name, value] of Object.entries(patch)) {
      if (CHECKS[name] && CHECKS[name](value)) A.state[name] = value;
    }
    if (A.state.pair && !A.edgeOf(A.state.pair, A.state.level)) A.state.pair = "";
    writeHash();
    tell(before);
  };

  /** Commas stay legible; lone surrogates, which no address can hold, are replaced. */
  const encoded = (text) =>
    encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd")).replaceAll("%2C", ",");

  const writeHash = () => {
    const parts = Object.keys(A.DEFAULTS)
      .filter((name) => A.state[name] !== A.DEFAULTS[name])
      .map((name) => `${name}=${encoded(A.state[name])}`);
    // An empty address would bring back what the page opened on.
    const hash = `#${parts.join("&") || (A.atlas.start ? "view=matrix" : "")}`;
    if (hash === (location.hash || "#")) return;
    try {
      history.replaceState(null, "", hash);
    } catch {
      location.hash = hash;
    }
  };

  const readHash = () => {
    const state = { ...A.DEFAULTS };
    for (const [name, value] of new URLSearchParams(location.hash.slice(1) || A.atlas.start)) {
      if (CHECKS[name] && CHECKS[name](value)) state[name] = value;
    }
    if (state.pair && !A.edgeOf(state.pair, state.level)) state.level = A.edgeOf(state.pair).level;
    return state;
  };

  A.state = readHash();
  addEventListener("hashchange", () => {
    if (location.hash === "#main") return;
    const before = A.state;
    A.state = readHash();
    tell(before);
  });
})();
