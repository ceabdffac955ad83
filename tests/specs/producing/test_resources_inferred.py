"""Who makes what, of small services: makers, the values they give, what they need, who removes."""

from __future__ import annotations

import pytest

from awsconform.specs.hints import Resource
from service_miniatures import Parts, hints

QUEUES: dict[str, Parts] = {
    "CreateQueue": ({"QueueName!": "String", "Tags": ("Key", "Value")}, {"QueueUrl": "String"}),
    "GetQueueUrl": ({"QueueName!": "String"}, {"QueueUrl": "String"}),
    "DeleteQueue": ({"QueueUrl!": "String"}, {}),
    "PurgeQueue": ({"QueueUrl!": "String"}, {}),
    "SendMessage": ({"QueueUrl!": "String", "Body!": "String"}, {"MessageId": "String"}),
}


def test_a_resource_is_called_by_the_noun_of_what_makes_it() -> None:
    made = hints(
        {"CreateEventBus": ({"Name!": "Name"}, {}), "DeleteEventBus": ({"Name!": "Name"}, {})}
    )
    assert list(made.resources) == ["event-bus"]
    assert made.resources["event-bus"].create == "CreateEventBus"


def test_it_gives_what_the_response_and_what_the_request_name_it_by() -> None:
    queue = hints(QUEUES).resources["queue"]
    assert queue.gives == {
        "QueueName": ("request", "QueueName"),
        "QueueUrl": ("response", "QueueUrl"),
    }
    assert queue.unique == ("QueueName",)


def test_it_is_removed_by_the_plainest_operation_that_removes() -> None:
    assert hints(QUEUES).resources["queue"].delete == ("DeleteQueue",)


@pytest.mark.parametrize(
    ("response", "origin"),
    [
        ({"KeyMetadata": {"KeyId": "KeyId"}}, ("response", "KeyMetadata", "KeyId")),
        ({"Key": {"Id": "KeyId"}}, ("response", "Key", "Id")),
        ({"Id": "KeyId"}, ("response", "Id")),
        ({"Keys": [{"KeyId": "KeyId"}]}, ("response", "Keys", 0, "KeyId")),
        ({"key": {"metadata": {"id": "KeyId"}}}, ("response", "key", "metadata", "id")),
    ],
)
def test_finds_an_identifier_wherever_a_response_has_it(
    response: dict[str, object], origin: tuple[str | int, ...]
) -> None:
    made = hints({"CreateKey": ({}, response), "DescribeKey": ({"KeyId!": "KeyId"}, {})})
    assert made.resources["key"].gives == {"KeyId": origin}
    assert made.of("DescribeKey").needs == ("key",)


def test_what_failed_is_not_what_was_made() -> None:
    made = hints(
        {
            "CreateJob": ({}, {"FailedJobs": [{"JobId": "JobId"}]}),
            "DescribeJob": ({"JobId!": "JobId"}, {}),
        }
    )
    assert "JobId" not in made.resources.get("job", Resource("job", "", {})).gives


@pytest.mark.parametrize(
    ("create", "identifier"),
    [
        ("PutRule", "Name"),
        ("RegisterRule", "Name"),
        ("PutRule", "RuleName"),
        ("CreateRule", "RuleIdentifier"),
    ],
)
def test_puts_and_registrations_make_as_creations_do(create: str, identifier: str) -> None:
    made = hints(
        {
            create: ({f"{identifier}!": "RuleName"}, {}),
            "DescribeRule": ({f"{identifier}!": "RuleName"}, {}),
        }
    )
    assert made.resources["rule"].create == create
    assert made.resources["rule"].unique == (identifier,)
    assert made.of("DescribeRule").needs == ("rule",)


def test_of_two_makers_the_plainer_one_makes() -> None:
    made = hints(
        {
            "CreateCertificate": ({}, {"CertificateArn": "Arn"}),
            "ImportCertificate": ({"Certificate!": "Blob"}, {"CertificateArn": "Arn"}),
            "DeleteCertificate": ({"CertificateArn!": "Arn"}, {}),
        }
    )
    assert made.resources["certificate"].create == "CreateCertificate"


def test_what_starts_something_that_exists_makes_nothing() -> None:
    made = hints(
        {
            "StartInstances": (
                {"InstanceIds!": ["InstanceId"]},
                {"StartingInstances": [{"InstanceId": "InstanceId"}]},
            ),
            "RunInstances": (
                {"ImageId!": "ImageId"},
                {"Instances": [{"InstanceId": "InstanceId"}]},
            ),
            "TerminateInstances": ({"InstanceIds!": ["InstanceId"]}, {}),
        }
    )
    assert made.resources["instance"].create == "RunInstances"
    assert made.of("StartInstances").needs == ("instance",)
    assert made.of("StartInstances").binds == {"InstanceIds/*": "InstanceId"}
    assert made.of("StartInstances").fresh


def test_where_nothing_is_created_starting_makes() -> None:
    made = hints(
        {
            "StartExecution": ({"stateMachineArn!": "Arn"}, {"executionArn": "Arn"}),
            "DescribeExecution": ({"executionArn!": "Arn"}, {}),
            "StopExecution": ({"executionArn!": "Arn"}, {}),
            "CreateStateMachine": ({"name!": "Name"}, {"stateMachineArn": "Arn"}),
        }
    )
    execution = made.resources["execution"]
    assert (execution.create, execution.needs) == ("StartExecution", ("state-machine",))
    assert execution.delete == ("StopExecution",)


def test_needs_go_as_deep_as_they_have_to() -> None:
    made = hints(
        {
            "CreateFarm": ({"displayName!": "Text"}, {"farmId": "FarmId"}),
            "CreateQueue": ({"/farmId!": "FarmId"}, {"queueId": "QueueId"}),
            "CreateJob": ({"/farmId!": "FarmId", "/queueId!": "QueueId"}, {"jobId": "JobId"}),
            "GetJob": (
                {"/farmId!": "FarmId", "/queueId!": "QueueId", "/jobId!": "JobId"},
                {"jobId": "JobId"},
            ),
        }
    )
    assert made.resources["job"].needs == ("farm", "queue")
    assert made.resources["queue"].needs == ("farm",)
    assert made.resources["farm"].needs == ()
    assert made.of("GetJob").needs == ("job",)


def test_what_is_not_required_is_not_needed() -> None:
    made = hints(
        {
            "CreateTopic": ({}, {"TopicArn": "Arn"}),
            "CreateAlarm": ({"AlarmName!": "Name", "TopicArn": "Arn"}, {}),
            "DeleteAlarm": ({"AlarmName!": "Name"}, {}),
        }
    )
    assert made.resources["alarm"].needs == ()


def test_nothing_needs_itself_however_far_around() -> None:
    made = hints(
        {
            "CreateA": ({"CId!": "CId"}, {"AId": "AId"}),
            "CreateB": ({"AId!": "AId"}, {"BId": "BId"}),
            "CreateC": ({"BId!": "BId"}, {"CId": "CId"}),
            "DeleteA": ({"AId!": "AId"}, {}),
            "DeleteB": ({"BId!": "BId"}, {}),
            "DeleteC": ({"CId!": "CId"}, {}),
        }
    )
    edges = [(name, needed) for name, each in made.resources.items() for needed in each.needs]
    assert edges == [("a", "c"), ("c", "b")]


def test_a_copy_needs_its_source_and_gets_a_new_name() -> None:
    made = hints(
        {
            "CreateSnapshot": ({"SnapshotName!": "String"}, {}),
            "CopySnapshot": ({"SourceSnapshotName!": "String", "SnapshotName!": "String"}, {}),
            "RestoreSnapshot": ({"TargetSnapshotName!": "String", "SnapshotName!": "String"}, {}),
            "DeleteSnapshot": ({"SnapshotName!": "String"}, {}),
        }
    )
    assert made.of("CopySnapshot").needs == ()
    assert made.of("CopySnapshot").binds == {}
    assert "TargetSnapshotName" not in made.of("RestoreSnapshot").binds


def test_what_is_attached_is_another_thing_than_what_is_put() -> None:
    made = hints(
        {
            "CreateRole": ({"RoleName!": "Name"}, {"Role": {"Arn": "Arn"}}),
            "CreatePolicy": ({"PolicyName!": "Name"}, {"Policy": {"Arn": "Arn"}}),
            "PutRolePolicy": ({"RoleName!": "Name", "PolicyName!": "Name"}, {}),
            "AttachRolePolicy": ({"RoleName!": "Name", "PolicyArn!": "Arn"}, {}),
            "GetRolePolicy": ({"RoleName!": "Name", "PolicyName!": "Name"}, {}),
            "DetachRolePolicy": ({"RoleName!": "Name", "PolicyArn!": "Arn"}, {}),
        },
        service="iam",
    )
    assert made.of("GetRolePolicy").needs == ("role", "role-policy")
    assert made.resources["role-policy"].gives == {"PolicyName": ("request", "PolicyName")}
    assert made.of("DetachRolePolicy").needs == ("role", "policy", "attached-role-policy")
    assert made.resources["attached-role-policy"].create == "AttachRolePolicy"


def test_a_setting_gives_nothing_and_is_set_before_it_is_read() -> None:
    made = hints(
        {
            "CreateBucket": ({"/Bucket!": "BucketName"}, {}),
            "PutBucketPolicy": ({"/Bucket!": "BucketName", "Policy!": "Policy"}, {}),
            "GetBucketPolicy": ({"/Bucket!": "BucketName"}, {"Policy": "Policy"}),
            "GetBucketLocation": ({"/Bucket!": "BucketName"}, {"Location": "String"}),
            "DeleteBucketPolicy": ({"/Bucket!": "BucketName"}, {}),
        }
    )
    setting = made.resources["bucket-policy"]
    assert (setting.gives, setting.needs) == ({}, ("bucket",))
    # The bucket first: it serves even where the policy cannot be set.
    assert made.of("GetBucketPolicy").needs == ("bucket", "bucket-policy")
    assert made.of("GetBucketLocation").needs == ("bucket",)
    assert made.of("PutBucketPolicy").needs == ("bucket",)


def test_a_statement_of_a_permission_is_told_apart_by_its_own_id() -> None:
    made = hints(
        {
            **QUEUES,
            "AddPermission": ({"QueueUrl!": "String", "Label!": "String"}, {}),
            "RemovePermission": ({"QueueUrl!": "String", "Label!": "String"}, {}),
        }
    )
    assert made.resources["permission"].gives == {"Label": ("request", "Label")}
    assert made.resources["permission"].unique == ("Label",)
    assert made.of("RemovePermission").needs == ("queue", "permission")


def test_identifiers_without_a_noun_come_from_where_they_are_answered() -> None:
    made = hints(
        {
            "CreateBucket": ({"/Bucket!": "BucketName"}, {}),
            "CreateMultipartUpload": ({"/Bucket!": "BucketName"}, {"UploadId": "UploadId"}),
            "ListParts": ({"/Bucket!": "BucketName", "/UploadId!": "UploadId"}, {}),
            "GetShardIterator": ({"/Bucket!": "BucketName"}, {"ShardIterator": "ShardIterator"}),
            "GetRecords": ({"ShardIterator!": "ShardIterator"}, {}),
        }
    )
    assert made.of("ListParts").needs == ("multipart-upload",)
    assert made.resources["shard-iterator"].create == "GetShardIterator"
    assert made.resources["shard-iterator"].needs == ("bucket",)


def test_reading_what_was_sent_needs_that_it_was_sent() -> None:
    made = hints(
        {
            **QUEUES,
            "ReceiveMessage": (
                {"QueueUrl!": "String"},
                {"Messages": [{"ReceiptHandle": "String"}]},
            ),
            "DeleteMessage": ({"QueueUrl!": "String", "ReceiptHandle!": "String"}, {}),
        }
    )
    handle = made.resources["receipt-handle"]
    assert handle.create == "ReceiveMessage"
    assert handle.gives == {"ReceiptHandle": ("response", "Messages", 0, "ReceiptHandle")}
    assert "message" in handle.needs


def test_a_name_in_a_structure_of_the_request_is_given_and_unique() -> None:
    made = hints(
        {
            "CreateTable": ({"TableInput!": {"Name!": "Text"}}, {}),
            "GetTable": ({"Name!": "Text"}, {}),
            "PutTargets": ({"Targets!": [{"Id!": "TargetId"}]}, {}),
            "RemoveTargets": ({"Ids!": ["TargetId"]}, {}),
        }
    )
    assert made.resources["table"].unique == ("TableInput/Name",)
    assert made.of("GetTable").binds == {"Name": "TableName"}
    assert made.resources["target"].gives["TargetId"] == ("request", "Targets", 0, "Id")
    assert made.of("RemoveTargets").binds == {"Ids/*": "TargetId"}


def test_a_job_is_called_a_job_whatever_kind_of_job_it_is() -> None:
    made = hints(
        {
            "StartImportJob": ({}, {"JobId": "JobId"}),
            "StartExportJob": ({}, {"JobId": "JobId"}),
            "DescribeImportJob": ({"JobId!": "JobId"}, {}),
            "DescribeExportJob": ({"JobId!": "JobId"}, {}),
        }
    )
    assert made.of("DescribeImportJob").needs == ("import-job",)
    assert made.of("DescribeExportJob").needs == ("export-job",)


def test_the_account_of_the_caller_is_said_where_it_has_to_be() -> None:
    made = hints(
        {
            "CreateTopic": ({"/AwsAccountId!": "Id", "/TopicId!": "Id"}, {}),
            "DescribeTopic": ({"/AwsAccountId!": "Id", "/TopicId!": "Id"}, {}),
        }
    )
    assert made.of("DescribeTopic").values == {"AwsAccountId": "${account}"}
    assert made.resources["topic"].values == {"AwsAccountId": "${account}"}
    assert made.resources["topic"].gives == {"TopicId": ("request", "TopicId")}


def test_another_service_makes_what_is_its_own() -> None:
    operations: dict[str, Parts] = {
        "CreateFunction": ({"FunctionName!": "Name", "Role!": "RoleArn"}, {}),
        "GetFunction": ({"FunctionName!": "Name"}, {}),
        "CreateCluster": (
            {"Network!": {"SubnetIds!": ["SubnetId"]}, "executionRoleArn!": "Arn"},
            {"ClusterId": "Id"},
        ),
        "DeleteCluster": ({"ClusterId!": "Id"}, {}),
    }
    made = hints(operations)
    assert made.resources["function"].needs == ("iam:role",)
    assert made.of("CreateFunction").binds == {"Role": "iam:role.RoleArn"}
    assert made.of("CreateCluster").binds == {
        "Network/SubnetIds/*": "ec2:subnet.SubnetId",
        "executionRoleArn": "iam:role.RoleArn",
    }


def test_its_own_service_comes_before_another() -> None:
    made = hints(
        {
            "CreateRole": ({"RoleName!": "Name"}, {"Role": {"Arn": "Arn"}}),
            "GrantAccess": ({"RoleArn!": "Arn"}, {}),
        }
    )
    assert made.of("GrantAccess").needs == ("role",)
    assert made.of("GrantAccess").binds == {}
    assert made.resources["role"].gives["RoleArn"] == ("response", "Role", "Arn")
