"""From a target's name, or a Python object, to the target."""

from __future__ import annotations

import importlib
import inspect
import os
import sys
from typing import Any, TypeGuard

from awsconform.conformance.targets.client import ClientTarget, is_client
from awsconform.conformance.targets.http import HTTPTarget
from awsconform.conformance.targets.moto import moto_target
from awsconform.conformance.targets.options import Options
from awsconform.conformance.targets.preset_target import RUNNING, running_target
from awsconform.conformance.targets.starting import StartedTarget
from awsconform.conformance.targets.target import Target
from awsconform.conformance.targets.wsgi import WSGITarget, clock_of
from awsconform.errors import TargetError

__all__ = ["Options", "as_target", "open_target"]

FORMS = (
    "emulator:, moto:, http://host:port, https://host:port, wsgi:package.module:app, "
    "client:package.module:factory, start:PRESET, start:COMMAND with {port}, localstack:, "
    "aws-emulator:"
)


def open_target(name: str, *, options: Options | None = None) -> Target:
    """The target of a name; nothing is contacted yet.

    Raises:
        TargetError: the name is malformed, or what it names cannot be loaded.
        TargetRefused: the name is that of real AWS and the options do not allow it.
        TargetUnreachable: the files that a running implementation leaves are not there.
        UsageError: the account's credentials are asked for and there are none.
    """
    options = options or Options()
    kind, separator, rest = name.partition(":")
    if not separator:
        raise TargetError(f"{name!r} names no target", hint=f"targets are {FORMS}")
    if kind in ("http", "https"):
        return HTTPTarget(name, options=options)
    if kind in ("emulator", "moto"):
        if rest:
            raise TargetError(f"{name!r}: nothing follows {kind}:", hint=f"targets are {FORMS}")
        return emulator_target(options) if kind == "emulator" else moto_target(options)
    if kind == "start":
        return StartedTarget(rest, options=options)
    if kind in RUNNING:
        return running_target(kind, rest, options)
    if kind == "wsgi":
        application = _attribute(name, rest)
        if not callable(application):
            raise TargetError(f"{name!r} is no WSGI application: it cannot be called")
        return WSGITarget(
            application, name=name, options=options, advance_clock=clock_of(application)
        )
    if kind == "client":
        factory = _attribute(name, rest)
        made = _called(name, factory) if _is_factory(factory) else factory
        return ClientTarget(made, name=name, options=options)
    raise TargetError(
        f"{name!r}: no kind of target is called {kind!r}", hint=f"targets are {FORMS}"
    )


def as_target(thing: object, *, options: Options | None = None) -> Target:
    """The target of a name, a target, a WSGI application, a boto3 client, or of a function.

    A function without arguments is called, and may return any of the others.

    Raises:
        TargetError: it is none of these, or the function fails.
        TargetRefused: see `open_target`.
    """
    options = options or Options()
    if isinstance(thing, str):
        return open_target(thing, options=options)
    if _is_target(thing):
        return thing
    if is_client(thing):
        return ClientTarget(thing, name=f"client:{_name(thing)}", options=options)
    if _is_factory(thing):
        return as_target(_called(_name(thing), thing), options=options)
    if callable(thing) and not inspect.isclass(thing):
        return WSGITarget(
            thing, name=f"wsgi:{_name(thing)}", options=options, advance_clock=clock_of(thing)
        )
    raise TargetError(
        f"{_name(thing)} is no target",
        hint="give a target's name, a WSGI application, a boto3 client, or a function that "
        "takes nothing and returns one of these",
    )


def emulator_target(options: Options) -> WSGITarget:
    """The embedded emulator, fresh and empty; it does not look at signatures."""
    from awsconform.conformance.emulator.application import Emulator

    emulator = Emulator()
    return WSGITarget(
        emulator,
        name="emulator:",
        options=options,
        signed=False,
        advance_clock=clock_of(emulator),
        fresh=Emulator,
    )


def _attribute(name: str, path: str) -> Any:
    module_name, _, attribute = path.partition(":")
    if not module_name or not attribute:
        raise TargetError(f"{name!r}: module and attribute are wanted, like package.module:name")
    here = _here(name)
    if here not in sys.path and "" not in sys.path:
        sys.path.insert(0, here)
    try:
        found: Any = importlib.import_module(module_name)
    except ModuleNotFoundError as error:
        missing = error.name or ""
        itself = f"{module_name}.".startswith(f"{missing}.")
        what = "there is no" if itself else f"{module_name} imports the missing"
        raise TargetError(
            f"{name!r}: {what} module {missing!r}",
            hint="modules are looked for in the current folder and on PYTHONPATH",
        ) from None
    except (Exception, SystemExit) as error:
        raise TargetError(
            f"{name!r}: importing {module_name} fails: {type(error).__name__}: {error}"
        ) from error
    for part in attribute.split("."):
        if not hasattr(found, part):
            raise TargetError(f"{name!r}: {module_name} has no attribute {attribute!r}")
        found = getattr(found, part)
    return found


def _here(name: str) -> str:
    try:
        return os.getcwd()
    except OSError:
        raise TargetError(
            f"{name!r}: the current folder does not exist any more",
            hint="go to a folder that exists",
        ) from None


def _called(name: str, factory: Any) -> Any:
    try:
        return factory()
    except (Exception, SystemExit) as error:
        raise TargetError(f"{name}: calling it fails: {type(error).__name__}: {error}") from error


def _is_factory(thing: object) -> bool:
    if is_client(thing) or not callable(thing):
        return False
    try:
        parameters = inspect.signature(thing).parameters.values()
    except (TypeError, ValueError):
        return False
    return all(
        each.default is not each.empty or each.kind is each.VAR_KEYWORD for each in parameters
    )


def _is_target(thing: object) -> TypeGuard[Target]:
    return all(hasattr(thing, name) for name in ("send", "view", "advance_clock", "close"))


def _name(thing: object) -> str:
    kind = type(thing)
    named = thing if hasattr(thing, "__qualname__") else kind
    return f"{named.__module__}:{getattr(named, '__qualname__', kind.__qualname__)}"
