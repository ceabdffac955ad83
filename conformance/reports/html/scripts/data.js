/** The reports of this page as objects: what lists need at once, what findings show when asked for. */

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const index = read("index");
const { words, clauses: columns, outcomes } = index;

export const FAMILIES = words.families;
export const LEVELS = words.levels;

/** Every text that is said of a clause; outcomes name them by number. */
export const texts = index.texts;

/** One for each document: what it says of the run, and the letter it is called by beside others. */
export const reports = index.documents.map((each, place) => ({
  ...each,
  place,
  letter: place < 26 ? String.fromCharCode(65 + place) : String(place + 1),
}));

/** The kinds of change, the gravest first, each with what it means; none where nothing was compared. */
export const changeKinds = index.changes?.kinds ?? [];
const changes = [{}, ...(index.changes?.reports ?? [])];

export const operations = index.operations.map((each, number) => ({
  ...each,
  number,
  clauses: [],
}));
export const operationsById = new Map(operations.map((each) => [each.id, each]));
export const services = [...new Set(operations.map((each) => each.service))];

/**
 * All clauses; `outcomes` has one for each report, null where the report does not have the clause, and
 * `changes` what became of it since the first report, null where it ended as there.
 */
export const clauses = columns.operation.map((number, place) => {
  const operation = operations[number];
  const tail = columns.tail[place];
  const clause = {
    number: place,
    id: operation.id + tail,
    tail,
    operation,
    family: FAMILIES[columns.family[place]],
    outcomes: outcomes.map((report) => outcomeOf(report, place)),
    changes: outcomes.map((_, report) => changeOf(changes[report]?.[place])),
  };
  clause.stated = clause.outcomes.find((each) => each !== null);
  operation.clauses.push(clause);
  return clause;
});
export const clausesById = new Map(clauses.map((each) => [each.id, each]));
export const clausesByFingerprint = new Map(
  clauses.flatMap((clause) =>
    clause.outcomes.flatMap((outcome) =>
      (outcome?.findings ?? []).map((each) => [each.fingerprint, clause]),
    ),
  ),
);

/** What kept an operation from being brought up, where the target has it; null where nothing did. */
export function troubleOf(operation, { place }) {
  const absent = operation.clauses.every(({ outcomes }) =>
    [undefined, "unimplemented", "apart"].includes(outcomes[place]?.state),
  );
  return absent ? null : (operation.facts[place]?.trouble ?? null);
}

const blocks = new Map();

/** What the findings of a clause show in one report, in their order. */
export function shown(clause, report) {
  const name = clause.operation.facts[report.place].block;
  if (!blocks.has(name)) blocks.set(name, read(name));
  const { findings, exchanges } = blocks.get(name);
  return findings[clause.number].map((each) => ({
    exchange: exchanges[each.exchange],
    before: each.before.map((number) => exchanges[number]),
    shownBy: each.shownBy === null ? null : exchanges[each.shownBy],
    reproduction: each.reproduction,
  }));
}

function outcomeOf(report, place) {
  const verdict = report.verdict[place];
  if (verdict < 0) return null;
  const apart = report.apart[place];
  const judged = words.verdicts[verdict] === "conforms" || words.verdicts[verdict] === "violates";
  return {
    state: apart >= 0 && !judged ? "apart" : words.verdicts[verdict],
    level: LEVELS[report.level[place]],
    statement: report.statement[place],
    reason: apart >= 0 && !judged ? apart : report.reason[place],
    sources: report.sources[place],
    exchanges: report.exchanges[place],
    findings: (report.findings[place] ?? []).map(findingOf),
  };
}

function changeOf(change) {
  if (change === undefined) return null;
  const [kind, uncertain] = change;
  return { kind: changeKinds[kind][0], rank: kind, uncertain: uncertain < 0 ? null : uncertain };
}

function findingOf([fingerprint, observation, expected, observed, flaky, drawn]) {
  return {
    fingerprint,
    observation,
    expected,
    observed,
    flaky: Boolean(flaky),
    drawn: Boolean(drawn),
  };
}
