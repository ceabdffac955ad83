"""What replays came to, as one JSON document. It has no secret that was met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from awsconform.conformance.exchange import Exchange
from awsconform.conformance.replaying.replays import Replayed, Result
from awsconform.conformance.reports.exchange_documents import Document, exchange_document
from awsconform.conformance.reports.versions import version_of
from awsconform.conformance.wire.secrets import Secrets

FORMAT = "awsconform-replay"
FORMAT_VERSION = 1


def replay_document(
    record: str, target: str, replays: Sequence[Replayed], known: Secrets
) -> Document:
    """The document of the replays of a record's findings on a target."""
    counted = Counter(each.result for each in replays)
    return {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "awsconform": version_of("awsconform"),
        "record": record,
        "target": target,
        "exitCode": exit_code(replays),
        "results": {each.value: counted[each] for each in Result},
        "findings": [_finding(each, known) for each in replays],
    }


def exit_code(replays: Sequence[Replayed]) -> int:
    """0 all are fixed, 1 some are not, 3 some could not be judged and the others are fixed."""
    results = {each.result for each in replays}
    if not results.isdisjoint((Result.STILL_FAILING, Result.DIFFERENT)):
        return 1
    return 3 if Result.NOT_JUDGED in results else 0


def _finding(replayed: Replayed, known: Secrets) -> Document:
    chosen = replayed.chosen
    then = chosen.finding
    now = [
        {
            "fingerprint": each.fingerprint,
            "observation": each.observation,
            "observed": each.observed,
        }
        for each in replayed.findings
    ]
    told = {
        "fingerprint": then["fingerprint"],
        "clause": chosen.clause["id"],
        "operation": chosen.operation["id"],
        "result": replayed.result.value,
        "reason": replayed.reason,
        "contractChanged": chosen.changed,
        "expected": then["expected"],
        "then": {"observation": then["observation"], "observed": then["observed"]},
        "now": now,
        "leftBehind": list(replayed.left),
    }
    return {**known.value(told), "sent": [_sent(each.exchange, known) for each in replayed.sent]}


def _sent(exchange: Exchange, known: Secrets) -> Document:
    return exchange_document(exchange, known)
