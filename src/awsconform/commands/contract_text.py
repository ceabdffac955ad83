"""A contract for people: binding, members as a tree, errors, pagination, rules, sources, drift."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from awsconform.conformance.reports.sources import source_texts
from awsconform.specs.clauses import clauses, stated_keywords
from awsconform.specs.contract import Contract, Place, SegmentPath

_LONGEST_VALUE = 100


def print_contract(console: Console, contract: Contract) -> None:
    """Prints all a contract holds."""
    aws = contract.aws
    _line(console, Text(contract.id, style="bold"), f"  {contract.api_version}")
    prefix = f"  host prefix {aws['hostPrefix']}" if aws.get("hostPrefix") else ""
    _line(console, f"{contract.method} {contract.uri} → {contract.status}{prefix}")
    traits = [
        contract.protocol,
        f"signed for {aws['signing']['name']} ({aws['signing']['version']})",
        "read-only" if contract.readonly else "may change something",
    ]
    traits += ["idempotent"] if aws.get("idempotent") else []
    traits += [f"deprecated since {aws['deprecated']}"] if aws.get("deprecated") else []
    others = [each for each in aws.get("protocols", []) if each != contract.protocol]
    traits += [f"also speaks {' and '.join(others)}"] if others else []
    if aws.get("targetPrefix"):
        traits.insert(1, f"X-Amz-Target {aws['targetPrefix']}.{contract.operation}")
    _line(console, ", ".join(traits))
    for part in ("request", "response"):
        console.print()
        console.print(_tree(contract, part))
    _errors(console, contract)
    _pagination(console, contract)
    _rules(console, contract)
    _heading(console, "Sources")
    for text in source_texts(contract, aws.get("documents", {})):
        _line(console, f"  {text}")
    _drift(console, contract)
    console.print()
    _line(console, f"{len(clauses(contract))} clauses: awsconform explain {contract.id}")


def _tree(contract: Contract, part: str) -> Tree:
    heading = Text(part.capitalize(), style="bold")
    shape = contract.part_shape(part)
    tree = Tree(heading + Text(f"  {shape}" if shape else "  nothing", style="dim"))
    grown: dict[SegmentPath, Tree] = {(): tree}
    for place in contract.places(part)[1:]:
        grown[place.path] = grown[place.path[:-1]].add(_member(place))
    return tree


def _member(place: Place) -> Text:
    """A member on one line: name, whether required, type, where it goes, what bounds it."""
    text = Text(place.path[-1], style="cyan")
    if place.required:
        text.append(" required", style="bold")
    text.append(f" {'union' if place.aws.get('union') else place.kind}")
    location = place.aws.get("location")
    if location:
        text.append(f" in {location} {place.aws.get('locationName', place.path[-1])}", style="dim")
    for trait in ("idempotencyToken", "payload", "streaming", "sensitive", "deprecated"):
        if place.aws.get(trait):
            text.append(f" {trait}", style="dim")
    for keyword, value in stated_keywords(place):
        if keyword != "union":
            text.append(f" {_keyword(keyword, value)}", style="green")
    return text


def _keyword(keyword: str, value: Any) -> str:
    shown = " | ".join(str(each) for each in value) if isinstance(value, list) else str(value)
    if keyword == "pattern" and len(shown) > _LONGEST_VALUE:
        shown = f"{shown[:_LONGEST_VALUE]}…"
    return f"{keyword} {shown}"


def _errors(console: Console, contract: Contract) -> None:
    _heading(console, "Errors")
    for code, error in contract.errors.items():
        stated = ", ".join(error.sources)
        _line(console, f"  {error.status}  {code}", Text(f"  {error.fault}; {stated}", style="dim"))
    if not contract.errors:
        _line(console, "  none declared")


def _pagination(console: Console, contract: Contract) -> None:
    pages = contract.pagination
    if pages is None:
        return
    _heading(console, "Pagination")
    facts = [
        f"token {', '.join(pages.input_token)} from {', '.join(pages.output_token)}",
        f"limit {pages.limit}" if pages.limit else "no limit",
        f"items in {', '.join(pages.result)}" if pages.result else "items in no one list",
    ]
    stated = ", ".join(contract.aws["pagination"]["sources"])
    _line(console, f"  {'; '.join(facts)}", Text(f"  {stated}", style="dim"))


def _rules(console: Console, contract: Contract) -> None:
    rules = contract.aws.get("rules", [])
    if not rules:
        return
    _heading(console, "Rules stated in prose")
    for rule in rules:
        passed_over = ("rule", "sources", "line")
        facts = ", ".join(f"{key} {rule[key]}" for key in rule if key not in passed_over)
        line = f", line {rule['line']}" if "line" in rule else ""
        stated = f"  {', '.join(rule.get('sources', ['page']))}{line}"
        _line(console, f"  {rule['rule']}: {facts}", Text(stated, style="dim"))


def _drift(console: Console, contract: Contract) -> None:
    drift = contract.aws.get("drift", [])
    if not drift:
        return
    _heading(console, "Where page and model differ")
    for each in drift:
        _line(console, f"  {each['at']} {each['keyword']}: the {each['kept']} is kept")
        for source in ("page", "model"):
            value = each[source]
            shown = ", ".join(map(str, value)) if isinstance(value, list) else value
            _line(console, Text(f"    {source:<6} {shown}", style="dim"))


def _heading(console: Console, text: str) -> None:
    console.print()
    _line(console, Text(text, style="bold"))


def _line(console: Console, *parts: str | Text) -> None:
    console.print(Text.assemble(*parts), soft_wrap=True, highlight=False)
