"""Checksums are those of botocore and of the catalogue of CRC algorithms."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from botocore.httpchecksum import Crc32Checksum, Sha1Checksum, Sha256Checksum
from hypothesis import given
from hypothesis import strategies as st

from awsconform.conformance.exchange import Case, Intent, Purpose
from awsconform.conformance.wire.requests import encode
from wire.xml_samples import contract

BOTOCORES = {"CRC32": Crc32Checksum, "SHA1": Sha1Checksum, "SHA256": Sha256Checksum}


def headers(name: str, value: dict[str, Any]) -> dict[str, str]:
    made = contract(name)
    case = Case(made.operation, Intent(Purpose.VALID), {"Bucket": "b", "Key": "k", **value})
    if name != "s3.PutObject":
        del case.value["Key"]
    sent = encode(made, case)
    return {header.lower(): text for header, text in sent.headers}


@given(st.binary(max_size=50), st.sampled_from(sorted(BOTOCORES)))
def test_computes_what_botocore_computes(body: bytes, algorithm: str) -> None:
    stated = {"Body": base64.b64encode(body).decode(), "ChecksumAlgorithm": algorithm}
    made = headers("s3.PutObject", stated)
    assert made[f"x-amz-checksum-{algorithm.lower()}"] == BOTOCORES[algorithm]().handle(body)


@pytest.mark.parametrize(
    ("algorithm", "check"),
    [
        # The values of "123456789" in the catalogue of parametrised CRC algorithms.
        ("CRC32", "cbf43926"),
        ("CRC32C", "e3069283"),
        ("CRC64NVME", "ae8b14860a799888"),
        ("MD5", "25f9e794323b453885f5181f1b624d0b"),
        ("SHA512", "d9e6762dd1c8eaf6d61b3c6192fc408d4d6d5f1176d0c29169bc24e71c3f274a"
                   "d27fcd5811b313d681f7e55ec02d73d499c95455b6b5bb503acf574fba8ffe85"),
    ],
)  # fmt: skip
def test_computes_the_known_values(algorithm: str, check: str) -> None:
    body = base64.b64encode(b"123456789").decode()
    made = headers("s3.PutObject", {"Body": body, "ChecksumAlgorithm": algorithm})
    digest = base64.b64decode(made[f"x-amz-checksum-{algorithm.lower()}"])
    assert digest.hex() == check


def test_sends_the_md5_of_the_body_where_a_checksum_is_due_and_none_is_named() -> None:
    assert headers("s3.PutBucketPolicy", {"Policy": "{}"})["content-md5"] == (
        "mZFLkyvTelC5g8XnyQrpOw=="
    )


@pytest.mark.parametrize(
    "value",
    [
        {"Policy": "{}", "ContentMD5": "AAAA"},
        {"Policy": "{}", "ChecksumAlgorithm": "XXHASH64"},
        {"Policy": "{}", "ChecksumAlgorithm": "none that there is"},
    ],
)
def test_adds_none_of_its_own_where_the_request_says_otherwise(value: dict[str, Any]) -> None:
    made = headers("s3.PutBucketPolicy", value)
    assert made.get("content-md5") == value.get("ContentMD5")
    assert not [name for name in made if name.startswith("x-amz-checksum")]


def test_adds_none_where_none_is_due() -> None:
    assert not [name for name in headers("s3.PutObject", {}) if "checksum" in name or "md5" in name]
    assert headers("s3.GetBucketAcl", {}) == {}
