"""Which hosts are real AWS, in all of its partitions."""

from __future__ import annotations

import ipaddress
import socket

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

# Where an instance, a container or a pod asks for its metadata and its credentials.
_METADATA = frozenset(
    ipaddress.ip_address(address)
    for address in (
        "169.254.169.254",
        "169.254.170.2",
        "169.254.170.23",
        "fd00:ec2::254",
        "fd00:ec2::23",
    )
)


def is_aws(host: str) -> bool:
    """Whether a host name belongs to AWS, or an address to its instance metadata."""
    name = host.rstrip(".").lower()
    if _address(name.strip("[]")) in _METADATA:
        return True
    return any(name == domain or name.endswith(f".{domain}") for domain in AWS_DOMAINS)


def is_loopback(host: str) -> bool:
    """Whether a host name is this machine's own, by its form alone."""
    name = host.strip("[]").lower()
    return name in ("localhost", "::1") or name.startswith("127.") or name.endswith(".localhost")


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address a host stands for in any form connections take, `0xa9fea9fe` too."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        try:
            return ipaddress.IPv4Address(socket.inet_aton(host))
        except (OSError, ValueError):
            return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address
