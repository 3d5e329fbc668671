// Each electrode with how strong its signal is and what is wrong with it, before anything is recorded.
import { html, write } from "./nodes.js";

const sentences = {
  flat: "does not move", clipping: "at the end of its range", hum: "mains hum", missing: "no numbers",
};
const views = new WeakMap();

/** Shows the electrodes; `state` is the whole state of the page. */
export function render(root, state) {
  const { quality } = state;
  let view = views.get(root);
  if (!view) {
    view = { summary: html("span", { class: "muted" }, "looking"), list: html("div"), placement: html("p", { class: "mark-bad" }), rows: [] };
    root.replaceChildren(html("div", { class: "panel-head" }, html("h2", {}, "Quality"), view.summary), view.placement, view.list);
    views.set(root, view);
  }
  if (!quality) return;
  if (view.rows.length !== quality.electrodes.length) {
    view.rows = quality.electrodes.map((electrode) => {
      const fill = html("span");
      const finding = html("span");
      const row = html("div", { class: "electrode" }, html("span", { class: "name" }, electrode.name), html("div", { class: "meter" }, fill), finding);
      return { row, fill, finding };
    });
    view.list.replaceChildren(...view.rows.map((row) => row.row));
  }
  const strongest = Math.max(...quality.electrodes.map((electrode) => electrode.level), 1e-12);
  let bad = 0;
  quality.electrodes.forEach((electrode, index) => {
    const row = view.rows[index];
    row.fill.style.width = `${100 * electrode.level / strongest}%`;
    row.row.title = `${electrode.level.toPrecision(3)} ${electrode.unit} beside the mean`;
    const findings = electrode.findings.map((name) => sentences[name]).join(", ");
    if (findings) bad += 1;
    row.finding.className = findings ? "finding" : "fine";
    write(row.finding, findings || "good");
  });
  const notes = [
    bad ? `${bad} of ${quality.electrodes.length} electrodes need a look` : "all electrodes are good",
    ...(quality.held ? ["the device repeats samples"] : []),
  ];
  write(view.summary, notes.join("; "));
  write(view.placement, placement(state));
}

/** What looks wrong with the band, as the last adaptation saw it. */
export function placement(state) {
  return state.adaptation.steps.at(-1)?.placement ?? "";
}
