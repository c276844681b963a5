/* The three tables: events, pairs, actors. They say everything the drawings say. */
"use strict";
(() => {
  const opener = (patch, ...content) =>
    A.el("button", { type: "button", class: "plain open", click: () => A.open(patch) }, content);

  A.badge = (sign, intensity) =>
    A.el("span", { class: `badge ${A.signClass(sign)}`, title: A.signName(sign) },
      `${A.sigil(sign)}${sign ? Math.abs(intensity).toFixed(1).replace(/\.0$/, "") : ""}`,
      A.el("span", { class: "hidden" }, ` ${A.signName(sign)}`));

  const eventColumns = () => [
    { name: "date", label: "Date", down: true, style: "nowrap", value: (event) => event.date, cell: (event) => A.day(event.date) },
    { name: "act", label: "Who → whom", value: A.headline, style: "wide", cell: (event) => opener({ event: event.key }, A.said(A.headline(event))) },
    { name: "type", label: "Act", value: (event) => event.type, cell: (event) => A.said(event.type) },
    { name: "sign", label: "Sign", down: true, value: (event) => event.intensity, cell: (event) => A.badge(event.sign, event.intensity) },
    { name: "issue", label: "Issue", value: A.issues, cell: (event) => A.said(A.issues(event)) },
    { name: "where", label: "Where", value: (event) => event.venue || event.place, cell: (event) => A.said([event.venue, event.place].filter(Boolean).join(", ")) },
    { name: "status", label: "Status", value: (event) => event.status, cell: (event) => A.STATUSES[event.status] || event.status },
    { name: "confidence", label: "Conf.", number: true, down: true, value: (event) => event.confidence, cell: (event) => event.confidence.toFixed(2) },
    { name: "sources", label: "Sources", number: true, down: true, value: (event) => event.sources, cell: (event) => String(event.sources) },
    { name: "sentences", label: "Sentences", number: true, down: true, value: (event) => event.mentions.length, cell: (event) => String(event.mentions.length) },
  ];

  const count = (name, label, first) => ({
    name, label, first, number: true, down: true, value: (item) => item[name], cell: (item) => String(item[name]),
  });

  const pairColumns = () => [
    { name: "pair", label: "Pair", style: "wide", value: (pair) => `${A.name(pair.a)} – ${A.name(pair.b)}`, cell: (pair) => opener({ pair: pair.key }, A.said(A.name(pair.a)), " – ", A.said(A.name(pair.b))) },
    { name: "balance", label: "Balance", number: true, value: (pair) => pair.balance, cell: (pair) => A.el("span", { class: A.signClass(pair.sign) }, A.balance(pair)) },
    count("minus", "Confrontations"),
    count("plus", "Cooperative"),
    count("zero", "Consultations"),
    count("total", "All", true),
    { name: "sources", label: "Sources", number: true, down: true, value: (pair) => A.sources(pair.events), cell: (pair) => String(A.sources(pair.events)) },
    { name: "last", label: "Last", down: true, style: "nowrap", value: (pair) => pair.events[0].date, cell: (pair) => A.day(pair.events[0].date) },
  ];

  const people = () =>
    [...A.circle.entries()].map(([actor, links]) => ({
      actor,
      ...A.summarise([...new Set(links.flatMap((link) => link.pair.events))]),
      links: [...links].sort((x, y) => y.pair.total - x.pair.total || x.other - y.other),
    }));

  const neighbours = (row) => {
    const shown = row.links.slice(0, 4).map((link, index) => [index ? ", " : "", opener({ pair: link.pair.key }, A.said(A.name(link.other)), ` ${A.sigil(link.pair.sign)}`)]);
    const more = row.links.length - shown.length;
    return A.el("span", {}, shown, more > 0 ? ` and ${more} more` : "");
  };

  const polity = (row) => {
    const actor = A.actors[row.actor];
    return actor.polity === actor.label ? "" : actor.polity;
  };

  const actorColumns = () => [
    { name: "name", label: "Actor", style: "wide", value: (row) => A.name(row.actor), cell: (row) => opener({ actor: A.actors[row.actor].key }, A.said(A.name(row.actor))) },
    { name: "kind", label: "Kind", value: (row) => A.actors[row.actor].kind, cell: (row) => A.actors[row.actor].kind },
    { name: "polity", label: "Speaks for", value: polity, cell: (row) => A.said(polity(row)) },
    count("minus", "Confrontations"),
    count("plus", "Cooperative"),
    count("zero", "Consultations"),
    count("total", "All", true),
    { name: "counterparts", label: "Counterparts", down: true, value: (row) => row.links.length, cell: neighbours, style: "wide" },
  ];

  const level = () => A.LEVEL_NAMES[A.state.level].toLowerCase();

  A.views = A.views || {};
  A.views.events = (box) => {
    if (!A.shown.length) return void box.append(A.nothing());
    box.append(A.table("events", `${A.plural(A.shown.length, "event", "events")}; choose one to read its sentences`, eventColumns(), A.shown));
  };
  A.views.pairs = (box) => {
    if (!A.pairs.length) return void box.append(A.nothing());
    box.append(A.table("pairs", `${A.plural(A.pairs.length, "pair", "pairs")} of ${level()}`, pairColumns(), A.pairs));
  };
  A.views.actors = (box) => {
    if (!A.circle.size) return void box.append(A.nothing());
    box.append(A.table("actors", `${A.plural(A.circle.size, "actor", "actors")} at the level of ${level()}`, actorColumns(), people()));
  };

  A.nothing = () =>
    A.el("div", { class: "nothing" }, A.el("p", {}, "Nothing matches these filters."),
      A.el("button", { type: "button", click: A.reset }, "Reset all filters"));
})();
