/** The outcomes a clause can have, each with its word, its shape and what it means. */
import { element, symbol } from "./element.js";

export const STATES = [
  ["conforms", "judged, and kept"],
  ["violates", "judged, and broken: a finding"],
  ["inconclusive", "the answer says nothing of the clause"],
  ["unimplemented", "the target does not have the operation"],
  ["unexercised", "the clause never came up"],
  ["error", "the suite itself failed"],
  ["apart", "no client can bring it up; in neither number"],
];

/** An outcome's shape and word. */
export function badge(state, ...more) {
  return element("span", { class: `badge ${state}` }, symbol(state), state, ...more);
}

/** What stands where a report does not have a clause or an operation. */
export function missing() {
  return element("span", { class: "badge missing" }, "not in this report");
}

/** What is counted of some clauses: the two numbers, what is in neither, and how many of each outcome. */
export function emptyScore() {
  return { conforming: 0, judged: 0, clauses: 0, apart: 0, states: new Map() };
}

/** Counts one outcome more. */
export function add(score, { state }) {
  score.states.set(state, (score.states.get(state) ?? 0) + 1);
  if (state === "apart") {
    score.apart += 1;
    return;
  }
  score.clauses += 1;
  if (state === "conforms") score.conforming += 1;
  if (state === "conforms" || state === "violates") score.judged += 1;
}

/** Whether the target has none of it. */
export function isAbsent(score) {
  const none = score.states.get("unimplemented") ?? 0;
  return none > 0 && none === score.clauses;
}

/** The score of one report's outcomes. */
export function scoreOf(clauses, place) {
  const score = emptyScore();
  for (const clause of clauses) {
    const outcome = clause.outcomes[place];
    if (outcome !== null) add(score, outcome);
  }
  return score;
}
