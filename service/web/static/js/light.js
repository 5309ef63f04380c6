/**
 * Lighting: a sentence and its partner, a claim and its evidence, a mark and its explanation.
 *
 * Each column is one stop for the Tab key; arrow keys walk its sentences, left and right change
 * sides. Enter holds the light on a sentence and opens the slip.
 */

import * as slip from "./slip.js";
import { hideTip } from "./tip.js";

const calm = matchMedia("(prefers-reduced-motion: reduce)");
let sentences = new Map(); // sentence id → [source, target]
let lit = [];

export function setUp(place) {
  sentences = new Map();
  lit = [];
  for (const element of place.querySelectorAll(".s")) {
    const pair = sentences.get(element.dataset.s) ?? sentences.set(element.dataset.s, []).get(element.dataset.s);
    pair.push(element);
  }
  for (const side of ["source", "target"]) {
    const first = place.querySelector(`.${side} .s`);
    if (first) first.tabIndex = 0;
  }
  const paragraphs = place.querySelector(".paragraphs");
  paragraphs.onpointermove = hover();
  paragraphs.onpointerleave = () => light([]);
  paragraphs.addEventListener("focusin", ({ target }) => focus(target.closest(".s")));
  paragraphs.onkeydown = walk;
  paragraphs.onclick = ({ target }) => {
    const sentence = target.closest(".s");
    if (sentence && !target.closest("a, .correction") && getSelection().isCollapsed) hold(sentence);
  };
  setUpClaims(place);
  hideTip();
  for (const link of place.querySelectorAll("[data-show]")) link.onclick = (event) => showPlace(event, link);
  slip.close();
}

/** Light on a real move only: when the page scrolls under a resting pointer, nothing changes. */
function hover() {
  let last = "";
  return ({ target, clientX, clientY, pointerType }) => {
    const here = `${clientX} ${clientY}`;
    if (pointerType === "touch" || here === last) return;
    last = here;
    const sentence = target.closest(".s");
    if (sentence) lightPair(sentence);
  };
}

function lightPair(sentence) {
  const pair = sentences.get(sentence.dataset.s);
  if (pair === lit) return;
  light(pair);
  const partner = pair.find((element) => element !== sentence);
  if (partner) intoView(partner, "nearest");
}

function light(elements) {
  for (const element of lit) element.classList.remove("lit");
  lit = elements;
  for (const element of lit) element.classList.add("lit");
}

export function intoView(element, block) {
  element.scrollIntoView({ block, inline: "nearest", behavior: calm.matches ? "instant" : "smooth" });
}

function focus(sentence) {
  if (!sentence) return;
  const side = sentence.closest(".side").classList.contains("source") ? "source" : "target";
  for (const other of document.querySelectorAll(`.${side} .s[tabindex="0"]`)) other.tabIndex = -1;
  sentence.tabIndex = 0;
  lightPair(sentence);
}

function walk(event) {
  const sentence = event.target.closest(".s");
  if (!sentence || event.target.closest(".correction")) return;
  if (event.key === "Enter" && event.target === sentence) {
    event.preventDefault();
    hold(sentence);
    return;
  }
  const next = neighbour(sentence, event.key);
  if (!next) return;
  event.preventDefault();
  next.focus({ preventScroll: true });
  intoView(next, "nearest");
}

function neighbour(sentence, key) {
  const pair = sentences.get(sentence.dataset.s);
  const side = pair.indexOf(sentence);
  const id = Number(sentence.dataset.s);
  const to = { ArrowDown: id + 1, ArrowUp: id - 1, Home: 0, End: sentences.size - 1 }[key];
  if (to !== undefined) return sentences.get(String(to))?.[side];
  return key === "ArrowLeft" || key === "ArrowRight" ? pair[1 - side] : undefined;
}

/** Keep the light on a sentence while the slip tells about it. */
function hold(sentence) {
  const pair = sentences.get(sentence.dataset.s);
  release();
  for (const element of pair) element.classList.add("held");
  slip.showSentence(pair, () => {
    release();
    sentence.focus({ preventScroll: true });
  });
}

function release() {
  for (const element of document.querySelectorAll(".held")) element.classList.remove("held");
  for (const claim of document.querySelectorAll('.claim[aria-pressed="true"]')) claim.setAttribute("aria-pressed", "false");
}

function setUpClaims(place) {
  for (const claim of place.querySelectorAll(".claim")) {
    claim.onclick = () => (getSelection().isCollapsed ? showEvidence(claim) : null);
    claim.onkeydown = (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      showEvidence(claim);
    };
  }
}

function showEvidence(claim) {
  const again = claim.getAttribute("aria-pressed") === "true";
  release();
  slip.close();
  if (again) return;
  claim.setAttribute("aria-pressed", "true");
  const ids = claim.dataset.evidence.split(" ").filter((id) => sentences.has(id));
  for (const id of ids) for (const element of sentences.get(id)) element.classList.add("held");
  slip.showEvidence(claim, ids.map((id) => sentences.get(id)), intoView, () => {
    release();
    claim.focus({ preventScroll: true });
    intoView(claim, "nearest");
  });
}

/** From a note to its words: the sentence takes the focus, so that the keyboard goes on there. */
function showPlace(event, link) {
  const target = document.getElementById(link.dataset.show);
  if (!target) return;
  event.preventDefault();
  hideTip();
  const panel = target.closest('[role="tabpanel"]');
  if (panel) document.getElementById(panel.getAttribute("aria-labelledby")).click();
  const stop = target.matches(".s") ? target : target.querySelector(".claim");
  stop?.focus({ preventScroll: true });
  intoView(target, "center");
}
