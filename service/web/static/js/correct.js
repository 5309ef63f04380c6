/** Correcting in place: a form where the text stood, its versions, and the way back. */

import { call } from "./api.js";
import { signs } from "./author.js";
import { patiently } from "./wait.js";
import { make, say, sayDate } from "./words.js";

let article = "";
let renew = async () => {};

export function setUp(place, id, onChange) {
  article = id;
  renew = onChange;
  for (const button of place.querySelectorAll("[data-correct]"))
    button.onclick = () => editPlace(button.dataset.correct);
  for (const button of place.querySelectorAll("[data-versions]"))
    button.onclick = () => showVersions(button.dataset.versions);
}

const digest = async () => (await call(`/v1/articles/${article}`)).json();

/** What stands at a place of the Digest, as it is stored: numerals and isolates are for display. */
async function textAt(place) {
  const found = place.split(".").reduce((value, key) => value[key], await digest());
  return found.text ?? found;
}

/** Put a form in place of the text at `place`. */
export async function editPlace(place) {
  const element = document.querySelector(`[data-place="${place}"]`);
  if (!element || element.querySelector(".correction")) return;
  const notice = noticeAfter(element);
  const old = await patiently(() => textAt(place), notice);
  if (old === null) return;
  notice.remove();
  if (element.querySelector(".correction")) return; // asked for twice
  const shown = [...element.childNodes];
  const { lang, dir } = element.closest("[lang]");
  const leave = () => {
    element.replaceChildren(...shown);
    if (element.matches(".s")) element.focus({ preventScroll: true });
  };
  element.replaceChildren(form(place, old, lang, dir, leave));
  element.querySelector("textarea").focus();
}

/** Where to tell of what goes wrong before there is a form; one at a place. */
function noticeAfter(element) {
  if (element.nextElementSibling?.matches(".notice")) element.nextElementSibling.remove();
  const notice = make("span", { className: "notice", role: "alert", hidden: true, lang: document.documentElement.lang, dir: document.documentElement.dir });
  element.after(notice);
  return notice;
}

function form(place, old, lang, dir, leave) {
  const text = make("textarea", { value: old, lang, dir, required: true, ariaLabel: say("edit"), rows: 3 });
  const by = signs(make("input", { dir: "auto" }));
  const note = make("input", { maxLength: 1000, dir: "auto" });
  const notice = make("p", { className: "notice", role: "alert", hidden: true });
  const save = make("button", { className: "primary", textContent: say("save") });
  const made = make("form", { className: "correction", lang: document.documentElement.lang, dir: document.dir },
    text,
    make("div", { className: "by" },
      make("label", {}, say("author"), by),
      make("label", {}, say("note"), note)),
    make("div", { className: "actions" }, save,
      make("button", { type: "button", textContent: say("leave"), onclick: leave })),
    notice);
  made.onkeydown = (event) => {
    event.stopPropagation();
    if (event.key === "Escape") leave();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) made.requestSubmit();
  };
  made.onsubmit = async (event) => {
    event.preventDefault();
    if (text.value.trim() === old.trim()) return leave();
    save.disabled = true;
    const json = { which: place, text: text.value, by: by.value.trim(), note: note.value.trim() || null };
    const saved = await patiently(() => call(`/v1/articles/${article}/feedback`, { json }), notice);
    save.disabled = false;
    if (saved) await changed(place, notice);
  };
  return made;
}

/** Show the article as it is now; `then` before the focus goes to the place. */
async function changed(place, notice, then = () => {}) {
  if (!(await patiently(async () => (await renew(), true), notice))) return;
  then();
  document.getElementById("told").textContent = say("saved");
  const element = document.querySelector(`[data-place="${place}"]`);
  (element?.matches(".s") ? element : document.querySelector(`[data-correct="${place}"]`))?.focus({ preventScroll: true });
}

/** Every version of a place in a dialog, newest first; any can be put in force again. */
export async function showVersions(place) {
  const dialog = document.getElementById("versions");
  const notice = make("p", { className: "notice", role: "alert", hidden: true });
  const show = (...parts) => {
    dialog.replaceChildren(make("h2", { id: "versions-title", textContent: say("versions") }), ...parts, notice,
      make("div", { className: "actions" },
        make("button", { type: "button", textContent: say("close"), onclick: () => dialog.close() })));
    dialog.querySelector("button").focus();
  };
  show();
  dialog.showModal();
  const record = await patiently(async () => (await call(`/v1/articles/${article}/feedback`)).json(), notice);
  if (!record) return;
  const own = record.versions.filter(({ which }) => which === place).reverse();
  const element = document.querySelector(`[data-place="${place}"]`);
  const { lang, dir } = element.closest("[lang]");
  const by = signs(make("input", { dir: "auto" }));
  const act = async (number, deed) => {
    if (!by.reportValidity()) return;
    const json = { by: by.value.trim() };
    const done = await patiently(
      async () => (await call(`/v1/articles/${article}/feedback/${number}/${deed}`, { json })).json(), notice);
    if (!done) return;
    if (!done.post_again) return changed(place, notice, () => dialog.close());
    const address = await patiently(postAgain, notice);
    if (address) location.assign(address);
  };
  const items = own.map((version) => item(version, lang, dir, act));
  const edited = own.some(({ in_force }) => in_force) || element.dataset.origin === "memory";
  if (own.length) items.push(modelItem(own, lang, dir, edited, act));
  if (!own.length) show(make("p", { className: "aside", textContent: say("no_versions") }));
  else show(make("ol", {}, ...items), make("label", { className: "by" }, say("author"), by));
}

/**
 * The editor's text came out of the translation memory when this Digest was made, and stays in it:
 * the model's is in the one that the same article is answered with now.
 */
async function postAgain() {
  const { text, title, language, summaries, profile, glossary } = await digest();
  const lengths = Object.keys(Object.values(summaries)[0]);
  const desk = glossary?.split("@")[0] ?? "";
  const json = { text, title, language: language.code, lengths, profile, glossary: desk };
  const response = await call("/v1/articles", { json, headers: { Prefer: "respond-async" } });
  return response.headers.get("Location").replace("/v1", "");
}

function item(version, lang, dir, act) {
  const facts = [version.by, sayDate(version.at), version.in_force ? say("in_force") : null, version.note];
  const text = version.text ?? say("taken_back");
  return make("li", {},
    make("p", { className: "aside", textContent: facts.filter(Boolean).join(" · ") }),
    make("p", version.text === null ? { className: "gone", textContent: text } : { className: "prose", lang, dir, textContent: text }),
    version.text === null || version.in_force ? null
      : make("p", {}, make("button", { type: "button", textContent: say("restore"), onclick: () => act(version.id, "restore") })));
}

/** What the model wrote is what the first correction replaced. */
function modelItem(own, lang, dir, edited, act) {
  const first = own.at(-1);
  return make("li", {},
    make("p", { className: "aside", textContent: say("model_text") }),
    make("p", { className: "prose", lang, dir, textContent: first.replaced }),
    edited
      ? make("p", {}, make("button", { type: "button", textContent: say("revert"), onclick: () => act(first.id, "revert") }))
      : null);
}
