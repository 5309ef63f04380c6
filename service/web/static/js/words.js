/** The interface's words, and numbers in the numerals that go with them. */

const element = document.getElementById("words");
const all = element ? JSON.parse(element.textContent) : {};
const root = document.documentElement;
const indic = root.lang === "ar" && root.dataset.numerals === "arabic";
const format = new Intl.NumberFormat(root.lang === "ar" ? `ar-u-nu-${indic ? "arab" : "latn"}` : "en");

/** The word of this name; names in braces are filled from `values`. */
export function say(name, values = {}) {
  return all[name].replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ""));
}

export const count = (number) => format.format(number);

/** Dates as the reader writes them; the time of day in the reader's zone where it is asked for. */
export function sayDates(place) {
  for (const time of place.querySelectorAll("time")) {
    const style = "exact" in time.dataset ? { timeStyle: "short" } : {};
    time.textContent = sayDate(time.dateTime, style);
    time.dir = document.dir;
  }
}

export const sayDate = (iso, style = { timeStyle: "short" }) =>
  new Date(iso).toLocaleString(format.resolvedOptions().locale, { dateStyle: "medium", ...style });

/** A problem in the reader's language; the service's own words where there is no wording for it. */
export function sayProblem(problem) {
  const name = `problem.${problem.code}`;
  return name in all ? say(name, problem) : problem.detail || say("failed");
}

/** An element with properties and children; text is only ever set as text. */
export function make(tag, properties = {}, ...children) {
  const { dataset, ...others } = properties;
  const made = Object.assign(document.createElement(tag), others);
  Object.assign(made.dataset, dataset);
  made.append(...children.filter((child) => child !== null));
  return made;
}
