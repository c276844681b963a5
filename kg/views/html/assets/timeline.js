/* A pair over time: every event a mark in its month, cooperation above, confrontation below. */
"use strict";
(() => {
  const OFFERED = 150;
  const NARROW = 18; // pixels of a month
  const LANES = ["plus", "zero", "minus"];
  const LANE_NAMES = { plus: "+ cooperation", zero: "· consultation", minus: "− confrontation" };
  const MOST = { plus: 210, zero: 90, minus: 210 };
  let at = "";

  /** The chosen pair, else the most active. */
  A.timelinePair = () => {
    const edge = A.state.pair && A.edgeOf(A.state.pair, A.state.level);
    if (edge) return A.pairByKey.get(edge.key) || { key: edge.key, a: edge.a, b: edge.b, events: [] };
    return [...A.pairs].sort((x, y) => y.total - x.total || x.a - y.a || x.b - y.b)[0] || null;
  };

  const label = (pair) => `${A.name(pair.a)} – ${A.name(pair.b)}`;

  const chooser = (chosen) => {
    const ranked = [...A.pairs].sort((x, y) => y.total - x.total || x.a - y.a || x.b - y.b).slice(0, OFFERED);
    if (!ranked.some((pair) => pair.key === chosen.key)) ranked.push(chosen);
    ranked.sort((x, y) => label(x).localeCompare(label(y), "en"));
    const box = A.el("select", { id: "timeline-pair", change: (event) => { at = ""; A.set({ pair: event.target.value }); } },
      ranked.map((pair) => A.el("option", { value: pair.key, selected: pair.key === chosen.key }, `${label(pair)} (${pair.events.length})`)));
    return A.el("label", { class: "field inline" }, A.el("span", {}, "Pair"), box);
  };

  const radius = (event) => 5 + Math.abs(event.intensity) * 0.45;

  /** Columns: the months from first to last, and one for events without a month. */
  const columns = (events) => {
    const found = A.months(events).map((month) => ({ month, plus: [], zero: [], minus: [] }));
    const place = new Map(found.map((column) => [column.month, column]));
    const rest = { month: "", plus: [], zero: [], minus: [] };
    for (const event of [...events].reverse()) (place.get(event.month) || rest)[A.signClass(event.sign)].push(event);
    return LANES.some((lane) => rest[lane].length) ? [...found, ...split(rest)] : found;
  };

  /** Events without a month stand in as many columns as keep them low. */
  const split = (rest) => {
    const most = Math.max(...LANES.map((lane) => rest[lane].length));
    const parts = Math.ceil(most / 8);
    return Array.from({ length: parts }, (_, part) => {
      const column = { month: "" };
      for (const lane of LANES) column[lane] = rest[lane].filter((_, index) => index % parts === part);
      return column;
    });
  };

  /** Where the months do not fit, long runs without an event become one marked gap. */
  const closed = (found, room) => {
    if (found.length * NARROW + 44 <= room) return found;
    const kept = [];
    for (let index = 0; index < found.length; index += 1) {
      let end = index;
      while (end < found.length && found[end].month && LANES.every((lane) => !found[end][lane].length)) end += 1;
      if (end - index >= 4) {
        kept.push({ month: found[index].month, gap: end - index, plus: [], zero: [], minus: [] });
        index = end - 1;
      } else kept.push(found[index]);
    }
    return kept;
  };

  const tall = (column, lane) => column[lane].reduce((sum, event) => sum + 2 * radius(event) + 3, 0);

  const shapeOf = (lane, x, y, r) => {
    if (lane === "plus") return A.svg("circle", { cx: x, cy: y, r });
    if (lane === "zero") return A.svg("rect", { x: x - r * 0.75, y: y - r * 0.75, width: r * 1.5, height: r * 1.5, rx: 1.5 });
    return A.svg("path", { d: `M${x} ${y - r * 1.15}L${x + r * 1.15} ${y}L${x} ${y + r * 1.15}L${x - r * 1.15} ${y}Z` });
  };

  const said = (event) =>
    `${A.day(event.date)}, ${A.signName(event.sign)}${event.sign ? ` ${A.signed(event.intensity, 1)}` : ""}: ${A.headline(event)}, ${event.type}`;

  const mark = (event, lane, x, y, r, pair) => {
    const open = () => { at = event.key; A.open({ pair: pair.key, event: event.key }); };
    const group = A.svg("g", {
      class: `mark-event ${lane}`, role: "button", tabindex: "-1", "data-event": event.key, "aria-label": said(event), click: open,
      keydown: (press) => { if (press.key === "Enter" || press.key === " ") { press.preventDefault(); open(); } },
    }, A.svg("title", {}, said(event)), shapeOf(lane, x, y, r));
    if (r > 4.5 && lane !== "zero") group.append(A.svg("text", { x, y: y + 4, class: "inside" }, A.sigil(event.sign)));
    return group;
  };

  /** Months under the axis where there is room for them, years always. */
  const axis = (found, step, top, bottom) =>
    found.flatMap((column, index) => {
      const x = index * step;
      if (!column.month) {
        if (index && !found[index - 1].month) return [];
        return [A.svg("line", { x1: x + 6, x2: x + 6, y1: top, y2: bottom + 32, class: "grid" }), A.svg("text", { x: x + 14, y: bottom + 14, class: "tick" }, "undated")];
      }
      if (column.gap) {
        return [A.svg("rect", { x, y: top, width: step, height: bottom - top, class: "gap" }, A.svg("title", {}, `${column.gap} months without an event`)),
          A.svg("text", { x: x + step / 2, y: bottom + 14, class: "tick middle" }, "⋯")];
      }
      const [year, month] = column.month.split("-").map(Number);
      const parts = [];
      const before = index && found[index - 1];
      if (before && before.gap) parts.push(A.svg("text", { x: x + 3, y: bottom + 29, class: "tick year" }, String(year)));
      else if (month === 1 || index === 0) parts.push(A.svg("text", { x: index ? x + 3 : 0, y: bottom + 29, class: "tick year" }, String(year)));
      if (month === 1 && index && !before.gap) parts.push(A.svg("line", { x1: x, x2: x, y1: top, y2: bottom + 32, class: "grid" }));
      const name = step >= 30 ? A.MONTHS[month - 1] : A.MONTHS[month - 1][0];
      parts.push(A.svg("text", { x: x + step / 2, y: bottom + 14, class: "tick middle" }, name));
      return parts;
    });

  const draw = (pair, room) => {
    const found = closed(columns(pair.events), room);
    const high = {};
    const scale = {};
    for (const lane of LANES) {
      const most = Math.max(0, ...found.map((column) => tall(column, lane)));
      scale[lane] = Math.min(1, MOST[lane] / Math.max(most, 1));
      high[lane] = Math.max(lane === "zero" ? 26 : 44, most * scale[lane] + 8);
    }
    const loose = Math.max(NARROW, Math.min(56, (room - 44) / found.length));
    const undated = !found[found.length - 1].month;
    const step = Math.round(loose * 10) / 10;
    const width = Math.max(step * found.length + (undated ? 40 : 0), 120);
    const lines = { plus: 6 + high.plus, minus: 6 + high.plus + high.zero };
    const bottom = lines.minus + high.minus;
    const chart = A.svg("svg", { class: "years", width, height: bottom + 36, viewBox: `0 0 ${width} ${bottom + 36}`, role: "group", "aria-label": `${label(pair)}: ${A.tallyText(A.summarise(pair.events))}, by month` },
      A.svg("rect", { x: 0, y: lines.plus, width, height: high.zero, class: "band" }),
      axis(found, step, 6, bottom));
    found.forEach((column, index) => {
      const x = index * step + step / 2 + (column.month ? 0 : 12);
      for (const lane of LANES) {
        let y = { plus: lines.plus - 3, zero: lines.plus + 4, minus: lines.minus + 4 }[lane];
        for (const event of column[lane]) {
          const r = radius(event) * scale[lane];
          const way = lane === "plus" ? -1 : 1;
          chart.append(mark(event, lane, x, y + way * r, r, pair));
          y += way * (2 * r + 3 * scale[lane]);
        }
      }
    });
    for (const y of [lines.plus, lines.minus]) chart.append(A.svg("line", { x1: 0, x2: width, y1: y, y2: y, class: "axis" }));
    chart.addEventListener("keydown", walk);
    return { chart, high, bottom, gap: found.some((column) => column.gap) };
  };

  /** Left and right in time, Home and End; the keyboard enters at one mark. */
  const walk = (event) => {
    const marks = [...event.currentTarget.querySelectorAll(".mark-event")];
    const here = marks.indexOf(event.target);
    const next = { ArrowRight: here + 1, ArrowDown: here + 1, ArrowLeft: here - 1, ArrowUp: here - 1, Home: 0, End: marks.length - 1 }[event.key];
    if (here < 0 || next === undefined) return;
    event.preventDefault();
    if (!marks[next]) return;
    event.target.setAttribute("tabindex", "-1");
    marks[next].setAttribute("tabindex", "0");
    marks[next].focus();
    at = marks[next].dataset.event;
  };

  const twin = (pair) => {
    const months = columns(pair.events).reduce((found, column) => {
      const last = found[found.length - 1];
      if (last && !last.month && !column.month) for (const lane of LANES) last[lane].push(...column[lane]);
      else found.push(column);
      return found;
    }, []);
    const rows = months.filter((column) => LANES.some((lane) => column[lane].length)).map((column) => {
      const item = A.summarise([...column.plus, ...column.zero, ...column.minus]);
      return A.el("tr", {}, A.el("th", { scope: "row" }, column.month ? A.day(column.month) : "undated"),
        [item.minus, item.plus, item.zero].map((value) => A.el("td", { class: "number" }, String(value))),
        A.el("td", { class: "number" }, A.balance(item)));
    });
    const heads = ["Month", "Confrontations", "Cooperative", "Consultations", "Balance"];
    return A.el("details", { class: "twin" }, A.el("summary", {}, "The same as a table"),
      A.el("table", { class: "list" }, A.el("caption", { class: "hidden" }, `${label(pair)} by month`),
        A.el("thead", {}, A.el("tr", {}, heads.map((head, index) => A.el("th", { scope: "col", class: index ? "number" : null }, head)))),
        A.el("tbody", {}, rows)));
  };

  A.views = A.views || {};
  A.views.timeline = (box) => {
    const pair = A.timelinePair();
    if (!pair) return void box.append(A.nothing());
    box.append(A.el("div", { class: "bar-line" }, chooser(pair), A.el("span", { class: "muted push" }, "Each mark is an event; choose one to read its sentence.")));
    if (!pair.events.length) return void box.append(A.nothing());
    const { chart, high, bottom, gap } = draw(pair, Math.max(220, box.clientWidth - 176));
    const names = A.el("div", { class: "lanes", "aria-hidden": "true" }, LANES.map((lane) => {
      const name = A.el("span", { class: lane }, LANE_NAMES[lane]);
      name.style.height = `${high[lane]}px`;
      return name;
    }));
    names.style.height = `${bottom + 36}px`;
    const scroll = A.scroller("Timeline of the pair", chart);
    box.append(A.el("div", { class: "lane-box" }, names, scroll),
      A.el("p", { class: "legend" }, A.el("span", { class: "muted" }, `Larger marks: greater intensity on Goldstein's scale, 0 to 10. A dashed diamond with − is a confrontation, a disc with + cooperation, a square a consultation.${gap ? " A dotted column with ⋯ stands for months without an event." : ""}`)),
      twin(pair));
    const entry = chart.querySelector(`[data-event="${CSS.escape(at)}"]`) || chart.querySelector(".mark-event");
    entry.setAttribute("tabindex", "0");
    scroll.scrollLeft = scroll.scrollWidth;
    A.mark();
  };
})();
