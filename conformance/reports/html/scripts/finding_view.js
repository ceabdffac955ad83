/** A finding: what was expected and what came, the exchange that shows it, how to see it again. */
import { texts } from "./data.js";
import { compared } from "./difference.js";
import { element } from "./element.js";
import { exchangeView } from "./exchange_view.js";
import { marksOf } from "./places.js";
import { reproductionView } from "./reproduction.js";

const NOTES = {
  flaky: "it did not come up again when it was tried again",
  drawn: "only a drawn request shows it: with another seed none may",
};

/** The id of the element that shows a finding of a report. */
export function findingId(fingerprint, report) {
  return `finding-${report.place}-${fingerprint}`;
}

/** A finding with all it has to show; `place` says which of how many it is. */
export function findingView(clause, finding, report, place, copyLink) {
  const [expected, observed] = [texts[finding.expected], texts[finding.observed]];
  const marks = marksOf(clause, finding.exchange, observed, expected);
  const id = findingId(finding.fingerprint, report);
  return element(
    "div",
    { class: "finding", role: "group", id, tabindex: "-1", "aria-labelledby": `${id}-name` },
    element(
      "div",
      { class: "finding-name" },
      element("h3", { id: `${id}-name` }, `Finding ${place}: `, texts[finding.observation]),
      element("code", { class: "fingerprint" }, finding.fingerprint),
      copyLink,
    ),
    Object.entries(NOTES).map(([name, words]) =>
      finding[name]
        ? element("p", { class: "note" }, element("span", { class: "tag" }, name), ` ${words}`)
        : null,
    ),
    difference(expected, observed, finding.exchange.intent.label),
    exchangeView(finding.exchange, marks, "Exchange"),
    finding.shownBy
      ? exchangeView(finding.shownBy, marks.later, "Shown by a later exchange")
      : null,
    before(finding.before),
    reproductionView(finding.reproduction, id),
  );
}

function difference(expected, observed, label) {
  const labelled = label && observed.startsWith(`${label}: `) ? label.length + 2 : 0;
  const pointed = /^(?:\/[^/:\s]+)+: /.exec(observed.slice(labelled))?.[0].length ?? 0;
  const said = observed.slice(0, labelled + pointed);
  const [due, came] = compared(expected, observed.slice(said.length));
  const parts = (some) =>
    some.map(({ text, differs }) => (differs ? element("mark", {}, text) : text));
  return element(
    "dl",
    { class: "difference" },
    element(
      "div",
      { class: "expected" },
      element("dt", {}, "Expected"),
      element("dd", {}, parts(due)),
    ),
    element(
      "div",
      { class: "observed" },
      element("dt", {}, "Observed"),
      element("dd", {}, said ? element("span", { class: "dim" }, said) : null, parts(came)),
    ),
  );
}

function before(exchanges) {
  if (!exchanges.length) return null;
  const summary = element("summary", {}, `Made before (${exchanges.length})`);
  const details = element("details", { class: "before" }, summary);
  const fill = () => {
    if (details.children.length === 1)
      details.append(...exchanges.map((each) => exchangeView(each, {}, null)));
  };
  details.addEventListener("toggle", fill);
  details.addEventListener("fill", fill);
  return details;
}
