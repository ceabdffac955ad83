"""boto3's reference pages in reStructuredText, rendered by the installed botocore.

botocore documents a client. What its documenters ask a client for comes from the model alone, so
a stand-in saves making one, which takes longer than most pages.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from awsconform.specs.auditing import oracle
from awsconform.specs.auditing.facts import Fact, Facts, stated
from awsconform.specs.auditing.model_facts import Terms, facts_of_operation
from awsconform.specs.auditing.page_facts import facts_of_page
from awsconform.specs.auditing.rendering import Audited, RenderedPage
from awsconform.specs.documents.tree import Format, Page

if TYPE_CHECKING:
    from botocore.model import OperationModel, ServiceModel

# boto3 has one word for every whole number and one for every other.
_WORDS = {
    "long": "integer",
    "double": "float",
    "character": "string",
    "biginteger": "long",
}
# A union is only called one where something else is said of it, and a member that recurs is never
# marked as required.
TERMS = Terms(
    types=_WORDS,
    tells_union=lambda shape: bool(shape.documentation),
    marks_recursive=False,
    map_or_structure="structure",
)


def pages(service: str, operations: Sequence[str]) -> Iterator[RenderedPage]:
    """The pages of some operations of a service, each by itself."""
    from botocore import xform_name
    from botocore.docs.bcdoc.restdoc import DocumentStructure

    documenter = _documenter(service)
    methods = _methods(oracle.service_model(service))
    for operation in operations:
        method = xform_name(operation)
        if method not in methods:
            continue
        document = DocumentStructure(method, target="html")
        with warnings.catch_warnings():
            # Time stamps of examples that botocore finds hard to read.
            warnings.simplefilter("ignore")
            documenter._add_client_method(document, method, None)
        yield RenderedPage(service, operation, "boto3-rst", document.flush_structure())


def expected(operation: OperationModel) -> Facts:
    """What boto3's page is to say of an operation."""
    return stated(facts_of_operation(operation, TERMS), _states)


def told(page: Page) -> Facts:
    """What a boto3 page says."""
    return stated(facts_of_page(page), _states)


def _states(fact: Fact) -> bool:
    """Everything but what is required of responses and the values of a map's keys."""
    if fact.kind == "required":
        return fact.path.startswith("request/")
    return not (fact.kind == "enum" and fact.path.endswith("/@key"))


FORMATS: Mapping[Format, Audited] = {"boto3-rst": Audited(pages, expected, told)}


def _documenter(service: str) -> Any:
    """botocore's documenter of a service's client, with what botocore's handlers change."""
    from botocore import xform_name
    from botocore.docs.client import ClientDocumenter
    from botocore.exceptions import DataNotFoundError
    from botocore.utils import get_service_module_name

    model = oracle.service_model(service)
    client_class = type(get_service_module_name(model), (), {})
    client: Any = client_class()
    client.meta = SimpleNamespace(
        service_model=model,
        events=oracle.session().get_component("event_emitter"),
        method_to_api_mapping={xform_name(name): name for name in model.operation_names},
    )
    try:
        examples = (
            oracle.session().get_component("data_loader").load_service_model(service, "examples-1")
        )
    except DataNotFoundError:
        examples = {"examples": {}}
    return ClientDocumenter(client, "", examples["examples"])


def _methods(model: ServiceModel) -> dict[str, object]:
    """The methods of a service's client; botocore takes away what it cannot call."""
    from botocore import xform_name

    methods: dict[str, object] = {xform_name(name): None for name in model.operation_names}
    oracle.session().get_component("event_emitter").emit(
        f"creating-client-class.{model.service_id.hyphenize()}",
        class_attributes=methods,
        base_classes=[],
    )
    return methods
