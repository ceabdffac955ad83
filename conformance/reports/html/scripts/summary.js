/** The top of the page: what came of the run, the two numbers, how many clauses have each outcome. */
import { changeCounts } from "./change_view.js";
import { conclusions } from "./conclusion.js";
import { clauses, reports } from "./data.js";
import { element, symbol } from "./element.js";
import { contradict, differ, lacking, violatedOnlyIn } from "./filtering.js";
import { count, duration, moment, percent, thousands } from "./numbers.js";
import { STATES, badge, scoreOf } from "./outcomes.js";
import { fragmentOf, noFilters } from "./route.js";
import { bar } from "./score_cells.js";

const PAGES_OF_A_WALK = 3;

/** The summary of one report, or of all side by side. */
export function summary() {
  return reports.length === 1 ? ofOne(reports[0]) : ofSeveral();
}

/** What is said of a run in a line of small text. */
export function facts(report) {
  return [
    moment(report.made),
    count(report.operations, "operation"),
    count(report.achievements.requests, "request"),
    `seed ${report.seed}`,
    duration(report.seconds),
    `awsconform ${report.versions.awsconform}`,
    `botocore ${report.versions.botocore}`,
  ].join(" · ");
}

function ofOne(report) {
  const score = scoreOf(clauses, report.place);
  return element(
    "section",
    { class: "summary", "aria-labelledby": "heading" },
    element("h1", { id: "heading", tabindex: "-1" }, report.name),
    element("p", { class: "facts" }, facts(report)),
    conclusions(report).map(conclusionLine),
    element(
      "div",
      { class: "figures" },
      figure("Conformance", score.conforming, score.judged, "judged clauses conform", score),
      figure("Coverage", score.judged, score.clauses, "clauses were judged"),
      element(
        "div",
        { class: "figure outcomes" },
        element("h2", {}, "Outcomes"),
        element(
          "ul",
          { class: "counts" },
          STATES.map(([state, meaning]) => countLine(state, meaning, score)),
        ),
      ),
    ),
    element("p", { class: "facts" }, achievements(report)),
  );
}

function ofSeveral() {
  const heading = (text, kind) =>
    element("th", { role: "columnheader", scope: "col", class: kind }, text);
  const columns = ["conformance", "coverage", ...STATES.map(([state]) => state)];
  return element(
    "section",
    { class: "summary", "aria-labelledby": "heading" },
    element("h1", { id: "heading", tabindex: "-1" }, `${reports.length} reports side by side`),
    element(
      "table",
      { role: "table", class: "reports" },
      element("caption", { class: "unseen" }, "Reports"),
      element(
        "thead",
        { role: "rowgroup" },
        element(
          "tr",
          { role: "row" },
          heading("report"),
          columns.map((each) => heading(each, "numbers")),
        ),
      ),
      element("tbody", { role: "rowgroup" }, reports.map(reportRow)),
    ),
    changeCounts(),
    differences(),
  );
}

function reportRow(report) {
  const score = scoreOf(clauses, report.place);
  const cell = (title, ...children) =>
    element("td", { role: "cell", class: "numbers", "data-title": title }, children);
  const link = (state) => {
    const filters = { ...noFilters(), outcome: [state], in: String(report.place) };
    return element(
      "a",
      { href: fragmentOf({ view: "clauses", filters }) },
      thousands(score.states.get(state)),
    );
  };
  return element(
    "tr",
    { role: "row" },
    element(
      "th",
      { role: "rowheader", scope: "row" },
      element("span", { class: "letter" }, report.letter),
      " ",
      report.name,
      element("p", { class: "facts" }, facts(report)),
      conclusions(report).map(conclusionLine),
    ),
    cell(
      "conformance",
      element("b", {}, percent(score.conforming, score.judged)),
      element(
        "span",
        { class: "share" },
        `${thousands(score.conforming)}/${thousands(score.judged)}`,
      ),
    ),
    cell(
      "coverage",
      element("b", {}, percent(score.judged, score.clauses)),
      element("span", { class: "share" }, `${thousands(score.judged)}/${thousands(score.clauses)}`),
    ),
    STATES.map(([state]) => cell(state, score.states.has(state) ? link(state) : "0")),
  );
}

function differences() {
  const lines = [
    ["differ", "differ in outcome or finding", differ],
    ...(reports.length > 2
      ? [["contradict", "conform in one report and are violated in another", contradict]]
      : []),
    ...reports.map(({ place, letter }) => [
      `only-${place}`,
      `are violated in ${letter} alone and conform in ${reports.length === 2 ? "the other" : "all others"}`,
      (outcomes) => violatedOnlyIn(outcomes, place),
    ]),
    ["lacking", "are not in every report", lacking],
  ];
  const counted = lines.map(([difference, words, holds]) => ({
    many: clauses.filter((each) => holds(each.outcomes)).length,
    href: fragmentOf({ view: "clauses", filters: { ...noFilters(), difference } }),
    words,
  }));
  return element(
    "ul",
    { class: "differences" },
    counted
      .filter(({ many }, place) => many > 0 || place === 0)
      .map(({ many, href, words }) =>
        element("li", {}, element("a", { href }, count(many, "clause")), ` ${words}`),
      ),
  );
}

function conclusionLine({ kind, text }) {
  const shapes = { good: "conforms", partly: "conforms", bad: "violates", loud: "error" };
  return element(
    "p",
    { class: `conclusion ${kind}` },
    symbol(shapes[kind]),
    element("span", {}, text),
  );
}

function figure(title, some, all, words, score) {
  const judgedOnly = score && { conforming: some, judged: all, clauses: all };
  return element(
    "div",
    { class: "figure" },
    element("h2", {}, title),
    element("p", { class: "share" }, percent(some, all)),
    bar(judgedOnly ?? { conforming: 0, judged: some, clauses: all }),
    element("p", { class: "words" }, `${thousands(some)} of ${thousands(all)} ${words}`),
  );
}

function countLine(state, meaning, score) {
  const many = score.states.get(state) ?? 0;
  const href = fragmentOf({ view: "clauses", filters: { ...noFilters(), outcome: [state] } });
  const number = element("span", { class: "number" }, thousands(many));
  const line = many
    ? element("a", { href, title: meaning }, badge(state), number)
    : element("span", { class: "none", title: meaning }, badge(state), number);
  return element("li", {}, line);
}

function achievements({ achievements: done }) {
  const said = [
    `${thousands(done.implemented)} of ${count(done.operations, "operation")} implemented`,
    `${thousands(done.succeeding)} of ${thousands(done.implemented)} with a success`,
  ];
  if (done.walkable) {
    const undivided = done.undivided
      ? `, ${thousands(done.undivided)} not divided into pages by the target`
      : "";
    said.push(
      `${thousands(done.walked)} of ${count(done.walkable, "list")} with items walked over ${PAGES_OF_A_WALK} pages or more${undivided}`,
    );
  }
  return said.join(" · ");
}
