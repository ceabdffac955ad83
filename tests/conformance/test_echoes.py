"""What a target was wrongly made to take is known again when it comes back."""

from __future__ import annotations

from typing import Any

import pytest

from awsconform.conformance.echoes import Echoes
from awsconform.conformance.exchange import Case, Intent, Purpose
from awsconform.specs import catalog
from awsconform.specs.contract import Contract


def contract(name: str) -> Contract:
    return catalog.load(*name.split("."))


class Taught:
    """Echoes of one accepted request, asked for in answers of the same service."""

    def __init__(
        self,
        clause: str,
        value: dict[str, Any],
        purpose: Purpose = Purpose.VIOLATES,
        name: str = "iam.CreateUser",
    ) -> None:
        self.echoes = Echoes()
        self.echoes.learn(contract(name), Case(name, Intent(purpose, f"{name}/{clause}"), value))

    def has(self, value: Any, path: tuple[str, ...], name: str = "iam.ListUsers") -> bool:
        return self.echoes.has(contract(name), value, path)


taught = Taught


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
    assert not echoes.has(None, ("User", "Parts", "*", "Value"))
    assert not echoes.has(None, ("User", "Arn"))


@pytest.mark.parametrize("clause", ["request#malformed", "request#unknown-member"])
def test_what_is_about_no_place_teaches_nothing(clause: str) -> None:
    assert not taught(clause, {"UserName": "kept"}).has("kept", ("UserName",))


def test_valid_requests_teach_nothing() -> None:
    echoes = taught("request/UserName#accepted", {"UserName": "kept"}, Purpose.VALID)
    assert not echoes.has("kept", ("UserName",))


@pytest.mark.parametrize("value", ["", False, True, 0, 1, 5, -1, [], {}])
def test_what_may_come_by_chance_is_known_in_a_member_of_the_same_name_alone(value: Any) -> None:
    echoes = taught("request/Path#type", {"Path": value})
    assert echoes.has(value, ("Users", "*", "path"))
    for other in (value, "arn:aws:iam::123456789012:role/wrong", "https://host//", "", 0, False):
        assert not echoes.has(other, ("Users", "*", "UserId"))


@pytest.mark.parametrize(
    ("taken", "seen"),
    [(0, False), (False, 0), (1, True), (True, 1), (7, "07"), ([0], [False]), ("1", 1)],
)
def test_a_value_of_another_type_is_another_value(taken: Any, seen: Any) -> None:
    assert not taught("request/Path#type", {"Path": taken}).has(seen, ("User", "Path"))


def test_a_number_nobody_comes_upon_is_known_everywhere() -> None:
    echoes = taught("request/Path#type", {"Path": 579312})
    assert echoes.has(579312, ("User", "UserName"))
    assert echoes.has("579312", ("User", "UserName"))


@pytest.mark.parametrize(
    ("operation", "path", "is_echo"),
    [
        ("secretsmanager.DescribeSecret", ("Name",), True),
        ("secretsmanager.ListSecrets", ("SecretList", "*", "Name"), True),
        ("secretsmanager.ListSecrets", ("Others", "*", "name"), False),
        ("secretsmanager.DescribeSecret", ("ARN",), False),
        ("secretsmanager.GetRandomPassword", ("Name",), False),
        ("iam.GetUser", ("Name",), False),
    ],
)
def test_a_member_left_out_is_missing_from_what_was_made_without_it(
    operation: str, path: tuple[str, ...], is_echo: bool
) -> None:
    echoes = taught("request/Name#required", {}, name="secretsmanager.CreateSecret")
    assert echoes.has(None, path, operation) is is_echo


def test_another_service_repeats_nothing() -> None:
    echoes = taught("request/UserName#pattern", {"UserName": "§§§"})
    assert not echoes.has("§§§", ("UserName",), "cognito-idp.AdminGetUser")


def test_what_only_reads_keeps_nothing() -> None:
    echoes = taught("request/Marker#pattern", {"Marker": "§§§"}, name="iam.ListUsers")
    assert not echoes.has("§§§", ("Marker",))


def test_a_plain_short_text_is_known_as_a_word_not_within_one() -> None:
    echoes = taught("request/UserName#pattern", {"UserName": "abc"})
    assert echoes.has("arn:aws:iam::1:user/abc", ("User", "Arn"))
    assert not echoes.has("arn:aws:iam::1:user/xabcx", ("User", "Arn"))
