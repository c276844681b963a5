/* The filters, the tabs, light and dark. */
"use strict";
(() => {
  /** A row of choices of which one holds; radio buttons underneath. */
  A.segments = (name, options, value, choose) => {
    const box = A.el("div", { class: "segments" });
    fill(box, name, options, value, choose);
    return box;
  };

  const fill = (box, name, options, value, choose) => {
    for (const [option, label] of options) {
      const input = A.el("input", { type: "radio", name: `choose-${name}`, value: option, checked: option === value, change: () => choose(option) });
      box.append(A.el("label", {}, input, A.el("span", {}, label)));
    }
  };

  const select = (id, options) => {
    const box = A.byId(id);
    for (const [value, label] of options) box.append(A.el("option", { value }, label));
    box.addEventListener("change", () => A.set({ [id]: box.value }));
  };

  const build = () => {
    const levels = A.LEVELS.filter((level) => A.present.has(level)).map((level) => [level, A.LEVEL_NAMES[level]]);
    fill(A.byId("level"), "level", levels, A.state.level, (value) => A.set({ level: value }));
    const signs = [["", "Both"], ["minus", "− Conflict"], ["plus", "+ Cooperation"]];
    fill(A.byId("sign"), "sign", signs, A.state.sign, (value) => A.set({ sign: value }));
    const byLabel = (x, y) => x[1].localeCompare(y[1], "en") || (x[0] < y[0] ? -1 : 1);
    const below = (top) => A.atlas.issues.filter((issue) => issue[2] === top).sort(byLabel);
    select("issue", [["", "All issues"], ...below("").flatMap(([code, label]) =>
      [[code, label], ...below(code).map(([fine, name]) => [fine, `– ${name}`])])]);
    buildTypes();
    select("modality", [["", "Any"], ...A.modalities.map((one) => [one, one])]);
    select("sources", [["", "Any"], ...["2", "3", "5"].map((value) => [value, `${value} or more`])]);
    select("status", Object.entries(A.STATUSES));
    select("confidence", [["", "Any"], ...["0.5", "0.7", "0.9"].map((value) => [value, `${value} or more`])]);
    for (const id of ["since", "until"]) {
      A.byId(id).addEventListener("change", (event) => A.set({ [id]: event.target.value }));
    }
    A.byId("undated").addEventListener("change", (event) => A.set({ undated: event.target.checked ? "1" : "0" }));
    A.byId("reset").addEventListener("click", A.reset);
    buildTabs();
  };

  /** Classes of acts with their fine types below them. */
  const buildTypes = () => {
    const box = A.byId("type");
    box.append(A.el("option", { value: "" }, "All acts"));
    for (const group of [...A.types.keys()].sort((x, y) => x.localeCompare(y, "en"))) {
      const fine = [...A.types.get(group)].filter((type) => type !== group).sort((x, y) => x.localeCompare(y, "en"));
      box.append(A.el("optgroup", { label: group },
        A.el("option", { value: group }, fine.length ? `${group}: all` : group),
        fine.map((type) => A.el("option", { value: type }, type))));
    }
    box.addEventListener("change", () => A.set({ type: box.value }));
  };

  A.reset = () => {
    const { view, level } = A.state;
    A.set({ ...A.DEFAULTS, view, level });
  };

  const buildTabs = () => {
    const names = Object.keys(A.VIEWS);
    const box = A.byId("tabs");
    names.forEach((name, index) => {
      const keydown = (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        const next = names[(index + step + names.length) % names.length];
        A.set({ view: next });
        A.byId(`tab-${next}`).focus();
      };
      box.append(A.el("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": "view", click: () => A.set({ view: name }), keydown }, A.VIEWS[name]));
    });
  };

  const full = (date, end) => {
    if (!date || date.length === 10) return date;
    const [year, month] = date.split("-");
    return end ? A.lastDay(year, month) : `${year}-${month || "01"}-01`;
  };

  /** Bring every control in line with the state. */
  A.showControls = () => {
    const { state } = A;
    for (const id of ["issue", "type", "status", "modality", "confidence", "sources"]) A.byId(id).value = state[id];
    for (const id of ["level", "sign"]) {
      for (const input of A.byId(id).querySelectorAll("input")) input.checked = input.value === state[id];
    }
    A.byId("since").value = full(state.since, false);
    A.byId("until").value = full(state.until, true);
    A.byId("undated").checked = state.undated === "1";
    A.byId("undated").disabled = !state.since && !state.until;
    const undated = A.outside.filter((event) => !event.date).length;
    A.byId("undated-label").textContent = `include undated (${undated})`;
    A.byId("reset").hidden = Object.keys(A.DEFAULTS).every(
      (name) => ["view", "level", "nodes", "direction", "pair", "actor", "event"].includes(name) || state[name] === A.DEFAULTS[name],
    );
    for (const name of Object.keys(A.VIEWS)) {
      const on = name === state.view;
      A.props(A.byId(`tab-${name}`), { "aria-selected": String(on), tabindex: on ? "0" : "-1" });
    }
    A.byId("view").setAttribute("aria-labelledby", `tab-${state.view}`);
  };

  A.showCounts = () => {
    const undated = A.outside.filter((event) => !event.date).length;
    const rough = A.outside.filter((event) => event.date && A.vague(event)).length;
    const left = (A.state.since || A.state.until) && A.state.undated !== "1" ? "not shown" : "shown";
    const unreal = A.events.filter((event) => event.status !== "realised").length;
    const item = A.summarise(A.shown);
    const parts = [
      `${A.shown.length.toLocaleString("en")} of ${A.plural(A.events.length, "event", "events")}: ${A.tallyText(item)}`,
      undated ? `undated: ${undated}, ${left}` : "undated: 0",
      rough ? `not surely within the period: ${rough}, ${left}` : "",
      A.state.status === "realised" && unreal ? `${unreal} hypothetical or negated not counted` : "",
    ];
    A.byId("counts").textContent = parts.filter(Boolean).join(" · ");
  };

  const dark = () => {
    const set = document.documentElement.dataset.theme;
    return set ? set === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  };
  const nameTheme = () => { A.byId("theme").textContent = dark() ? "Light" : "Dark"; };
  A.byId("theme").addEventListener("click", () => {
    document.documentElement.dataset.theme = dark() ? "light" : "dark";
    nameTheme();
    A.draw();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { nameTheme(); A.draw(); });
  nameTheme();
  A.buildControls = build;
})();
