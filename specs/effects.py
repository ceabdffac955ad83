"""What an operation does to the state of things, as far as its name and the model's trait say."""

from __future__ import annotations

import enum
import re

from awsconform.specs.contract import Contract

# Operations that leave nothing behind, by the first words of their names. Receive is none of them:
# what was received is hidden from others for a while.
_LOOKS = re.compile(
    r"(Batch|Transact|Admin|Bulk)?"
    r"(Get|List|Describe|Head|Search|Query|Scan|Lookup|Filter|Select|Find|View|Count|Discover"
    r"|Estimate|Simulate|Preview(?!Portal)|Render|Compare|Contains)(?![a-z])"
)
# Verbs that leave nothing behind with some nouns, and with others send what they test, use up a
# code, set a status or fail over. So of these only names in a known form are taken to look.
_JUDGES = re.compile(
    r"(Batch)?Check(?!In(?![a-z])|Out)(?![a-z])"
    r"|Validate\w*(Policy|Configuration|Settings|Template|Definition|Behaviors|Pipeline|Rule"
    r"|RuleSet|Integrity|Address|QuotasForInterface)$"
    r"|Test(EventPattern|MetricFilter|Transformer|CustomDataIdentifier|Authorization|DNSAnswer"
    r"|Conversion|Mapping|Parsing|TelemetryPipeline|(Connection)?Function|Render\w*Template)$"
    r"|Evaluate(Code|Expression|MappingTemplate|PullRequestApprovalRules)$"
    r"|Verify(DevicePosition|DnsConfiguration|AuthRequestCryptogram|CardValidationData|PinData)$"
)
# Computing with keys that exist.
_COMPUTES = re.compile(
    r"(Decrypt|Encrypt|ReEncrypt)(?![a-z])|(Sign|Verify|VerifyMac)$"
    r"|(GenerateMac|GenerateDataKey|GenerateRandom|DeriveSharedSecret)(?![a-z])"
)
_LISTS = re.compile(r"(List|Scan|Search|Query|Lookup|Filter)(?![a-z])")
_DELETES = re.compile(r"(Delete|Terminate|Deregister)(?=[A-Z])")
_ENDS = re.compile(
    r"(Batch|Bulk|Admin)?(Delete|Terminate|Deregister|Purge|Destroy|Remove|Cancel|Close|Abort|Revoke"
    r"|Schedule\w*Deletion|Unsubscribe|Untag|Detach|Disassociate|Release|Stop|Disable|Deactivate)"
)
# What sounds like reading and makes something all the same: tokens, credentials, identities.
_MAKES = re.compile(r"Token|Credential|Identity|Password|GetId$|GetOpenId|Session(?!s)|Upload")


class Effect(enum.IntEnum):
    """What an operation does, in the order operations are best judged in."""

    LISTS = 0
    READS = 1
    WRITES = 2
    ENDS = 3


def effect_of(contract: Contract) -> Effect:
    """What an operation does: its trait first, then its name."""
    if only_reads(contract):
        lists = contract.aws.get("pagination") is not None or _LISTS.match(contract.operation)
        return Effect.LISTS if lists else Effect.READS
    return Effect.ENDS if _ENDS.match(contract.operation) else Effect.WRITES


def only_reads(contract: Contract) -> bool:
    """Whether an operation leaves everything as it was."""
    return bool(contract.aws.get("readonly")) or reads_by_name(contract.operation)


def reads_by_name(operation: str) -> bool:
    """Whether the name of an operation says that it leaves everything as it was.

    A name that leaves it open does not: what is taken for a write is sent more carefully.
    """
    forms = (_LOOKS, _JUDGES, _COMPUTES)
    looks = any(form.match(operation) for form in forms)
    return looks and _MAKES.search(operation) is None


def deletes(contract: Contract) -> bool:
    """Whether an operation removes the one thing it is named after."""
    return not only_reads(contract) and _DELETES.match(contract.operation) is not None
