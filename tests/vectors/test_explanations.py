"""What is known of differences is well-formed, and as narrow as can be told."""

from __future__ import annotations

import pytest

from awsconform.conformance.vectors.cases import Kind
from awsconform.conformance.vectors.explanations import Explanation, explanations
from awsconform.specs.protocols import PROTOCOLS


def test_there_are_explanations_of_every_kind() -> None:
    assert {kind for each in explanations() for kind in each.kinds} == set(Kind)


@pytest.mark.parametrize("each", explanations(), ids=lambda each: each.cases.pattern[:40])
def test_an_explanation_speaks_of_some_cases_and_some_differences_only(each: Explanation) -> None:
    assert each.kinds <= set(Kind)
    assert each.protocols <= set(PROTOCOLS)
    assert each.reason
    assert each.reason[0].islower() or each.reason.startswith(("RFC", "botocore"))
    assert not each.reason.endswith(".")
    assert not each.cases.fullmatch("SomeCaseThatNobodyPublished")
    for difference in (
        "our codec raises KeyError: 'x'",
        "method: GET expected, got POST",
        "status: 200 expected, got 201",
        "body: <a>1</a> expected, got <b>1</b>",
        'body: {"a": 1} expected, got {}',
        "body: something expected, got nothing",
        "/a: 1 expected, got 2",
        "our reader says json: a wrong word",
    ):
        assert not each.differences.fullmatch(difference)


@pytest.mark.parametrize(
    ("case", "difference"),
    [
        ("AwsJson10ComplexError", 'body: {"__type": "a.b#E", "T": "t"} expected, got '
         '{"__type": "com.amazonaws.b#E"}'),
        ("AwsJson10ComplexError", 'body: {"__type": "a.b#E", "T": "t"} expected, got '
         '{"__type": "com.amazonaws.b#F", "T": "t"}'),
        ("RpcV2CborComplexError", r"body: b'\xbff__typexaa.b#EgmessagebHi\xff' expected, got "
         r"b'\xa1f__typexacom.amazonaws.b#E'"),
        ("HttpPayloadWithXmlName", "body: <Hello><name>P</name></Hello> expected, got "
         '<?xml version="1.0"?>\n<nested><name>Q</name></nested>'),
        ("RestXmlDateTimeWithNegativeOffset", "body: <D><datetime>2019-12-16T22:48:18-01:00"
         '</datetime></D> expected, got <?xml version="1.0"?>\n<D><datetime>2019-12-16T22:48:18Z'
         "</datetime></D>"),
    ],
)  # fmt: skip
def test_a_loss_behind_a_known_difference_is_not_explained(case: str, difference: str) -> None:
    speaking = [each for each in explanations() if each.cases.fullmatch(case)]
    assert speaking
    assert not any(each.differences.fullmatch(difference) for each in speaking)
