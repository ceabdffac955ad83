"""Below pytest a file, or the environment, says what no option does."""

from __future__ import annotations

import pytest

from pytest_plugin.conftest import Run

SUITE = ("--pyargs", "awsconform.conformance.suite")
FEW = "services = ['deadline.ListFarms']\nclauses = '#enum'\nexamples = 0\n"


@pytest.fixture
def configured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWSCONFORM_NO_CONFIG")


@pytest.mark.usefixtures("configured")
def test_the_file_fills_in_what_no_option_says(pytester: pytest.Pytester, run: Run) -> None:
    (pytester.path / "awsconform.toml").write_text(f"{FEW}seed = 77\n")
    done = run(*SUITE)
    done.stdout.fnmatch_lines(["awsconform*target: emulator:, seed: 77"])
    done.assert_outcomes(passed=1)
    done = run(*SUITE, "--awsconform-seed", "78")
    done.stdout.fnmatch_lines(["awsconform*seed: 78"])
    done = run(*SUITE, "--awsconform-no-config", "--awsconform-services", "nobody")
    assert done.ret == pytest.ExitCode.USAGE_ERROR


@pytest.mark.usefixtures("configured")
def test_the_environment_beats_the_file(
    pytester: pytest.Pytester, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (pytester.path / "awsconform.toml").write_text(f"{FEW}seed = 77\n")
    monkeypatch.setenv("AWSCONFORM_SEED", "79")
    run(*SUITE).stdout.fnmatch_lines(["awsconform*seed: 79"])
    monkeypatch.setenv("AWSCONFORM_SEED", "often")
    done = run(*SUITE)
    assert done.ret == pytest.ExitCode.USAGE_ERROR
    done.stderr.fnmatch_lines(["*AWSCONFORM_SEED: seed has to be a whole number, not 'often'"])


@pytest.mark.usefixtures("configured")
def test_what_is_wrong_with_the_file_is_a_usage_error(pytester: pytest.Pytester, run: Run) -> None:
    (pytester.path / "awsconform.toml").write_text("sede = 1")
    done = run(*SUITE)
    assert done.ret == pytest.ExitCode.USAGE_ERROR
    done.stderr.fnmatch_lines(["ERROR: awsconform.toml:1: *sede*", "*did you mean seed?"])


@pytest.mark.usefixtures("configured")
def test_the_file_is_found_from_the_rootdir(pytester: pytest.Pytester, run: Run) -> None:
    """As in `pytest --rootdir project` from a folder beside it."""
    (pytester.path / ".git").mkdir()
    project = pytester.mkdir("project")
    (project / "pyproject.toml").write_text(
        "[tool.pytest.ini_options]\n[tool.awsconform]\nseed = 77\n" + FEW
    )
    elsewhere = pytester.mkdir("elsewhere")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(elsewhere)
        done = run(*SUITE, "--rootdir", str(project))
    done.stdout.fnmatch_lines(["awsconform*seed: 77"])


@pytest.mark.usefixtures("configured")
def test_a_target_by_name_with_hooks_and_headers(pytester: pytest.Pytester, run: Run) -> None:
    (pytester.path / "hooked_farm.py").write_text(
        "from awsconform.conformance.emulator.application import Emulator\n"
        "emulator = Emulator()\n"
        "clock = emulator.clock\n"
        "def app(environ, start_response):\n"
        "    assert environ['HTTP_X_ONE'] == '1' and environ['HTTP_X_TWO'] == '2'\n"
        "    return emulator(environ, start_response)\n"
        "def before_send(request):\n"
        "    return {'X-Two': '2'}\n"
    )
    (pytester.path / "awsconform.toml").write_text(
        f"target = 'mine'\n{FEW}"
        "[targets.mine]\ntarget = 'wsgi:hooked_farm:app'\nheader = ['X-One: 1']\n"
        "[hooks]\nbefore-send = 'hooked_farm.py:before_send'\n"
    )
    done = run(*SUITE)
    done.stdout.fnmatch_lines(["awsconform*target: wsgi:hooked_farm:app,*"])
    done.assert_outcomes(passed=1)


def test_nothing_is_read_where_nothing_is_to_be(pytester: pytest.Pytester, run: Run) -> None:
    (pytester.path / "awsconform.toml").write_text("sede = 1")
    pytester.makepyfile("def test_it(): pass")
    run().assert_outcomes(passed=1)
