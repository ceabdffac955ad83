"""A baseline below pytest: what is known is expected to fail, and what vanished fails the session.

An item knows its own clause alone. What is said of all clauses is said where every report is seen,
by the same check that `awsconform run --baseline` makes.
"""

from __future__ import annotations

import dataclasses
import datetime
import functools
import io
import json
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from rich.console import Console

from awsconform.conformance.gate.check_text import Advice, print_result
from awsconform.conformance.gate.checking import Result, check
from awsconform.conformance.gate.found import DRAWING, Ended, Found, FoundFinding, found_of
from awsconform.conformance.gate.identity import clause_key
from awsconform.conformance.gate.reading import Entries, Known, KnownFinding, read_known
from awsconform.conformance.gate.settings import Settings
from awsconform.conformance.outcomes import Outcome, Verdict
from awsconform.conformance.reports.secrets import secrets_of_answer
from awsconform.conformance.reports.versions import version_of
from awsconform.conformance.running import RunOptions
from awsconform.conformance.suite.tally import NOTED
from awsconform.conformance.wire.secrets import Secrets, hide

# Lines are kept whole, whatever the terminal.
_WIDTH = 200
BASELINE: pytest.StashKey[Known | None] = pytest.StashKey()


@dataclass(frozen=True)
class Expectation:
    """What a baseline makes of one item.

    `expected` is the reason why the item is to fail, None where it is not; `wrong` is what is not
    as the baseline has it.
    """

    expected: str | None = None
    wrong: tuple[str, ...] = ()


def known_to(config: pytest.Config) -> Known | None:
    """The baseline that `--awsconform-baseline` names, None without one.

    Raises:
        AwsconformError: it cannot be used.
    """
    if BASELINE not in config.stash:
        name: str | None = config.getoption("awsconform_baseline")
        config.stash[BASELINE] = read_known(Path(name)) if name is not None else None
    return config.stash[BASELINE]


def ended_of(outcome: Outcome, known: Secrets) -> Ended:
    """How a clause ended, as gates look at it; `known` are the secrets to be kept out of it."""
    for finding in outcome.findings:
        for each in finding.exchanges:
            known.learn(each)
    findings = tuple(
        FoundFinding(
            each.fingerprint,
            each.clause.id,
            each.observation,
            known.text(hide(each.observed, secrets_of_answer(each.exchange))),
            each.flaky,
            each.drawn,
        )
        for each in outcome.findings
    )
    hidden = frozenset[str]().union(
        *(secrets_of_answer(each.exchange) for each in outcome.findings)
    )
    reason = known.text(hide(outcome.reason, hidden))
    return Ended(outcome.clause.id, outcome.verdict, reason, outcome.drawn, findings)


@functools.cache
def settings_of(options: RunOptions) -> Settings:
    """How an item's operation is run."""
    levels = tuple(level.value for level in options.levels)
    versions = {name: version_of(name) for name in DRAWING}
    return Settings(options.seed, options.examples, levels, options.clauses, versions)


def noted(ended: Ended, settings: Settings) -> str:
    """What `SessionGate` has to know of an item, as text that reports carry between processes."""
    return json.dumps(
        {"ended": dataclasses.asdict(ended), "settings": dataclasses.asdict(settings)}
    )


def expectation(
    config: pytest.Config, known: Known, ended: Ended, settings: Settings
) -> Expectation:
    """What the baseline says of one clause."""
    entries = known.entries.by_clause.get(clause_key(ended.clause), Entries())
    here = dataclasses.replace(known, entries=entries)
    result = held(config, here, found_of(settings, [ended]))
    file = Path(known.file).name
    wrong = [
        f"{each.fingerprint} ({each.observation}) is new: it is not in {file}"
        for each in result.new
    ]
    wrong += [
        f"{_named(each.known)} has expired: {each.known.expires}"
        for each in result.expired
        if each.found is not None
    ]
    fixed = [] if result.allow_fixed else [_told(each) for each in result.fixed]
    came = [*result.known, *result.flaky]
    if came and not wrong and not fixed:
        return Expectation("; ".join(_told(each) for each in came))
    if fixed and not came and not wrong:
        return Expectation(f"fixed, to be taken out of {file}: {'; '.join(fixed)}")
    wrong += [f"fixed, to be taken out of {file}: {each}" for each in fixed]
    return Expectation(None, tuple(wrong))


def held(config: pytest.Config, known: Known, found: Found) -> Result:
    """What was found, held against what is known, as the command line allows."""
    return check(
        found,
        known,
        today=datetime.datetime.now(datetime.UTC).date(),
        allow_fixed=config.getoption("awsconform_allow_fixed"),
        allow_vanished=config.getoption("awsconform_allow_vanished"),
    )


def result_lines(result: Result) -> list[str]:
    """What came of a check, as lines of pytest's summary."""
    advice = Advice(
        "awsconform baseline update BASELINE REPORT",
        "awsconform baseline prune BASELINE REPORT, or by hand",
        "--awsconform-allow-fixed",
        "--awsconform-allow-vanished",
    )
    stream = io.StringIO()
    print_result(Console(file=stream, width=_WIDTH), result, advice, with_code=False)
    return ["", *stream.getvalue().splitlines()]


def _told(known: KnownFinding) -> str:
    """An entry with why it is there."""
    why = [each for each in (known.reason, known.issue) if each is not None]
    return ", ".join([*why, _named(known)])


def _named(known: KnownFinding) -> str:
    return f"{known.entry.observation} (finding {known.entry.fingerprint})"


@dataclass
class SessionGate:
    """What the items of a session came to, of all processes, and what a baseline says of it."""

    config: pytest.Config
    known: Known
    ended: dict[str, Ended] = field(default_factory=dict)
    settings: list[Settings] = field(default_factory=list)

    def add(self, report: pytest.TestReport) -> None:
        """Takes an item in, by any of its reports."""
        text: str | None = getattr(report, NOTED, None)
        if text is None or report.nodeid in self.ended:
            return
        stated = json.loads(text)
        ended, settings = stated["ended"], stated["settings"]
        findings = tuple(FoundFinding(**each) for each in ended["findings"])
        self.ended[report.nodeid] = Ended(
            **{**ended, "verdict": Verdict(ended["verdict"]), "findings": findings}
        )
        run = Settings(**{**settings, "levels": tuple(settings["levels"])})
        if run not in self.settings:
            self.settings.append(run)

    def result(self) -> Result:
        """What became of each finding and each clause."""
        settings = self.settings[0] if len(self.settings) == 1 else None
        return held(self.config, self.known, found_of(settings, self.ended.values()))
