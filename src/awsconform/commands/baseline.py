"""`awsconform baseline`: a report held against what is known, and the file that says what is."""

from __future__ import annotations

import datetime
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from awsconform.commands.configured import ConfiguredCommand
from awsconform.commands.output import console_on

if TYPE_CHECKING:
    from awsconform.conformance.gate.check_text import Advice

BASELINE = click.argument(
    "baseline", type=click.Path(dir_okay=False, path_type=Path), metavar="BASELINE"
)
REPORT = click.argument("report", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")


def today() -> datetime.date:
    """The day of the dates at which entries expire: the same everywhere."""
    return datetime.datetime.now(datetime.UTC).date()


@click.group(name="baseline")
def command() -> None:
    """Keep what is known of a target in a file, and hold reports against it.

    BASELINE is that file; it is made to be edited and reviewed. FILE is what
    `awsconform run` wrote of a run, with `--format json -o FILE` or `--record FILE`.
    Where BASELINE is configured (`awsconform config`), FILE alone is enough.
    """


@command.command(cls=ConfiguredCommand)
@BASELINE
@REPORT
def update(baseline: Path, report: Path) -> int:
    """Write BASELINE from FILE, and keep what people wrote in it.

    Afterwards FILE is no worse than BASELINE. Reasons, issues, dates and comments are kept; what
    is inherited from baselines it extends is not repeated.

    \b
    Exit codes: 0; 2 a file is wrong, or FILE is of a run that did not end; 3 FILE
    judged nothing. With 2 and 3 BASELINE is left as it is.
    """
    from awsconform.conformance.gate.baseline import Baseline
    from awsconform.conformance.gate.check_text import print_changes
    from awsconform.conformance.gate.found import found_in
    from awsconform.conformance.gate.reading import known_of, read_baseline
    from awsconform.conformance.gate.updating import changes, updated
    from awsconform.conformance.gate.writing import write_baseline
    from awsconform.conformance.records.reading import read_document

    before = read_baseline(baseline) if baseline.exists() else Baseline()
    after = updated(found_in(read_document(report)), known_of(before, baseline))
    write_baseline(baseline, after)
    print_changes(console_on(sys.stdout), str(baseline), changes(before, after))
    return 0


@command.command(cls=ConfiguredCommand)
@BASELINE
@REPORT
@click.option("--allow-fixed", is_flag=True, help="Entries may be there whose finding is fixed.")
@click.option("--allow-vanished", is_flag=True, help="Clauses may no longer be judged.")
def check(baseline: Path, report: Path, allow_fixed: bool, allow_vanished: bool) -> int:
    """Say whether FILE is any worse than BASELINE.

    It is where a finding is new, or another observation of a known one; where an entry's finding
    is fixed, or the entry has expired; and where a clause was judged and no longer is.

    \b
    Exit codes: 0 no worse, 1 worse, 2 a file is wrong, 3 FILE judged nothing, or is
    not worse as far as it goes, and of a run that did not end.
    """
    from awsconform.conformance.gate.check_text import print_result
    from awsconform.conformance.gate.checking import check as held
    from awsconform.conformance.gate.found import found_in
    from awsconform.conformance.gate.reading import read_known
    from awsconform.conformance.records.reading import read_document

    known = read_known(baseline)
    result = held(
        found_in(read_document(report)),
        known,
        today=today(),
        allow_fixed=allow_fixed,
        allow_vanished=allow_vanished,
    )
    print_result(console_on(sys.stdout), result, _advice(baseline, report))
    return result.exit_code


@command.command(cls=ConfiguredCommand)
@BASELINE
@REPORT
def prune(baseline: Path, report: Path) -> int:
    """Take out of BASELINE what FILE shows to be fixed, and what has expired.

    Nothing is added, and nothing that FILE did not judge is taken out.

    \b
    Exit codes: 0; 2 a file is wrong.
    """
    from awsconform.conformance.gate.check_text import print_changes
    from awsconform.conformance.gate.found import found_in
    from awsconform.conformance.gate.reading import read_known
    from awsconform.conformance.gate.updating import changes, pruned
    from awsconform.conformance.gate.writing import write_baseline
    from awsconform.conformance.records.reading import read_document

    known = read_known(baseline)
    after = pruned(found_in(read_document(report)), known, today=today())
    write_baseline(baseline, after)
    print_changes(console_on(sys.stdout), str(baseline), changes(known.own, after))
    return 0


def _advice(baseline: Path, report: Path) -> Advice:
    from awsconform.conformance.gate.check_text import Advice

    files = shlex.join([str(baseline), str(report)])
    return Advice(f"awsconform baseline update {files}", f"awsconform baseline prune {files}")
