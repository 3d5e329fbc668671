// What is recorded, and the adaptation beside the running decoder: history, what is expected, undo.
import { html, write } from "./nodes.js";
import { placement } from "./electrodes.js";

const policies = {
  off: "Never", repetition: "After each repetition, if better", window: "From each window",
  unlabeled: "From each window, without labels",
};
const outcomes = { running: "decides now", refused: "not taken", replaced: "replaced", undone: "taken back" };
const views = new WeakMap();

/** Shows the adaptation; `state` is the whole state of the page. */
export function render(root, state, act) {
  let view = views.get(root);
  if (!view) {
    view = build(root, act);
    views.set(root, view);
  }
  const { adaptation } = state;
  for (const name of ["window", "unlabeled"]) {
    view.policy.querySelector(`[value="${name}"]`).disabled = !state.decoder.learns_from_windows;
  }
  if (document.activeElement !== view.policy) view.policy.value = state.policy;
  view.undo.disabled = !adaptation.can_undo;
  view.now.disabled = !state.session || adaptation.busy;
  const refused = adaptation.steps.at(-1);
  view.force.hidden = refused?.outcome !== "refused" || refused.report.verdict === "too_short";
  view.force.disabled = !state.session || adaptation.busy;
  write(view.busy, adaptation.busy ? "adapting…" : "");
  write(view.fault, adaptation.fault ?? "");
  const last = adaptation.steps.at(-1);
  const expectation = last?.expectation
    ?? (adaptation.expected_at_first ? `before anything is shown: ${percent(adaptation.expected_at_first)} expected` : "");
  write(view.expectation, expectation);
  write(view.awaited, adaptation.awaited.length
    ? `This decoder adapts when each movement was shown; still to come: ${adaptation.awaited.join(", ")}.` : "");
  write(view.placement, placement(state));
  const key = JSON.stringify(adaptation.steps.map((step) => [step.number, step.outcome]));
  if (key === view.key) return;
  view.key = key;
  view.steps.replaceChildren(...adaptation.steps.toReversed().map(item));
}

function item(step) {
  const { report } = step;
  const [before, after] = [report.before, report.verdict === "normalization" ? report.normalized : report.adapted]
    .map((score) => (score ? percent(score.balanced_accuracy) : "–"));
  return html(
    "li", { class: step.outcome },
    html("div", { class: "title" }, html("span", {}, `${step.number}. ${step.trigger}`), html("span", {}, outcomes[step.outcome])),
    html("p", { class: "muted" }, `held out: ${before} before, ${after} adapted; ${step.duration.toFixed(2)} s`),
    html("p", { class: "muted" }, step.sentence));
}

const percent = (share) => `${(100 * share).toFixed(0)} %`;

function build(root, act) {
  const policy = html("select", {}, ...Object.entries(policies).map(([value, text]) => {
    const option = html("option", {}, text);
    option.value = value;
    return option;
  }));
  policy.setAttribute("aria-label", "When the decoder learns");
  const fault = html("p", { class: "mark-bad" });
  const attempt = (name, body) => act(name, body).catch((error) => write(fault, error.message));
  policy.addEventListener("change", () => attempt("adaptation", { action: "policy", policy: policy.value }));
  const undo = html("button", {}, "Undo");
  undo.id = "undo";
  undo.addEventListener("click", () => attempt("adaptation", { action: "undo" }));
  const now = html("button", {}, "Adapt now");
  now.addEventListener("click", () => attempt("adaptation", { action: "now" }));
  const force = html("button", {}, "Take it all the same");
  force.addEventListener("click", () => attempt("adaptation", { action: "force" }));
  const save = html("button", {}, "Save decoder…");
  save.addEventListener("click", () => {
    const name = window.prompt("Save the decoder that decides now as:", "adapted.myodec");
    if (name) attempt("save", { name });
  });
  const view = {
    policy, undo, now, force, fault, awaited: html("p", { class: "muted" }), busy: html("span", { class: "muted" }), expectation: html("p", { class: "expectation" }),
    placement: html("p", { class: "mark-bad" }), steps: html("ol", { class: "steps" }), key: "",
  };
  root.replaceChildren(
    html("div", { class: "panel-head" }, html("h2", {}, "Adaptation"), view.busy), policy,
    html("div", { class: "buttons" }, undo, now, force, save), fault, view.awaited, view.expectation, view.placement, view.steps);
  return view;
}

/** The form that begins a recording, and what became of the last one. */
export function renderBegin(root, state, act) {
  if (!root.firstChild) buildBegin(root, state, act);
  const goes = Boolean(state.session) && !["finished", "stopped"].includes(state.session.prompt.phase);
  for (const part of root.querySelectorAll(".setting")) part.hidden = goes;
  root.querySelector("#begin-session").disabled = goes || !state.stream.channels.length;
  root.querySelector("#begin-row").hidden = goes;
  write(root.querySelector("#conversion"), conversion(state, goes));
  root.querySelector("#convert").hidden = state.conversion?.state !== "failed";
}

function conversion(state, goes) {
  if (goes) return `Recording ${state.session.identity} into ${state.session.file}`;
  const { conversion: result } = state;
  if (!result) return "";
  if (result.state === "converting") return "Putting the recording into the archive…";
  if (result.state === "converted") return `The recording is in the archive: ${result.path}`;
  return `The raw stream is safe, but could not be put into the archive: ${result.reason}`;
}

function buildBegin(root, state, act) {
  const field = (name, label, value, type = "text") => {
    const input = html("input");
    Object.assign(input, { name, value, type, required: true, autocomplete: "off", spellcheck: false });
    if (type === "number") Object.assign(input, { min: name === "cycles" ? 1 : 0.1, step: name === "cycles" ? 1 : "any" });
    return html("label", { class: "setting" }, label, input);
  };
  const today = new Date();
  const day = [today.getFullYear(), today.getMonth() + 1, today.getDate()]
    .map((number) => String(number).padStart(2, "0")).join("_");
  const classes = state.decoder.classes.map((name) => {
    const box = html("input");
    Object.assign(box, { type: "checkbox", name: "classes", value: name, checked: true });
    return html("label", { class: "check" }, box, name);
  });
  const start = html("button", { class: "primary" }, "New session");
  start.id = "begin-session";
  const fault = html("p", { class: "mark-bad whole" });
  const row = html("div", { class: "whole" }, html("span", { class: "muted" }, "Movements:"), ...classes, start);
  row.id = "begin-row";
  const result = html("p", { class: "muted whole", id: "conversion" });
  const again = html("button", { id: "convert", type: "button", hidden: true }, "Try again");
  again.addEventListener("click", () => act("session", { action: "convert" }).catch((error) => write(fault, error.message)));
  root.append(
    field("patient", "Patient", ""), field("session", "Session", day), field("condition", "Condition", "calibration"),
    field("cycles", "Cycles", String(state.protocol.cycles), "number"),
    field("hold_s", "Seconds of a movement", String(state.protocol.hold_s), "number"),
    html("p", { class: "muted whole setting" }, state.protocol.summary), row, result, again, fault);
  root.addEventListener("submit", (event) => {
    event.preventDefault();
    const data = new FormData(root);
    write(fault, "");
    act("session-begin", {
      patient: data.get("patient"), session: data.get("session"), condition: data.get("condition"),
      cycles: Number(data.get("cycles")), hold_s: Number(data.get("hold_s")), classes: data.getAll("classes"),
    }).catch((error) => write(fault, error.message));
  });
}
