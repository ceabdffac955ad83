"""Pages and tokens, apart from any service."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awsconform.conformance.emulator.clock import Clock
from awsconform.conformance.emulator.pages import Paged, Pager
from awsconform.conformance.emulator.refusals import Refusal

LIST = Paged("things.List", "token", "limit", 7)
OTHER = Paged("things.Other", "token", "limit", 7)
ROWS = list(range(20))


@pytest.fixture
def pager() -> Pager:
    return Pager(Clock())


def identity(row: int) -> int:
    return row


@given(st.integers(0, 40), st.lists(st.integers(1, 15), min_size=1))
def test_pages_of_any_sizes_make_up_the_whole(count: int, sizes: list[int]) -> None:
    pager, rows = Pager(Clock()), list(range(count))
    found: list[int] = []
    tokens: list[str] = []
    request: dict[str, object] = {}
    for n in range(count + 1):
        size = sizes[n % len(sizes)]
        page, token = pager.page(LIST, request | {"limit": size}, rows, identity)
        assert len(page) <= size
        found += page
        if token is None:
            break
        tokens.append(token)
        request = {"token": token}
    assert found == rows
    assert len(set(tokens)) == len(tokens)


def test_a_page_is_of_the_default_size_unless_asked(pager: Pager) -> None:
    assert len(pager.page(LIST, {}, ROWS, identity)[0]) == 7


def test_a_token_can_be_used_again_and_brings_a_new_one_each_time(pager: Pager) -> None:
    token = pager.page(LIST, {}, ROWS, identity)[1]
    again = [pager.page(LIST, {"token": token}, ROWS, identity) for _ in range(3)]
    assert [page for page, _ in again] == [ROWS[7:14]] * 3
    assert len({following for _, following in again}) == 3


@given(st.text())
def test_no_made_up_text_is_a_token(text: str) -> None:
    pager = Pager(Clock())
    pager.page(LIST, {}, ROWS, identity)
    if text:
        with pytest.raises(Refusal):
            pager.page(LIST, {"token": text}, ROWS, identity)


def test_a_token_belongs_to_its_operation_and_arguments(pager: Pager) -> None:
    token = pager.page(LIST, {"a": 1, "b": [2]}, ROWS, identity)[1]
    assert pager.page(LIST, {"b": [2], "a": 1, "token": token, "limit": 3}, ROWS, identity)
    for paged, arguments in (
        (OTHER, {"a": 1, "b": [2]}),
        (LIST, {"a": 1}),
        (LIST, {"a": 1, "b": [3]}),
        (LIST, {"a": 1, "b": [2], "c": 0}),
    ):
        with pytest.raises(Refusal) as caught:
            pager.page(paged, arguments | {"token": token}, ROWS, identity)
        assert caught.value.code == "ValidationException"


def test_a_token_of_one_pager_is_no_token_of_another(pager: Pager) -> None:
    token = pager.page(LIST, {}, ROWS, identity)[1]
    with pytest.raises(Refusal):
        Pager(Clock()).page(LIST, {"token": token}, ROWS, identity)


def test_a_token_expires_after_a_day_and_is_forgotten(pager: Pager) -> None:
    token = pager.page(LIST, {}, ROWS, identity)[1]
    assert token is not None
    pager.clock.advance(24 * 3600 - 60)
    younger = pager.page(LIST, {"token": token}, ROWS, identity)[1]
    pager.clock.advance(60)
    for _ in range(2):
        with pytest.raises(Refusal):
            pager.page(LIST, {"token": token}, ROWS, identity)
        assert pager.page(LIST, {"token": younger}, ROWS, identity)[0] == ROWS[14:]
        pager.page(LIST, {}, ROWS, identity)
    assert pager.find(token) is None


def test_no_token_says_where_the_next_page_begins(pager: Pager) -> None:
    tokens = [str(pager.page(LIST, {}, ROWS, identity)[1]) for _ in range(50)]
    assert len({token[:8] for token in tokens}) == 50
    assert {len(token) for token in tokens} == {64}


@pytest.mark.parametrize("seconds", [-1, float("nan"), float("inf"), 1e18])
def test_the_clock_goes_forward_only_and_not_beyond_the_calendar(seconds: float) -> None:
    clock = Clock()
    before = clock.now()
    with pytest.raises(ValueError, match="clock"):
        clock.advance(seconds)
    assert before <= clock.now() < before + 60


def test_the_clock_moves_by_what_it_is_told() -> None:
    clock = Clock()
    before = clock.now()
    assert before + 100 <= clock.advance(100) <= clock.now() < before + 160
