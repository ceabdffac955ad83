/** Long lists by pages, so that none is too long for a browser, a reader or a printer. */
import { element } from "./element.js";
import { thousands } from "./numbers.js";
import { fragmentOf } from "./route.js";

export const PAGE_SIZE = 100;

/** The items of the page a route names, and the place of the first of them. */
export function pageOf(items, route) {
  const pages = Math.max(1, Math.ceil(items.length / PAGE_SIZE));
  const asked = Number.parseInt(route.filters.page, 10);
  const page = Math.min(Math.max(Number.isNaN(asked) ? 1 : asked, 1), pages);
  const first = (page - 1) * PAGE_SIZE;
  return { page, pages, first, items: items.slice(first, first + PAGE_SIZE) };
}

/** Links to the pages around; nothing where there is one page. */
export function pager({ page, pages, first, items }, total, route) {
  if (pages === 1) return null;
  const link = (to, text, possible) => {
    if (!possible) return element("span", { class: "button", "aria-disabled": "true" }, text);
    const filters = { ...route.filters, page: to === 1 ? "" : String(to) };
    return element("a", { class: "button", href: fragmentOf({ ...route, filters }) }, text);
  };
  return element(
    "nav",
    { class: "pager", "aria-label": "Pages" },
    link(1, "First", page > 1),
    link(page - 1, "Previous", page > 1),
    element(
      "span",
      {},
      `${thousands(first + 1)}–${thousands(first + items.length)} of ${thousands(total)}`,
    ),
    link(page + 1, "Next", page < pages),
    link(pages, "Last", page < pages),
  );
}
