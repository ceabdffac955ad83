"""Every pattern of every installed service model is understood by all who have to."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator

import jsonschema_rs
import pytest
import regex
from botocore.session import get_session

from awsconform.errors import PatternError
from awsconform.generators.choices import RandomChoices
from awsconform.generators.locations import Location
from awsconform.generators.strings import Text
from awsconform.specs.broken_patterns import BROKEN_PATTERNS, broken
from awsconform.specs.patterns import compiled, translate

Stated = tuple[str, int | None, int | None]

# All of them take minutes; a sample that changes with the day finds the same sooner or later.
EVERYTHING = os.environ.get("AWSCONFORM_ALL_PATTERNS") == "1"
SAMPLE = 300


@pytest.fixture(scope="module")
def stated() -> dict[Stated, list[str]]:
    """Each pattern with the lengths beside it, and the shapes that state both."""
    loader = get_session().get_component("data_loader")
    found: dict[Stated, list[str]] = {}
    for service in loader.list_available_services("service-2"):
        shapes = loader.load_service_model(service, "service-2")["shapes"]
        for name, shape in shapes.items():
            if "pattern" in shape:
                key = (shape["pattern"], shape.get("min"), shape.get("max"))
                found.setdefault(key, []).append(f"{service}.{name}")
    return found


def drawn(stated: dict[Stated, list[str]]) -> Iterator[Stated]:
    keys = sorted(stated, key=repr)
    yield from keys if EVERYTHING else random.Random(len(keys)).sample(keys, SAMPLE)


def test_only_the_patterns_that_are_listed_are_left_out(stated: dict[Stated, list[str]]) -> None:
    refused: dict[str, set[str]] = {}
    for (pattern, low, high), shapes in stated.items():
        try:
            translate(pattern, (low, high))
        except PatternError:
            refused.setdefault(pattern, set()).update(shapes)
    listed = {each.pattern: set(each.shapes) for each in BROKEN_PATTERNS}
    assert refused.items() <= listed.items()
    # A newer botocore may have mended some, never broken others without our noticing.
    assert len(refused) <= len(BROKEN_PATTERNS) == 8


def test_a_translated_pattern_compiles_in_every_engine_in_use(
    stated: dict[Stated, list[str]],
) -> None:
    for pattern, low, high in drawn(stated):
        if broken(pattern, (low, high)) is None:
            translated = translate(pattern, (low, high))
            schema = {"type": "string", "pattern": translated}
            jsonschema_rs.Draft202012Validator(schema)
            compiled(translated)


def test_a_drawn_value_matches_whole_and_has_an_allowed_length(
    stated: dict[Stated, list[str]],
) -> None:
    for pattern, low, high in drawn(stated):
        if broken(pattern, (low, high)) is not None:
            continue
        translated = translate(pattern, (low, high))
        text = Text(translated, low or 0, high, Location.BODY)
        assert text.ends is not None, f"nothing fits {pattern} and {low} to {high}"
        value = text.ordinary(RandomChoices(random.Random(1)))
        assert (low or 0) <= len(value) <= (len(value) if high is None else high)
        schema = {"pattern": translated, "minLength": low or 0}
        assert jsonschema_rs.is_valid(schema, value), (pattern, value)
        assert compiled(translated).search(value), (pattern, value)


@pytest.mark.parametrize("each", BROKEN_PATTERNS, ids=lambda each: each.shapes[0])
def test_what_is_listed_as_broken_is(each: object) -> None:
    assert isinstance(each, type(BROKEN_PATTERNS[0]))
    low, high = each.bounds or (None, None)
    assert each.why
    try:
        whole = regex.compile(f"(?:{each.pattern})")
    except regex.error:
        return
    source = RandomChoices(random.Random(2))
    for pattern in {each.pattern, whole.pattern}:
        text = Text(f"^(?:{pattern})$(?!\\n)", low or 12, high or 12, Location.BODY)
        assert text.ends is None or not whole.fullmatch(text.ordinary(source))


def test_a_pattern_that_is_broken_for_one_length_is_good_for_others() -> None:
    (uuid,) = [each for each in BROKEN_PATTERNS if each.bounds]
    assert translate(uuid.pattern, (36, 36)) == translate(uuid.pattern)
    with pytest.raises(PatternError, match="36 characters"):
        translate(uuid.pattern, uuid.bounds or (None, None))
