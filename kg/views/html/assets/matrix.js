/* Who stands with whom: a table of pairs, coloured by balance, with sign and counts printed. */
"use strict";
(() => {
  const MOST = 14;
  let all = false;
  let corner = [0, 0];

  /** Number of an actor's camp at the present level; those in none come last. */
  const campOf = (actor) => A.actors[actor].camp[A.state.level] || Infinity;

  const campName = (actor) => (campOf(actor) < Infinity ? `Camp ${campOf(actor)}` : "in no camp");

  /** Runs of neighbours in the same camp: [first place, length]. */
  const runs = (actors) => {
    const found = [];
    actors.forEach((actor, place) => {
      if (place && campOf(actor) === campOf(actors[place - 1])) found[found.length - 1][1] += 1;
      else found.push([place, 1]);
    });
    return found;
  };

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
    const most = actors.reduce((best, actor) => (A.activity(actor) > A.activity(best) ? actor : best));
    const turn = score[place.get(most)] > 0 ? -1 : 1;
    return [...actors].sort(
      (x, y) =>
        (campOf(x) === campOf(y) ? 0 : campOf(x) - campOf(y)) ||
        turn * (score[place.get(x)] - score[place.get(y)]) ||
        x - y,
    );
  };

  const pairOf = new Map();

  const tallyOf = (row, column) => {
    const pair = pairOf.get(`${Math.min(row, column)},${Math.max(row, column)}`);
    if (!pair) return null;
    if (!A.state.direction) return { pair, item: pair };
    const item = A.towards(pair, row === pair.a ? "out" : "back");
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

  const key = (divided) => {
    const scale = A.el("span", { class: "scale" });
    for (const [name, strength] of [["minus", 64], ["minus", 28], ["zero", 10], ["plus", 28], ["plus", 64]]) {
      const step = A.el("span", { class: name });
      step.style.setProperty("--strength", `${strength}%`);
      scale.append(step);
    }
    return A.el("p", { class: "legend" },
      A.el("span", { class: "minus" }, "− conflict"), scale, A.el("span", { class: "plus" }, "+ cooperation"),
      A.el("span", { class: "muted" }, "Balance: the intensities of all events of a pair, each times its confidence, cooperation less conflict. Below it the number of confrontations (−), cooperative events (+) and consultations (·)."),
      divided && A.atlas.camps[A.state.level].note ? A.el("span", { class: "muted" }, A.said(A.atlas.camps[A.state.level].note)) : null);
  };

  /** What the saved picture needs: the actors in order and the cell of each pair. */
  A.matrixContent = () => {
    const active = [...A.circle.keys()].sort((x, y) => A.activity(y) - A.activity(x) || x - y);
    pairOf.clear();
    for (const pair of A.pairs) pairOf.set(`${Math.min(pair.a, pair.b)},${Math.max(pair.a, pair.b)}`, pair);
    const actors = active.length ? ordered(active.slice(0, all ? undefined : MOST)) : [];
    return { actors, itemOf: (row, column) => (tallyOf(row, column) || { item: null }).item };
  };

  A.views = A.views || {};
  A.views.matrix = (box) => {
    const active = [...A.circle.keys()].sort((x, y) => A.activity(y) - A.activity(x) || x - y);
    box.append(toolbar(active.length));
    if (!active.length) return void box.append(A.nothing());
    const { actors } = A.matrixContent();
    const starts = runs(actors);
    const divided = starts.length > 1;
    const edges = new Set(divided ? starts.map(([place]) => place) : []);
    const wall = (name, place) => (place && edges.has(place) ? `${name}-wall` : null);
    const bands = () =>
      A.el("tr", { class: "camps" }, A.el("td", {}),
        starts.map(([place, length]) =>
          A.el("th", { scope: "colgroup", colspan: length, class: wall("left", place) }, campName(actors[place]))));
    const row = (actor, i) =>
      A.el("tr", { class: wall("top", i) }, head(actor, "row"),
        actors.map((column, j) => A.props(cell(actor, column, [i, j]), j && edges.has(j) ? { "data-wall": "" } : {})));
    const table = A.el("table", { class: "matrix", keydown: walk },
      A.el("caption", { class: "hidden" }, `Balance between ${A.LEVEL_NAMES[A.state.level].toLowerCase()}; arrow keys move between pairs, Enter opens the evidence`),
      A.el("thead", {}, divided ? bands() : null,
        A.el("tr", {}, A.el("td", { class: "corner" }), actors.map((actor) => head(actor, "col")))),
      A.el("tbody", {}, actors.map(row)));
    const first = table.querySelector(`[data-at="${corner.join(",")}"]`) || table.querySelector("[data-at]");
    if (first) first.tabIndex = 0;
    box.append(A.scroller("Matrix of pairs", table), key(divided));
    A.mark();
  };
})();
