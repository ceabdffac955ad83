"""`awsconform plan`: who makes what the operations of a service need, and in which order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from awsconform.commands.configured import ConfiguredCommand
from awsconform.commands.format_option import format_option
from awsconform.commands.hints_option import hints_option, knowledge_of
from awsconform.commands.models_option import models_option

if TYPE_CHECKING:
    from awsconform.specs.catalog import Catalog
    from awsconform.specs.producing.chains import Step
    from awsconform.specs.producing.plans import OperationPlan, ServicePlan


@click.command(name="plan", cls=ConfiguredCommand)
@click.argument("names", metavar="SERVICE[.OPERATION]...", nargs=-1, required=True)
@format_option
@models_option
@hints_option
def command(names: tuple[str, ...], form: str, catalog: Catalog, hints: Path | None) -> None:
    """Show what is made before operations are judged, and removed afterwards.

    Of a SERVICE: its resources, who makes, needs, lists and removes them, and the chain of set-up
    of every operation. Of an OPERATION: that chain step by step, which values go where, and what
    has to be made up because nobody is known to make it.

    It is inferred from the models; what is marked as written comes from hints kept with awsconform,
    or from your own.

    \b
    awsconform plan sqs
    awsconform plan logs.PutLogEvents
    awsconform plan sqs --hints mine.json
    """
    from awsconform.specs.producing.plans import Planner

    knowledge = knowledge_of(hints)
    planner = Planner(catalog.models, knowledge.own) if knowledge else Planner(catalog.models)
    wanted = _wanted(names, catalog)
    plans = [planner.plan(service, operations) for service, operations in wanted.items()]
    if form == "json":
        click.echo(json.dumps({"services": [_service(plan) for plan in plans]}, indent=2))
        return
    import sys

    from awsconform.commands.output import console_on
    from awsconform.commands.plan_text import print_operation, print_service

    console = console_on(sys.stdout)
    for number, plan in enumerate(plans):
        if number:
            console.print()
        if plan.service in names:
            print_service(console, plan)
            continue
        for each in plan.operations:
            print_operation(console, plan.service, each)


def _wanted(names: tuple[str, ...], catalog: Catalog) -> dict[str, list[str]]:
    """The operations that are meant, by service; a service alone means all of it.

    Raises:
        UsageError: a name fits nothing; the hint has the nearest.
        ModelError: a model is damaged.
    """
    wanted: dict[str, list[str]] = {}
    for name in names:
        service, separator, operation = name.partition(".")
        known = catalog.operations(service)
        if separator and operation not in known:
            # Its error names the nearest operations.
            catalog.load(service, operation)
        some = [operation] if separator else known
        wanted[service] = list(dict.fromkeys([*wanted.get(service, ()), *some]))
    return wanted


def _service(plan: ServicePlan) -> dict[str, Any]:
    return {
        "service": plan.service,
        "resources": {
            name: {
                "create": each.create,
                "gives": {value: list(origin) for value, origin in each.gives.items()},
                "needs": list(each.needs),
                "binds": dict(each.binds),
                "unique": list(each.unique),
                "values": dict(each.values),
                "then": list(each.then),
                "delete": list(each.delete),
                "neededBy": list(plan.needed_by.get(name, ())),
                "listedBy": list(plan.listed_by.get(name, ())),
                "written": each.written,
            }
            for name, each in sorted(plan.hints.resources.items())
        },
        "operations": {each.operation: _operation(each) for each in plan.operations},
    }


def _operation(plan: OperationPlan) -> dict[str, Any]:
    hint = plan.hint
    return {
        "setUp": [_step(each) for each in plan.set_up],
        "owned": [_step(each) for each in plan.owned],
        "count": hint.count,
        "cleanUp": list(plan.clean_up),
        "needs": list(hint.needs),
        "binds": dict(hint.binds),
        "values": dict(hint.values),
        "omit": list(hint.omit),
        "either": [list(group) for group in hint.either],
        "unique": list(hint.unique),
        "fresh": hint.fresh,
        "owns": hint.owns,
        "observe": list(hint.observe),
        "ignore": list(hint.ignore),
        "madeUp": list(plan.made_up),
        "written": list(plan.stated),
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "resource": step.resource,
        "operation": step.made,
        "gives": list(step.gives),
        "then": list(step.then),
        "delete": list(step.delete),
        "written": step.written,
    }
