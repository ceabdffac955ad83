"""Contracts from botocore's service models, for a protocol the service speaks."""

from __future__ import annotations

from typing import Any

from awsconform.errors import ModelError
from awsconform.specs import installed
from awsconform.specs.contract import DIALECT, Schema
from awsconform.specs.model_folders import ModelFolders
from awsconform.specs.model_form import UNEXPECTED, check_model, misformed, unexpected
from awsconform.specs.model_operations import (
    checksum,
    errors_of,
    pagination,
    protocol_facts,
    signing,
)
from awsconform.specs.model_prose import token_rules
from awsconform.specs.model_shapes import SOURCE, Definitions
from awsconform.specs.protocols import chosen, spoken


def compile_contract(
    service: str,
    operation: str,
    *,
    protocol: str | None = None,
    date: str | None = None,
    models: ModelFolders | None = None,
) -> dict[str, Any]:
    """The contract document of one operation, from the installed botocore or other models.

    `service` is botocore's folder name (`deadline`), `operation` the model's name (`GetFarm`),
    `protocol` one of those the service speaks, by default the one botocore resolves to.

    Raises:
        ModelError: no such service or operation, a protocol that is not spoken or supported, or a
            damaged model.
    """
    return compiler_of(service, protocol=protocol, date=date, models=models).contract(operation)


def compiler_of(
    service: str,
    *,
    protocol: str | None = None,
    date: str | None = None,
    models: ModelFolders | None = None,
) -> ServiceCompiler:
    """The compiler of a service's contracts.

    Raises:
        ModelError: no such service, a protocol that is not spoken or supported, or a damaged model.
    """
    models = models or installed.models()
    model = models.model(service)
    if model is None:
        raise ModelError(
            f"the models have no service {service!r}",
            hint="names are botocore's: `aws sqs` is sqs, `aws logs` is logs",
        )
    return ServiceCompiler(
        service,
        model,
        models.paginators(service),
        protocol=protocol,
        document={
            "botocore": models.release(service),
            "date": date,
            "sha256": models.digest(service),
        },
        origin=str(models.file(service)),
    )


def contract_document(
    service: str,
    operation: str,
    model: dict[str, Any],
    paginators: dict[str, Any],
    *,
    protocol: str | None = None,
    date: str | None = None,
    digest: str | None = None,
) -> dict[str, Any]:
    """The contract document of one operation of a service model in botocore's JSON form.

    `date` is the day the model is of, `digest` what identifies the whole model.

    Raises:
        ModelError: the model has no such operation, lacks a part that is needed, or speaks no
            protocol that is supported.
    """
    import botocore

    document = {"botocore": botocore.__version__, "date": date, "sha256": digest}
    compiler = ServiceCompiler(service, model, paginators, protocol=protocol, document=document)
    return compiler.contract(operation)


class ServiceCompiler:
    """Makes the contracts of one service; what they have in common is made once.

    `document` says where the model is from, `origin` names its file in messages.

    Raises:
        ModelError: the model lacks a part that is needed, or the protocol is not spoken.
    """

    def __init__(
        self,
        service: str,
        model: dict[str, Any],
        paginators: dict[str, Any],
        *,
        protocol: str | None = None,
        document: dict[str, Any] | None = None,
        origin: str | None = None,
    ) -> None:
        self.service = service
        self.model = model
        self.origin = origin or service
        self.paginators = paginators
        self.document = document or {}
        check_model(model, self.origin)
        self.protocols = spoken(service, model["metadata"])
        self.protocol = chosen(service, self.protocols, protocol)
        self.definitions = Definitions(model["shapes"], self.protocol, origin=self.origin)

    @property
    def operations(self) -> list[str]:
        """The names of the service's operations."""
        return list(self.model["operations"])

    def contract(self, operation: str) -> dict[str, Any]:
        """The contract document of an operation.

        Its schemas are shared with the other contracts of this compiler: not to be changed.

        Raises:
            ModelError: there is no such operation, or the model is damaged.
        """
        if operation not in self.model["operations"]:
            raise ModelError(
                f"{self.service} has no operation {operation!r}",
                hint=f"`awsconform list {self.service}` names them",
            )
        try:
            return self._contract(operation)
        except UNEXPECTED as error:
            raise misformed(unexpected(error), self.origin, "operations", operation) from None

    def _contract(self, operation: str) -> dict[str, Any]:
        stated = self.model["operations"][operation]
        metadata = self.model["metadata"]
        input_shape = self._shape(operation, stated, "input")
        output_shape = self._shape(operation, stated, "output")
        errors = errors_of(stated, self.model["shapes"])
        shapes = [error["shape"] for error in errors.values()]
        schemas = self.definitions.reached(filter(None, (input_shape, output_shape, *shapes)))
        properties: Schema = {}
        if input_shape:
            properties["request"] = {"$ref": f"#/$defs/{input_shape}"}
        if output_shape:
            properties["response"] = {"$ref": f"#/$defs/{output_shape}"}
        if shapes:
            properties["error"] = {"anyOf": [{"$ref": f"#/$defs/{shape}"} for shape in shapes]}
        http = stated["http"]
        return {
            "$schema": DIALECT,
            "$id": f"urn:awsconform:{self.service}:{metadata['apiVersion']}:{operation}",
            "type": "object",
            "properties": properties,
            "$defs": schemas,
            "aws": {
                "service": self.service,
                "apiVersion": metadata["apiVersion"],
                "operation": operation,
                "serviceId": metadata.get("serviceId"),
                "protocol": self.protocol,
                "protocols": list(self.protocols),
                **protocol_facts(self.protocol, stated, self.model),
                "endpointPrefix": metadata["endpointPrefix"],
                "hostPrefix": stated.get("endpoint", {}).get("hostPrefix"),
                "signing": signing(stated, metadata),
                "http": {
                    "method": http["method"],
                    "uri": http["requestUri"],
                    "status": http.get("responseCode", 200),
                },
                **checksum(stated),
                "readonly": stated.get("readonly"),
                "idempotent": stated.get("idempotent"),
                "deprecated": stated.get("deprecatedSince") if stated.get("deprecated") else None,
                "input": input_shape,
                "output": output_shape,
                "errors": errors,
                "pagination": pagination(
                    self.paginators.get(operation), schemas, input_shape, output_shape
                ),
                "rules": token_rules(self.model, operation),
                "documents": {SOURCE: self.document},
                "drift": [],
            },
        }

    def _shape(self, operation: str, stated: dict[str, Any], part: str) -> str | None:
        """The name of an operation's input or output, None where it has none."""
        if part not in stated:
            return None
        name: str = stated[part]["shape"]
        if name not in self.model["shapes"]:
            place = ("operations", operation, part, "shape")
            raise misformed(f"there is no shape {name!r}", self.origin, *place)
        return name
