/* Two small drawings: the histogram that sets the period, and a pair's signed bars over time. */
"use strict";
(() => {
  /** Months, or quarters or years where there are too many to tell apart. */
  const periods = (events, most, range = events) => {
    const months = A.months(range);
    const size = [1, 3, 12].find((each) => months.length / each <= most) || 12;
    const known = new Map();
    const label = (month) => {
      if (!known.has(month)) known.set(month, named(month));
      return known.get(month);
    };
    const named = (month) => {
      const [year, number] = month.split("-").map(Number);
      if (size === 12) return String(year);
      return size === 3 ? `${year} Q${Math.ceil(number / 3)}` : A.day(month);
    };
    const spans = new Map();
    for (const month of months) {
      const name = label(month);
      const span = spans.get(name) || { name, first: month, minus: 0, plus: 0, zero: 0 };
      span.last = month;
      spans.set(name, span);
    }
    for (const event of events) {
      if (event.month) spans.get(label(event.month))[A.signClass(event.sign)] += 1;
    }
    return { spans: [...spans.values()], unit: { 1: "month", 3: "quarter", 12: "year" }[size] };
  };

  /** Year marks for an axis, thinned so that they do not touch. */
  const years = (spans, width, step) => {
    const kept = [];
    spans.forEach((span, index) => {
      const year = span.first.slice(0, 4);
      if (index && year === spans[index - 1].first.slice(0, 4)) return;
      const [at, before] = [index * step, kept[kept.length - 1]];
      if (before && at - before[0] < 38) {
        if (before[0] > 0 || index * step > 20) return;
        kept.pop();
      }
      if (at <= width - 26) kept.push([at, year]);
    });
    return kept;
  };

  /** Events a month, stacked by sign; drag across months to set the period. */
  A.histogram = (box) => {
    A.clear(box);
    const [width, height] = [Math.max(240, box.clientWidth || 600), 46];
    const { spans, unit } = periods(A.outside, width / 4, A.events); // the axis stays when filters change
    if (spans.length < 2) return;
    const top = Math.max(1, ...spans.map((span) => span.minus + span.plus + span.zero));
    const step = width / spans.length;
    const ends = [A.day(spans[0].first), A.day(spans[spans.length - 1].last)];
    const chart = A.svg("svg", {
      width, height: height + 16, viewBox: `0 0 ${width} ${height + 16}`, role: "img",
      "aria-label": `Events a ${unit} from ${ends[0]} to ${ends[1]}, at most ${top}`,
    }, A.svg("title", {}, `Events a ${unit}, at most ${top}. Drag to choose a period.`));
    const { since, until } = A.state;
    spans.forEach((span, index) => {
      const within = (!since || `${span.last}-31` >= since) && (!until || span.first <= until);
      let level = height;
      for (const part of ["plus", "zero", "minus"]) {
        const tall = (span[part] / top) * (height - 4);
        level -= tall;
        const bar = { x: index * step + 0.5, y: level, width: Math.max(1.5, step - 1), height: tall };
        if (tall) chart.append(A.svg("rect", { ...bar, class: `bar ${part}${within ? "" : " out"}` }));
      }
    });
    chart.append(A.svg("line", { x1: 0, x2: width, y1: height + 0.5, y2: height + 0.5, class: "axis" }));
    for (const [at, year] of years(spans, width, step)) {
      chart.append(A.svg("text", { x: at, y: height + 13, class: "tick" }, year));
    }
    const brush = A.svg("rect", { x: 0, y: 0, width: 0, height, class: "brush" });
    chart.append(brush);
    drag(chart, brush, spans, step);
    box.append(chart, slider(spans, step, width));
  };

  /** Two thumbs below the bars, for the first and the last month; they work by keyboard, too. */
  const slider = (spans, step, width) => {
    const { since, until } = A.state;
    const last = spans.length - 1;
    const from = since ? spans.findIndex((span) => `${span.last}-31` >= since) : 0;
    const to = until ? spans.findLastIndex((span) => span.first <= until) : last;
    const ends = [from < 0 ? last : from, to < 0 ? 0 : to];
    const paint = (box, [one, other]) => {
      box.style.setProperty("--from", `${Math.min(one, other) * step}px`);
      box.style.setProperty("--to", `${(Math.max(one, other) + 1) * step}px`);
    };
    const commit = () => {
      const [first, final] = [Math.min(...ends), Math.max(...ends)];
      A.set({
        since: first > 0 ? `${spans[first].first}-01` : "",
        until: final < last ? A.lastDay(...spans[final].last.split("-")) : "",
      });
    };
    const box = A.el("div", { class: "slider" });
    ["First", "Last"].forEach((name, index) => {
      const text = (place) => (index ? A.day(spans[place].last) : A.day(spans[place].first));
      const thumb = A.el("input", {
        type: "range", id: `slide-${name.toLowerCase()}`, min: 0, max: last, value: ends[index], "aria-label": `${name} month shown`, "aria-valuetext": text(ends[index]),
        input: () => {
          ends[index] = Number(thumb.value);
          thumb.setAttribute("aria-valuetext", text(ends[index]));
          paint(box, ends);
        },
        change: () => {
          commit();
          const again = A.byId(thumb.id);
          if (again) again.focus();
        },
      });
      box.append(thumb);
    });
    box.style.width = `${width}px`;
    paint(box, ends);
    return box;
  };

  const drag = (chart, brush, spans, step) => {
    let from = null;
    const place = (event) => {
      const at = Math.floor((event.clientX - chart.getBoundingClientRect().left) / step);
      return Math.max(0, Math.min(spans.length - 1, at));
    };
    const paint = (to) => {
      const [left, right] = [Math.min(from, to), Math.max(from, to)];
      A.props(brush, { x: left * step, width: (right - left + 1) * step });
    };
    chart.addEventListener("pointerdown", (event) => {
      from = place(event);
      chart.setPointerCapture(event.pointerId);
      paint(from);
    });
    chart.addEventListener("pointermove", (event) => from !== null && paint(place(event)));
    chart.addEventListener("pointerup", (event) => {
      if (from === null) return;
      const [first, last] = [from, place(event)].sort((x, y) => x - y);
      from = null;
      A.set({ since: `${spans[first].first}-01`, until: A.lastDay(...spans[last].last.split("-")) });
    });
    chart.addEventListener("pointercancel", () => {
      from = null;
      A.props(brush, { width: 0 });
    });
  };

  /** Signed bars: cooperation upwards, confrontation downwards, with the counts printed. */
  A.timeline = (events, caption) => {
    const dated = events.filter((event) => event.month);
    if (!dated.length) return null;
    const { spans, unit } = periods(dated, 48);
    const top = Math.max(...spans.flatMap((span) => [span.minus, span.plus, 1]));
    const [width, half] = [348, 52];
    const step = Math.min(34, width / spans.length);
    const middle = half + 12;
    const chart = A.svg("svg", {
      class: "timeline", viewBox: `0 0 ${width} ${2 * middle + 16}`, role: "img",
      "aria-label": `${caption}: ${A.tallyText(A.summarise(dated))}, by ${unit}`,
    });
    spans.forEach((bin, index) => {
      for (const [part, direction] of [["plus", -1], ["minus", 1]]) {
        if (!bin[part]) continue;
        const tall = Math.max(2, (bin[part] / top) * (half - 4));
        const bar = A.svg("rect", {
          x: index * step + 0.5, width: Math.max(1, step - 1.5), height: tall,
          y: direction < 0 ? middle - tall : middle, class: `bar ${part}`,
        }, A.svg("title", {}, `${bin.name}: ${bin.minus} confrontations, ${bin.plus} cooperative`));
        chart.append(bar);
        if (step < 15) continue;
        const y = direction < 0 ? middle - tall - 3 : middle + tall + 10;
        chart.append(A.svg("text", { x: (index + 0.5) * step, y, class: `count ${part}` }, `${part === "plus" ? "+" : "−"}${bin[part]}`));
      }
    });
    const end = Math.max(step * spans.length, 40);
    chart.append(A.svg("line", { x1: 0, x2: end, y1: middle, y2: middle, class: "axis" }));
    chart.append(A.svg("text", { x: 0, y: 2 * middle + 13, class: "tick" }, spans[0].name));
    if (end > 150) {
      const last = { x: end, y: 2 * middle + 13, class: "tick", "text-anchor": "end" };
      chart.append(A.svg("text", last, spans[spans.length - 1].name));
    }
    const without = events.length - dated.length;
    const note = `By ${unit}.` + (without ? ` ${without} without a month not drawn.` : "");
    return A.el("figure", { class: "chart" }, chart, A.el("figcaption", {}, note));
  };
})();
