/* Search names and sentences; arrow keys and Enter choose, "/" brings the cursor here. */
"use strict";
(() => {
  const input = A.byId("search");
  const list = A.byId("found");
  let hits = [];
  let at = -1;

  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  let index = null;

  /** Built at the first key stroke, not when the page opens. */
  const prepare = () => {
    index = {
      actors: A.actors.map((actor) => folded([actor.label, actor.polity, ...actor.offices].join(" "))),
      names: A.actors.map((actor) => folded(actor.label)),
      events: A.events.map((event) => folded(event.mentions.map((mention) => mention.quote).join(" "))),
    };
  };

  const search = (text) => {
    const words = folded(text).split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    const all = (where) => words.every((word) => where.includes(word));
    const rank = (actor) => (index.names[actor].startsWith(words[0]) ? 0 : all(index.names[actor]) ? 1 : 2);
    const actors = index.actors.flatMap((where, actor) => (all(where) ? [actor] : []));
    actors.sort((x, y) => rank(x) - rank(y) || A.activity(y) - A.activity(x) || x - y);
    const events = index.events.flatMap((where, event) => (all(where) ? [event] : [])).slice(0, 8);
    return [
      ...actors.slice(0, 8).map((actor) => ({ actor })),
      ...events.map((event) => ({ event })),
    ];
  };

  const around = (event) => {
    const quote = A.events[event].mentions.map((mention) => mention.quote).join(" … ");
    const at = folded(quote).indexOf(folded(input.value.trim()));
    const from = at > 40 ? quote.indexOf(" ", at - 40) + 1 : 0;
    return (from ? "… " : "") + quote.slice(from, from + 110) + (quote.length > from + 110 ? " …" : "");
  };

  const option = (hit, number) =>
    A.el("li", { role: "option", id: `hit-${number}`, "aria-selected": String(number === at), mousedown: (event) => { event.preventDefault(); choose(hit); } },
      "actor" in hit
        ? [A.said(A.name(hit.actor)), A.el("small", {}, A.actors[hit.actor].kind)]
        : [
            A.el("span", {}, A.said(A.headline(A.events[hit.event])), A.said(around(hit.event), { class: "said quote" })),
            A.el("small", {}, A.day(A.events[hit.event].date)),
          ]);

  const show = () => {
    A.clear(list);
    const open = document.activeElement === input && input.value.trim() !== "";
    list.hidden = !open;
    A.props(input, { "aria-expanded": String(open) });
    if (at >= 0) input.setAttribute("aria-activedescendant", `hit-${at}`);
    else input.removeAttribute("aria-activedescendant");
    if (!open) return;
    if (!hits.length) list.append(A.el("li", { class: "muted", role: "option", "aria-disabled": "true" }, "Nothing found"));
    hits.forEach((hit, number) => list.append(option(hit, number)));
    const chosen = A.byId(`hit-${at}`);
    if (chosen) chosen.scrollIntoView({ block: "nearest" });
  };

  const levelOf = (actor) => {
    const levels = A.LEVELS.filter((level) => A.atLevel.get(level).nodes.some((node) => node.actor === actor));
    return levels.includes(A.state.level) || !levels.length ? A.state.level : levels[0];
  };

  const choose = (hit) => {
    input.value = "";
    hits = [];
    at = -1;
    show();
    if ("actor" in hit) A.open({ actor: A.actors[hit.actor].key, level: levelOf(hit.actor) });
    else A.open({ event: A.events[hit.event].key });
  };

  input.addEventListener("input", () => {
    if (!index) prepare();
    hits = search(input.value);
    at = hits.length ? 0 : -1;
    show();
  });
  input.addEventListener("focus", show);
  input.addEventListener("blur", show);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!hits.length) return;
      event.preventDefault();
      at = (at + (event.key === "ArrowDown" ? 1 : -1) + hits.length) % hits.length;
      show();
    } else if (event.key === "Enter" && hits[at]) {
      event.preventDefault();
      choose(hits[at]);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      input.value = "";
      hits = [];
      show();
    }
  });
  addEventListener("keydown", (event) => {
    const typing = /^(input|select|textarea)$/i.test(event.target.tagName || "");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      input.focus();
    }
  });
})();
