/** The head of an operation's page: its numbers in each report, and what stood in the way. */
import { FAMILIES, reports } from "./data.js";
import { element } from "./element.js";
import { count } from "./numbers.js";
import { missing } from "./outcomes.js";
import { fragmentOf, noFilters } from "./route.js";
import { bothCells, familyCell } from "./score_cells.js";
import { talliesOf } from "./tally.js";

/** What stands above the clauses of an operation. */
export function operationHead(operation) {
  const columns = [...FAMILIES, "conformance", "coverage"];
  return element(
    "section",
    { class: "operation-head", "aria-labelledby": "heading" },
    element(
      "p",
      { class: "path" },
      element("a", { href: fragmentOf({ view: "operations" }) }, "Operations"),
      " / ",
      serviceLink(operation.service),
    ),
    element("h1", { id: "heading", tabindex: "-1" }, operation.id),
    element(
      "table",
      { role: "table", class: "matrix" },
      element("caption", { class: "unseen" }, "Numbers of this operation"),
      element(
        "thead",
        { role: "rowgroup" },
        element(
          "tr",
          { role: "row" },
          element("th", { role: "columnheader", scope: "col" }, "report"),
          columns.map((each) =>
            element("th", { role: "columnheader", scope: "col", class: "numbers" }, each),
          ),
        ),
      ),
      element(
        "tbody",
        { role: "rowgroup" },
        reports.map((report) => reportRow(operation, report)),
      ),
    ),
    reports.map((report) => notes(operation.facts[report.place], report)),
  );
}

/** A link to the operations of a service. */
export function serviceLink(service) {
  return element(
    "a",
    { href: fragmentOf({ view: "operations", filters: { ...noFilters(), service } }) },
    service,
  );
}

function reportRow(operation, report) {
  const { whole, families } = talliesOf([], reports)[report.place][operation.number];
  const name =
    reports.length > 1
      ? [element("span", { class: "letter" }, report.letter), " ", report.name]
      : report.name;
  const href = (family) =>
    fragmentOf({ view: "operation", id: operation.id, filters: { ...noFilters(), family } });
  return element(
    "tr",
    { role: "row" },
    element("th", { role: "rowheader", scope: "row" }, name),
    operation.facts[report.place] === null
      ? element(
          "td",
          { role: "cell", colspan: FAMILIES.length + 2, class: "numbers none" },
          missing(),
        )
      : [
          FAMILIES.map((each) => familyCell(families.get(each), each, href(each))),
          bothCells(whole, ""),
        ],
  );
}

function notes(facts, { letter }) {
  if (facts === null) return null;
  const walked =
    facts.pagesWalked === null ? null : `longest walk ${count(facts.pagesWalked, "page")}`;
  const said = [
    `protocol ${facts.protocol}`,
    `API version ${facts.apiVersion}`,
    count(facts.requests, "request"),
    `${count(facts.accepted, "success")}`.replace("successs", "successes"),
    walked,
    `made from ${facts.documents.join(", ")}`,
  ];
  const note = (title, text) => element("p", { class: "note" }, element("b", {}, title), " ", text);
  return element(
    "div",
    { class: "notes" },
    element(
      "p",
      { class: "facts" },
      reports.length > 1 ? element("span", { class: "letter" }, letter) : null,
      " ",
      said.filter(Boolean).join(" · "),
    ),
    facts.implemented
      ? null
      : note(
          "Unimplemented:",
          "the target does not have this operation, or nothing was sent to it.",
        ),
    facts.trouble ? note("Not everything could be brought up:", facts.trouble) : null,
    facts.left.map((each) => note("Left behind on the target:", each)),
  );
}
