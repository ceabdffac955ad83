/** Tabs: one panel at a time, chosen by pointer or with the arrow keys. */
import { element } from "./element.js";

/** Tabs of `{name, panel}`; `chosen` says which is open, `choose` is told of another. */
export function tabs(label, id, items, chosen, choose) {
  const heads = items.map(({ name }, place) =>
    element(
      "button",
      {
        type: "button",
        role: "tab",
        id: `${id}-tab-${place}`,
        "aria-controls": `${id}-panel-${place}`,
      },
      name,
    ),
  );
  const panels = items.map(({ panel }, place) =>
    element(
      "div",
      { role: "tabpanel", id: `${id}-panel-${place}`, "aria-labelledby": `${id}-tab-${place}` },
      panel,
    ),
  );
  const open = (place) => {
    heads.forEach((head, other) => {
      head.setAttribute("aria-selected", String(other === place));
      head.tabIndex = other === place ? 0 : -1;
      panels[other].hidden = other !== place;
    });
  };
  const go = (place) => {
    open(place);
    heads[place].focus();
    choose(items[place].name);
  };
  heads.forEach((head, place) => head.addEventListener("click", () => go(place)));
  const list = element("div", { role: "tablist", "aria-label": label }, heads);
  list.addEventListener("keydown", (event) => {
    const place = heads.indexOf(event.target);
    const to = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: heads.length - 1 }[
      event.key
    ];
    if (to === undefined) return;
    event.preventDefault();
    go((to + heads.length) % heads.length);
  });
  open(
    Math.max(
      0,
      items.findIndex(({ name }) => name === chosen),
    ),
  );
  return element("div", { class: "tabs" }, list, panels);
}
