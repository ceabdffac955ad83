"""What a run says nothing of, and why: a clause that was not judged is never silent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from rich.console import Console
from rich.text import Text

from awsconform.conformance.outcomes import JUDGED, Verdict
from awsconform.conformance.reports.exchange_documents import Document
from awsconform.conformance.reports.messages import printable, shortened
from awsconform.conformance.reports.wording import count
from awsconform.specs.clauses import Level

SOME = 5
LONGEST_REASON = 300


def print_remainder(console: Console, document: Document, *, verbose: bool) -> None:
    """Prints what is not judged; `verbose` lists every clause rather than counting some."""
    operations: list[Document] = document["operations"]
    _errors(console, operations)
    _troubles(console, operations)
    _left_behind(console, operations, verbose=verbose)
    _unimplemented(console, operations)
    by_page = [each for each in operations if "page" in each["documents"]]
    by_model = [each for each in operations if "page" not in each["documents"]]
    few = None if verbose else SOME
    title = "MUST clauses not exercised, operations documented by a page"
    _grouped(console, title, _silent(by_page, _binds), None)
    title = "MUST clauses not exercised, other operations"
    _grouped(console, title, _silent(by_model, _binds), few)
    title = "SHOULD and MAY clauses not exercised"
    weaker = _silent(operations, lambda each: not _binds(each))
    _grouped(console, title, weaker, None if verbose else 0)
    inconclusive = _of(operations, Verdict.INCONCLUSIVE, _counts)
    _grouped(console, "Inconclusive", inconclusive, few)
    apart = [
        clause
        for operation in operations
        for clause in operation["clauses"]
        if not _counts(clause) and clause["verdict"] not in JUDGED
    ]
    title = "Apart: no client can bring these up, so they are in neither number"
    _grouped(console, title, apart, None if verbose else 0)


def _of(
    operations: Iterable[Document],
    verdict: Verdict,
    wanted: Callable[[Document], bool] = lambda clause: True,
) -> list[Document]:
    return [
        clause
        for operation in operations
        for clause in operation["clauses"]
        if clause["verdict"] == verdict and wanted(clause)
    ]


def _silent(operations: Iterable[Document], wanted: Callable[[Document], bool]) -> list[Document]:
    return _of(operations, Verdict.UNEXERCISED, lambda each: _counts(each) and wanted(each))


def _counts(clause: Document) -> bool:
    """Whether it is in coverage, even where it is not judged."""
    return clause["apart"] is None


def _binds(clause: Document) -> bool:
    return bool(clause["level"] == Level.MUST)


def _errors(console: Console, operations: Iterable[Document]) -> None:
    failed = _of(operations, Verdict.ERROR)
    _grouped(console, "The suite itself failed at", failed, None, style="bold red")


def _troubles(console: Console, operations: Iterable[Document]) -> None:
    troubled = [
        each
        for each in operations
        if each["trouble"]
        and any(clause["verdict"] != Verdict.UNIMPLEMENTED for clause in each["clauses"])
    ]
    if not troubled:
        return
    heading(console, "Not everything could be brought up")
    for each in troubled:
        _line(console, f"  {each['id']}: {printable(each['trouble'])}")


def _left_behind(console: Console, operations: Iterable[Document], *, verbose: bool) -> None:
    """Says in one line what is still there that a run has made."""
    left = [each for operation in operations for each in operation["leftBehind"]]
    if not left:
        return
    named = left if verbose else left[:SOME]
    more = f"; and {len(left) - len(named)} more (-v)" if len(named) < len(left) else ""
    told = "; ".join(shortened(printable(each), LONGEST_REASON) for each in named)
    console.print()
    _line(console, f"Left behind on the target ({len(left)}): {told}{more}", style="bold")


def _unimplemented(console: Console, operations: Iterable[Document]) -> None:
    missing: dict[str, str] = {}
    for operation in operations:
        for clause in _of([operation], Verdict.UNIMPLEMENTED):
            missing.setdefault(operation["id"], clause["reason"])
    if not missing:
        return
    heading(console, f"Unimplemented: the target does not have {count(len(missing), 'operation')}")
    for name, reason in missing.items():
        _line(console, f"  {name}: {shortened(printable(reason), LONGEST_REASON)}")


def _grouped(
    console: Console,
    title: str,
    clauses: Sequence[Document],
    listed: int | None,
    *,
    style: str = "bold",
) -> None:
    """Clauses by reason; `listed` is how many of each are named, None for all."""
    if not clauses:
        return
    heading(console, f"{title} ({len(clauses)})", style=style)
    for reason, some in _by_reason(clauses).items():
        shown = shortened(printable(reason), LONGEST_REASON)
        _line(console, f"  {shown}: {count(len(some), 'clause')}")
        named = some if listed is None else some[:listed]
        for each in named:
            _line(console, f"    {each['id']}", style="dim")
        if named and len(named) < len(some):
            _line(console, f"    … and {len(some) - len(named)} more (-v)", style="dim")


def _by_reason(clauses: Iterable[Document]) -> dict[str, list[Document]]:
    groups: dict[str, list[Document]] = {}
    for each in clauses:
        reason = each["apart"] or each["reason"] or "no reason given"
        groups.setdefault(reason, []).append(each)
    return dict(sorted(groups.items(), key=lambda group: -len(group[1])))


def heading(console: Console, text: str, *, style: str = "bold") -> None:
    """Prints the heading of a part, after an empty line."""
    console.print()
    _line(console, text, style=style)


def _line(console: Console, text: str, *, style: str = "") -> None:
    console.print(Text(text, style=style), soft_wrap=True, highlight=False)
