/** One report: operations by families of clauses, with both numbers. */
import { FAMILIES, reports } from "./data.js";
import { element } from "./element.js";
import { operationTable } from "./operation_table.js";
import { bothCells, familyCell } from "./score_cells.js";
import { familiesTogether, talliesOf, together } from "./tally.js";

/** The matrix of some operations; levels are the only filter that changes its numbers. */
export function matrix(shownOperations, filters) {
  const [tally] = talliesOf(filters.level, reports);
  const cells = (operations, href) => {
    const tallies = operations.map(({ number }) => tally[number]);
    const families = familiesTogether(tallies);
    return [
      FAMILIES.map((family) => familyCell(families.get(family), family, href(family))),
      bothCells(together(tallies.map(({ whole }) => whole)), ""),
    ];
  };
  const headings = [...FAMILIES, "conformance", "coverage"];
  const head = element(
    "tr",
    { role: "row" },
    element("th", { role: "columnheader", scope: "col" }, "operation"),
    headings.map((each) =>
      element("th", { role: "columnheader", scope: "col", class: "numbers" }, each),
    ),
  );
  return operationTable({
    shownOperations,
    filters,
    caption: captionOf(filters.level),
    head,
    cells,
  });
}

/** What the numbers of a table are of. */
export function captionOf(levels) {
  const which = levels.length ? `${levels.join(" and ")} clauses` : "all clauses";
  return `Conformance is conforming of judged, coverage below it is judged of ${which}; never summed.`;
}
