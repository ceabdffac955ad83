"""A report for people: table, findings, what is not judged and why, how to run it again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from awsconform.conformance.achieving import PAGES_OF_A_WALK
from awsconform.conformance.outcomes import Verdict
from awsconform.conformance.reports.exchange_documents import Document
from awsconform.conformance.reports.finding_text import print_briefly, print_finding
from awsconform.conformance.reports.formats.parts import findings
from awsconform.conformance.reports.lines import folded, print_line, print_table
from awsconform.conformance.reports.log_groups import Groups, NoGroups
from awsconform.conformance.reports.remainder import heading, print_remainder
from awsconform.conformance.reports.tables import results_table
from awsconform.conformance.reports.totals import verdicts_beside_apart
from awsconform.conformance.reports.wording import count

FINDINGS_IN_FULL = 20
_UNFOLDED = NoGroups()
_STYLES = {Verdict.CONFORMS: "green", Verdict.VIOLATES: "bold red", Verdict.ERROR: "bold red"}


@dataclass(frozen=True)
class Tolerance:
    """What a baseline makes of a run: what the command ends with, and the findings it knew.

    Those are named by their fingerprints.
    """

    exit_code: int
    known: frozenset[str] = frozenset()


def print_report(
    console: Console,
    document: Document,
    *,
    verbose: bool = False,
    tolerance: Tolerance | None = None,
    groups: Groups = _UNFOLDED,
) -> None:
    """Prints the whole of a report document; `verbose` leaves nothing out.

    Findings that a baseline knew are counted, and not told again. Whatever a target has said is
    within `groups`, each finding in one of its own.
    """
    tolerance = tolerance or Tolerance(document["exitCode"])
    operations, requests = len(document["operations"]), document["achievements"]["requests"]
    print_line(
        console,
        Text(
            f"{document['target']}  {count(operations, 'operation')}, "
            f"{count(requests, 'request')}, seed {document['seed']}, {document['seconds']:.1f} s"
        ),
    )
    print_table(console, results_table(document, console.width))
    print_line(
        console,
        Text(
            "A family is conforming/judged; conformance is conforming of judged, coverage is "
            "judged of all clauses.",
            style="dim",
        ),
    )
    _verdicts(console, document)
    _achievements(console, document)
    known = frozenset[str]() if verbose else tolerance.known
    _findings(console, document, groups, known, verbose=verbose)
    with folded(console, groups, "What was not judged, and why"):
        print_remainder(console, document, verbose=verbose)
    console.print()
    _conclusion(console, document, tolerance.exit_code)


def _verdicts(console: Console, document: Document) -> None:
    counted = verdicts_beside_apart(document)
    parts = [
        Text(f"{counted[verdict]} {verdict.value}", style=_STYLES.get(verdict, ""))
        for verdict in Verdict
        if counted[verdict]
    ]
    if document["apart"]:
        parts.append(Text(f"{document['apart']} apart", style="dim"))
    console.print()
    print_line(console, Text(" · ").join(parts))


def _achievements(console: Console, document: Document) -> None:
    """How much of the target was got at, which says what the verdicts rest on."""
    done = document["achievements"]
    parts = [
        f"{done['implemented']} of {count(done['operations'], 'operation')} implemented",
        f"{_share(done['succeeding'], done['implemented'])} with a success",
    ]
    if done["walkable"]:
        lists = f"{_share(done['walked'], done['walkable'])} lists with items"
        parts.append(f"{lists} walked over {PAGES_OF_A_WALK} pages or more")
        if done["undivided"]:
            parts[-1] += f", {done['undivided']} not divided into pages by the target"
    if document["seconds"]:
        parts.append(f"{done['requests'] / document['seconds']:.0f} requests/s")
    print_line(console, Text(" · ".join(parts), style="dim"))


def _share(some: int, out_of: int) -> str:
    percent = f" ({some / out_of:.0%})" if out_of else ""
    return f"{some} of {out_of}{percent}"


def _findings(
    console: Console,
    document: Document,
    groups: Groups,
    known: frozenset[str],
    *,
    verbose: bool,
) -> None:
    every = [(clause, finding) for _, clause, finding in findings(document)]
    found = [each for each in every if each[1]["fingerprint"] not in known]
    left_out = len(every) - len(found)
    if left_out:
        console.print()
        told = f"{count(left_out, 'finding')} known to the baseline: -v shows them too."
        print_line(console, Text(told))
    if not found:
        return
    # Several things may be observed of one clause.
    broken = len({clause["id"] for clause, _ in found})
    of = f", of {count(broken, 'violated clause')}" if broken < len(found) else ""
    heading(console, f"Findings ({len(found)}{of})", style="bold red")
    console.print()
    whole = found if verbose else found[:FINDINGS_IN_FULL]
    address = document["endpoint"]["url"]
    for number, (clause, finding) in enumerate(whole, 1):
        place = f"{number} of {len(found)}"
        with folded(console, groups, f"{place} {clause['id']}: {finding['observation']}"):
            print_finding(console, clause, finding, number=place, address=address)
    rest = found[len(whole) :]
    if rest:
        print_line(
            console,
            Text(f"{len(rest)} more; -v shows them as above, --format json has them all.\n"),
        )
    with folded(console, groups, f"{count(len(rest), 'more finding')}"):
        for clause, finding in rest:
            print_briefly(console, clause, finding)


def _conclusion(console: Console, document: Document, ends_with: int) -> None:
    """The last lines: what came of it, and the call that gives the same again."""
    code, judged = document["exitCode"], document["conformance"]["judged"]
    if not judged:
        _nothing(console, document)
    elif code == 1:
        broken = judged - document["conformance"]["conforming"]
        text = f"{broken} of {judged} judged clauses are violated"
        print_line(console, Text(text, style="bold red"))
    elif document["verdicts"]["error"]:
        text = "The suite itself failed: nothing can be said of the clauses above."
        print_line(console, Text(text, style="bold red"))
    else:
        style = "bold green" if document["complete"] else "bold"
        print_line(console, Text(f"All {judged} judged clauses conform", style=style))
    if not document["complete"]:
        left = len(document["contracts"]) - len(document["operations"])
        text = f"THE RUN DID NOT END: nothing is said of {count(left, 'operation')}."
        print_line(console, Text(text, style="bold white on red"))
    told = f"exit code {ends_with}; --seed {document['seed']} repeats the run"
    print_line(console, Text(told))


def _nothing(console: Console, document: Document) -> None:
    """Says loudly that no clause was judged: an empty run must not look like a good one."""
    counted = Counter(
        clause["verdict"] for operation in document["operations"] for clause in operation["clauses"]
    )
    clauses = sum(counted.values())
    if not clauses:
        why = "no clause was selected"
    elif counted[Verdict.UNIMPLEMENTED] == clauses:
        why = "the target has none of the operations (is it an AWS endpoint?)"
    else:
        verdicts = [f"{number} {verdict}" for verdict, number in counted.most_common()]
        why = f"of {clauses} clauses " + ", ".join(verdicts)
    print_line(console, Text(f"NOTHING WAS JUDGED: {why}.", style="bold white on red"))
