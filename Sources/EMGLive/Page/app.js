// The live page: asks for the state ten times a second, for the signal thirty times, and hands each
// part to the script that shows it.
import { render as renderAdaptation, renderBegin } from "./adaptation.js";
import { render as renderControl } from "./control.js";
import { render as renderDecisions, renderPerson } from "./decisions.js";
import { render as renderElectrodes } from "./electrodes.js";
import { write } from "./nodes.js";
import { render as renderSession } from "./session.js";
import { SignalView } from "./signal.js";

const STATE_INTERVAL = 100;
const FRAME_INTERVAL = 1000 / 30;
const views = ["signal", "session", "control"];
const element = (id) => document.getElementById(id);
let view = views.includes(location.hash.slice(1)) ? location.hash.slice(1) : "signal";
let state = null;

async function ask(path, options) {
  const response = await fetch(path, { cache: "no-store", ...options });
  if (response.ok) return response;
  let text = `the server answered ${response.status}`;
  try { text = (await response.json()).error ?? text; } catch { /* not from our service */ }
  throw new Error(text);
}

async function act(name, body = {}) {
  let content = body;
  if (name === "control-start") content = { settings: body, simulated: element("simulated").checked };
  const response = await ask(`/api/${name}`, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(content),
  });
  show(await response.json());
}

const signal = new SignalView(element("traces"), element("signal-scale"));

function show(next) {
  state = next;
  const { decoder, stream } = state;
  write(element("decoder"), decoder.name);
  showStream(stream);
  const fault = element("fault");
  fault.hidden = !stream.fault;
  write(fault, stream.fault ?? "");
  signal.channels = stream.channels;
  signal.rate = stream.rate;
  signal.unit = stream.unit;
  if (view === "signal") {
    renderDecisions(element("decisions"), state);
    renderPerson(element("person"), state, act);
    renderElectrodes(element("electrodes"), state);
  } else if (view === "session") {
    renderBegin(element("begin"), state, act);
    element("prompts").hidden = !state.session;
    if (state.session) renderSession(element("prompts"), state.session, act);
    renderAdaptation(element("adaptation"), state, act);
  } else {
    renderControl(element("target"), state.control, act);
    element("simulated-label").hidden = !state.synthetic;
    write(element("log"), state.log_fault ?? (state.log ? `Log: ${state.log}` : ""));
  }
}

const sentences = {
  waiting: "waiting for the electrodes", stalled: "no samples come", disconnected: "disconnected, connecting again",
  corrupt: "damaged samples come", ended: "the stream has ended", stopped: "stopped", failed: "failed",
};

function showStream(stream) {
  const flows = stream.state === "streaming";
  element("stream-mark").className = flows ? "" : stream.state === "failed" ? "failed" : "waiting";
  const lost = stream.lost_samples > 0 ? `, ${stream.lost_samples} samples lost in ${stream.gaps} gaps` : "";
  write(element("stream-text"), flows
    ? `${stream.source}: ${stream.channels.length} channels, ${stream.rate} Hz${lost}`
    : `${stream.source ? `${stream.source}: ` : ""}${sentences[stream.state] ?? stream.state}${lost}`);
}

function choose(next) {
  view = next;
  for (const name of views) {
    element(name).hidden = name !== view;
    element(`tab-${name}`).setAttribute("aria-selected", String(name === view));
    element(`tab-${name}`).tabIndex = name === view ? 0 : -1;
  }
  history.replaceState(null, "", `#${view}`);
  if (state) show(state);
}

for (const name of views) {
  const tab = element(`tab-${name}`);
  tab.addEventListener("click", () => choose(name));
  tab.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = views[(views.indexOf(name) + step + views.length) % views.length];
    choose(next);
    element(`tab-${next}`).focus();
  });
}

// One question at a time: a slow connection is asked less often, and never has a queue.
async function repeat(interval, body) {
  for (;;) {
    const begin = performance.now();
    try {
      await body();
    } catch (error) {
      element("stream-mark").className = "failed";
      write(element("stream-text"), `no answer from myotask live: ${error.message}`);
      await pause(1000);
    }
    await pause(Math.max(0, interval - (performance.now() - begin)));
  }
}

const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

choose(view);
repeat(STATE_INTERVAL, async () => show(await (await ask("/api/state")).json()));
repeat(FRAME_INTERVAL, async () => {
  if (view !== "signal" || document.hidden) return pause(200);
  const answer = await ask(`/api/signal?since=${signal.next}`);
  signal.take(await answer.arrayBuffer());
  signal.draw();
});
