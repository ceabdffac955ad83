/**
 * Elements of the page. Whatever comes from a report becomes text, or the value of an attribute that
 * nothing executes; nothing here or elsewhere reads HTML.
 */
import { visible } from "./visible.js";

/**
 * An element; attributes that are null or false are left out, children may be lists. Of texts all is
 * seen: what would be hidden is written out.
 */
export function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(name, value === true ? "" : value);
    }
  }
  for (const child of children.flat(Infinity)) {
    if (typeof child === "string") made.append(...textNodes(child));
    else if (child) made.append(child);
  }
  return made;
}

/** A sentence of ours, in which what stands between backticks is code. */
export function sentence(text) {
  return text.split("`").map((part, place) => (place % 2 ? element("code", {}, part) : part));
}

/** A button that does something. */
export function button(attributes, action, ...children) {
  const made = element("button", { type: "button", ...attributes }, ...children);
  made.addEventListener("click", action);
  return made;
}

/** Words for those who do not see the page. */
export function unseen(...children) {
  return element("span", { class: "unseen" }, ...children);
}

/** One of the symbols of the template. */
export function symbol(name) {
  const namespace = "http://www.w3.org/2000/svg";
  const drawing = document.createElementNS(namespace, "svg");
  drawing.setAttribute("class", "symbol");
  drawing.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(namespace, "use");
  use.setAttribute("href", `#symbol-${name}`);
  drawing.append(use);
  return drawing;
}

/** The nodes of a text. */
export function textNodes(text) {
  return visible(text).map((part) => {
    if (!part.escape) return part.text;
    const escape = document.createElement("span");
    escape.className = "escape";
    escape.textContent = part.text;
    return escape;
  });
}
