"""`awsconform example`: a valid request or response, as the AWS CLI takes its input."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from awsconform.commands.models_option import models_option
from awsconform.commands.operations import one_contract
from awsconform.errors import UsageError

if TYPE_CHECKING:
    from awsconform.generators.examples import Example
    from awsconform.specs.catalog import Catalog
    from awsconform.specs.contract import Contract

# Where the CLI's name of a service is not the name of botocore's folder.
_RENAMED = {"codedeploy": "deploy", "config": "configservice", "s3": "s3api"}
_MOST_CHOICES = 12


@click.command(name="example")
@click.argument("operation", metavar="SERVICE.OPERATION")
@click.option("--input", "request", is_flag=True, help="A request.  [default]")
@click.option("--output", "response", is_flag=True, help="A response.")
@click.option("--error", "code", metavar="CODE", help="The members of this error.")
@click.option("--yaml", "as_yaml", is_flag=True, help="Print YAML, with what is required.")
@click.option("--minimal", is_flag=True, help="Required members only.")
@click.option("--maximal", is_flag=True, help="Every member.")
@click.option("--seed", type=int, default=0, show_default=True, help="Decides members and values.")
@models_option
def command(
    operation: str,
    request: bool,
    response: bool,
    code: str | None,
    as_yaml: bool,
    minimal: bool,
    maximal: bool,
    seed: int,
    catalog: Catalog,
) -> None:
    """Print a valid request of an operation, for --cli-input-json or --cli-input-yaml.

    Unless --minimal or --maximal is said, the seed decides which optional members there are. Text
    and times look like what people write there; the same seed gives the same on the same day.

    \b
    awsconform example deadline.CreateFarm > farm.json
    aws deadline create-farm --cli-input-json file://farm.json

    Names are botocore's, times RFC 3339, binary values base64. Members that are streams are left
    out, as the CLI takes them as files; standard error names them.
    """
    from awsconform.generators.examples import example
    from awsconform.generators.shapes import Fill

    _one_at_most({"--input": request, "--output": response, "--error": code is not None})
    _one_at_most({"--minimal": minimal, "--maximal": maximal})
    contract = one_contract(operation, catalog)
    wanted = "response" if response else "request" if code is None else _known(contract, code)
    fill = Fill.MINIMAL if minimal else Fill.MAXIMAL if maximal else Fill.RANDOM
    now = datetime.datetime.now(datetime.UTC)
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    made = example(contract, wanted, fill=fill, seed=seed, today=today)
    value = for_cli(made.contract, wanted, made.value)
    if as_yaml:
        from awsconform.commands.yaml_text import to_yaml

        text = to_yaml(value, lambda pointer: _comment(made.contract, wanted, pointer))
    else:
        text = json.dumps(value, indent=2, ensure_ascii=False) + "\n"
    click.echo(text, nl=False)
    for note in _notes(contract, wanted, made):
        click.echo(note, err=True)


def _one_at_most(given: Mapping[str, bool]) -> None:
    """Refuses options that say contrary things.

    Raises:
        UsageError: more than one is given.
    """
    said = [name for name, is_given in given.items() if is_given]
    if len(said) > 1:
        raise UsageError(f"{' and '.join(said)} say contrary things", hint="give one of them")


def for_cli(contract: Contract, part: str, value: dict[str, Any]) -> dict[str, Any]:
    """Logical JSON as the CLI and boto3 take it: what holds JSON as text is that JSON itself."""
    shape = contract.part_shape(part)
    converted: dict[str, Any] = (
        _for_cli(contract, {"$ref": f"#/$defs/{shape}"}, value) if shape else value
    )
    return converted


def _for_cli(contract: Contract, node: Mapping[str, Any], value: Any) -> Any:
    from awsconform.specs.contract import dense

    schema = contract.resolve(dense(node))
    if schema.get("aws", {}).get("jsonvalue") and isinstance(value, str):
        return json.loads(value)
    if isinstance(value, dict) and "properties" in schema:
        members = schema["properties"]
        return {name: _for_cli(contract, members[name], each) for name, each in value.items()}
    if isinstance(value, dict) and "additionalProperties" in schema:
        below = schema["additionalProperties"]
        return {key: _for_cli(contract, below, each) for key, each in value.items()}
    if isinstance(value, list) and "items" in schema:
        return [_for_cli(contract, schema["items"], each) for each in value]
    return value


def _known(contract: Contract, code: str) -> str:
    """The code of a declared error.

    Raises:
        UsageError: the operation declares no such.
    """
    import difflib

    if code in contract.errors:
        return code
    near = difflib.get_close_matches(code, contract.errors, n=1)
    declared = f"it declares {', '.join(contract.errors) or 'none'}"
    raise UsageError(
        f"{contract.id} declares no error {code!r}",
        hint=f"did you mean {near[0]}?" if near else declared,
    )


def _comment(contract: Contract, part: str, pointer: tuple[str | int, ...]) -> str | None:
    """What to know of a member: whether it is required, and what may stand there."""
    place = contract.place(part, contract.generalise(part, pointer))
    if place is None or not place.is_member():
        return None
    told = ["required"] if place.required else []
    if place.aws.get("union"):
        told.append(f"one of {_choices(place.schema.get('properties', {}))}")
    if "enum" in place.schema:
        told.append(f"one of {_choices(place.schema['enum'])}")
    return "; ".join(told) or None


def _choices(names: Any) -> str:
    named = list(map(str, names))
    beyond = len(named) - _MOST_CHOICES
    return ", ".join(named[:_MOST_CHOICES]) + (f" and {beyond} more" if beyond > 0 else "")


def _notes(contract: Contract, part: str, made: Example) -> list[str]:
    """What to know before the example is used."""
    from awsconform.generators.examples import is_event_stream

    events = [name for name in made.streams if is_event_stream(contract, part, name)]
    notes = [f"{name} is left out: it is a stream of events." for name in events]
    if part != "request":
        streams = [name for name in made.streams if name not in events]
        return notes + [f"{name} is left out: it is a stream of bytes." for name in streams]
    if events:
        notes.append("The AWS CLI has no command for operations that send events.")
    from botocore import xform_name

    service = _RENAMED.get(contract.service, contract.service)
    aws = f"aws {service} {xform_name(contract.operation, '-')}"
    notes += [
        f"{name} is left out: the CLI takes it as a file, {aws} --{xform_name(name, '-')} FILE"
        for name in made.streams
        if name not in events
    ]
    if _has_blob(made.contract, {"$ref": f"#/$defs/{contract.input_shape}"}, made.value):
        notes.append(
            "Binary values are base64, which version 2 of the CLI decodes "
            "(cli_binary_format base64, its default); version 1 sends the text as it stands."
        )
    return notes


def _has_blob(contract: Contract, node: Mapping[str, Any], value: Any) -> bool:
    from awsconform.specs.contract import dense

    if value is None or contract.input_shape is None:
        return False
    schema = contract.resolve(dense(node))
    if schema.get("aws", {}).get("type") == "blob":
        return True
    if isinstance(value, list) and "items" in schema:
        return any(_has_blob(contract, schema["items"], each) for each in value)
    if not isinstance(value, dict):
        return False
    members, below = schema.get("properties", {}), schema.get("additionalProperties")
    return any(
        _has_blob(contract, members.get(name, below), each)
        for name, each in value.items()
        if name in members or isinstance(below, dict)
    )
