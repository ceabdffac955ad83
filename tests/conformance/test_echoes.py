"""What a target was wrongly made to take is known again when it comes back."""

from __future__ import annotations

from typing import Any

import pytest

from awsconform.conformance.echoes import Echoes
from awsconform.conformance.exchange import Case, Intent, Purpose


def taught(clause: str, value: dict[str, Any], purpose: Purpose = Purpose.VIOLATES) -> Echoes:
    echoes = Echoes()
    echoes.learn(Case("iam.CreateUser", Intent(purpose, f"iam.CreateUser/{clause}"), value))
    return echoes


@pytest.mark.parametrize(
    ("value", "is_echo"),
    [
        ("§§§", True),
        ("%C2%A7%C2%A7%C2%A7", True),
        ("arn:aws:iam::123456789012:user/§§§", True),
        ("a longer text with §§§ inside", True),
        ("§§", False),
        ("plain", False),
        (7, False),
    ],
)
def test_a_text_is_known_wherever_it_stands(value: Any, is_echo: bool) -> None:
    echoes = taught("request/UserName#pattern", {"UserName": "§§§", "Path": "plain"})
    assert echoes.has(value, ("Users", "*", "UserName")) is is_echo


@pytest.mark.parametrize("short", ["!", "é"])
def test_a_short_text_is_known_as_a_part_of_an_arn_not_within_words(short: str) -> None:
    echoes = taught("request/Name#pattern", {"Name": short})
    assert echoes.has(f"arn:aws:events:::rule/{short}", ("Arn",))
    assert not echoes.has(f"oh{short}no", ("Arn",))


def test_values_of_other_types_and_all_below_are_known() -> None:
    echoes = taught("request/Tags#maxItems", {"Tags": [{"Key": "first", "Value": 5}]})
    assert echoes.has([{"Key": "first", "Value": 5}], ("Tags",))
    assert echoes.has("first", ("Tags", "*", "Key"))
    assert echoes.has(5, ("Tags", "*", "Value"))


def test_a_member_left_out_is_missing_from_answers() -> None:
    echoes = taught("request/Tags/*/Value#required", {"Tags": [{"Key": "k"}]})
    assert echoes.has(None, ("User", "Tags", "*", "Value"))
    assert not echoes.has(None, ("User", "Arn"))


@pytest.mark.parametrize("clause", ["request#malformed", "request#unknown-member"])
def test_what_is_about_no_place_teaches_nothing(clause: str) -> None:
    assert not taught(clause, {"UserName": "kept"}).has("kept", ("UserName",))


def test_valid_requests_teach_nothing() -> None:
    echoes = taught("request/UserName#accepted", {"UserName": "kept"}, Purpose.VALID)
    assert not echoes.has("kept", ("UserName",))
