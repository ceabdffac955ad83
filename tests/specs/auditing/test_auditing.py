"""Pages rendered by botocore say what its models say, and the bench sees where one does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from awsconform.errors import UsageError
from awsconform.specs.auditing import boto3_pages, oracle, selecting, sphinx_pages, summary
from awsconform.specs.auditing.rendering import RenderedPage
from awsconform.specs.auditing.running import AuditedPage, audit, audit_page

# Each for a form that pages have: the words beside it.
OPERATIONS = {
    "bedrock-agent-runtime": ("Retrieve",),  # documents and unions
    "bedrock-runtime": ("ApplyGuardrail", "InvokeModelWithResponseStream"),  # event streams
    "cloudformation": ("GetTemplate",),  # a type that is changed by hand
    "cloudsearchdomain": ("Search", "UploadDocuments"),  # names that Python keeps for itself
    "cloudwatch": ("PutMetricData",),
    "deadline": ("GetSessionsStatisticsAggregation", "CreateFarm"),
    "dynamodb": ("PutItem", "TransactWriteItems", "DescribeLimits"),  # recursive structures
    "ec2": ("DescribeHosts", "CopySnapshot"),  # parameters renamed and filled in
    "emr": ("ListInstances",),  # recursive lists
    "glacier": ("UploadArchive",),  # a streaming body, marks taken away
    "iam": ("CreatePolicy", "SimulateCustomPolicy"),  # policies shown as a dict
    "iotfleetwise": ("CreateDecoderManifest",),  # a member that recurs and is required
    "kinesis": ("SubscribeToShard", "PutRecord"),
    "lambda": ("Invoke", "InvokeWithResponseStream"),  # streaming both ways
    "lexv2-runtime": ("RecognizeText",),
    "logs": ("CreateExportTask", "StartLiveTail"),
    "lookoutequipment": ("DescribeInferenceScheduler",),  # a single parameter
    "neptune": ("RebootDBInstance",),  # descriptions that look like entries
    "organizations": ("ListRoots", "LeaveOrganization"),  # no input
    "pricing": ("GetProducts",),
    "rds": ("CopyDBSnapshot",),  # shown in the list alone
    "route53": ("ChangeResourceRecordSets",),
    "s3": ("CopyObject", "GetObject", "PutBucketCors", "SelectObjectContent"),
    "s3vectors": ("PutVectors",),
    "sagemaker-edge": ("SendHeartbeat",),  # no output
    "serverlessrepo": ("CreateCloudFormationChangeSet",),  # a link that breaks a line
    "sns": ("Publish",),
    "sqs": ("ReceiveMessage", "SendMessage"),
    "sts": ("AssumeRole",),
}


def _rendered(service: str, operation: str) -> RenderedPage:
    (page,) = boto3_pages.pages(service, [operation])
    return page


def _audited(page: RenderedPage) -> AuditedPage:
    operation = oracle.service_model(page.service).operation_model(page.operation)
    return audit_page(page, boto3_pages.FORMATS["boto3-rst"], operation)


def _told(page: AuditedPage) -> list[str]:
    return [str(f.disagreement) for f in page.findings if f.reason is None]


@pytest.mark.parametrize("service", OPERATIONS)
def test_reads_rendered_pages_as_the_model_has_them(service: str) -> None:
    pages = list(boto3_pages.pages(service, OPERATIONS[service]))
    assert [page.operation for page in pages] == list(OPERATIONS[service])
    for page in pages:
        audited = _audited(page)
        assert _told(audited) == []
        assert not audited.refused
        assert audited.compared["response"] == 1
        assert audited.compared["member"] + audited.compared["error"] > 0


def test_renders_what_botocore_renders_of_a_client() -> None:
    import botocore.session
    from botocore.docs.bcdoc.restdoc import DocumentStructure
    from botocore.docs.client import ClientDocumenter

    client = botocore.session.Session().create_client(
        "lookoutequipment",
        region_name="eu-central-1",
        aws_access_key_id="nobody",
        aws_secret_access_key="nothing",
    )
    method = "describe_inference_scheduler"
    document = DocumentStructure(method, target="html")
    documenter = ClientDocumenter(client, "")
    documenter._add_client_method(document, method, getattr(client, method))
    rendered = _rendered("lookoutequipment", "DescribeInferenceScheduler")
    assert rendered.text == document.flush_structure()


def test_has_no_page_of_an_operation_that_boto3_cannot_call() -> None:
    names = ["RecognizeText", "StartConversation"]
    pages = boto3_pages.pages("lexv2-runtime", names)
    assert [page.operation for page in pages] == names[:1]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            [(b"maxResults", b"mostResults")],
            [
                "member of request/maxResults: it was not read",
                "member of request/mostResults: it was read, there is none",
                "type of request/maxResults: 'integer' was not read",
                "type of request/mostResults: 'integer' was read, there is none",
            ],
        ),
        (
            [
                (b":type maxResults: integer", b":type maxResults: string"),
                (b"maxResults=123", b"maxResults='string'"),
            ],
            ["type of request/maxResults: 'string' was read, the model has 'integer'"],
        ),
        (
            [(b":param farmId: **[REQUIRED]**", b":param farmId:")],
            ["required of request/farmId: it was not read"],
        ),
        (
            [(b":param maxResults:", b":param maxResults: **[REQUIRED]**")],
            ["required of request/maxResults: it was read, there is none"],
        ),
        (
            [(b"'IN_PROGRESS'|'TIMEOUT'|", b"'IN_PROGRESS'|")],
            [
                "enum of response/status: 'IN_PROGRESS', 'FAILED', 'COMPLETED' was read, the model"
                " has 'IN_PROGRESS', 'TIMEOUT', 'FAILED', 'COMPLETED'"
            ],
        ),
        (
            [(b"exceptions.ThrottlingException", b"exceptions.PatienceException")],
            [
                "error of errors/ThrottlingException: it was not read",
                "error of errors/PatienceException: it was read, there is none",
            ],
        ),
    ],
)
def test_reports_a_page_that_says_something_else(
    changes: list[tuple[bytes, bytes]], told: list[str]
) -> None:
    page = _rendered("deadline", "GetSessionsStatisticsAggregation")
    text = page.text
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    assert _told(_audited(replace(page, text=text))) == told


def test_reports_a_page_that_is_refused_with_its_line() -> None:
    page = _rendered("deadline", "CreateFarm")
    audited = _audited(replace(page, text=page.text[: len(page.text) // 2]))
    assert audited.refused
    (told,) = _told(audited)
    assert told.startswith("deadline.CreateFarm:")


def test_reports_a_reader_that_fails_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(text: bytes, *, name: str) -> None:
        raise KeyError("surprise")

    monkeypatch.setattr("awsconform.specs.auditing.running.read_page", fail)
    audited = _audited(_rendered("deadline", "CreateFarm"))
    assert _told(audited) == ["the reader failed: KeyError('surprise')"]


def test_explains_a_page_that_botocore_leaves_parts_out_of() -> None:
    page = _rendered("deadline", "CreateFarm")
    cut = b"# This section is too large to render."
    audited = _audited(replace(page, text=page.text.replace(b"'string'", cut, 1)))
    assert audited.refused
    assert [finding.reason is None for finding in audited.findings] == [False]


def test_draws_the_same_sample_again_and_begins_a_larger_one_with_it() -> None:
    selection = selecting.named(["deadline", "sqs", "iam", "ec2", "s3", "cloudwatch"])
    small, large = (selecting.sample(selection, size, 7) for size in (8, 30))
    assert small == selecting.sample(selection, 8, 7)
    assert large[:8] == small
    assert len(set(large)) == 30
    assert selecting.sample(selection, 30, 8) != large


def test_draws_from_every_protocol_first_and_then_from_every_service() -> None:
    names = ["deadline", "sqs", "iam", "ec2", "s3", "glue", "kms", "sns"]
    drawn = selecting.sample(selecting.named(names), 8, 3)
    first = [oracle.service_model(service).metadata["protocol"] for service, _ in drawn[:5]]
    assert set(first) == {"rest-json", "json", "query", "ec2", "rest-xml"}
    assert {service for service, _ in drawn} == set(names)


@pytest.mark.parametrize(
    ("name", "hint"),
    [("deadlin", "deadline"), ("deadline.CreateFram", "CreateFarm")],
)
def test_hints_at_the_name_that_was_meant(name: str, hint: str) -> None:
    with pytest.raises(UsageError) as error:
        selecting.named([name])
    assert hint in str(error.value.hint)


def test_finds_the_same_with_several_processes() -> None:
    selection = [("deadline", "CreateFarm"), ("sqs", "SendMessage"), ("sqs", "CreateQueue")]
    found = []
    for jobs in (1, 2):
        total = summary.Summary("boto3-rst")
        for chunk in audit("boto3-rst", selection, jobs=jobs):
            total.add(chunk)
        found.append((total.pages, total.compared, total.disagreed, total.unexplained))
    assert found[0] == found[1]
    assert found[0][0] == 3


SHOWN: dict[str, tuple[str, ...]] = {
    "lookoutequipment": ("DescribeInferenceScheduler",),
    "lambda": ("Invoke", "InvokeWithResponseStream"),
    "s3": ("CopyObject", "SelectObjectContent"),
    "es": ("PurchaseReservedElasticsearchInstanceOffering",),
    "organizations": ("ListRoots", "LeaveOrganization"),
    "s3vectors": ("PutVectors",),
}


@pytest.mark.parametrize("service", SHOWN)
@pytest.mark.parametrize("form", ["boto3-html", "boto3-text"])
def test_reads_what_sphinx_shows_as_the_model_has_it(form: str, service: str) -> None:
    pytest.importorskip("sphinx")
    format = sphinx_pages.FORMATS[form]
    model = oracle.service_model(service)
    pages = list(format.pages(service, SHOWN[service]))
    assert len(pages) == len(SHOWN[service])
    for page in pages:
        audited = audit_page(page, format, model.operation_model(page.operation))
        assert _told(audited) == []
        assert not audited.refused
