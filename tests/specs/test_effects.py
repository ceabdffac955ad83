"""Which operations leave everything as it was, by their names."""

from __future__ import annotations

import re

import pytest

from awsconform.specs import catalog
from awsconform.specs.effects import only_reads, reads_by_name

# The first words of names that say of themselves that an operation only looks.
PLAIN = re.compile(
    r"(Batch|Transact|Admin)?(Get|List|Describe|Head|Search|Query|Scan|Select|Lookup|Filter|Find"
    r"|View|Count|Discover|Estimate|Simulate|Preview|Render|Compare|Contains)(?![a-z])"
)
# All others of the installed models that are taken for reads, each looked at.
LOOKED_AT = [
    "accessanalyzer.CheckAccessNotGranted",
    "accessanalyzer.CheckNoNewAccess",
    "accessanalyzer.CheckNoPublicAccess",
    "accessanalyzer.ValidatePolicy",
    "appconfig.ValidateConfiguration",
    "appsync.EvaluateCode",
    "appsync.EvaluateMappingTemplate",
    "auditmanager.ValidateAssessmentReportIntegrity",
    "b2bi.TestConversion",
    "b2bi.TestMapping",
    "b2bi.TestParsing",
    "bedrock-agent-runtime.CheckIngestedDocumentAcl",
    "bedrock-agent.ValidateFlowDefinition",
    "chime-sdk-voice.ValidateE911Address",
    "cloudformation.ValidateTemplate",
    "cloudfront.TestConnectionFunction",
    "cloudfront.TestFunction",
    "cloudfront.VerifyDnsConfiguration",
    "codecommit.EvaluatePullRequestApprovalRules",
    "datapipeline.EvaluateExpression",
    "datapipeline.ValidatePipelineDefinition",
    "ec2.ValidateSecurityGroupQuotasForInterface",
    "ecr-public.BatchCheckLayerAvailability",
    "ecr.BatchCheckLayerAvailability",
    "ecr.ValidatePullThroughCacheRule",
    "elasticbeanstalk.CheckDNSAvailability",
    "elasticbeanstalk.ValidateConfigurationSettings",
    "events.TestEventPattern",
    "gamelift.ValidateMatchmakingRuleSet",
    "glue.CheckSchemaVersionValidity",
    "iot.TestAuthorization",
    "iot.ValidateSecurityProfileBehaviors",
    "kms.Decrypt",
    "kms.DeriveSharedSecret",
    "kms.Encrypt",
    "kms.GenerateDataKey",
    "kms.GenerateDataKeyPair",
    "kms.GenerateDataKeyPairWithoutPlaintext",
    "kms.GenerateDataKeyWithoutPlaintext",
    "kms.GenerateMac",
    "kms.GenerateRandom",
    "kms.ReEncrypt",
    "kms.Sign",
    "kms.Verify",
    "kms.VerifyMac",
    "lightsail.CheckSubdomainAvailability",
    "location.VerifyDevicePosition",
    "logs.TestMetricFilter",
    "logs.TestTransformer",
    "macie2.TestCustomDataIdentifier",
    "observabilityadmin.TestTelemetryPipeline",
    "observabilityadmin.ValidateTelemetryPipelineConfiguration",
    "osis.ValidatePipeline",
    "payment-cryptography-data.DecryptData",
    "payment-cryptography-data.EncryptData",
    "payment-cryptography-data.GenerateMac",
    "payment-cryptography-data.GenerateMacEmvPinChange",
    "payment-cryptography-data.ReEncryptData",
    "payment-cryptography-data.VerifyAuthRequestCryptogram",
    "payment-cryptography-data.VerifyCardValidationData",
    "payment-cryptography-data.VerifyMac",
    "payment-cryptography-data.VerifyPinData",
    "qbusiness.CheckDocumentAccess",
    "route53.TestDNSAnswer",
    "route53domains.CheckDomainAvailability",
    "route53domains.CheckDomainTransferability",
    "secretsmanager.ValidateResourcePolicy",
    "ses.TestRenderTemplate",
    "sesv2.TestRenderEmailTemplate",
    "sns.CheckIfPhoneNumberIsOptedOut",
    "stepfunctions.ValidateStateMachineDefinition",
    "wafv2.CheckCapacity",
]


@pytest.mark.parametrize(
    "name",
    [
        # Makes a user, a job, a preview, or the connection that is tested.
        "cognito-idp.SignUp",
        "signer.SignPayload",
        "apigatewayv2.PreviewPortal",
        "dms.TestConnection",
        "cloudformation.TestType",
        # Sends a message, or events.
        "ses.VerifyEmailAddress",
        "ses.VerifyDomainDkim",
        "codecommit.TestRepositoryTriggers",
        "location.BatchEvaluateGeofences",
        "iotwireless.TestWirelessDevice",
        "lightsail.TestAlarm",
        # Uses up a code, and things are verified from then on.
        "cognito-idp.VerifyUserAttribute",
        "sns.VerifySMSSandboxPhoneNumber",
        "pinpoint.VerifyOTPMessage",
        "endusermessaging.ValidateNotifyCodeVerification",
        "ds.VerifyTrust",
        # Fails over, gives back a license, sets a status.
        "elasticache.TestFailover",
        "license-manager.CheckInLicense",
        "devops-agent.ValidateAwsAssociations",
        # Calls what stands behind.
        "apigateway.TestInvokeMethod",
        "iot.TestInvokeAuthorizer",
        "stepfunctions.TestState",
        "glue.TestConnection",
        "bedrock-agentcore.Evaluate",
        # Says who looked.
        "connect.EvaluateDataTableValues",
    ],
)
def test_what_only_sounds_like_looking_writes(name: str) -> None:
    assert not reads_by_name(name.partition(".")[2])


def test_what_is_not_plainly_a_read_is_one_only_where_it_was_looked_at() -> None:
    found = {
        f"{service}.{operation}"
        for service in catalog.default().services
        for operation in catalog.operations(service)
        if reads_by_name(operation) and not PLAIN.match(operation)
    }
    assert sorted(found - {*LOOKED_AT}) == []


@pytest.mark.parametrize(
    "name", [*LOOKED_AT, "inspector.PreviewAgents", "cognito-idp.AdminGetUser"]
)
def test_what_was_looked_at_and_leaves_nothing_behind_reads(name: str) -> None:
    assert reads_by_name(name.partition(".")[2])


@pytest.mark.parametrize(
    ("name", "reads"),
    [("kms.Sign", True), ("cognito-idp.SignUp", False), ("elasticache.TestFailover", False)],
)
def test_an_operation_without_a_trait_is_known_by_its_name(name: str, reads: bool) -> None:
    assert only_reads(catalog.load(*name.split("."))) is reads
