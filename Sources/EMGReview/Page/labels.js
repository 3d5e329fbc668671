// Labels that are added: a new class, a table of events, onset detection. What is proposed is drawn
// over the signal until it is accepted or discarded.

import { get, post } from "./api.js";
import { ask, say } from "./dialogs.js";

const byId = (id) => document.getElementById(id);

const element = (name, properties = {}, ...children) => {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
};

// The reserved name of samples that nobody labeled.
export const unlabeled = "unlabeled";

// "threshold_sd" as "Threshold (SD)".
const units = { s: "s", hz: "Hz", sd: "SD" };
const words = (key) => {
  const parts = key.split("_");
  const unit = units[parts.at(-1)];
  const text = (unit ? parts.slice(0, -1) : parts).join(" ");
  return `${text[0].toUpperCase()}${text.slice(1)}${unit ? ` (${unit})` : ""}`;
};

// A class that a person types; null when they think better of it.
export async function askClass(known) {
  const field = byId("class-field");
  byId("class-names").replaceChildren(...known.map((name) => new Option(name)));
  field.value = "";
  const answer = await ask(byId("class-dialog"));
  return answer === "save" ? field.value.trim() || null : null;
}

export class Labeling {
  #proposal = null;
  #kind = null;
  #table = null;
  #round = 0;
  #timer = 0;

  // What is there: the recording that is open, a way to show a proposal, and one to decide.
  constructor({ recording, show, decide }) {
    Object.assign(this, { recording, show, decide });
    byId("proposal-form").addEventListener("submit", (event) => { event.preventDefault(); this.accept(); });
    byId("proposal-form").addEventListener("input", (event) => { if (event.target.type !== "file") this.#later(); });
    byId("discard").addEventListener("click", () => this.close());
    byId("events-file").addEventListener("change", () => this.#read());
  }

  get isOpen() { return this.#kind !== null; }

  // MARK: which

  async detect() {
    if (!this.#schema) {
      const { schema, settings } = await get("/api/onsets");
      this.#schema = schema;
      byId("onset-settings").replaceChildren(...Object.entries(schema.properties).map(([key, form]) => this.#field(key, form, settings[key])));
    }
    this.#open("onsets", "Onset detection");
    this.#preview();
  }

  #schema = null;

  #field(key, form, value) {
    const isChoice = Boolean(form.enum);
    const input = isChoice
      ? element("select", {}, ...form.enum.map((name) => new Option(name.replaceAll("_", " "), name)))
      : element("input", { type: "number", step: "any", min: form.minimum ?? "", max: form.maximum ?? "", required: true });
    input.dataset.key = key;
    input.value = value;
    input.title = form.description ?? "";
    return element("label", { title: form.description ?? "" }, words(key), input);
  }

  importEvents() {
    byId("events-file").value = "";
    byId("events-file").click();
  }

  async #read() {
    const [file] = byId("events-file").files;
    if (!file) return;
    if (file.size > 3_000_000) return say(`${file.name} is larger than 3 MB: myotask label import reads it.`, true);
    this.#table = { name: file.name, text: await file.text() };
    this.#open("events", `Events of ${file.name}`);
    this.#preview();
  }

  #open(kind, title) {
    this.#kind = kind;
    byId("proposal").hidden = false;
    byId("proposal-title").textContent = title;
    byId("onset-form").hidden = kind !== "onsets";
    byId("events-form").hidden = kind !== "events";
    const { classes, other_classes: others } = this.recording();
    byId("known-classes").replaceChildren(...[...(classes ?? []), ...others].filter((name) => name !== unlabeled).map((name) => new Option(name)));
    byId("onset-class").placeholder = classes ? "that of the cue" : "name it";
    byId("onset-rest").placeholder = classes ? "the first class" : "none";
    byId("proposal").scrollIntoView({ block: "nearest" });
    byId("accept").focus();
  }

  close() {
    clearTimeout(this.#timer);
    this.#round += 1;
    this.#kind = null;
    this.#proposal = null;
    byId("proposal").hidden = true;
    this.show(null);
  }

  // MARK: preview

  #later() {
    clearTimeout(this.#timer);
    byId("accept").disabled = true;
    this.#timer = setTimeout(() => this.#preview(), 300);
  }

  get #request() {
    const { id } = this.recording();
    if (this.#kind === "onsets") {
      const settings = Object.fromEntries([...byId("onset-settings").querySelectorAll("[data-key]")].map((input) => [
        input.dataset.key, input.type === "number" ? Number(input.value) : input.value,
      ]));
      return ["/api/onsets", { recording: id, settings, class: byId("onset-class").value.trim(), rest: byId("onset-rest").value.trim() }];
    }
    const given = Object.fromEntries(["onset", "duration", "end", "label"].map((name) => [name, byId(`events-${name}`).value.trim()]));
    return ["/api/events", { recording: id, ...this.#table, ...given, unit: byId("events-unit").value, replace: byId("events-replace").checked }];
  }

  async #preview() {
    if (!this.isOpen) return;
    const round = ++this.#round;
    if (!byId("proposal-form").checkValidity()) return this.#say("Fill in every field.", true);
    this.#say("Looking…");
    try {
      const proposal = await post(...this.#request);
      if (round !== this.#round) return;
      this.#take(proposal);
    } catch (error) {
      if (round === this.#round) { this.#take(null); this.#say(error.message, true); }
    }
  }

  #take(proposal) {
    this.#proposal = proposal;
    byId("accept").disabled = !(proposal?.intervals.length || proposal?.excluded.length);
    this.show(proposal);
    if (!proposal) return;
    const counts = proposal.classes.map(({ name, count, new: isNew }) => `${name} ${count}${isNew && name !== unlabeled ? " (new class)" : ""}`);
    const found = proposal.movements ? `${proposal.movements.length} movements. ` : "";
    const cut = proposal.excluded.length ? ` Left out: ${proposal.excluded.length}.` : "";
    this.#say(`${found}${counts.length ? `Labels: ${counts.join(", ")}.` : "Nothing to label."}${cut}`);
    byId("proposal-warnings").replaceChildren(...proposal.warnings.map((text) => element("li", { textContent: text })));
  }

  #say(text, isBad = false) {
    const line = byId("proposal-text");
    line.textContent = text;
    line.className = isBad ? "problems" : "";
    byId("proposal-warnings").replaceChildren();
    if (isBad) byId("accept").disabled = true;
  }

  async accept() {
    const proposal = this.#proposal;
    if (!proposal || byId("accept").disabled) return;
    this.close();
    const { intervals, origin, excluded } = proposal;
    if (intervals.length && !await this.decide({ action: "label", intervals, origin })) return;
    for (const [start, end] of excluded) await this.decide({ action: "exclude", start, end });
    say(`Labeled: ${proposal.classes.map(({ name, count }) => `${name} ${count}`).join(", ")}`);
  }
}
