/** The two numbers of some clauses as cells of a table and as a bar. */
import { element, unseen } from "./element.js";
import { fraction, percent } from "./numbers.js";
import { isAbsent } from "./outcomes.js";

/** How much conforms, is violated and was not judged; says nothing that the numbers do not. */
export function bar(score) {
  const share = (some) => `${score.clauses ? (some / score.clauses) * 100 : 0}%`;
  const made = element("span", { class: "bar", "aria-hidden": "true" });
  made.style.setProperty("--conforming", share(score.conforming));
  made.style.setProperty("--judged", share(score.judged));
  return made;
}

/** The cell of a family: conformance, below it coverage; a link to its clauses. */
export function familyCell(score, family, href) {
  if (score === undefined) return cell("none nothing", family, "–", unseen(" no clauses"));
  const numbers = [
    element(
      "span",
      { class: "conformance" },
      unseen("conformance "),
      fraction(score.conforming, score.judged),
    ),
    score.judged ? bar(score) : null,
    element(
      "span",
      { class: "coverage" },
      unseen(", coverage "),
      fraction(score.judged, score.clauses),
    ),
  ];
  return cell(kindOf(score), family, element("a", { href }, numbers));
}

/** The cells of both numbers. */
export function bothCells(score, title) {
  return [
    cell(
      `total ${kindOf(score)}`,
      `${title}conformance`,
      element(
        "span",
        { class: "conformance" },
        isAbsent(score) ? "absent" : fraction(score.conforming, score.judged),
      ),
      element(
        "span",
        { class: "share" },
        score.judged ? percent(score.conforming, score.judged) : "",
      ),
    ),
    cell(
      "total covered",
      `${title}coverage`,
      element("span", { class: "conformance" }, fraction(score.judged, score.clauses)),
      element("span", { class: "share" }, percent(score.judged, score.clauses)),
    ),
  ];
}

/** A cell that says on narrow screens, where there are no columns, what it is of. */
export function cell(kind, title, ...children) {
  return element("td", { role: "cell", class: `numbers ${kind}`, "data-title": title }, children);
}

function kindOf(score) {
  if (!score.judged) return "none";
  return score.conforming === score.judged ? "good" : "bad";
}
