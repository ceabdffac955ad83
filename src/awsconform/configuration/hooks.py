"""Functions of a user's that the file names: hints, headers of each request, set-up of a run."""

from __future__ import annotations

import contextlib
import functools
import importlib
import importlib.util
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from awsconform.configuration.errors import HookError
from awsconform.errors import AwsconformError, Location

if TYPE_CHECKING:
    from awsconform.configuration.reading import File
    from awsconform.conformance.exchange import HTTPRequest

Headers = tuple[tuple[str, str], ...]
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[^\r\n\0]*")


@dataclass(frozen=True)
class Hooks:
    """The hooks by name, none of them loaded before it is wanted.

    Raises:
        HookError: when one is used, it cannot be loaded, fails, or gives what it must not.
    """

    stated: Mapping[str, str] = field(default_factory=dict)
    file: File | None = None

    def __contains__(self, name: str) -> bool:
        return name in self.stated

    def hints(self, service: str) -> Any:
        """What the hook gives for a service: hints as a document has them, or None."""
        return self._call("hints", service)

    @property
    def before_send(self) -> Callable[[HTTPRequest], Headers] | None:
        """What gives the headers to add to a request; None where there is no such hook."""
        if "before-send" not in self:
            return None
        self._function("before-send")
        return self._headers

    @contextlib.contextmanager
    def around(self, target: str) -> Iterator[None]:
        """Set-up before a run of the target of that name, and teardown after it.

        What goes wrong with the latter is told to `sys.stderr`: the run is over and has its report.
        """
        if "teardown" in self:
            self._function("teardown")
        self._call("setup", target)
        try:
            yield
        finally:
            try:
                self._call("teardown", target)
            except HookError as error:
                print(f"Warning: {error}", file=sys.stderr)

    def _headers(self, request: HTTPRequest) -> Headers:
        given = self._call("before-send", request)
        if given is None:
            return ()
        if not isinstance(given, Mapping):
            raise self._error("before-send", f"gave {type(given).__name__}, not a dict of headers")
        for name, value in given.items():
            right = isinstance(name, str) and _NAME.fullmatch(name)
            if not right or not isinstance(value, str) or not _VALUE.fullmatch(value):
                raise self._error("before-send", f"gave a header {name!r} that can be none")
            if not value.isascii():
                raise self._error("before-send", f"gave a header {name!r} that is not ASCII")
        return tuple(given.items())

    def _call(self, name: str, argument: Any) -> Any:
        if name not in self:
            return None
        function = self._function(name)
        try:
            return function(argument)
        except AwsconformError:
            raise
        except (Exception, SystemExit) as error:
            raise self._error(name, f"fails: {type(error).__name__}: {error}") from error

    def _function(self, name: str) -> Callable[[Any], Any]:
        assert self.file is not None
        try:
            found = loaded(self.stated[name], self.file.folder.absolute())
        except _NotLoaded as error:
            raise self._error(name, str(error)) from error.__cause__
        if not callable(found):
            raise self._error(name, "is no function")
        function: Callable[[Any], Any] = found
        return function

    def _error(self, name: str, told: str) -> HookError:
        assert self.file is not None
        place = Location(str(self.file.path), line=self.file.line_of("hooks", name))
        return HookError(f"hooks.{name}: {self.stated[name]} {told}", location=place)


def hooks_of(file: File | None) -> Hooks:
    """The hooks that a file names."""
    return Hooks() if file is None else Hooks(file.hooks, file)


class _NotLoaded(Exception):
    """What is named is not there, or fails when it is imported."""


@functools.cache
def loaded(named: str, folder: Path) -> Any:
    """What `package.module:function` or `path/of/file.py:function` names, seen from a folder."""
    where, _, attribute = named.rpartition(":")
    try:
        module = _of_file(folder / where) if where.endswith(".py") else _imported(where, folder)
    except (Exception, SystemExit) as error:
        raise _NotLoaded(f"cannot be loaded: {type(error).__name__}: {error}") from error
    found: Any = module
    for part in attribute.split("."):
        if not hasattr(found, part):
            raise _NotLoaded(f"is not there: {where} has no {attribute}")
        found = getattr(found, part)
    return found


def _imported(name: str, folder: Path) -> ModuleType:
    if str(folder) not in sys.path:
        sys.path.append(str(folder))
    return importlib.import_module(name)


@functools.cache
def _of_file(path: Path) -> ModuleType:
    name = f"awsconform_hooks_{abs(hash(path)):x}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their module up.
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
