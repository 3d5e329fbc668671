import { hand } from "./hand.js";
import { bearing, svg, html, ways, write } from "./nodes.js";

// Half of the height of the target in one dimension.
const bandHeight = 215;

// Cursor and target. One arena width is 1000 units; y points down on the screen.
export class Arena {
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
