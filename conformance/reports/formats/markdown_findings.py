"""Findings in Markdown: folded, each with request, answer and curl; briefly where room is short."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awsconform.conformance.reports.formats.exchange_text import answer_lines, request_lines
from awsconform.conformance.reports.formats.markdown_text import (
    code,
    fence,
    html_code,
    prose,
    size,
)
from awsconform.conformance.reports.formats.parts import DRAWN, FLAKY, OF_A_CLIENT, Found
from awsconform.conformance.reports.messages import shortened
from awsconform.conformance.reports.wording import count

LONGEST_NAME = 200
LONGEST_TEXT = 500
LONGEST_CODE = 2_000


def told_findings(found: Sequence[Found], room: int) -> list[str]:
    """The lines of findings in `room` bytes.

    Where not all fit in full, a third of the room is for telling others in a line each.
    """
    each_in_full = [list(_finding(each)) for each in found]
    if sum(size(lines) for lines in each_in_full) <= room:
        return [line for lines in each_in_full for line in lines]
    whole = _fitting(each_in_full, room - room // 3)
    shown = [line for lines in each_in_full[:whole] for line in lines]
    rest = found[whole:]
    around = ["<details>", _briefly(len(rest), len(found)), "", "", "</details>", ""]
    closing = [_left_out(len(found), len(found)), ""]
    lines = [[_brief(each)] for each in rest]
    brief = _fitting(lines, room - size(shown) - size(around) - size(closing))
    if brief:
        told = [line for each in lines[:brief] for line in each]
        shown += [*around[:1], _briefly(brief, len(found)), "", *told, *around[3:]]
    if brief < len(rest):
        shown += [_left_out(len(rest) - brief, len(found)), ""]
    return shown


def _fitting(parts: Sequence[list[str]], room: int) -> int:
    """How many of the parts fit, from the first."""
    for number, lines in enumerate(parts):
        room -= size(lines)
        if room < 0:
            return number
    return len(parts)


def _finding(found: Found) -> Iterator[str]:
    _, clause, finding = found
    named = html_code(shortened(clause["id"], LONGEST_TEXT))
    came = html_code(shortened(finding["observed"], LONGEST_NAME))
    yield "<details>"
    yield f"<summary><b>{_marks(found)}</b> {named}: {came}</summary>"
    yield ""
    yield f"- states: {prose(shortened(clause['statement'], LONGEST_TEXT))}"
    yield f"- source: {prose(', '.join(clause['sources']))}"
    yield f"- expected: {prose(shortened(finding['expected'], LONGEST_TEXT))}"
    yield f"- came: {code(shortened(finding['observed'], LONGEST_TEXT))}"
    if finding["flaky"]:
        yield f"- flaky: {FLAKY}"
    if finding["drawn"]:
        yield f"- drawn: {DRAWN}"
    if clause["view"] == "sdk":
        yield f"- view: {OF_A_CLIENT}"
    yield f"- fingerprint: {code(finding['fingerprint'])}"
    again = finding["reproduction"]
    yield f"- again: {_whole(again['awsconform'])}"
    if again["first"]:
        yield f"- start first: {_whole(again['first'])}"
    yield ""
    yield from _block("request", "\n".join(request_lines(finding)), "http")
    yield from _block("answer", "\n".join(answer_lines(finding)), "http")
    if finding["shownBy"] is not None:
        yield from _block("shown by", "\n".join(request_lines(finding["shownBy"])), "http")
        yield from _block("answer", "\n".join(answer_lines(finding["shownBy"])), "http")
    if len(again["curl"]) <= LONGEST_CODE:
        yield from _block("curl", again["curl"], "bash")
    else:
        yield from (f"**curl** {_too_long(again['curl'])}", "")
    yield "</details>"
    yield ""


def _brief(found: Found) -> str:
    named = code(shortened(found.clause["id"], LONGEST_TEXT))
    return f"- {_marks(found)} {named}: {code(shortened(found.finding['observed'], LONGEST_NAME))}"


def _marks(found: Found) -> str:
    """The level, and what makes a finding less certain to come again."""
    return " ".join(
        [found.clause["level"], *(name for name in ("flaky", "drawn") if found.finding[name])]
    )


def _block(title: str, text: str, language: str) -> Iterator[str]:
    yield from (f"**{title}**", "", *fence(text, language), "")


def _whole(command: str) -> str:
    """A command whole or not at all: half of one does something else."""
    return code(command) if len(command) <= LONGEST_CODE else _too_long(command)


def _too_long(command: str) -> str:
    return f"is {len(command)} characters long; the JSON report has it whole."


def _briefly(number: int, of: int) -> str:
    return f"<summary>{number} of {count(of, 'finding')} in brief</summary>"


def _left_out(number: int, of: int) -> str:
    verb = "does" if number == 1 else "do"
    return f"{number} of {count(of, 'finding')} {verb} not fit here; the JSON report has them all."
