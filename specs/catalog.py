"""Finding contracts: the committed ones first, else compiled from the installed botocore."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Iterable
from pathlib import Path

from awsconform.errors import UsageError
from awsconform.specs import installed
from awsconform.specs.contract import Contract
from awsconform.specs.models import compile_contract

DATA = Path(__file__).parent / "data"


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


@functools.cache
def load(service: str, operation: str) -> Contract:
    """The contract of one operation, by botocore's names.

    Raises:
        UsageError: no such service or operation; the hint has the nearest name.
        ContractError: the committed file is damaged.
        ModelError: the operation's protocol is not supported.
    """
    path = committed().get(f"{service}.{operation}")
    if path is not None:
        return Contract.from_file(path)
    known = operations(service)
    if operation not in known:
        raise UsageError(
            f"{service} has no operation {operation!r}", hint=_nearest(operation, known)
        )
    return Contract(compile_contract(service, operation), origin=f"botocore {service}")


def operations(service: str) -> list[str]:
    """Every operation known of a service, committed or in the installed botocore.

    Raises:
        UsageError: no such service.
    """
    here = {name.split(".", 1)[1] for name in committed() if name.startswith(f"{service}.")}
    model = installed.service_model(service)
    if not here and model is None:
        names = {name.split(".", 1)[0] for name in committed()} | set(installed.services())
        raise UsageError(f"no service is called {service!r}", hint=_nearest(service, names))
    return sorted(here | set(model["operations"] if model else ()))


def select(names: Iterable[str]) -> list[Contract]:
    """The contracts of `service` and `service.Operation` names; all committed ones for none.

    Raises:
        UsageError: a name fits nothing.
    """
    names = list(names)
    if not names:
        return [load(*name.split(".", 1)) for name in committed()]
    chosen: dict[str, Contract] = {}
    for name in names:
        service, _, operation = name.partition(".")
        wanted = [operation] if operation else _judged(service)
        for each in wanted:
            contract = load(service, each)
            chosen[contract.id] = contract
    return list(chosen.values())


def _judged(service: str) -> list[str]:
    here = [name.split(".", 1)[1] for name in committed() if name.startswith(f"{service}.")]
    return here or operations(service)


def _nearest(name: str, known: Iterable[str]) -> str:
    by_lower = {each.lower(): each for each in known}
    near = difflib.get_close_matches(name.lower(), by_lower, n=3, cutoff=0.6)
    if not near:
        return "`awsconform list` names them all"
    return f"did you mean {', '.join(by_lower[each] for each in near)}?"
