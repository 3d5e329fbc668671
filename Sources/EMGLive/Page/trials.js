// What the targets of a task came to: figures with intervals, and a table.

import { bearing, html, number, svg, write } from "./nodes.js";

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
export class Summary {
  #shown = "";

  constructor() {
    this.tiles = measures.map(([key, label, unit, digits, meaning]) => {
      const value = html("span", { class: "measure-value" }, "–");
      const interval = html("span", { class: "measure-interval" });
      const node = html("div", { class: "measure", title: meaning },
        html("dt", {}, label), html("dd", {}, value, html("span", { class: "measure-unit" }, ` ${unit}`), interval));
      return { key, value, interval, digits, factor: unit === "%" ? 100 : 1, node };
    });
    this.node = html("section", { class: "control-summary", "aria-label": "Summary" },
      html("h2", {}, "Summary"), html("dl", { class: "measures" }, ...this.tiles.map((tile) => tile.node)));
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
export class TrialTable {
  #shown = "";

  constructor() {
    this.rows = html("tbody");
    this.node = html("section", { class: "control-trials", "aria-label": "Targets" },
      html("h2", {}, "Targets"),
      html("div", { class: "trials-scroll", tabindex: 0, role: "region", "aria-label": "Table of targets" },
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
    const node = svg("svg", { class: "trial-way", viewBox: "-8 -8 16 16", role: "img", "aria-label": bearing(degrees) },
      svg("path", { d: "M-6 0H6M1.5-4.5 6 0 1.5 4.5", transform: `rotate(${-degrees})` }));
    return html("span", { class: "trial-where" }, node, `${number(distance)} / ${number(width)}`);
  }
}
