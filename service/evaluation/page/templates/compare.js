"use strict";
const list = document.getElementById("list");
const articles = [...list.children];
const key = (article, name) => {
  if (name === "change") return -Number(article.dataset.change);
  const found = Object.values(article.dataset).find((value) => value.startsWith(name + " "));
  return found ? Number(found.slice(name.length + 1)) : 0;
};
const sort = document.getElementById("sort");
sort.addEventListener("change", () => {
  list.append(...articles.toSorted((a, b) => key(a, sort.value) - key(b, sort.value)));
});
const language = document.getElementById("language");
language.addEventListener("change", () => {
  for (const article of articles) {
    article.hidden = Boolean(language.value) && article.dataset.language !== language.value;
  }
});
const toggle = document.getElementById("toggle");
toggle.addEventListener("click", () => {
  const open = articles.some((article) => !article.open);
  for (const article of articles) article.open = open;
  toggle.textContent = open ? "Close all" : "Open all";
});
document.querySelector(".tools").hidden = false;
