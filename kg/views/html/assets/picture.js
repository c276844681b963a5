/* Each drawn view as a picture of its own: SVG that needs no style sheet, and PNG made from it. */
"use strict";
(() => {
  const FONT = "Liberation Sans, Arial, sans-serif";

  const frame = (left, top, width, height) =>
    A.svg("svg", { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `${left} ${top} ${width} ${height}` },
      A.svg("rect", { x: left, y: top, width, height, fill: A.css("--paper") }));

  const words = (text, x, y, size, more) =>
    A.svg("text", { x, y, "font-size": size, "font-family": FONT, fill: A.css("--ink"), ...more }, text);

  const shape = ({ x, y, size, shape: kind, centre }) => {
    const look = { fill: A.css("--node"), stroke: A.css(centre ? "--ink" : "--paper"), "stroke-width": centre ? 4 : 1.5 };
    const ring = (count) => Array.from({ length: count }, (_, index) => {
      const angle = (2 * Math.PI * index) / count;
      return `${(x + size * Math.cos(angle)).toFixed(1)},${(y + size * Math.sin(angle)).toFixed(1)}`;
    }).join(" ");
    if (kind === "square") return A.svg("rect", { x: x - size, y: y - size, width: 2 * size, height: 2 * size, ...look });
    if (kind === "hexagon") return A.svg("polygon", { points: ring(6), ...look });
    if (kind === "diamond") return A.svg("polygon", { points: ring(4), ...look });
    return A.svg("circle", { cx: x, cy: y, r: size, ...look });
  };

  A.networkSvg = () => {
    const { nodes, links, zoom } = A.drawing();
    const reach = (name, way) => nodes.reduce((best, node) => way(best, node[name]), way === Math.min ? Infinity : -Infinity);
    const [left, top] = [reach("x", Math.min) - 120, reach("y", Math.min) - 70];
    const [width, height] = [reach("x", Math.max) + 120 - left, reach("y", Math.max) + 90 - top];
    const svg = frame(left, top, width, height);
    const halo = { "text-anchor": "middle", stroke: A.css("--paper"), "stroke-width": 4, "paint-order": "stroke" };
    for (const link of links) {
      const [from, to] = [nodes[link.from], nodes[link.to]];
      const dashes = A.dashes(link.name, zoom);
      svg.append(A.svg("line", {
        x1: from.x, y1: from.y, x2: to.x, y2: to.y, stroke: A.css(`--${link.name}`), "stroke-width": link.width,
        "stroke-dasharray": dashes && dashes.join(" "), "stroke-opacity": link.faint ? 0.4 : 0.85,
      }));
      if (!link.printed || link.name === "zero") continue;
      svg.append(words(link.name === "minus" ? "−" : "+", (from.x + to.x) / 2, (from.y + to.y) / 2 + 8, 30 * zoom, { ...halo, fill: A.css(`--${link.name}`) }));
    }
    for (const node of nodes) svg.append(shape(node));
    for (const node of nodes) svg.append(words(node.label, node.x, node.y + node.size + 18 * zoom, 16 * zoom, halo));
    return svg;
  };

  /** The timeline as drawn, with the style sheet's look written into it. */
  const timelineSvg = () => {
    const drawn = document.querySelector("svg.years");
    const copy = drawn.cloneNode(true);
    const kept = ["fill", "stroke", "stroke-width", "stroke-dasharray", "font-size", "font-family", "font-weight", "text-anchor", "opacity"];
    const [from, to] = [drawn, copy].map((one) => one.querySelectorAll("rect, circle, path, line, text"));
    from.forEach((one, index) => {
      const style = getComputedStyle(one);
      for (const name of kept) to[index].setAttribute(name, style.getPropertyValue(name));
    });
    for (const group of copy.querySelectorAll("g")) for (const name of ["tabindex", "role"]) group.removeAttribute(name);
    const [width, height] = [drawn.width.baseVal.value, drawn.height.baseVal.value];
    const svg = frame(-20, -44, width + 40, height + 60);
    const pair = A.timelinePair();
    svg.append(words(`${A.name(pair.a)} – ${A.name(pair.b)}`, 0, -18, 18, { "font-weight": 600 }), ...copy.childNodes);
    return svg;
  };

  const matrixSvg = () => {
    const { actors, itemOf } = A.matrixContent();
    const [cell, side, head] = [58, 190, 150];
    const svg = frame(0, 0, side + actors.length * cell + 20, head + actors.length * cell + 20);
    const short = (actor) => A.actors[actor].short;
    actors.forEach((row, i) => {
      const [x, y] = [side + i * cell, head + i * cell];
      svg.append(words(short(row), side - 10, y + cell / 2 + 5, 13, { "text-anchor": "end" }));
      svg.append(words(short(row), 0, 0, 13, { transform: `translate(${x + cell / 2 + 4} ${head - 10}) rotate(-90)` }));
      actors.forEach((column, j) => {
        const item = row === column ? null : itemOf(row, column);
        const box = { x: side + j * cell + 1, y: y + 1, width: cell - 2, height: cell - 2, rx: 3 };
        svg.append(A.svg("rect", { ...box, fill: A.css(row === column ? "--line" : "--ground") }));
        if (!item) return;
        const tone = Math.min(1, Math.abs(item.tone)) * 0.62 + 0.06;
        svg.append(A.svg("rect", { ...box, fill: A.css(`--${A.signClass(item.sign)}`), "fill-opacity": tone.toFixed(2) }));
        const middle = { "text-anchor": "middle" };
        svg.append(words(A.balance(item), box.x + cell / 2, box.y + 26, 14, { ...middle, "font-weight": 600 }));
        svg.append(words(A.tally(item.minus, item.plus, item.minus || item.plus ? 0 : item.zero).textContent, box.x + cell / 2, box.y + 43, 11, middle));
      });
    });
    return svg;
  };

  const element = () => {
    if (A.state.view === "matrix") return matrixSvg();
    return A.state.view === "timeline" ? timelineSvg() : A.networkSvg();
  };

  /** The open view as the text of an SVG file. */
  A.picture = () => new XMLSerializer().serializeToString(element());

  /** The open view as a PNG of twice its size; a large network as its canvas shows it. */
  A.png = async () => {
    const canvas = A.renderer() === "canvas" && A.canvas();
    if (canvas) return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(A.picture().toWellFormed())}`;
    await image.decode();
    const grown = Math.min(2, 8000 / Math.max(image.width, image.height));
    const copy = A.el("canvas", { width: Math.round(image.width * grown), height: Math.round(image.height * grown) });
    copy.getContext("2d").drawImage(image, 0, 0, copy.width, copy.height);
    return new Promise((resolve) => copy.toBlob(resolve, "image/png"));
  };
})();
