"""`awsconform list`: all services, or the operations of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from awsconform.commands.models_option import models_option

if TYPE_CHECKING:
    from awsconform.specs.catalog import Catalog

_NUMBERS = ("operations", "clauses")


@click.command(name="list")
@click.argument("service", required=False)
@models_option
def command(service: str | None, catalog: Catalog) -> None:
    """List all services, those with committed contracts first, or the operations of SERVICE.

    The services are those of the installed botocore and of AWS_DATA_PATH.
    """
    if service is None:
        _services(catalog)
    else:
        _operations(catalog, service)


def _services(catalog: Catalog) -> None:
    """Prints a line for each service; a model that is damaged is told of at the end.

    Raises:
        ModelError: the first of the damaged models.
    """
    from awsconform.errors import ModelError

    damaged: list[ModelError] = []
    rows: list[tuple[str, ...]] = []
    total = 0
    names = sorted(catalog.services, key=lambda name: not catalog.committed_operations(name))
    for name in names:
        kept = len(catalog.committed_operations(name))
        note = f"{kept} committed" if kept else ""
        try:
            known = catalog.summary(name)
            number = len(catalog.operations(name))
        except ModelError as error:
            damaged.append(error)
            rows.append((name, "", "damaged", note))
            continue
        spoken = ", ".join(known.protocols) or "none supported" if known else ""
        total += number
        rows.append((name, f"{number:,}", spoken, note))
    _table(("service", "operations", "protocols", "contracts"), rows)
    click.echo(f"\n{len(rows):,} services, {total:,} operations")
    if damaged:
        raise damaged[0]


def _operations(catalog: Catalog, service: str) -> None:
    """Prints a line for each operation, those with committed contracts first."""
    from awsconform.specs.clauses import clauses

    names = catalog.operations(service)
    kept = set(catalog.committed_operations(service))
    rows = []
    for name in sorted(names, key=lambda name: name not in kept):
        contract = catalog.load(service, name)
        rows.append(
            (
                name,
                f"{len(clauses(contract)):,}",
                ", ".join(contract.aws["documents"]),
                contract.protocol,
                "committed" if name in kept else "from models",
            )
        )
    _table(("operation", "clauses", "documented by", "protocol", "contract"), rows)


def _table(heading: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """Prints columns as wide as their widest cell, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(heading, *rows, strict=True)]
    for row in (heading, *rows):
        cells = (
            cell.rjust(width) if name in _NUMBERS else cell.ljust(width)
            for cell, width, name in zip(row, widths, heading, strict=True)
        )
        click.echo("  ".join(cells).rstrip())
