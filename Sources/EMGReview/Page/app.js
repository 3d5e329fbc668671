// The page: the list, the recording, and what is done with them.

import { get, post } from "./api.js";
import { Collection } from "./collection.js";
import { ask, askNote, say } from "./dialogs.js";
import { Edits } from "./edits.js";
import { keys, listen } from "./keys.js";
import { askClass, Labeling, unlabeled } from "./labels.js";
import { duration, glyphs, RecordingList } from "./list.js";
import { askNames } from "./names.js";
import { clock, Plot } from "./plot.js";
import { Signal } from "./signal.js";
import { Spectrum } from "./spectrum.js";
import { classColor, color, onTheme, toggleTheme } from "./theme.js";

const byId = (id) => document.getElementById(id);

const edits = new Edits();
const plot = new Plot(byId("plot"), byId("overview"));
const spectrum = new Spectrum(byId("spectrum"), plot);
const list = new RecordingList(edits, (id) => open(id));
const collection = new Collection(edits);
let recording = null;
const labeling = new Labeling({
  recording: () => recording,
  show: (proposal) => { plot.proposal = proposal; plot.redraw(); },
  decide: (decision) => decide(decision),
});
let signals = {};
let opening = 0;

// MARK: the recording

async function open(id, { keepsView = false } = {}) {
  const round = ++opening;
  if (recording?.id !== id) labeling.close();
  list.select(id);
  closeBrowser();
  const address = `#${encodeURI(id)}`;
  if (location.hash !== address) history.replaceState(null, "", address);
  try {
    const fresh = await get("/api/recording", { id });
    if (round !== opening) return;
    showFault(fresh.mismatch ?? "");
    recording = fresh;
    if (keepsView && plot.recording?.id === id) {
      plot.update(fresh);
    } else {
      Object.values(signals).forEach((signal) => signal.stop());
      const kinds = hasConditioned ? ["raw", "conditioned"] : ["raw"];
      signals = Object.fromEntries(kinds.map((kind) => [kind, new Signal(id, kind, fresh.samples, changed)]));
      plot.open(fresh, signals);
    }
    render();
    loadSplit();
  } catch (error) {
    if (round !== opening) return;
    recording = null;
    plot.recording = null;
    byId("title").textContent = id;
    byId("facts").textContent = "";
    showFault(error.message);
  }
}

let hasConditioned = false;
let hasReport = false;

function changed() {
  const fault = Object.values(signals).map((signal) => signal.fault).find(Boolean);
  if (fault) showFault(fault);
  plot.redraw();
}

function showFault(text) {
  byId("fault").textContent = text;
  byId("fault").hidden = !text;
}

async function loadSplit() {
  const id = recording?.id;
  const configuration = collection.configuration;
  if (!id || !configuration || !recording.classes) return;
  plot.split = null;
  try {
    const split = await post("/api/split", { recording: id, configuration });
    if (recording?.id !== id) return;
    plot.split = split.fault ? null : split;
    recording.splitFault = (split.fault ?? "").split("\n")[0].replace(`${id}: `, "");
  } catch (error) {
    if (recording?.id !== id) return;
    recording.splitFault = error.message.split("\n")[0].replace(`${id}: `, "");
  }
  renderLegend();
  plot.redraw();
}

function render() {
  if (!recording) return;
  const state = edits.state(recording.id);
  const verdict = edits.recordings[recording.id];
  byId("title").textContent = recording.name;
  document.title = `${glyphs[state]} ${recording.name} · MyoTask review`;
  const effective = recording.effective_rate < recording.rate ? ` (changing ${recording.effective_rate} times a second)` : "";
  const who = state === "unseen" ? "unseen" : `${state} by ${verdict.by}, ${new Date(verdict.at).toLocaleString()}`;
  byId("facts").textContent = [
    who, duration(recording.samples / recording.rate),
    `${recording.channels.length} channels at ${recording.rate} Hz${effective}`, recording.source,
    ...(recording.name === recording.id ? [] : [`in the archive ${recording.id}`]),
  ].join(" · ");
  for (const [id, name] of [["approve", "approved"], ["reject", "rejected"], ["flag", "flagged"]]) {
    byId(id).setAttribute("aria-pressed", state === name);
  }
  byId("note-text").textContent = recording.note;
  byId("note-text").hidden = !recording.note;
  byId("undo").disabled = !edits.undoable;
  byId("undo").title = edits.undoable ? `Undo ${edits.undoable.action} of ${edits.undoable.recording}` : "";
  renderPaint();
  renderRuns();
  renderChannels();
  renderHistory();
  renderLegend();
  renderRange();
}

function node(name, properties = {}, ...children) {
  const result = Object.assign(document.createElement(name), properties);
  result.append(...children);
  return result;
}

function swatch(fill) {
  const mark = node("i");
  mark.style.background = fill;
  return mark;
}

// What a range can be labeled as: the classes of the recording, then those of others.
function paintable() {
  const own = (recording.classes ?? []).filter((name) => name !== unlabeled);
  return [...own, ...recording.other_classes];
}

function renderPaint() {
  const classes = recording.classes ?? [];
  const buttons = paintable().map((name, index) => {
    const isOwn = classes.includes(name);
    const button = node("button", { type: "button", className: isOwn ? "" : "other", title: isOwn ? "" : "A class of other recordings" },
      name, ...(index < 9 ? [node("kbd", { textContent: index + 1 })] : []));
    if (isOwn) button.style.borderLeftColor = classColor(classes.indexOf(name));
    button.addEventListener("click", () => relabelRange(name));
    return button;
  });
  const another = node("button", { type: "button", id: "another-class" }, "Another class… ", node("kbd", { textContent: "L" }));
  another.addEventListener("click", labelAsAnother);
  const none = node("button", { type: "button" }, "No label");
  none.addEventListener("click", () => relabelRange(unlabeled));
  byId("paint").replaceChildren(...buttons, another, ...(recording.classes ? [none] : []));
}

function renderRuns() {
  const original = new Map(recording.original_runs.map(([start, end, label]) => [`${start} ${end}`, label]));
  const rows = recording.classes ? recording.runs : [];
  byId("runs").replaceChildren(...rows.slice(0, 2000).map(([start, end, label]) => {
    const isChanged = original.get(`${start} ${end}`) !== label;
    const from = start / recording.rate;
    const to = end / recording.rate;
    const button = node("button", { type: "button" }, swatch(recording.classes[label] === unlabeled ? color("sunken") : classColor(label)),
      node("span", { className: isChanged ? "changed" : "", textContent: recording.classes[label] + (isChanged ? " (edited)" : "") }),
      node("span", { className: "quiet", textContent: `${clock(from, 0.01)} – ${clock(to, 0.01)}` }));
    button.addEventListener("click", () => chooseRun(start, end));
    return button;
  }), ...(rows.length ? [] : [node("p", { className: "quiet", textContent: "This recording has no labels." })]));
}

function chooseRun(start, end) {
  plot.choose(start, end);
  const margin = (end - start) * 0.5;
  if (start < plot.view.start || end > plot.view.end) plot.show(start - margin, end + margin);
}

function renderChannels() {
  byId("channels").replaceChildren(...recording.channels.map(({ name }) => {
    const box = node("input", { type: "checkbox", checked: !recording.excluded_channels.includes(name) });
    box.addEventListener("change", () => decide({ action: box.checked ? "include_channel" : "exclude_channel", channel: name }));
    return node("label", {}, box, name);
  }));
}

function renderHistory() {
  const text = (decision) => {
    const seconds = (sample) => clock(sample / recording.rate, 0.01);
    const range = decision.start === undefined ? "" : ` ${seconds(decision.start)} – ${seconds(decision.end)}`;
    const names = ["patient", "session", "condition", "run"].filter((part) => decision[part]).map((part) => `${part} ${decision[part]}`).join(", ");
    const what = { relabel: `as ${decision.class}`, label: `${decision.intervals?.length} intervals of ${decision.origin}`, rename: `${decision.scope}: ${names}`, exclude_channel: decision.channel, include_channel: decision.channel, undo: `number ${decision.undoes}` }[decision.action] ?? "";
    return `${decision.action.replace("_", " ")}${range} ${what}`.trim();
  };
  const rows = recording.decisions.toReversed().map((decision) => {
    const item = node("li", { className: decision.counts ? "" : "undone", value: decision.number },
      `${text(decision)} · ${decision.by}, ${new Date(decision.at).toLocaleString()}`);
    return item;
  });
  byId("history").replaceChildren(...(rows.length ? rows : [node("p", { textContent: "None yet." })]));
}

function renderLegend() {
  const items = [];
  if (plot.split && plot.showsSplit) {
    items.push(node("span", {}, swatch(color("support")), `support, ${plot.split.support_windows.toLocaleString()} windows`));
    items.push(node("span", {}, swatch(color("query")), `query, ${plot.split.query_windows.toLocaleString()} windows`));
  } else if (recording?.splitFault && plot.showsSplit) {
    items.push(node("span", {}, `No support and query: ${recording.splitFault}`));
  }
  if (plot.mode === "both" || plot.mode === "beside") {
    items.push(node("span", {}, swatch(color("trace")), "raw"), node("span", {}, swatch(color("trace-2")), "conditioned"));
  }
  const kinds = [...new Set((recording?.quality ?? []).map((interval) => interval.kind))];
  if (kinds.length) items.push(node("span", {}, swatch(color("warn")), kinds.join(", ")));
  if (recording?.excluded.length) items.push(node("span", {}, swatch(color("hatch")), "excluded"));
  byId("legend").replaceChildren(...items);
  byId("legend").hidden = !items.length;
}

// MARK: decisions

async function decide(decision, { advances = false } = {}) {
  // What cannot be read can be rejected all the same.
  const id = list.current;
  if (!id) return null;
  const next = advances ? list.neighbor(id, 1) : null;
  let made;
  try { made = await edits.decide({ recording: id, ...decision }); } catch { return null; }
  if (!made) { await open(id, { keepsView: true }); return null; }
  const reported = { approve: "Approved", reject: "Rejected", flag: "Flagged", reopen: "Unseen again" }[decision.action];
  if (reported) say(`${reported}: ${id}`);
  if (next) await open(next); else await open(id, { keepsView: true });
  if (advances && !next) say(`${reported}: ${id}. This was the last one shown.`);
  return made;
}

function review(action, state) {
  // The same verdict again takes it back.
  if (list.current && edits.state(list.current) === state) return decide({ action: "reopen" });
  return decide({ action }, { advances: true });
}

async function takeBack(name) {
  let made;
  const target = name === "undo" ? edits.undoable : edits.redoable;
  if (!target) return say(`Nothing to ${name}.`);
  try { made = await edits[name](); } catch { return; }
  if (!made) return;
  say(name === "undo" ? `Undone: ${target.action.replace("_", " ")} of ${target.recording}` : `Done again: ${made.recording}`);
  await open(made.recording, { keepsView: made.recording === recording?.id });
}

async function writeNote() {
  if (!recording) return;
  const text = await askNote(recording.note);
  if (text !== null && text !== recording.note) await decide({ action: "note", text });
}

const noRange = "Choose a range first: drag over the label band, or type From and To.";

async function relabelRange(name) {
  const { range } = plot;
  if (!name) return;
  if (!range) return say(noRange);
  if (await decide({ action: "relabel", start: range.start, end: range.end, ...asClass(name) })) say(`${name}: ${seconds(range)}`);
}

// A class that the archive's labels of the recording do not have is said to be new.
function asClass(name) {
  const known = recording.original_classes;
  return { class: name, ...(known && name !== unlabeled && !known.includes(name) ? { new: true } : {}) };
}

async function labelAsAnother() {
  if (!plot.range) return say(noRange);
  const name = await askClass(paintable());
  if (name) await relabelRange(name);
}

async function rename() {
  if (!recording) return;
  const decision = await askNames(recording);
  if (decision) await decide(decision);
}

async function cut(action) {
  const { range } = plot;
  if (!range) return say(noRange);
  if (await decide({ action, start: range.start, end: range.end })) say(`${action === "exclude" ? "Excluded" : "Used again"}: ${seconds(range)}`);
}

function seconds(range) {
  return `${clock(range.start / recording.rate, 0.01)} – ${clock(range.end / recording.rate, 0.01)}`;
}

// MARK: the range

function renderRange() {
  // Somebody who types must not have the other field changed under their hands.
  const active = document.activeElement;
  if (active === byId("range-start") || active === byId("range-end")) return;
  const range = plot.range;
  for (const [id, sample] of [["range-start", range?.start], ["range-end", range?.end]]) {
    byId(id).value = sample === undefined ? "" : Number((sample / recording.rate).toFixed(4));
  }
}

function typeRange() {
  if (!recording) return;
  const start = byId("range-start").value;
  const end = byId("range-end").value;
  if (start !== "" && end !== "") plot.choose(Number(start) * recording.rate, Number(end) * recording.rate);
}

function markRange(isStart) {
  const { view, range } = plot;
  const start = Math.ceil(view.start);
  const end = Math.floor(view.end);
  const step = Math.max(1, Math.round((end - start) / 100));
  if (!range) return plot.choose(isStart ? start : end - step * 10, isStart ? start + step * 10 : end);
  if (isStart) plot.choose(Math.min(range.start + step, range.end - 1), range.end);
  else plot.choose(range.start, Math.min(recording.samples, range.end + step));
}

function stepRun(step) {
  if (!recording?.runs.length) return;
  const runs = recording.runs;
  const at = plot.range ? runs.findIndex(([start]) => start >= plot.range.start) : -1;
  const index = plot.range ? Math.min(runs.length - 1, Math.max(0, (at < 0 ? runs.length : at) + step)) : step > 0 ? 0 : runs.length - 1;
  const [start, end, label] = runs[index];
  chooseRun(start, end);
  byId("live").textContent = `${recording.classes?.[label] ?? ""} ${seconds({ start, end })}`;
}

// MARK: what is shown

function setMode(mode) {
  plot.mode = mode;
  document.querySelectorAll("#kinds button").forEach((button) => button.setAttribute("aria-pressed", button.dataset.kind === mode));
  plot.changed();
  renderLegend();
}

function setGain(factor) {
  plot.gain = Math.min(64, Math.max(1 / 16, plot.gain * factor));
  byId("gain-text").textContent = plot.gain >= 1 ? `${plot.gain}×` : `1/${Math.round(1 / plot.gain)}×`;
  plot.redraw();
}

function setSpectrum(on) {
  byId("spectrum-toggle").setAttribute("aria-pressed", on);
  spectrum.setOn(on);
  plot.redraw();
}

function setSplit(on) {
  byId("split-toggle").setAttribute("aria-pressed", on);
  plot.showsSplit = on;
  plot.redraw();
  renderLegend();
}

function step(by) {
  if (!list.current) return;
  const id = list.neighbor(list.current, by);
  if (id) open(id); else say(by > 0 ? "This is the last one shown." : "This is the first one shown.");
}

function closeBrowser() {
  byId("browser").classList.remove("open");
  byId("menu").setAttribute("aria-expanded", "false");
}

function showHelp() {
  byId("keys").replaceChildren(...keys.flatMap(([name, text]) => [
    node("dt", {}, ...name.split(" ").map((part) => part === "…" ? " … " : node("kbd", { textContent: part }))),
    node("dd", { textContent: text }),
  ]));
  byId("invitation").hidden = true;
  ask(byId("help-dialog"));
}

const actions = {
  a: () => review("approve", "approved"), r: () => review("reject", "rejected"), f: () => review("flag", "flagged"),
  u: () => takeBack("undo"), "Shift u": () => takeBack("redo"), n: writeNote,
  ArrowLeft: () => step(-1), ArrowRight: () => step(1),
  "Shift ArrowLeft": () => plot.pan(-0.25), "Shift ArrowRight": () => plot.pan(0.25),
  ArrowUp: () => setGain(2), ArrowDown: () => setGain(0.5),
  "+": () => plot.zoom(0.5), "=": () => plot.zoom(0.5), "-": () => plot.zoom(2), _: () => plot.zoom(2),
  0: () => plot.show(0, recording?.samples ?? 1),
  "[": () => markRange(true), "]": () => markRange(false), ",": () => stepRun(-1), ".": () => stepRun(1),
  digit: (number) => relabelRange(paintable()[number - 1]), l: labelAsAnother, i: () => labeling.importEvents(), o: () => labeling.detect(), p: rename,
  v: () => { if (hasReport) window.open(`/report?id=${encodeURIComponent(recording.id)}`, "_blank", "noopener"); }, x: () => cut("exclude"),
  Escape: () => { if (labeling.isOpen) labeling.close(); else plot.clearRange(); closeBrowser(); },
  c: () => { if (hasConditioned) { const modes = ["raw", "both", "beside", "conditioned"]; setMode(modes[(modes.indexOf(plot.mode) + 1) % 4]); } },
  s: () => setSpectrum(!spectrum.isOn), t: toggleTheme, m: () => collection.open(),
  "/": () => byId("search").focus(), "?": showHelp,
};
const guarded = Object.fromEntries(Object.entries(actions).map(([key, action]) => [key, (digit) => {
  const needsRecording = !["t", "m", "/", "?", "ArrowLeft", "ArrowRight", "u", "Shift u", "a", "r", "f"].includes(key);
  if (recording || !needsRecording) action(digit);
}]));
listen(guarded);

const clicks = {
  approve: actions.a, reject: actions.r, flag: actions.f, undo: actions.u, note: actions.n,
  previous: () => step(-1), next: () => step(1), "zoom-in": actions["+"], "zoom-out": actions["-"],
  "zoom-all": actions[0], "gain-more": actions.ArrowUp, "gain-less": actions.ArrowDown,
  "spectrum-toggle": actions.s, "split-toggle": () => setSplit(!plot.showsSplit),
  "import-events": actions.i, "detect-onsets": actions.o, rename: actions.p, report: actions.v,
  "exclude-range": actions.x, "include-range": () => cut("include"), "clear-range": () => plot.clearRange(),
  theme: toggleTheme, help: showHelp, collection: () => collection.open(),
  menu: () => byId("menu").setAttribute("aria-expanded", byId("browser").classList.toggle("open")),
  invite: async () => {
    const { address } = await post("/api/invitation");
    byId("invitation").textContent = `Good for one browser on this machine: ${address}`;
    byId("invitation").hidden = false;
  },
};
const needRecording = ["import-events", "detect-onsets", "rename", "report"];
for (const [id, action] of Object.entries(clicks)) {
  byId(id).addEventListener("click", () => { if (recording || !needRecording.includes(id)) action(); });
}
document.querySelectorAll("#kinds button").forEach((button) => button.addEventListener("click", () => setMode(button.dataset.kind)));
byId("range").addEventListener("submit", (event) => event.preventDefault());
byId("range-start").addEventListener("input", typeRange);
byId("range-end").addEventListener("input", typeRange);
plot.addEventListener("range", renderRange);
plot.addEventListener("relabel", ({ detail }) => {
  decide({ action: "relabel", start: detail.start, end: detail.end, ...asClass(recording.classes[detail.label]) });
});
plot.addEventListener("view", () => {
  if (!recording) return;
  const { start, end } = plot.view;
  const step = (end - start) / recording.rate / 100;
  byId("view-text").textContent = `${clock(start / recording.rate, step)} – ${clock(end / recording.rate, step)} of ${duration(recording.samples / recording.rate)}`;
});
const drawBoth = () => { plot.redraw(); requestAnimationFrame(() => spectrum.draw()); };
onTheme(() => { list.render(); if (recording) render(); drawBoth(); });
addEventListener("resize", drawBoth);
edits.addEventListener("change", () => { if (recording) byId("undo").disabled = !edits.undoable; });
collection.addEventListener("change", loadSplit);

// Another browser may have changed the recording that is shown.
let shownRevision = 0;
edits.addEventListener("change", () => {
  if (shownRevision && recording && edits.revision !== recording.revision) {
    const id = recording.id;
    setTimeout(() => { if (list.current === id && recording?.id === id && recording.revision !== edits.revision) open(id, { keepsView: true }); }, 250);
  }
  shownRevision = edits.revision;
});

// Names that people change move recordings in the list.
edits.addEventListener("names", async () => {
  if (!list.rows.length) return;
  const archive = await get("/api/archive");
  list.setRows(archive.recordings);
  collection.setArchive(archive);
});

// MARK: start

async function start() {
  const [archive] = await Promise.all([get("/api/archive"), edits.load()]);
  byId("archive-name").textContent = archive.name;
  byId("reviewer").textContent = `as ${archive.reviewer}`;
  hasConditioned = archive.has_conditioned;
  hasReport = archive.has_report;
  byId("report").hidden = !hasReport;
  byId("kinds").hidden = !hasConditioned;
  if (hasConditioned) setMode("both");
  list.setRows(archive.recordings);
  const wanted = decodeURI(location.hash.slice(1));
  const unseen = archive.recordings.find((row) => edits.state(row.id) === "unseen");
  const first = list.row(wanted)?.id ?? unseen?.id ?? archive.recordings[0].id;
  const opened = open(first);
  await fillList(archive);
  await opened;
  loadSplit();
  edits.watch();
}

// Outlines are read while the page is there already.
async function fillList(archive) {
  while (archive.pending > 0) {
    await new Promise((resolve) => setTimeout(resolve, 150));
    archive = await get("/api/archive");
    list.setRows(archive.recordings);
  }
  collection.setArchive(archive);
  await collection.load();
}

addEventListener("hashchange", () => {
  const id = decodeURI(location.hash.slice(1));
  if (list.row(id) && id !== list.current) open(id);
});

start().catch((error) => showFault(error.message || "The server does not answer."));
