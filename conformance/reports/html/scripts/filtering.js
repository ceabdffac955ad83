/** Which clauses the filters leave, and how many there would be with another outcome or level. */

/**
 * What is left of some clauses: `matching`, and by word how many there are with each outcome and each
 * level while all other filters hold.
 */
export function selection(clauses, filters, texts) {
  const found = search(filters.q, texts);
  const place = filters.in === "" ? null : Number(filters.in);
  const differs = DIFFERENCES.get(filters.difference.replace(/-.*/, ""));
  const one = Number(filters.difference.replace(/.*-/, ""));
  const changed = changedAs(filters.change);
  const matching = [];
  const outcomes = new Map();
  const levels = new Map();
  for (const clause of clauses) {
    if (filters.service !== "" && clause.operation.service !== filters.service) continue;
    if (filters.family !== "" && clause.family !== filters.family) continue;
    if (differs && !differs(clause.outcomes, one)) continue;
    if (changed && !changed(clause.changes)) continue;
    if (!found(clause)) continue;
    const level = clause.stated.level;
    const states = statesOf(clause, place);
    const levelFits = !filters.level.length || filters.level.includes(level);
    const outcomeFits =
      !filters.outcome.length || states.some((each) => filters.outcome.includes(each));
    if (levelFits) for (const state of states) outcomes.set(state, (outcomes.get(state) ?? 0) + 1);
    if (outcomeFits) levels.set(level, (levels.get(level) ?? 0) + 1);
    if (levelFits && outcomeFits) matching.push(clause);
  }
  if (changed) matching.sort((one, other) => gravest(one.changes) - gravest(other.changes));
  return { matching, outcomes, levels };
}

/** What a filter of changes asks of a clause: `any`, a kind, or either in one report, `any-2`. */
export function changedAs(filter) {
  const [, kind, place] = /^([a-z]*)-?(\d*)$/.exec(filter) ?? [null, "", ""];
  if (kind === "") return null;
  return (changes) =>
    changes.some(
      (each, report) =>
        each !== null &&
        (kind === "any" || each.kind === kind) &&
        (place === "" || Number(place) === report),
    );
}

const gravest = (changes) => Math.min(...changes.map((each) => each?.rank ?? Infinity));

/** The words of a search, in small letters; what stands between quotes is one. */
export function wordsOf(query) {
  return [...query.toLowerCase().matchAll(/"([^"]+)"?|[^\s"]+/g)].map(
    ([all, quoted]) => quoted ?? all,
  );
}

/** Whether reports that have a clause differ on it: in its outcome, or in what was found. */
export function differ(outcomes) {
  const had = outcomes.filter((each) => each !== null);
  const [first, ...others] = had.map(
    ({ state, findings }) => `${state} ${findings.map(({ fingerprint }) => fingerprint).sort()}`,
  );
  return others.some((each) => each !== first);
}

/** Whether some report does not have a clause. */
export function lacking(outcomes) {
  return outcomes.includes(null);
}

/** Whether one report found a clause kept and another found it broken. */
export function contradict(outcomes) {
  const states = outcomes.map((each) => each?.state);
  return states.includes("conforms") && states.includes("violates");
}

/** Whether one report alone found a clause broken, which all others found kept. */
export function violatedOnlyIn(outcomes, place) {
  return outcomes.every(
    (each, other) => each?.state === (other === place ? "violates" : "conforms"),
  );
}

const DIFFERENCES = new Map([
  ["differ", differ],
  ["contradict", contradict],
  ["lacking", lacking],
  ["only", violatedOnlyIn],
]);

function statesOf({ outcomes }, place) {
  const looked = place === null ? outcomes : [outcomes[place] ?? null];
  return [...new Set(looked.filter((each) => each !== null).map((each) => each.state))];
}

let lowered = null;

function search(query, texts) {
  const words = wordsOf(query);
  if (!words.length) return () => true;
  lowered ??= texts.map((text) => text.toLowerCase());
  const hits = words.map((word) => lowered.map((text) => text.includes(word)));
  return (clause) => {
    clause.lowered ??= clause.id.toLowerCase();
    return words.every(
      (word, place) => clause.lowered.includes(word) || said(clause, hits[place], word),
    );
  };
}

function said({ outcomes }, hit, word) {
  return outcomes.some(
    (each) =>
      each !== null &&
      (hit[each.statement] ||
        hit[each.reason] ||
        each.findings.some(
          (one) =>
            hit[one.observation] ||
            hit[one.expected] ||
            hit[one.observed] ||
            one.fingerprint === word,
        )),
  );
}
