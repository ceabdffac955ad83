"""`--models`: another folder of service models, for the commands that look operations up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from awsconform.specs.catalog import Catalog

_Function = TypeVar("_Function", bound=Callable[..., Any])


def _catalog(ctx: click.Context, param: click.Parameter, folder: Path | None) -> Catalog:
    from awsconform.specs.catalog import default, of_folder

    return default() if folder is None else of_folder(folder)


def models_option(command: _Function) -> _Function:
    """Gives a command the option, and its argument `catalog` the models that are meant.

    Raises:
        ModelError: when called, there is no model in the folder.
    """
    option = click.option(
        "--models",
        "catalog",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        callback=_catalog,
        metavar="DIR",
        help="Take operations from the models in this folder (botocore's `data`, of any release) "
        "and from nowhere else.",
    )
    return option(command)
