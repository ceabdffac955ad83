"""Which known name was meant by one that is unknown."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping

_MOST = 3


def nearest(name: str, known: Mapping[str, Iterable[str]]) -> list[str]:
    """The known names most like `name`, at most three, the likest first.

    `known` maps each name to what else it is called. Letter case and what stands between words do
    not count: `describe-instances` is DescribeInstances.
    """
    wanted = _plain(name)
    plain = {each: [_plain(other) for other in (each, *others)] for each, others in known.items()}
    itself = [each for each, forms in plain.items() if forms[0] == wanted]
    same = itself or [each for each, forms in plain.items() if wanted in forms]
    if same and wanted:
        return same[:_MOST]
    by_form: dict[str, str] = {}
    for each, forms in plain.items():
        for form in forms:
            by_form.setdefault(form, each)
    near = difflib.get_close_matches(wanted, by_form, n=2 * _MOST, cutoff=0.6)
    return list(dict.fromkeys(by_form[form] for form in near))[:_MOST]


def hint(names: list[str], otherwise: str) -> str:
    """What to tell the user: the names, or where to look them up."""
    return f"did you mean {', '.join(names)}?" if names else otherwise


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).lower()
