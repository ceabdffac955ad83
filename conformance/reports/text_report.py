"""A run for people: table, findings, what is not judged and why, how to run it again."""

from __future__ import annotations

from collections import Counter

from rich.console import Console
from rich.text import Text

from awsconform.conformance.outcomes import JUDGED, Finding, Verdict, score
from awsconform.conformance.reports.achievements import PAGES_OF_A_WALK, of_run
from awsconform.conformance.reports.endpoints import Endpoint
from awsconform.conformance.reports.finding_text import print_briefly, print_finding
from awsconform.conformance.reports.lines import print_line, print_table
from awsconform.conformance.reports.remainder import heading, print_remainder
from awsconform.conformance.reports.tables import results_table
from awsconform.conformance.reports.wording import count
from awsconform.conformance.running import Run
from awsconform.specs.contract import Contract

FINDINGS_IN_FULL = 20
_STYLES = {Verdict.CONFORMS: "green", Verdict.VIOLATES: "bold red", Verdict.ERROR: "bold red"}


def print_report(
    console: Console,
    run: Run,
    endpoint: Endpoint,
    *,
    verbose: bool = False,
    exit_code: int | None = None,
) -> None:
    """Prints the whole report; `verbose` leaves nothing out.

    `exit_code` is what the command ends with, where that is not the run's own.
    """
    print_line(
        console,
        Text(
            f"{run.target}  {count(len(run.results), 'operation')}, "
            f"{count(sum(result.requests for result in run.results), 'request')}, "
            f"seed {run.options.seed}, {run.seconds:.1f} s"
        ),
    )
    print_table(console, results_table(run, console.width))
    print_line(
        console,
        Text(
            "A family is conforming/judged; conformance is conforming of judged, coverage is "
            "judged of all clauses.",
            style="dim",
        ),
    )
    _verdicts(console, run)
    _achievements(console, run)
    _findings(console, run, endpoint, verbose=verbose)
    print_remainder(console, run, verbose=verbose)
    console.print()
    _conclusion(console, run, run.exit_code if exit_code is None else exit_code)


def _verdicts(console: Console, run: Run) -> None:
    judged = Counter(each.verdict for each in run.outcomes if each.verdict in JUDGED)
    others = Counter(
        each.verdict
        for each in run.outcomes
        if each.verdict not in JUDGED and each.clause.apart is None
    )
    counted = judged + others
    apart = score(run.outcomes).apart
    parts = [
        Text(f"{counted[verdict]} {verdict.value}", style=_STYLES.get(verdict, ""))
        for verdict in Verdict
        if counted[verdict]
    ]
    if apart:
        parts.append(Text(f"{apart} apart", style="dim"))
    console.print()
    print_line(console, Text(" · ").join(parts))


def _achievements(console: Console, run: Run) -> None:
    """How much of the target was got at, which says what the verdicts rest on."""
    done = of_run(run)
    parts = [
        f"{done.implemented} of {count(done.operations, 'operation')} implemented",
        f"{_share(done.succeeding, done.implemented)} with a success",
    ]
    if done.walkable:
        lists = f"{_share(done.walked, done.walkable)} lists with items"
        parts.append(f"{lists} walked over {PAGES_OF_A_WALK} pages or more")
        if done.undivided:
            parts[-1] += f", {done.undivided} not divided into pages by the target"
    if done.rate is not None:
        parts.append(f"{done.rate:.0f} requests/s")
    print_line(console, Text(" · ".join(parts), style="dim"))


def _share(some: int, out_of: int) -> str:
    percent = f" ({some / out_of:.0%})" if out_of else ""
    return f"{some} of {out_of}{percent}"


def _findings(console: Console, run: Run, endpoint: Endpoint, *, verbose: bool) -> None:
    found: list[tuple[Contract, Finding]] = [
        (result.contract, finding)
        for result in run.results
        for outcome in result.outcomes
        for finding in outcome.findings
    ]
    if not found:
        return
    heading(console, f"Findings ({len(found)})", style="bold red")
    console.print()
    whole = found if verbose else found[:FINDINGS_IN_FULL]
    for number, (contract, finding) in enumerate(whole, 1):
        place = f"{number} of {len(found)}"
        print_finding(console, run, contract, finding, endpoint, number=place)
    rest = found[len(whole) :]
    if rest:
        print_line(
            console,
            Text(f"{len(rest)} more; -v shows them as above, --format json has them all.\n"),
        )
    for _, finding in rest:
        print_briefly(console, finding)


def _conclusion(console: Console, run: Run, exit_code: int) -> None:
    """The last lines: what came of it, and the call that gives the same again."""
    numbers = score(run.outcomes)
    if not numbers.judged:
        _nothing(console, run)
    elif run.exit_code == 1:
        broken = numbers.judged - numbers.conforming
        text = f"{broken} of {numbers.judged} judged clauses are violated"
        print_line(console, Text(text, style="bold red"))
    elif run.exit_code == 0:
        print_line(
            console, Text(f"All {numbers.judged} judged clauses conform", style="bold green")
        )
    else:
        text = "The suite itself failed: nothing can be said of the clauses above."
        print_line(console, Text(text, style="bold red"))
    print_line(console, Text(f"exit code {exit_code}; --seed {run.options.seed} repeats the run"))


def _nothing(console: Console, run: Run) -> None:
    """Says loudly that no clause was judged: an empty run must not look like a good one."""
    counted = Counter(each.verdict for each in run.outcomes)
    if not run.outcomes:
        why = "no clause was selected"
    elif counted[Verdict.UNIMPLEMENTED] == len(run.outcomes):
        why = "the target has none of the operations"
    else:
        verdicts = [f"{number} {verdict.value}" for verdict, number in counted.most_common()]
        why = f"of {len(run.outcomes)} clauses " + ", ".join(verdicts)
    print_line(console, Text(f"NOTHING WAS JUDGED: {why}.", style="bold white on red"))
