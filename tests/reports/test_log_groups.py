"""Parts of a CI's log that fold."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awsconform.conformance.reports.log_groups import (
    GitHubGroups,
    GitLabGroups,
    Groups,
    NoGroups,
    grouped,
    groups_in,
)

OLD_COMMAND = re.compile(r"##\[([\w-]+)[^\]]*\](.*)$")
COMMAND = re.compile(r"^\s*::([\w-]+)(?: [^:]*)?::(.*)$")
MARKER = re.compile(r"\x1b\[0Ksection_(start|end):(\d+):([\w.-]+)(\[[^\]]*\])?\r\x1b\[0K(.*)")
TITLES = st.text(st.characters())


@pytest.mark.parametrize(
    ("environment", "kind"),
    [
        ({}, NoGroups),
        ({"GITHUB_ACTIONS": "false", "GITLAB_CI": ""}, NoGroups),
        ({"GITHUB_ACTIONS": "true"}, GitHubGroups),
        ({"GITLAB_CI": "true"}, GitLabGroups),
        ({"GITHUB_ACTIONS": "true", "GITLAB_CI": "true"}, GitHubGroups),
    ],
)
def test_the_variables_of_a_job_say_how_its_log_folds(
    environment: dict[str, str], kind: type[Groups]
) -> None:
    assert isinstance(groups_in(environment), kind)


def runner(log: str) -> list[tuple[str, str]]:
    """The commands the runner of GitHub Actions obeys."""
    obeyed: list[tuple[str, str]] = []
    stopped = None
    for line in log.splitlines():
        if stopped is not None and line.strip() == f"::{stopped}::":
            stopped = None
        elif stopped is None and (match := COMMAND.match(line) or OLD_COMMAND.search(line)):
            obeyed.append((match[1], match[2]))
            stopped = match[2] if match[1] == "stop-commands" else None
    assert stopped is None
    return [each for each in obeyed if each[0] != "stop-commands"]


def log_of(groups: Groups, *parts: tuple[str, str]) -> str:
    written: list[str] = []
    for title, content in parts:
        with grouped(groups, title, written.append):
            written.append(f"{content}\n")
    return "".join(written)


@given(title=TITLES, content=st.text(st.characters(exclude_categories=["Cs"])))
def test_on_github_nothing_within_a_group_is_obeyed(title: str, content: str) -> None:
    hostile = f"{content}\n::endgroup::\n  ::error file=a::no\n::add-mask::200"
    obeyed = runner(log_of(GitHubGroups(), (title, hostile), ("next", hostile)))
    assert [name for name, _ in obeyed] == ["group", "endgroup"] * 2


def test_on_github_each_group_has_a_token_nobody_knows() -> None:
    log = log_of(GitHubGroups(), ("one", ""), ("two", ""))
    tokens = re.findall(r"^::stop-commands::([0-9a-f]{32})$", log, re.MULTILINE)
    assert len(set(tokens)) == 2


def test_on_github_a_title_is_shown_as_it_is() -> None:
    assert log_of(GitHubGroups(lambda: "t"), ("100 % of\n::x::", "in")) == (
        "::group::100 %25 of ::x::\n::stop-commands::t\nin\n::t::\n::endgroup::\n"
    )


@given(st.lists(TITLES, min_size=1, max_size=4))
def test_on_gitlab_every_section_has_a_name_of_its_own_and_ends(titles: list[str]) -> None:
    log = log_of(GitLabGroups(lambda: 1560896352.7), *((title, "in") for title in titles))
    markers = [match for line in log.split("\n") if (match := MARKER.fullmatch(line))]
    assert [match[1] for match in markers] == ["start", "end"] * len(titles)
    assert {match[2] for match in markers} == {"1560896352"}
    names = [match[3] for match in markers]
    assert names[::2] == names[1::2]
    assert len(set(names)) == len(titles)


def test_on_gitlab_a_section_is_folded_below_its_title() -> None:
    log = log_of(GitLabGroups(lambda: 7.0), ("deadline.ListFarms (2)", "in"))
    assert log == (
        "\x1b[0Ksection_start:7:awsconform_1_deadline.ListFarms_2_[collapsed=true]\r\x1b[0K"
        "deadline.ListFarms (2)\nin\n"
        "\x1b[0Ksection_end:7:awsconform_1_deadline.ListFarms_2_\r\x1b[0K\n"
    )


@pytest.mark.parametrize("groups", [GitHubGroups(), GitLabGroups()])
def test_a_part_ends_whatever_comes(groups: Groups) -> None:
    written: list[str] = []
    with pytest.raises(KeyboardInterrupt), grouped(groups, "title", written.append):
        raise KeyboardInterrupt
    assert len(written) == 2
    assert "end" in written[1]


def test_elsewhere_nothing_is_added() -> None:
    assert log_of(NoGroups(), ("title", "in")) == "in\n"
