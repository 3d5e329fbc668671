// Dialogs, short messages, and what is said to screen readers.

const byId = (id) => document.getElementById(id);

export function say(text, isBad = false) {
  byId("live").textContent = text;
  const toast = document.createElement("div");
  toast.className = isBad ? "toast bad" : "toast";
  toast.textContent = text;
  byId("toasts").replaceChildren(toast);
  setTimeout(() => toast.remove(), isBad ? 9000 : 3500);
}

// Enter in a field presses the first button that sends the form, which must not be this one.
for (const button of document.querySelectorAll("dialog .cancel")) {
  button.addEventListener("click", () => button.closest("dialog").close("cancel"));
}

// Resolves with the value of the button that closed the dialog.
export function ask(dialog) {
  return new Promise((resolve) => {
    dialog.returnValue = "cancel";
    dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true });
    dialog.showModal();
  });
}

export async function askNote(text) {
  const field = byId("note-field");
  const dialog = byId("note-dialog");
  field.value = text;
  const submit = (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) dialog.close("save");
  };
  field.addEventListener("keydown", submit);
  const answer = await ask(dialog);
  field.removeEventListener("keydown", submit);
  return answer === "save" ? field.value.trim() : null;
}

const verbs = {
  approve: "approved", reject: "rejected", flag: "flagged", reopen: "reopened", note: "noted on",
  relabel: "relabeled", exclude: "excluded a range of", include: "used a range again of",
  exclude_channel: "excluded a channel of", include_channel: "used a channel again of",
  label: "labeled", rename: "renamed", undo: "undid a decision about",
};

export function sentence(decision) {
  return `${decision.by} ${verbs[decision.action] ?? decision.action} ${decision.recording}`;
}

export async function askConflict(own, others) {
  byId("conflict-own").textContent = own;
  byId("conflict-list").replaceChildren(...others.map((decision) => {
    const item = document.createElement("li");
    item.textContent = sentence(decision);
    return item;
  }));
  return await ask(byId("conflict-dialog")) === "retry";
}

export function download(name, text, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
