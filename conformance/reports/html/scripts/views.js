/** What each view shows above the filters, whether it has filters, and below them. */
import { changeCounts } from "./change_view.js";
import { clauseList } from "./clause_list.js";
import { clausePage } from "./clause_page.js";
import { comparison } from "./comparison.js";
import {
  changeKinds,
  clauses,
  clausesByFingerprint,
  clausesById,
  operationsById,
  reports,
  texts,
} from "./data.js";
import { element } from "./element.js";
import { selection } from "./filtering.js";
import { matrix } from "./matrix.js";
import { operationHead } from "./operation_page.js";
import { remainderPage } from "./remainder.js";
import { noFilters } from "./route.js";
import { runPage } from "./run_page.js";
import { summary } from "./summary.js";

/** The clauses a route is about, as its filters leave them; null where a view has no filters. */
export function selectionOf(route) {
  if (route.view === "operation") {
    const operation = operationsById.get(route.id);
    return operation ? selected(operation.clauses, route) : null;
  }
  const filtered = route.view === "operations" || route.view === "clauses";
  return filtered && clauses.length ? selected(clauses, route) : null;
}

/** A link to a change holds nothing against a page that compares nothing. */
function selected(some, { filters }) {
  const known = changeKinds.length ? filters : { ...filters, change: "" };
  return selection(some, known, texts);
}

/** What stands above the filters, with the view's heading. */
export function topOf(route) {
  const { view, id } = route;
  if (view === "operations") return summary();
  if (view === "clauses") return clausesHead();
  if (view === "remainder") return remainderPage();
  if (view === "run") return runPage();
  if (view === "operation") {
    const operation = operationsById.get(id);
    return operation ? operationHead(operation) : unknown("operation", id);
  }
  const clause = view === "clause" ? clausesById.get(id) : clausesByFingerprint.get(id);
  if (!clause) return unknown(view, id);
  const chosen = selected(clauses, route).matching;
  return clausePage(clause, { ...route, filters: route.filters ?? noFilters() }, chosen);
}

/** What stands below the filters. */
export function resultsOf(route, { matching }) {
  if (route.view !== "operations") return clauseList(matching, route);
  const operations = [...new Set(matching.map(({ operation }) => operation))];
  if (!operations.length)
    return element("p", { class: "empty" }, "No operation has a clause that fits these filters.");
  return reports.length === 1
    ? matrix(operations, route.filters)
    : comparison(operations, route.filters);
}

function clausesHead() {
  return element(
    "div",
    {},
    element("h1", { id: "heading", tabindex: "-1" }, "Clauses"),
    changeCounts(),
    clauses.length ? null : element("p", {}, "No clause was selected."),
  );
}

function unknown(what, id) {
  const which = reports.length > 1 ? "None of these reports has" : "This report has not got";
  return element(
    "div",
    {},
    element("h1", { id: "heading", tabindex: "-1" }, "Not here"),
    element("p", {}, `${which} the ${what} `, element("code", {}, id), "."),
  );
}
