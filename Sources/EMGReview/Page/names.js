// Other names for a recording, its session or its person.

import { ask } from "./dialogs.js";

const byId = (id) => document.getElementById(id);
const parts = ["patient", "session", "condition", "run"];

// The decision that gives the names which were changed; null when none was.
export async function askNames({ id, names }) {
  const [patient, session] = id.split("/");
  byId("names-scope").replaceChildren(
    new Option("This recording", "recording"), new Option(`All recordings of session ${session}`, "session"),
    new Option(`All recordings of ${patient}`, "patient"));
  byId("names-archived").textContent = `In the archive: ${id}`;
  for (const part of parts) byId(`names-${part}`).value = names[part];
  if (await ask(byId("names-dialog")) !== "save") return null;
  const changed = Object.fromEntries(parts.map((part) => [part, byId(`names-${part}`).value.trim()])
    .filter(([part, name]) => name && name !== names[part]));
  return Object.keys(changed).length ? { action: "rename", scope: byId("names-scope").value, ...changed } : null;
}
