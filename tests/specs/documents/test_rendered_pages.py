"""Pages as botocore renders them say what botocore's own models say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import botocore.session
import pytest
from botocore import xform_name
from botocore.docs.bcdoc.restdoc import DocumentStructure
from botocore.docs.client import ClientDocumenter

from awsconform.errors import PageError
from awsconform.specs.documents.recognition import read_page
from awsconform.specs.documents.tree import Member, Page

_MERGED = {"long": "integer", "double": "float", "character": "string"}


@pytest.fixture(scope="module")
def clients() -> dict[str, Any]:
    return {}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


def _client(clients: dict[str, Any], service: str) -> Any:
    if service not in clients:
        clients[service] = botocore.session.Session().create_client(
            service,
            region_name="eu-central-1",
            aws_access_key_id="nobody",
            aws_secret_access_key="nothing",
        )
    return clients[service]


def _page(client: Any, operation: str, folder: Path) -> Page:
    method = xform_name(operation)
    document = DocumentStructure(method, target="html")
    documenter = ClientDocumenter(client, str(folder))
    documenter._add_client_method(document, method, getattr(client, method))
    return read_page(document.flush_structure(), name=operation)


# A page shows a dict that recurs without saying whether it is a structure or a map.
def _expected(shape: Any, *, required: bool, request: bool, around: tuple[str, ...]) -> Any:
    """What a page can say of a shape, in the form `_told` gives to a member."""
    kind = _MERGED.get(shape.type_name, shape.type_name)
    if getattr(shape, "is_document_type", False):
        return ("document", required)
    if shape.name in around:
        return ("structure" if kind == "map" else kind, required, "recursive")
    around = (*around, shape.name)

    def below(inner: Any, required: bool = False) -> Any:
        return _expected(inner, required=required, request=request, around=around)

    if kind == "structure":
        needed = shape.required_members if request else ()
        members = {name: below(m, name in needed) for name, m in shape.members.items()}
        return (kind, required, members)
    if kind == "list":
        return (kind, required, below(shape.member))
    if kind == "map":
        return (kind, required, below(shape.value))
    return (kind, required, tuple(shape.metadata.get("enum", ())))


def _told(member: Member) -> Any:
    if member.type == "document":
        return ("document", member.required)
    if member.recursive:
        return (member.type, member.required, "recursive")
    if member.type == "structure":
        members = {below.name: _told(below) for below in member.members}
        return (member.type, member.required, members)
    inner = member.item or member.value
    return (member.type, member.required, _told(inner) if inner else member.enum)


@pytest.mark.parametrize(
    ("service", "operations"),
    [
        ("sagemaker-edge", None),
        ("pricing", None),
        ("lookoutequipment", None),
        ("sqs", ("SendMessage", "ReceiveMessage", "CreateQueue", "ListQueues")),
        ("dynamodb", ("DescribeTable", "Query", "BatchGetItem", "DescribeLimits")),
        ("lambda", ("Invoke", "InvokeWithResponseStream", "ListFunctions")),
        ("s3vectors", ("PutVectors", "GetVectors")),
        ("kinesis", ("SubscribeToShard", "PutRecord")),
        ("lexv2-runtime", ("RecognizeText",)),
    ],
)
def test_reads_rendered_pages_as_the_model_has_them(
    clients: dict[str, Any], folder: Path, service: str, operations: tuple[str, ...] | None
) -> None:
    client = _client(clients, service)
    model = client.meta.service_model
    for operation in operations or model.operation_names:
        shapes = model.operation_model(operation)
        page = _page(client, operation, folder)
        expected = {
            part: _expected(shape, required=False, request=part == "request", around=())
            for part, shape in (
                ("request", shapes.input_shape),
                ("response", shapes.output_shape),
            )
            if shape is not None
        }
        told = {"request": _told(page.request)} if shapes.input_shape else {}
        told |= {"response": _told(page.response)} if page.response else {}
        assert told == expected, operation
        assert list(page.errors or ()) == [shape.name for shape in shapes.error_shapes]
        assert page.operation == operation
        assert page.api_version == model.api_version
        assert page.service == service


def test_refuses_a_page_that_leaves_parts_of_itself_out(
    clients: dict[str, Any], folder: Path
) -> None:
    client = _client(clients, "sagemaker-edge")
    method = "send_heartbeat"
    document = DocumentStructure(method, target="html")
    ClientDocumenter(client, str(folder))._add_client_method(
        document, method, getattr(client, method)
    )
    text = document.flush_structure().decode()
    start = text.index("  :type")
    omitted = "    ::\n\n        # This section is too large to render.\n"
    with pytest.raises(PageError, match="too large"):
        read_page(text[:start] + omitted, name="page")
