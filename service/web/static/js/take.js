/** Taking an article along: copied, downloaded, printed; or deleted. */

import { call } from "./api.js";
import { say, sayProblem } from "./words.js";

const TYPES = { txt: "text/plain", md: "text/plain", html: "text/html" };

export function setUp(place, id) {
  const told = document.getElementById("told");
  const tell = (words) => (told.textContent = words);
  for (const button of place.querySelectorAll("[data-copy]"))
    button.onclick = () => {
      button.closest("details").open = false;
      copy(id, button.dataset.copy).then(() => tell(say("copied")), (error) => tell(reason(error)));
    };
  document.getElementById("download").onclick = () => download(id).catch((error) => tell(reason(error)));
  document.getElementById("print").onclick = () => print();
  document.getElementById("delete").onclick = () => remove(id).catch((error) => tell(reason(error)));
}

const reason = (error) => (error.code && error.status !== undefined ? sayProblem(error) : say("copy_failed"));

async function fetched(id, kind) {
  return (await call(`/export/${id}.${kind}`)).text();
}

async function copy(id, kind) {
  if (kind !== "html") return navigator.clipboard.writeText(await fetched(id, kind));
  // As HTML with plain text beside it: the one that is pasted into decides.
  const [html, text] = await Promise.all([fetched(id, "html"), fetched(id, "txt")]);
  const blobs = { "text/html": new Blob([html], { type: TYPES.html }), "text/plain": new Blob([text], { type: TYPES.txt }) };
  return navigator.clipboard.write([new ClipboardItem(blobs)]);
}

async function download(id) {
  const blob = await (await call(`/v1/articles/${id}`)).blob();
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `khulasa-${id.slice(0, 12)}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}

async function remove(id) {
  if (!confirm(say("delete_sure"))) return;
  await call(`/v1/articles/${id}`, { method: "DELETE" });
  location.assign("/");
}
