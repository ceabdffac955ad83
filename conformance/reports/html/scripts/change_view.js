/** What became of clauses since the first report, as the comparison has it. */
import { changeKinds, clauses, reports, texts } from "./data.js";
import { element } from "./element.js";
import { changedAs } from "./filtering.js";
import { thousands } from "./numbers.js";
import { fragmentOf, noFilters } from "./route.js";

/** Where a page that compares begins; nothing where nothing was compared. */
export const BEGINNING = changeKinds.length ? linkTo("any") : "";

/** The word for what became of a clause, with whether that is in doubt. */
export function changeTag(change) {
  if (change === null) return null;
  const doubt = change.uncertain === null ? null : `says nothing: ${texts[change.uncertain]}`;
  return element(
    "span",
    { class: `tag change ${change.kind}`, title: doubt },
    change.kind + (doubt ? ", uncertain" : ""),
  );
}

/** The same in a sentence. */
export function changeSentence(change) {
  if (change === null) return null;
  const meaning = new Map(changeKinds).get(change.kind);
  const doubt = change.uncertain === null ? "" : `. It says nothing: ${texts[change.uncertain]}`;
  return element("p", { class: "facts" }, changeTag({ ...change, uncertain: null }), ` ${meaning}${doubt}`);
}

/** The choices of the filter, each with how many clauses it leaves. */
export function changeChoices() {
  if (!changeKinds.length) return [];
  const later = reports.slice(1);
  const kinds = [["any", "any change"], ...changeKinds.map(([kind]) => [kind, kind])];
  const named = (place) =>
    kinds.map(([kind, words]) => [`${kind}${place}`, words]);
  const every = named("");
  const each = later.flatMap(({ place, letter }) =>
    named(`-${place}`).map(([value, words]) => [value, `${letter}: ${words}`]),
  );
  return [...every, ...(later.length > 1 ? each : [])].map(([value, words]) => [
    value,
    `${words} (${thousands(many(value))})`,
  ]);
}

/** A line for each later report: how many clauses of each kind, with the way to them. */
export function changeCounts() {
  if (!changeKinds.length) return null;
  const several = reports.length > 2;
  return reports.slice(1).map(({ place, letter }) => {
    const counted = changeKinds
      .map(([kind]) => [kind, several ? `${kind}-${place}` : kind])
      .map(([kind, value]) => ({ kind, value, number: many(value) }))
      .filter(({ number }) => number > 0);
    return element(
      "p",
      { class: "differences changes" },
      element(
        "span",
        {},
        element("span", { class: "letter" }, letter),
        " against ",
        element("span", { class: "letter" }, reports[0].letter),
        counted.length ? ":" : ": no clause ended otherwise",
      ),
      counted.map(({ kind, value, number }) =>
        element("a", { href: linkTo(value), class: `change ${kind}` }, `${thousands(number)} ${kind}`),
      ),
    );
  });
}

function many(filter) {
  const changed = changedAs(filter);
  return clauses.filter((clause) => changed(clause.changes)).length;
}

function linkTo(change) {
  return fragmentOf({ view: "clauses", filters: { ...noFilters(), change } });
}
