/** A desk's glossary: find a term, add one, import and export. A change is a new version. */

import { call, loadFragment } from "./api.js";
import { signs } from "./author.js";
import { patiently } from "./wait.js";

const TYPES = { tsv: "text/tab-separated-values", csv: "text/csv" };
const HEAD = "ar\ten\n";
const ATTEMPTS = 3;
const at = (id) => document.getElementById(id);
const trying = (work) => patiently(work, at("glossary-notice"));
const address = () => `/v1/glossaries/${encodeURIComponent(at("desk").value.trim())}`;

export function start() {
  signs(at("by"));
  at("find").addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  at("add").addEventListener("submit", (event) => {
    event.preventDefault();
    add();
  });
  at("file").addEventListener("change", ({ target }) => {
    const [file] = target.files;
    if (file) bring(file);
    target.value = "";
  });
  at("export").onclick = save;
  if ("empty" in at("terms").dataset) show();
}

function show() {
  const asked = new URLSearchParams({ desk: at("desk").value.trim(), query: at("query").value });
  history.replaceState(null, "", `?${asked}`); // what the link to the other language leads to
  return trying(() => loadFragment(at("terms"), `/fragments/glossary?${asked}`));
}

/**
 * The desk's glossary as TSV (only its columns where it has none yet), and the headers under which
 * what is made of it may take its place: not if somebody else was there first.
 */
async function current() {
  try {
    const response = await call(address());
    return { text: await response.text(), stands: { "If-Match": response.headers.get("ETag") } };
  } catch (problem) {
    if (problem.status === 404) return { text: HEAD, stands: { "If-None-Match": "*" } };
    throw problem;
  }
}

/** Put a term under those that stand there; where another editor was quicker, under theirs. */
async function append(term) {
  for (let attempt = 1; ; attempt++) {
    const { text, stands } = await current();
    const [head] = text.split(/\r?\n/, 1);
    const cells = head.split("\t").map((column) => ({ ar: `"${term[0]}"`, en: `"${term[1]}"` })[column] ?? "");
    try {
      return await put(`${text.trimEnd()}\n${cells.join("\t")}\n`, "tsv", stands);
    } catch (problem) {
      if (problem.status !== 412 || attempt === ATTEMPTS) throw problem;
    }
  }
}

async function add() {
  if (!at("by").reportValidity()) return;
  const term = [at("ar"), at("en")].map(({ value }) => value.replace(/\s+/g, " ").trim().replaceAll('"', '""'));
  if (!(await trying(() => append(term)))) return;
  for (const field of [at("en"), at("ar")]) field.value = "";
  at("ar").focus();
  await show();
}

async function bring(file) {
  if (!at("by").reportValidity()) return;
  const kind = file.name.toLowerCase().endsWith(".csv") ? "csv" : "tsv";
  const body = await file.text();
  if (await trying(() => put(body, kind))) await show();
}

function put(body, kind, stands = {}) {
  const by = encodeURIComponent(at("by").value.trim());
  const headers = { "Content-Type": TYPES[kind], ...stands };
  return call(`${address()}?by=${by}`, { method: "PUT", body, headers });
}

async function save() {
  const response = await trying(() => call(address()));
  if (!response) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = `${at("desk").value.trim()}.tsv`;
  link.click();
  URL.revokeObjectURL(link.href);
}
