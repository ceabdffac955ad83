"""TLS with a certificate of the target's own: verified by a bundle, told by doctor."""

from __future__ import annotations

import contextlib
import datetime
import ipaddress
import json
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from awsconform.conformance.exchange import Case, Intent, Purpose, Trouble
from awsconform.conformance.targets.http import HTTPTarget
from awsconform.conformance.targets.locator import open_target
from awsconform.conformance.targets.options import Options
from awsconform.conformance.targets.target import Target
from awsconform.specs.catalog import load
from cli.calling import caller

LIST_FARMS = load("deadline", "ListFarms")
CASE = Case(LIST_FARMS.id, Intent(Purpose.VALID), {})


@dataclass(frozen=True)
class Served:
    port: int
    certificate: Path
    authorizations: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("tls")
    _make_certificate(folder)
    found = Served(0, folder / "ca.pem")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            found.authorizations.append(self.headers.get("Authorization", ""))
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("x-amzn-RequestId", "1")
            self.send_header("Content-Length", "12")
            self.end_headers()
            self.wfile.write(b'{"farms":[]}')

        def log_message(self, format: str, *args: object) -> None:
            return

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "ca.pem", folder / "key.pem")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *given: None  # type: ignore[method-assign]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield Served(server.server_port, found.certificate, found.authorizations)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _make_certificate(folder: Path) -> None:
    pytest.importorskip("cryptography")
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "an emulator")])
    now = datetime.datetime.now(datetime.UTC)
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "ca.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


@contextlib.contextmanager
def closing(target: Target) -> Iterator[Target]:
    try:
        yield target
    finally:
        target.close()


def test_a_bundle_verifies_a_certificate_of_ones_own(served: Served) -> None:
    options = Options(verify=str(served.certificate))
    target = HTTPTarget(f"https://127.0.0.1:{served.port}", options=options)
    with closing(target):
        assert target.tls is None
        assert target.send(LIST_FARMS, CASE).trouble is None
        assert target.tls is not None
        assert (target.tls.subject, target.tls.issuer) == ("an emulator", "an emulator")
        assert target.tls.version.startswith("TLSv1.")


def test_what_nobody_vouches_for_is_not_reached_unless_that_is_wanted(served: Served) -> None:
    url = f"https://127.0.0.1:{served.port}"
    with closing(HTTPTarget(url)) as target:
        made = target.send(LIST_FARMS, CASE)
    assert made.trouble is Trouble.UNREACHABLE
    assert "certificate" in made.detail.lower()
    careless = HTTPTarget(url, options=Options(verify=False))
    with closing(careless):
        assert careless.send(LIST_FARMS, CASE).trouble is None
        assert "not verified" in str(careless.tls)


def test_the_emulator_of_aws_is_reached_with_what_it_wrote(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = tmp_path / ".aws" / "emulator" / str(served.port)
    folder.mkdir(parents=True)
    (folder / "ca.pem").write_bytes(served.certificate.read_bytes())
    (folder / "emulator_credentials").write_text(
        "[default]\naws_access_key_id = AKIDEMULATOR\naws_secret_access_key = s\n",
        encoding="ascii",
    )
    with closing(open_target(f"aws-emulator:{served.port}")) as target:
        made = target.send(LIST_FARMS, CASE)
    assert made.trouble is None
    assert "Credential=AKIDEMULATOR/" in served.authorizations[-1]


def test_doctor_tells_of_the_certificate(
    served: Served, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["doctor", "deadline", "--target", f"https://127.0.0.1:{served.port}"]
    words += ["--ca-bundle", str(served.certificate)]
    call = caller(capsys)
    ended = call(*words)
    assert ended.code == 0
    assert "an emulator by an emulator until" in ended.out
    told = json.loads(call(*words, "--format", "json").out)
    assert told["tls"]["subject"] == "an emulator"
