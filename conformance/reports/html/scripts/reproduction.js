/** How to see a finding again: commands and code to copy. */
import { copying } from "./clipboard.js";
import { element } from "./element.js";
import { tabs } from "./tabs.js";

const LONGEST = 20_000;
const TOOLS = [
  ["awsconform", "awsconform"],
  ["boto3", "boto3"],
  ["AWS CLI", "cli"],
  ["curl", "curl"],
];
let preferred = TOOLS[0][0];

/** The tabs of a reproduction; the tool chosen last is open in the next one too. */
export function reproductionView(reproduction, id) {
  const items = TOOLS.map(([name, member]) => ({ name, panel: panel(name, member, reproduction) }));
  return element(
    "div",
    { class: "reproduction" },
    element("h4", {}, "Reproduce"),
    tabs("Reproduce with", id, items, preferred, (name) => {
      preferred = name;
    }),
  );
}

function panel(name, member, { first, ...texts }) {
  const text = texts[member].trimEnd();
  const cut =
    text.length > LONGEST ? `\n… ${text.length} characters in all; copying takes them all` : "";
  const start =
    member === "awsconform" || first === null
      ? element(
          "p",
          { class: "note" },
          member === "awsconform" ? "Judges this clause again, with the same seed." : null,
        )
      : element(
          "p",
          { class: "note" },
          "Start the target first: ",
          element("code", {}, first),
          copying("Copy", () => first, "quiet"),
        );
  return [
    element(
      "div",
      { class: "panel-tools" },
      start,
      copying(`Copy ${name}`, () => text),
    ),
    element(
      "pre",
      {
        class: member === "boto3" ? "code lines" : "code",
        tabindex: "0",
        "aria-label": `${name} code`,
      },
      text.slice(0, LONGEST),
      cut,
    ),
  ];
}
