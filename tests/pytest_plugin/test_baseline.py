"""`--awsconform-baseline`: what is known is expected to fail, as `run --baseline` has it."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from awsconform.cli import main
from awsconform.conformance.gate.baseline import Baseline, FlakySet
from awsconform.conformance.gate.reading import read_baseline
from awsconform.conformance.gate.writing import write_baseline
from awsconform.conformance.suite.reporting import NOTHING_JUDGED
from faulty.combined import FAULTS, GET, LIST, OPERATIONS, TWELVE, module
from pytest_plugin.conftest import Run

SUITE = ["--pyargs", "awsconform.conformance.suite"]
FEW = ["--awsconform-examples=0", "--tb=short"]
FILE = "baseline.json"
CLAUSE = f"{LIST}/response/farms/*/displayName#required"
FIXED = [each for each in TWELVE if each != "farms are listed without names"]


# A module is imported once, so each has a name of its own.
NUMBERS = itertools.count()


class CI:
    """A repository with a baseline of a run of the command line with all twelve faults."""

    def __init__(
        self, pytester: pytest.Pytester, run: Run, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.pytester, self.run, self.capsys = pytester, run, capsys
        pytester.syspathinsert()

    def application(self, faults: Iterable[str]) -> str:
        """The name of a target that has these faults: a new one each time."""
        name = f"farm_below_pytest_{next(NUMBERS)}"
        (self.pytester.path / f"{name}.py").write_text(module(faults), encoding="utf-8")
        return f"wsgi:{name}:app"

    def command(
        self, faults: Iterable[str], *words: str, operations: Iterable[str] = OPERATIONS
    ) -> tuple[int, str]:
        """The exit code of `awsconform run --baseline`, and the line that sums it up."""
        target = self.application(faults)
        call = ["run", *operations, "--target", target, "--examples=0", "--baseline", FILE, *words]
        self.capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(call)
        assert isinstance(ended.value.code, int)
        return ended.value.code, summed_up(self.capsys.readouterr().out.splitlines())

    def judge(
        self, faults: Iterable[str], *words: str, operations: Iterable[str] = OPERATIONS
    ) -> pytest.RunResult:
        """What comes of the suite with `--awsconform-baseline`."""
        return self.run(
            *SUITE,
            f"--awsconform-services={','.join(operations)}",
            f"--awsconform-target={self.application(faults)}",
            f"--awsconform-baseline={FILE}",
            *FEW,
            *words,
        )

    def edit(self, **members: Any) -> None:
        """Writes beside the entry of a clause."""
        document = json.loads(Path(FILE).read_text(encoding="utf-8"))
        [entry] = [each for each in document["findings"] if each["clause"] == CLAUSE]
        entry |= members
        Path(FILE).write_text(json.dumps(document), encoding="utf-8")


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The baseline of all twelve faults."""
    folder = tmp_path_factory.mktemp("known")
    (folder / "farm_of_twelve_faults.py").write_text(module(TWELVE), encoding="utf-8")
    file = folder / FILE
    words = ["--target", "wsgi:farm_of_twelve_faults:app", "--examples=0", "--seed=5"]
    call = ["run", *OPERATIONS, *words, "--baseline", str(file), "--update-baseline"]
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        with pytest.raises(SystemExit) as ended:
            main(call)
    assert ended.value.code == 0
    return file.read_bytes()


@pytest.fixture
def ci(known: bytes, pytester: pytest.Pytester, run: Run, capsys: pytest.CaptureFixture[str]) -> CI:
    Path(FILE).write_bytes(known)
    return CI(pytester, run, capsys)


def summed_up(lines: Iterable[str]) -> str:
    """The line that says how many findings are new, fixed, known."""
    [line] = [each for each in lines if each.startswith("Held against")]
    return line


def names(result: pytest.RunResult, word: str) -> set[str]:
    """The clauses of the lines of the short summary that begin so."""
    found = (re.search(rf"^{word} .*\[(.+?)\](?: - |$)", line) for line in result.outlines)
    return {each[1] for each in found if each}


def test_what_is_known_is_expected_to_fail_with_its_reason_and_the_seed_is_taken(ci: CI) -> None:
    ci.edit(reason="no names yet", issue="https://example.com/1")
    result = ci.judge(TWELVE, "-rx")
    assert result.ret == pytest.ExitCode.OK
    entries = read_baseline(Path(FILE)).findings
    result.assert_outcomes(
        passed=result.parseoutcomes()["passed"],
        skipped=result.parseoutcomes()["skipped"],
        xfailed=len({each.clause for each in entries}),
    )
    assert names(result, "XFAIL") == {each.clause for each in entries}
    result.stdout.fnmatch_lines(
        [
            "*target: wsgi:farm_below_pytest_*:app, seed: 5",
            f"Held against {FILE}: {len(entries)} known",
            f"No worse than {FILE}",
            "XFAIL *displayName#required* - no names yet, https://example.com/1, missing (*",
        ]
    )


def test_a_thirteenth_fault_under_a_known_clause_fails_and_is_named(ci: CI) -> None:
    result = ci.judge(FAULTS, "-rf")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert names(result, "FAILED") == {
        f"{LIST}/errors#status",
        f"{LIST}/errors/ValidationException#status",
    }
    result.stdout.fnmatch_lines(
        ["*(ValidationException with 410) is new: it is not in baseline.json"]
    )


def test_what_is_fixed_fails_until_its_entry_is_gone(ci: CI) -> None:
    ci.edit(reason="no names yet")
    result = ci.judge(FIXED, "-rf")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert names(result, "FAILED") == {CLAUSE}
    result.stdout.fnmatch_lines(["*XPASS(strict)* fixed, to be taken out of*no names yet*"])
    assert ci.judge(FIXED, "--awsconform-allow-fixed").ret == pytest.ExitCode.OK
    baseline = read_baseline(Path(FILE))
    rest = tuple(each for each in baseline.findings if each.clause != CLAUSE)
    write_baseline(Path(FILE), Baseline(run=baseline.run, findings=rest, clauses=baseline.clauses))
    assert ci.judge(FIXED).ret == pytest.ExitCode.OK
    assert names(ci.judge(TWELVE, "-rf"), "FAILED") == {CLAUSE}


def test_an_operation_that_is_left_out_fails_the_session(ci: CI) -> None:
    rest = [each for each in OPERATIONS if each != LIST]
    result = ci.judge(TWELVE, operations=rest)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert "failed" not in result.parseoutcomes()
    result.stdout.fnmatch_lines(["Vanished: *", f"  {LIST}, * it is not in the run"])
    allowed = ci.judge(TWELVE, "--awsconform-allow-vanished", operations=rest)
    assert allowed.ret == pytest.ExitCode.OK


def test_an_entry_that_has_expired_tolerates_nothing(ci: CI) -> None:
    ci.edit(expires="2020-02-29")
    result = ci.judge(TWELVE, "-rf")
    assert names(result, "FAILED") == {CLAUSE}
    result.stdout.fnmatch_lines(["*has expired: 2020-02-29", "Expired (1)"])
    gone = ci.judge(FIXED)
    assert gone.ret == pytest.ExitCode.TESTS_FAILED
    assert "failed" not in gone.parseoutcomes()


def test_what_is_flaky_may_come_or_not(ci: CI) -> None:
    baseline = read_baseline(Path(FILE))
    [flaky] = [each for each in baseline.findings if each.clause == CLAUSE]
    rest = tuple(each for each in baseline.findings if each is not flaky)
    sets = (FlakySet("names", (flaky,), written={"reason": "it depends"}),)
    write_baseline(
        Path(FILE),
        Baseline(run=baseline.run, findings=rest, flaky=sets, clauses=baseline.clauses),
    )
    result = ci.judge(TWELVE, "-rx")
    assert result.ret == pytest.ExitCode.OK
    result.stdout.fnmatch_lines(["XFAIL *displayName#required* - it depends, *"])
    assert ci.judge(FIXED).ret == pytest.ExitCode.OK


@pytest.mark.parametrize(
    ("faults", "left_out", "words"),
    [
        (TWELVE, None, []),
        (FAULTS, None, []),
        (FIXED, None, []),
        (FIXED, None, ["allow-fixed"]),
        (TWELVE, GET, []),
        (TWELVE, GET, ["allow-vanished"]),
        ([], None, ["allow-fixed"]),
    ],
    ids=["same", "new", "fixed", "fixed allowed", "vanished", "vanished allowed", "all fixed"],
)
def test_ends_as_the_command_line_does(
    ci: CI, faults: Iterable[str], left_out: str | None, words: list[str]
) -> None:
    asked = [each for each in OPERATIONS if each != left_out]
    below = ci.judge(faults, *(f"--awsconform-{each}" for each in words), operations=asked)
    code, line = ci.command(faults, *(f"--{each}" for each in words), operations=asked)
    assert (below.ret, summed_up(below.outlines)) == (code, line)


# The baseline is named from where the session began, wherever a test goes.
ELSEWHERE = """
import pytest, sys
sys.path.insert(0, {tests!r})

@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
"""


def test_a_distributed_session_is_held_against_it_as_a_whole(ci: CI, run_apart: Run) -> None:
    pytest.importorskip("xdist")
    tests = Path(__file__).parents[1]
    Path("conftest.py").write_text(ELSEWHERE.format(tests=str(tests)))
    ci.run = run_apart
    others = [LIST, "sagemaker-edge.SendHeartbeat"]
    result = ci.judge(TWELVE, "-n", "2", operations=others)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    known = [each for each in read_baseline(Path(FILE)).findings if LIST in each.clause]
    assert result.parseoutcomes()["xfailed"] == len(known)
    result.stdout.fnmatch_lines([f"Held against {FILE}: * vanished, {len(known)} known"])


OWN = """
    import awsconform, pytest
    from {module} import app

    @pytest.fixture(scope="session")
    def target():
        return app

    @awsconform.clauses(*{operations!r}, examples=3)
    def test_contract(target): {body}
"""


def own_test(ci: CI, faults: Iterable[str], body: str = "...") -> None:
    module = ci.application(faults).split(":")[1]
    ci.pytester.makepyfile(test_own=OWN.format(module=module, operations=OPERATIONS, body=body))


def test_tests_of_your_own_are_held_against_it_too(ci: CI) -> None:
    own_test(ci, TWELVE)
    result = ci.run("test_own.py", f"--awsconform-baseline={FILE}")
    assert result.ret == pytest.ExitCode.OK
    assert result.parseoutcomes()["xfailed"] > 0


def test_a_body_that_fails_is_not_what_the_baseline_expects(ci: CI) -> None:
    own_test(ci, [], body="assert 1 == 2")
    result = ci.run("test_own.py", f"--awsconform-baseline={FILE}")
    outcomes = result.parseoutcomes()
    assert "xfailed" not in outcomes
    assert result.ret == pytest.ExitCode.TESTS_FAILED


@pytest.mark.parametrize("words", [[], ["--awsconform-allow-vanished"]])
def test_a_session_whose_target_skips_everything_judged_nothing(ci: CI, words: list[str]) -> None:
    own_test(ci, TWELVE)
    file = Path("test_own.py")
    file.write_text(file.read_text().replace("return app", "pytest.skip('not here')"))
    result = ci.run("test_own.py", f"--awsconform-baseline={FILE}", *words)
    assert result.ret == NOTHING_JUDGED
    result.stdout.fnmatch_lines([f"Held against {FILE}: * vanished", "NOTHING WAS JUDGED"])


def test_a_session_without_clauses_is_left_alone(ci: CI) -> None:
    ci.pytester.makepyfile(test_other="def test_it(): ...")
    result = ci.run("test_other.py", f"--awsconform-baseline={FILE}")
    assert result.ret == pytest.ExitCode.OK
    assert "Held against" not in result.stdout.str()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, "there is no such baseline"),
        ("{", "is no JSON"),
        ('{"format": "awsconform-baseline", "version": 1, "finding": []}', "did you mean findings"),
    ],
)
def test_a_baseline_that_cannot_be_used_is_told_before_anything_runs(
    pytester: pytest.Pytester, run: Run, text: str | None, told: str
) -> None:
    if text is not None:
        Path(FILE).write_text(text, encoding="utf-8")
    result = run(*SUITE, f"--awsconform-baseline={FILE}")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert told in result.stderr.str()
    assert "Traceback" not in result.stderr.str()
