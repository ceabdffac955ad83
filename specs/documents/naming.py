"""From the names of the AWS CLI to those of the wire."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from awsconform.specs.documents.tree import Member, Page, walk


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


def settled(page: Page, names: Iterable[str]) -> Page:
    """The page of a command with the names of its request's members as the model has them.

    `names` are the model's. A member keeps its guessed name where no name there, or more than
    one, has its kebab form.
    """
    from botocore import xform_name

    by_kebab: dict[str, list[str]] = {}
    for name in names:
        by_kebab.setdefault(xform_name(name, "-"), []).append(name)
    known: dict[str | None, str] = {
        member.name: by_kebab[member.cli_name][0]
        for member in page.request.members
        if member.cli_name is not None and len(by_kebab.get(member.cli_name, ())) == 1
    }
    members = tuple(replace(m, name=known.get(m.name, m.name)) for m in page.request.members)
    rules = tuple(
        replace(
            rule,
            parameters=tuple(
                (key, known.get(str(value), value) if key == "member" else value)
                for key, value in rule.parameters
            ),
        )
        for rule in page.rules
    )
    return replace(page, request=replace(page.request, members=members), rules=rules)
