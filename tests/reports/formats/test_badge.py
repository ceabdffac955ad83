"""The badge: by shields.io's form, true, and grey where nothing can be said."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given

from awsconform.conformance.reports.formats.badge import badge
from reports.formats.documents import FEW, Document, documents, real

SCHEMA = json.loads((Path(__file__).parent / "badge.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def made(document: Document) -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(badge(document))
    return shown


def scored(conforming: int, judged: int, clauses: int, **others: Any) -> Document:
    return {
        **real("deadline.GetFarm"),
        "exitCode": int(conforming < judged),
        "conformance": {"conforming": conforming, "judged": judged},
        "coverage": {"judged": judged, "clauses": clauses},
        **others,
    }


@FEW
@given(documents())
def test_is_what_shields_reads_and_grey_just_where_nothing_could_be_judged(
    document: Document,
) -> None:
    shown = made(document)
    VALIDATOR.validate(shown)
    verdicts = document["verdicts"]
    judged = verdicts["conforms"] + verdicts["violates"]
    nothing = not judged or bool(verdicts["error"] and not verdicts["violates"])
    assert (shown["color"] == "lightgrey") is nothing
    assert shown.get("isError", False) is nothing
    if nothing:
        assert shown["message"] == "could not judge"
        return
    told = [int(each) for each in re.findall(r"\d+", shown["message"])]
    for percent, (some, out_of) in zip(told, numbers(document), strict=True):
        assert percent <= 100 * some / out_of < percent + 1
    assert ("incomplete" in shown["message"]) is not document["complete"]


def numbers(document: Document) -> list[tuple[int, int]]:
    conformance, coverage = document["conformance"], document["coverage"]
    return [
        (conformance["conforming"], conformance["judged"]),
        (coverage["judged"], coverage["clauses"]),
    ]


@pytest.mark.parametrize(
    ("conforming", "colour", "message"),
    [
        (1000, "brightgreen", "100 % · 50 % covered"),
        (999, "green", "99 % · 50 % covered"),
        (900, "yellowgreen", "90 % · 50 % covered"),
        (899, "yellow", "89 % · 50 % covered"),
        (500, "orange", "50 % · 50 % covered"),
        (1, "red", "0 % · 50 % covered"),
    ],
)
def test_the_colour_goes_with_the_share_and_all_is_said_of_all_alone(
    conforming: int, colour: str, message: str
) -> None:
    shown = made(scored(conforming, 1000, 2000))
    assert (shown["color"], shown["message"]) == (colour, message)


def test_a_run_that_did_not_end_is_never_green() -> None:
    shown = made(scored(10, 10, 10, complete=False) | {"exitCode": 3})
    assert shown["message"] == "100 % · 100 % covered · incomplete"
    assert shown["color"] == "yellow"
    assert made(scored(1, 10, 10, complete=False))["color"] == "red"
