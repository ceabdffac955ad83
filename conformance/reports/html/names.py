"""What each of several reports is called: by its target, as far as that tells them apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any


def names_of(documents: Sequence[dict[str, Any]]) -> list[str]:
    """A name each, all different: the target, else with the time, else with the place as well."""
    plain = [str(document["target"]) for document in documents]
    dated = [
        f"{name}, {moment(str(document['made']))}"
        for name, document in zip(plain, documents, strict=True)
    ]
    numbered = [f"{name} ({number})" for number, name in enumerate(dated, 1)]
    seen, seen_dated = Counter(plain), Counter(dated)
    return [
        a if seen[a] == 1 else b if seen_dated[b] == 1 else c
        for a, b, c in zip(plain, dated, numbered, strict=True)
    ]


def moment(made: str) -> str:
    """`2026-11-21 19:07:02` of `2026-11-21T19:07:02+00:00`; other zones are named."""
    return made.replace("T", " ", 1).removesuffix("+00:00")
