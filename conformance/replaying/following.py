"""The pages after the first one, asked for by a program as long as tokens come."""

from __future__ import annotations

from awsconform.conformance.course import Step
from awsconform.conformance.planning.pages import MOST_PAGES
from awsconform.conformance.reports.python_literals import call, literal
from awsconform.conformance.targets.client_values import to_client
from awsconform.specs.contract import Contract


def following(contract: Contract, walk: Step, source: str, answer: str) -> str:
    """Lines that go on from `answer`; none where a client cannot say what asks for a page.

    `source` is the program so far, whose last `client` is the one to ask.
    """
    from botocore import xform_name

    pages = contract.pagination
    if pages is None or contract.input_shape is None:
        return ""
    pairs = list(zip(pages.input_token, pages.output_token, strict=False))
    plain = all(given.isidentifier() for _, given in pairs)
    # A request that boto3 would not send by itself cannot be gone on with by it.
    if not plain or "as_recorded" in source.rpartition("client = ")[2]:
        return ""
    arguments = to_client(
        contract, {"$ref": f"#/$defs/{contract.input_shape}"}, walk.exchange.case.value
    )
    tokens = ", ".join(f"{literal(sent)}: {answer}.get({literal(given)})" for sent, given in pairs)
    asked = call(f"client.{xform_name(contract.operation)}", {}, 8).removesuffix("()")
    return (
        "\n# The pages after it:\n"
        f"for _ in range({MOST_PAGES - 1}):\n"
        f"    tokens = {{{tokens}}}\n"
        "    if not all(tokens.values()):\n"
        "        break\n"
        "    try:\n"
        f"        {answer} = {asked}(**{literal(arguments, 8)}, **tokens)\n"
        "    except Exception as error:\n"
        f'        {answer} = getattr(error, "response", error)\n'
        f"    print({answer})\n"
        f"    if isinstance({answer}, Exception):\n"
        "        break\n"
    )
