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
    for difference in ("our codec raises KeyError: 'x'", "method: GET expected, got POST"):
        assert not each.differences.fullmatch(difference)
