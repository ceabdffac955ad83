/** Shows what the fragment of the address names, and changes the fragment as filters change. */
import { announce } from "./announce.js";
import { BEGINNING } from "./change_view.js";
import { clauses, clausesByFingerprint, operations, reports } from "./data.js";
import { element } from "./element.js";
import { filterBar } from "./filter_bar.js";
import { findingId } from "./finding_view.js";
import { count, thousands } from "./numbers.js";
import { openForPrinting } from "./printing.js";
import { fragmentOf, routeOf } from "./route.js";
import { themeButton } from "./theme.js";
import { plain } from "./visible.js";
import { resultsOf, selectionOf, topOf } from "./views.js";

const regions = Object.fromEntries(
  ["top", "filters", "count", "results"].map((id) => [id, document.getElementById(id)]),
);
const bar = filterBar((filters) => {
  showFiltered({ ...current, filters });
  clearTimeout(later);
  later = setTimeout(keepAddress, 250);
});
let current = null;
let later = 0;

/** Shows a whole view. */
function show(route) {
  regions.top.replaceChildren(topOf(route));
  showFiltered(route);
  const heading = document.getElementById("heading").textContent;
  document.title = `${heading} – ${reports.map(({ name }) => plain(name)).join(" · ")} – awsconform`;
  for (const link of document.querySelectorAll("#views a")) {
    const open = routeOf(link.hash).view === viewInNavigation(route.view);
    if (open) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

/** Shows what the filters of a route leave; what stands above them stays. */
function showFiltered(route) {
  current = route;
  const selection = selectionOf(route);
  regions.filters.hidden = selection === null;
  regions.count.textContent = "";
  if (selection === null) {
    regions.results.replaceChildren();
    return;
  }
  bar.show(route.filters, selection);
  const results = resultsOf(route, selection);
  regions.results.replaceChildren(...[results].flat().filter((each) => each !== null));
  regions.count.textContent = countOf(route, selection);
  announce(regions.count.textContent);
}

function countOf({ view, id }, { matching }) {
  if (view === "operations") {
    const some = new Set(matching.map(({ operation }) => operation)).size;
    return `${thousands(some)} of ${count(operations.length, "operation")}, ${count(matching.length, "clause")}`;
  }
  const all =
    view === "operation"
      ? clauses.filter(({ operation }) => operation.id === id).length
      : clauses.length;
  return `${thousands(matching.length)} of ${count(all, "clause")}`;
}

function viewInNavigation(view) {
  return view === "operation"
    ? "operations"
    : view === "clause" || view === "finding"
      ? "clauses"
      : view;
}

/** The address names what is shown, so that it can be passed on; going back leaves the page at once. */
function keepAddress() {
  const fragment = fragmentOf(current);
  if (fragment !== location.hash) history.replaceState(history.state, "", fragment);
  sayShown();
}

/** For programs that look at the page: which fragment it shows, once all of that is there. */
function sayShown() {
  document.documentElement.dataset.shown = location.hash;
}

/** What the address names, or where the page begins. */
function here() {
  return routeOf(location.hash || BEGINNING);
}

/** After a link was followed: what is new is shown from its beginning, and is where the keys go. */
function follow() {
  clearTimeout(later);
  const route = here();
  const same = current !== null && route.view === current.view && route.id === current.id;
  if (same) showFiltered(route);
  else show(route);
  const kept = history.state?.scroll;
  if (kept !== undefined) scrollTo(0, kept);
  else if (same) regions.results.focus();
  else arrive(route);
  sayShown();
}

function arrive(route) {
  const clause = route.view === "finding" && clausesByFingerprint.get(route.id);
  const report =
    clause &&
    reports.find(({ place }) =>
      clause.outcomes[place]?.findings.some(({ fingerprint }) => fingerprint === route.id),
    );
  const finding = report && document.getElementById(findingId(route.id, report));
  if (finding) {
    finding.focus({ preventScroll: true });
    finding.scrollIntoView();
    return;
  }
  scrollTo(0, 0);
  document.getElementById("heading").focus({ preventScroll: true });
}

/** What the page is about, in the bar that all views have. */
function named({ letter, name }) {
  return element(
    "span",
    {},
    reports.length > 1 ? [element("span", { class: "letter" }, letter), " "] : null,
    name,
  );
}

function rememberScroll(event) {
  if (event.target.closest?.("a[href]"))
    history.replaceState({ scroll: scrollY }, "", location.href);
}

regions.filters.append(bar.form);
document.getElementById("about").append(...reports.map(named));
document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault();
  document.getElementById("main").focus();
});
themeButton(document.getElementById("theme"));
openForPrinting();
document.documentElement.classList.add("scripted");
history.scrollRestoration = "manual";
show(here());
if (current.view === "finding") arrive(current);
addEventListener("hashchange", follow);
document.addEventListener("click", rememberScroll, true);
sayShown();
