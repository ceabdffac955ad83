"""What only a query string tells apart from another operation is not taken for that one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import pytest

from awsconform.conformance.outcomes import Verdict
from awsconform.conformance.running import RunOptions, run
from awsconform.conformance.targets.locator import as_target
from awsconform.specs import catalog

FLAGS = ("cors", "policy", "tagging", "legal-hold", "torrent", "metadataTable", "select")
DOCUMENTS = {
    "cors": b"<CORSConfiguration></CORSConfiguration>",
    "tagging": b"<Tagging><TagSet></TagSet></Tagging>",
    "legal-hold": b"<LegalHold></LegalHold>",
}
Answer = tuple[int, str, bytes]


class Store:
    """Buckets with objects; of the parts of either it knows those it is told, with the rest
    of the query string ignored as S3 does."""

    lax = keeps = False

    def __init__(self, knows: tuple[str, ...], posted: Answer) -> None:
        self.knows = knows
        self.posted = posted
        self.buckets: dict[str, dict[str, bytes]] = {}
        self.parts: set[tuple[str, ...]] = set()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        query = parse_qs(environ["QUERY_STRING"], keep_blank_values=True)
        part = next((each for each in self.knows if each in query), "")
        _, bucket, *rest = environ["PATH_INFO"].split("/", 2)
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        key = rest[0] if rest and rest[0] else ""
        status, kind, said = self.answer(environ["REQUEST_METHOD"], bucket, key, part, body)
        head = [("Content-Type", kind), ("x-amz-request-id", "1"), ("ETag", '"1"')]
        start_response(f"{status} X", [*head, ("Content-Length", str(len(said)))])
        return [said]

    def answer(self, method: str, bucket: str, key: str, part: str, body: bytes) -> Answer:
        if method == "POST" and not part:
            return self.posted
        if method == "PUT" and not key and not part:
            self.buckets.setdefault(bucket, {})
            return 200, "application/xml", b""
        if self.lax and part == "tagging" and method == "PUT":
            return 200, "application/xml", b""
        if method == "DELETE" and bucket in self.buckets and self.keeps:
            return error(409, "BucketNotEmpty")
        if bucket not in self.buckets:
            return error(404, "NoSuchBucket")
        objects = self.buckets[bucket]
        if method == "PUT" and key and not part:
            objects[key] = body or b"content"
            return 200, "application/xml", b""
        if key and key not in objects:
            return error(404, "NoSuchKey")
        if part:
            return self.of_part(method, (bucket, key, part))
        if method == "DELETE":
            gone: dict[str, Any] = objects if key else self.buckets
            gone.pop(key or bucket)
            return 204, "application/xml", b""
        if key:
            return 200, "application/octet-stream", objects[key]
        return 200, "application/xml", b"<ListBucketResult></ListBucketResult>"

    def of_part(self, method: str, part: tuple[str, ...]) -> Answer:
        if method == "DELETE":
            self.parts.discard(part)
            return 204, "application/xml", b""
        if method == "PUT":
            self.parts.add(part)
            return 200, "application/xml", b""
        return 200, "application/xml", DOCUMENTS.get(part[-1], b"")


def error(status: int, code: str) -> Answer:
    said = f"<Error><Code>{code}</Code><Message>no</Message><RequestId>1</RequestId></Error>"
    return status, "application/xml", said.encode()


NO_FORM: Answer = (500, "text/html", b"<!doctype html><title>500</title>")
NO_METHOD = error(405, "MethodNotAllowed")
SILLY = error(400, "InvalidRequest")


def verdicts(
    operation: str, knows: tuple[str, ...], posted: Answer = NO_METHOD
) -> dict[Verdict, str]:
    [result] = run(
        catalog.select([operation]),
        as_target(Store(knows, posted)),
        RunOptions(seed=1, examples=0, clauses=f"{operation}/request#accepted"),
    ).results
    return {each.verdict: each.reason for each in result.outcomes}


@pytest.mark.parametrize(
    ("operation", "told"),
    [
        ("s3.PutBucketCors", "as CreateBucket would"),
        ("s3.PutObjectTagging", "as PutObject would"),
        ("s3.DeleteBucketCors", "as after DeleteBucket"),
        ("s3.DeleteObjectTagging", "as after DeleteObject"),
        ("s3.GetObjectLegalHold", "with the answer of GetObject"),
        ("s3.GetObjectTorrent", "with the answer of GetObject"),
    ],
)
def test_the_work_of_another_operation_is_no_pass(operation: str, told: str) -> None:
    found = verdicts(operation, knows=())
    assert list(found) == [Verdict.UNIMPLEMENTED]
    assert told in found[Verdict.UNIMPLEMENTED]


@pytest.mark.parametrize(
    "operation",
    [
        "s3.PutBucketCors",
        "s3.PutObjectTagging",
        "s3.DeleteBucketCors",
        "s3.DeleteObjectTagging",
        "s3.GetObjectLegalHold",
        "s3.CreateBucket",
        "s3.DeleteBucket",
        "s3.PutObject",
        "s3.GetObject",
        "s3.DeleteObject",
    ],
)
def test_an_operation_that_does_its_own_work_is_there(operation: str) -> None:
    assert list(verdicts(operation, FLAGS)) == [Verdict.CONFORMS]


@pytest.mark.parametrize("posted", [NO_FORM, NO_METHOD, SILLY], ids=["500", "405", "400"])
@pytest.mark.parametrize(
    "operation", ["s3.CreateBucketMetadataTableConfiguration", "s3.SelectObjectContent"]
)
def test_a_post_that_gets_the_answer_of_any_post_is_not_there(
    operation: str, posted: Answer
) -> None:
    assert list(verdicts(operation, (), posted)) == [Verdict.UNIMPLEMENTED]


def test_a_mock_with_one_document_for_everything_stands_for_what_it_documents() -> None:
    class Canned(Store):
        def answer(self, method: str, bucket: str, key: str, part: str, body: bytes) -> Answer:
            hold = b"<LegalHold><Status>ON</Status></LegalHold>"
            return 200, "application/xml", hold if method == "GET" else b""

    operation = "s3.GetObjectLegalHold"
    options = RunOptions(seed=1, examples=0, clauses=f"{operation}/request#accepted")
    [result] = run(catalog.select([operation]), as_target(Canned((), NO_METHOD)), options).results
    assert [each.verdict for each in result.outcomes] == [Verdict.CONFORMS]


def test_a_post_that_fails_on_its_own_is_there() -> None:
    class Failing(Store):
        def of_part(self, method: str, part: tuple[str, ...]) -> Answer:
            return NO_FORM

    operation = "s3.CreateBucketMetadataTableConfiguration"
    options = RunOptions(seed=1, examples=0, clauses=f"{operation}/request#accepted")
    failing = as_target(Failing(FLAGS, NO_METHOD))
    [result] = run(catalog.select([operation]), failing, options).results
    assert [each.verdict for each in result.outcomes] == [Verdict.VIOLATES]


def test_no_look_is_taken_for_an_operation_that_cannot_exist() -> None:
    options = RunOptions(seed=1, examples=0, clauses="unknown-operation")
    done = run(catalog.select(["s3.DeleteBucketCors"]), as_target(Store(FLAGS, NO_METHOD)), options)
    assert [each.verdict for each in done.outcomes] != [Verdict.VIOLATES]


@pytest.mark.parametrize("operation", ["s3.PutBucketTagging", "s3.PutObjectTagging"])
def test_a_part_that_is_accepted_for_what_is_not_there_is_there_if_it_makes_nothing(
    operation: str,
) -> None:
    store = Store(FLAGS, NO_METHOD)
    store.lax = True
    options = RunOptions(seed=1, examples=0, clauses=f"{operation}/request#accepted")
    [result] = run(catalog.select([operation]), as_target(store), options).results
    assert [each.verdict for each in result.outcomes] == [Verdict.CONFORMS]


@pytest.mark.parametrize("operation", ["s3.PutBucketCors", "s3.PutObjectTagging"])
@pytest.mark.parametrize("keeps", [False, True])
def test_what_looking_made_is_removed_and_told_where_it_cannot_be(
    operation: str, keeps: bool
) -> None:
    store = Store((), NO_METHOD)
    store.keeps = keeps
    options = RunOptions(seed=1, examples=0, clauses=f"{operation}/request#accepted")
    [result] = run(catalog.select([operation]), as_target(store), options).results
    assert [each.verdict for each in result.outcomes] == [Verdict.UNIMPLEMENTED]
    if keeps:
        assert any("answered 409 BucketNotEmpty" in each for each in result.left)
    else:
        assert store.buckets == {}
