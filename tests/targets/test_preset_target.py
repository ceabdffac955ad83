"""What runs already is found where it leaves its files: credentials, certificate, address."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from awsconform.conformance.exchange import Case, Intent, Purpose
from awsconform.conformance.targets.http import HTTPTarget
from awsconform.conformance.targets.locator import Options, open_target
from awsconform.conformance.targets.preset_target import credentials_in, preset_options
from awsconform.conformance.targets.presets import preset
from awsconform.conformance.wire.signing import FAKE, Credentials
from awsconform.errors import TargetError, TargetUnreachable
from awsconform.specs.catalog import load
from targets.misbehaving_server import RIGHT, answering, serving

AWS = preset("aws-emulator")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def running(home: Path, port: int = 9297, name: str = "emulator_credentials") -> Path:
    folder = home / ".aws" / "emulator" / str(port)
    folder.mkdir(parents=True)
    (folder / "ca.pem").write_text("certificate", encoding="ascii")
    (folder / name).write_text(
        "[default]\naws_access_key_id = AKIDOWN\naws_secret_access_key = s%cret\n",
        encoding="ascii",
    )
    return folder


@pytest.mark.parametrize("name", ["emulator_credentials", "credentials"])
def test_takes_the_credentials_and_the_certificate_it_wrote(home: Path, name: str) -> None:
    folder = running(home, name=name)
    made = preset_options(AWS, 9297, Options())
    assert made.verify == str(folder / "ca.pem")
    assert made.credentials == Credentials("AKIDOWN", "s%cret")


def test_what_the_user_says_is_kept(home: Path) -> None:
    running(home)
    own = Credentials("AKIDMINE", "s")
    assert preset_options(AWS, 9297, Options(credentials=own)).credentials == own
    assert preset_options(AWS, 9297, Options(verify=False)).verify is False
    assert preset_options(AWS, 9297, Options(account_credentials=True)).credentials is None


def test_without_credentials_any_will_do(home: Path) -> None:
    (running(home) / "emulator_credentials").unlink()
    assert preset_options(AWS, 9297, Options()).keys() == FAKE


@pytest.mark.parametrize("name", ["aws-emulator:", "aws-emulator:9300"])
def test_says_that_it_is_not_running(home: Path, name: str) -> None:
    running(home, port=1)
    with pytest.raises(TargetUnreachable, match="aws-emulator is not running on port") as caught:
        open_target(name)
    assert "ca.pem" in caught.value.message
    assert caught.value.exit_code == 3


def test_opens_it_by_its_name_and_by_its_port(home: Path) -> None:
    running(home)
    running(home, port=9300)
    first, second = open_target("aws-emulator:"), open_target("aws-emulator:9300")
    assert isinstance(first, HTTPTarget)
    assert isinstance(second, HTTPTarget)
    assert (first.name, first.address) == ("aws-emulator:", "https://127.0.0.1:9297")
    assert (second.name, second.address) == ("aws-emulator:9300", "https://127.0.0.1:9300")


@pytest.mark.parametrize("name", ["localstack:x", "localstack:0", "aws-emulator:99999"])
def test_only_a_port_may_follow(name: str) -> None:
    with pytest.raises(TargetError, match="only a port"):
        open_target(name)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[a]\naws_access_key_id=A\naws_secret_access_key=S\naws_session_token=T\n", ("A", "T")),
        ("[z]\naws_access_key_id=Z\naws_secret_access_key=S\n[default]\n"
         "aws_access_key_id=D\naws_secret_access_key=S\n", ("D", None)),
        ("[default]\nregion=x\n", None),
        ("", None),
    ],
)  # fmt: skip
def test_reads_the_form_aws_tools_share(
    tmp_path: Path, text: str, found: tuple[str, str | None] | None
) -> None:
    file = tmp_path / "credentials"
    file.write_text(text, encoding="utf-8")
    made = credentials_in(file)
    assert (made and (made.access_key, made.token)) == found


@pytest.mark.parametrize("raw", [b"aws_access_key_id=secret-one", b"[x", b"\xff\xfe"])
def test_a_file_in_no_such_form_is_told_without_what_is_in_it(tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "credentials"
    file.write_bytes(raw)
    with pytest.raises(TargetError, match="no file of credentials") as caught:
        credentials_in(file)
    assert "secret-one" not in str(caught.value)


def test_a_running_target_is_emptied_only_where_that_is_allowed() -> None:
    with serving(answering(RIGHT)) as server:
        port = server.url.rpartition(":")[2]
        kept = open_target(f"localstack:{port}")
        emptied = open_target(f"localstack:{port}", options=replace(Options(), allow_reset=True))
        assert kept.restart is None
        assert emptied.restart is not None
        emptied.restart()
        assert emptied.generation == 1
        contract = load("deadline", "ListFarms")
        case = Case(contract.id, Intent(Purpose.VALID), {})
        assert emptied.send(contract, case).trouble is None
        kept.close()
        emptied.close()
    assert server.requests[0].startswith(b"POST /_localstack/state/reset HTTP/1.1\r\n")


def test_says_that_it_does_not_empty_itself() -> None:
    with serving(answering(b"HTTP/1.1 404 X\r\nContent-Length: 0\r\n\r\n")) as server:
        target = HTTPTarget(server.url, options=Options(allow_reset=True), reset=("POST", "/reset"))
        assert target.restart is not None
        with pytest.raises(TargetError, match="does not empty itself"):
            target.restart()
        target.close()
