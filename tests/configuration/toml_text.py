"""TOML, written: for whatever the keys of a configuration may be given."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from awsconform.configuration.schema import hook_keys, keys

# What TOML and Python's files take as it is, but for what a schema forbids.
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs",), exclude_characters="\0"),
    min_size=1,
    max_size=12,
)
SERVICES = st.from_regex(r"[a-z][a-z0-9-]{0,8}(\.[A-Z][A-Za-z]{0,8})?", fullmatch=True)
FUNCTIONS = st.from_regex(r"[a-z]{1,5}(\.[a-z]{1,5})?:[a-z_]{1,8}", fullmatch=True)
NAMES = st.from_regex(r"[A-Za-z0-9_.-]{1,8}", fullmatch=True)


def written(document: Mapping[str, Any], *above: str) -> str:
    """A document as TOML: its values, then its tables."""
    plain = [(key, each) for key, each in document.items() if not isinstance(each, dict)]
    lines = [f"{quoted(key)} = {of_value(each)}" for key, each in plain]
    for key, each in document.items():
        if isinstance(each, dict):
            path = (*above, key)
            lines += [f"[{'.'.join(map(quoted, path))}]", written(each, *path)]
    return "\n".join(lines)


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def of_value(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(of_value(each) for each in value)}]"
    if isinstance(value, str):
        return quoted(value)
    return repr(value).lower() if isinstance(value, bool) else repr(value)


def values_of(key: str) -> st.SearchStrategy[Any]:
    """What a key may be given, by its schema."""
    stated = keys().get(key) or hook_keys()[key]
    if key == "services":
        return st.lists(SERVICES, min_size=1, max_size=3)
    if "enum" in stated:
        return st.sampled_from(stated["enum"])
    if stated.get("x-function"):
        return FUNCTIONS
    kind = stated["type"]
    if kind == "array":
        return st.lists(TEXTS, max_size=3)
    if kind == "integer":
        return st.integers(stated.get("minimum"), 2**63)
    if kind == "number":
        return st.floats(stated.get("minimum", 0.001), 1_000_000)
    return st.booleans() if kind == "boolean" else TEXTS


@st.composite
def settings(draw: st.DrawFn, *, naming: bool = False) -> dict[str, Any]:
    """Some keys with values; with `naming` exactly one that names a target."""
    chosen = draw(st.sets(st.sampled_from(sorted(keys())), max_size=6))
    if naming:
        chosen = (chosen - {"target", "start"}) | {draw(st.sampled_from(["target", "start"]))}
    return {key: draw(values_of(key)) for key in sorted(chosen)}


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """A whole document."""
    made = draw(settings())
    hooks = draw(st.sets(st.sampled_from(sorted(hook_keys()))))
    if hooks:
        made["hooks"] = {name: draw(values_of(name)) for name in sorted(hooks) if name != "hints"}
        if "hints" in hooks:
            made["hooks"]["hints"] = draw(FUNCTIONS)
    targets = draw(st.dictionaries(NAMES, settings(naming=True), max_size=2))
    if targets:
        made["targets"] = targets
    return made
