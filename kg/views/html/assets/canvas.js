/* Above 2,000 nodes: our own drawing on a canvas. While it moves, a picture of it moves; when it
   rests, it is drawn anew, so panning costs the same whatever the size of the network. */
"use strict";
(() => {
  const REST = 140; // milliseconds without a movement before the picture is drawn anew
  const RIM = 0.35; // how far the picture reaches beyond the stage, so that panning shows no gap
  const NAMES = 70;
  const CLASSES = ["zero", "plus", "minus"];
  const FACE = '"Liberation Sans", Arial, sans-serif';

  const boundsOf = (nodes) => {
    const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
    for (const { x, y } of nodes) {
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y);
    }
    return box;
  };

  const trace = (pen, shape, x, y, r) => {
    if (shape === "square") return pen.rect(x - r, y - r, 2 * r, 2 * r);
    if (shape === "dot") {
      pen.moveTo(x + r, y);
      return pen.arc(x, y, r, 0, 7);
    }
    const corners = shape === "hexagon" ? 6 : 4;
    for (let corner = 0; corner <= corners; corner += 1) {
      const turn = (2 * Math.PI * corner) / corners;
      pen[corner ? "lineTo" : "moveTo"](x + r * Math.cos(turn), y + r * Math.sin(turn));
    }
    return undefined;
  };

  /** One drawing: its view (scale, centre), its picture and its nodes from large to small. */
  class Drawing {
    constructor(stage, content, on) {
      this.name = "canvas";
      this.content = content;
      this.stage = stage;
      this.on = on;
      this.ratio = Math.min(2, devicePixelRatio || 1);
      this.canvas = A.el("canvas", { "aria-hidden": "true" });
      this.picture = document.createElement("canvas");
      stage.append(this.canvas);
      this.order = content.nodes.map((_, index) => index).sort((x, y) => content.nodes[y].size - content.nodes[x].size || x - y);
      this.colour = A.palette();
      this.marked = "";
      this.observer = new ResizeObserver(() => this.resize());
      this.observer.observe(stage);
      this.listen();
      this.resize(true);
    }

    resize(first) {
      const [wide, high] = [this.stage.clientWidth, this.stage.clientHeight];
      if (!wide || !high || (wide === this.wide && high === this.high)) return;
      [this.wide, this.high] = [wide, high];
      this.canvas.width = Math.round(wide * this.ratio);
      this.canvas.height = Math.round(high * this.ratio);
      this.picture.width = Math.round(wide * (1 + 2 * RIM) * this.ratio);
      this.picture.height = Math.round(high * (1 + 2 * RIM) * this.ratio);
      if (first || !this.view) this.home();
      this.render();
    }

    home() {
      const { left, top, right, bottom } = boundsOf(this.content.nodes);
      const scale = Math.min(this.wide / (right - left + 200), this.high / (bottom - top + 200), 1.3);
      this.view = { scale, x: (left + right) / 2, y: (top + bottom) / 2 };
    }

    toPage({ x, y }) {
      const { view } = this;
      return { x: (x - view.x) * view.scale + this.wide / 2, y: (y - view.y) * view.scale + this.high / 2 };
    }

    toWorld(x, y) {
      const { view } = this;
      return { x: (x - this.wide / 2) / view.scale + view.x, y: (y - this.high / 2) / view.scale + view.y };
    }

    /** Draw everything for the present view onto the picture, then show it. */
    render() {
      clearTimeout(this.timer);
      const pen = this.picture.getContext("2d");
      const { view, ratio } = this;
      const scale = view.scale * ratio;
      pen.setTransform(1, 0, 0, 1, 0, 0);
      pen.fillStyle = this.colour.paper;
      pen.fillRect(0, 0, this.picture.width, this.picture.height);
      pen.setTransform(scale, 0, 0, scale, this.picture.width / 2 - view.x * scale, this.picture.height / 2 - view.y * scale);
      const half = { x: (this.wide / 2) * (1 + 2 * RIM) / view.scale, y: (this.high / 2) * (1 + 2 * RIM) / view.scale };
      const seen = ({ x, y, size }) => Math.abs(x - view.x) < half.x + size && Math.abs(y - view.y) < half.y + size;
      this.lines(pen, half);
      this.dots(pen, seen);
      this.labels(pen, seen);
      this.shown = { ...view };
      this.show();
    }

    lines(pen, half) {
      const { nodes, links } = this.content;
      const { view } = this;
      const outside = (a, b, axis, reach) => Math.min(a[axis], b[axis]) > view[axis] + reach || Math.max(a[axis], b[axis]) < view[axis] - reach;
      const visible = links.filter(({ from, to }) => !outside(nodes[from], nodes[to], "x", half.x) && !outside(nodes[from], nodes[to], "y", half.y));
      const few = visible.length <= 1500;
      for (const name of CLASSES) {
        pen.strokeStyle = this.colour[name];
        pen.globalAlpha = few ? 0.85 : Math.max(0.12, Math.min(0.6, 2500 / visible.length));
        pen.lineWidth = few ? 2.5 : 1 / view.scale;
        pen.setLineDash(few ? A.dashes(name, 1) || [] : []);
        pen.beginPath();
        for (const link of visible) {
          if (link.name !== name) continue;
          pen.moveTo(nodes[link.from].x, nodes[link.from].y);
          pen.lineTo(nodes[link.to].x, nodes[link.to].y);
        }
        pen.stroke();
      }
      pen.globalAlpha = 1;
      pen.setLineDash([]);
      if (few) this.signs(pen, visible);
      this.highlight(pen);
    }

    signs(pen, visible) {
      const { nodes } = this.content;
      pen.font = `26px ${FACE}`;
      pen.textAlign = "center";
      pen.textBaseline = "middle";
      pen.strokeStyle = this.colour.paper;
      pen.lineWidth = 5;
      for (const { from, to, name } of visible.length <= 400 ? visible : []) {
        if (name === "zero") continue;
        const [x, y] = [(nodes[from].x + nodes[to].x) / 2, (nodes[from].y + nodes[to].y) / 2];
        const text = name === "minus" ? "−" : "+";
        pen.fillStyle = this.colour[name];
        pen.strokeText(text, x, y);
        pen.fillText(text, x, y);
      }
    }

    highlight(pen) {
      const link = this.marked && this.content.links.find((one) => one.key === this.marked);
      if (!link) return;
      const [from, to] = [this.content.nodes[link.from], this.content.nodes[link.to]];
      pen.strokeStyle = this.colour[link.name];
      pen.lineWidth = 5 / this.view.scale;
      pen.beginPath();
      pen.moveTo(from.x, from.y);
      pen.lineTo(to.x, to.y);
      pen.stroke();
    }

    dots(pen, seen) {
      const { nodes } = this.content;
      const least = 1.1 / this.view.scale;
      pen.beginPath();
      for (const node of nodes) if (seen(node)) trace(pen, node.size * this.view.scale < 4 ? "square" : node.shape, node.x, node.y, Math.max(least, node.size));
      pen.fillStyle = this.colour.node;
      pen.fill();
    }

    /** Names of the largest nodes that have room for one. */
    labels(pen, seen) {
      const { scale } = this.view;
      const taken = [];
      pen.textAlign = "center";
      pen.textBaseline = "top";
      pen.font = `600 ${13 / scale}px ${FACE}`;
      pen.lineJoin = "round";
      pen.lineWidth = 4 / scale;
      pen.strokeStyle = this.colour.paper;
      pen.fillStyle = this.colour.ink;
      for (const index of this.order) {
        if (taken.length >= NAMES) break;
        const node = this.content.nodes[index];
        if (!seen(node)) continue;
        const spot = this.toPage({ x: node.x, y: node.y + node.size });
        const wide = node.label.length * 3.6 + 8;
        if (taken.some((one) => Math.abs(one.x - spot.x) < one.wide + wide && Math.abs(one.y - spot.y) < 19)) continue;
        taken.push({ ...spot, wide });
        const y = node.y + Math.max(node.size, 1.1 / scale) + 3 / scale;
        pen.strokeText(node.label, node.x, y);
        pen.fillText(node.label, node.x, y);
      }
    }

    /** Show the picture where the view now is. */
    show() {
      const pen = this.canvas.getContext("2d");
      const { view, shown, ratio } = this;
      const grown = view.scale / shown.scale;
      const [wide, high] = [this.picture.width * grown, this.picture.height * grown];
      const x = this.canvas.width / 2 - wide / 2 + (shown.x - view.x) * view.scale * ratio;
      const y = this.canvas.height / 2 - high / 2 + (shown.y - view.y) * view.scale * ratio;
      pen.fillStyle = this.colour.paper;
      pen.fillRect(0, 0, this.canvas.width, this.canvas.height);
      if (grown === 1) pen.drawImage(this.picture, Math.round(x), Math.round(y)); // whole pixels stay sharp
      else pen.drawImage(this.picture, x, y, wide, high);
    }

    moved() {
      if (!this.frame) {
        this.frame = requestAnimationFrame(() => {
          this.frame = 0;
          this.show();
        });
      }
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.render(), REST);
    }

    pan(x, y) {
      this.view.x -= x / this.view.scale;
      this.view.y -= y / this.view.scale;
      this.moved();
    }

    zoom(by, x = this.wide / 2, y = this.high / 2) {
      const spot = this.toWorld(x, y);
      this.view.scale = Math.max(0.01, Math.min(4, this.view.scale * by));
      this.view.x = spot.x - (x - this.wide / 2) / this.view.scale;
      this.view.y = spot.y - (y - this.high / 2) / this.view.scale;
      this.moved();
    }

    fit() {
      this.home();
      this.render();
    }

    mark(key) {
      if (key === this.marked) return;
      this.marked = key;
      this.render();
    }

    /** The node or else the line under a point of the stage. */
    hit(x, y) {
      const { nodes, links } = this.content;
      const spot = this.toWorld(x, y);
      const slack = 5 / this.view.scale;
      const gap = (node) => Math.hypot(node.x - spot.x, node.y - spot.y) - Math.max(node.size, slack);
      const node = nodes.reduce((best, one) => (gap(one) < (best ? gap(best) : 2 / this.view.scale) ? one : best), null);
      if (node) return { node };
      let [link, least] = [null, slack];
      for (const one of links) {
        const [a, b] = [nodes[one.from], nodes[one.to]];
        const [dx, dy] = [b.x - a.x, b.y - a.y];
        const along = Math.max(0, Math.min(1, ((spot.x - a.x) * dx + (spot.y - a.y) * dy) / (dx * dx + dy * dy || 1)));
        const far = Math.hypot(a.x + along * dx - spot.x, a.y + along * dy - spot.y);
        if (far < least) [link, least] = [one, far];
      }
      return link ? { link } : null;
    }

    listen() {
      let from = null;
      const at = (event) => {
        const box = this.canvas.getBoundingClientRect();
        return [event.clientX - box.left, event.clientY - box.top];
      };
      this.canvas.addEventListener("pointerdown", (event) => {
        from = { start: at(event), last: at(event) };
        this.canvas.setPointerCapture(event.pointerId);
      });
      this.canvas.addEventListener("pointermove", (event) => {
        if (!from) return;
        const [x, y] = at(event);
        this.pan(x - from.last[0], y - from.last[1]);
        from.last = [x, y];
      });
      this.canvas.addEventListener("pointerup", (event) => {
        const [x, y] = at(event);
        const still = from && Math.hypot(x - from.start[0], y - from.start[1]) < 4;
        from = null;
        const hit = still && this.hit(x, y);
        if (hit && hit.node) this.on.node(hit.node.actor);
        else if (hit) this.on.link(hit.link.key);
      });
      this.canvas.addEventListener("pointercancel", () => { from = null; });
      this.canvas.addEventListener("wheel", (event) => {
        event.preventDefault();
        this.zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, ...at(event));
      }, { passive: false });
    }

    destroy() {
      clearTimeout(this.timer);
      cancelAnimationFrame(this.frame);
      this.observer.disconnect();
    }
  }

  /** Draw ``content`` in ``stage``; the same methods as ``A.visNetwork``. */
  A.canvasNetwork = (stage, content, on) => new Drawing(stage, content, on);
})();
