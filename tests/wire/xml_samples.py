"""Operations of the query and XML protocols that together have every form of member there is."""

from __future__ import annotations

import functools
import os
from typing import Any

from botocore.model import OperationModel, ServiceModel, Shape
from botocore.session import get_session

from awsconform.specs.contract import Contract, Schema, dense
from awsconform.specs.models import compile_contract

# Every operation of the three protocols, some minutes long.
EVERY_OPERATION = "AWSCONFORM_TEST_EVERY_OPERATION"
_PROTOCOLS = ("query", "ec2", "rest-xml")
_SAMPLE = """
    autoscaling.CreateAutoScalingGroup cloudformation.DescribeStacks cloudsearch.CreateDomain
    cloudwatch.GetMetricData cloudwatch.PutMetricData docdb.ModifyDBCluster
    elasticache.DescribeReplicationGroups iam.CreateUser iam.GetAccountSummary
    iam.GenerateCredentialReport iam.GetCredentialReport iam.SimulateCustomPolicy
    importexport.ListJobs rds.DescribeDBInstances redshift.DeleteTags sdb.BatchPutAttributes
    sdb.Select ses.GetIdentityDkimAttributes ses.SendRawEmail sns.DeleteTopic
    sns.GetTopicAttributes sns.Publish sts.AssumeRoleWithSAML ec2.CreateTags ec2.DeleteVpc
    ec2.DescribeInstances ec2.DescribeInstanceTypes ec2.DescribeSpotPriceHistory
    ec2.ImportKeyPair ec2.RunInstances cloudfront.CopyDistribution cloudfront.CreateInvalidation
    cloudfront.CreateDistribution cloudfront.GetFunction cloudfront.UpdateFunction
    route53.ChangeResourceRecordSets route53.GetTrafficPolicy route53.ListHostedZones
    s3.CompleteMultipartUpload s3.CopyObject s3.CreateBucket s3.DeleteObjects s3.GetBucketAcl
    s3.GetBucketLocation s3.GetBucketPolicy s3.GetObject s3.GetObjectAttributes
    s3.GetObjectRetention s3.HeadObject s3.ListObjectsV2 s3.PutBucketAcl
    s3.PutBucketLifecycleConfiguration s3.PutBucketPolicy s3.PutBucketTagging s3.PutObject
    s3.SelectObjectContent s3control.CreateJob s3control.ListJobs
    s3control.ListStorageLensConfigurations s3control.PutAccessPointPolicy s3control.TagResource
"""


FLATTENED: dict[str, Schema] = {
    "Shelf": {
        "properties": {"Books": {"$ref": "#/$defs/Books", "aws": {"locationName": "Book"}}},
        "aws": {"type": "structure"},
    },
    "Books": {
        "propertyNames": {"$ref": "#/$defs/Title", "aws": {"locationName": "T"}},
        "additionalProperties": {"$ref": "#/$defs/Pages"},
        "aws": {"type": "map", "flattened": True},
    },
    "Title": {"type": "string"},
    "Pages": {"type": "integer"},
}


def operations() -> list[str]:
    """`service.Operation` of the sample, or of every operation where that is asked for."""
    if not os.environ.get(EVERY_OPERATION):
        return _SAMPLE.split()
    models = map(_model, get_session().get_available_services())
    return [
        f"{model.service_name}.{operation}"
        for model in models
        if set(_PROTOCOLS) & set(model.metadata.get("protocols", [model.metadata["protocol"]]))
        for operation in model.operation_names
    ]


@functools.cache
def contract(name: str) -> Contract:
    service, operation = name.split(".")
    protocol = "query" if service == "cloudwatch" else None
    return Contract(compile_contract(service, operation, protocol=protocol))


@functools.cache
def _model(service: str) -> ServiceModel:
    return get_session().get_service_model(service)


def operation_model(of: Contract) -> OperationModel:
    return _model(of.service).operation_model(of.operation)


def shape(of: Contract, name: str) -> Shape:
    return _model(of.service).shape_for(name)


def part_schema(of: Contract, part: str) -> Schema:
    shape = of.part_shape(part)
    if shape is None:
        return {"properties": {}, "aws": {"type": "structure"}}
    return {"$ref": f"#/$defs/{shape}"}


def without_traceless(of: Contract, schema: Any, value: Any) -> Any:
    """The value without flattened lists and maps that are empty, at any depth."""
    resolved = of.resolve(schema)
    if isinstance(value, dict) and "properties" in resolved:
        members = resolved["properties"]
        return {
            name: without_traceless(of, members[name], item)
            for name, item in value.items()
            if item not in ([], {}) or not of.resolve(members[name])["aws"].get("flattened")
        }
    if isinstance(value, dict) and "additionalProperties" in resolved:
        below = dense(resolved["additionalProperties"])
        return {key: without_traceless(of, below, item) for key, item in value.items()}
    if isinstance(value, list) and "items" in resolved:
        return [without_traceless(of, dense(resolved["items"]), item) for item in value]
    return value


def made_contract(protocol: str, shapes: dict[str, Schema], output: str) -> Contract:
    """A contract whose request and response are one shape; `type` alone stands for a schema."""
    return Contract(
        {
            "$defs": {
                name: schema if "aws" in schema else {"aws": {"type": schema["type"]}}
                for name, schema in shapes.items()
            },
            "aws": {
                "service": "made", "apiVersion": "2026-01-01", "operation": "Make",
                "protocol": protocol, "http": {"method": "POST", "uri": "/", "status": 200},
                "input": output, "output": output, "errors": {},
            },
        }
    )  # fmt: skip
