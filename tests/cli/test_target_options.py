"""The options that say what is spoken to: which go together, and that they are repeated."""

from __future__ import annotations

from pathlib import Path

import pytest

from awsconform.commands.target_options import spoken_of
from awsconform.conformance.targets.options import Options
from awsconform.errors import UsageError
from cli.calling import Call


def test_without_options_the_emulator_is_judged_as_always() -> None:
    spoken = spoken_of()
    assert (spoken.name, spoken.options, spoken.flags) == ("emulator:", Options(), ())


def test_start_names_a_target() -> None:
    assert spoken_of(start="moto").name == "start:moto"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--start", "moto", "--target", "moto:"], "both name a target"),
        (["--access-key-id", "AKID"], "go together"),
        (["--secret-access-key", "s3cr3t"], "go together"),
        (["--session-token", "t0k3n"], "--access-key-id"),
        (["--account-credentials", "--access-key-id", "A", "--secret-access-key", "s3cr3t"],
         "two ways"),
        (["--header", "no-colon"], "NAME:VALUE"),
        (["--header", "bad name:x"], "NAME:VALUE"),
        (["--header", "X: a\r\nY: b"], "NAME:VALUE"),
        (["--ca-bundle", "/nowhere.pem"], "no file"),
        (["--allow-writes"], "--allow-aws"),
        (["--timeout", "nan"], "no number of seconds"),
        (["--max-time", "0"], "0"),
        *(([option, "1e300"], "1e+300 is more than 1e+06 seconds")
          for option in ("--timeout", "--max-time", "--start-timeout")),
        *((["--region", region], f"--region {region!r} can be no region")
          for region in ("", "us east", "us-east-1\n", "US", "é")),
        (["--start", "no-such-program {port}"], "no command"),
    ],
)  # fmt: skip
def test_says_what_does_not_go_together(call: Call, words: list[str], told: str) -> None:
    ended = call("run", "deadline.ListFarms", *words)
    assert ended.code == 2
    assert told in ended.err
    assert "s3cr3t" not in ended.err
    assert "t0k3n" not in ended.err


def test_the_options_are_repeated_without_their_secrets(tmp_path: Path) -> None:
    bundle = tmp_path / "a bundle.pem"
    bundle.write_text("x", encoding="ascii")
    spoken = spoken_of(
        target="https://localhost:1",
        headers=("X-Team: blue sky", "X-Api-Key: t0psecret"),
        path_style=False,
        access_key_id="AKIDOWN",
        secret_access_key="own-secret",
        session_token="own-token",
        ca_bundle=str(bundle),
        timeout=2.5,
    )
    assert spoken.options.headers == (("X-Team", "blue sky"), ("X-Api-Key", "t0psecret"))
    assert spoken.options.virtual_hosts
    assert spoken.options.keys().token == "own-token"
    text = " ".join(spoken.flags)
    assert "--header 'X-Team:blue sky'" in text
    assert '--header "X-Api-Key:$X_API_KEY"' in text
    assert "--virtual-host-style" in text
    assert "--timeout 2.5" in text
    assert f"--ca-bundle '{bundle}'" in text
    for secret in ("own-secret", "own-token", "t0psecret"):
        assert secret not in text
        assert secret not in repr(spoken.flags)


@pytest.mark.parametrize("text", ["", ":", ":x", "Ü:x", "X:ü"])
def test_a_header_is_a_name_and_a_value(text: str) -> None:
    with pytest.raises(UsageError):
        spoken_of(headers=(text,))


def test_real_aws_is_signed_for_with_keys_of_the_account_or_those_given() -> None:
    assert spoken_of(allow_aws=True).options.account_credentials
    own = spoken_of(allow_aws=True, access_key_id="A", secret_access_key="b").options
    assert not own.account_credentials
    assert own.keys().access_key == "A"


def test_after_its_time_a_run_says_that_it_is_over(call: Call) -> None:
    ended = call("run", "deadline.ListFarms", "--max-time", "0.000001", "--seed", "1")
    assert ended.code in (0, 1, 3)
    assert "the time for the run, 1e-06 s, was over" in " ".join(ended.out.split())
