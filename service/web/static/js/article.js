/** An article's page: fetches it where a key is asked for, and sets its parts to work. */

import { loadFragment } from "./api.js";
import * as correct from "./correct.js";
import * as light from "./light.js";
import * as tabs from "./tabs.js";
import * as take from "./take.js";
import { say, sayProblem } from "./words.js";

const place = document.getElementById("article");

export async function start() {
  if ("empty" in place.dataset) await load();
  else setUp();
}

async function load() {
  try {
    await loadFragment(place);
  } catch (problem) {
    if (problem.status === 404) place.replaceChildren(document.getElementById("missing").content);
    else place.textContent = sayProblem(problem);
    return;
  }
  setUp();
}

/** Fetch the article anew, after a correction; the reader stays where they were. */
async function renew() {
  const state = tabs.state(place);
  const top = scrollY;
  await loadFragment(place);
  setUp();
  tabs.restore(place, state);
  scrollTo({ top, behavior: "instant" });
}

function setUp() {
  document.title = `${place.querySelector("h1").textContent} · ${say("name")}`;
  const id = place.dataset.id;
  tabs.setUp(place);
  light.setUp(place);
  take.setUp(place, id);
  correct.setUp(place, id, renew);
}
