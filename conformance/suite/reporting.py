"""The session as its user sees it: reports are counted, summed up, and decide the exit status."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from awsconform.conformance.suite.tally import STOPPED, Tally, stated_by

if TYPE_CHECKING:
    from awsconform.conformance.gate.checking import Result
    from awsconform.conformance.suite.gating import SessionGate

NOTHING_JUDGED = 3
MATTERING = (
    "target",
    "services",
    "protocol",
    "level",
    "clauses",
    "seed",
    "examples",
    "timeout",
    "region",
    "ca_bundle",
)
DEFAULTS = {"target": "emulator:", "level": "may", "timeout": 10.0, "region": "us-east-1"}
FLAGS = ("no_verify", "account_credentials", "allow_aws", "allow_writes")


class Reporting:
    """Hooks of the process that sees every report: the only one, or xdist's controller."""

    def __init__(self, config: pytest.Config, gate: SessionGate | None = None) -> None:
        self.config = config
        self.tally = Tally()
        self.gate = gate
        self._held: Result | None = None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Counts an item; ends the session when the suite's own target cannot be worked with."""
        self.tally.add(report)
        if self.gate is not None:
            self.gate.add(report)
        stopped = stated_by(report).get(STOPPED)
        if stopped is not None:
            status, message = stopped
            pytest.exit(message, returncode=status)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """A session that judged nothing is not green, nor is one that is not as its baseline."""
        if self.gate is not None and self.tally.met and not _is_cut_short(session):
            self._held = self.gate.result()
        if exitstatus != pytest.ExitCode.OK:
            return
        if self.tally.nothing_judged or (self._held is not None and not self._held.judged):
            session.exitstatus = NOTHING_JUDGED
        elif self._held is not None and self._held.worse:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Writes the section, where there is something to say."""
        if not self.tally.items and self._held is None:
            return
        from awsconform.conformance.suite.summary import summary_lines

        terminalreporter.section("awsconform")
        seed = self.config.getoption("awsconform_seed")
        if self.tally.items:
            for line in summary_lines(self.tally, seed=seed, arguments=self._arguments()):
                terminalreporter.line(line)
        if self._held is not None:
            from awsconform.conformance.suite.gating import result_lines

            for line in result_lines(self._held):
                terminalreporter.line(line)

    def _arguments(self) -> list[str]:
        """The options another run needs to be the same, those at their defaults left out."""
        words = [_option(name) for name in FLAGS if self.config.getoption(f"awsconform_{name}")]
        for name in MATTERING:
            value = self.config.getoption(f"awsconform_{name}")
            if value is not None and value != DEFAULTS.get(name):
                words.append(f"{_option(name)}={value}")
        return words


def _is_cut_short(session: pytest.Session) -> bool:
    """Whether items are missing for another reason than that nobody asked for them."""
    return bool(session.shouldstop or session.shouldfail)


def _option(name: str) -> str:
    return f"--awsconform-{name.replace('_', '-')}"
