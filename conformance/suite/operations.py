"""Operations brought up in this process: each once for a target, whatever the number of items.

What counts as one target is the instance pytest would keep of the `target` fixture: one for the
session, the package, the module or the class. A function-scoped fixture is made anew for every
item, yet the items of one test function stand for one target: the instance the first item of an
operation gets is the one that operation is brought up on.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

import pytest

from awsconform.conformance.outcomes import Outcome
from awsconform.conformance.series import OperationSeries
from awsconform.conformance.suite.hints import knowledge_at
from awsconform.conformance.suite.recording import recording_in
from awsconform.conformance.suite.settings import Subject, target_options
from awsconform.conformance.suite.tally import OWN_MODULE
from awsconform.conformance.targets.locator import as_target
from awsconform.conformance.targets.target import Target
from awsconform.conformance.wire.secrets import Secrets
from awsconform.errors import AwsconformError, TargetUnreachable

CLAUSE = "_awsconform_clause"
TARGET = "target"


@dataclass(frozen=True)
class BroughtUp:
    """What came of one operation: the outcome of each clause.

    `name` is the target's, None where it means nothing to another process; `secrets` must not be
    told.
    """

    name: str | None
    outcomes: dict[str, Outcome]
    secrets: Secrets = field(repr=False)


@dataclass
class Operations:
    """The operations of a session, by target and by how they were run."""

    _results: dict[Hashable, BroughtUp | AwsconformError] = field(default_factory=dict)
    _series: dict[Hashable, OperationSeries] = field(default_factory=dict)
    _unreachable: dict[Hashable, TargetUnreachable] = field(default_factory=dict)
    _open: dict[Hashable, Target] = field(default_factory=dict)

    def bring_up(
        self, item: pytest.Function, subject: Subject, thing: object
    ) -> BroughtUp | AwsconformError:
        """What came of an item's operation, which is brought up if it was not before.

        `thing` is what the `target` fixture gave. An error is what kept the operation from being
        brought up, for its later items too: nothing answers, the thing is no target, and so on.
        """
        place = _place(item)
        key = (place, subject.contract.id, subject.options)
        if key not in self._results:
            try:
                self._results[key] = self._judged(item, subject, thing, place)
            except AwsconformError as error:
                self._results[key] = error
            except Exception as error:
                self._results[key] = AwsconformError(
                    f"bringing up {subject.contract.id} failed: {type(error).__name__}: {error}",
                    hint="the first item of the operation has the traceback",
                )
                raise
        return self._results[key]

    def _judged(
        self, item: pytest.Function, subject: Subject, thing: object, place: Hashable
    ) -> BroughtUp:
        if place in self._unreachable:
            raise self._unreachable[place]
        target = self._target(item, thing, place)
        named = isinstance(thing, str) or target.name.startswith(("http:", "https:"))
        name = target.name if named else None
        if place not in self._series:
            self._series[place] = _series(item, subject, target)
        series = self._series[place]
        try:
            result = series.judge(subject.contract, subject.options)
        except TargetUnreachable as error:
            self._unreachable[place] = error
            raise
        outcomes = {each.clause.id: each for each in result.outcomes}
        return BroughtUp(name, outcomes, series.secrets)

    def _target(self, item: pytest.Function, thing: object, place: Hashable) -> Target:
        """The opened target, which is closed before its fixture is taken down."""
        if place not in self._open:
            target = as_target(thing, options=target_options(item.config))
            self._open[place] = target

            def close() -> None:
                del self._open[place]
                self._series.pop(place, None)
                if target is not thing:
                    target.close()

            item._fixtureinfo.name2fixturedefs[TARGET][-1].addfinalizer(close)
        return self._open[place]


def _series(item: pytest.Function, subject: Subject, target: Target) -> OperationSeries:
    """The series of a target; what the suite's own items are about may be recorded."""
    knowledge = knowledge_at(item)
    recording = recording_in(item.config)
    if recording is None or item.module.__name__ != OWN_MODULE:
        return OperationSeries(target, knowledge)
    recorder = recording.of(item, subject, target)
    return OperationSeries(recorder.target(target), knowledge, recorder)


def _place(item: pytest.Function) -> Hashable:
    """What tells the target of an item from those of others."""
    fixture = item._fixtureinfo.name2fixturedefs[TARGET][-1]
    owner: object = {
        "class": item.getparent(pytest.Class) or item.getparent(pytest.Module),
        "module": item.getparent(pytest.Module),
        "package": item.getparent(pytest.Package),
    }.get(fixture.scope)
    name = ""
    if fixture.scope == "function":
        owner, name = item.parent, item.originalname
    chosen = tuple(sorted((key, at) for key, at in item.callspec.indices.items() if key != CLAUSE))
    return fixture, owner, name, chosen
