"""The statuses of success that are documented beside the models'."""

from __future__ import annotations

import json
from typing import Any

import pytest

from awsconform.specs import catalog
from awsconform.specs.statuses import FILE, success_statuses

STATED: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))["statuses"]


@pytest.mark.parametrize("stated", STATED, ids=lambda stated: stated["operation"])
def test_are_other_successes_than_the_models_and_have_a_source(stated: dict[str, Any]) -> None:
    contract = catalog.load(stated["service"], stated["operation"])
    assert success_statuses(contract) == (contract.status, *stated["answered"])
    assert contract.status not in stated["answered"]
    assert all(status in range(200, 300) for status in stated["answered"])
    assert stated["source"].startswith("https://docs.aws.amazon.com/")
    assert stated["operation"] in stated["source"]


def test_are_the_models_alone_where_nothing_else_is_documented() -> None:
    assert success_statuses(catalog.load("s3", "DeleteObject")) == (204,)
