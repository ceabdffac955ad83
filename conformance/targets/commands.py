"""What `start:` names: a preset or a command, and how it is called."""

from __future__ import annotations

import difflib
import os
import re
import shlex
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from awsconform.conformance.targets.presets import Preset, filled, presets
from awsconform.conformance.wire.signing import FAKE
from awsconform.errors import TargetError

_ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*=")
# With these an implementation could reach real AWS in the name of whoever runs it.
_SECRETS = (
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_PROFILE",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_BEARER_TOKEN_BEDROCK",
)


@dataclass(frozen=True)
class Command:
    """A command to start: words and environment may say `{port}` and `{data}`.

    `preset` is the implementation it starts, None where that is not known.
    """

    words: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    preset: Preset | None = None

    @property
    def address(self) -> str:
        """Where it listens, with `{port}` in it."""
        return self.preset.address if self.preset else "http://127.0.0.1:{port}"

    def filled_words(self, port: int, data: str) -> list[str]:
        """The words of the command as it is called."""
        return [filled(word, port=port, data=data) for word in self.words]

    def filled_environment(self, port: int, data: str) -> dict[str, str]:
        """The environment it is called with: ours, but for credentials, and its own."""
        made = {name: value for name, value in os.environ.items() if name not in _SECRETS}
        made["AWS_ACCESS_KEY_ID"] = FAKE.access_key
        made["AWS_SECRET_ACCESS_KEY"] = FAKE.secret_key
        made["AWS_EC2_METADATA_DISABLED"] = "true"
        for name, value in self.environment.items():
            made[name] = filled(value, port=port, data=data)
        return made

    def shown(self, port: int) -> str:
        """The command as a line for a shell that does the same by hand."""
        data = "/tmp/{data}".replace("{data}", f"data-{port}")
        words = [
            f"{name}={shlex.quote(filled(value, port=port, data=data))}"
            for name, value in self.environment.items()
        ]
        words += [shlex.quote(filled(word, port=port, data=data)) for word in self.words]
        return " ".join(words)


def command_of(text: str) -> Command:
    """The command of a preset's name, or of a line split as a shell does; no shell is called.

    Words like NAME=VALUE in front are its environment. A line that is nothing but the program of
    a preset, wherever it lies, is that preset with this program.

    Raises:
        TargetError: the line is empty, malformed, or says nothing of a port.
    """
    if text in presets():
        return _of_preset(presets()[text])
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise TargetError(f"{text!r} is no command: {error}") from None
    environment: dict[str, str] = {}
    while words and _ASSIGNMENT.match(words[0]):
        name, _, value = words.pop(0).partition("=")
        environment[name] = value
    if not words:
        raise TargetError("there is no command to start", hint=_HINT)
    known = _started_by(words[0])
    if known is not None:
        alone = len(words) == 1
        words = [words[0], *known.command[1:]] if alone else words
        return Command(tuple(words), {**known.environment, **environment}, known)
    if not any("{port}" in each for each in (*words, *environment.values())):
        near = difflib.get_close_matches(words[0].lower(), presets(), n=1)
        hint = f"did you mean {near[0]}? Else {_HINT}" if near and len(words) == 1 else _HINT
        raise TargetError(f"{text!r} does not say where the port goes", hint=hint)
    return Command(tuple(words), environment)


_HINT = "say {port} in the command: 'moto_server -p {port}', or 'PORT={port} my-server'"


def located(command: Command, folder: str) -> Command:
    """The command with the whole path of its program.

    Looked for on PATH, beside this Python, and in node_modules of the folder and those above it.

    Raises:
        TargetError: the program is not found.
    """
    name = command.words[0]
    found = shutil.which(name, path=command.environment.get("PATH", os.environ.get("PATH")))
    if found is None and os.sep not in name:
        places = [Path(sys.prefix) / "bin"]
        here = Path(folder)
        places += [each / "node_modules" / ".bin" for each in (here, *here.parents)]
        found = next((made for place in places if (made := shutil.which(name, path=place))), None)
    if found is None:
        known = command.preset
        raise TargetError(
            f"there is no command {name!r}",
            hint=known.install if known else "is it installed, and on PATH?",
        )
    return Command(
        (os.path.abspath(found), *command.words[1:]), command.environment, command.preset
    )


def _of_preset(known: Preset) -> Command:
    return Command(known.command, known.environment, known)


def _started_by(program: str) -> Preset | None:
    name = os.path.basename(program)
    return next((each for each in presets().values() if each.command[0] == name), None)
