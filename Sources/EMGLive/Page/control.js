// The control page: what the decoder decides as a hand, and a target task that is done with it.

import { Arena } from "./arena.js";
import { hand } from "./hand.js";
import { bearing, html, number, ways, write } from "./nodes.js";
import { Summary, TrialTable } from "./trials.js";

const stateWords = {
  decided: "", held: "held: the new class is not sure enough yet",
  rejected: "rejected: no class is likely enough", fault: "no good samples",
};

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
      html("span", { class: "control-unit" }, html("input", { type: "number", name: id, required: true, ...attributes }), unit));
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
        html("div", { class: "control-segmented", role: "group", "aria-label": "Dimensions" }, ...this.modes),
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
      this.#choose(Math.min(state.task?.dimensions ?? this.#dimensions, state.proposals.length));
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

// What is decided now: a hand, its name and how fast.
class DecisionCard {
  #name = null;

  constructor() {
    this.picture = html("div", { class: "decision-hand" });
    this.name = html("strong", { class: "decision-name" }, "–");
    this.bar = html("span");
    this.velocity = html("div", { class: "decision-velocity", role: "img" }, this.bar);
    this.state = html("p", { class: "decision-state" });
    this.node = html("section", { class: "control-panel decision-card", "aria-label": "Decision" },
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
    this.meter = html("div", { class: "task-meter", "aria-hidden": "true" }, html("span"));
    this.node = html("section", { class: "control-panel task-progress", "aria-label": "Progress" }, this.meter,
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
