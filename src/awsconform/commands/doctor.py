"""`awsconform doctor`: what is reached at a target, before it is judged."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from awsconform.commands.configured import ConfiguredCommand, held_configuration
from awsconform.commands.format_option import format_option
from awsconform.commands.target_options import Spoken, target_options
from awsconform.configuration.values import Source

if TYPE_CHECKING:
    from awsconform.conformance.targets.examining import Examination

_NOTHING = 3


@click.command(name="doctor", cls=ConfiguredCommand)
@click.argument("services", nargs=-1, metavar="[SERVICE]...")
@target_options
@format_option
def command(services: tuple[str, ...], spoken: Spoken, form: str) -> int:
    """Say what is reached at a target, who it is, and which services answer.

    Nothing is changed: each SERVICE (without names, the best known) is asked reads that need no
    member.

    \b
    Exit codes: 0 a service answers, 2 the call is wrong, 3 none does.
    """
    from awsconform.commands.interruption import interruptible
    from awsconform.conformance.targets.examining import SERVICES, examine
    from awsconform.specs import catalog

    stated = held_configuration().values.get("services")
    if stated is not None and stated.origin.source is not Source.FLAG:
        # Of what is configured to be judged, the services.
        services = tuple(name.partition(".")[0] for name in services)
    known = set(catalog.default().services)
    for name in services:
        if name not in known:
            raise catalog.default().unknown(name)
    with interruptible() as interruption:
        target = spoken.open()
        try:
            found = examine(
                target,
                tuple(dict.fromkeys(services)) or SERVICES,
                progress=lambda service: interruption.check(),
            )
        finally:
            target.close()
    if form == "json":
        click.echo(json.dumps(document(found), indent=2))
    else:
        click.echo("\n".join(_lines(found)))
    return 0 if found.answers else _NOTHING


def document(found: Examination) -> dict[str, Any]:
    """The examination as JSON."""
    who = found.who
    return {
        "target": found.target,
        "address": found.address,
        "implementation": who.name,
        "version": who.version,
        "shownBy": who.shown_by or None,
        "headers": [{"name": name, "value": value} for name, value in who.headers],
        "latencyMilliseconds": None if found.latency is None else round(found.latency, 2),
        "clockAheadSeconds": found.clock,
        "tls": None
        if found.tls is None
        else {
            "version": found.tls.version,
            "cipher": found.tls.cipher,
            "subject": found.tls.subject,
            "issuer": found.tls.issuer,
            "expires": found.tls.expires,
        },
        "services": [
            {
                "service": each.service,
                "kind": each.kind.value,
                "operation": each.operation,
                "told": each.told,
                "milliseconds": None if each.milliseconds is None else round(each.milliseconds, 2),
            }
            for each in found.services
        ],
    }


def _lines(found: Examination) -> list[str]:
    who = found.who
    name = who.name or "not known"
    version = f" {who.version}" if who.version else ""
    shown = f" ({who.shown_by})" if who.shown_by else ""
    lines = [f"target          {found.target}"]
    if found.address is not None and found.address != found.target:
        lines.append(f"address         {found.address}")
    lines.append(f"implementation  {name}{version}{shown}")
    lines += [f"header          {key}: {_printable(value)}" for key, value in who.headers]
    if found.tls is not None:
        lines.append(f"tls             {found.tls}")
    if found.latency is not None:
        lines.append(f"latency         {found.latency:.1f} ms, the median of its answers")
    if found.clock is not None:
        lines.append(f"clock           {_clock(found.clock)}")
    lines.append("")
    width = max(len(each.service) for each in found.services)
    for each in found.services:
        asked = f"{each.operation}: " if each.operation else ""
        told = _printable(each.told)
        lines.append(f"{each.service:<{width}}  {each.kind:<15}  {asked}{told}")
    answering = sum(each.kind.value == "answers" for each in found.services)
    lines += ["", f"{answering} of {len(found.services)} services answer"]
    return lines


def _clock(seconds: float) -> str:
    if abs(seconds) < 2:
        return "as ours"
    return f"{abs(seconds):,.0f} s {'ahead of' if seconds > 0 else 'behind'} ours"


def _printable(text: str) -> str:
    return "".join(each if each.isprintable() else "�" for each in text)
