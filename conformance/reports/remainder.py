"""What a run says nothing of, and why: a clause that was not judged is never silent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from rich.console import Console
from rich.text import Text

from awsconform.conformance.outcomes import Outcome, Verdict
from awsconform.conformance.reports.messages import printable, shortened
from awsconform.conformance.reports.wording import count
from awsconform.conformance.running import Run
from awsconform.specs.clauses import Level

SOME = 5
LONGEST_REASON = 300


def print_remainder(console: Console, run: Run, *, verbose: bool) -> None:
    """Prints what is not judged; `verbose` lists every clause rather than counting some."""
    _errors(console, run)
    _troubles(console, run)
    _left_behind(console, run, verbose=verbose)
    _unimplemented(console, run)
    documented = {r.contract.id for r in run.results if "page" in r.contract.aws["documents"]}
    silent = _of(run, Verdict.UNEXERCISED, lambda each: each.clause.apart is None)
    must = [each for each in silent if each.clause.level is Level.MUST]
    by_page = [each for each in must if each.clause.operation in documented]
    by_model = [each for each in must if each.clause.operation not in documented]
    weaker = [each for each in silent if each.clause.level is not Level.MUST]
    _grouped(console, "MUST clauses not exercised, operations documented by a page", by_page, None)
    few = None if verbose else SOME
    _grouped(console, "MUST clauses not exercised, other operations", by_model, few)
    _grouped(console, "SHOULD and MAY clauses not exercised", weaker, None if verbose else 0)
    inconclusive = _of(run, Verdict.INCONCLUSIVE, lambda each: True)
    _grouped(console, "Inconclusive", inconclusive, few)
    apart = _of(run, Verdict.UNEXERCISED, lambda each: each.clause.apart is not None)
    title = "Apart: no client can bring these up, so they are in neither number"
    _grouped(console, title, apart, None if verbose else 0)


def _of(run: Run, verdict: Verdict, wanted: Callable[[Outcome], bool]) -> list[Outcome]:
    return [each for each in run.outcomes if each.verdict is verdict and wanted(each)]


def _errors(console: Console, run: Run) -> None:
    failed = _of(run, Verdict.ERROR, lambda each: True)
    _grouped(console, "The suite itself failed at", failed, None, style="bold red")


def _troubles(console: Console, run: Run) -> None:
    troubled = [
        result
        for result in run.results
        if result.trouble
        and any(each.verdict is not Verdict.UNIMPLEMENTED for each in result.outcomes)
    ]
    if not troubled:
        return
    heading(console, "Not everything could be brought up")
    for result in troubled:
        _line(console, f"  {result.contract.id}: {printable(str(result.trouble))}")


def _left_behind(console: Console, run: Run, *, verbose: bool) -> None:
    """Says in one line what is still there that a run has made."""
    left = [each for result in run.results for each in result.left]
    if not left:
        return
    named = left if verbose else left[:SOME]
    more = f"; and {len(left) - len(named)} more (-v)" if len(named) < len(left) else ""
    told = "; ".join(shortened(printable(each), LONGEST_REASON) for each in named)
    console.print()
    _line(console, f"Left behind on the target ({len(left)}): {told}{more}", style="bold")


def _unimplemented(console: Console, run: Run) -> None:
    missing: dict[str, str] = {}
    for outcome in _of(run, Verdict.UNIMPLEMENTED, lambda each: True):
        missing.setdefault(outcome.clause.operation, outcome.reason)
    if not missing:
        return
    heading(console, f"Unimplemented: the target does not have {count(len(missing), 'operation')}")
    for operation, reason in missing.items():
        _line(console, f"  {operation}: {shortened(printable(reason), LONGEST_REASON)}")


def _grouped(
    console: Console,
    title: str,
    outcomes: Sequence[Outcome],
    listed: int | None,
    *,
    style: str = "bold",
) -> None:
    """Clauses by reason; `listed` is how many of each are named, None for all."""
    if not outcomes:
        return
    heading(console, f"{title} ({len(outcomes)})", style=style)
    for reason, some in _by_reason(outcomes).items():
        shown = shortened(printable(reason), LONGEST_REASON)
        _line(console, f"  {shown}: {count(len(some), 'clause')}")
        named = some if listed is None else some[:listed]
        for each in named:
            _line(console, f"    {each.clause.id}", style="dim")
        if named and len(named) < len(some):
            _line(console, f"    … and {len(some) - len(named)} more (-v)", style="dim")


def _by_reason(outcomes: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    groups: dict[str, list[Outcome]] = {}
    for each in outcomes:
        reason = each.clause.apart or each.reason or "no reason given"
        groups.setdefault(reason, []).append(each)
    return dict(sorted(groups.items(), key=lambda group: -len(group[1])))


def heading(console: Console, text: str, *, style: str = "bold") -> None:
    """Prints the heading of a part, after an empty line."""
    console.print()
    _line(console, text, style=style)


def _line(console: Console, text: str, *, style: str = "") -> None:
    console.print(Text(text, style=style), soft_wrap=True, highlight=False)
