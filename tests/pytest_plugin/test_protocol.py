"""`--awsconform-protocol` chooses which of a service's protocols is spoken."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Run = Callable[..., pytest.RunResult]
SUITE = ["--pyargs", "awsconform.conformance.suite"]
COLLECT = [*SUITE, "--collect-only", "-q", "--awsconform-services=cloudwatch.ListMetrics"]


@pytest.mark.parametrize(
    ("protocol", "kind"), [("query", "xml"), ("rpc-v2-cbor", "protocol-header"), ("json", "json")]
)
def test_collects_the_clauses_of_the_protocol(run: Run, protocol: str, kind: str) -> None:
    result = run(*COLLECT, f"--awsconform-protocol={protocol}")
    assert result.ret == pytest.ExitCode.OK
    assert any(f"cloudwatch.ListMetrics/wire#{kind}]" in line for line in result.outlines)


def test_a_protocol_nobody_speaks_is_refused(run: Run) -> None:
    result = run(*COLLECT, "--awsconform-protocol=ec2")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "cloudwatch does not speak ec2" in "".join(result.errlines + result.outlines)
