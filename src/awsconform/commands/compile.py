"""`awsconform compile`: all contracts of whole services, and what that costs."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from awsconform.commands.format_option import format_option
from awsconform.commands.models_option import models_option
from awsconform.errors import UsageError

if TYPE_CHECKING:
    from awsconform.specs.catalog import Catalog
    from awsconform.specs.compiling import CompiledService
    from awsconform.specs.measuring import Cost

_MIB = 1024 * 1024


@click.command(name="compile")
@click.argument("services", nargs=-1, metavar="[SERVICE]...")
@click.option("--all", "everything", is_flag=True, help="Compile every service there is.")
@format_option
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write the contracts below this folder, as <service>/<api-version>/<Operation>.json.",
)
@models_option
def command(
    services: tuple[str, ...], everything: bool, form: str, into: Path | None, catalog: Catalog
) -> int:
    """Compile all contracts of services from their models, and check that each is a JSON Schema.

    Time and memory are told beside what botocore itself needs to load the same models.

    \b
    Exit codes: 0 all were compiled, 1 some could not be, 2 the call is wrong.
    """
    from awsconform.specs.botocore_loading import cost_of_loading
    from awsconform.specs.measuring import Stopwatch

    chosen = _chosen(services, everything, catalog)
    beside = cost_of_loading(catalog.models.folders, chosen)
    stopwatch = Stopwatch()

    from awsconform.specs.compiling import compile_service, without_collection

    keep = _writer(into) if into is not None else None
    with without_collection(), _progress(chosen) as each:
        compiled = [compile_service(catalog.models, service, keep=keep) for service in each]
    tell = _as_json if form == "json" else _as_text
    tell(compiled, stopwatch.cost(), beside)
    return 1 if any(each.failed for each in compiled) else 0


def _chosen(services: tuple[str, ...], everything: bool, catalog: Catalog) -> list[str]:
    """The services that are meant, each once.

    Raises:
        UsageError: none is named, or a name is unknown; the hint has the nearest.
    """
    if everything == bool(services):
        raise UsageError(
            "give the names of services, or --all", hint="`awsconform list` names the services"
        )
    if everything:
        return list(catalog.models.services)
    for name in services:
        service, _, operation = name.partition(".")
        if catalog.models.newest(service) is None:
            raise catalog.unknown(service)
        if operation:
            raise UsageError(
                f"{name!r} is an operation; services are compiled as a whole",
                hint=f"did you mean {service}?",
            )
    return list(dict.fromkeys(services))


def _writer(folder: Path) -> Callable[[dict[str, Any]], None]:
    from awsconform.specs.pages import to_text

    def write(document: dict[str, Any]) -> None:
        aws = document["aws"]
        place = folder / aws["service"] / aws["apiVersion"]
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{aws['operation']}.json").write_text(to_text(document), encoding="utf-8")

    return write


@contextlib.contextmanager
def _progress(services: Sequence[str]) -> Iterator[Iterator[str]]:
    """The services, with a bar on a terminal's stderr."""
    if not sys.stderr.isatty():
        yield iter(services)
        return
    with click.progressbar(services, file=sys.stderr, item_show_func=_name) as bar:
        yield iter(bar)


def _name(service: str | None) -> str:
    return service or ""


def _per_protocol(compiled: Sequence[CompiledService]) -> dict[str, tuple[int, int]]:
    """How many services and operations speak each protocol, the most operations first."""
    counted: dict[str, tuple[int, int]] = {}
    for each in compiled:
        if each.protocol is not None:
            services, operations = counted.get(each.protocol, (0, 0))
            counted[each.protocol] = (services + 1, operations + each.operations)
    return dict(sorted(counted.items(), key=lambda item: -item[1][1]))


def _as_json(compiled: Sequence[CompiledService], ours: Cost, beside: Cost | None) -> None:
    failed = [each for service in compiled for each in service.failed]
    document = {
        "services": len(compiled),
        "operations": sum(each.operations for each in compiled),
        "protocols": {
            protocol: {"services": services, "operations": operations}
            for protocol, (services, operations) in _per_protocol(compiled).items()
        },
        "failed": [asdict(each) for each in failed],
        "cost": asdict(ours),
        "botocore": asdict(beside) if beside else None,
    }
    click.echo(json.dumps(document, indent=2))


def _as_text(compiled: Sequence[CompiledService], ours: Cost, beside: Cost | None) -> None:
    failed = [each for service in compiled for each in service.failed]
    for each in failed:
        name = f"{each.service}.{each.operation}" if each.operation else each.service
        click.echo(f"failed  {name}: {each.error}")
    operations = sum(each.operations for each in compiled)
    sound = "" if failed else ", each a valid JSON Schema (2020-12)"
    click.echo(f"{len(compiled):,} services, {operations:,} operations{sound}\n")
    for protocol, (services, number) in _per_protocol(compiled).items():
        click.echo(f"  {protocol:<12}  {services:>5,} services  {number:>7,} operations")
    click.echo(f"\n  {'':<12}  {'awsconform':>12}  {'botocore':>12}")
    for name, own, other in (
        ("wall time", _seconds(ours.wall), _seconds(beside.wall if beside else None)),
        ("CPU time", _seconds(ours.cpu), _seconds(beside.cpu if beside else None)),
        ("peak memory", _memory(ours.peak), _memory(beside.peak if beside else None)),
    ):
        click.echo(f"  {name:<12}  {own:>12}  {other:>12}")
    click.echo("\nbotocore: what it needs to load the same models, measured now.")


def _seconds(value: float | None) -> str:
    return "not known" if value is None else f"{value:.2f} s"


def _memory(value: int | None) -> str:
    return "not known" if value is None else f"{value / _MIB:.0f} MiB"
