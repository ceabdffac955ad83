"""The scripts of the page: ES modules of one idea each, put together as one.

Each becomes a function that is called once and returns what it exports; what a module imports is
taken from those before it. Modules import names from `./<module>.js`, as they are called there, and
export functions and constants where these are defined, and nothing else.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent / "scripts"
MAIN = "main"

_IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./(\w+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?function|const|class) (\w+)", re.MULTILINE)


@functools.cache
def bundle(main: str = MAIN) -> str:
    """The text of a module and all it needs."""
    return "\n".join(_called(name) for name in in_order(main))


def in_order(name: str) -> list[str]:
    """A module and those it needs, each after what it needs itself."""
    return list(dict.fromkeys(_needed(name, ())))


def source(name: str) -> str:
    """The text of a module as it stands in its file."""
    return (FOLDER / f"{name}.js").read_text(encoding="utf-8")


def _needed(name: str, above: tuple[str, ...]) -> Iterator[str]:
    if name in above:
        raise ValueError(f"modules import each other: {' -> '.join((*above, name))}")
    for imported in _IMPORT.finditer(source(name)):
        yield from _needed(imported[2], (*above, name))
    yield name


def _called(name: str) -> str:
    text = source(name)
    exported = ", ".join(found[2] for found in _EXPORT.finditer(text))
    text = _IMPORT.sub(r"const \1 = \2_js;\n", _EXPORT.sub(r"\1 \2", text))
    return f"const {name}_js = (() => {{\n{text}return {{ {exported} }};\n}})();"
