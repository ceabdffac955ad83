/** The scores of every operation and family, of clauses of some levels. */
import { FAMILIES, clauses, operations } from "./data.js";
import { add, emptyScore } from "./outcomes.js";

let remembered = { key: null, tallies: null };

/** For each report the scores by the number of the operation: `whole`, and `families` by name. */
export function talliesOf(levels, reports) {
  const key = levels.join();
  if (remembered.key !== key) {
    remembered = { key, tallies: reports.map(({ place }) => tallyOf(levels, place)) };
  }
  return remembered.tallies;
}

/** Several scores as one of all their clauses. */
export function together(scores) {
  const sum = emptyScore();
  for (const each of scores) {
    for (const name of ["conforming", "judged", "clauses", "apart"]) sum[name] += each[name];
    for (const [state, many] of each.states)
      sum.states.set(state, (sum.states.get(state) ?? 0) + many);
  }
  return sum;
}

function tallyOf(levels, place) {
  const made = operations.map(() => ({ whole: emptyScore(), families: new Map() }));
  for (const clause of clauses) {
    const outcome = clause.outcomes[place];
    if (outcome === null || (levels.length && !levels.includes(outcome.level))) continue;
    const { whole, families } = made[clause.operation.number];
    if (!families.has(clause.family)) families.set(clause.family, emptyScore());
    add(whole, outcome);
    add(families.get(clause.family), outcome);
  }
  return made;
}

/** The score of each family over several operations. */
export function familiesTogether(tallies) {
  const present = FAMILIES.filter((name) => tallies.some(({ families }) => families.has(name)));
  return new Map(
    present.map((name) => [
      name,
      together(tallies.flatMap(({ families }) => families.get(name) ?? [])),
    ]),
  );
}
