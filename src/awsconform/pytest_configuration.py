"""What the environment and a file say below pytest, where no option of pytest does."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest

from awsconform.configuration.environment import Form, stated, variable
from awsconform.configuration.holding import Configuration, configuration, file_to_read
from awsconform.configuration.values import Layer, Origin, Source, Value
from awsconform.conformance.suite.handed_on import HINTED, SPOKEN
from awsconform.conformance.suite.reporting import DEFAULTS

# The keys that are options of pytest as well, and how the environment has them.
_OPTIONS = {
    "target": Form.VALUE,
    "services": Form.WORDS,
    "protocol": Form.VALUE,
    "level": Form.VALUE,
    "clauses": Form.VALUE,
    "baseline": Form.VALUE,
    "allow-fixed": Form.TRUTH,
    "allow-vanished": Form.TRUTH,
    "seed": Form.VALUE,
    "examples": Form.VALUE,
    "timeout": Form.VALUE,
    "region": Form.VALUE,
    "ca-bundle": Form.VALUE,
    "no-verify": Form.TRUTH,
    "account-credentials": Form.TRUTH,
}
# Said on the command line alone.
_FLAGS = ("allow-aws", "allow-writes")
# What else is said of how targets are spoken to; pytest has no options for it.
_SPOKEN = {
    "start-timeout": "start_timeout",
    "header": "headers",
    "path-style": "path_style",
    "access-key-id": "access_key_id",
    "secret-access-key": "secret_access_key",
    "session-token": "session_token",
    "allow-reset": "allow_reset",
}
_OF_SPOKEN = {
    "start-timeout": "start_timeout",
    "header": "headers",
    "path-style": "virtual_hosts",
    "access-key-id": "credentials",
    "allow-reset": "allow_reset",
}


def settle(config: pytest.Config, name: str | None = None) -> str:
    """Gives every option its value; gives the target as it was named.

    The file is looked for from the folder pytest was called in, then from its rootdir. On a worker
    of pytest-xdist options have their values, and `name` is the target as it was named.

    Raises:
        AwsconformError: the file, or a variable, says what cannot be meant.
    """
    option = config.option
    file = file_to_read(
        path=option.awsconform_config,
        none=bool(option.awsconform_no_config),
        environment=os.environ,
        folders=[config.invocation_params.dir, config.rootpath],
    )
    flags = _given(option)
    if name is not None:
        flags["target"] = Value(name, Origin(Source.FLAG))
    held = configuration(flags, _stated(), file)
    for key in (*_OPTIONS, *_FLAGS):
        where = _where(key)
        if getattr(option, where) is None:
            setattr(option, where, _as_option(key, held))
    named = str(held.get("target") or option.awsconform_target)
    table = held.named(named) if held.get("target") else None
    chosen = held.get("start") if table is None else table.get("start")
    if chosen is not None:
        option.awsconform_target = f"start:{chosen}"
    elif table is not None:
        option.awsconform_target = table["target"]
    if held.file is not None or any(key in held.values for key in _SPOKEN):
        _tell_the_suite(config, held)
    return named


def _given(option: Any) -> dict[str, Value]:
    found = {}
    for key in (*_OPTIONS, *_FLAGS):
        value = getattr(option, _where(key))
        if value is not None:
            found[key] = Value(value, Origin(Source.FLAG, f"--awsconform-{key}"))
    return found


def _stated() -> Layer:
    """What the environment says, in the types of the file."""
    from awsconform.configuration.validating import typed

    forms = {**_OPTIONS, "start": Form.VALUE, **dict.fromkeys(_SPOKEN, Form.VALUE)}
    forms |= {"header": Form.LINES, "path-style": Form.TRUTH, "allow-reset": Form.TRUTH}
    return {
        key: Value(typed(key, each.value, variable(key)), each.origin)
        for key, each in stated(os.environ, forms).items()
    }


def _as_option(key: str, held: Configuration) -> Any:
    value = held.get(key)
    if value is None:
        return False if _OPTIONS.get(key, Form.TRUTH) is Form.TRUTH else DEFAULTS.get(key)
    return ",".join(value) if isinstance(value, list) else value


def _tell_the_suite(config: pytest.Config, held: Configuration) -> None:
    """Hands on what no option of pytest says."""
    from awsconform.commands.target_options import make_importable, spoken_of
    from awsconform.configuration.hooks import hooks_of

    if held.file is not None:
        make_importable(held.file.folder)
    hooks = hooks_of(held.file)
    said: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for key, name in _SPOKEN.items()
        if (value := held.get(key)) is not None
    }
    made = spoken_of(**said).options
    told = {name: getattr(made, name) for key, name in _OF_SPOKEN.items() if key in held.values}
    if hooks.before_send is not None:
        told["before_send"] = hooks.before_send
    config.stash[SPOKEN] = told
    written = held.get("hints")

    def documents(service: str) -> list[Any]:
        found = []
        if written is not None:
            with open(written, encoding="utf-8") as stream:
                found.append(json.load(stream).get(service))
        if "hints" in hooks:
            found.append(hooks.hints(service))
        return [each for each in found if each is not None]

    if written is not None:
        from pathlib import Path

        from awsconform.conformance.state.own_hints import read

        read(Path(written))
    if written is not None or "hints" in hooks:
        config.stash[HINTED] = documents


def _where(key: str) -> str:
    return f"awsconform_{key.replace('-', '_')}"
