/** Requests to the service: the key where one is asked for, problems as exceptions. */

import { say, sayDates } from "./words.js";

const KEY = "khulasa.key";
const stores = [sessionStorage, localStorage];

export const keptKey = () => stores.map((store) => store.getItem(KEY)).find(Boolean) ?? null;
export const forgetKey = () => stores.forEach((store) => store.removeItem(KEY));

/** What the service answered in place of what was asked for: a problem (RFC 9457). */
export class Problem extends Error {
  constructor(body, retryAfter) {
    super(body.detail || body.title || "");
    Object.assign(this, { code: body.code, detail: body.detail, status: body.status, retryAfter });
  }
}

/**
 * Ask the service. Asks the reader for a key when one is needed, and then again.
 * Throws a Problem; with code "offline" when nobody answers.
 */
export async function call(path, { json, headers = {}, ...options } = {}) {
  const response = await send(path, json, headers, options);
  if (response.ok) return response;
  const problem = await problemOf(response);
  if (problem.code !== "unauthenticated") throw problem;
  await askForKey(keptKey() !== null);
  return call(path, { json, headers, ...options });
}

async function send(path, json, headers, options) {
  const all = new Headers(headers);
  const key = keptKey();
  if (key) all.set("Authorization", `Bearer ${key}`);
  if (json !== undefined) {
    all.set("Content-Type", "application/json");
    options = { method: "POST", ...options, body: JSON.stringify(json) };
  }
  try {
    return await fetch(path, { ...options, headers: all });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem({ code: "offline", detail: say("offline"), status: 0 });
  }
}

async function problemOf(response) {
  const retryAfter = Number(response.headers.get("Retry-After")) || null;
  const body = await response.json().catch(() => ({ code: "internal", status: response.status }));
  return new Problem(body, retryAfter);
}

let asking = null;

function askForKey(refused) {
  asking ??= new Promise((resolve) => {
    const dialog = document.getElementById("key");
    const field = document.getElementById("key-field");
    const told = dialog.querySelector(".problem");
    told.hidden = !refused;
    told.textContent = refused ? say("key_refused") : "";
    dialog.querySelector("form").onsubmit = () => {
      forgetKey();
      const store = document.getElementById("key-remember").checked ? localStorage : sessionStorage;
      store.setItem(KEY, field.value.trim());
      field.value = "";
      asking = null;
      resolve();
    };
    dialog.oncancel = (event) => event.preventDefault();
    dialog.showModal();
  });
  return asking;
}

/** Server-sent events of `path`, as {event, data}; EventSource cannot send a key. */
export async function* events(path, signal) {
  const response = await call(path, { signal, headers: { Accept: "text/event-stream" } });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let waiting = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (waiting + value).split("\n\n");
    waiting = blocks.pop();
    for (const block of blocks) {
      const lines = block.split("\n").map((line) => /^(event|data): (.*)$/.exec(line)).filter(Boolean);
      const fields = Object.fromEntries(lines.map(([, name, text]) => [name, text]));
      if (fields.data) yield { event: fields.event ?? "message", data: JSON.parse(fields.data) };
    }
  }
}

/** Put a piece of page, which the service's templates have escaped, into its place. */
export async function loadFragment(place, path = place.dataset.fragment) {
  const response = await call(path);
  place.innerHTML = await response.text();
  delete place.dataset.empty;
  sayDates(place);
}
