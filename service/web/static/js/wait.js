/** Waiting out an overload: count down, then try again, unless the reader says stop. */

import { Problem } from "./api.js";
import { count, make, say, sayProblem } from "./words.js";

const MAX_WAIT_S = 120;
const isBusy = (problem) => problem.retryAfter && [429, 503].includes(problem.status);

/**
 * Do `work` until it works out or fails for another reason than an overload.
 * Tells of problems in `notice`; answers null where it did not work out.
 */
export async function patiently(work, notice) {
  for (;;) {
    notice.hidden = true;
    try {
      return await work();
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      if (!isBusy(problem)) {
        tell(notice, sayProblem(problem));
        return null;
      }
      if (!(await countDown(problem, notice))) return null;
    }
  }
}

export function tell(notice, ...parts) {
  notice.replaceChildren(...parts);
  notice.hidden = false;
}

function countDown(problem, notice) {
  const name = problem.status === 429 ? "quota_in" : "again_in";
  let left = Math.min(Math.ceil(problem.retryAfter), MAX_WAIT_S);
  // The clock is for the eye: a screen reader hears the first of it and the end.
  const clock = make("span", { className: "clock", ariaLive: "off" });
  return new Promise((resolve) => {
    const end = (again) => {
      clearInterval(timer);
      notice.hidden = true;
      resolve(again);
    };
    const show = () => (clock.textContent = say(name, { seconds: count(left) }));
    const stop = make("button", { type: "button", className: "quiet", textContent: say("stop_trying") });
    stop.onclick = () => end(false);
    const timer = setInterval(() => (--left > 0 ? show() : end(true)), 1000);
    show();
    tell(notice, clock, stop);
  });
}
