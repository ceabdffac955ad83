"""What formats are tried on is what runs come to."""

from __future__ import annotations

from io import StringIO

import jsonschema
from hypothesis import given
from rich.console import Console

from awsconform.conformance.reports.document import report_schema
from awsconform.conformance.reports.text_report import print_report
from reports.formats.documents import FEW, Document, documents, fingerprints, with_findings

VALIDATOR = jsonschema.Draft202012Validator(report_schema())


@FEW
@given(documents())
def test_drawn_documents_are_reports(document: Document) -> None:
    VALIDATOR.validate(document)


@FEW
@given(documents())
def test_any_of_them_can_be_printed(document: Document) -> None:
    stream = StringIO()
    print_report(Console(file=stream, width=100), document, verbose=True)
    assert ("DID NOT END" in stream.getvalue()) is not document["complete"]


def test_the_real_one_has_findings_of_several_kinds_and_levels() -> None:
    document = with_findings()
    assert len(fingerprints(document)) > 10
    clauses = [each for one in document["operations"] for each in one["clauses"]]
    assert len({each["kind"] for each in clauses if each["findings"]}) > 5
    assert any(each["apart"] for each in clauses)
