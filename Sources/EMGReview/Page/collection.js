// "Make collection": the configuration, what it would give, and making it.

import { get, post } from "./api.js";
import { download, say } from "./dialogs.js";

const byId = (id) => document.getElementById(id);

const element = (name, properties = {}, ...children) => {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
};

// "support_blocks" as "Support blocks".
const words = (key) => {
  const text = key.replaceAll("_", " ");
  return text[0].toUpperCase() + text.slice(1);
};

const choose = (select, { enum: names, description = "", default: standard }) => {
  select.replaceChildren(...names.map((name) => new Option(words(name), name)));
  select.title = description;
  if (standard !== undefined) select.value = standard;
};

// A number within the bounds of its schema. A lower bound that is only there because 0 means
// something else than a number does not make steps.
const bound = (input, { type, minimum, maximum, description = "" }) => {
  Object.assign(input, { min: minimum ?? "", max: maximum ?? "", step: type === "integer" ? "1" : "any", title: description });
};

// The form of a member that may also be null.
const plain = (schema, isMeant) => schema.anyOf?.find(isMeant) ?? schema;

export class Collection extends EventTarget {
  #base = null;
  #window = {};
  #rules = new Map();
  #shared = [];
  #starts = {};
  #rows = [];
  #timer = 0;
  #round = 0;
  #split = new Map();
  #hasOwnSplit = false;
  #initial = new Map();

  constructor(edits) {
    super();
    this.edits = edits;
    this.dialog = byId("collection-dialog");
    for (const name of ["length", "stride"]) byId(`c-${name}-unit`).addEventListener("change", () => this.#bounds());
    byId("c-rule").addEventListener("change", () => { this.#makeParameters(this.#isChanged("c-rule") ? {} : this.#base.split ?? {}); this.#later(); });
    byId("collection-form").addEventListener("input", () => this.#later());
    byId("collection-form").addEventListener("submit", (event) => event.preventDefault());
    byId("c-close").addEventListener("click", () => this.dialog.close());
    byId("c-make").addEventListener("click", () => this.#make());
    byId("c-yaml").addEventListener("click", () => this.#downloadConfiguration());
    byId("c-list").addEventListener("click", () => this.#downloadList());
  }

  setArchive(archive) {
    this.#rows = archive.recordings;
    this.file = archive.collection_file;
    byId("c-file").textContent = archive.collection_file;
    if (this.#base) this.#makePatients();
  }

  // The choices, ranges and defaults of a configuration, from the program.
  async load() {
    const { schema, rules, configuration, take } = await get("/api/form");
    const { window, split, normalization, edits } = schema.properties;
    this.#window = window.properties;
    this.#starts = rules;
    this.#rules = new Map(split.oneOf.map((form) => [form.properties.rule.const, form]));
    // What every rule has is no setting of a rule.
    const forms = [...this.#rules.values()];
    this.#shared = Object.keys(forms[0].properties).filter((key) => forms.every((form) => form.properties[key]));
    choose(byId("c-label"), window.properties.label_rule);
    choose(byId("c-normalization"), normalization);
    choose(byId("c-take"), plain(edits, (form) => form.properties?.take).properties.take);
    if (take) byId("c-take").value = take;
    choose(byId("c-rule"), { enum: [...this.#rules.keys()], description: split.description, default: split.default?.rule });
    bound(byId("c-guard"), { ...forms[0].properties.guard_ms, minimum: 0 });
    this.#base = configuration;
    this.#fill(configuration);
  }

  #bounds() {
    for (const name of ["length", "stride"]) {
      bound(byId(`c-${name}`), this.#window[byId(`c-${name}-unit`).value === "ms" ? `${name}_ms` : name]);
    }
  }

  #fill({ window, split = {}, normalization, splits = {} }) {
    for (const name of ["length", "stride"]) {
      const isTime = window[`${name}_ms`] !== undefined;
      byId(`c-${name}`).value = window[isTime ? `${name}_ms` : name];
      byId(`c-${name}-unit`).value = isTime ? "ms" : "samples";
    }
    this.#bounds();
    if (window.label_rule) byId("c-label").value = window.label_rule;
    if (normalization) byId("c-normalization").value = normalization;
    if (split.rule) byId("c-rule").value = split.rule;
    byId("c-guard").value = split.guard_ms ?? "";
    this.#makeParameters(split);
    for (const part of ["train", "validation", "test"]) {
      for (const patient of Array.isArray(splits[part]) ? splits[part] : []) this.#split.set(String(patient), part);
    }
    this.#initial = new Map(this.#controls.map((input) => [input.id, input.value]));
    this.#makePatients();
  }

  get #controls() { return [...byId("collection-form").querySelectorAll("[id^=c-]")].filter((node) => "value" in node && node.type !== "button"); }

  // Whether somebody has changed one of some controls: what they have not is as it was configured.
  #isChanged(...ids) { return ids.some((id) => byId(id) && byId(id).value !== this.#initial.get(id)); }

  // The settings of a rule that no other has, with their schemas.
  #settings(rule) {
    return Object.entries(this.#rules.get(rule).properties).filter(([key]) => !this.#shared.includes(key));
  }

  #makeParameters(values) {
    const rule = byId("c-rule").value;
    const form = this.#rules.get(rule);
    byId("c-rule-text").textContent = form.description;
    byId("c-parameters").replaceChildren(...this.#settings(rule).map(([key, schema]) => {
      const isNumber = ["number", "integer"].includes(schema.type);
      const input = element("input", { type: isNumber ? "number" : "text", id: `c-p-${key}`, required: Boolean(form.required?.includes(key)), title: schema.description ?? "" });
      if (isNumber) bound(input, schema);
      const value = values[key] ?? schema.default ?? this.#starts[rule][key] ?? "";
      input.value = Array.isArray(value) ? value.join(", ") : value;
      if (input.value === "") input.placeholder = "as usual";
      return element("label", {}, words(key), input);
    }));
  }

  #makePatients() {
    const patients = [...new Set(this.#rows.map((row) => row.patient))];
    byId("c-patients").replaceChildren(...patients.map((patient) => {
      const select = element("select", {},
        new Option("Train", "train"), new Option("Validation", "validation"), new Option("Test", "test"), new Option("Not used", "none"));
      select.value = this.#split.get(patient) ?? "train";
      select.dataset.patient = patient;
      select.addEventListener("change", () => {
        this.#hasOwnSplit = true;
        for (const other of byId("c-patients").querySelectorAll("select")) this.#split.set(other.dataset.patient, other.value);
      });
      return element("label", {}, patient, select);
    }));
  }

  // The configuration as the server and "myotask build" read it: what it was, with what somebody has
  // changed here.
  get configuration() {
    if (!this.#base) return null;
    const base = structuredClone(this.#base);
    const { window = {} } = base;
    for (const name of ["length", "stride"]) {
      if (!this.#isChanged(`c-${name}`, `c-${name}-unit`)) continue;
      delete window[name];
      delete window[`${name}_ms`];
      window[byId(`c-${name}-unit`).value === "ms" ? `${name}_ms` : name] = Number(byId(`c-${name}`).value);
    }
    if (this.#isChanged("c-label")) window.label_rule = byId("c-label").value;
    const result = { ...base, window };
    const split = this.#splitting(base.split);
    if (split) result.split = split;
    if (this.#isChanged("c-normalization")) result.normalization = byId("c-normalization").value;
    if (this.#hasOwnSplit) result.splits = this.#splits;
    return result;
  }

  // How recordings are divided into support and query; as configured where nothing was changed.
  #splitting(configured) {
    const rule = byId("c-rule").value;
    const settings = this.#settings(rule);
    const isOther = this.#isChanged("c-rule");
    const changed = settings.filter(([key]) => isOther || this.#isChanged(`c-p-${key}`));
    if (!isOther && !changed.length && !this.#isChanged("c-guard")) return configured;
    const split = { ...configured, rule };
    if (isOther) for (const name of this.#rules.keys()) this.#settings(name).forEach(([key]) => delete split[key]);
    for (const [key, { type, items }] of changed) {
      const text = byId(`c-p-${key}`)?.value ?? "";
      delete split[key];
      if (text === "") continue;
      const list = text.split(",").map((part) => part.trim()).filter(Boolean);
      split[key] = type === "array" ? (items.type === "integer" ? list.map(Number) : list) : ["number", "integer"].includes(type) ? Number(text) : text;
    }
    if (this.#isChanged("c-guard")) {
      delete split.guard;
      delete split.guard_ms;
      const guard = Number(byId("c-guard").value);
      if (guard > 0) split.guard_ms = guard;
    }
    return split;
  }

  // Who trains, validates and tests, as somebody chose it here. Who trains remains when the others
  // are named, so that a patient without a usable recording stops nothing.
  get #splits() {
    const patients = [...new Set(this.#rows.map((row) => row.patient))];
    const of = (part) => patients.filter((patient) => (this.#split.get(patient) ?? "train") === part && this.#taken(patient));
    return { train: of("none").length ? of("train") : "remaining", validation: of("validation"), test: of("test") };
  }

  // Until somebody chooses, the patients are shown where the configuration puts them.
  #showPatients(tasks) {
    if (this.#hasOwnSplit) return;
    const splits = new Map(tasks.map((task) => [task.patient, task.split || "none"]));
    for (const select of byId("c-patients").querySelectorAll("select")) {
      const split = splits.get(select.dataset.patient);
      if (!split) continue;
      select.value = split;
      this.#split.set(select.dataset.patient, split);
    }
  }

  // Whether a patient has a recording that may become a task: a build refuses the others.
  #taken(patient) {
    const take = byId("c-take").value;
    return this.#rows.some((row) => row.patient === patient && !row.fault
      && (take === "approved" ? this.edits.state(row.id) === "approved" : this.edits.state(row.id) !== "rejected"));
  }

  open() {
    this.dialog.showModal();
    this.#preview();
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#preview();
      this.dispatchEvent(new Event("change"));
    }, 300);
  }

  get #body() { return { configuration: this.configuration, take: byId("c-take").value }; }

  async #preview() {
    const host = byId("c-preview");
    const round = ++this.#round;
    byId("c-make").disabled = true;
    if (!byId("collection-form").checkValidity()) {
      host.replaceChildren(element("p", { className: "quiet", textContent: "Fill in every field." }));
      return;
    }
    try {
      const preview = await post("/api/preview", this.#body);
      if (round !== this.#round) return;
      this.exists = preview.exists;
      this.#showPatients(preview.tasks);
      host.replaceChildren(...this.#tables(preview));
      byId("c-make").disabled = !preview.tasks.some((task) => task.split);
    } catch (error) {
      if (round !== this.#round) return;
      host.replaceChildren(element("p", { className: "problems", textContent: error.message }));
    }
  }

  #tables(preview) {
    const sum = (tasks, part, index) => tasks.reduce((total, task) => total + task[part][index], 0);
    const cell = (text, isNumber = true) => element("td", { className: isNumber ? "n" : "", textContent: text });
    const head = element("tr", {}, ...["", "Tasks", "Patients", ...preview.classes].map((text, index) => element("th", { className: index ? "n" : "", scope: "col", textContent: text })));
    const body = ["train", "validation", "test"].map((split) => {
      const tasks = preview.tasks.filter((task) => task.split === split);
      return element("tr", {}, element("th", { scope: "row", textContent: split[0].toUpperCase() + split.slice(1) }),
        cell(tasks.length), cell(new Set(tasks.map((task) => task.patient)).size),
        ...preview.classes.map((_, index) => cell(`${sum(tasks, "support", index).toLocaleString()} + ${sum(tasks, "query", index).toLocaleString()}`)));
    });
    const table = element("table", {}, element("caption", { className: "visually-hidden", textContent: "Windows of support and query" }), element("thead", {}, head), element("tbody", {}, ...body));
    const { length, stride, guard } = preview.window;
    const nodes = [
      element("p", { className: "quiet", textContent: `Windows of support + query; ${length} samples every ${stride}, guard of ${guard}; left out: ${preview.left_out.length}` }),
      ...(preview.windows_left_out ? [element("p", { className: "quiet", textContent: `Windows left out for their quality: ${preview.windows_left_out}` })] : []),
      element("div", { className: "table" }, table),
    ];
    const unlabeled = preview.tasks.reduce((total, task) => total + (task.split ? task.unlabeled_windows : 0), 0);
    if (unlabeled) nodes.push(element("p", { className: "quiet", textContent: `Left out, as nobody labeled them: ${unlabeled.toLocaleString()} windows` }));
    const items = (list, className) => element("ul", { className }, ...list.slice(0, 8).map((text) => element("li", { textContent: text })),
      ...(list.length > 8 ? [element("li", { textContent: `and ${list.length - 8} more` })] : []));
    if (preview.refused.length) nodes.push(items(preview.refused.map((r) => r.reason), "problems"));
    if (preview.warnings.length) nodes.push(items(preview.warnings, "warnings"));
    if (preview.exists) nodes.push(element("p", { className: "quiet", textContent: `${this.file} is there already and will be replaced.` }));
    return nodes;
  }

  async #make() {
    const button = byId("c-make");
    button.disabled = true;
    say("Building the collection…");
    try {
      const made = await post("/api/collection", { ...this.#body, overwrite: Boolean(this.exists) });
      const text = `${made.manifest}: ${made.tasks} tasks (${made.train} train, ${made.validation} validation, ${made.test} test)`;
      say(text);
      byId("c-preview").replaceChildren(element("p", { id: "c-made", textContent: text }),
        ...made.refused.map((r) => element("p", { className: "problems", textContent: r.reason })));
      this.exists = true;
    } catch (error) {
      say(error.message, true);
      byId("c-preview").replaceChildren(element("p", { className: "problems", textContent: error.message }));
    }
    button.disabled = false;
  }

  async #downloadConfiguration() {
    try {
      const text = await post("/api/configuration", this.#body);
      this.yaml = text;
      download(this.file.replace(/\.json$/, ".yaml"), text, "application/yaml");
    } catch (error) { say(error.message, true); }
  }

  async #downloadList() {
    try {
      const list = await get("/api/list");
      download(this.file.replace(/\.json$/, "-list.json"), JSON.stringify(list, null, 1), "application/json");
    } catch (error) { say(error.message, true); }
  }
}
