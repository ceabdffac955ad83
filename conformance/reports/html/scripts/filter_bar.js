/** The form that filters: search, service, family, changes, differences, outcome, level. */
import { button, element, symbol } from "./element.js";
import { changeChoices } from "./change_view.js";
import { FAMILIES, LEVELS, changeKinds, reports, services } from "./data.js";
import { thousands } from "./numbers.js";
import { STATES } from "./outcomes.js";
import { noFilters } from "./route.js";

/** The form; `changed` is called with the filters whenever one of them is. */
export function filterBar(changed) {
  const search = element("input", {
    type: "search",
    id: "filter-q",
    placeholder: "Clause, statement, reason or observation",
    autocomplete: "off",
    spellcheck: "false",
  });
  const selects = new Map([
    ["service", choice("service", "Service", "All services", named(services))],
    ["family", choice("family", "Family", "All families", named(FAMILIES))],
    ["change", choice("change", "Change", "All clauses", changeChoices())],
    ["difference", choice("difference", "Differences", "All clauses", differences())],
    ["in", choice("in", "Outcome in", "Any report", inReports())],
  ]);
  const outcome = chips("outcome", "Outcome", STATES);
  const level = chips(
    "level",
    "Level",
    LEVELS.map((each) => [each, ""]),
  );
  const clear = button({ class: "quiet" }, () => changed(noFilters()), "Clear filters");
  const few = [
    services.length < 2 ? "service" : "",
    changeKinds.length ? "" : "change",
    ...(reports.length < 2 ? ["difference", "in"] : []),
  ];
  const form = element(
    "form",
    { role: "search", "aria-label": "Filter clauses", class: "filters" },
    element(
      "div",
      { class: "fields" },
      element(
        "div",
        { class: "field grows" },
        element("label", { for: "filter-q" }, "Search"),
        search,
      ),
      [...selects].filter(([name]) => !few.includes(name)).map(([, each]) => each.field),
    ),
    element("div", { class: "chip-rows" }, outcome.field, level.field, clear),
  );

  const filters = () => ({
    ...noFilters(),
    q: search.value,
    ...Object.fromEntries([...selects].map(([name, { select }]) => [name, select.value])),
    outcome: outcome.checked(),
    level: level.checked(),
  });
  form.addEventListener("input", () => changed(filters()));
  form.addEventListener("submit", (event) => event.preventDefault());

  /** Shows filters that were set elsewhere, and how many clauses each outcome and level has. */
  const show = (given, counted) => {
    if (search.value !== given.q) search.value = given.q;
    for (const [name, { select }] of selects) select.value = given[name];
    outcome.show(given.outcome, counted.outcomes);
    level.show(given.level, counted.levels);
    clear.hidden = JSON.stringify({ ...given, page: "" }) === JSON.stringify(noFilters());
  };
  return { form, show };
}

function choice(name, title, all, options) {
  const select = element(
    "select",
    { id: `filter-${name}` },
    [["", all], ...options].map(([value, text]) => element("option", { value }, text)),
  );
  return {
    select,
    field: element(
      "div",
      { class: "field" },
      element("label", { for: `filter-${name}` }, title),
      select,
    ),
  };
}

const named = (words) => words.map((each) => [each, each]);

const inReports = () =>
  reports.map(({ place, letter, name }) => [String(place), `${letter}: ${name}`]);

function differences() {
  return [
    ["differ", "Outcome or finding differs"],
    ["contradict", "Conforms and violates"],
    ["lacking", "Not in every report"],
    ...reports.map(({ place, letter }) => [`only-${place}`, `Only ${letter} violates`]),
  ];
}

function chips(name, title, words) {
  const made = words.map(([word, meaning]) => {
    const input = element("input", { type: "checkbox", class: "unseen", name, value: word });
    const number = element("span", { class: "number" });
    const shape = name === "outcome" ? symbol(word) : null;
    const label = element(
      "label",
      { class: `chip ${word}`, title: meaning || null },
      input,
      shape,
      word,
      " ",
      number,
    );
    return { word, input, number, label };
  });
  return {
    field: element(
      "fieldset",
      { class: "chips" },
      element("legend", {}, title),
      made.map(({ label }) => label),
    ),
    checked: () => made.filter(({ input }) => input.checked).map(({ word }) => word),
    show: (checked, counted) => {
      for (const { word, input, number, label } of made) {
        const many = counted.get(word) ?? 0;
        input.checked = checked.includes(word);
        number.textContent = thousands(many);
        label.classList.toggle("none", many === 0);
      }
    },
  };
}
