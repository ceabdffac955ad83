/** Two sentences compared word by word. */

const LONGEST = 200;
const BARE = /^["'`(,;:]+|["'`),;:.]+$/g;

/** The parts of what was expected and of what came, each with whether the other lacks it. */
export function compared(expected, observed) {
  const [left, right] = [wordsAndGaps(expected), wordsAndGaps(observed)];
  if (left.words.length > LONGEST || right.words.length > LONGEST) {
    return [[{ text: expected, differs: false }], [{ text: observed, differs: true }]];
  }
  const common = commonWords(left.words.map(bare), right.words.map(bare));
  return [
    parts(left, new Set(common.map(([place]) => place))),
    parts(right, new Set(common.map(([, place]) => place))),
  ];
}

const bare = (word) => word.replace(BARE, "").toLowerCase();

function wordsAndGaps(text) {
  const pieces = text.split(/(\s+)/);
  return {
    words: pieces.filter((_, place) => place % 2 === 0),
    gaps: pieces.filter((_, place) => place % 2),
  };
}

/** The places of a longest common subsequence. */
function commonWords(left, right) {
  const lengths = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1));
  for (let i = left.length - 1; i >= 0; i -= 1) {
    for (let j = right.length - 1; j >= 0; j -= 1) {
      lengths[i][j] =
        left[i] === right[j]
          ? lengths[i + 1][j + 1] + 1
          : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  const found = [];
  for (let i = 0, j = 0; i < left.length && j < right.length;) {
    if (left[i] === right[j]) found.push([i++, j++]);
    else if (lengths[i + 1][j] >= lengths[i][j + 1]) i += 1;
    else j += 1;
  }
  return found;
}

/** Words with their gaps, neighbours of one kind together. */
function parts({ words, gaps }, common) {
  const made = [];
  words.forEach((word, place) => {
    const differs = !common.has(place);
    const last = made.at(-1);
    const gap = place ? gaps[place - 1] : "";
    if (last && last.differs === differs) last.text += gap + word;
    else if (last && differs) {
      last.text += gap;
      made.push({ text: word, differs });
    } else made.push({ text: gap + word, differs });
  });
  return made.filter(({ text }) => text !== "");
}
