/** What came of a run, in a sentence: a run that judged nothing must not look like a good one. */
import { clauses } from "./data.js";
import { count, thousands } from "./numbers.js";
import { STATES, scoreOf } from "./outcomes.js";

/** The sentences of a report, each with whether it is `good`, `bad`, `loud` or none of these. */
export function conclusions(report) {
  const score = scoreOf(clauses, report.place);
  if (report.complete) return [main(report, score)];
  const left = `The run did not end: nothing is said of ${count(report.unsaid.length, "operation")}.`;
  return [{ kind: "loud", text: left }, main(report, score)];
}

function main(report, score) {
  if (!score.judged) return { kind: "loud", text: `Nothing was judged: ${whyNothing(score)}.` };
  const broken = score.judged - score.conforming;
  if (report.exitCode === 1) {
    return {
      kind: "bad",
      text: `${thousands(broken)} of ${thousands(score.judged)} judged clauses are violated`,
    };
  }
  if (score.states.has("error")) {
    return {
      kind: "loud",
      text: "The suite itself failed: nothing can be said of the clauses it failed at.",
    };
  }
  return {
    kind: report.complete ? "good" : "partly",
    text: `All ${thousands(score.judged)} judged clauses conform`,
  };
}

function whyNothing({ clauses: all, apart, states }) {
  if (all + apart === 0) return "no clause was selected";
  if (states.get("unimplemented") === all && all > 0)
    return "the target has none of the operations";
  const counted = STATES.filter(([state]) => states.has(state)).map(
    ([state]) => `${thousands(states.get(state))} ${state}`,
  );
  return `of ${count(all + apart, "clause")} ${counted.join(", ")}`;
}
