/* A sortable, paged table that works by keyboard and reads well aloud. */
"use strict";
(() => {
  const PAGE = 100;
  const memory = new Map();

  const compare = (x, y) => {
    if (typeof x === "number" && typeof y === "number") return x - y;
    return String(x).localeCompare(String(y), "en", { numeric: true });
  };

  const sorted = (rows, column, down) => {
    const keyed = rows.map((row, index) => ({ row, index, value: column.value(row) }));
    keyed.sort((x, y) => {
      // What is unknown comes last, whichever way the table is sorted.
      const [left, right] = [x.value === "", y.value === ""];
      if (left !== right) return left ? 1 : -1;
      return (down ? -1 : 1) * compare(x.value, y.value) || x.index - y.index;
    });
    return keyed.map((item) => item.row);
  };

  const headCell = (name, column, place) => {
    const active = place.sort === column.name;
    const order = active ? (place.down ? "descending" : "ascending") : "none";
    const arrow = active ? (place.down ? " ↓" : " ↑") : "";
    const click = () => {
      memory.set(name, { sort: column.name, down: active ? !place.down : Boolean(column.down), page: 0 });
      A.draw();
      const again = document.querySelector(`th[data-column="${column.name}"] button`);
      if (again) again.focus();
    };
    return A.el("th", { scope: "col", "aria-sort": order, "data-column": column.name, class: column.number ? "number" : null },
      A.el("button", { type: "button", class: "plain", click }, column.label, A.el("span", { "aria-hidden": "true" }, arrow)));
  };

  const pager = (name, place, total) => {
    const pages = Math.ceil(total / PAGE);
    if (pages < 2) return null;
    const go = (page) => () => {
      memory.set(name, { ...place, page });
      A.draw();
      A.byId("view").focus();
    };
    const end = Math.min(total, (place.page + 1) * PAGE);
    return A.el("nav", { class: "pager", "aria-label": "Pages of the table" },
      A.el("button", { type: "button", disabled: place.page === 0, click: go(place.page - 1) }, "Previous"),
      A.el("span", {}, `${place.page * PAGE + 1}–${end} of ${total.toLocaleString("en")}`),
      A.el("button", { type: "button", disabled: place.page >= pages - 1, click: go(place.page + 1) }, "Next"));
  };

  /** Columns: name, label, value(row) to sort by, cell(row) to show, number, down (first order). */
  A.table = (name, caption, columns, rows) => {
    const first = columns.find((column) => column.first) || columns[0];
    const start = { sort: first.name, down: Boolean(first.down), page: 0 };
    const place = { ...(memory.get(name) || start) };
    place.page = Math.max(0, Math.min(place.page, Math.ceil(rows.length / PAGE) - 1));
    const column = columns.find((one) => one.name === place.sort) || first;
    const part = sorted(rows, column, place.down).slice(place.page * PAGE, (place.page + 1) * PAGE);
    const body = part.map((row) =>
      A.el("tr", {}, columns.map((one) => A.el("td", { class: one.number ? "number" : one.style || null }, one.cell(row)))));
    return A.el("div", {},
      A.scroller(caption,
        A.el("table", { class: "list", id: `table-${name}` },
          A.el("caption", {}, caption),
          A.el("thead", {}, A.el("tr", {}, columns.map((one) => headCell(name, one, place)))),
          A.el("tbody", {}, body))),
      pager(name, place, rows.length));
  };
})();
