/* Small helpers. Text enters the page only through text nodes and textContent. */
"use strict";
const A = {};

A.byId = (id) => document.getElementById(id);

A.clear = (node) => {
  while (node.firstChild) node.removeChild(node.firstChild);
  return node;
};

A.append = (node, children) => {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === "") continue;
    node.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
};

/** Set attributes; functions become listeners, so no text can ever become one. */
A.props = (node, props) => {
  for (const [name, value] of Object.entries(props || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(name, value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  return node;
};

A.el = (tag, props, ...children) => A.append(A.props(document.createElement(tag), props), children);

/** A box that scrolls sideways; it can be reached and scrolled by keyboard. */
A.scroller = (label, ...content) =>
  A.el("div", { class: "scroller", role: "region", tabindex: "0", "aria-label": label }, content);

A.svg = (tag, props, ...children) =>
  A.append(A.props(document.createElementNS("http://www.w3.org/2000/svg", tag), props), children);

/** Text that came from a document: its direction must not spill over. */
A.said = (text, props) => A.el("bdi", { class: "said", ...props }, text);

/** A link for http and https only; anything else is printed, not linked. */
A.link = (text) => {
  let url = null;
  try {
    url = new URL(text);
  } catch {
    return A.said(text);
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") return A.said(text);
  const props = { href: url.href, target: "_blank", rel: "noopener noreferrer" };
  return A.el("a", props, A.said(url.hostname + (url.pathname === "/" ? "" : url.pathname)));
};

A.plural = (count, one, many) => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

/** −0.42, +0.10, 0.00: with a real minus sign. */
A.signed = (value, digits) => {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return (value < 0 ? "−" : "+") + text;
};

A.balance = (item) => A.signed(item.balance, 1);

A.sigil = (sign) => (sign < 0 ? "−" : sign > 0 ? "+" : "·");
A.signName = (sign) => (sign < 0 ? "confrontation" : sign > 0 ? "cooperation" : "consultation");
A.signClass = (sign) => (sign < 0 ? "minus" : sign > 0 ? "plus" : "zero");

A.MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "2026-02-14" → "14 Feb 2026"; "" → "undated". */
A.day = (date) => {
  if (!date) return "undated";
  const [year, month, day] = date.split("-");
  const parts = [day ? String(Number(day)) : "", month ? A.MONTHS[Number(month) - 1] : "", year];
  return parts.filter(Boolean).join(" ");
};

/** The last day a date known to the day, month or year can mean. */
A.lastDay = (year, month, day) => {
  if (day) return `${year}-${month}-${day}`;
  const end = new Date(Date.UTC(Number(year), Number(month || 12), 0)).getUTCDate();
  return `${year}-${month || "12"}-${String(end).padStart(2, "0")}`;
};

A.css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** "−3 +2 ·1" with each count in its colour. */
A.tally = (minus, plus, zero) => {
  const counts = [["minus", `−${minus}`, minus], ["plus", `+${plus}`, plus], ["zero", `·${zero}`, zero]];
  const shown = counts.filter(([, , count]) => count);
  // Spaces between the counts, for those who copy them or have them read aloud.
  const parts = shown.map(([name, text], index) => [index ? " " : "", A.el("span", { class: name }, text)]);
  return A.el("span", { class: "tally" }, parts);
};

A.tallyText = (item) =>
  `${A.plural(item.minus, "confrontation", "confrontations")}, ` +
  `${A.plural(item.plus, "cooperative event", "cooperative events")}, ` +
  `${A.plural(item.zero, "consultation", "consultations")}`;
