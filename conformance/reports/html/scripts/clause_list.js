/** Clauses in a table: what each states, its outcome in each report, and why. */
import { changeTag } from "./change_view.js";
import { reports, texts } from "./data.js";
import { element, sentence } from "./element.js";
import { badge, missing } from "./outcomes.js";
import { pageOf, pager } from "./pager.js";
import { fragmentOf } from "./route.js";
import { shortened } from "./visible.js";

/** The page of a list that a route names. */
export function clauseList(clauses, route) {
  if (!clauses.length) return element("p", { class: "empty" }, "No clause fits these filters.");
  const page = pageOf(clauses, route);
  const whole = route.view !== "operation";
  const rows = page.items.map((clause) => row(clause, whole, route.filters));
  const heading = (text, kind) =>
    element("th", { role: "columnheader", scope: "col", class: kind }, text);
  const head =
    reports.length === 1
      ? [
          heading("outcome", "outcome"),
          heading("level", "level"),
          heading("clause"),
          heading("what came, or why"),
        ]
      : [
          heading("level", "level"),
          heading("clause"),
          reports.map(({ letter, name }) =>
            heading([element("span", { class: "letter" }, letter), " ", name], "report"),
          ),
        ];
  return [
    element(
      "table",
      { role: "table", class: reports.length === 1 ? "clauses" : "clauses several" },
      element("caption", { class: "unseen" }, "Clauses"),
      element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, head)),
      element("tbody", { role: "rowgroup" }, rows),
    ),
    pager(page, clauses.length, route),
  ];
}

/** What an outcome rests on, in a line: what was observed, or why there is no such thing. */
export function why(outcome) {
  const [finding, ...others] = outcome.findings;
  if (finding === undefined) return shortened(texts[outcome.reason]);
  return [
    shortened(texts[finding.observed]),
    others.length ? element("span", { class: "tag" }, `${others.length} more`) : null,
    finding.flaky ? element("span", { class: "tag" }, "flaky") : null,
    finding.drawn ? element("span", { class: "tag" }, "drawn") : null,
  ];
}

function row(clause, whole, filters) {
  const href = fragmentOf({ view: "clause", id: clause.id, filters: { ...filters, page: "" } });
  const cell = (kind, title, ...children) =>
    element("td", { role: "cell", class: kind, "data-title": title }, children);
  const name = element(
    "th",
    { role: "rowheader", scope: "row", class: "clause" },
    element(
      "a",
      { href },
      whole ? element("span", { class: "of" }, clause.operation.id) : null,
      element("wbr"),
      clause.tail,
    ),
    element("p", {}, sentence(texts[clause.stated.statement])),
  );
  const level = cell("level", "level", clause.stated.level);
  if (reports.length === 1) {
    const [outcome] = clause.outcomes;
    return element(
      "tr",
      { role: "row" },
      cell("outcome", "outcome", badge(outcome.state)),
      level,
      name,
      cell("why", "why", why(outcome)),
    );
  }
  const outcomes = clause.outcomes.map((outcome, place) =>
    cell(
      "why",
      reports[place].letter,
      outcome === null ? missing() : badge(outcome.state),
      changeTag(clause.changes[place]),
      outcome === null ? null : element("p", {}, why(outcome)),
    ),
  );
  return element("tr", { role: "row" }, level, name, outcomes);
}
