"""Known implementations: how each is started, reset and recognised, as data in presets.json."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from awsconform.errors import TargetError


@dataclass(frozen=True)
class Identity:
    """A page that shows who answers: its path, text it holds, the member with the version."""

    path: str
    has: str
    version: str | None = None


@dataclass(frozen=True)
class Preset:
    """One implementation.

    `command` and `environment` may say `{port}` and `{data}`, a folder that is empty at every
    start. `install` says how to get the command, `service` what it certainly serves, `reset` the
    method and path that empty it, `address` where it listens, `files` the folder with its
    credentials and certificate, `port` the one it takes by itself, `header` the one all its
    answers have.
    """

    name: str
    command: tuple[str, ...]
    install: str
    service: str
    port: int
    environment: Mapping[str, str] = field(default_factory=dict)
    reset: tuple[str, str] | None = None
    address: str = "http://127.0.0.1:{port}"
    files: str | None = None
    identity: tuple[Identity, ...] = ()
    header: str | None = None


@functools.cache
def presets() -> dict[str, Preset]:
    """All presets by name."""
    text = files("awsconform.conformance.targets").joinpath("presets.json").read_text("utf-8")
    return {name: _preset(name, stated) for name, stated in json.loads(text).items()}


def preset(name: str) -> Preset:
    """The preset of a name.

    Raises:
        TargetError: there is none.
    """
    try:
        return presets()[name]
    except KeyError:
        raise TargetError(
            f"no preset is called {name!r}", hint=f"presets are {', '.join(presets())}"
        ) from None


def filled(text: str, *, port: int, data: str = "") -> str:
    """A text with `{port}` and `{data}` filled in; other braces stay as they are."""
    return text.replace("{port}", str(port)).replace("{data}", data)


def _preset(name: str, stated: Mapping[str, Any]) -> Preset:
    given = dict(stated)
    reset = given.pop("reset", None)
    return Preset(
        name,
        command=tuple(given.pop("command")),
        reset=None if reset is None else (reset[0], reset[1]),
        identity=tuple(Identity(**each) for each in given.pop("identity")),
        **given,
    )
