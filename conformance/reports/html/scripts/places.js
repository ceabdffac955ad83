/** Where in a request and its answer the reader should look: what a clause or an observation names. */

/**
 * What to mark: `request` and `response` are lists of paths into the bodies, whose steps are names,
 * numbers, or `*` for any; `status` and `headers` say what else; `later` is the same of the exchange
 * that shows it.
 */
export function marksOf(clause, exchange, observed, expected) {
  const { family, path, kind } = partsOf(clause.tail);
  const pointed = pointerIn(observed);
  const said = `${expected} ${observed} ${kind}`.toLowerCase();
  const response = pointed ? [pointed] : whereIn(family, path, observed);
  return {
    request: violatedPlace(exchange.intent),
    response,
    status:
      exchange.response !== null && new RegExp(`\\b${exchange.response.status}\\b`).test(observed),
    header: (name) =>
      name.toLowerCase() === kind || (name.includes("-") && said.includes(name.toLowerCase())),
    later: {
      response: [...observed.matchAll(/response\/([^#\s()]+)#/g)].map(([, found]) => steps(found)),
    },
  };
}

/** Whether a path lies at or below one that is to be marked; of XML, whose wrappers no id names, its end. */
export function liesWithin(path, wanted, loose = false) {
  if (loose) {
    const names = wanted.filter((step) => step !== "*");
    return names.length > 0 && names.every((name, place) => path.at(place - names.length) === name);
  }
  return (
    path.length >= wanted.length &&
    wanted.every((step, place) => step === "*" || step === String(path[place]))
  );
}

/** The family, path and kind that the id of a clause names behind its operation. */
export function partsOf(tail) {
  const [, family, path, kind] = /^\/([^/#]*)\/?([^#]*)#?(.*)$/s.exec(tail) ?? [null, "", "", tail];
  return { family, path: steps(path), kind };
}

function violatedPlace({ purpose, clause }) {
  if (purpose !== "violates" || !clause) return [];
  const { family, path } = partsOf(clause.slice(clause.indexOf("/")));
  return (family === "request" || family === "pagination") && path.length ? [path] : [];
}

function whereIn(family, path, observed) {
  const within = family === "response" ? path : family === "errors" ? path.slice(1) : [];
  const undocumented = /undocumented members? ([\w, -]+)/.exec(observed);
  if (undocumented) return undocumented[1].split(", ").map((name) => [...within, name]);
  return within.length ? [within] : [];
}

function pointerIn(observed) {
  const found = /(?:^|: )((?:\/[^/:\s]+)+): /.exec(observed);
  return (
    found &&
    found[1]
      .slice(1)
      .split("/")
      .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
  );
}

const steps = (path) =>
  path === ""
    ? []
    : path.split("/").map((step) => (step === "@value" || step === "@key" ? "*" : step));
