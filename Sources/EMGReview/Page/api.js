// Requests to the server. Nothing here knows of the page.

export class Problem extends Error {
  constructor(status, text, body) {
    super(text);
    this.status = status;
    this.body = body;
  }
}

async function read(response) {
  if (response.status === 304) return null;
  const isJSON = (response.headers.get("Content-Type") ?? "").startsWith("application/json");
  const body = isJSON ? await response.json() : await response.text();
  if (response.ok) return body;
  throw new Problem(response.status, body?.error ?? (isJSON ? "" : body), body);
}

export async function get(path, parameters = {}, headers = {}) {
  const query = new URLSearchParams(parameters).toString();
  return read(await fetch(query ? `${path}?${query}` : path, { headers }));
}

export async function post(path, body, revision) {
  const headers = { "Content-Type": "application/json" };
  if (revision !== undefined) headers["If-Match"] = `"${revision}"`;
  return read(await fetch(path, { method: "POST", headers, body: JSON.stringify(body ?? {}) }));
}

// A segment of a signal as docs/review/endpoints.md describes it.
export async function picture(parameters, signal) {
  const response = await fetch(`/api/signal?${new URLSearchParams(parameters)}`, { signal });
  if (!response.ok) await read(response);
  const buffer = await response.arrayBuffer();
  const view = new DataView(buffer);
  return {
    channels: view.getUint32(4, true),
    columns: view.getUint32(8, true),
    isExtremes: view.getUint32(12, true) === 1,
    start: view.getFloat64(16, true),
    span: view.getFloat64(24, true),
    completeness: view.getFloat64(32, true),
    values: new Float32Array(buffer, 40),
  };
}
