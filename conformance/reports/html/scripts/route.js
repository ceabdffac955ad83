/**
 * Where one is on the page, as the fragment of its address: `#<view>/<id>?<filters>`. Every view is a
 * link that can be kept and passed on.
 */

export const VIEWS = [
  "operations",
  "clauses",
  "remainder",
  "run",
  "operation",
  "clause",
  "finding",
];
const LISTS = ["level", "outcome"];
const SINGLE = ["q", "service", "family", "in", "difference", "change", "page"];

/** No filter at all. */
export function noFilters() {
  return {
    q: "",
    service: "",
    family: "",
    in: "",
    difference: "",
    change: "",
    page: "",
    level: [],
    outcome: [],
  };
}

/** The route a fragment names; whatever it does not say is as at the beginning. */
export function routeOf(fragment) {
  const [, path, query] = /^#?([^?]*)\??(.*)$/s.exec(fragment);
  const [, name, id] = /^([^/]*)\/?(.*)$/s.exec(path);
  const given = new URLSearchParams(query);
  const filters = noFilters();
  for (const key of SINGLE) filters[key] = given.get(key) ?? "";
  for (const key of LISTS)
    filters[key] = (given.get(key) ?? "").split(",").filter((each) => each !== "");
  return { view: VIEWS.includes(name) ? name : VIEWS[0], id: decoded(id), filters };
}

/** The fragment of a route. */
export function fragmentOf({ view, id = "", filters = noFilters() }) {
  const given = new URLSearchParams();
  for (const key of SINGLE) if (filters[key] !== "") given.set(key, filters[key]);
  for (const key of LISTS) if (filters[key].length) given.set(key, filters[key].join(","));
  const path = id === "" ? view : `${view}/${encoded(id)}`;
  const query = given.toString().replaceAll("%2C", ",");
  return query ? `#${path}?${query}` : `#${path}`;
}

/** Ids stay readable: only what has a meaning in an address is written otherwise. */
function encoded(id) {
  return encodeURIComponent(id.toWellFormed?.() ?? id)
    .replaceAll("%2F", "/")
    .replaceAll("%40", "@");
}

function decoded(id) {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
