// What is decided now: the class, its probability beside the others', how often and how surely.
import { hand } from "./hand.js";
import { html, write } from "./nodes.js";

const views = new WeakMap();

/** Shows the decision; `state` is the whole state of the page. */
export function render(root, state) {
  let view = views.get(root);
  if (!view) {
    view = build(root, state.decisions.classes);
    views.set(root, view);
  }
  const { decisions } = state;
  const flows = decisions.state === "decided" || decisions.state === "held" || decisions.state === "rejected";
  const name = flows ? decisions.class ?? "neutral" : "—";
  if (view.name.textContent !== name) {
    view.name.textContent = name;
    view.hand.replaceChildren(...(flows ? [hand(name)] : []));
  }
  write(view.note, note(decisions));
  decisions.classes.forEach((label, index) => {
    const share = decisions.probabilities[index];
    view.bars[index].row.classList.toggle("decided", flows && label === decisions.class);
    view.bars[index].fill.style.width = `${100 * share}%`;
    write(view.bars[index].value, `${(100 * share).toFixed(0)} %`);
  });
  write(view.rate, decisions.rate === null || decisions.rate === undefined
    ? "–" : `${decisions.rate.toFixed(1)} of ${decisions.nominal_rate.toFixed(1)} a second`);
  write(view.count, String(decisions.count));
  write(view.velocity, `${(100 * decisions.velocity).toFixed(0)} %`);
}

function note(decisions) {
  switch (decisions.state) {
    case "decided": return "";
    case "held": return "held: the next class is not sure enough yet";
    case "rejected": return "no class is likely enough";
    case "fault": return "no whole window of good samples yet";
    default: return `neutral: ${decisions.state}`;
  }
}

function build(root, classes) {
  const head = html("div", { class: "panel-head" }, html("h2", {}, "Decision"));
  const picture = html("div", { class: "hand" });
  const name = html("strong");
  const sentence = html("p", { class: "muted" });
  const bars = classes.map((label) => {
    const fill = html("span");
    const value = html("span", {}, "–");
    const row = html("div", { class: "bar" }, html("span", {}, label), html("div", { class: "meter" }, fill), value);
    return { row, fill, value };
  });
  const [rate, count, velocity] = ["", "", ""].map(() => html("dd"));
  root.replaceChildren(
    head, html("div", { class: "decision" }, picture, html("div", {}, name, sentence)),
    html("div", { class: "bars" }, ...bars.map((bar) => bar.row)),
    html("dl", { class: "facts" }, html("dt", {}, "Decisions"), rate, html("dt", {}, "So far"), count,
      html("dt", {}, "Velocity"), velocity));
  return { name, hand: picture, note: sentence, bars, rate, count, velocity };
}

/** What the synthetic person is told to do; nothing when somebody real is measured. */
export function renderPerson(root, state, act) {
  root.hidden = !state.synthetic;
  if (root.hidden) return;
  if (!root.firstChild) {
    root.append(
      html("div", { class: "panel-head" }, html("h2", {}, "Synthetic person"), html("span", { class: "muted" }, "does what you choose")),
      html("div", { class: "buttons" }, ...state.decoder.classes.map((name) => {
        const button = html("button", {}, name);
        button.type = "button";
        button.addEventListener("click", () => act("intention", { class: name }));
        return button;
      })));
  }
  for (const button of root.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.textContent === state.synthetic.intention));
    button.classList.toggle("primary", button.textContent === state.synthetic.intention);
  }
}
