/** The explanation of a mark beside its words: on hover and on focus, gone with Escape. */

const tip = document.getElementById("tip");
let of = null;

document.addEventListener("pointerover", ({ target }) => {
  const mark = target.closest(".mark");
  if (mark) show(mark);
  else if (of && !of.matches(":focus") && !tip.contains(target)) hideTip();
});
document.addEventListener("focusin", ({ target }) => (target.matches(".mark") ? show(target) : hideTip()));
document.addEventListener("keydown", ({ key }) => key === "Escape" && hideTip());
// The link of a mark leads to its note, which may be folded away.
document.addEventListener("click", ({ target }) => {
  if (target.closest("a.mark")) document.getElementById("notes").open = true;
});

export function hideTip() {
  of?.removeAttribute("aria-describedby");
  of = null;
  tip.hidden = true;
}

function show(mark) {
  if (of === mark) return;
  hideTip();
  const note = document.getElementById(`note-${mark.dataset.note}`);
  tip.replaceChildren(note.querySelector(".message").cloneNode(true));
  tip.hidden = false;
  of = mark;
  mark.setAttribute("aria-describedby", "tip");
  const box = mark.getClientRects()[0];
  const room = document.documentElement.clientWidth - tip.offsetWidth - 8;
  const above = box.top > tip.offsetHeight + 12;
  tip.style.left = `${scrollX + Math.max(8, Math.min(box.left, room))}px`;
  tip.style.top = `${scrollY + (above ? box.top - tip.offsetHeight - 4 : box.bottom + 4)}px`;
}
