"""Making the committed contracts again, from their page documents and the installed botocore.

    python -m awsconform.specs.committing --date 2026-11-21 [FOLDER]

A contract whose operation botocore no longer has stays as it is.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from pathlib import Path
from typing import Any

from awsconform.errors import ModelError
from awsconform.specs.catalog import DATA
from awsconform.specs.joining import join
from awsconform.specs.model_shapes import SOURCE
from awsconform.specs.models import compile_contract
from awsconform.specs.pages import to_text


def contract_of(page: dict[str, Any], *, data: Path = DATA) -> dict[str, Any]:
    """The contract of a page document's operation, joined with the installed model.

    The model is of today, or of the day that is committed where it is the committed one.

    Raises:
        ModelError: the installed botocore does not have the operation.
    """
    aws = page["aws"]
    today = datetime.date.today().isoformat()
    contract = compile_contract(aws["service"], aws["operation"], date=today)
    model = contract["aws"]["documents"][SOURCE]
    committed = data / aws["service"] / aws["apiVersion"] / f"{aws['operation']}.json"
    if committed.exists():
        known = json.loads(committed.read_text(encoding="utf-8"))["aws"]["documents"][SOURCE]
        if known["sha256"] == model["sha256"]:
            model["date"] = known["date"]
    return join(page, contract)


def make(path: Path, date: str) -> dict[str, Any]:
    """The contract that belongs into a committed file, `<service>/<version>/<Operation>.json`.

    Raises:
        ModelError: the installed botocore does not have the operation.
    """
    service, operation = path.parent.parent.name, path.stem
    contract = compile_contract(service, operation, date=date)
    page = path.with_name(f"{operation}.page.json")
    if page.exists():
        contract = join(json.loads(page.read_text(encoding="utf-8")), contract)
    return contract


def main(arguments: list[str] | None = None) -> int:
    """Writes every committed contract again and says what changed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=DATA)
    parser.add_argument("--date", required=True, help="the date the models are of, YYYY-MM-DD")
    asked = parser.parse_args(arguments)
    for path in sorted(asked.folder.glob("*/*/*.json")):
        if path.name.endswith(".page.json"):
            continue
        before = path.read_text(encoding="utf-8")
        try:
            text = to_text(make(path, asked.date))
        except ModelError as error:
            print(f"kept     {path.name}: {error.message}")
            continue
        path.write_text(text, encoding="utf-8")
        print(f"{'same    ' if text == before else 'changed '} {path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
