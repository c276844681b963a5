/* What a network shows: who is drawn, where, how large; drawn by vis-network or on a canvas. */
"use strict";
(() => {
  const STEPS = { "": 40, 100: 100, all: Infinity };
  const RING = 40; // neighbours that find room around one actor
  let drawn = null;

  const byActivity = (x, y) => A.activity(y) - A.activity(x) || x - y;
  const chosen = () => (A.state.actor ? A.byKey.get(A.state.actor) : null);

  /** In the view of one actor: the chosen one, else the most active. */
  const hub = () => {
    if (A.state.view !== "ego") return null;
    const one = chosen();
    if (one !== null && A.circle.has(one)) return one;
    return A.circle.size ? [...A.circle.keys()].sort(byActivity)[0] : null;
  };

  const nearest = (centre) =>
    [...A.circle.get(centre)].sort((x, y) => y.pair.total - x.pair.total || x.other - y.other).slice(0, RING).map((link) => link.other);

  /** The actors to draw: one with its counterparts, else the most active. */
  const cast = () => {
    const centre = hub();
    if (centre !== null) return new Set([centre, ...nearest(centre)]);
    const ranked = [...A.circle.keys()].sort(byActivity);
    return new Set(ranked.slice(0, STEPS[A.state.nodes]));
  };

  /** Move overlapping neighbours apart along the axis on which they overlap less. */
  const apart = (nodes, zoom) => {
    const few = nodes.length <= 20; // room for a line to be seen between two names
    const [wide, high] = [(few ? 220 : 165) * zoom, (few ? 140 : 72) * zoom];
    let moved = nodes.length <= 250;
    for (let round = 0; moved && round < 120; round += 1) {
      moved = false;
      for (let i = 0; i < nodes.length; i += 1) {
        for (let j = 0; j < i; j += 1) {
          const [dx, dy] = [nodes[i].x - nodes[j].x, nodes[i].y - nodes[j].y];
          const [overX, overY] = [wide - Math.abs(dx), high - Math.abs(dy)];
          if (overX <= 1 || overY <= 1) continue;
          moved = true;
          const axis = overX / wide < overY / high ? "x" : "y";
          const shift = (axis === "x" ? (dx < 0 ? -overX : overX) : dy < 0 ? -overY : overY) * 0.3;
          nodes[i][axis] += shift;
          nodes[j][axis] -= shift;
        }
      }
    }
  };

  /** Around one actor: adversaries on the left, friends on the right, each side from top to bottom. */
  const ring = (nodes, centre) => {
    const sides = [[], []];
    const tone = new Map(A.circle.get(centre).map((link) => [link.other, link.pair]));
    for (const node of nodes) {
      if (node.actor === centre) [node.x, node.y] = [0, 0];
      else sides[tone.get(node.actor).sign < 0 ? 0 : 1].push(node);
    }
    sides.forEach((side, right) => {
      side.sort((x, y) => tone.get(y.actor).total - tone.get(x.actor).total || x.actor - y.actor);
      const spread = side.filter((_, index) => index % 2).reverse().concat(side.filter((_, index) => index % 2 === 0));
      spread.forEach((node, index) => {
        const turn = ((index + 0.5) / spread.length - 0.5) * Math.PI * 0.92;
        const far = spread.length > 9 && index % 2 ? 1.45 : 1;
        const reach = Math.max(330, spread.length * 26) * far;
        node.x = (right ? 1 : -1) * reach * 1.15 * Math.cos(turn);
        node.y = reach * Math.sin(turn);
      });
    });
  };

  /** How much larger than life to draw, so that names stay legible when all of it fits. */
  const magnify = (nodes, stage) => {
    const extent = (name, rim) => {
      let [low, high] = [Infinity, -Infinity];
      for (const node of nodes) [low, high] = [Math.min(low, node[name]), Math.max(high, node[name])];
      return high - low + rim;
    };
    const scale = Math.min(stage.clientWidth / extent("x", 220), stage.clientHeight / extent("y", 120), 1.3);
    return Math.max(1, Math.min(1.6, 0.8 / scale));
  };

  /** Everything to draw as plain numbers and names; ``index`` gives a node by its actor. */
  A.networkContent = (stage) => {
    const shown = cast();
    const centre = hub();
    const nodes = A.atLevel.get(A.state.level).nodes
      .filter((node) => shown.has(node.actor))
      .map(({ actor, x, y }) => ({ actor, x, y, label: A.actors[actor].short, shape: A.actors[actor].shape, centre: actor === centre }));
    const index = new Map(nodes.map((node, place) => [node.actor, place]));
    const pairs = A.pairs.filter((pair) => shown.has(pair.a) && shown.has(pair.b));
    if (centre !== null) ring(nodes, centre);
    const zoom = magnify(nodes, stage);
    apart(nodes, zoom);
    for (const node of nodes) node.size = Math.min(34, 7 + 4.5 * Math.log2(1 + A.activity(node.actor) / 2)) * zoom;
    const printed = pairs.length <= 220;
    const links = pairs.map((pair) => {
      const aside = centre !== null && pair.a !== centre && pair.b !== centre;
      return {
        key: pair.key, from: index.get(pair.a), to: index.get(pair.b), name: A.signClass(pair.sign), total: pair.total,
        width: (aside ? 0.7 : 1) * zoom * Math.min(9, 1.6 + 1.3 * Math.log2(pair.total)), faint: aside, printed: printed && !aside,
      };
    });
    return { nodes, links, zoom };
  };

  const egoChooser = () => {
    const offered = [...A.circle.keys()].sort(byActivity).slice(0, 150);
    const centre = hub();
    if (centre !== null && !offered.includes(centre)) offered.push(centre);
    offered.sort((x, y) => A.name(x).localeCompare(A.name(y), "en"));
    return A.el("label", { class: "field inline" }, A.el("span", {}, "Actor"),
      A.el("select", { id: "ego-actor", change: (event) => A.set({ actor: event.target.value }) },
        offered.map((actor) => A.el("option", { value: A.actors[actor].key, selected: actor === centre }, A.name(actor)))));
  };

  const zoomer = () =>
    A.el("span", { class: "zoomer" }, [["+", "Zoom in", () => drawn.zoom(1.3)], ["−", "Zoom out", () => drawn.zoom(1 / 1.3)], ["⤢", "Show all", () => drawn.fit()]]
      .map(([sign, label, click]) => A.el("button", { type: "button", "aria-label": label, title: label, click }, sign)));

  const toolbar = () => {
    const total = A.circle.size;
    const bar = A.el("div", { class: "bar-line" });
    if (A.state.view === "ego") {
      if (total) bar.append(egoChooser(), A.el("button", { type: "button", id: "whole", click: () => A.set({ view: "network", actor: "" }) }, "Whole network"));
    } else if (total > STEPS[""]) {
      const names = { "": "40 most active", 100: "100 most active", all: `All ${total.toLocaleString("en")}` };
      const offered = ["", "100", "all"].filter((step) => step === "all" || STEPS[step] < total).map((step) => [step, names[step]]);
      bar.append(A.segments("most", offered, A.state.nodes, (nodes) => A.set({ nodes })));
    }
    const centre = hub();
    const many = centre === null ? 0 : A.circle.get(centre).length;
    bar.append(A.el("span", { class: "muted push" }, many > RING
      ? `The ${RING} most active of ${many} counterparts; the Pairs table has all.`
      : "Click a node for its own network, a line for its evidence."));
    if (total) bar.append(zoomer());
    return bar;
  };

  const legend = () => {
    const line = (name, dash) => A.svg("svg", { width: 34, height: 10, "aria-hidden": "true" },
      A.svg("line", { x1: 0, x2: 34, y1: 5, y2: 5, class: `stroke ${name}`, "stroke-dasharray": dash }));
    return A.el("p", { class: "legend" },
      line("minus", "7 5"), A.el("span", {}, "− mostly conflict"),
      line("plus", ""), A.el("span", {}, "+ mostly cooperation"),
      line("zero", "2 4"), A.el("span", {}, "consultation or even"),
      A.el("span", { class: "muted" }, A.state.view === "ego"
        ? "Adversaries on the left, friends on the right. ● person  ■ state  ⬢ bloc  ◆ organisation. Wider lines: more events. The Pairs and Actors tables carry the same."
        : "● person  ■ state  ⬢ bloc  ◆ organisation. Wider lines: more events. The Pairs and Actors tables carry the same."));
  };

  const on = {
    node: (actor) => A.set({ actor: A.actors[actor].key, view: "ego" }),
    link: (key) => A.set({ pair: key }),
  };

  const keys = (event) => {
    const step = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[event.key];
    const zoom = { "+": 1.3, "=": 1.3, "-": 1 / 1.3 }[event.key];
    if (!drawn || (!step && !zoom && event.key !== "0")) return;
    event.preventDefault();
    if (step) drawn.pan(...step);
    else if (zoom) drawn.zoom(zoom);
    else drawn.fit();
  };

  const show = (box) => {
    A.leave();
    box.append(toolbar());
    if (!A.circle.size) return void box.append(A.nothing());
    const label = "Network drawing: arrow keys move it, plus and minus zoom, 0 shows all. The Pairs and Actors tables carry the same information.";
    const stage = A.el("div", { id: "network", role: "application", tabindex: "0", "aria-label": label, keydown: keys });
    box.append(stage, legend());
    const content = A.networkContent(stage);
    drawn = (content.nodes.length > A.MANY ? A.canvasNetwork : A.visNetwork)(stage, content, on);
    drawn.content = content;
    A.mark();
  };

  A.views = A.views || {};
  A.views.network = show;
  A.views.ego = show;

  /** Free the canvas when another view takes its place. */
  A.leave = () => {
    if (drawn) drawn.destroy();
    drawn = null;
  };

  A.markNetwork = () => {
    if (drawn) drawn.mark(A.state.pair ? (A.edgeOf(A.state.pair, A.state.level) || {}).key || "" : "");
  };

  A.canvas = () => (drawn ? A.byId("network").querySelector("canvas") : null);
  /** What is drawn, for saving it and for tests. */
  A.drawing = () => (drawn ? drawn.content : null);
  A.renderer = () => (drawn ? drawn.name : "");
  /** Where a node is on the stage. */
  A.place = (node) => drawn.toPage(node);
  /** Where a pair's line is on the page, for tests and for help texts. */
  A.spot = (pairKey) => {
    const { nodes, links } = drawn.content;
    const { key } = A.edgeOf(pairKey, A.state.level);
    const link = links.find((one) => one.key === key);
    const [one, other] = [nodes[link.from], nodes[link.to]];
    return drawn.toPage({ x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 });
  };
})();
