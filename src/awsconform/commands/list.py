"""`awsconform list`: services, or the operations of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console


@click.command(name="list")
@click.argument("service", required=False)
def command(service: str | None) -> None:
    """List the services with committed contracts, or the operations of SERVICE.

    SERVICE may be any service of the installed botocore. Those that speak another protocol than
    json or rest-json cannot be judged.
    """
    import sys

    from awsconform.commands.output import console_on

    console = console_on(sys.stdout)
    if service is None:
        _services(console)
    else:
        _operations(console, service)


def _services(console: Console) -> None:
    import botocore
    from botocore.session import Session

    from awsconform.specs.catalog import committed

    counted: dict[str, int] = {}
    for name in committed():
        service = name.split(".", 1)[0]
        counted[service] = counted.get(service, 0) + 1
    width = max(len(service) for service in counted)
    for service, operations in counted.items():
        click.echo(f"{service:<{width}}  {operations} operations with committed contracts")
    others = sorted(set(Session().get_available_services()) - counted.keys())
    click.echo(
        f"\nOther services of botocore {botocore.__version__}, if their protocol is json or "
        "rest-json:\n"
    )
    _columns(others, console.width)


def _columns(names: list[str], width: int) -> None:
    """Prints names in as many columns as fit, downwards."""
    widest = max(len(name) for name in names) + 2
    columns = max(1, width // widest)
    rows = -(-len(names) // columns)
    for row in range(rows):
        line = "".join(f"{name:<{widest}}" for name in names[row::rows])
        click.echo(line.rstrip())


def _operations(console: Console, service: str) -> None:
    from rich import box
    from rich.table import Table

    from awsconform.errors import ModelError
    from awsconform.specs.catalog import committed, load, operations
    from awsconform.specs.clauses import clauses

    kept = committed()
    names = sorted(operations(service), key=lambda name: f"{service}.{name}" not in kept)
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("operation", overflow="fold")
    table.add_column("clauses", justify="right")
    for heading in ("documented by", "protocol", "contract"):
        table.add_column(heading)
    for name in names:
        try:
            contract = load(service, name)
        except ModelError as error:
            click.echo("\n".join(names))
            raise ModelError(
                f"{error.message}: the operations can be named but not judged"
            ) from None
        table.add_row(
            name,
            str(len(clauses(contract))),
            ", ".join(contract.aws["documents"]),
            contract.protocol,
            "committed" if f"{service}.{name}" in kept else "from botocore",
        )
    console.print(table)
