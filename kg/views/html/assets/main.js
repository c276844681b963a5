/* Put the page together. */
"use strict";
(() => {
  document.title = A.atlas.title;
  A.byId("title").textContent = A.atlas.title;
  if (A.atlas.subtitle) {
    A.byId("subtitle").textContent = A.atlas.subtitle;
    A.byId("subtitle").hidden = false;
  }

  const footer = () => {
    const facts = A.atlas.summary.map(([name, value]) => A.el("span", {}, A.said(name), " ", A.el("b", {}, A.said(value))));
    A.append(A.byId("footer"), [
      facts.length ? A.el("p", {}, facts) : null,
      A.el("p", {}, "Every figure is a count of dated events read from the documents; what the documents do not say is not here. Made with transatlantic-kg. This file is complete: it loads nothing and sends nothing."),
    ]);
  };

  /** Draw the present view anew. */
  A.draw = () => {
    if (A.state.view !== "network" && A.state.view !== "ego") A.leave();
    const box = A.clear(A.byId("view"));
    box.className = `view-${A.state.view}`;
    A.views[A.state.view](box);
  };

  /** Show which pair is chosen without drawing anew, so that the keyboard stays where it is. */
  A.mark = () => {
    for (const cell of document.querySelectorAll(".cell")) {
      cell.classList.toggle("chosen", cell.dataset.pair === A.state.pair);
    }
    for (const one of document.querySelectorAll(".mark-event")) {
      one.classList.toggle("chosen", one.dataset.event === A.state.event);
    }
    A.markNetwork();
  };

  const refresh = ({ changed, filter }) => {
    if (filter) {
      A.recompute();
      A.histogram(A.byId("histogram"));
      A.showCounts();
    }
    A.showControls();
    const other = { ego: "actor", timeline: "pair" }[A.state.view];
    if (filter || changed.includes(other) || changed.includes("view")) A.draw();
    else A.mark();
    A.drawPanel();
  };

  A.buildControls();
  A.onChange(refresh);
  refresh({ changed: ["view"], filter: true });
  footer();

  let width = innerWidth;
  addEventListener("resize", () => {
    if (Math.abs(width - innerWidth) < 24) return;
    width = innerWidth;
    A.histogram(A.byId("histogram"));
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && (A.state.pair || A.state.actor || A.state.event)) A.close();
  });
  document.documentElement.dataset.ready = "1";
})();
