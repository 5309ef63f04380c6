/** A desk's glossary: find a term, add one, import and export. A change is a new version. */

import { call, loadFragment } from "./api.js";
import { signs } from "./author.js";
import { patiently } from "./wait.js";

const TYPES = { tsv: "text/tab-separated-values", csv: "text/csv" };
const HEAD = "ar\ten\n";
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
  return trying(() => loadFragment(at("terms"), `/fragments/glossary?${asked}`));
}

/** The desk's glossary as TSV; only its columns where it has none yet. */
async function current() {
  try {
    return await (await call(address())).text();
  } catch (problem) {
    if (problem.status === 404) return HEAD;
    throw problem;
  }
}

async function add() {
  const term = [at("ar"), at("en")].map(({ value }) => value.replace(/\s+/g, " ").trim().replaceAll('"', '""'));
  const text = await trying(current);
  if (text === null) return;
  const [head] = text.split(/\r?\n/, 1);
  const cells = head.split("\t").map((column) => ({ ar: `"${term[0]}"`, en: `"${term[1]}"` })[column] ?? "");
  if (!(await put(`${text.trimEnd()}\n${cells.join("\t")}\n`, "tsv"))) return;
  for (const field of [at("en"), at("ar")]) field.value = "";
  at("ar").focus();
  await show();
}

async function bring(file) {
  const kind = file.name.toLowerCase().endsWith(".csv") ? "csv" : "tsv";
  if (await put(await file.text(), kind)) await show();
}

async function put(body, kind) {
  if (!at("by").reportValidity()) return null;
  const by = encodeURIComponent(at("by").value.trim());
  const headers = { "Content-Type": TYPES[kind] };
  return trying(() => call(`${address()}?by=${by}`, { method: "PUT", body, headers }));
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
