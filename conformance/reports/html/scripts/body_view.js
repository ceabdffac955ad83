/** A body as it came or laid out in lines, long ones shortened until somebody asks for all. */
import { laidOut } from "./body_text.js";
import { copying } from "./clipboard.js";
import { button, element, unseen } from "./element.js";
import { thousands } from "./numbers.js";
import { liesWithin } from "./places.js";

const LONGEST = 20_000;
const MOST_LINES = 400;

/** A body of a request or an answer; `places` are the paths to mark in it. */
export function bodyView(body, places) {
  const text = body.text ?? body.base64;
  if (text === "") return element("p", { class: "no-body" }, "no body");
  const lines = body.text === undefined ? null : laidOut(text);
  const code = element("pre", { class: "code", tabindex: "0", "aria-label": "Body" });
  const shown = { laidOut: lines !== null, whole: false };
  const draw = () =>
    code.replaceChildren(
      ...(shown.laidOut ? inLines(lines, places, shown.whole) : asItCame(text, shown.whole)),
    );
  const more = button(
    { class: "quiet" },
    () => {
      shown.whole = true;
      more.remove();
      draw();
    },
    "Show all",
  );
  const toggle = button(
    { class: "quiet", "aria-pressed": "false" },
    () => {
      shown.laidOut = !shown.laidOut;
      toggle.setAttribute("aria-pressed", String(!shown.laidOut));
      draw();
    },
    "As sent",
  );
  draw();
  return element(
    "div",
    { class: "body" },
    element(
      "div",
      { class: "body-tools" },
      element("span", { class: "facts" }, sizeOf(body, text)),
      lines ? toggle : null,
      text.length > LONGEST || (lines && lines.length > MOST_LINES) ? more : null,
      copying("Copy", () => text, "quiet"),
    ),
    code,
  );
}

function sizeOf(body, text) {
  const form = body.text === undefined ? "base64, " : "";
  const cut = body.cut ? `, the beginning of ${thousands(body.length)} bytes` : "";
  return `${form}${thousands(text.length)} characters${cut}`;
}

function asItCame(text, whole) {
  const some = whole ? text : text.slice(0, LONGEST);
  return [element("span", {}, some, some.length < text.length ? "…" : null)];
}

function inLines(lines, places, whole) {
  const some = whole ? lines : lines.slice(0, MOST_LINES);
  const made = some.flatMap((line) => {
    const marked = places.some((wanted) => liesWithin(line.path, wanted, line.loose));
    const text = whole ? line.text : line.text.slice(0, LONGEST);
    return [
      element(
        "span",
        { class: marked ? "line marked" : "line" },
        "  ".repeat(line.depth),
        marked ? [unseen("marked: "), element("mark", {}, text)] : text,
      ),
      "\n",
    ];
  });
  return [...made, ...missingPlaces(lines, places), some.length < lines.length ? "…" : ""];
}

/** What is to be marked and is not there is said below; places of no known value are let be. */
function missingPlaces(lines, places) {
  if (lines[0].loose) return [];
  return places
    .filter(
      (wanted) =>
        wanted.length &&
        !wanted.includes("*") &&
        !lines.some((line) => liesWithin(line.path, wanted)),
    )
    .filter((wanted) => lines.some((line) => liesWithin(line.path, wanted.slice(0, -1))))
    .map((wanted) =>
      element(
        "span",
        { class: "line marked missing" },
        element("mark", {}, wanted.join("/"), " is not here"),
      ),
    );
}
