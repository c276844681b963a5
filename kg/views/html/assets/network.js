/* The network, drawn by vis-network at the places computed when the page was made. */
"use strict";
(() => {
  const STEPS = [40, 100, 0];
  const DRAWABLE = 2000; // more nodes than this at once are neither fluid nor legible
  let most = STEPS[0];
  let drawn = null;
  let sets = null;

  const palette = () => ({
    minus: A.css("--minus"), plus: A.css("--plus"), zero: A.css("--zero"),
    ink: A.css("--ink"), paper: A.css("--paper"), node: A.css("--node"), edge: A.css("--line"),
  });

  const hub = () => (A.state.actor ? A.byKey.get(A.state.actor) : null);

  /** The actors to draw: a chosen one with its neighbours, else the most active. */
  const cast = () => {
    const centre = hub();
    if (centre !== null && A.circle.has(centre)) {
      return new Set([centre, ...A.circle.get(centre).map((link) => link.other)]);
    }
    const ranked = [...A.circle.keys()].sort((x, y) => A.activity(y) - A.activity(x) || x - y);
    return new Set(most ? ranked.slice(0, most) : ranked);
  };

  /** Move overlapping neighbours apart along the axis on which they overlap less. */
  const apart = (nodes, zoom) => {
    const spots = nodes.map((node) => ({ x: node.x, y: node.y }));
    const [wide, high] = [165 * zoom, 72 * zoom];
    let moved = nodes.length <= 250;
    for (let round = 0; moved && round < 120; round += 1) {
      moved = false;
      for (let i = 0; i < spots.length; i += 1) {
        for (let j = 0; j < i; j += 1) {
          const [dx, dy] = [spots[i].x - spots[j].x, spots[i].y - spots[j].y];
          const [overX, overY] = [wide - Math.abs(dx), high - Math.abs(dy)];
          if (overX <= 1 || overY <= 1) continue;
          moved = true;
          const axis = overX / wide < overY / high ? "x" : "y";
          const shift = (axis === "x" ? (dx < 0 ? -overX : overX) : dy < 0 ? -overY : overY) * 0.3;
          spots[i][axis] += shift;
          spots[j][axis] -= shift;
        }
      }
    }
    return spots;
  };

  /** How much larger than life to draw, so that names stay legible when all of it fits. */
  const magnify = (nodes, stage) => {
    const extent = (name, rim) => Math.max(...nodes.map((node) => node[name])) - Math.min(...nodes.map((node) => node[name])) + rim;
    const scale = Math.min(stage.clientWidth / extent("x", 220), stage.clientHeight / extent("y", 120), 1.3);
    return Math.max(1, Math.min(1.6, 0.8 / scale));
  };

  const nodeOf = (node, spot, colour, zoom) => {
    const centre = hub() === node.actor;
    const size = zoom * (7 + 4.5 * Math.log2(1 + A.activity(node.actor) / 2));
    return {
      id: node.id, label: node.label, shape: node.shape, x: spot.x, y: spot.y,
      size: Math.min(34 * zoom, size), borderWidth: centre ? 4 : 1.5,
      color: { background: colour.node, border: centre ? colour.ink : colour.paper, highlight: { background: colour.node, border: colour.ink }, hover: { background: colour.node, border: colour.ink } },
      font: { color: colour.ink, size: Math.round(16 * zoom), face: "Liberation Sans, Arial, sans-serif", strokeWidth: 4, strokeColor: colour.paper, multi: false },
    };
  };

  const edgeOf = (pair, colour, zoom, printed) => {
    const name = A.signClass(pair.sign);
    const line = {
      id: pair.edge.id, from: pair.edge.from, to: pair.edge.to, width: zoom * Math.min(9, 1.6 + 1.3 * Math.log2(pair.total)),
      dashes: name === "minus" ? [9 * zoom, 7 * zoom] : name === "zero" ? [2 * zoom, 6 * zoom] : false,
      color: { color: colour[name], highlight: colour[name], hover: colour[name], opacity: 0.85 },
    };
    if (printed && name !== "zero") {
      line.label = name === "minus" ? "−" : "+";
      line.font = { color: colour[name], size: Math.round(30 * zoom), strokeWidth: 5, strokeColor: colour.paper, align: "horizontal", face: "Liberation Sans, Arial, sans-serif", multi: false };
    }
    return line;
  };

  const content = (stage) => {
    const colour = palette();
    const shown = cast();
    const pairs = A.pairs.filter((pair) => shown.has(pair.a) && shown.has(pair.b));
    const nodes = A.nodes.filter((node) => node.level === A.state.level && shown.has(node.actor));
    const zoom = magnify(nodes, stage);
    const spots = apart(nodes, zoom);
    return {
      nodes: nodes.map((node, index) => nodeOf(node, spots[index], colour, zoom)),
      edges: pairs.map((pair) => edgeOf(pair, colour, zoom, pairs.length <= 220)),
    };
  };

  const toolbar = () => {
    const total = A.circle.size;
    const bar = A.el("div", { class: "bar-line" });
    if (hub() !== null) {
      bar.append(A.el("span", { class: "muted" }, "Only ", A.said(A.name(hub())), " and its counterparts"),
        A.el("button", { type: "button", id: "whole", click: () => A.set({ actor: "" }) }, "Whole network"));
    } else if (total > STEPS[0]) {
      const steps = STEPS.filter((step) => (step ? step < total : total <= DRAWABLE));
      const options = steps.map((step) => [String(step), step ? `${step} most active` : `All ${total}`]);
      bar.append(A.segments("most", options, String(most), (value) => { most = Number(value); A.draw(); }));
    }
    bar.append(A.el("span", { class: "muted push" }, "Click a node for its own network, a line for its evidence."));
    return bar;
  };

  const legend = () => {
    const line = (name, dash) => A.svg("svg", { width: 34, height: 10, "aria-hidden": "true" },
      A.svg("line", { x1: 0, x2: 34, y1: 5, y2: 5, class: `stroke ${name}`, "stroke-dasharray": dash }));
    return A.el("p", { class: "legend" },
      line("minus", "7 5"), A.el("span", {}, "− mostly conflict"),
      line("plus", ""), A.el("span", {}, "+ mostly cooperation"),
      line("zero", "2 4"), A.el("span", {}, "consultation or even"),
      A.el("span", { class: "muted" }, "● person  ■ state  ⬢ bloc  ◆ organisation. Wider lines: more events. The Pairs and Actors tables carry the same."));
  };

  const listen = () => {
    drawn.on("click", (click) => {
      if (click.nodes.length) {
        const key = click.nodes[0].slice(A.state.level.length + 1);
        A.set({ actor: key === A.state.actor ? "" : key });
      } else if (click.edges.length) {
        A.set({ pair: click.edges[0].slice(A.state.level.length + 1) });
      }
    });
  };

  A.views = A.views || {};
  A.views.network = (box) => {
    A.leave();
    box.append(toolbar());
    if (!A.circle.size) return void box.append(A.nothing());
    const stage = A.el("div", { id: "network", role: "img", "aria-label": "Network drawing; the Pairs and Actors tables carry the same information" });
    box.append(stage, legend());
    const { nodes, edges } = content(stage);
    sets = { nodes: new vis.DataSet(nodes), edges: new vis.DataSet(edges) };
    // Many lines are slow to redraw: leave them out while the drawing moves.
    const interaction = { ...A.options.interaction, hideEdgesOnDrag: edges.length > 300 };
    drawn = new vis.Network(stage, sets, { ...A.options, interaction });
    listen();
    drawn.once("afterDrawing", () => drawn.fit({ animation: false, maxZoomLevel: 1.3 }));
    A.mark();
  };

  /** Free the canvas when another view takes its place. */
  A.leave = () => {
    if (drawn) drawn.destroy();
    drawn = null;
  };

  A.markNetwork = () => {
    if (!drawn) return;
    const edge = A.state.pair && A.edgeOf(A.state.pair, A.state.level);
    if (edge && sets.edges.get(edge.id)) drawn.selectEdges([edge.id]);
    else drawn.unselectAll();
  };

  A.canvas = () => (drawn ? A.byId("network").querySelector("canvas") : null);
  A.drawing = () => (drawn ? { nodes: sets.nodes.get(), edges: sets.edges.get(), places: drawn.getPositions() } : null);
  /** Where a pair's line is on the page, for tests and for help texts. */
  A.spot = (pairKey) => {
    const edge = A.edgeOf(pairKey, A.state.level);
    const places = drawn.getPositions([edge.from, edge.to]);
    const middle = { x: (places[edge.from].x + places[edge.to].x) / 2, y: (places[edge.from].y + places[edge.to].y) / 2 };
    return drawn.canvasToDOM(middle);
  };
})();
