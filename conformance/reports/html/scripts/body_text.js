/** Bodies in lines: JSON by its structure, forms by parameter, XML by element; only blanks change. */

const LONGEST_LAID_OUT = 200_000;
// Each line knows its path, so a target could ask for any amount of memory.
const DEEPEST = 64;
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** The lines of a body as `{depth, text, path, loose}`, or null where there is nothing to lay out. */
export function laidOut(text) {
  if (text.length > LONGEST_LAID_OUT) return null;
  const start = text.trimStart()[0];
  if (start === "{" || start === "[") return isJson(text) ? jsonLines(text) : null;
  if (start === "<") return markupLines(text);
  if (/^[\w.%*+-]+=[^\s<>{}]*$/.test(text) && text.includes("&")) return formLines(text);
  return null;
}

function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** JSON in lines, its tokens as they were: numbers of any length, names that come twice; null if too deep. */
function jsonLines(text) {
  const tokens = text.match(TOKEN);
  const lines = [];
  const open = [];
  let line = null;
  const begin = () => {
    line ??= { depth: open.length, text: "", path: open.map(({ step }) => step) };
  };
  const end = () => {
    if (line !== null) lines.push(line);
    line = null;
  };
  for (const [place, token] of tokens.entries()) {
    const around = open.at(-1);
    if (open.length > DEEPEST) return null;
    if (token === "{" || token === "[") {
      begin();
      line.text += token;
      const closing = token === "{" ? "}" : "]";
      if (tokens[place + 1] !== closing) end();
      open.push({ closing, step: token === "{" ? null : 0 });
    } else if (around && token === around.closing) {
      open.pop();
      if (tokens[place - 1] !== "{" && tokens[place - 1] !== "[") {
        end();
        begin();
      }
      line.text += token;
    } else if (token === ",") {
      line.text += token;
      end();
      around.step = around.closing === "]" ? around.step + 1 : null;
    } else if (token === ":") {
      line.text += ": ";
    } else {
      if (around?.closing === "}" && around.step === null) around.step = JSON.parse(token);
      begin();
      line.text += token;
    }
  }
  end();
  return lines;
}

function formLines(text) {
  return text.split(/(?<=&)/).map((parameter) => ({
    depth: 0,
    text: parameter,
    path: parameter
      .split("=", 1)[0]
      .split(".")
      .map((step) => (/^\d+$/.test(step) ? String(Number(step) - 1) : step))
      .filter((step) => step !== "member"),
  }));
}

/** XML with each element that has no text of its own opened on a line. */
function markupLines(text) {
  const lines = [];
  const names = [];
  for (const piece of text.split(/(?<=>)\s*(?=<)/)) {
    const closes = piece.startsWith("</");
    const name = /^<([\w:.-]+)/.exec(piece)?.[1];
    const ends = closes || piece.endsWith("/>") || piece.includes("</");
    if (closes) names.pop();
    const path = closes ? [...names, piece.slice(2, -1)] : name ? [...names, name] : [...names];
    lines.push({
      depth: names.length,
      text: piece,
      path: path.filter((step) => step !== "member"),
      loose: true,
    });
    if (name && !ends) names.push(name);
    if (names.length > DEEPEST) return null;
  }
  return lines.length > 1 ? lines : null;
}
