"""A plan for people: the resources of a service, and the steps of its operations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from awsconform.specs.producing.chains import Step
from awsconform.specs.producing.plans import OperationPlan, ServicePlan

WRITTEN = "*"
_LABEL = 12


def print_service(console: Console, plan: ServicePlan) -> None:
    """Prints the resources of a service and what each of its operations needs."""
    heading = f"  {len(plan.hints.resources)} resources, {len(plan.operations)} operations"
    console.print(Text(plan.service, style="bold") + Text(heading), highlight=False)
    if plan.hints.resources:
        console.print()
        console.print(_resources(plan))
    console.print()
    console.print(_operations(plan))
    written = any(each.written for each in plan.hints.resources.values())
    if written or any(each.stated for each in plan.operations):
        console.print()
        console.print(Text(f"{WRITTEN} written down; all else is inferred from the models"))


def _resources(plan: ServicePlan) -> Table:
    table = _table("resource", "made by", "gives", "needs", "removed by", "needed by", "listed by")
    table.columns[5].justify = "right"
    for name, each in sorted(plan.hints.resources.items()):
        table.add_row(
            name + (WRITTEN if each.written else ""),
            _joined((each.create, *each.then), " then "),
            _joined(each.gives),
            _joined(each.needs),
            _joined(each.delete, " then "),
            str(len(plan.needed_by.get(name, ()))),
            _joined(plan.listed_by.get(name, ())),
        )
    return table


def _operations(plan: ServicePlan) -> Table:
    table = _table("operation", "set-up", "makes items of", "made up")
    for each in plan.operations:
        steps = [_short(plan.service, step.made or f"{step.resource}?") for step in each.set_up]
        items = f"{each.hint.owns} x {each.hint.count}" if each.hint.owns else ""
        table.add_row(
            each.operation + (WRITTEN if each.stated else ""),
            _joined(steps, " → "),
            items,
            _joined(each.made_up),
        )
    return table


def print_operation(console: Console, service: str, plan: OperationPlan) -> None:
    """Prints the set-up and clean-up of an operation, step by step."""
    hint = plan.hint
    console.print(Text(f"{service}.{plan.operation}", style="bold"))
    _field(console, "set-up", [_told(service, step) for step in plan.set_up] or ["nothing"])
    if hint.owns:
        items = [_told(service, step) for step in plan.owned] or [hint.owns]
        _field(console, "items", [f"{hint.count} times, before its pages are walked:", *items])
    _field(console, "binds", [f"{place} = {value}" for place, value in hint.binds.items()])
    _field(console, "values", [f"{place} = {value}" for place, value in hint.values.items()])
    _field(console, "one of", [" | ".join(group) for group in hint.either])
    _field(console, "left out", [_joined(hint.omit)] if hint.omit else [])
    _field(console, "unique", [_joined(hint.unique)] if hint.unique else [])
    _field(console, "made up", [f"{place}: nobody is known to make it" for place in plan.made_up])
    _field(console, "fresh", ["what it needs is made anew each time"] if hint.fresh else [])
    _field(console, "observed by", [_joined(hint.observe)] if hint.observe else [])
    removed = [_short(service, each) for each in plan.clean_up]
    _field(console, "clean-up", [_joined(removed, " → ")] if removed else [])
    _field(console, "written", [_joined(plan.stated)] if plan.stated else [])
    console.print()


def _told(service: str, step: Step) -> str:
    name = _short(service, step.resource.replace(":", ".", 1))
    if step.made is None:
        return f"{step.resource}: nothing says how to make it"
    mark = WRITTEN if step.written else ""
    calls = _joined([_short(service, each) for each in (step.made, *step.then)], " then ")
    gives = f" gives {_joined(step.gives)}" if step.gives else ""
    return f"{calls}: {name}{mark}{gives}"


def _short(service: str, name: str) -> str:
    """A name without the service that is spoken of anyway."""
    return name.removeprefix(f"{service}.")


def _joined(names: Iterable[str], between: str = ", ") -> str:
    return between.join(names)


def _field(console: Console, label: str, lines: Sequence[str]) -> None:
    for number, line in enumerate(lines):
        told = label if number == 0 else ""
        text = Text(f"  {told:<{_LABEL}}") + Text(line)
        console.print(text, soft_wrap=True, highlight=False)


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table
