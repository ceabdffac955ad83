"""From the names of the AWS CLI to those of the wire."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from awsconform.specs.documents.tree import Member, walk


def operation_name(method: str) -> str:
    """`send-heartbeat` or `get_item` -> `SendHeartbeat`, `GetItem`.

    Acronyms come out wrong (`list-mfa-devices` -> `ListMfaDevices`): the model knows better.
    """
    return "".join(word[:1].upper() + word[1:] for word in re.split(r"[-_]", method))


def wire_names(options: Sequence[Member]) -> tuple[Member, ...]:
    """Options with wire names in place of kebab names, which stay as `cli_name`.

    Kebab names do not tell PascalCase from camelCase. The rule: the case in which most nested
    members of the page, whose wire names it gives, are written; PascalCase where there are none
    or as many of each. It is a guess that the service model is to settle.
    """
    nested = [below.name for option in options for _, below in walk(option) if below.name]
    lower = sum(name[0].islower() for name in nested)
    camel = lower * 2 > len(nested)
    named = []
    for option in options:
        name = operation_name(option.cli_name or "")
        named.append(replace(option, name=name[:1].lower() + name[1:] if camel else name))
    return tuple(named)
