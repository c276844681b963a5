/* Save what is shown: events as CSV, the network as PNG or SVG. Nothing leaves the machine. */
"use strict";
(() => {
  const hand = (name, type, content) => {
    const url = URL.createObjectURL(new Blob([content], { type }));
    const anchor = A.el("a", { href: url, download: name });
    document.body.append(anchor);
    anchor.click();
    anchor.remove();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  };

  /** A spreadsheet must not take a text for a formula. */
  A.csvCell = (value) => {
    const text = typeof value === "number" ? String(value) : value.replace(/^(?=\s*[=+\-@\t\r])/, "'");
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };

  A.csv = () => {
    const head = ["date", "actors", "recipients", "type", "class", "sign", "intensity", "status", "issues", "place", "venue", "confidence", "quote", "document", "outlet", "published", "source", "start", "end", "modality", "speaker"];
    const rows = [head];
    for (const event of A.shown) {
      const base = [event.date, A.names(event.sides.person[0]), A.names(event.sides.person[1]), event.type, event.class, event.sign, event.intensity, event.status, event.issues.join(" "), event.place, event.venue, event.confidence];
      for (const mention of event.mentions.length ? event.mentions : [null]) {
        const [title, outlet, published, source] = mention ? A.atlas.documents[mention.document] : ["", "", "", ""];
        rows.push([...base, ...(mention ? [mention.quote, title, outlet, published, source, mention.start, mention.end, mention.modality, mention.speaker] : Array(9).fill(""))]);
      }
    }
    return rows.map((row) => row.map(A.csvCell).join(",")).join("\r\n") + "\r\n";
  };

  /** The canvas on the page's own background. */
  A.png = () => {
    const source = A.canvas();
    const copy = A.el("canvas", { width: source.width, height: source.height });
    const pen = copy.getContext("2d");
    pen.fillStyle = A.css("--paper");
    pen.fillRect(0, 0, copy.width, copy.height);
    pen.drawImage(source, 0, 0);
    return new Promise((resolve) => copy.toBlob(resolve, "image/png"));
  };

  const shape = (node, { x, y }) => {
    const [r, look] = [node.size, { fill: node.color.background, stroke: node.color.border, "stroke-width": node.borderWidth }];
    const ring = (count, turn) => Array.from({ length: count }, (_, index) => {
      const angle = turn + (2 * Math.PI * index) / count;
      return `${(x + r * Math.cos(angle)).toFixed(1)},${(y + r * Math.sin(angle)).toFixed(1)}`;
    }).join(" ");
    if (node.shape === "square") return A.svg("rect", { x: x - r, y: y - r, width: 2 * r, height: 2 * r, ...look });
    if (node.shape === "hexagon") return A.svg("polygon", { points: ring(6, 0), ...look });
    if (node.shape === "diamond") return A.svg("polygon", { points: ring(4, 0), ...look });
    return A.svg("circle", { cx: x, cy: y, r, ...look });
  };

  const words = (text, x, y, font) =>
    A.svg("text", { x, y, fill: font.color, stroke: font.strokeColor, "stroke-width": font.strokeWidth, "paint-order": "stroke", "font-size": font.size, "font-family": "Arial, sans-serif", "text-anchor": "middle" }, text);

  A.networkSvg = () => {
    const { nodes, edges, places } = A.drawing();
    const xs = nodes.map((node) => places[node.id].x);
    const ys = nodes.map((node) => places[node.id].y);
    const [left, top] = [Math.min(...xs) - 120, Math.min(...ys) - 70];
    const [width, height] = [Math.max(...xs) + 120 - left, Math.max(...ys) + 90 - top];
    const svg = A.svg("svg", { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `${left} ${top} ${width} ${height}` },
      A.svg("rect", { x: left, y: top, width, height, fill: A.css("--paper") }));
    for (const edge of edges) {
      const [from, to] = [places[edge.from], places[edge.to]];
      svg.append(A.svg("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y, stroke: edge.color.color, "stroke-width": edge.width, "stroke-dasharray": edge.dashes ? edge.dashes.join(" ") : null }));
      if (edge.label) svg.append(words(edge.label, (from.x + to.x) / 2, (from.y + to.y) / 2 + 8, edge.font));
    }
    for (const node of nodes) svg.append(shape(node, places[node.id]));
    for (const node of nodes) svg.append(words(node.label, places[node.id].x, places[node.id].y + node.size + 18, node.font));
    return new XMLSerializer().serializeToString(svg);
  };

  const onNetwork = (action) => () => {
    if (A.state.view !== "network") A.set({ view: "network" });
    requestAnimationFrame(() => requestAnimationFrame(() => A.canvas() && action()));
  };

  const items = [
    ["Events shown, as CSV", () => hand("events.csv", "text/csv;charset=utf-8", `\ufeff${A.csv()}`)],
    ["Network as PNG", onNetwork(async () => hand("network.png", "image/png", await A.png()))],
    ["Network as SVG", onNetwork(() => hand("network.svg", "image/svg+xml", A.networkSvg()))],
    ["Print", () => print()],
  ];
  const button = A.byId("save");
  const menu = A.byId("save-menu");
  const toggle = (open) => {
    menu.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  };
  for (const [label, action] of items) {
    menu.append(A.el("li", {}, A.el("button", { type: "button", click: () => { toggle(false); action(); } }, label)));
  }
  button.addEventListener("click", () => toggle(menu.hidden));
  addEventListener("click", (event) => { if (!button.parentNode.contains(event.target)) toggle(false); });
  menu.parentNode.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || menu.hidden) return;
    event.stopPropagation();
    toggle(false);
    button.focus();
  });
})();
