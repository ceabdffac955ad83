"""What came of a check, for people: what is otherwise, whether that matters, and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from awsconform.conformance.gate.checking import Expired, Lost, Result
from awsconform.conformance.gate.found import FoundFinding
from awsconform.conformance.gate.reading import KnownFinding
from awsconform.conformance.gate.updating import Changes
from awsconform.conformance.reports.lines import print_line
from awsconform.conformance.reports.messages import printable, shortened
from awsconform.conformance.reports.wording import count

LONGEST_OBSERVED = 500
# Operations of which so many clauses are lost for one reason are told by their number.
CLAUSES_NAMED = 5
_LABEL = 13
NOT_ENDED = "THE RUN DID NOT END: nothing is said of the operations that it lacks."


@dataclass(frozen=True)
class Advice:
    """How what is new is taken into the baseline, what is fixed out of it, and what allows it."""

    update: str
    prune: str
    allow_fixed: str = "--allow-fixed"
    allow_vanished: str = "--allow-vanished"


def print_result(
    console: Console, result: Result, advice: Advice, *, with_code: bool = True
) -> None:
    """Prints what is otherwise than the baseline has it; the last line says how it ends."""
    _line(console, f"Held against {result.file}: {_summary(result)}", style="bold")
    if not result.complete:
        _line(console, f"  {NOT_ENDED}", style="bold white on red")
    for note in result.notes:
        _line(console, f"  {note}", style="dim")
    _new(console, result, advice)
    _expired(console, result.expired)
    _fixed(console, result, advice)
    _lost(console, result, advice)
    _failed(console, result)
    _unseen(console, result)
    console.print()
    _conclusion(console, result, with_code=with_code)


def print_changes(console: Console, file: str, changes: Changes) -> None:
    """Prints what a baseline gained and lost when it was written."""
    found = f"{count(len(changes.added), 'finding')} added, {len(changes.removed)} removed"
    judged = f"{count(len(changes.gained), 'clause')} added, {len(changes.lost)} removed"
    _line(console, f"{file}: {found}; {judged}", style="bold")
    for entry in changes.removed:
        why = f"; its reason was: {entry.reason}" if entry.reason else ""
        _line(console, f"  no longer in it: {entry.clause} ({entry.observation}){why}")
    fewer = Counter(clause.partition("/")[0] for clause in changes.lost)
    for operation, number in fewer.items():
        _line(console, f"  no longer in it: {count(number, 'clause')} of {operation}")


def print_kept(console: Console, file: str) -> None:
    """Prints why a baseline was not written."""
    told = "the budget of the run was spent, and what it did not judge would be lost"
    _line(console, f"{file} is left as it is: {told}", style="bold red")


def _summary(result: Result) -> str:
    numbers = {
        "new": result.new,
        "expired": result.expired,
        "fixed": result.fixed,
        "vanished": result.vanished,
        "unexercised": result.unexercised,
        "known": result.known,
        "flaky": result.flaky,
    }
    return ", ".join(f"{len(found)} {name}" for name, found in numbers.items() if found) or "clean"


def _new(console: Console, result: Result, advice: Advice) -> None:
    if not result.new:
        return
    _heading(console, f"New ({len(result.new)})", style="bold red")
    for finding in result.new:
        _finding(console, finding)
    _line(console, f"  Mend it, or take it into the baseline: {advice.update}")


def _finding(console: Console, finding: FoundFinding) -> None:
    _line(console, f"  {finding.clause}", style="bold red")
    _field(console, "came", finding.observed)
    _field(console, "observation", finding.observation)
    _field(console, "fingerprint", finding.fingerprint)
    if finding.flaky:
        _field(console, "flaky", "it did not come up again when it was tried again")
    if finding.drawn:
        _field(console, "drawn", "only a drawn request shows it: with another seed none may")


def _expired(console: Console, expired: Sequence[Expired]) -> None:
    if not expired:
        return
    _heading(console, f"Expired ({len(expired)})", style="bold red")
    for each in expired:
        _line(console, f"  {each.known.entry.clause}", style="bold red")
        _field(console, "since", f"{each.known.expires}, in {each.known.file}")
        came = each.found.observed if each.found else "nothing: take the entry out"
        _field(console, "came", came)
        _written(console, each.known)
    _line(console, "  Mend it, or give the entry another day after talking about it.")


def _fixed(console: Console, result: Result, advice: Advice) -> None:
    if not result.fixed:
        return
    style = "green" if result.allow_fixed else "bold red"
    _heading(console, f"Fixed, and still in the baseline ({len(result.fixed)})", style=style)
    for each in result.fixed:
        _line(console, f"  {each.entry.clause}", style=style)
        _field(console, "observation", each.entry.observation)
        _written(console, each)
        if each.inherited:
            _field(console, "stands in", each.file)
    told = f"  Take what is fixed out: {advice.prune}"
    _line(console, told if not result.allow_fixed else f"{told} ({advice.allow_fixed} is given)")


def _written(console: Console, known: KnownFinding) -> None:
    _field(console, "fingerprint", known.entry.fingerprint)
    for label, text in (("reason", known.reason), ("issue", known.issue)):
        if text is not None:
            _field(console, label, text)


def _lost(console: Console, result: Result, advice: Advice) -> None:
    style = "yellow" if result.allow_vanished else "bold red"
    for title, lost in (
        ("Vanished: judged before, and no longer there", result.vanished),
        ("Unexercised: judged before, and not judged now", result.unexercised),
    ):
        if not lost:
            continue
        _heading(console, f"{title} ({len(lost)})", style=style)
        for (operation, why), clauses in _grouped(lost).items():
            number = count(len(clauses), "clause")
            _line(console, f"  {operation}, {number}: {shortened(why, LONGEST_OBSERVED)}")
            for clause in clauses if len(clauses) <= CLAUSES_NAMED else ():
                _line(console, f"    {clause}", style="dim")
    if result.vanished or result.unexercised:
        given = " (it is given)" if result.allow_vanished else ""
        _line(
            console,
            f"  Where that is meant: {advice.allow_vanished}{given}, or without them from now on: "
            f"{advice.update}",
        )


def _grouped(lost: Iterable[Lost]) -> dict[tuple[str, str], list[str]]:
    """Clauses by operation and reason."""
    found: dict[tuple[str, str], list[str]] = {}
    for each in lost:
        found.setdefault((each.operation, each.why), []).append(each.clause)
    return found


def _failed(console: Console, result: Result) -> None:
    if not result.failed:
        return
    _heading(console, f"The suite itself failed at ({len(result.failed)})", style="bold red")
    for each in result.failed:
        _line(console, f"  {each.clause}: {each.reason}")


def _unseen(console: Console, result: Result) -> None:
    """Entries that say nothing: one line for each reason, and few of them by name."""
    reasons: dict[str, list[str]] = {}
    for each in result.unseen:
        entry = each.known.entry
        reasons.setdefault(each.why, []).append(f"{entry.clause} ({entry.observation})")
    if not reasons:
        return
    _heading(console, f"Not seen, and not known to be fixed ({len(result.unseen)})")
    for why, entries in reasons.items():
        _line(console, f"  {why}: {count(len(entries), 'finding')}")
        for named in entries[:CLAUSES_NAMED]:
            _line(console, f"    {named}", style="dim")


def _conclusion(console: Console, result: Result, *, with_code: bool) -> None:
    if not result.judged:
        text, style = "NOTHING WAS JUDGED", "bold white on red"
    elif result.worse:
        text, style = f"Not as {result.file} has it", "bold red"
    elif result.failed:
        text, style = "The suite itself failed", "bold red"
    else:
        text, style = f"No worse than {result.file}", "bold green"
    code = f"; exit code {result.exit_code}" if with_code else ""
    print_line(console, Text(text, style=style), Text(code))


def _heading(console: Console, text: str, *, style: str = "bold") -> None:
    console.print()
    _line(console, text, style=style)


def _field(console: Console, label: str, text: str) -> None:
    shown = shortened(printable(text), LONGEST_OBSERVED)
    print_line(console, Text(f"    {label:<{_LABEL}}", style="dim"), Text(shown))


def _line(console: Console, text: str, *, style: str = "") -> None:
    print_line(console, Text(printable(text), style=style))
