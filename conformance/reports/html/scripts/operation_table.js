/** Operations by service, a row each; many services are closed until one is looked at. */
import { reports, troubleOf } from "./data.js";
import { button, element } from "./element.js";
import { count } from "./numbers.js";
import { fragmentOf } from "./route.js";

const OPEN_UP_TO = 120;
const opened = new Map();

/**
 * A table of operations. `head` are the rows of its head, `cells(operations, href)` the cells of a row
 * that counts these operations, where `href(family)` leads to their clauses.
 */
export function operationTable({ shownOperations, filters, caption, head, cells, kind = "" }) {
  const services = Map.groupBy(shownOperations, (each) => each.service);
  const openByItself = shownOperations.length <= OPEN_UP_TO || services.size === 1;
  const bodies = [...services].map(([service, some]) =>
    serviceBody(service, some, filters, cells, openByItself),
  );
  return element(
    "table",
    { role: "table", class: `matrix ${kind}` },
    element("caption", {}, caption),
    element("thead", { role: "rowgroup" }, head),
    bodies,
  );
}

function serviceBody(service, operations, filters, cells, openByItself) {
  const body = element("tbody", { role: "rowgroup" });
  const name = element("span", { class: "service-name" }, service);
  const many = element("span", { class: "dim" }, count(operations.length, "operation"));
  const toggle = button(
    { class: "service", "aria-expanded": "false" },
    () => open(!isOpen()),
    symbolOfOpening(),
    name,
    many,
  );
  const href = (family) =>
    fragmentOf({ view: "clauses", filters: { ...filters, service, family, page: "" } });
  body.append(
    element(
      "tr",
      { role: "row", class: "service" },
      element("th", { role: "rowheader", scope: "rowgroup" }, toggle),
      cells(operations, href),
    ),
  );
  const isOpen = () => toggle.getAttribute("aria-expanded") === "true";
  const open = (wanted, byHand = true) => {
    if (byHand) opened.set(service, wanted);
    toggle.setAttribute("aria-expanded", String(wanted));
    if (wanted) body.append(...operations.map((each) => operationRow(each, filters, cells)));
    else while (body.children.length > 1) body.lastChild.remove();
  };
  if (opened.get(service) ?? openByItself) open(true, false);
  return body;
}

function operationRow(operation, filters, cells) {
  const href = (family) =>
    fragmentOf({
      view: "operation",
      id: operation.id,
      filters: { ...filters, service: "", family, page: "" },
    });
  return element(
    "tr",
    { role: "row" },
    element(
      "th",
      { role: "rowheader", scope: "row" },
      element("a", { href: href(""), class: "operation" }, operation.name),
      reports.some((report) => troubleOf(operation, report) !== null)
        ? element("span", { class: "tag" }, "trouble")
        : null,
      operation.facts.some((each) => each?.left.length)
        ? element("span", { class: "tag" }, "left behind")
        : null,
    ),
    cells([operation], href),
  );
}

function symbolOfOpening() {
  return element("span", { class: "opening", "aria-hidden": "true" });
}
