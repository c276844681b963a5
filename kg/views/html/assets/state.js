/* What the reader has chosen, and its twin in the address ("#pair=us,eu&since=2025-01"). */
"use strict";
(() => {
  A.DEFAULTS = {
    view: "matrix",
    level: A.present.has("polity") ? "polity" : A.present.has("bloc") ? "bloc" : "person",
    since: "",
    until: "",
    undated: "0",
    issue: "",
    sign: "",
    status: "realised",
    confidence: "",
    direction: "",
    pair: "",
    actor: "",
    event: "",
  };
  A.VIEWS = { matrix: "Matrix", network: "Network", events: "Events", pairs: "Pairs", actors: "Actors" };
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
    sign: (value) => ["", "minus", "plus"].includes(value),
    status: (value) => Object.hasOwn(A.STATUSES, value),
    confidence: (value) => value === "" || /^0\.\d$/.test(value),
    direction: (value) => value === "" || value === "row",
    pair: (value) => value === "" || A.edgeOf(value) !== null,
    actor: (value) => value === "" || A.byKey.has(value),
    event: (value) => value === "" || A.eventByKey.has(value),
  };

  /** The pair's edge at the present level, else at any; keys in either order. */
  A.edgeOf = (value, level) => {
    const keys = value.split(",");
    const same = (edge) => edge.key === value || edge.key === `${keys[1]},${keys[0]}`;
    const found = A.edges.filter(same);
    return found.find((edge) => edge.level === level) || (level ? null : found[0] || null);
  };

  const listeners = [];
  A.onChange = (listener) => listeners.push(listener);

  const tell = (before) => {
    const changed = Object.keys(A.state).filter((name) => A.state[name] !== before[name]);
    const filter = changed.some((name) => !SELECTION.has(name) && name !== "view");
    for (const listener of listeners) listener({ changed, filter });
  };

  /** Change the state; one selection replaces another. Values that make no sense are ignored. */
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
    const hash = `#${parts.join("&")}`;
    if (hash === (location.hash || "#")) return;
    try {
      history.replaceState(null, "", hash);
    } catch {
      location.hash = hash;
    }
  };

  const readHash = () => {
    const state = { ...A.DEFAULTS };
    for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
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
