"""`audit-readers`: what is read from rendered pages, held against the models."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from awsconform.specs.auditing import boto3_pages
from awsconform.specs.auditing.rendering import RenderedPage
from cli.calling import Call


def test_prints_a_table_for_people(call: Call) -> None:
    ended = call("audit-readers", "deadline.CreateFarm", "glacier.ListVaults", "-v")
    assert ended.code == 0
    assert "boto3-rst: 2 pages read back" in ended.out
    rows = {line.split()[0]: line.split()[1:] for line in ended.out.splitlines() if line}
    assert rows["member"][2] == "100"
    assert rows["required"][2] != "100"
    assert "explained glacier.ListVaults: required of request/accountId" in ended.out
    assert "0 disagreements without an explanation" in ended.out


def test_prints_a_document_for_programs(call: Call) -> None:
    ended = call("audit-readers", "deadline", "sqs", "--sample", "2", "--format", "json")
    (told,) = json.loads(ended.out)
    assert ended.code == 0
    assert told["pages"] == 2
    assert told["facts"]["response"] == {"compared": 2, "agreed": 2}
    assert told["unexplained"] == 0


def test_ends_with_1_where_a_reader_is_wrong(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = boto3_pages.FORMATS["boto3-rst"]

    def changed(service: str, operations: Sequence[str]) -> Iterator[RenderedPage]:
        for page in whole.pages(service, operations):
            yield replace(page, text=page.text.replace(b"displayName", b"shownName"))

    monkeypatch.setattr(boto3_pages, "FORMATS", {"boto3-rst": replace(whole, pages=changed)})
    ended = call("audit-readers", "deadline.CreateFarm")
    assert ended.code == 1
    assert "UNEXPLAINED deadline.CreateFarm: member of request/displayName" in ended.out


def test_refuses_names_beside_all(call: Call) -> None:
    ended = call("audit-readers", "deadline", "--all")
    assert ended.code == 2
    assert "--all" in ended.err


@pytest.mark.parametrize("form", ["boto3-html", "boto3-text"])
def test_says_what_to_install_where_sphinx_is_missing(
    form: str, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sphinx.application", None)
    ended = call("audit-readers", "deadline.CreateFarm", "--format-of", form)
    assert ended.code == 2
    assert "pip install sphinx" in ended.err


def test_ends_with_3_where_nothing_has_a_page(call: Call) -> None:
    ended = call("audit-readers", "kinesis.SubscribeToShard", "--format-of", "cli-text")
    assert ended.code == 3
    assert "1 operations without a page" in ended.out
