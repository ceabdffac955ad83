/** One clause: what it states, who says so, and in each report its outcome and findings. */
import { changeSentence } from "./change_view.js";
import { clauses, reports, shown, texts } from "./data.js";
import { element, sentence } from "./element.js";
import { copying } from "./clipboard.js";
import { findingView } from "./finding_view.js";
import { thousands } from "./numbers.js";
import { serviceLink } from "./operation_page.js";
import { badge, missing } from "./outcomes.js";
import { fragmentOf, noFilters } from "./route.js";

/** The page of a clause; `neighbours` are the clauses the filters leave, to go through one by one. */
export function clausePage(clause, route, neighbours) {
  const statement = texts[clause.stated.statement];
  return element(
    "article",
    { class: "clause", "aria-labelledby": "heading" },
    element("div", { class: "above" }, path(clause), neighbourLinks(clause, route, neighbours)),
    element(
      "h1",
      { id: "heading", class: "id", tabindex: "-1" },
      clause.operation.id,
      element("wbr"),
      clause.tail,
    ),
    element(
      "p",
      { class: "statement" },
      element("span", { class: "tag level" }, clause.stated.level),
      " ",
      sentence(statement),
    ),
    element(
      "p",
      { class: "facts" },
      `Source: ${texts[clause.stated.sources]}`,
      " ",
      copying(
        "Copy link",
        () => linkTo(fragmentOf({ view: "clause", id: clause.id, filters: noFilters() })),
        "quiet",
      ),
    ),
    element(
      "div",
      { class: reports.length > 1 ? "columns" : "column" },
      reports.map((report) => section(clause, report, statement, clause.outcomes[report.place])),
    ),
  );
}

/** The address of this page with another fragment. */
function linkTo(fragment) {
  return location.href.replace(/#.*$/s, "") + fragment;
}

function path({ operation, family }) {
  const to = (view, id, filters) =>
    fragmentOf({ view, id, filters: { ...noFilters(), ...filters } });
  return element(
    "p",
    { class: "path" },
    element("a", { href: to("operations") }, "Operations"),
    " / ",
    serviceLink(operation.service),
    " / ",
    element("a", { href: to("operation", operation.id) }, operation.name),
    " / ",
    element("a", { href: to("operation", operation.id, { family }) }, family),
  );
}

function neighbourLinks(clause, route, neighbours) {
  const place = neighbours.indexOf(clause);
  if (place < 0) return null;
  const list = { view: "clauses", filters: route.filters };
  const link = (to, text) =>
    neighbours[to]
      ? element(
          "a",
          {
            class: "button",
            href: fragmentOf({ view: "clause", id: neighbours[to].id, filters: route.filters }),
          },
          text,
        )
      : element("span", { class: "button", "aria-disabled": "true" }, text);
  const which = neighbours.length === clauses.length ? "clauses" : "filtered clauses";
  return element(
    "nav",
    { class: "pager", "aria-label": "Clauses around" },
    link(place - 1, "Previous"),
    element(
      "a",
      { href: fragmentOf(list) },
      `${thousands(place + 1)} of ${thousands(neighbours.length)} ${which}`,
    ),
    link(place + 1, "Next"),
  );
}

function section(clause, report, statement, outcome) {
  const several = reports.length > 1;
  const name = several
    ? element("h2", {}, element("span", { class: "letter" }, report.letter), " ", report.name)
    : element("h2", { class: "unseen" }, "Outcome");
  const change = changeSentence(clause.changes[report.place]);
  if (outcome === null) {
    return element("section", { class: "outcome" }, name, missing(), change);
  }
  const own = texts[outcome.statement];
  const spoke =
    outcome.exchanges === 1
      ? "1 exchange spoke to it"
      : `${thousands(outcome.exchanges)} exchanges spoke to it`;
  return element(
    "section",
    { class: `outcome ${outcome.state}` },
    name,
    element(
      "p",
      { class: "verdict" },
      badge(outcome.state),
      element("span", { class: "facts" }, spoke),
    ),
    change,
    own !== statement || outcome.level !== clause.stated.level
      ? element(
          "p",
          { class: "statement own" },
          element("span", { class: "tag level" }, outcome.level),
          " ",
          sentence(own),
        )
      : null,
    outcome.findings.length || !texts[outcome.reason]
      ? null
      : element("p", { class: "reason" }, texts[outcome.reason]),
    findings(clause, report, outcome),
  );
}

function findings(clause, report, outcome) {
  if (!outcome.findings.length) return null;
  const details = shown(clause, report);
  return outcome.findings.map((finding, number) =>
    findingView(
      clause,
      { ...finding, ...details[number] },
      report,
      `${number + 1} of ${outcome.findings.length}`,
      copying(
        "Copy link",
        () => linkTo(fragmentOf({ view: "finding", id: finding.fingerprint })),
        "quiet",
      ),
    ),
  );
}
