/** How each report came about. */
import { conclusions } from "./conclusion.js";
import { reports } from "./data.js";
import { element } from "./element.js";
import { duration, moment, thousands } from "./numbers.js";

/** The page of the runs, a column each. */
export function runPage() {
  const rows = [
    ["target", ({ target }) => target],
    [
      "what came of it",
      (report) =>
        conclusions(report)
          .map(({ text }) => text)
          .join(" "),
    ],
    ["exit code", ({ exitCode }) => String(exitCode)],
    ["made", ({ made }) => moment(made)],
    ["took", ({ seconds }) => duration(seconds)],
    ["requests", ({ achievements }) => requestsOf(achievements)],
    ["seed", ({ seed }) => seed],
    ["examples in each fuzzing round", ({ options }) => String(options.examples)],
    ["levels", ({ options }) => options.levels.join(", ")],
    ["clauses", ({ options }) => options.clauses ?? "all"],
    ["region", ({ options }) => options.region],
    ...[...new Set(reports.flatMap(({ versions }) => Object.keys(versions)))].map((name) => [
      name,
      ({ versions }) => versions[name] ?? "–",
    ]),
  ];
  const cell = (report, value) =>
    element(
      "td",
      { role: "cell", "data-title": reports.length > 1 ? report.letter : null },
      value(report),
    );
  return element(
    "div",
    {},
    element("h1", { id: "heading", tabindex: "-1" }, reports.length > 1 ? "Runs" : "Run"),
    element(
      "table",
      { role: "table", class: "run" },
      element("caption", { class: "unseen" }, "How each report came about"),
      reports.length > 1 ? head() : null,
      element(
        "tbody",
        { role: "rowgroup" },
        rows.map(([name, value]) =>
          element(
            "tr",
            { role: "row" },
            element("th", { role: "rowheader", scope: "row" }, name),
            reports.map((report) => cell(report, value)),
          ),
        ),
      ),
    ),
  );
}

function head() {
  return element(
    "thead",
    { role: "rowgroup" },
    element(
      "tr",
      { role: "row" },
      element("td", { role: "cell" }),
      reports.map(({ letter, name }) =>
        element(
          "th",
          { role: "columnheader", scope: "col" },
          element("span", { class: "letter" }, letter),
          " ",
          name,
        ),
      ),
    ),
  );
}

function requestsOf({ requests, requestsPerSecond }) {
  const rate = requestsPerSecond === null ? "" : `, ${requestsPerSecond} a second`;
  return thousands(requests) + rate;
}
