/* The panel on the side: an overview, a pair, an actor or an event, down to the sentences. */
"use strict";
(() => {
  const FIRST = 12;
  let opened = FIRST;
  let back = null;

  const strongest = (events) =>
    [...events].sort(
      (x, y) =>
        Math.abs(y.intensity) * y.confidence - Math.abs(x.intensity) * x.confidence || x.index - y.index,
    );

  /** Context, with a mark where the document goes on. */
  const lead = (mention) =>
    mention.start > [...mention.before].length + 1 && mention.before ? `… ${mention.before}` : mention.before;
  const trail = (mention) => (/[\p{L}\p{N},;]\s*$/u.test(mention.after) ? `${mention.after} …` : mention.after);

  /** A row of a feed: what the act is, where it is written, and every field of the row. */
  const row = (mention) => {
    const [, outlet] = A.atlas.documents[mention.document];
    return A.el("div", { class: "evidence" },
      A.el("p", { class: "origin" }, A.said(mention.row), outlet ? [" · ", A.said(outlet)] : ""),
      A.el("p", { class: "facts" }, `confidence ${mention.confidence.toFixed(2)}`),
      mention.fields.length ? A.el("details", { class: "row" }, A.el("summary", {}, "What the row says"),
        A.el("dl", { class: "facts" }, mention.fields.map(([name, value]) => [A.el("dt", {}, A.said(name)), A.el("dd", {}, A.said(value))]))) : null);
  };

  const evidence = (mention) => {
    if (mention.row) return row(mention);
    const [title, outlet, published, source] = A.atlas.documents[mention.document];
    const origin = [title && A.said(title, { class: "said title" }), outlet && A.said(outlet), published && A.day(published)]
      .filter(Boolean)
      .flatMap((part, index) => (index ? [" · ", part] : [part]));
    const facts = [
      mention.modality,
      `confidence ${mention.confidence.toFixed(2)}`,
      mention.end > mention.start ? `characters ${mention.start}–${mention.end}` : "",
    ].filter(Boolean);
    return A.el("div", { class: "evidence" },
      A.el("blockquote", { dir: "auto" },
        A.said(lead(mention), { class: "said context" }), mention.before ? " " : "",
        A.el("mark", {}, A.said(mention.quote)),
        mention.after ? " " : "", A.said(trail(mention), { class: "said context" })),
      A.el("p", { class: "origin" }, origin),
      A.el("p", { class: "facts" }, facts.join(" · "),
        mention.speaker ? [" · reported by ", A.said(mention.speaker)] : "",
        mention.extractor ? [" · read by ", A.said(mention.extractor)] : ""),
      source ? A.el("p", { class: "facts" }, "Source: ", A.link(source)) : null);
  };

  /** "2 sentences and 1 row of feeds" */
  const pieces = (mentions, more = "") => {
    const rows = mentions.filter((mention) => mention.row).length;
    const told = mentions.length - rows;
    return [told || !rows ? A.plural(told, `${more}sentence`, `${more}sentences`) : "",
      rows ? A.plural(rows, `${more}row of a feed`, `${more}rows of feeds`) : ""].filter(Boolean).join(" and ");
  };

  const detail = (event) => {
    const rows = [
      ["Act", `${event.type}${event.class && event.class !== event.type ? ` (${event.class})` : ""}`],
      ["Issue", A.issues(event)],
      ["Where", [event.venue, event.place].filter(Boolean).join(", ")],
      ["Sources", event.mentions.length ? `${A.plural(event.sources, "independent source", "independent sources")}, ${pieces(event.mentions)}` : ""],
      ["Status", event.status === "realised" ? "" : A.STATUSES[event.status] || event.status],
    ].filter(([, value]) => value);
    return A.el("dl", { class: "facts" }, rows.map(([name, value]) => [A.el("dt", {}, name), A.el("dd", {}, A.said(value))]));
  };

  /** Opening an event from a pair or an actor keeps the way back. */
  const openEvent = (event) => {
    const { pair, actor } = A.state;
    A.open({ event: event.key, ...(pair ? { pair } : actor ? { actor } : {}) });
  };

  const eventCard = (event, whole) => {
    const mentions = whole ? event.mentions : event.mentions.slice(0, 1);
    const more = event.mentions.slice(mentions.length);
    const title = [A.badge(event.sign, event.intensity), " ", A.said(A.headline(event))];
    return A.el("article", { class: `event ${A.signClass(event.sign)}` },
      whole ? null : A.el("h3", {}, A.el("button", { type: "button", class: "plain open", click: () => openEvent(event) }, title)),
      A.el("p", { class: "when" }, A.day(event.date), " · ", A.said(event.type), !whole && event.issues.length ? [" · ", A.said(A.issues(event))] : "",
        event.status === "realised" ? "" : ` · ${A.STATUSES[event.status] || event.status}`),
      whole ? detail(event) : null,
      mentions.map(evidence),
      event.mentions.length ? null : A.el("p", { class: "muted" }, "No sentence is kept for this event."),
      !whole && event.sources > 1 ? A.el("p", { class: "facts" }, `${event.sources} independent sources`) : null,
      more.length ? A.el("p", { class: "facts" }, `and ${pieces(more, "more ")}`) : null);
  };

  const cards = (events, heading) => {
    if (!events.length) return A.el("p", { class: "muted" }, "No event matches the filters.");
    const ranked = strongest(events);
    const box = A.el("div", { class: "cards" }, A.el("h3", { class: "section" }, heading), ranked.slice(0, opened).map((event) => eventCard(event, false)));
    if (ranked.length > opened) {
      box.append(A.el("button", { type: "button", class: "more", click: () => { opened += 3 * FIRST; A.drawPanel(); } }, `Show more (${ranked.length - opened})`));
    }
    return box;
  };

  const title = (...content) =>
    A.el("div", { class: "panel-head" },
      A.el("h2", { id: "panel-title", tabindex: "-1" }, content),
      A.el("button", { type: "button", class: "plain close", "aria-label": "Close details", click: A.close }, "×"));

  const figures = (item) =>
    A.el("p", { class: "figures" },
      A.el("span", { class: `big ${A.signClass(item.sign)}` }, A.balance(item)), A.el("span", { class: "muted" }, "balance"),
      A.tally(item.minus, item.plus, item.zero), A.el("span", { class: "hidden" }, A.tallyText(item)));

  const spread = (events) => (events.length
    ? A.el("p", { class: "facts" }, `${A.plural(events.length, "event", "events")} from ${A.plural(A.sources(events), "independent source", "independent sources")}`)
    : null);

  const topIssues = (events) => {
    const counts = new Map();
    for (const event of events) for (const code of event.issues) counts.set(code, (counts.get(code) || 0) + 1);
    const top = [...counts].sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1)).slice(0, 4);
    if (!top.length) return null;
    return A.el("p", { class: "chips" }, top.map(([code, count]) =>
      A.el("button", { type: "button", class: "chip", click: () => A.set({ issue: code }) }, A.said(A.issueLabel.get(code) || code), ` ${count}`)));
  };

  const pairPanel = () => {
    const edge = A.edgeOf(A.state.pair, A.state.level);
    const pair = A.pairByKey.get(edge.key) || { a: edge.a, b: edge.b, ...A.summarise([]) };
    const person = (index) => A.el("button", { type: "button", class: "plain open", click: () => A.open({ actor: A.actors[index].key }) }, A.said(A.name(index)));
    return [
      title(person(pair.a), A.el("span", { class: "muted" }, " – "), person(pair.b)),
      figures(pair), spread(pair.events), A.timeline(pair.events, "Events over time"),
      A.state.view === "timeline" ? null : A.el("p", {}, A.el("button", { type: "button", class: "link", click: () => A.set({ view: "timeline" }) }, "Open the timeline of this pair")),
      topIssues(pair.events),
      cards(pair.events, "Evidence, strongest first"),
    ];
  };

  const actorPanel = () => {
    const index = A.byKey.get(A.state.actor);
    const actor = A.actors[index];
    const events = A.eventsOf(index, A.state.level);
    const links = [...(A.circle.get(index) || [])].sort((x, y) => x.pair.balance - y.pair.balance);
    const about = [actor.kind, actor.polity !== actor.label && actor.polity].filter(Boolean);
    return [
      title(A.said(A.name(index))),
      A.el("p", { class: "muted" }, A.said(about.join(" · "))),
      actor.blocs.length ? A.el("details", { class: "blocs", open: actor.blocs.length < 5 },
        A.el("summary", {}, `In ${A.plural(actor.blocs.length, "bloc", "blocs")}`), A.said(actor.blocs.join(", "))) : null,
      actor.offices.length ? A.el("ul", { class: "offices" }, actor.offices.map((office) => A.el("li", {}, A.said(office)))) : null,
      figures(A.summarise(events)), spread(events), A.timeline(events, "Events over time"), topIssues(events),
      links.length ? A.el("h3", { class: "section" }, "Counterparts") : null,
      A.bars(links.map((link) => ({ pair: link.pair, value: link.pair.balance, label: [A.said(A.name(link.other))] }))),
      cards(events, "Evidence, strongest first"),
    ];
  };

  const eventPanel = () => {
    const event = A.eventByKey.get(A.state.event);
    const { pair, actor } = A.state;
    const edge = pair && A.edgeOf(pair, A.state.level);
    const home = edge ? `${A.name(edge.a)} – ${A.name(edge.b)}` : actor ? A.name(A.byKey.get(actor)) : "";
    return [
      home ? A.el("button", { type: "button", class: "plain back", click: A.close }, "← ", A.said(home)) : null,
      title(A.badge(event.sign, event.intensity), " ", A.said(A.headline(event))), eventCard(event, true),
    ];
  };

  /** Pairs as bars left and right of zero, each a button. */
  A.bars = (items) => {
    const most = Math.max(...items.map((item) => Math.abs(item.value)), 0.1);
    return A.el("ul", { class: "bars" }, items.map(({ pair, value, label }) => {
      const name = A.signClass(value);
      const bar = A.el("span", { class: `tone-bar ${name}` });
      bar.style.setProperty("--long", `${Math.max(2, (Math.abs(value) / most) * 50)}%`);
      return A.el("li", {}, A.el("button", { type: "button", class: "plain", click: () => A.open({ pair: pair.key }) },
        A.el("span", { class: "label" }, label), A.tally(pair.minus, pair.plus, pair.zero),
        A.el("span", { class: "track", "aria-hidden": "true" }, bar),
        A.el("span", { class: `value ${name}` }, A.signed(value, 1))));
    }));
  };

  const overview = () => {
    const part = (name, pairs, value, none) => [
      A.el("h3", { class: "section" }, name),
      pairs.length
        ? A.bars(pairs.slice(0, 7).map((pair) => ({ pair, value: value(pair), label: [A.said(A.name(pair.a)), " – ", A.said(A.name(pair.b))] })))
        : A.el("p", { class: "muted" }, none),
    ];
    return [
      A.el("div", { class: "panel-head" }, A.el("h2", { id: "panel-title", tabindex: "-1" }, "Rifts and alliances")),
      part("Deepest rifts, by weight of conflict", A.rifts(), (pair) => -pair.conflict, "No confrontation matches the filters."),
      part("Strongest ties, by weight of cooperation", A.ties(), (pair) => pair.cooperation, "No cooperative event matches the filters."),
      A.el("p", { class: "muted hint" }, "Choose a pair, here or in the matrix, to read the sentences behind it."),
    ];
  };

  A.drawPanel = () => {
    const { pair, actor, event } = A.state;
    const content = event ? eventPanel() : pair ? pairPanel() : actor ? actorPanel() : overview();
    A.append(A.clear(A.byId("panel")), content);
  };

  /** Select something and move the reader to it; Escape brings them back. */
  A.open = (patch) => {
    if (!A.byId("panel").contains(document.activeElement)) back = describe(document.activeElement);
    opened = FIRST;
    A.set(patch);
    const panel = A.byId("panel");
    panel.scrollTop = 0;
    A.byId("panel-title").focus({ preventScroll: panel.getBoundingClientRect().left > 200 });
  };

  const describe = (element) => {
    const data = (element && element.dataset) || {};
    if (data.at) return () => document.querySelector(`[data-at="${data.at}"]`);
    if (data.event) return () => document.querySelector(`.mark-event[data-event="${CSS.escape(data.event)}"]`);
    return () => (element && element.isConnected ? element : A.byId("view"));
  };

  /** From an event back to its pair or actor, from those back to the overview. */
  A.close = () => {
    const { pair, actor, event } = A.state;
    if (event && (pair || actor) && A.state.view !== "timeline") {
      A.set(pair ? { pair } : { actor });
      A.byId("panel-title").focus({ preventScroll: true });
      return;
    }
    A.set(event && pair ? { pair } : { pair: "", actor: "", event: "" });
    const target = back && back();
    if (target) target.focus();
  };
})();
