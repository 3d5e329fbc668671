// The recordings of the archive: patients, sessions, conditions.

import { classColor } from "./theme.js";

const states = ["unseen", "approved", "rejected", "flagged"];
export const glyphs = { unseen: "○", approved: "✓", rejected: "✕", flagged: "⚑" };

const element = (name, properties = {}, ...children) => {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
};

export function duration(seconds) {
  if (seconds === undefined) return "";
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  const whole = Math.round(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const text = parts.map((part, index) => (index ? String(part).padStart(2, "0") : part));
  return parts[0] ? `${text[0]}:${text[1]}:${text[2]} h` : `${parts[1]}:${text[2]} min`;
}

export class RecordingList {
  rows = [];
  current = null;
  #filter = "all";

  constructor(edits, choose) {
    this.edits = edits;
    this.choose = choose;
    this.host = document.getElementById("list");
    this.search = document.getElementById("search");
    this.quality = document.getElementById("filter-quality");
    this.edited = document.getElementById("filter-edited");
    this.search.addEventListener("input", () => this.render());
    this.quality.addEventListener("change", () => this.render());
    this.edited.addEventListener("change", () => this.render());
    this.#makeFilters();
    edits.addEventListener("change", () => this.render());
  }

  setRows(rows) {
    this.rows = rows;
    const kinds = [...new Set(rows.flatMap((row) => (row.quality ?? []).map((q) => q.kind)))];
    const chosen = this.quality.value;
    this.quality.replaceChildren(
      new Option("Any quality", ""), new Option("Without findings", "clean"),
      ...kinds.map((kind) => new Option(`With ${kind}`, kind)));
    this.quality.value = chosen;
    this.render();
  }

  row(id) { return this.rows.find((row) => row.id === id); }

  get visible() {
    const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    return this.rows.filter((row) => {
      if (this.#filter !== "all" && this.edits.state(row.id) !== this.#filter) return false;
      const kinds = (row.quality ?? []).map((q) => q.kind);
      if (this.quality.value === "clean" ? kinds.length : this.quality.value && !kinds.includes(this.quality.value)) return false;
      const edits = this.edits.recordings[row.id];
      if (this.edited.value === "edited" && !(edits?.relabeled || edits?.excluded || edits?.excluded_channels)) return false;
      if (this.edited.value === "note" && !edits?.note) return false;
      const text = [row.id, row.name, ...(row.classes ?? []).map((c) => c.name), edits?.note ?? ""].join(" ").toLowerCase();
      return words.every((word) => text.includes(word));
    });
  }

  // The recording that many places further, of those shown; the same one at an end.
  neighbor(id, step) {
    const shown = this.visible;
    const index = shown.findIndex((row) => row.id === id);
    if (index >= 0) return shown[index + step]?.id ?? null;
    // The current one is filtered out: go on from its place in the archive.
    const place = this.rows.findIndex((row) => row.id === id);
    const side = shown.filter((row) => Math.sign(this.rows.indexOf(row) - place) === Math.sign(step));
    return (step > 0 ? side[0] : side.at(-1))?.id ?? null;
  }

  select(id) {
    this.current = id;
    this.render();
    this.host.querySelector('[aria-current="true"]')?.scrollIntoView({ block: "nearest" });
  }

  #makeFilters() {
    const host = document.getElementById("filters");
    this.chips = ["all", ...states].map((name) => {
      const chip = element("button", { type: "button" });
      chip.dataset.state = name;
      chip.addEventListener("click", () => { this.#filter = name; this.render(); });
      return chip;
    });
    host.replaceChildren(...this.chips);
  }

  #renderProgress() {
    const counts = Object.fromEntries(states.map((state) => [state, 0]));
    this.rows.forEach((row) => { counts[this.edits.state(row.id)] += 1; });
    const total = this.rows.length;
    document.getElementById("progress-text").textContent = `${total - counts.unseen} of ${total} reviewed`;
    for (const state of ["approved", "rejected", "flagged"]) {
      document.querySelector(`.meter .${state}`).style.width = `${100 * counts[state] / Math.max(1, total)}%`;
    }
    for (const chip of this.chips) {
      const name = chip.dataset.state;
      chip.textContent = name === "all" ? `All ${total}` : `${glyphs[name]} ${name[0].toUpperCase()}${name.slice(1)} ${counts[name]}`;
      chip.setAttribute("aria-pressed", name === this.#filter);
    }
  }

  render() {
    this.#renderProgress();
    const hadFocus = this.host.contains(document.activeElement) ? document.activeElement.dataset.id : null;
    const groups = new Map();
    for (const row of this.visible) {
      if (!groups.has(row.patient)) groups.set(row.patient, new Map());
      const sessions = groups.get(row.patient);
      if (!sessions.has(row.session)) sessions.set(row.session, []);
      sessions.get(row.session).push(row);
    }
    const nodes = [];
    for (const [patient, sessions] of groups) {
      const all = this.rows.filter((row) => row.patient === patient);
      const done = all.filter((row) => this.edits.state(row.id) !== "unseen").length;
      nodes.push(element("h3", {}, patient, element("span", { textContent: `${done} of ${all.length}` })));
      for (const [session, rows] of sessions) {
        const title = element("h4", { textContent: session });
        const list = element("ul", {}, ...rows.map((row) => element("li", {}, this.#button(row))));
        list.setAttribute("aria-label", `${patient}, ${session}`);
        nodes.push(title, list);
      }
    }
    if (!nodes.length) nodes.push(element("p", { className: "empty", textContent: "No recording fits." }));
    const scroll = this.host.scrollTop;
    this.host.replaceChildren(...nodes);
    this.host.scrollTop = scroll;
    if (hadFocus) this.host.querySelector(`[data-id="${CSS.escape(hadFocus)}"]`)?.focus();
  }

  #button(row) {
    const state = this.edits.state(row.id);
    const edits = this.edits.recordings[row.id];
    const total = (row.classes ?? []).reduce((sum, c) => sum + c.samples, 0);
    const balance = element("span", { className: "balance" }, ...(row.classes ?? []).map((c, index) => {
      const part = element("span");
      part.style.width = `${100 * c.samples / Math.max(1, total)}%`;
      part.style.background = classColor(index);
      return part;
    }));
    const badges = [];
    if (row.fault) badges.push(element("span", { className: "badge warn", textContent: "unreadable" }));
    const findings = (row.quality ?? []);
    if (findings.length === 1) badges.push(element("span", { className: "badge", textContent: findings[0].kind }));
    if (findings.length > 1) badges.push(element("span", { className: "badge", textContent: `${findings.length} findings`, title: findings.map((q) => q.kind).join(", ") }));
    const changes = (edits?.relabeled ?? 0) + (edits?.excluded ?? 0) + (edits?.excluded_channels ?? 0);
    if (changes) badges.push(element("span", { className: "badge edit", textContent: `${changes} edit${changes > 1 ? "s" : ""}` }));
    if (row.name !== row.id) badges.push(element("span", { className: "badge edit", textContent: "renamed", title: `In the archive: ${row.id}` }));
    if (edits?.note) badges.push(element("span", { className: "badge edit", textContent: "note" }));
    const button = element("button", { type: "button" },
      element("span", { className: `state ${state}`, textContent: glyphs[state], ariaHidden: "true" }),
      element("span", { className: "name", textContent: row.condition }),
      element("span", { className: "time", textContent: duration(row.seconds) }),
      element("span", { className: "below" }, ...(total ? [balance] : []), ...badges));
    button.dataset.id = row.id;
    const shares = (row.classes ?? []).map((c) => `${c.name} ${Math.round(100 * c.samples / Math.max(1, total))} percent`);
    button.setAttribute("aria-label", [
      `${row.patient} ${row.session} ${row.condition}`, state, duration(row.seconds), ...shares,
      ...findings.map((q) => q.kind), row.fault ? "unreadable" : "", edits?.note ? "with a note" : "",
      changes ? `${changes} edits` : "",
    ].filter(Boolean).join(", "));
    if (row.id === this.current) button.setAttribute("aria-current", "true");
    button.addEventListener("click", () => this.choose(row.id));
    return button;
  }
}
