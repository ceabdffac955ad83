/** Copying: by the clipboard's own interface, else by a selection, else by telling what to press. */
import { announce } from "./announce.js";
import { button, element } from "./element.js";

/** A button that copies what `text` returns and says whether it did. */
export function copying(name, text, kind = "") {
  const label = element("span", {}, name);
  const made = button(
    { class: `copy ${kind}` },
    async () => {
      const done = (await byInterface(text())) || bySelection(text());
      if (!done) prompt("Copy this with Ctrl+C or ⌘C", text());
      label.textContent = done ? "Copied" : name;
      announce(done ? "Copied" : "");
      setTimeout(() => {
        label.textContent = name;
      }, 2000);
    },
    label,
  );
  return made;
}

async function byInterface(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function bySelection(text) {
  const focused = document.activeElement;
  const field = element("textarea", { class: "unseen", readonly: true, "aria-hidden": "true" });
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  focused?.focus();
  return done;
}
