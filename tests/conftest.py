"""What holds for every test: no network, no one's AWS account, the same examples everywhere."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tracing import UNTRACED

TESTS = Path(__file__).parent
# Contracts are compiled anew, and nothing is left behind; tests of the cache give it a folder.
os.environ["AWSCONFORM_CACHE_DIR"] = ""
# What whoever runs the tests has configured is nothing to them, nor to processes they start.
OF_TESTS = {
    "AWSCONFORM_ALL_PATTERNS",
    "AWSCONFORM_CACHE_DIR",
    "AWSCONFORM_EVERY_CONTRACT",
    "AWSCONFORM_SARIF_SCHEMA",
    "AWSCONFORM_TEST_EVERY_OPERATION",
    "AWSCONFORM_TRACEBACK",
}
for _name in [name for name in os.environ if name.startswith("AWSCONFORM_")]:
    if _name not in OF_TESTS:
        del os.environ[_name]
os.environ["AWSCONFORM_NO_CONFIG"] = "1"
# What is printed is the same in a job of a CI, whose log would fold.
for name in ("GITHUB_ACTIONS", "GITLAB_CI"):
    os.environ.pop(name, None)
settings.register_profile("awsconform", database=None, deadline=None, derandomize=True)
settings.load_profile("awsconform")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--part",
        choices=("traced", "untraced"),
        help="Only the tests that are, or are not, traced.",
    )
    parser.addoption(
        "--every-fault", action="store_true", help="Try all faults there are, not a sample."
    )


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    part = config.getoption("--part", None)
    if part is None or collection_path.suffix != ".py" or TESTS not in collection_path.parents:
        return None
    untraced = collection_path.relative_to(TESTS).as_posix() in UNTRACED
    return True if untraced is (part == "traced") else None


class NetworkForbidden(Exception):
    """A test tried to reach something other than this machine.

    Not an OSError: nothing that expects a network to fail may take it for that.
    """


def _stays_on_this_machine(family: int, address: Any) -> bool:
    if family not in (socket.AF_INET, socket.AF_INET6):
        return True
    host: str = address[0]
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    connect = socket.socket.connect

    def connect_to_this_machine(self: socket.socket, address: Any) -> None:
        if not _stays_on_this_machine(self.family, address):
            self.close()
            raise NetworkForbidden(address)
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_to_this_machine)
        yield


@pytest.fixture(autouse=True, scope="session")
def _no_aws_account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Child processes inherit this as well, so no credentials and no settings reach them."""
    empty: Path = tmp_path_factory.mktemp("aws")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            patch.delenv(name)
        patch.setenv("AWS_CONFIG_FILE", str(empty / "config"))
        patch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(empty / "credentials"))
        patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        yield
