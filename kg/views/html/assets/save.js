/* Save what is shown: events as CSV, the view as PNG or SVG. Nothing leaves the machine. */
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
    const head = ["date", "actors", "recipients", "type", "class", "sign", "intensity", "status", "issues", "place", "venue", "confidence", "quote", "document", "outlet", "published", "source", "start", "end", "modality", "speaker", "sources"];
    const rows = [head];
    for (const event of A.shown) {
      const base = [event.date, A.names(event.sides.person[0]), A.names(event.sides.person[1]), event.type, event.class, event.sign, event.intensity, event.status, event.issues.join(" "), event.place, event.venue, event.confidence];
      for (const mention of event.mentions.length ? event.mentions : [null]) {
        const [title, outlet, published, source] = mention ? A.atlas.documents[mention.document] : ["", "", "", ""];
        rows.push([...base, ...(mention ? [mention.quote, mention.row || title, outlet, published, source, mention.start, mention.end, mention.modality, mention.speaker] : Array(9).fill("")), event.sources]);
      }
    }
    return rows.map((row) => row.map(A.csvCell).join(",")).join("\r\n") + "\r\n";
  };

  const DRAWN = new Set(["matrix", "timeline", "ego", "network"]);

  /** Pictures are of the view that is open; the tables have none, so the matrix stands for them. */
  const picture = (action) => () => {
    if (!DRAWN.has(A.state.view)) A.set({ view: "matrix" });
    requestAnimationFrame(() => requestAnimationFrame(() => action(A.state.view)));
  };

  const items = [
    ["Events shown, as CSV", () => hand("events.csv", "text/csv;charset=utf-8", `\ufeff${A.csv()}`)],
    ["This view as PNG", picture(async (view) => hand(`${view}.png`, "image/png", await A.png()))],
    ["This view as SVG", picture((view) => hand(`${view}.svg`, "image/svg+xml", A.picture()))],
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
