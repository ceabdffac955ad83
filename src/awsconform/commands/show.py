"""`awsconform show`: all that is known of one operation."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from awsconform.commands.models_option import models_option
from awsconform.commands.operations import one_contract
from awsconform.commands.protocol_option import protocol_option

if TYPE_CHECKING:
    from awsconform.specs.catalog import Catalog


@click.command(name="show")
@click.argument("operation", metavar="SERVICE.OPERATION")
@click.option("--json", "as_json", is_flag=True, help="Print the contract's JSON document.")
@protocol_option
@models_option
def command(operation: str, as_json: bool, protocol: str | None, catalog: Catalog) -> None:
    """Show the contract of an operation: binding, members, errors, pagination, rules, sources."""
    contract = one_contract(operation, catalog, protocol=protocol)
    if as_json:
        click.echo(json.dumps(contract.document, indent=2))
        return
    import sys

    from awsconform.commands.contract_text import print_contract
    from awsconform.commands.output import console_on

    print_contract(console_on(sys.stdout), contract)
