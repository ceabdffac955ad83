/** What the reports say nothing of, and why: a clause that was not judged is never silent. */
import { clauses, operations, reports, texts, troubleOf } from "./data.js";
import { element } from "./element.js";
import { count, thousands } from "./numbers.js";
import { badge } from "./outcomes.js";
import { fragmentOf, noFilters } from "./route.js";
import { shortened } from "./visible.js";

const LISTED = 100;
const HEADING = reports.length > 1 ? "h3" : "h2";
const KINDS = [
  ["error", "The suite itself failed"],
  ["unimplemented", "The target does not have the operation"],
  ["inconclusive", "The answers say nothing of the clause"],
  ["unexercised", "The clause never came up"],
  ["apart", "No client can bring these up, so they are in neither number"],
];

/** The page of what was not judged. */
export function remainderPage() {
  return element(
    "div",
    { class: "remainder" },
    element("h1", { id: "heading", tabindex: "-1" }, "Not judged"),
    reports.map((report) =>
      element(
        "section",
        {},
        reports.length > 1
          ? element("h2", {}, element("span", { class: "letter" }, report.letter), " ", report.name)
          : null,
        ofReport(report),
      ),
    ),
  );
}

function ofReport(report) {
  const parts = [
    unsaid(report),
    notes("Not everything could be brought up", (each) => [troubleOf(each, report) ?? []].flat()),
    notes("Left behind on the target", ({ facts }) => facts[report.place]?.left ?? []),
    ...KINDS.map(([state, title]) => ofState(report, state, title)),
  ].filter((each) => each !== null);
  return parts.length ? parts : element("p", {}, "All clauses were judged.");
}

/** What an interrupted run did not come to. */
function unsaid({ unsaid: names }) {
  if (!names.length) return null;
  return element(
    "section",
    { class: "card" },
    element(HEADING, {}, `The run did not come to these (${thousands(names.length)})`),
    element(
      "ul",
      { class: "ids" },
      names.map((name) => element("li", {}, name)),
    ),
  );
}

function notes(title, said) {
  const lines = operations.flatMap((operation) =>
    said(operation).map((text) => ({ operation, text })),
  );
  if (!lines.length) return null;
  const line = ({ operation, text }) =>
    element(
      "li",
      {},
      element("a", { href: fragmentOf({ view: "operation", id: operation.id }) }, operation.id),
      ": ",
      shortened(text),
    );
  return element(
    "section",
    { class: "card" },
    element(HEADING, {}, `${title} (${thousands(lines.length)})`),
    element("ul", {}, lines.map(line)),
  );
}

function ofState({ place }, state, title) {
  const some = clauses.filter(({ outcomes }) => outcomes[place]?.state === state);
  if (!some.length) return null;
  const groups = [...Map.groupBy(some, ({ outcomes }) => texts[outcomes[place].reason])].sort(
    ([, left], [, right]) => right.length - left.length,
  );
  return element(
    "section",
    { class: "card" },
    element(HEADING, {}, badge(state), ` ${title} (${thousands(some.length)})`),
    groups.map(([reason, group]) => reasonGroup(reason, group, state, place)),
  );
}

/** A reason with its clauses, which are listed when somebody looks. */
function reasonGroup(reason, group, state, place) {
  const words = reason === "" ? "no reason given" : shortened(reason);
  const details = element(
    "details",
    {},
    element(
      "summary",
      {},
      words,
      " ",
      element("span", { class: "number" }, count(group.length, "clause")),
    ),
  );
  const fill = () => {
    if (details.children.length > 1) return;
    const listed = linksTo(group, state);
    const line = ({ text, ...route }) =>
      element("li", {}, element("a", { href: fragmentOf(route) }, text));
    details.append(element("ul", { class: "ids" }, listed.slice(0, LISTED).map(line)));
    if (listed.length <= LISTED) return;
    const filters = {
      ...noFilters(),
      outcome: [state],
      in: reports.length > 1 ? String(place) : "",
      q: quoted(reason),
    };
    details.append(
      element(
        "p",
        {},
        element(
          "a",
          { href: fragmentOf({ view: "clauses", filters }) },
          `All ${thousands(group.length)}`,
        ),
      ),
    );
  };
  details.addEventListener("toggle", fill);
  details.addEventListener("fill", fill);
  return details;
}

/** Clauses, but of what the target does not have the operations. */
function linksTo(group, state) {
  if (state !== "unimplemented") return group.map(({ id }) => ({ view: "clause", id, text: id }));
  const missing = new Set(group.map(({ operation }) => operation.id));
  return [...missing].map((id) => ({ view: "operation", id, text: id }));
}

/** What finds a reason: its longest part without a quote, in quotes. */
function quoted(reason) {
  const [longest] = reason.split('"').sort((left, right) => right.length - left.length);
  return longest === "" ? "" : `"${longest}"`;
}
