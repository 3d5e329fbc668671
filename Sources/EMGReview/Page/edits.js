// What has been decided, by whomever: kept in step with the edit file.

import { get, post, Problem } from "./api.js";
import { askConflict, say, sentence } from "./dialogs.js";

const names = {
  approve: "approve", reject: "reject", flag: "flag", reopen: "back to unseen", note: "the note",
  relabel: "the new label", exclude: "exclude the range", include: "use the range again",
  exclude_channel: "exclude the channel", include_channel: "use the channel again",
  label: "the proposed labels", rename: "the other names",
};

export class Edits extends EventTarget {
  revision = 0;
  recordings = {};
  undoable = null;
  redoable = null;
  #renamings = "";
  #queue = Promise.resolve();

  state(id) { return this.recordings[id]?.state ?? "unseen"; }

  #take(body) {
    this.revision = body.revision;
    this.recordings = body.recordings;
    this.undoable = body.undoable;
    this.redoable = body.redoable;
    const renamings = body.renamings.join(" ");
    const isRenamed = renamings !== this.#renamings;
    this.#renamings = renamings;
    this.dispatchEvent(new Event("change"));
    if (isRenamed) this.dispatchEvent(new Event("names"));
  }

  async load() { this.#take(await get("/api/edits")); }

  // One after another, so that each is made upon what the one before it left.
  decide(decision) {
    const own = `${names[decision.action]}, ${decision.recording}`;
    return this.#send("/api/decisions", decision, own);
  }

  undo() { return this.#send("/api/undo", {}, "undo"); }

  redo() { return this.#send("/api/redo", {}, "redo"); }

  #send(path, body, own) {
    const sending = this.#queue.then(() => this.#attempt(path, body, own));
    this.#queue = sending.catch(() => {});
    return sending;
  }

  async #attempt(path, body, own) {
    for (;;) {
      try {
        const answer = await post(path, body, this.revision);
        this.#take(answer);
        return answer.decisions.at(-1) ?? null;
      } catch (error) {
        if (!(error instanceof Problem)) {
          say("The server does not answer: nothing was saved.", true);
          throw error;
        }
        if (error.status !== 409) {
          say(error.message, true);
          throw error;
        }
        this.#take(error.body);
        if (!await askConflict(own, error.body.decisions)) return null;
      }
    }
  }

  // What other browsers do.
  watch() {
    const look = async () => {
      try {
        const tag = { "If-None-Match": `"${this.revision}"` };
        await this.#queue;
        const body = await get("/api/edits", { since: this.revision }, tag);
        if (body && body.revision > this.revision) {
          this.#take(body);
          const latest = body.decisions.at(-1);
          if (latest) say(sentence(latest));
        }
      } catch { /* the next look may succeed; a decision says so when it cannot be saved */ }
    };
    setInterval(look, 3000);
    addEventListener("focus", look);
  }
}
