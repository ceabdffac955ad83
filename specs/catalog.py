"""Finding contracts: the committed ones first, else compiled from models, and kept on disk."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from awsconform.errors import UsageError
from awsconform.specs import cache, installed
from awsconform.specs.contract import Contract
from awsconform.specs.model_folders import ModelFolders
from awsconform.specs.nearest import hint, nearest
from awsconform.specs.protocols import chosen
from awsconform.specs.summaries import Summary, other_names, summary

if TYPE_CHECKING:
    from awsconform.specs.models import ServiceCompiler

DATA = Path(__file__).parent / "data"
_KEPT_CONTRACTS = 256


@functools.cache
def committed() -> dict[str, Path]:
    """The files of the committed contracts by operation id, `deadline.GetFarm`."""
    return {
        f"{path.parent.parent.name}.{path.stem}": path
        for path in sorted(DATA.glob("*/*/*.json"))
        if not path.name.endswith(".page.json")
    }


def page_file(contract: Contract) -> Path | None:
    """The committed page document of a contract's operation, None where it has none."""
    path = DATA / contract.service / contract.api_version / f"{contract.operation}.page.json"
    return path if path.exists() else None


class Catalog:
    """The operations of some models, of which some may have committed contracts.

    `folder` is the one whose models replace the installed ones, None where none does.
    """

    def __init__(
        self, models: ModelFolders, committed: Mapping[str, Path], folder: Path | None = None
    ) -> None:
        self.models = models
        self.folder = folder
        self.committed = committed
        self._load = functools.lru_cache(maxsize=_KEPT_CONTRACTS)(self._found)
        self._summary = functools.cache(self._summarised)
        self._compiler = functools.lru_cache(maxsize=1)(self._made_compiler)

    @functools.cached_property
    def services(self) -> list[str]:
        """The names of all services, in alphabetical order."""
        return sorted({*self.models.services, *(name.split(".", 1)[0] for name in self.committed)})

    def summary(self, service: str) -> Summary | None:
        """What the models say of a service as a whole, None where they do not have it.

        Raises:
            ModelError: its model is damaged.
        """
        return self._summary(service)

    def operations(self, service: str) -> list[str]:
        """Every operation known of a service, committed or in the models.

        Raises:
            UsageError: no such service; the hint has the nearest name.
            ModelError: its model is damaged.
        """
        here = self.committed_operations(service)
        known = self.summary(service)
        if not here and known is None:
            raise self.unknown(service)
        return sorted({*here, *(known.operations if known else ())})

    def committed_operations(self, service: str) -> list[str]:
        """The operations of a service that have a committed contract."""
        start = f"{service}."
        return [name.removeprefix(start) for name in self.committed if name.startswith(start)]

    def load(self, service: str, operation: str, *, protocol: str | None = None) -> Contract:
        """The contract of one operation, by botocore's names, under one of its protocols.

        Raises:
            UsageError: no such service or operation; the hint has the nearest name.
            ContractError: the committed file is damaged.
            ModelError: the model is damaged, or the protocol is not spoken or supported.
        """
        return self._load(service, operation, protocol)

    def _found(self, service: str, operation: str, protocol: str | None) -> Contract:
        path = self.committed.get(f"{service}.{operation}")
        if path is not None:
            contract = Contract.from_file(path)
            if protocol in (None, contract.protocol):
                return contract
        known = self.operations(service)
        if operation not in known:
            near = [
                f"{service}.{name}" for name in nearest(operation, {each: () for each in known})
            ]
            raise UsageError(
                f"{service} has no operation {operation!r}",
                hint=hint(near, f"`awsconform list {service}` names them"),
            )
        return Contract(self._compiled(service, operation, protocol), origin=f"botocore {service}")

    def _compiled(self, service: str, operation: str, protocol: str | None) -> dict[str, Any]:
        """The contract document of a model's operation, from the disk if it was made before."""
        known = self.summary(service)
        checksum = self.models.checksum(service) if known else ""
        if known and known.protocols:
            protocol = chosen(service, known.protocols, protocol)
            kept = cache.read(service, checksum, f"{protocol}.{operation}")
            if kept is not None:
                return kept
        # Written and read again, since what a compiler makes has parts in common.
        document: dict[str, Any] = json.loads(
            json.dumps(self._compiler(service, protocol).contract(operation))
        )
        cache.write(service, checksum, f"{protocol}.{operation}", document)
        return document

    def _summarised(self, service: str) -> Summary | None:
        return summary(self.models, service)

    def _made_compiler(self, service: str, protocol: str | None) -> ServiceCompiler:
        # Imported when needed: it brings the engines of patterns and prose along.
        from awsconform.specs.models import compiler_of

        return compiler_of(service, protocol=protocol, models=self.models)

    def select(self, names: Iterable[str], *, protocol: str | None = None) -> list[Contract]:
        """The contracts of `service` and `service.Operation` names; all committed ones for none.

        Of a service with committed contracts these alone are meant.

        Raises:
            UsageError: a name fits nothing.
            ModelError: a model is damaged, or the protocol is not spoken or supported.
        """
        names = list(names)
        if not names and not self.committed:
            raise UsageError(
                "no operation is named", hint="give SERVICE or SERVICE.OPERATION, one or more"
            )
        wanted: dict[str, tuple[str, str]] = {}
        for name in names or list(self.committed):
            service, _, operation = name.partition(".")
            some = [operation] if operation else self.committed_operations(service)
            for each in some or self.operations(service):
                wanted[f"{service}.{each}"] = (service, each)
        return [self.load(*each, protocol=protocol) for each in wanted.values()]

    def unknown(self, service: str) -> UsageError:
        """The error of a service's name that is none; its hint has the nearest."""
        known = {name: other_names(self.models, name) for name in self.services}
        told = hint(nearest(service, known), "`awsconform list` names them all")
        return UsageError(f"no service is called {service!r}", hint=told)


def default() -> Catalog:
    """The committed contracts, and the models of the installed botocore and its search path."""
    return _of(installed.models())


@functools.lru_cache(maxsize=8)
def _of(models: ModelFolders) -> Catalog:
    return Catalog(models, committed())


def of_folder(folder: Path) -> Catalog:
    """The models of one folder alone, in place of the installed and the committed ones.

    Raises:
        ModelError: there is no model in it.
    """
    return Catalog(installed.models_in(folder), {}, folder)


def load(service: str, operation: str, *, protocol: str | None = None) -> Contract:
    """`Catalog.load` of the default catalog."""
    return default().load(service, operation, protocol=protocol)


def operations(service: str) -> list[str]:
    """`Catalog.operations` of the default catalog."""
    return default().operations(service)


def select(names: Iterable[str], *, protocol: str | None = None) -> list[Contract]:
    """`Catalog.select` of the default catalog."""
    return default().select(names, protocol=protocol)
