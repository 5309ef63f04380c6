/** The script of every page: what the reader prefers, then what this page does. */

import { forgetKey, keptKey } from "./api.js";
import { sayDates } from "./words.js";

const YEAR_S = 365 * 24 * 3600;
const root = document.documentElement;

function remember(name, value) {
  document.cookie = `khulasa_${name}=${value}; path=/; max-age=${YEAR_S}; samesite=strict`;
}

function setUpDisplay() {
  const menu = document.getElementById("display");
  menu.addEventListener("change", ({ target }) => {
    remember(target.name, target.value);
    if (target.name === "theme") root.dataset.theme = target.value;
    else location.reload(); // texts are set by the service
  });
  const forget = document.getElementById("forget-key");
  forget.hidden = keptKey() === null;
  forget.onclick = () => {
    forgetKey();
    location.reload();
  };
}

/** The page as it is by now: a script may have changed what its address asks for. */
function setUpLanguage() {
  const link = document.querySelector("[data-language]");
  link.addEventListener("click", () => {
    const asked = new URLSearchParams(location.search);
    asked.set("language", link.hreflang);
    link.search = asked;
  });
}

/** Menus close as menus do: Escape, a click elsewhere, focus elsewhere. */
function setUpMenus() {
  const open = () => document.querySelectorAll("details.menu[open]");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary").focus();
      event.stopPropagation();
    }
  }, true);
  const closeOthers = (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  };
  document.addEventListener("pointerdown", closeOthers);
  document.addEventListener("focusin", closeOthers);
}

const PAGES = { "at-desk": "./desk.js", "at-job": "./job.js", "at-article": "./article.js", "at-glossary": "./glossary.js" };

sayDates(document);
setUpDisplay();
setUpLanguage();
setUpMenus();
const kind = document.body.className;
if (kind in PAGES) (await import(PAGES[kind])).start();
document.body.dataset.ready = "";
