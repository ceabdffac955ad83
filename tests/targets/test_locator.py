"""A target's name is one string; what is wrong with it is said before anything is sent."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

from awsconform.conformance.exchange import Case, Intent, Purpose, Trouble, View
from awsconform.conformance.targets.client import ClientTarget
from awsconform.conformance.targets.http import HTTPTarget
from awsconform.conformance.targets.locator import Options, as_target, open_target
from awsconform.conformance.targets.wsgi import WSGITarget
from awsconform.conformance.wire.classification import Reaction, classify
from awsconform.conformance.wire.signing import FAKE, Credentials
from awsconform.errors import AwsconformError, TargetError, UsageError
from awsconform.specs.catalog import load

MODULE = """
class Fake:
    def list_farms(self, **arguments):
        return {"farms": []}

def application(environ, start_response):
    start_response("200 OK", [])
    return [b"{}"]

def factory():
    return Fake()

def broken():
    raise LookupError("no luck")

def make_application():
    return application

fake = Fake()
number = 5

class Holder:
    application = staticmethod(application)
"""


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    name = f"targets_of_{tmp_path.name.replace('-', '_')}"
    (tmp_path / f"{name}.py").write_text(MODULE, encoding="utf-8")
    (tmp_path / f"{name}_failing.py").write_text("import nowhere_to_be_found", encoding="utf-8")
    (tmp_path / f"{name}_exploding.py").write_text("1 / 0", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    return name


@pytest.mark.parametrize(
    ("name", "kind", "view"),
    [
        ("emulator:", WSGITarget, View.WIRE),
        ("http://localhost:5000", HTTPTarget, View.WIRE),
        ("https://localhost", HTTPTarget, View.WIRE),
        ("wsgi:{}:application", WSGITarget, View.WIRE),
        ("wsgi:{}:Holder.application", WSGITarget, View.WIRE),
        ("client:{}:factory", ClientTarget, View.SDK),
        ("client:{}:Fake", ClientTarget, View.SDK),
        ("client:{}:fake", ClientTarget, View.SDK),
    ],
)
def test_opens_what_a_name_says(module: str, name: str, kind: type, view: View) -> None:
    name = name.format(module)
    target = open_target(name)
    assert isinstance(target, kind)
    assert (target.name, target.view) == (name, view)
    target.close()


@pytest.mark.parametrize(
    "name",
    [
        "", "emulator", "localhost:5000", "ftp://h", "emulator:x", "moto:x", "wsgi:", "wsgi:a",
        "wsgi:a:", "wsgi::b", "client:", "wsgi:no_such_module:app", "wsgi:{}:nothing",
        "wsgi:{}:number", "client:{}:number", "client:{}:broken", "client:{}:nothing.at.all",
        "wsgi:{}_failing:app", "wsgi:{}_exploding:app", "wsgi:..:app",
    ],
)  # fmt: skip
def test_says_what_is_wrong_with_a_name(module: str, name: str) -> None:
    with pytest.raises(TargetError) as caught:
        open_target(name.format(module))
    assert caught.value.exit_code == 2
    assert str(caught.value)


def test_finds_modules_of_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "found_in_the_current_folder.py").write_text(MODULE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [path for path in sys.path if path])
    assert open_target("wsgi:found_in_the_current_folder:application").view is View.WIRE


def test_takes_python_objects(module: str) -> None:
    made = importlib.import_module(module)
    target = open_target("emulator:")
    assert as_target(target) is target
    assert isinstance(as_target(made.application), WSGITarget)
    assert isinstance(as_target(made.make_application), WSGITarget)
    assert isinstance(as_target(made.fake), ClientTarget)
    assert isinstance(as_target(made.factory), ClientTarget)
    assert isinstance(as_target(made.Fake), ClientTarget)
    assert isinstance(as_target(lambda: target), WSGITarget)
    assert isinstance(as_target("http://localhost"), HTTPTarget)
    assert as_target(made.application).name == f"wsgi:{module}:application"


@pytest.mark.parametrize("thing", [None, 5, [], object(), b"emulator:", type])
def test_refuses_objects_that_are_no_targets(thing: Any) -> None:
    with pytest.raises(TargetError):
        as_target(thing)


@pytest.mark.parametrize("kind", ["client", "wsgi"])
def test_names_the_module_whose_import_is_missing(module: str, kind: str) -> None:
    with pytest.raises(TargetError) as caught:
        open_target(f"{kind}:{module}_failing:anything")
    assert f"{module}_failing imports the missing module 'nowhere_to_be_found'" in str(caught.value)


def test_a_module_that_ends_the_program_is_told(module: str, tmp_path: Path) -> None:
    (tmp_path / f"{module}_ending.py").write_text("raise SystemExit(0)", encoding="utf-8")
    with pytest.raises(TargetError, match="SystemExit"):
        open_target(f"wsgi:{module}_ending:application")


def test_a_function_that_ends_the_program_is_told() -> None:
    def ends() -> None:
        raise SystemExit(0)

    with pytest.raises(TargetError, match="SystemExit"):
        as_target(ends)


def test_a_method_that_ends_the_program_is_trouble() -> None:
    class Ending:
        def list_farms(self, **given: Any) -> None:
            raise SystemExit(0)

    made = as_target(Ending()).send(
        load("deadline", "ListFarms"), Case("deadline.ListFarms", Intent(Purpose.VALID), {})
    )
    assert made.trouble is Trouble.CRASHED
    assert "SystemExit" in made.detail


def test_a_profile_that_does_not_exist_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "no-such-profile")
    with pytest.raises(UsageError, match="no-such-profile"):
        open_target("http://localhost", options=Options(account_credentials=True))


def test_says_that_a_function_fails(module: str) -> None:
    with pytest.raises(TargetError, match="no luck"):
        as_target(importlib.import_module(module).broken)


def test_signs_with_made_up_credentials_unless_told_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own = Credentials("AKIDEXAMPLE", "s")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDACCOUNT")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "s")
    assert Options().keys() == FAKE
    assert Options(credentials=own).keys() == own
    assert Options(account_credentials=True).keys().access_key == "AKIDACCOUNT"


def test_says_that_there_are_no_credentials() -> None:
    with pytest.raises(UsageError):
        open_target("http://localhost", options=Options(account_credentials=True))


@pytest.mark.skipif(importlib.util.find_spec("moto") is not None, reason="moto is installed")
def test_says_that_moto_is_not_installed() -> None:
    with pytest.raises(AwsconformError) as caught:
        open_target("moto:")
    assert "awsconform[moto]" in (caught.value.hint or "")


@pytest.mark.filterwarnings("ignore")
def test_judges_moto_in_this_process() -> None:
    pytest.importorskip("moto.moto_server.werkzeug_app")
    target = open_target("moto:")

    def reaction(service: str, operation: str, **value: Any) -> Reaction:
        from awsconform.conformance.wire.answers import read

        contract = load(service, operation)
        made = target.send(contract, Case(operation, Intent(Purpose.VALID), value))
        answer = read(contract, made.response) if made.response else None
        return classify(contract, made, answer)

    assert reaction("dynamodb", "ListTables") is Reaction.ACCEPTED
    assert reaction("dynamodb", "DescribeTable", TableName="none") is Reaction.REFUSED
    assert reaction("deadline", "ListFarms") is Reaction.UNIMPLEMENTED
    assert reaction("lookoutequipment", "ListInferenceSchedulers") is Reaction.UNIMPLEMENTED
    assert reaction("sagemaker-edge", "SendHeartbeat") is Reaction.UNIMPLEMENTED
    assert reaction("ssm", "ListNodes") is Reaction.UNIMPLEMENTED
    assert reaction("lambda", "ListCodeSigningConfigs") is Reaction.UNIMPLEMENTED
    contract = load("secretsmanager", "GetSecretValue")
    made = target.send(contract, Case("GetSecretValue", Intent(Purpose.VALID), {"SecretId": 5}))
    assert made.trouble is Trouble.CRASHED
