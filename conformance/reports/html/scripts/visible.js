/** Texts of targets for people: what would not be seen, or would move other text, is written out. */

const HIDDEN = /(?:(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}])+/gu;
const LONGEST_IN_A_LINE = 300;

/** The parts of a text as `{text, escape}`: what is hidden in it by its number, the rest as it is. */
export function visible(text) {
  const parts = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(HIDDEN)) {
    if (index > end) parts.push({ text: text.slice(end, index), escape: false });
    parts.push({ text: Array.from(found, escapeOf).join(""), escape: true });
    end = index + found.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), escape: false });
  return parts;
}

/** A text with the escapes in it. */
export function plain(text) {
  return visible(text)
    .map((part) => part.text)
    .join("");
}

/** The beginning of a text, with its length where something is left out. */
export function shortened(text, longest = LONGEST_IN_A_LINE) {
  return text.length <= longest
    ? text
    : `${text.slice(0, longest)}… (${text.length} characters in all)`;
}

function escapeOf(character) {
  const code = character.codePointAt(0).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`;
}
