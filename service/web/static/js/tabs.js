/** Tabs of summaries (arrow keys, Home, End) and which columns of the text are shown. */

export function setUp(place) {
  const tabs = [...place.querySelectorAll('[role="tab"]')];
  for (const tab of tabs) tab.onclick = () => select(tabs, tab);
  const list = place.querySelector('[role="tablist"]');
  list.onkeydown = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key] * (document.dir === "rtl" ? -1 : 1);
    const now = tabs.indexOf(document.activeElement);
    const next = { Home: 0, End: tabs.length - 1 }[event.key] ?? (now + step + tabs.length) % tabs.length;
    if (Number.isNaN(next)) return;
    event.preventDefault();
    select(tabs, tabs[next]);
    tabs[next].focus();
  };
  const text = place.querySelector(".text");
  for (const button of text.querySelectorAll(".segments button"))
    button.onclick = () => show(text, button.dataset.view);
}

function select(tabs, chosen) {
  for (const tab of tabs) {
    const on = tab === chosen;
    tab.setAttribute("aria-selected", on);
    tab.tabIndex = on ? 0 : -1;
    document.getElementById(tab.getAttribute("aria-controls")).hidden = !on;
  }
}

function show(text, view) {
  text.dataset.view = view;
  for (const button of text.querySelectorAll(".segments button"))
    button.setAttribute("aria-pressed", button.dataset.view === view);
}

export function state(place) {
  return {
    tab: place.querySelector('[role="tab"][aria-selected="true"]').id,
    view: place.querySelector(".text").dataset.view,
    notes: place.querySelector(".notes").open,
  };
}

export function restore(place, { tab, view, notes }) {
  document.getElementById(tab).click();
  show(place.querySelector(".text"), view);
  place.querySelector(".notes").open = notes;
}
