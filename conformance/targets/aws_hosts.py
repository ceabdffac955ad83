"""Which hosts are real AWS, in all of its partitions."""

from __future__ import annotations

# From botocore's partition data (partitions.json, endpoints.json) and the domains in which AWS
# serves function URLs, gateways and hosted applications.
AWS_DOMAINS = (
    "amazonaws.com",
    "amazonaws.com.cn",
    "amazonaws.eu",
    "amazonwebservices.com",
    "amazonwebservices.com.cn",
    "amazonwebservices.eu",
    "api.aws",
    "on.aws",
    "aws.dev",
    "aws",
    "c2s.ic.gov",
    "sc2s.sgov.gov",
    "adc-e.uk",
    "cloud.adc-e.uk",
    "hci.ic.gov",
    "csp.hci.ic.gov",
    "amazon.com",
    "amazon.com.cn",
)


def is_aws(host: str) -> bool:
    """Whether a host name belongs to AWS."""
    name = host.rstrip(".").lower()
    return any(name == domain or name.endswith(f".{domain}") for domain in AWS_DOMAINS)


def is_loopback(host: str) -> bool:
    """Whether a host name is this machine's own, by its form alone."""
    name = host.strip("[]").lower()
    return name in ("localhost", "::1") or name.startswith("127.") or name.endswith(".localhost")
