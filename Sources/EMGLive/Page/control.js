// The control page: what the decoder decides as a hand, and a target task that is done with it.

import { hand } from "./hand.js";

const ways = {
  left: { name: "Left", x: -1, y: 0 }, right: { name: "Right", x: 1, y: 0 },
  up: { name: "Up", x: 0, y: 1 }, down: { name: "Down", x: 0, y: -1 },
};
const stateWords = {
  decided: "", held: "held: the new class is not sure enough yet",
  rejected: "rejected: no class is likely enough", fault: "no good samples",
};

const html = (name, attributes = {}, ...children) => fill(document.createElement(name), attributes, children);
const svg = (name, attributes = {}, ...children) =>
  fill(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);

function fill(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== false) node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function number(value, digits = 2) {
  return value === null || value === undefined ? "–" : value.toFixed(digits).replace("-", "−");
}

const views = new WeakMap();

/**
 * Shows the state of control.
 *
 * @param {HTMLElement} root An element of its own, filled at the first call.
 * @param {object|null} state The member `control` of the page's state; null without a decoder.
 * @param {(name: string, body: object) => Promise} act Posts an action: `control-start` with the
 *   settings of a task, `control-stop`.
 */
export function render(root, state, act) {
  let view = views.get(root);
  if (!view) {
    view = new ControlView(root);
    views.set(root, view);
  }
  view.act = act;
  view.show(state);
}

class ControlView {
  act = null;
  #state = null;

  constructor(root) {
    root.classList.add("control");
    this.arena = new Arena();
    this.form = new StartForm((name, body) => this.#post(name, body), () => this.show(this.#state));
    this.decision = new DecisionCard();
    this.progress = new Progress();
    this.summary = new Summary();
    this.trials = new TrialTable();
    this.fault = html("p", { class: "control-fault", role: "alert", hidden: true });
    this.said = html("p", { class: "control-said", role: "status", "aria-live": "polite" });
    this.empty = html("p", { class: "control-empty" }, "There is no decoder yet: calibrate one first.");
    this.body = html("div", { class: "control-body", hidden: true },
      this.form.node, this.fault,
      html("div", { class: "control-stage" }, this.arena.node,
        html("div", { class: "control-side" }, this.decision.node, this.progress.node)),
      this.summary.node, this.trials.node);
    root.append(this.empty, this.body, this.said);
  }

  show(state) {
    this.#state = state;
    this.empty.hidden = Boolean(state);
    this.body.hidden = !state;
    if (!state) return;
    this.form.show(state);
    this.arena.show(state, state.task && state.task.phase !== "finished" ? state.task.classes : this.form.classes);
    for (const part of [this.decision, this.progress, this.summary, this.trials]) {
      part.show(state);
    }
    write(this.said, this.#sentence(state));
  }

  #sentence({ task }) {
    if (!task) return "";
    const last = task.results.at(-1);
    const before = last && task.phase !== "target" ? `Trial ${last.trial}: ${result(last)}. ` : "";
    switch (task.phase) {
      case "rest": return `${before}Rest.`;
      case "target": return `Trial ${task.trial} of ${task.trials}: target ${bearing(task.target.degrees)}.`;
      default: return `${before}Finished.`;
    }
  }

  async #post(name, body) {
    this.fault.hidden = true;
    try {
      await this.act(name, body);
    } catch (error) {
      this.fault.textContent = error.message;
      this.fault.hidden = false;
    }
  }
}

const result = (trial) =>
  trial.completed ? `reached in ${number(trial.movement_seconds)} s` : "not reached in time";

function bearing(degrees) {
  const names = ["right", "upper right", "above", "upper left", "left", "lower left", "below", "lower right"];
  return names[Math.round(degrees / 45) % 8];
}

// Which task, and which class moves the cursor where.
class StartForm {
  #proposals = "";
  #dimensions = 1;

  constructor(post, changed) {
    this.post = post;
    this.modes = [1, 2].map((count) => html("button", {
      type: "button", "aria-pressed": "false", onclick: () => { this.#choose(count); changed(); },
    }, `${count}-D`));
    this.selects = Object.fromEntries(Object.keys(ways).map((way) => [way, html("select", { onchange: changed })]));
    this.fields = Object.fromEntries(Object.entries(ways).map(([way, { name }]) =>
      [way, html("label", {}, name, this.selects[way])]));
    const input = (id, label, unit, attributes) => html("label", {}, label,
      html("span", { class: "unit" }, html("input", { type: "number", name: id, required: true, ...attributes }), unit));
    this.numbers = [
      input("trials", "Targets", "", { min: 1, max: 1000, step: 1 }),
      input("speed", "Speed", "widths/s", { min: 0.01, max: 10, step: 0.01 }),
      input("dwell_seconds", "Stay", "s", { min: 0.05, max: 10, step: 0.05 }),
      input("time_limit_seconds", "At most", "s", { min: 1, max: 300, step: 1 }),
    ];
    this.start = html("button", { type: "submit", class: "primary" }, "Start");
    this.stop = html("button", { type: "button", onclick: () => post("control-stop", {}) }, "Stop");
    this.hint = html("p", { class: "control-hint" });
    this.node = html("form", { class: "control-form", "aria-label": "Target task", onsubmit: (event) => this.#submit(event) },
      this.hint,
      html("div", { class: "control-settings" },
        html("div", { class: "segmented", role: "group", "aria-label": "Dimensions" }, ...this.modes),
        ...Object.values(this.fields), ...this.numbers),
      html("div", { class: "control-buttons" }, this.start, this.stop));
  }

  show(state) {
    const proposals = JSON.stringify([state.classes, state.proposals]);
    if (proposals !== this.#proposals) {
      this.#proposals = proposals;
      this.state = state;
      for (const select of Object.values(this.selects)) {
        select.replaceChildren(...state.classes.filter((name) => name !== state.neutral)
          .map((name) => html("option", { value: name }, name)));
      }
      this.modes[1].disabled = state.proposals.length < 2;
      this.#choose(Math.min(this.#dimensions, state.proposals.length));
    }
    const runs = Boolean(state.task) && state.task.phase !== "finished";
    this.stop.hidden = !runs;
    this.start.hidden = runs;
    write(this.start, state.task ? "Start again" : "Start");
    this.node.classList.toggle("control-runs", runs);
    this.hint.hidden = !runs && state.proposals.length > 0;
    write(this.hint, runs ? `Move the dot into each target and keep it there for ${state.task.dwell_seconds} s.`
      : "A target task needs two classes that move, beside the neutral one.");
    this.start.disabled = state.proposals.length === 0;
  }

  /** The class of each direction as it is chosen. */
  get classes() {
    const proposal = this.state.proposals[this.#dimensions - 1] ?? {};
    return Object.fromEntries(Object.keys(ways).filter((way) => proposal[way]).map((way) => [way, this.selects[way].value]));
  }

  #choose(count) {
    const proposal = this.state.proposals[count - 1];
    if (!proposal) return;
    this.#dimensions = count;
    this.modes.forEach((mode, place) => mode.setAttribute("aria-pressed", String(place + 1 === count)));
    for (const way of Object.keys(ways)) {
      this.fields[way].hidden = !proposal[way];
      if (proposal[way]) this.selects[way].value = proposal[way];
    }
    for (const label of this.numbers) {
      const input = label.querySelector("input");
      input.value = proposal[input.name];
    }
  }

  #submit(event) {
    event.preventDefault();
    const settings = { ...this.state.proposals[this.#dimensions - 1], ...this.classes };
    for (const label of this.numbers) {
      const input = label.querySelector("input");
      settings[input.name] = input.valueAsNumber;
    }
    this.post("control-start", settings);
  }
}

// Half of the height of the target in one dimension.
const bandHeight = 215;

// Cursor and target. One arena width is 1000 units; y points down on the screen.
class Arena {
  #trial = -1;
  #trail = [];
  #target = "";
  #dimensions = 0;
  #labels = "";

  constructor() {
    this.floor = svg("rect", { class: "arena-floor", x: -500, width: 1000, rx: 24 });
    this.axes = svg("path", { class: "arena-axes" });
    this.band = svg("rect", { class: "arena-target", y: -bandHeight, height: 2 * bandHeight, rx: 18 });
    this.disk = svg("circle", { class: "arena-target" });
    this.dwell = svg("path", { class: "arena-dwell", pathLength: 1 });
    this.trail = svg("polyline", { class: "arena-trail" });
    this.cursor = svg("g", { class: "arena-cursor" },
      svg("circle", { r: 21, class: "arena-halo" }), svg("circle", { r: 15 }));
    this.edges = svg("g", { class: "arena-edges" });
    this.word = svg("text", { class: "arena-word", y: -70, "text-anchor": "middle" });
    this.svg = svg("svg", { class: "arena", role: "img" },
      this.floor, this.axes, this.edges, this.band, this.disk, this.trail, this.dwell, this.cursor, this.word);
    this.node = html("div", { class: "arena-frame" }, this.svg);
  }

  // The classes are those of the task, or of the one that would be started.
  show(state, classes) {
    const task = state.task;
    const dimensions = classes.up ? 2 : 1;
    if (dimensions !== this.#dimensions) {
      this.#dimensions = dimensions;
      const half = dimensions === 1 ? 250 : 500;
      const margin = dimensions === 1 ? 12 : 130;
      this.svg.setAttribute("viewBox", `-640 ${-half - margin} 1280 ${2 * (half + margin)}`);
      this.floor.setAttribute("y", -half);
      this.floor.setAttribute("height", 2 * half);
      this.axes.setAttribute("d", `M-500 0H500M0 ${-half}V${half}`);
      this.svg.classList.toggle("arena-one", dimensions === 1);
    }
    this.#showEdges(classes, state.decision?.direction);
    this.#showTarget(task?.target ?? null, dimensions);
    const [x, y] = task ? task.cursor : [0, 0];
    this.cursor.style.transform = `translate(${x * 1000}px, ${-y * 1000}px)`;
    this.cursor.classList.toggle("arena-jump", !task || task.phase !== "target");
    this.#showTrail(task, x, y);
    const inside = Boolean(task?.inside);
    for (const shape of [this.band, this.disk]) shape.classList.toggle("arena-inside", inside);
    this.dwell.style.strokeDashoffset = String(1 - (task?.dwell ?? 0));
    this.dwell.classList.toggle("arena-none", !inside);
    write(this.word, this.#words(task));
    this.svg.setAttribute("aria-label", task?.target
      ? `Target ${bearing(task.target.degrees)}` : "Arena without a target");
  }

  #words(task) {
    if (!task) return "";
    if (task.phase === "finished") return "Finished";
    if (task.phase !== "rest") return "";
    return `Rest  ${Math.max(0, Math.ceil(task.phase_seconds - task.elapsed_seconds))}`;
  }

  #showTarget(target, dimensions) {
    const key = JSON.stringify([target, dimensions]);
    if (key === this.#target) return;
    this.#target = key;
    for (const shape of [this.band, this.disk]) shape.classList.toggle("arena-none", !target);
    this.band.classList.toggle("arena-none", !target || dimensions !== 1);
    this.disk.classList.toggle("arena-none", !target || dimensions === 1);
    if (!target) return;
    const [x, y] = [target.center[0] * 1000, -target.center[1] * 1000];
    const half = target.width * 500;
    for (const [name, value] of Object.entries({ x: x - half, width: 2 * half })) this.band.setAttribute(name, value);
    for (const [name, value] of Object.entries({ cx: x, cy: y, r: half })) this.disk.setAttribute(name, value);
    this.dwell.setAttribute("d", dimensions === 1
      ? `M${x} ${bandHeight}H${x + half - 18}q18 0 18-18V${18 - bandHeight}q0-18-18-18H${x - half + 18}q-18 0-18 18V${bandHeight - 18}q0 18 18 18Z`
      : `M${x} ${y - half}a${half} ${half} 0 1 1 0 ${2 * half}a${half} ${half} 0 1 1 0 ${-2 * half}`);
  }

  #showTrail(task, x, y) {
    if (!task || task.phase === "rest" || task.trial !== this.#trial) this.#trail = ["0,0"];
    this.#trial = task?.trial ?? -1;
    const point = `${Math.round(x * 1000)},${Math.round(-y * 1000)}`;
    if (task && this.#trail.at(-1) !== point) this.#trail.push(point);
    this.trail.setAttribute("points", this.#trail.join(" "));
  }

  // Which movement moves where, as hands at the arena's edges.
  #showEdges(classes, active) {
    const key = JSON.stringify(classes);
    if (key !== this.#labels) {
      this.#labels = key;
      this.edges.replaceChildren(...Object.entries(classes).map(([way, name]) => {
        const { x, y } = ways[way];
        const picture = hand(name);
        for (const [name, value] of Object.entries({ x: -58, y: -62, width: 116, height: 116 })) picture.setAttribute(name, value);
        const short = x && name.length > 9 ? `${name.slice(0, 8)}…` : name;
        // Beside the arena the name stands below the hand, above and below it on its right.
        const label = x ? svg("text", { "text-anchor": "middle", y: 78 }, short) : svg("text", { x: 60, y: 10 }, short);
        return svg("g", { "data-way": way, transform: `translate(${x * 572} ${-y * 566})` }, picture, label);
      }));
    }
    for (const group of this.edges.children) group.classList.toggle("arena-active", group.dataset.way === active);
  }
}

// What is decided now: a hand, its name and how fast.
class DecisionCard {
  #name = null;

  constructor() {
    this.picture = html("div", { class: "decision-hand" });
    this.name = html("strong", { class: "decision-name" }, "–");
    this.bar = html("span");
    this.velocity = html("div", { class: "decision-velocity", role: "img" }, this.bar);
    this.state = html("p", { class: "decision-state" });
    this.node = html("section", { class: "panel decision", "aria-label": "Decision" },
      this.picture, this.name, this.velocity, this.state);
  }

  show({ decision, neutral }) {
    const name = decision?.class ?? neutral;
    if (name !== this.#name) {
      this.#name = name;
      this.picture.replaceChildren(hand(name));
      write(this.name, name);
    }
    const velocity = decision?.velocity ?? 0;
    this.bar.style.width = `${100 * velocity}%`;
    this.velocity.setAttribute("aria-label", `Velocity ${Math.round(100 * velocity)} %`);
    this.node.classList.toggle("decision-fault", decision?.state === "fault");
    write(this.state, stateWords[decision?.state] ?? "");
  }
}

// Where the task is.
class Progress {
  constructor() {
    this.values = ["Target", "Time", "In the target", "Last"].map((label) => {
      const value = html("dd", {}, "–");
      return [label, value];
    });
    this.meter = html("div", { class: "progress-meter", "aria-hidden": "true" }, html("span"));
    this.node = html("section", { class: "panel progress", "aria-label": "Progress" }, this.meter,
      html("dl", {}, ...this.values.map(([label, value]) => html("div", {}, html("dt", {}, label), value))));
  }

  show({ task }) {
    const done = task ? (task.phase === "finished" ? task.results.at(-1)?.trial ?? 0 : task.trial - 1) : 0;
    this.meter.firstChild.style.width = task ? `${(100 * done) / task.trials}%` : "0";
    const last = task?.results.at(-1);
    const texts = [
      task ? `${task.trial} of ${task.trials}` : "–",
      task && task.phase !== "finished" ? `${number(task.elapsed_seconds, 1)} s` : "–",
      task?.inside ? `${Math.round(100 * task.dwell)} %` : "–",
      last ? (last.completed ? `✓ ${number(last.movement_seconds)} s` : "✗ not in time") : "–",
    ];
    this.values.forEach(([, node], place) => write(node, texts[place]));
  }
}

const measures = [
  ["throughput", "Throughput", "bit/s", 2, "ID / MT, mean over targets reached"],
  ["effective_throughput", "Throughput, ISO", "bit/s", 2, "IDe / MT, mean over distances and widths"],
  ["completion_rate", "Reached", "%", 0, "Share of targets"],
  ["path_efficiency", "Path efficiency", "%", 0, "Straight line by path"],
  ["overshoots", "Overshoots", "a target", 2, "Left before the dwell time was over"],
  ["stopping_distance", "Stopping distance", "widths", 3, "Moved in the target until reached"],
  ["movement_seconds", "Movement time", "s", 2, "Until in the target to stay"],
  ["reaction_seconds", "Reaction time", "s", 2, "Until the dot moved"],
  ["rest_share", "Active in rest", "%", 1, "Share of decisions that are not neutral"],
  ["rest_activations_per_minute", "Activations in rest", "a minute", 1, "Movements that began"],
];

// The figures of all trials, each with its interval.
class Summary {
  #shown = "";

  constructor() {
    this.tiles = measures.map(([key, label, unit, digits, meaning]) => {
      const value = html("span", { class: "tile-value" }, "–");
      const interval = html("span", { class: "tile-interval" });
      const node = html("div", { class: "tile", title: meaning },
        html("dt", {}, label), html("dd", {}, value, html("span", { class: "tile-unit" }, ` ${unit}`), interval));
      return { key, value, interval, digits, factor: unit === "%" ? 100 : 1, node };
    });
    this.node = html("section", { class: "control-summary", "aria-label": "Summary" },
      html("h2", {}, "Summary"), html("dl", { class: "tiles" }, ...this.tiles.map((tile) => tile.node)));
  }

  show({ task }) {
    const key = JSON.stringify(task?.summary ?? null);
    if (key === this.#shown) return;
    this.#shown = key;
    this.node.hidden = !task || task.summary.trials === 0;
    for (const { key, value, interval, digits, factor } of this.tiles) {
      const estimate = task?.summary[key];
      write(value, estimate ? number(factor * estimate.mean, digits) : "–");
      write(interval, estimate && estimate.low !== null
        ? `95 %: ${number(factor * estimate.low, digits)} to ${number(factor * estimate.high, digits)}` : "");
    }
  }
}

const columns = ["Target", "Where", "Difficulty", "Result", "Time", "Throughput", "Overshoots", "Efficiency", "Reaction"];

// The trials, the newest first.
class TrialTable {
  #shown = "";

  constructor() {
    this.rows = html("tbody");
    this.node = html("section", { class: "control-trials", "aria-label": "Targets" },
      html("h2", {}, "Targets"),
      html("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Table of targets" },
        html("table", {}, html("thead", {}, html("tr", {}, ...columns.map((name) => html("th", { scope: "col" }, name)))), this.rows)));
  }

  show({ task }) {
    const results = task?.results ?? [];
    const key = `${results.length} ${results.at(-1)?.trial} ${results.at(-1)?.seconds}`;
    if (key === this.#shown) return;
    this.#shown = key;
    this.node.hidden = results.length === 0;
    this.rows.replaceChildren(...results.toReversed().map((trial) => html("tr", { class: trial.completed ? "" : "missed" },
      ...[
        `${trial.trial}`, this.#arrow(trial), `${number(trial.index_of_difficulty)} bit`,
        trial.completed ? "✓ reached" : "✗ not in time", trial.completed ? `${number(trial.movement_seconds)} s` : "–",
        trial.throughput === null ? "–" : `${number(trial.throughput)} bit/s`, `${trial.overshoots}`,
        trial.path_efficiency === null ? "–" : `${number(100 * trial.path_efficiency, 0)} %`,
        trial.reaction_seconds === null ? "–" : `${number(trial.reaction_seconds)} s`,
      ].map((text) => html("td", {}, text)))));
  }

  #arrow({ degrees, distance, width }) {
    const node = svg("svg", { class: "way", viewBox: "-8 -8 16 16", role: "img", "aria-label": bearing(degrees) },
      svg("path", { d: "M-6 0H6M1.5-4.5 6 0 1.5 4.5", transform: `rotate(${-degrees})` }));
    return html("span", { class: "where" }, node, `${number(distance)} / ${number(width)}`);
  }
}
