"""A badge: the two numbers of a run as the JSON that shields.io's endpoint badge asks for."""

from __future__ import annotations

import json

from awsconform.conformance.reports.formats.parts import (
    Document,
    could_not_judge,
    is_complete,
    shares,
)

LABEL = "awsconform"
# The colour of a share of conforming clauses, in percent: that of the first it reaches.
_COLOURS = (
    (100, "brightgreen"),
    (95, "green"),
    (90, "yellowgreen"),
    (75, "yellow"),
    (50, "orange"),
    (0, "red"),
)
# What did not come to its end is not called good.
_BEST_OF_INCOMPLETE = 75


def badge(document: Document) -> str:
    """The endpoint's answer: JSON with `schemaVersion` 1, ending with a line's end."""
    return json.dumps(_badge(document), indent=2) + "\n"


def _badge(document: Document) -> Document:
    conformance, coverage = shares(document)
    if could_not_judge(document) or conformance is None or coverage is None:
        said = {"message": "could not judge", "color": "lightgrey", "isError": True}
        return {"schemaVersion": 1, "label": LABEL, **said}
    message = f"{conformance} % · {coverage} % covered"
    if not is_complete(document):
        message += " · incomplete"
        conformance = min(conformance, _BEST_OF_INCOMPLETE)
    return {
        "schemaVersion": 1,
        "label": LABEL,
        "message": message,
        "color": next(colour for least, colour in _COLOURS if conformance >= least),
    }
