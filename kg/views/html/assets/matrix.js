/* Who stands with whom: a table of pairs, coloured by balance, with sign and counts printed. */
"use strict";
(() => {
  const MOST = 14;
  let all = false;
  let corner = [0, 0];

  /** Friends next to friends: by camp if the analysis gave camps, else by the leading
      eigenvector of the shifted matrix of tones (power iteration, fixed start). */
  const ordered = (actors) => {
    const place = new Map(actors.map((actor, index) => [actor, index]));
    const links = A.pairs.filter((pair) => place.has(pair.a) && place.has(pair.b));
    let score = actors.map((_, index) => Math.cos(index + 1));
    for (let round = 0; round < 60; round += 1) {
      const next = score.map((value) => value * actors.length * 0.5);
      for (const { a, b, tone } of links) {
        next[place.get(a)] += tone * score[place.get(b)];
        next[place.get(b)] += tone * score[place.get(a)];
      }
      const mean = next.reduce((sum, value) => sum + value, 0) / next.length;
      const size = Math.hypot(...next.map((value) => value - mean)) || 1;
      score = next.map((value) => (value - mean) / size);
    }
    const camp = (actor) => A.actors[actor].camp;
    const most = actors.reduce((best, actor) => (A.activity(actor) > A.activity(best) ? actor : best));
    const turn = score[place.get(most)] > 0 ? -1 : 1;
    return [...actors].sort(
      (x, y) =>
        camp(x).localeCompare(camp(y), "en") ||
        turn * (score[place.get(x)] - score[place.get(y)]) ||
        x - y,
    );
  };

  const pairOf = new Map();

  const tallyOf = (row, column) => {
    const pair = pairOf.get(`${Math.min(row, column)},${Math.max(row, column)}`);
    if (!pair) return null;
    if (!A.state.direction) return { pair, item: pair };
    const item = row === pair.a ? pair.forward : pair.backward;
    return item.total ? { pair, item } : null;
  };

  const cell = (row, column, position) => {
    if (row === column) return A.el("td", { class: "self", "aria-label": "same actor" });
    const found = tallyOf(row, column);
    if (!found) return A.el("td", { class: "none" });
    const { pair, item } = found;
    const verb = A.state.direction ? "towards" : "and";
    const counts = A.tally(item.minus, item.plus, item.minus || item.plus ? 0 : item.zero);
    const seen = `${A.balance(item)} ${counts.textContent}`;
    const button = A.el(
      "button",
      {
        type: "button",
        tabindex: "-1",
        class: `cell ${A.signClass(item.sign)}`,
        "data-pair": pair.key,
        "data-at": position.join(","),
        "aria-label": `${A.name(row)} ${verb} ${A.name(column)}: balance ${seen}: ${A.tallyText(item)}`,
        click: () => A.open({ pair: pair.key }),
      },
      A.el("span", { class: "tone" }, A.balance(item)),
      " ",
      counts,
    );
    button.style.setProperty("--strength", `${Math.round(Math.min(1, Math.abs(item.tone)) * 62 + 6)}%`);
    return A.el("td", {}, button);
  };

  const head = (actor, scope) =>
    A.el(
      "th",
      { scope },
      A.el(
        "button",
        { type: "button", class: "plain name", tabindex: scope === "col" ? "-1" : null, click: () => A.open({ actor: A.actors[actor].key }) },
        A.said(A.name(actor)),
      ),
    );

  const walk = (event) => {
    const from = event.target.dataset && event.target.dataset.at;
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (!from || !step) return;
    event.preventDefault();
    const grid = event.currentTarget;
    let [row, column] = from.split(",").map(Number);
    for (let tries = 0; tries < 400; tries += 1) {
      row += step[0];
      column += step[1];
      if (row < 0 || column < 0 || row > 999 || column > 999) return;
      const next = grid.querySelector(`[data-at="${row},${column}"]`);
      if (!next) continue;
      event.target.tabIndex = -1;
      next.tabIndex = 0;
      corner = [row, column];
      next.focus();
      return;
    }
  };

  const toolbar = (total) => {
    const choose = (value) => A.set({ direction: value });
    const bar = A.el("div", { class: "bar-line" },
      A.segments("direction", [["", "Both directions"], ["row", "Row towards column"]], A.state.direction, choose));
    if (total > MOST) {
      const text = all ? `Show the ${MOST} most active` : `Show all ${total}`;
      bar.append(A.el("button", { type: "button", click: () => { all = !all; A.draw(); } }, text));
    }
    return bar;
  };

  const key = () => {
    const scale = A.el("span", { class: "scale" });
    for (const [name, strength] of [["minus", 64], ["minus", 28], ["zero", 10], ["plus", 28], ["plus", 64]]) {
      const step = A.el("span", { class: name });
      step.style.setProperty("--strength", `${strength}%`);
      scale.append(step);
    }
    return A.el("p", { class: "legend" },
      A.el("span", { class: "minus" }, "− conflict"), scale, A.el("span", { class: "plus" }, "+ cooperation"),
      A.el("span", { class: "muted" }, "Balance: the intensities of all events of a pair, each times its confidence, cooperation less conflict. Below it the number of confrontations (−), cooperative events (+) and consultations (·)."));
  };

  A.views = A.views || {};
  A.views.matrix = (box) => {
    const active = [...A.circle.keys()].sort((x, y) => A.activity(y) - A.activity(x) || x - y);
    box.append(toolbar(active.length));
    if (!active.length) return void box.append(A.nothing());
    pairOf.clear();
    for (const pair of A.pairs) pairOf.set(`${Math.min(pair.a, pair.b)},${Math.max(pair.a, pair.b)}`, pair);
    const actors = ordered(active.slice(0, all ? undefined : MOST));
    const table = A.el("table", { class: "matrix", keydown: walk },
      A.el("caption", { class: "hidden" }, `Balance between ${A.LEVEL_NAMES[A.state.level].toLowerCase()}; arrow keys move between pairs, Enter opens the evidence`),
      A.el("thead", {}, A.el("tr", {}, A.el("td", { class: "corner" }), actors.map((actor) => head(actor, "col")))),
      A.el("tbody", {}, actors.map((row, i) =>
        A.el("tr", {}, head(row, "row"), actors.map((column, j) => cell(row, column, [i, j]))))));
    const first = table.querySelector(`[data-at="${corner.join(",")}"]`) || table.querySelector("[data-at]");
    if (first) first.tabIndex = 0;
    box.append(A.el("div", { class: "scroller" }, table), key());
    A.mark();
  };
})();
