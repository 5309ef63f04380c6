/** Who signs corrections and terms: asked for once, kept in this browser. */

const AUTHOR = "khulasa.author";

/** Let a field hold the name: filled in, required, and remembered when it changes. */
export function signs(field) {
  field.value = localStorage.getItem(AUTHOR) ?? "";
  field.required = true;
  field.maxLength = 100;
  field.autocomplete = "name";
  field.addEventListener("change", () => localStorage.setItem(AUTHOR, field.value.trim()));
  return field;
}
