"""What requests name that another service makes: roles, keys, networks, topics, buckets.

A member means one of these where its noun is known, alone or behind other words
(`ExecutionRoleArn`), and it is an identifier of a kind that is listed.
"""

from __future__ import annotations

from awsconform.specs.producing.words import ARN, ID, NAME, URL, WHOLE, Named, key

_ROLE = {ARN: "iam:role.RoleArn", WHOLE: "iam:role.RoleArn"}
_KEY = {ID: "kms:key.KeyId", ARN: "kms:key.KeyArn", WHOLE: "kms:key.KeyArn"}
_VPC = {ID: "ec2:vpc.VpcId"}
_SUBNET = {ID: "ec2:subnet.SubnetId", WHOLE: "ec2:subnet.SubnetId"}
_GROUP = {ID: "ec2:security-group.GroupId", WHOLE: "ec2:security-group.GroupId"}
_BUCKET = {NAME: "s3:bucket.Bucket", WHOLE: "s3:bucket.Bucket"}
_TOPIC = {ARN: "sns:topic.TopicArn"}
_FUNCTION = {ARN: "lambda:function.FunctionArn", NAME: "lambda:function.FunctionName"}

# By the key of the noun; to be found at the end of a longer noun as well.
ANYWHERE = {
    "role": _ROLE,
    "rolearn": _ROLE,
    "kmskey": _KEY,
    "kmsmasterkey": _KEY,
    "kmsencryptionkey": _KEY,
    "vpc": _VPC,
    "subnet": _SUBNET,
    "securitygroup": _GROUP,
    "snstopic": _TOPIC,
    "topic": _TOPIC,
    "s3bucket": _BUCKET,
    "bucket": _BUCKET,
    "lambda": {ARN: "lambda:function.FunctionArn"},
    "lambdafunction": _FUNCTION,
    "statemachine": {ARN: "stepfunctions:state-machine.stateMachineArn"},
    "loggroup": {NAME: "logs:log-group.logGroupName"},
    "secret": {ARN: "secretsmanager:secret.SecretArn"},
    "userpool": {ID: "cognito-idp:user-pool.UserPoolId"},
    "hostedzone": {ID: "route53:hosted-zone.HostedZoneId"},
    "eventbus": {NAME: "events:event-bus.EventBusName"},
    "sqsqueue": {URL: "sqs:queue.QueueUrl"},
    "instanceprofile": {
        ARN: "iam:instance-profile.InstanceProfileArn",
        NAME: "iam:instance-profile.InstanceProfileName",
    },
}


def foreign(told: Named, shape: Named | None, service: str) -> tuple[str, str] | None:
    """The resource and the value of another service that a name means, None where it means none.

    Where the member's own name has no kind (`Role`), its shape's tells it.
    """
    for start in range(len(told.words)):
        known = ANYWHERE.get(key(told.words[start:]))
        if known is None:
            continue
        kind = told.kind
        if kind == WHOLE and (shape is None or shape.kind == WHOLE) and start:
            return None
        stated = known.get(kind)
        if stated is None:
            return None
        resource, _, value = stated.partition(".")
        owner, _, own = resource.partition(":")
        return (own if owner == service else resource), value
    return None
