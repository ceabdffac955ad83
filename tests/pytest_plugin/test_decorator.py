"""`awsconform.clauses` on a test function."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from awsconform.specs import catalog
from awsconform.specs.clauses import Level, clauses

Run = Callable[..., pytest.RunResult]

HEADER = """
    import pytest
    import awsconform
    from strange_farm import Faulty, app

"""


@pytest.fixture(autouse=True)
def _faulty(faulty: Path) -> Path:
    return faulty


def written(pytester: pytest.Pytester, body: str) -> None:
    pytester.makepyfile(test_it=HEADER + body)


EMULATOR = """
    @pytest.fixture(scope="session")
    def target():
        return "emulator:"
"""


def test_makes_one_item_a_clause_with_its_id_as_the_parameter(
    pytester: pytest.Pytester, run: Run
) -> None:
    written(
        pytester,
        """
    @awsconform.clauses("deadline.GetFarm")
    def test_contract(target): ...
""",
    )
    result = run("--collect-only", "-q")
    expected = [each.id for each in clauses(catalog.load("deadline", "GetFarm"))]
    assert [line for line in result.outlines if "::" in line] == [
        f"test_it.py::test_contract[{each}]" for each in expected
    ]
    assert "deadline.GetFarm/response/farmId#required" in expected


def test_judges_what_level_and_pattern_leave(pytester: pytest.Pytester, run: Run) -> None:
    written(
        pytester,
        """
    @awsconform.clauses("deadline.GetFarm", "sagemaker-edge", level="must", k="*/response/*#*")
    def test_contract(target): ...
""",
    )
    names = ["deadline.GetFarm", "sagemaker-edge"]
    result = run("--collect-only", "-q")
    assert [line.partition("[")[2][:-1] for line in result.outlines if "::" in line] == [
        clause.id
        for contract in catalog.select(names)
        for clause in clauses(contract)
        if clause.part == "response" and clause.path and clause.level is Level.MUST
    ]


def test_passes_what_conforms_and_gives_its_body_the_outcome(
    pytester: pytest.Pytester, run: Run
) -> None:
    written(
        pytester,
        EMULATOR
        + """
    @awsconform.clauses("deadline.GetFarm", k="/response/", seed=1, examples=0)
    def test_contract(outcome):
        assert outcome.verdict == "conforms"
        assert outcome.exchanges > 0
        assert outcome.clause.id.startswith("deadline.GetFarm/response/")
""",
    )
    outcomes = run().parseoutcomes()
    assert outcomes.keys() == {"passed"}


def test_fails_what_is_violated_before_the_body_runs(pytester: pytest.Pytester, run: Run) -> None:
    written(
        pytester,
        """
    @pytest.fixture
    def target():
        return Faulty()

    @awsconform.clauses("deadline.GetFarm", k="errors#no-server-fault", seed=5, examples=0)
    def test_contract():
        raise SystemError("the body ran")
""",
    )
    result = run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "expected an answer that is no server fault; came *500 *",
            "clause: *deadline.GetFarm/errors#no-server-fault (MUST)",
            "source: *protocol*",
            "answer: *HTTP 500",
            "boto3:",
            "*client.get_farm(*",
            "AWS CLI:",
            "*aws deadline get-farm *",
            "curl:",
            "*curl * http://127.0.0.1:*/2023-10-12/farms/*",
        ]
    )
    text = result.stdout.str()
    assert "seed 5" in text
    for noise in ("the body ran", "Traceback", "enforcing.py", "pytest_plugin.py", "raise "):
        assert noise not in text


def test_a_failing_body_fails_a_clause_that_conforms(pytester: pytest.Pytester, run: Run) -> None:
    written(
        pytester,
        EMULATOR
        + """
    @awsconform.clauses("deadline.GetFarm", k="wire#json", examples=0)
    def test_contract(outcome):
        assert outcome.exchanges == 0
""",
    )
    run().assert_outcomes(failed=1)


@pytest.mark.parametrize(
    ("name", "pattern", "reason"),
    [
        ("'emulator:'", "AccessDeniedException#status", "apart: no document says *denial"),
        ("answer('403 Forbidden', 'AccessDenied')", "response/farmId#type", "unexercised: *"),
        ("answer('403 Forbidden', 'AccessDenied')", "request#accepted", "inconclusive: *403*"),
        ("answer('501 No', 'NotImplemented')", "request#accepted", "unimplemented: *501*"),
    ],
)
def test_skips_what_was_not_judged_with_the_reason(
    pytester: pytest.Pytester, run: Run, name: str, pattern: str, reason: str
) -> None:
    written(
        pytester,
        f"""
    def answer(status, code):
        def application(environ, start_response):
            headers = {{"X-Amzn-Errortype": code, "Content-Type": "application/json"}}
            start_response(status, list(headers.items()))
            return [b'{{"message": "no"}}']
        return application

    @pytest.fixture(scope="module")
    def target():
        return {name}

    @awsconform.clauses("deadline.GetFarm", k="{pattern}", examples=0)
    def test_contract(): ...
""",
    )
    result = run("-rs")
    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines([f"SKIPPED [[]1] test_it.py:*: {reason}"])


def test_a_check_that_fails_itself_is_an_error_and_no_failure(
    pytester: pytest.Pytester, run: Run
) -> None:
    written(
        pytester,
        EMULATOR
        + """
    @pytest.fixture(autouse=True)
    def _broken(monkeypatch):
        from awsconform.conformance.checks import wire
        monkeypatch.setattr(wire, "wire", lambda clause, evidence: 1 / 0)

    @awsconform.clauses("deadline.GetFarm", k="wire#json", examples=0)
    def test_contract(): ...
""",
    )
    result = run()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*the check failed: ZeroDivisionError*"])


@pytest.mark.parametrize("scope", ["session", "module", "class", "function"])
def test_brings_an_operation_up_once_whatever_the_scope(
    pytester: pytest.Pytester, run: Run, scope: str
) -> None:
    written(
        pytester,
        f"""
    made = []

    @pytest.fixture(scope="{scope}")
    def target():
        made.append(Faulty())
        return made[-1]

    class TestIt:
        @awsconform.clauses("deadline.GetFarm", "deadline.DeleteFarm", k="wire#", examples=0)
        def test_contract(self): ...

    def test_instances_that_were_sent_anything():
        used = [each for each in made if each.requests]
        assert len(used) == {2 if scope == "function" else 1}
        assert len(made) == {8 if scope == "function" else 1}
""",
    )
    assert "failed" not in run().parseoutcomes()


def test_tests_share_what_came_of_a_session_wide_target(
    pytester: pytest.Pytester, run: Run
) -> None:
    written(
        pytester,
        """
    counts = []

    @pytest.fixture(scope="session")
    def target():
        return app

    @awsconform.clauses("deadline.GetFarm", k="wire#json", seed=1, examples=0)
    def test_one():
        counts.append(len(app.requests))

    @awsconform.clauses("deadline.GetFarm", k="wire#json", seed=1, examples=0)
    def test_same():
        counts.append(len(app.requests))

    @awsconform.clauses("deadline.GetFarm", k="wire#json", seed=2, examples=0)
    def test_other_seed():
        counts.append(len(app.requests))

    def test_requests():
        assert 0 < counts[0] == counts[1] < counts[2]
""",
    )
    run().assert_outcomes(passed=4)


def test_judges_each_parameter_of_a_target_by_itself(pytester: pytest.Pytester, run: Run) -> None:
    written(
        pytester,
        """
    @pytest.fixture(params=["emulator", "faulty"])
    def kind(request):
        return request.param

    @pytest.fixture(scope="function")
    def target(kind):
        return "emulator:" if kind == "emulator" else Faulty

    @awsconform.clauses("deadline.GetFarm", k="errors#no-server-fault", examples=0)
    def test_contract(): ...
""",
    )
    result = run("-rA")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["PASSED *emulator*", "FAILED *faulty*"], consecutive=False)


def test_closes_what_it_opened_and_not_what_it_was_given(
    pytester: pytest.Pytester, run: Run
) -> None:
    written(
        pytester,
        """
    from awsconform import open_target

    closed = []

    def opened(name):
        target = open_target("emulator:")
        target.close = lambda: closed.append(name)
        return target

    mine = opened("mine")

    class TestGiven:
        @pytest.fixture(scope="class")
        def target(self):
            return mine

        @awsconform.clauses("deadline.GetFarm", k="wire#json", examples=0)
        def test_contract(self): ...

    class TestMade:
        @pytest.fixture(scope="class")
        def target(self):
            yield lambda: opened("made")
            assert closed == ["made"]

        @awsconform.clauses("deadline.GetFarm", k="wire#", examples=0)
        def test_contract(self):
            assert closed == []

    def test_closed():
        assert closed == ["made"]
""",
    )
    outcomes = run("-W", "ignore").parseoutcomes()
    assert outcomes.keys() == {"passed"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("'deadlin'", "no service is called 'deadlin'*"),
        ("'deadline.GetFram'", "deadline has no operation 'GetFram'*"),
        ("'deadline', level='shall'", "no level is called 'shall'*"),
        ("'deadline', k='nothing fits'", "no clause is left to judge*"),
    ],
)
def test_wrong_arguments_are_one_clear_error_of_the_collection(
    pytester: pytest.Pytester, run: Run, arguments: str, message: str
) -> None:
    written(
        pytester,
        f"""
    @awsconform.clauses({arguments})
    def test_contract(target): ...
""",
    )
    result = run()
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines([message, "  hint: *"])
    assert "Traceback" not in result.stdout.str()
    assert "settings.py" not in result.stdout.str()


def test_an_unreachable_target_is_an_error_of_its_items_alone(
    pytester: pytest.Pytester, run: Run
) -> None:
    written(
        pytester,
        """
    @pytest.fixture(scope="session")
    def target():
        return "http://127.0.0.1:1"

    @awsconform.clauses("deadline.GetFarm", k="wire#json")
    def test_contract(): ...

    def test_other(): ...
""",
    )
    result = run()
    result.assert_outcomes(errors=1, passed=1)
    result.stdout.fnmatch_lines(["nothing answers at http://127.0.0.1:1*"])


def test_what_is_no_target_is_said_to_be_none(pytester: pytest.Pytester, run: Run) -> None:
    written(
        pytester,
        """
    @pytest.fixture
    def target():
        return 17

    @awsconform.clauses("deadline.GetFarm", k="wire#json")
    def test_contract(): ...
""",
    )
    result = run()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*is no target"])


def test_a_fault_of_the_suite_is_told_once_and_fails_every_item(
    pytester: pytest.Pytester, run: Run
) -> None:
    written(
        pytester,
        """
    class Target:
        name, view, advance_clock = "mine", "wire", None
        asked = 0
        def send(self, contract, case):
            self.asked += 1
            raise KeyError("never to be raised")
        def close(self): ...

    mine = Target()

    @pytest.fixture(scope="session")
    def target():
        return mine

    @awsconform.clauses("deadline.GetFarm", k="wire#")
    def test_contract(): ...

    def test_asked():
        assert mine.asked == 1
""",
    )
    result = run()
    result.assert_outcomes(errors=4, passed=1)
    result.stdout.fnmatch_lines(["*bringing it up failed: KeyError*"])
