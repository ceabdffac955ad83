"""The shell function that takes a text from an answer, with no more in it than is needed."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from awsconform.conformance.reports.answer_places import Words
from awsconform.conformance.reports.carrying import JSON, URL, XML, Use

# Python in single quotes of a shell: it can have none itself.
_WAYS = {
    "json": """\
node = json.loads(body)
for name in path:
    node = node[int(name) if isinstance(node, list) else name]
""",
    "xml": """\
node = tree.fromstring(body.strip())
for step in path:
    name, _, at = step.partition(":")
    node = [each for each in node if each.tag.rpartition("}")[2] == name][int(at or 0)]
node = node.text
""",
    "header": """\
node = re.search("(?im)^" + re.escape(path[0]) + ": *(.*?)\\r?$", head)[1]
""",
}
_SPELLINGS = {
    JSON: "node = json.dumps(node)[1:-1]",
    XML: "node = sax.escape(node)",
    URL: "node = urllib.parse.quote(node, safe=spelling[3:])",
}
_IMPORTS = {
    "json.": "json",
    "urllib.": "urllib.parse",
    "tree.": "xml.etree.ElementTree as tree",
    "sax.": "xml.sax.saxutils as sax",
}


def taking(ways: Mapping[Use, Words]) -> str:
    """The function `taken SPELLING KIND WAY…` for some uses: it reads an answer, prints a text."""
    needed = [kind for kind in _WAYS if any(words[0] == kind for words in ways.values())]
    spellings = {use.spelling for use in ways}
    lines = ["try:"]
    for at, kind in enumerate(needed):
        lines.append(f"    {'elif' if at else 'if'} kind == {kind!r}:".replace("'", '"'))
        lines.append(textwrap.indent(_WAYS[kind], " " * 8).rstrip())
    lines += ["except (LookupError, SyntaxError, TypeError, ValueError):"]
    lines += ['    sys.exit("The answer has no " + " ".join(path))']
    for spelling, line in _SPELLINGS.items():
        if any(each.startswith(spelling) for each in spellings):
            lines += [f'if spelling.startswith("{spelling}"):', f"    {line}"]
    code = "\n".join(lines)
    modules = ["re", "sys", *(name for begins, name in _IMPORTS.items() if begins in code)]
    return f"""\
# Takes from an answer what later requests repeat; needs python3.
taken() {{
  python3 -c '
import {", ".join(sorted(modules))}
spelling, kind, *path = sys.argv[1:]
head, body = "", sys.stdin.buffer.read().decode("utf-8", "replace")
while body.startswith("HTTP/"):
    head, body = re.split("\\r?\\n\\r?\\n", body + "\\n\\n", maxsplit=1)
{code}
print(node, end="")
' "$@"
}}"""
