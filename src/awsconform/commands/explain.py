"""`awsconform explain`: what one clause states, or which clauses an operation has."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import click

from awsconform.commands.models_option import models_option
from awsconform.commands.operations import one_contract
from awsconform.commands.protocol_option import protocol_option
from awsconform.errors import UsageError

if TYPE_CHECKING:
    from awsconform.specs.catalog import Catalog
    from awsconform.specs.clauses import Clause
    from awsconform.specs.contract import Contract

_LABEL = 13


@click.command(name="explain")
@click.argument("clause", metavar="CLAUSE")
@protocol_option
@models_option
def command(clause: str, protocol: str | None, catalog: Catalog) -> None:
    """Say what CLAUSE states, who states it, what brings it up, and how to see it.

    For SERVICE.OPERATION, name its clauses.
    """
    operation, separator, _ = clause.partition("/")
    contract = one_contract(operation, catalog, protocol=protocol)
    if not separator:
        _named(contract)
    else:
        spoken = "" if protocol is None else f" --protocol {protocol}"
        _explained(contract, _clause(contract, clause), spoken)


def _clause(contract: Contract, wanted: str) -> Clause:
    import difflib

    from awsconform.conformance.running import RunOptions
    from awsconform.conformance.selecting import judged_clauses

    known = {clause.id: clause for clause in judged_clauses(contract, RunOptions())}
    if wanted in known:
        return known[wanted]
    near = difflib.get_close_matches(wanted, known, n=3)
    hint = f"did you mean {', '.join(near)}?" if near else f"awsconform explain {contract.id}"
    raise UsageError(f"{contract.id} has no clause {wanted!r}", hint=hint)


def _named(contract: Contract) -> None:
    from awsconform.specs.clauses import clauses

    for clause in clauses(contract):
        click.echo(f"{clause.level:<7} {clause.id}")


def _explained(contract: Contract, clause: Clause, spoken: str) -> None:
    from awsconform.conformance.reports.shell import quoted
    from awsconform.conformance.reports.sources import source_texts
    from awsconform.conformance.reports.statements import statement

    says = statement(contract, clause)
    click.echo(f"{clause.id}\n")
    _wrapped("states", says.sentence)
    _wrapped("level", clause.level.value)
    for number, text in enumerate(source_texts(contract, clause.sources)):
        _wrapped("sources" if number == 0 else "", text)
    if clause.apart:
        _wrapped("apart", f"No client can bring this up: {clause.apart}.")
        return
    _wrapped("brought up by", says.brought_up_by)
    _wrapped("conforms", says.conforms)
    _wrapped("violates", says.violates)
    if says.otherwise:
        _wrapped("otherwise", says.otherwise)
    asked = f"awsconform run {contract.id} --target TARGET -k {quoted(clause.id)}{spoken}"
    _field("see it", asked)
    _wrapped("", "with your implementation for TARGET, such as http://localhost:4566 or moto:")


def _wrapped(label: str, text: str) -> None:
    _field(label, textwrap.fill(text, 78 - _LABEL, break_long_words=False, break_on_hyphens=False))


def _field(label: str, text: str) -> None:
    first, *rest = text.split("\n")
    click.echo(f"  {label:<{_LABEL}}  {first}")
    for line in rest:
        click.echo(f"  {'':<{_LABEL}}  {line}")
