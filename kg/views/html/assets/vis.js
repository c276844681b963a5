/* Up to 2,000 nodes are drawn by vis-network, as pyvis ships it, at the places computed before. */
"use strict";
(() => {
  const FACE = "Liberation Sans, Arial, sans-serif";

  A.palette = () => ({
    minus: A.css("--minus"), plus: A.css("--plus"), zero: A.css("--zero"),
    ink: A.css("--ink"), paper: A.css("--paper"), node: A.css("--node"),
  });

  A.dashes = (name, zoom) => ({ minus: [9 * zoom, 7 * zoom], zero: [2 * zoom, 6 * zoom] })[name] || null;

  const nodeOf = (node, index, colour, zoom) => {
    const lit = { background: colour.node, border: colour.ink };
    return {
      id: index, label: node.label, shape: node.shape, x: node.x, y: node.y, size: node.size, borderWidth: node.centre ? 4 : 1.5,
      color: { background: colour.node, border: node.centre ? colour.ink : colour.paper, highlight: lit, hover: lit },
      font: { color: colour.ink, size: Math.round(16 * zoom), face: FACE, strokeWidth: 4, strokeColor: colour.paper, multi: false },
    };
  };

  const linkOf = (link, colour, zoom, dashed) => {
    const hue = colour[link.name];
    const line = {
      id: link.key, from: link.from, to: link.to, width: link.width,
      dashes: (dashed && A.dashes(link.name, zoom)) || false,
      color: { color: hue, highlight: hue, hover: hue, opacity: link.faint ? 0.4 : 0.85 },
    };
    if (link.printed && link.name !== "zero") {
      line.label = link.name === "minus" ? "−" : "+";
      line.font = { color: hue, size: Math.round(30 * zoom), strokeWidth: 5, strokeColor: colour.paper, align: "horizontal", face: FACE, multi: false };
    }
    return line;
  };

  /** Draw ``content`` in ``stage``; gives what the network view needs of a drawing. */
  A.visNetwork = (stage, content, on) => {
    const colour = A.palette();
    const dashed = content.links.length <= 1500; // dashes cost twice the time and nobody sees so many
    const sets = {
      nodes: new vis.DataSet(content.nodes.map((node, index) => nodeOf(node, index, colour, content.zoom))),
      edges: new vis.DataSet(content.links.map((link) => linkOf(link, colour, content.zoom, dashed))),
    };
    // Many lines are slow to redraw: leave them out while the drawing moves.
    const interaction = { ...A.options.interaction, hideEdgesOnDrag: content.links.length > 300, hover: content.links.length <= 1500 };
    const network = new vis.Network(stage, sets, { ...A.options, interaction });
    const fit = () => network.fit({ animation: false, maxZoomLevel: 1.3 });
    const view = () => [network.getViewPosition(), network.getScale()];
    network.on("click", (click) => {
      if (click.nodes.length) on.node(content.nodes[click.nodes[0]].actor);
      else if (click.edges.length) on.link(click.edges[0]);
    });
    fit();
    // Names have their widths only once they are drawn; with many nodes nobody sees the difference.
    if (content.nodes.length <= 300) network.once("afterDrawing", fit);
    return {
      name: "vis",
      fit,
      zoom: (by) => network.moveTo({ scale: view()[1] * by }),
      pan: (x, y) => {
        const [{ x: left, y: top }, scale] = view();
        network.moveTo({ position: { x: left - x / scale, y: top - y / scale } });
      },
      toPage: (spot) => network.canvasToDOM(spot),
      mark: (key) => (key && sets.edges.get(key) ? network.selectEdges([key]) : network.unselectAll()),
      destroy: () => network.destroy(),
    };
  };
})();
