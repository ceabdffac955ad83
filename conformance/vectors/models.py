"""Models that came with test cases, made into contracts."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from awsconform.conformance.vectors.documents import Node
from awsconform.errors import AwsconformError
from awsconform.specs.contract import Contract
from awsconform.specs.models import contract_document


@contextlib.contextmanager
def damage_told(node: Node) -> Iterator[None]:
    """Whatever a model lacks is told as something wrong at `node`, if at no place of its own.

    Raises:
        ModelError: the model is damaged.
    """
    try:
        yield
    except AwsconformError as error:
        if error.location is not None and error.location.file == node.file:
            raise
        raise node.fail(error.message) from None
    except KeyError as error:
        raise node.fail(f"the model has no {error}") from None
    except RecursionError:
        raise node.fail("the model is nested too deeply") from None
    except (AttributeError, IndexError, TypeError, ValueError) as error:
        raise node.fail(f"the model is damaged: {error}") from None


def contract_of(
    service: str, operation: str, model: dict[str, Any], node: Node, protocol: str | None = None
) -> Contract:
    """The contract of an operation of a model in botocore's form; `node` is where it stands.

    Raises:
        ModelError: the model is damaged.
    """
    with damage_told(node):
        document = contract_document(service, operation, model, {}, protocol=protocol)
        return Contract(document, origin=str(node.location))
