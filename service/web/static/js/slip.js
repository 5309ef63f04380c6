/** The slip at the foot of the window: about a sentence, or the evidence of a claim. */

import { editPlace, showVersions } from "./correct.js";
import { count, make, say } from "./words.js";

const slip = document.getElementById("slip");
const root = document.documentElement;
let onClose = null;

const button = (name, onclick, className = "quiet") =>
  make("button", { type: "button", className, textContent: say(name), onclick });

export function close() {
  const then = onClose;
  onClose = null;
  slip.hidden = true;
  root.classList.remove("slipped");
  then?.();
}

addEventListener("keydown", ({ key, target }) => {
  if (key === "Escape" && !slip.hidden && !target.closest("dialog, .correction")) close();
});

function open(then, ...parts) {
  onClose = then;
  slip.replaceChildren(make("div", {}, ...parts));
  slip.hidden = false;
  root.classList.add("slipped");
}

/** What the marks in these elements mean, as a list; null where there are none. */
function notesOn(elements) {
  const ids = elements.flatMap((element) => [...element.querySelectorAll(".mark")]).map(({ dataset }) => dataset.note);
  const list = [...new Set(ids)].map((id) =>
    make("li", {}, document.querySelector(`#note-${id} .message`).cloneNode(true)));
  return list.length ? make("ul", {}, ...list) : null;
}

/** `pair` is a sentence and its translation. */
export function showSentence(pair, then) {
  const [, target] = pair;
  const { score, origin, place, s, versioned } = target.dataset;
  const facts = [say("sentence", { number: count(Number(s) + 1) })];
  facts.push(origin === "model" ? say("confidence", { score: count(Number(score)) }) : say(`origin_${origin}`));
  const notes = notesOn(pair);
  open(
    then,
    make("p", { className: "aside", textContent: facts.join(" · ") }),
    notes,
    make("div", { className: "actions" },
      button("correct", () => {
        close();
        editPlace(place);
      }, ""),
      Number(versioned) ? button("versions", () => showVersions(place)) : null,
      button("close", close, "quiet close")),
  );
  slip.querySelector("button").focus({ preventScroll: true });
}

/** `evidence` are pairs of sentences, best first. */
export function showEvidence(claim, evidence, intoView, then) {
  let at = 0;
  const status = make("p", { className: "aside", role: "status" });
  const show = (step) => {
    at = (at + step + evidence.length) % evidence.length;
    const sentence = evidence[at].find(({ offsetParent }) => offsetParent) ?? evidence[at][0];
    const values = { number: count(Number(sentence.dataset.s) + 1), at: count(at + 1), total: count(evidence.length) };
    status.textContent = say("evidence", values);
    intoView(sentence, "nearest");
  };
  const quote = make("p", { className: "quote", lang: claim.lang, dir: claim.dir });
  quote.append(...claim.cloneNode(true).childNodes);
  for (const mark of quote.querySelectorAll(".mark")) mark.replaceWith(...mark.childNodes);
  const many = evidence.length > 1;
  const back = button("back", close, "");
  open(
    then,
    quote,
    notesOn([claim]),
    status,
    make("div", { className: "actions" }, back,
      many ? button("previous", () => show(-1)) : null,
      many ? button("next", () => show(1)) : null,
      button("close", () => {
        onClose = null;
        claim.setAttribute("aria-pressed", "false");
        document.querySelectorAll(".held").forEach((element) => element.classList.remove("held"));
        close();
      }, "quiet close")),
  );
  if (evidence.length) show(0);
  else status.textContent = say("no_evidence");
  back.focus({ preventScroll: true });
}
