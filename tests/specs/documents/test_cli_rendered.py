"""Pages as the installed AWS CLI renders them say what its models and arguments say."""

from __future__ import annotations

# Before awscli, which otherwise puts a botocore of its own in the place of the installed one.
import botocore.session
import pytest

from awsconform.specs.auditing.rendering import audited
from awsconform.specs.auditing.running import audit_page
from awsconform.specs.documents.recognition import read_page

pytest.importorskip("awscli")

# One or more of each form: lists of scalars with values, maps with values as keys, switches,
# unions, documents, streams in and out, paging, recursion, renamed, hidden and added arguments,
# nothing in or out.
OPERATIONS = {
    "sagemaker-edge": ("SendHeartbeat", "GetDeployments"),
    "sqs": ("SetQueueAttributes", "ReceiveMessage"),
    "dynamodb": ("Query", "DescribeLimits", "PutItem"),
    "s3": ("GetObject", "PutObject", "ListObjectsV2", "SelectObjectContent"),
    "ec2": ("AuthorizeSecurityGroupIngress", "ModifyVpcAttribute", "DescribeRegions"),
    "lambda": ("Invoke", "CreateFunction"),
    "deadline": ("GetSessionsStatisticsAggregation",),
    "lookoutequipment": ("CreateDataset", "DescribeInferenceScheduler"),
    "kinesis": ("PutRecord",),
    "translate": ("ImportTerminology",),
    "ce": ("GetCostAndUsage",),
    "lex-models": ("GetIntent",),
    "route53": ("ListHostedZones", "ChangeResourceRecordSets"),
    "swf": ("RegisterDomain",),
    "s3vectors": ("PutVectors",),
    "apigateway": ("UpdateGatewayResponse",),
    "iam": ("CreateVirtualMFADevice",),
    "sts": ("GetCallerIdentity",),
    "medialive": ("UpdateInputSecurityGroup",),
    "waf": ("CreateIPSet",),
    "emr-serverless": ("StartJobRun",),
}


@pytest.mark.parametrize("service", OPERATIONS)
def test_reads_text_as_the_model_has_it(service: str) -> None:
    form = audited("cli-text")
    model = botocore.session.get_session().get_service_model(service)
    pages = list(form.pages(service, OPERATIONS[service]))
    assert pages
    for page in pages:
        found = audit_page(page, form, model.operation_model(page.operation))
        assert [str(finding.disagreement) for finding in found.findings if not finding.reason] == []


def test_reads_html_as_the_model_has_it() -> None:
    pytest.importorskip("sphinx")
    form = audited("cli-html")
    model = botocore.session.get_session().get_service_model("sagemaker-edge")
    for page in form.pages("sagemaker-edge", ("SendHeartbeat", "GetDeployments")):
        found = audit_page(page, form, model.operation_model(page.operation))
        assert [str(finding.disagreement) for finding in found.findings if not finding.reason] == []
        read = read_page(page.text, name="page")
        assert (read.operation, read.title) == (page.operation, "sagemaker-edge")
