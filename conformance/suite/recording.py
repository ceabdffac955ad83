"""`--awsconform-record`: the record of what the suite's own items judge.

One process judges and writes. With pytest-xdist several do, each with a target of its own, and what
they wrote would be as many runs; so both together are refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from awsconform.conformance.suite.tally import OWN_MODULE
from awsconform.errors import AwsconformError, UsageError

if TYPE_CHECKING:
    from awsconform.conformance.records.recording import Recorder
    from awsconform.conformance.suite.settings import Subject
    from awsconform.conformance.targets.target import Target

NAME = "awsconform-recording"


class Recording:
    """The record of a session: begun with its first operation, ended where all were judged."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._recorder: Recorder | None = None
        self._expected: frozenset[str] = frozenset()

    def check(self, config: pytest.Config, *, runs_the_suite: bool) -> None:
        """Finds out early what is wrong with the call.

        Raises:
            UsageError: the suite is not run, or not by one process, or the file is there.
        """
        if not runs_the_suite:
            raise UsageError(
                "--record is about the suite's own items",
                hint="those of awsconform.conformance.suite have to be run",
            )
        if getattr(config.option, "dist", "no") != "no":
            raise UsageError("--record is written by one process", hint="leave out -n")
        if self.path.exists():
            raise UsageError(f"{self.path} is there already", hint="name another file")

    def of(self, item: pytest.Function, subject: Subject, target: Target) -> Recorder:
        """What records the target from now on, of which all items in the session are judged.

        Raises:
            RecordError: the file cannot be written.
        """
        if self._recorder is None:
            from awsconform.conformance.records.recording import Recorder
            from awsconform.conformance.records.writing import RecordFile
            from awsconform.conformance.suite.settings import conditions

            stated = conditions(item.config, subject.options, target)
            contracts = {each.contract.id: each.contract for each in _subjects(item.session.items)}
            self._recorder = Recorder(RecordFile.new(self.path), lambda: stated)
            self._recorder.begin(contracts.values())
            self._expected = frozenset(contracts)
        return self._recorder

    def pytest_sessionfinish(self) -> None:
        """Writes the footer, where no operation is left.

        Raises:
            pytest.exit.Exception: the machine does not take it.
        """
        if self._recorder is None:
            return
        try:
            if self._expected <= self._recorder.ended_operations:
                self._recorder.end()
        except AwsconformError as error:
            from awsconform.conformance.suite.settings import told

            pytest.exit(told(error), returncode=int(pytest.ExitCode.USAGE_ERROR))
        finally:
            self._recorder.file.close()


def recording_in(config: pytest.Config) -> Recording | None:
    """The recording of a session, None where none was asked for."""
    found: Recording | None = config.pluginmanager.get_plugin(NAME)
    return found


def _subjects(items: Iterable[pytest.Item]) -> Iterable[Subject]:
    for item in items:
        if isinstance(item, pytest.Function) and item.module.__name__ == OWN_MODULE:
            subject: Any = item.callspec.params["_awsconform_clause"]
            yield subject
