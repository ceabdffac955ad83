"""`awsconform list`: services, or the operations of one."""

from __future__ import annotations

import click

from awsconform.commands.output import PIPED_WIDTH


@click.command(name="list")
@click.argument("service", required=False)
def command(service: str | None) -> None:
    """List the services with committed contracts, or the operations of SERVICE.

    SERVICE may be any service of the installed botocore. Those that speak another protocol than
    json or rest-json cannot be judged.
    """
    if service is None:
        _services()
    else:
        _operations(service)


def _services() -> None:
    import shutil

    import botocore

    from awsconform.specs import installed
    from awsconform.specs.catalog import committed

    counted: dict[str, int] = {}
    for name in committed():
        service = name.split(".", 1)[0]
        counted[service] = counted.get(service, 0) + 1
    width = max(len(service) for service in counted)
    for service, operations in counted.items():
        click.echo(f"{service:<{width}}  {operations} operations with committed contracts")
    others = sorted(set(installed.services()) - counted.keys())
    click.echo(
        f"\nOther services of botocore {botocore.__version__}, if their protocol is json or "
        "rest-json:\n"
    )
    _columns(others, shutil.get_terminal_size((PIPED_WIDTH, 24)).columns)


def _columns(names: list[str], width: int) -> None:
    """Prints names in as many columns as fit, downwards."""
    widest = max(len(name) for name in names) + 2
    columns = max(1, width // widest)
    rows = -(-len(names) // columns)
    for row in range(rows):
        line = "".join(f"{name:<{widest}}" for name in names[row::rows])
        click.echo(line.rstrip())


def _operations(service: str) -> None:
    from awsconform.errors import ModelError
    from awsconform.specs.catalog import committed, load, operations
    from awsconform.specs.clauses import clauses

    kept = committed()
    names = sorted(operations(service), key=lambda name: f"{service}.{name}" not in kept)
    rows = [("operation", "clauses", "documented by", "protocol", "contract")]
    for name in names:
        try:
            contract = load(service, name)
        except ModelError as error:
            click.echo("\n".join(names))
            message = f"{error.message}: the operations can be named but not judged"
            raise ModelError(message) from None
        rows.append(
            (
                name,
                str(len(clauses(contract))),
                ", ".join(contract.aws["documents"]),
                contract.protocol,
                "committed" if f"{service}.{name}" in kept else "from botocore",
            )
        )
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        name, number, *rest = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo("  ".join((name, number.strip().rjust(widths[1]), *rest)).rstrip())
