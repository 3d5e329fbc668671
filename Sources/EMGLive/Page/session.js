// The guided session: what the person reads from three metres away, and what the therapist does.
//
// The state is the document of `RecordedSession`.

import { Cues } from "./cues.js";
import { pictureOf, pictures, shape, signOf } from "./picture.js";

const circumference = 2 * Math.PI * 54;

/**
 * What is said in a phase, with a sign, so that nothing is said by a color alone. Only a hold has the
 * movement in large letters: whoever reads it begins to move.
 */
const phases = {
  ready: { line: "○ Whenever you like", text: "Ready" },
  countdown: { line: "◔ In a moment", text: "Get ready" },
  hold: { line: "● Now" },
  rest: { line: "◌ Take a breath", text: "Rest" },
  paused: { line: "❚❚ Take your time", text: "Pause" },
  finished: { line: "✓ Finished", text: "Well done" },
  stopped: { line: "■ Ended", text: "Thank you" },
};
const recordings = { recording: "●", waiting: "▲", closed: "✓" };

/**
 * Shows the session.
 *
 * @param {HTMLElement} root Filled at the first call, then kept up to date.
 * @param {object} state The document of the session.
 * @param {(name: string, body: object) => Promise} act Posts what the user does.
 */
export function render(root, state, act) {
  root.sessionPage ??= new SessionPage(root);
  root.sessionPage.show(state, act);
}

class SessionPage {
  constructor(root) {
    this.cues = new Cues();
    this.shown = {};
    root.classList.add("session");
    root.append(this.makeStage());
    addEventListener("keydown", (event) => this.press(event, root));
    // A button that was clicked must not take the space bar, which pauses.
    root.addEventListener("click", (event) => {
      if (event.detail > 0) event.target.closest("button")?.blur();
    });
  }

  // MARK: parts

  makeStage() {
    this.stage = element("section", "session-stage");
    this.stage.setAttribute("aria-label", "Session");
    this.where = element("p", "session-where");
    this.progress = element("div", "session-progress");
    this.progress.setAttribute("role", "progressbar");
    this.bar = element("span", "session-bar");
    this.progress.append(this.bar);
    this.dial = this.makeDial();
    this.phase = element("p", "session-phase");
    this.text = element("p", "session-text");
    this.text.setAttribute("aria-live", "assertive");
    this.next = element("p", "session-next");
    this.words = element("div", "session-words");
    this.words.append(this.phase, this.text, this.next);
    const middle = element("div", "session-middle");
    middle.append(this.dial, this.words);
    this.fault = element("p", "session-fault");
    this.fault.setAttribute("role", "alert");
    this.recording = element("p", "session-recording");
    this.recording.setAttribute("role", "status");
    this.stage.append(this.where, this.progress, middle, this.makeButtons(), this.fault, this.recording);
    return this.stage;
  }

  makeDial() {
    const dial = element("div", "session-dial");
    const ring = shape("svg", { viewBox: "0 0 120 120", class: "session-ring", "aria-hidden": "true" });
    this.arc = shape("circle", { cx: 60, cy: 60, r: 54, class: "session-arc" });
    this.arc.style.setProperty("stroke-dasharray", String(circumference));
    ring.append(shape("circle", { cx: 60, cy: 60, r: 54, class: "session-track" }), this.arc);
    this.picture = element("div", "session-picture");
    this.seconds = element("p", "session-seconds");
    dial.append(ring, this.picture, this.seconds);
    return dial;
  }

  makeButtons() {
    const buttons = element("div", "session-buttons");
    buttons.setAttribute("role", "group");
    buttons.setAttribute("aria-label", "Session controls");
    const make = (name, title, key, act) => {
      const button = element("button", "", title);
      button.type = "button";
      const hint = element("kbd", "", key);
      button.append(hint);
      button.setAttribute("aria-keyshortcuts", key === "␣" ? "Space" : key);
      button.addEventListener("click", act);
      buttons.append(button);
      return { button, say: (text) => { button.firstChild.data = text; }, name };
    };
    this.main = make("main", "Start", "␣", () => this.goOn());
    this.repeat = make("repeat", "Repeat", "R", () => this.do("repeat"));
    this.skip = make("skip", "Skip", "S", () => this.do("skip"));
    this.sound = make("sound", "Sound: off", "M", () => this.toggleSound());
    this.full = make("full", "Full screen", "F", () => this.toggleFull());
    this.stop = make("stop", "End", "E", () => this.end());
    this.main.button.classList.add("session-primary");
    this.sound.button.setAttribute("aria-pressed", "false");
    return buttons;
  }

  // MARK: what the user does

  do(action, body = {}) {
    if (!this.act) return;
    this.fault.textContent = "";
    this.act("session", { action, ...body }).catch((error) => { this.fault.textContent = error.message; });
  }

  goOn() {
    const action = { ready: "start", paused: "resume", finished: "close", stopped: "close" };
    this.do(action[this.shown.phase] ?? "pause");
  }

  end() {
    if (!isOver(this.shown.phase)) this.do("stop");
  }

  toggleSound() {
    const isOn = this.cues.toggle();
    this.sound.say(isOn ? "Sound: on" : "Sound: off");
    this.sound.button.setAttribute("aria-pressed", String(isOn));
  }

  toggleFull() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.stage.parentElement.requestFullscreen?.().catch(() => {});
  }

  press(event, root) {
    if (this.stage.hidden || root.hidden || root.offsetParent === null && !document.fullscreenElement) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target.closest("input, textarea, select, dialog")) return;
    const key = event.key.toLowerCase();
    if (key === " " && event.target.closest("button, a, summary")) return;
    const actions = {
      " ": this.main, r: this.repeat, s: this.skip, m: this.sound, f: this.full, e: this.stop,
    };
    const chosen = actions[key];
    if (!chosen || chosen.button.disabled) return;
    event.preventDefault();
    chosen.button.click();
  }

  // MARK: what is shown

  show(state, act) {
    this.act = act;
    const prompt = state.prompt;
    this.cues.follow(prompt, state.metronome);
    this.showPlace(prompt);
    this.showPrompt(prompt);
    this.showTime(prompt);
    this.showButtons(prompt);
    this.showRecording(state);
    this.shown = { phase: prompt.phase, step: prompt.step };
  }

  showPlace(prompt) {
    set(this.where, `Cycle ${prompt.cycle} of ${prompt.cycles} · Movement ${prompt.step} of ${prompt.steps}`);
    const done = prompt.phase === "finished" ? prompt.steps : prompt.step - 1;
    this.progress.setAttribute("aria-valuemax", prompt.steps);
    this.progress.setAttribute("aria-valuenow", done);
    this.bar.style.setProperty("inline-size", `${(100 * done) / prompt.steps}%`);
  }

  showPrompt(prompt) {
    const phase = phases[prompt.phase] ?? { line: prompt.phase };
    set(this.phase, phase.line);
    const movement = prompt.movement ?? (prompt.phase === "rest" ? { text: "Rest", hand: "relax" } : null);
    const text = phase.text ?? movement?.text ?? "";
    if (this.text.textContent !== text) {
      set(this.text, text);
      const longest = Math.max(1, ...text.split(/\s+/).map((part) => part.length));
      this.text.style.setProperty("--letters", String(longest));
      restart(this.words, "session-appears");
      restart(this.picture, "session-appears");
    }
    this.stage.dataset.phase = prompt.phase;
    const key = movement ? movement.image ?? `hand ${movement.hand} ${pictures.version}` : prompt.phase;
    if (this.picture.dataset.key !== key) {
      this.picture.dataset.key = key;
      this.picture.replaceChildren(movement ? pictureOf(movement) : signOf(prompt.phase));
    }
    this.showNext(prompt.phase === "hold" || !prompt.movement ? prompt.next : prompt.movement, text);
  }

  showNext(next, text) {
    this.next.hidden = !next;
    if (!next) return;
    const words = next.text === text ? "the same again" : next.text;
    const key = `${words} ${next.image ?? next.hand} ${pictures.version}`;
    if (this.next.dataset.key === key) return;
    this.next.dataset.key = key;
    const small = element("span", "session-next-picture");
    small.append(pictureOf(next));
    this.next.replaceChildren(small, `Next: ${words}`);
  }

  showTime(prompt) {
    const isTimed = prompt.remaining_s !== null;
    const share = isTimed && prompt.phase_s > 0 ? prompt.remaining_s / prompt.phase_s : 0;
    this.arc.style.setProperty("stroke-dashoffset", String(circumference * (1 - share)));
    const count = isTimed ? String(Math.max(1, Math.ceil(prompt.remaining_s - 1e-9))) : "";
    set(this.seconds, count);
    this.seconds.setAttribute("aria-label", isTimed ? `${count} seconds left` : "");
    if (prompt.phase === "hold" && prompt.beat !== null && prompt.beat !== this.beat) restart(this.dial, "session-beat");
    this.beat = prompt.beat;
  }

  showButtons(prompt) {
    const over = isOver(prompt.phase);
    const words = { ready: "Start", paused: "Go on", finished: "Close", stopped: "Close" };
    this.main.say(words[prompt.phase] ?? "Pause");
    this.repeat.button.disabled = over || prompt.phase === "ready";
    this.skip.button.disabled = over || prompt.phase === "ready";
    this.stop.button.disabled = over;
  }

  showRecording(state) {
    const recording = state.recording;
    const sign = recordings[recording?.state] ?? "";
    this.recording.dataset.state = recording?.state ?? "";
    set(this.recording, recording ? `${sign} ${recording.message}` : "");
    this.recording.title = state.file ?? "";
  }
}

// MARK: small things

const isOver = (phase) => phase === "finished" || phase === "stopped";

function element(name, className = "", text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

function set(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Lets a transition of CSS run from its beginning. */
function restart(node, className) {
  node.classList.remove(className);
  requestAnimationFrame(() => requestAnimationFrame(() => node.classList.add(className)));
}
