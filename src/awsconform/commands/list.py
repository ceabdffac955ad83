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

    SERVICE may be any service of the installed botocore; those that speak another protocol than
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
    click.echo(f"\nOther services, with contracts from botocore {botocore.__version__}:\n")
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

    from awsconform.errors import AwsconformError
    from awsconform.specs.catalog import load, operations, page_file
    from awsconform.specs.clauses import clauses

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("operation", overflow="fold")
    table.add_column("clauses", justify="right")
    table.add_column("documented by", no_wrap=True)
    table.add_column("protocol", no_wrap=True)
    refused: AwsconformError | None = None
    for operation in operations(service):
        try:
            contract = load(service, operation)
        except AwsconformError as error:
            refused = error
            table.add_row(operation, "–", "–", "not supported")
            continue
        documents = contract.aws["documents"]
        by = "page, model" if "page" in documents or page_file(contract) else "model"
        table.add_row(operation, str(len(clauses(contract))), by, contract.protocol)
    console.print(table)
    if refused is not None:
        console.print()
        console.print(refused.message, highlight=False, soft_wrap=True)
