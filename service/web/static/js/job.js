/** A job under way: its stages as they come, a way out, and on to the article. */

import { call, events } from "./api.js";
import { patiently } from "./wait.js";
import { count, say, sayProblem } from "./words.js";

const at = (id) => document.getElementById(id);
const leaving = new AbortController();

export async function start() {
  const page = at("job");
  const address = `/v1/jobs/${page.dataset.job}`;
  const status = page.querySelector(".status");
  at("cancel").onclick = async () => {
    at("cancel").disabled = true;
    // A job that has ended meanwhile says so in its events.
    await call(address, { method: "DELETE" }).catch(() => null);
  };
  addEventListener("pagehide", () => leaving.abort());
  const job = await patiently(() => follow(address, page), status);
  if (job?.state === "done") location.replace(`/articles/${job.article_id}`);
  else if (job) end(page, job.problem ? sayProblem(job.problem) : say("cancelled"));
  else at("again").hidden = false;
}

/** Show the job until it has ended; where its events break off, ask how it stands. */
async function follow(address, page) {
  let job = null;
  try {
    for await (const { data } of events(`${address}/events`, leaving.signal)) {
      job = data;
      show(page, job);
    }
  } catch (error) {
    if (error.name === "AbortError" || error.status) throw error;
  }
  while (!job?.finished_at) {
    job = await (await call(address)).json();
    show(page, job);
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  return job;
}

/** What is translated already, below the stages; one request at a time. */
let asking = false;

async function showDraft(job) {
  if (asking || !job.total || job.finished_at) return;
  asking = true;
  const place = at("draft");
  const have = place.querySelector("[data-sentences]")?.dataset.sentences ?? 0;
  try {
    const response = await call(`/fragments/jobs/${job.id}?have=${have}`, { signal: leaving.signal });
    if (response.status === 200) place.innerHTML = await response.text();
  } catch {
    // A draft is a courtesy: the stages above tell of anything that is wrong.
  }
  asking = false;
}

function show(page, job) {
  showDraft(job);
  const stages = [...page.querySelectorAll(".stages li")];
  const now = stages.findIndex((stage) => stage.dataset.stage === (job.stage ?? "waiting"));
  stages.forEach((stage, index) => {
    stage.classList.toggle("now", index === now);
    stage.classList.toggle("past", index < now);
    if (index === now) stage.setAttribute("aria-current", "step");
    else stage.removeAttribute("aria-current");
  });
  if (!job.total || now < 0) return;
  const done = say("sentences", { done: count(job.done), total: count(job.total) });
  stages[now].querySelector(".count").textContent = done;
  const bar = page.querySelector("progress");
  bar.max = job.total;
  bar.value = job.done;
}

function end(page, words) {
  page.querySelector(".status").textContent = words;
  page.querySelector("progress").hidden = true;
  at("cancel").hidden = true;
  at("again").hidden = false;
  at("again").focus();
}
