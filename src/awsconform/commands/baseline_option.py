"""`--baseline` of `awsconform run`: the run is held against what is known."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from awsconform.commands.option_groups import option_group
from awsconform.commands.output import check_writable
from awsconform.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from awsconform.conformance.gate.checking import Result
    from awsconform.conformance.gate.reading import Known
    from awsconform.conformance.gate.updating import Changes
    from awsconform.conformance.reports.text_report import Tolerance

# Gives a command `baseline`, `allow_fixed`, `allow_vanished` and `update_baseline`.
baseline_options = option_group(
    click.option(
        "--baseline",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="End with 0 where nothing is worse than this baseline has it. Its seed is taken.",
    ),
    click.option(
        "--allow-fixed", is_flag=True, help="The baseline may have findings that are fixed."
    ),
    click.option(
        "--allow-vanished", is_flag=True, help="Clauses of the baseline may not be judged."
    ),
    click.option(
        "--update-baseline", is_flag=True, help="Write the baseline from the run; it may be new."
    ),
)


@dataclass(frozen=True)
class Held:
    """What a run came to by a baseline, and what was written if it was.

    `known` are the fingerprints of the findings that were tolerated before anything was written.
    `kept` says that nothing was written, as the budget of the run was spent.
    """

    result: Result
    path: Path
    changes: Changes | None
    known: frozenset[str]
    kept: bool = False

    @property
    def tolerance(self) -> Tolerance:
        """The same, as far as a report looks at it."""
        from awsconform.conformance.reports.text_report import Tolerance

        return Tolerance(self.result.exit_code, self.known)

    def tell(self, console: Console) -> None:
        """Prints it."""
        from awsconform.conformance.gate.check_text import (
            Advice,
            print_changes,
            print_kept,
            print_result,
        )

        file = shlex.quote(str(self.path))
        advice = Advice(
            f"the same call with --update-baseline, or awsconform baseline update {file} FILE",
            f"awsconform baseline prune {file} FILE, with what --format json or --record wrote",
        )
        console.print()
        if self.changes is not None:
            print_changes(console, str(self.path), self.changes)
        if self.kept:
            print_kept(console, str(self.path))
        print_result(console, self.result, advice)


@dataclass(frozen=True)
class Gate:
    """A baseline that was read before the run, and what is to be done with it."""

    path: Path
    known: Known
    allow_fixed: bool
    allow_vanished: bool
    update: bool

    @property
    def seed(self) -> int | None:
        """The seed of the run the baseline was written from."""
        run = self.known.own.run
        return None if run is None else run.seed

    def hold(self, document: dict[str, Any]) -> Held:
        """Holds a report against the baseline, which is written first if it is to be.

        Nothing is written of a run that judged nothing, failed or did not end, and nothing is taken
        out by one whose budget was spent.
        """
        from awsconform.commands.baseline import today
        from awsconform.conformance.gate.checking import check
        from awsconform.conformance.gate.found import found_in
        from awsconform.conformance.gate.identity import finding_key
        from awsconform.conformance.gate.reading import known_of
        from awsconform.conformance.gate.updating import changes, updated, would_lose
        from awsconform.conformance.gate.writing import write_baseline
        from awsconform.conformance.reports.formats.parts import findings

        found, known, changed = found_in(document), self.known, None
        tolerated = known.tolerated(today())
        kept = self.update and would_lose(found, known)
        if self.update and not kept and found.complete and found.judged and not found.failed:
            after = updated(found, known)
            write_baseline(self.path, after)
            changed = changes(known.own, after)
            known = known_of(after, self.path)
        result = check(
            found,
            known,
            today=today(),
            allow_fixed=self.allow_fixed,
            allow_vanished=self.allow_vanished,
        )
        fingerprints = frozenset(
            finding["fingerprint"]
            for _, clause, finding in findings(document)
            if finding_key(clause["id"], finding["observation"]) in tolerated
        )
        return Held(result, self.path, changed, fingerprints, kept)


def gate_of(
    baseline: Path | None, *, allow_fixed: bool, allow_vanished: bool, update_baseline: bool
) -> Gate | None:
    """The gate that the options ask for, None without one.

    Raises:
        UsageError: an option is about a baseline, and none is named, or it cannot be written.
        BaselineError: the baseline cannot be used.
    """
    if baseline is None:
        for name, given in (
            ("--allow-fixed", allow_fixed),
            ("--allow-vanished", allow_vanished),
            ("--update-baseline", update_baseline),
        ):
            if given:
                raise UsageError(f"{name} is about a baseline", hint="name it with --baseline FILE")
        return None
    from awsconform.conformance.gate.baseline import Baseline
    from awsconform.conformance.gate.reading import known_of, read_baseline

    if update_baseline:
        check_writable(baseline)
    new = update_baseline and not baseline.exists()
    own = Baseline() if new else read_baseline(baseline)
    return Gate(baseline, known_of(own, baseline), allow_fixed, allow_vanished, update_baseline)
