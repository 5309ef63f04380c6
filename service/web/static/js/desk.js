/** The desk: paste, drop or open an article, send it; find one that was read before. */

import { call, loadFragment } from "./api.js";
import { patiently, tell } from "./wait.js";
import { count, say } from "./words.js";

const DRAFT = "khulasa.draft";
const LOOKS_LIKE_HTML = /^\s*<(!doctype|html|head|body|article|main|section|div|p|h1)[\s>]/i;
const SEARCH_AFTER_MS = 250;
const at = (id) => document.getElementById(id);

export function start() {
  const form = at("compose");
  restore();
  form.addEventListener("input", () => {
    keep();
    look();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(form);
  });
  at("file").addEventListener("change", ({ target }) => {
    if (target.files.length) open(target.files[0]);
    target.value = "";
  });
  setUpDrop();
  setUpSearch();
  if ("empty" in at("desks").dataset) patiently(() => loadFragment(at("desks")), at("compose-notice"));
}

/* What is typed survives a change of language and the way back from an article. */
function keep() {
  const draft = { text: at("text").value, headline: at("headline").value };
  sessionStorage.setItem(DRAFT, JSON.stringify(draft));
}

async function restore() {
  const again = new URLSearchParams(location.search).get("again");
  if (again) {
    const digest = await patiently(async () => (await call(`/v1/articles/${again}`)).json(), at("compose-notice"));
    if (digest) {
      fill(digest.text, digest.title);
      history.replaceState(null, "", "/"); // from now on the draft is what a reload restores
    }
    at("language").focus();
    return;
  }
  const kept = JSON.parse(sessionStorage.getItem(DRAFT) ?? "{}");
  if (kept.text) fill(kept.text, kept.headline);
}

function fill(text, headline) {
  at("text").value = text;
  at("headline").value = headline ?? "";
  keep();
  look();
}

/** Say what the text seems to be, as it is typed; the service decides. */
function look() {
  const text = at("text").value;
  const found = document.querySelector(".found");
  const arabic = (text.match(/[\u0620-\u06ff]/g) ?? []).length;
  const latin = (text.match(/[A-Za-z]/g) ?? []).length;
  const words = say("words", { count: count(text.split(/\s+/).filter(Boolean).length) });
  const seems = LOOKS_LIKE_HTML.test(text) ? say("as_html") : say(arabic > latin ? "detected_ar" : "detected_en");
  found.textContent = arabic + latin ? `${seems} · ${words}` : "";
}

function articleOf(form) {
  const text = at("text").value;
  const article = LOOKS_LIKE_HTML.test(text) ? { html: text } : { text };
  article.language = form.language.value;
  if (at("headline").value.trim()) article.title = at("headline").value.trim();
  if (form.profile) article.profile = form.profile.value;
  if (form.glossary?.value) article.glossary = form.glossary.value;
  return article;
}

async function submit(form) {
  const button = form.querySelector(".primary");
  if (button.disabled) return;
  if (!at("text").value.trim()) {
    at("text").focus();
    return;
  }
  button.disabled = true;
  const response = await patiently(
    () => call("/v1/articles", { json: articleOf(form), headers: { Prefer: "respond-async" } }),
    at("compose-notice"),
  );
  button.disabled = false;
  if (response) location.assign(response.headers.get("Location").replace("/v1", ""));
}

async function open(file) {
  const notice = at("compose-notice");
  if (file.size > Number(at("compose").dataset.maxBytes)) {
    tell(notice, say("problem.too_large"));
    return;
  }
  document.querySelector(".found").textContent = say("reading_file", { name: file.name });
  const body = new FormData();
  body.append("file", file);
  const loaded = await patiently(
    async () => (await call("/v1/files", { method: "POST", body })).json(),
    notice,
  );
  if (loaded) fill(loaded.text ?? loaded.html, loaded.title);
  else look();
  at("text").focus();
}

function setUpDrop() {
  const paper = document.querySelector(".paper");
  const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    paper.classList.add("dropping");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) paper.classList.remove("dropping");
  });
  document.addEventListener("drop", (event) => {
    paper.classList.remove("dropping");
    if (!holdsFiles(event)) return;
    event.preventDefault();
    open(event.dataTransfer.files[0]);
  });
}

function setUpSearch() {
  const list = at("history");
  const field = at("query");
  const notice = at("compose-notice");
  const show = () =>
    patiently(() => loadFragment(list, `/fragments/history?query=${encodeURIComponent(field.value)}`), notice);
  let timer;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, SEARCH_AFTER_MS);
  });
  at("search").addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  if ("empty" in list.dataset) show();
}
