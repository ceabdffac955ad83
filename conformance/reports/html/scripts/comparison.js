/** Several reports: operations with both numbers of each report side by side. */
import { FAMILIES, reports } from "./data.js";
import { element } from "./element.js";
import { differ } from "./filtering.js";
import { thousands } from "./numbers.js";
import { captionOf } from "./matrix.js";
import { missing } from "./outcomes.js";
import { operationTable } from "./operation_table.js";
import { fragmentOf, routeOf } from "./route.js";
import { bothCells, cell } from "./score_cells.js";
import { talliesOf, together } from "./tally.js";

/** The comparison of some operations: of all their clauses, or of those of one family. */
export function comparison(shownOperations, filters) {
  const tallies = talliesOf(filters.level, reports);
  const cells = (operations, href) => [
    reports.map(({ place, letter }) =>
      cellsOf(operations, tallies[place], place, letter, filters.family),
    ),
    differenceCell(operations, filters, href(filters.family)),
  ];
  const column = (attributes, ...children) =>
    element("th", { role: "columnheader", scope: "col", ...attributes }, children);
  const head = [
    element(
      "tr",
      { role: "row" },
      column({ rowspan: 2 }, "operation"),
      reports.map(({ letter, name }) =>
        column(
          { colspan: 2, scope: "colgroup", class: "report" },
          element("span", { class: "letter" }, letter),
          " ",
          name,
        ),
      ),
      column({ rowspan: 2, class: "numbers" }, "differ"),
    ),
    element(
      "tr",
      { role: "row" },
      reports.map(() =>
        ["conformance", "coverage"].map((each) => column({ class: "numbers" }, each)),
      ),
    ),
  ];
  const which = FAMILIES.includes(filters.family) ? ` Family: ${filters.family}.` : "";
  return operationTable({
    shownOperations,
    filters,
    caption: captionOf(filters.level) + which,
    head,
    cells,
    kind: "several",
  });
}

function cellsOf(operations, tally, place, letter, family) {
  const had = operations.filter(({ facts }) => facts[place] !== null);
  if (!had.length) {
    return element(
      "td",
      { role: "cell", colspan: 2, class: "numbers none begins", "data-title": letter },
      missing(),
    );
  }
  const scores = had.map(({ number }) =>
    family === "" ? tally[number].whole : tally[number].families.get(family),
  );
  const [first, ...others] = bothCells(together(scores.filter(Boolean)), `${letter}: `);
  first.classList.add("begins");
  return [first, others];
}

function differenceCell(operations, filters, href) {
  const many = operations
    .flatMap(({ clauses }) => clauses)
    .filter(
      (each) =>
        (filters.family === "" || each.family === filters.family) &&
        (!filters.level.length || filters.level.includes(each.stated.level)) &&
        differ(each.outcomes),
    ).length;
  if (!many) return cell("none", "differ", "0");
  const { view, id, filters: there } = routeOf(href);
  const link = fragmentOf({
    view,
    id,
    filters: { ...there, difference: there.difference || "differ" },
  });
  return cell("differ", "differ", element("a", { href: link }, thousands(many)));
}
