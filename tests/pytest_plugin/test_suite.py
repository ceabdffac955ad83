"""`pytest --pyargs awsconform.conformance.suite`, without any file of the user's."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path

import pytest

from awsconform.specs import catalog
from awsconform.specs.clauses import Level, clauses

Run = Callable[..., pytest.RunResult]

SUITE = ["--pyargs", "awsconform.conformance.suite"]
ONE = f"{SUITE[1]}.test_clauses::test_clause[deadline.GetFarm/response/farmId#required]"
GET_FARM = "--awsconform-services=deadline.GetFarm"
FEW = "--awsconform-examples=0"
NOBODY = "--awsconform-target=http://127.0.0.1:1"
FAULTY = "--awsconform-target=wsgi:strange_farm:app"


def collected(result: pytest.RunResult) -> list[str]:
    """The clause ids of a `--collect-only -q`."""
    return [line.partition("[")[2].removesuffix("]") for line in result.outlines if "::" in line]


def ids(*names: str) -> list[str]:
    return [each.id for contract in catalog.select(names) for each in clauses(contract)]


def test_judges_the_emulator_and_sums_up_in_two_numbers(run: Run) -> None:
    result = run(*SUITE, "--awsconform-services", "sagemaker-edge", FEW, "--awsconform-seed=7")
    assert result.ret == pytest.ExitCode.OK
    assert "failed" not in result.parseoutcomes()
    result.stdout.fnmatch_lines(
        [
            "awsconform *, botocore *, target: emulator:, seed: 7",
            "*= awsconform =*",
            "operation * conformance * coverage",
            "sagemaker-edge.GetDeployments * (100 %) * of * (* %)",
            "sagemaker-edge.GetDeviceRegistration * (100 %) * of * (* %)",
            "sagemaker-edge.SendHeartbeat * (100 %) * of * (* %)",
            "all * (100 %) * of * (* %)",
            "seed: 7*",
            f"one clause again: pytest --pyargs *{SUITE[1]}.test_clauses::*--awsconform-seed=7*",
        ]
    )


def test_collects_everything_in_order_without_contacting_the_target(run: Run) -> None:
    result = run(*SUITE, "--collect-only", "-q", NOBODY)
    assert result.ret == pytest.ExitCode.OK
    assert collected(result) == ids()


def test_collects_what_services_name(run: Run) -> None:
    result = run(
        *SUITE, "--co", "-q", "--awsconform-services=sagemaker-edge.SendHeartbeat,deadline"
    )
    assert collected(result) == ids("sagemaker-edge.SendHeartbeat", "deadline")


@pytest.mark.parametrize("level", Level)
def test_marks_items_with_their_level(run: Run, level: Level) -> None:
    result = run(*SUITE, "--co", "-q", "--strict-markers", GET_FARM, "-m", level.value.lower())
    assert collected(result) == [
        each.id for each in clauses(catalog.load("deadline", "GetFarm")) if each.level is level
    ]


def test_judges_the_weakest_level_asked_for_and_those_above(run: Run) -> None:
    result = run(*SUITE, "--co", "-q", GET_FARM, "--awsconform-level=should")
    assert collected(result) == [
        each.id
        for each in clauses(catalog.load("deadline", "GetFarm"))
        if each.level is not Level.MAY
    ]


def test_selects_by_parts_of_the_ids(run: Run) -> None:
    result = run(*SUITE, "--co", "-q", "-k", "usageType and enum")
    assert collected(result) == [each for each in ids() if "usageType" in each and "enum" in each]
    assert any("/*/" in each for each in collected(result))


@pytest.mark.parametrize(
    "clause",
    [
        "deadline.GetFarm/response/farmId#required",
        "deadline.GetSessionsStatisticsAggregation/response/statistics/*/usageType#enum",
        "deadline.GetFarm/errors/ValidationException/context/@value#type",
    ],
)
def test_collects_one_clause_by_its_node_id(run: Run, clause: str) -> None:
    result = run("--co", "-q", "--pyargs", f"{SUITE[1]}.test_clauses::test_clause[{clause}]")
    assert collected(result) == [clause]


def test_collects_its_file_and_function_whatever_names_the_user_gives_to_tests(
    pytester: pytest.Pytester, run: Run
) -> None:
    pytester.makeini("[pytest]\npython_files = check_*.py\npython_functions = check_*")
    assert collected(run(*SUITE, "--co", "-q", GET_FARM)) == ids("deadline.GetFarm")


def test_runs_where_every_warning_is_an_error(run: Run) -> None:
    result = run(ONE, "--pyargs", "-W", "error", "--strict-config", "--strict-markers", FEW)
    result.assert_outcomes(passed=1)


@pytest.mark.usefixtures("faulty")
def test_runs_last_failures_again_with_the_command_it_tells(
    pytester: pytest.Pytester, run: Run
) -> None:
    def failed(result: pytest.RunResult) -> list[str]:
        return sorted(line.split(" - ")[0] for line in result.outlines if line.startswith("FAILED"))

    chosen = [*SUITE, GET_FARM, FAULTY, "--awsconform-seed=3", FEW]
    first = run(*chosen)
    assert first.ret == pytest.ExitCode.TESTS_FAILED
    again = run(*chosen, "--lf")
    again.assert_outcomes(
        failed=len(failed(first)), deselected=len(ids("deadline.GetFarm")) - len(failed(first))
    )
    assert failed(again) == failed(first)
    stopped = run(*chosen, "-x")
    assert stopped.parseoutcomes()["failed"] == 1


@pytest.mark.usefixtures("faulty")
def test_writes_clause_and_verdict_into_junit_xml(pytester: pytest.Pytester, run: Run) -> None:
    run(*SUITE, GET_FARM, FAULTY, FEW, "--junitxml=junit.xml")
    cases = ElementTree.parse(pytester.path / "junit.xml").iter("testcase")
    stated = {
        case.attrib["name"].partition("[")[2].removesuffix("]"): (
            {each.attrib["name"]: each.attrib["value"] for each in case.iter("property")},
            {each.tag for each in case} - {"properties"},
        )
        for case in cases
    }
    assert list(stated) == ids("deadline.GetFarm")
    came = {"conforms": set(), "violates": {"failure"}}
    for clause, (properties, tags) in stated.items():
        assert properties["awsconform.clause"] == clause
        assert tags == came.get(properties["awsconform.verdict"], {"skipped"})
    violated = "deadline.GetFarm/errors#no-server-fault"
    assert stated[violated][0]["awsconform.verdict"] == "violates"


def test_ends_with_3_and_one_message_when_nothing_answers(run: Run) -> None:
    result = run(*SUITE, NOBODY)
    assert result.ret == 3
    text = result.stdout.str() + result.stderr.str()
    assert text.count("nothing answers at http://127.0.0.1:1") == 1
    assert "Traceback" not in text


@pytest.mark.parametrize("pattern", ["AccessDeniedException", "nosuch or ThrottlingException"])
def test_ends_with_3_when_nothing_was_judged(run: Run, pattern: str) -> None:
    result = run(*SUITE, GET_FARM, FEW, "-k", pattern)
    assert result.ret == 3
    assert result.parseoutcomes().keys() == {"skipped", "deselected"}
    result.stdout.fnmatch_lines(["nothing was judged*"])


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("--awsconform-services=deadlin", "*no service is called 'deadlin'*"),
        ("--awsconform-services=deadline.GetFram", "*no operation 'GetFram'*"),
        ("--awsconform-target=nonsense", "*'nonsense' names no target*"),
        ("--awsconform-target=http://a:b@localhost", "*no user name and no password*"),
        ("--awsconform-target=https://deadline.amazonaws.com", "*is real AWS*"),
        ("--awsconform-target=wsgi:nosuchmodule:app", "*there is no module 'nosuchmodule'*"),
        ("--awsconform-allow-writes", "*--awsconform-allow-writes is about real AWS*"),
        ("--awsconform-level=shall", "*--awsconform-level*shall*"),
        ("--awsconform-examples=-1", "*'-1' is no number from 0 on*"),
        ("--awsconform-timeout=1e300", "*--awsconform-timeout 1e+300*no more than 1e+06 s*"),
        ("--awsconform-region=us east", "*--awsconform-region 'us east' can be no region*"),
        ("--awsconform-timeout=0", "*'0' is no number of seconds above 0*"),
        ("--awsconform-clauses=nothing-fits", "*no clause is left to judge*"),
    ],
)
def test_wrong_options_are_usage_errors(run: Run, option: str, message: str) -> None:
    result = run(*SUITE, option)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    text = [*result.outlines, *result.errlines]
    pytest.LineMatcher(text).fnmatch_lines([message])
    assert "Traceback" not in "\n".join(text)


def test_names_the_option_that_allows_real_aws_as_pytest_knows_it(run: Run) -> None:
    result = run(*SUITE, "--awsconform-target=https://deadline.amazonaws.com")
    result.stderr.fnmatch_lines(["*--awsconform-allow-aws*"])


def test_draws_another_seed_each_time_and_shows_it(run: Run) -> None:
    def seed() -> str:
        found = re.search(r"seed: (\d+)$", run(*SUITE, "--co", GET_FARM).stdout.str(), re.MULTILINE)
        assert found
        return found[1]

    assert seed() != seed()


def test_leaves_other_runs_as_they_are(pytester: pytest.Pytester, run: Run) -> None:
    pytester.makepyfile("def test_it(): ...")
    result = run()
    result.assert_outcomes(passed=1)
    # pytest itself names the plugin where it lists those that are installed.
    told = [line for line in result.outlines if not line.startswith("plugins:")]
    assert not [line for line in told if "awsconform" in line]


def test_imports_nothing_large_in_other_runs(pytester: pytest.Pytester, run_apart: Run) -> None:
    pytester.makepyfile(
        """
        import sys
        def test_modules():
            large = {"botocore", "boto3", "hypothesis", "jsonschema", "jsonschema_rs", "rich"}
            assert "awsconform.pytest_plugin" in sys.modules
            assert not large & set(sys.modules)
            assert not {name for name in sys.modules if name.startswith("awsconform.specs.")}
        """
    )
    result = run_apart("-p", "no:hypothesispytest", "--import-mode=importlib")
    result.assert_outcomes(passed=1)


@pytest.mark.usefixtures("faulty")
def test_a_single_clause_is_judged_on_all_that_its_operation_is_sent(
    pytester: pytest.Pytester, run: Run
) -> None:
    pytester.makepyfile(
        """
        import awsconform, pytest
        from strange_farm import Faulty

        @pytest.fixture(scope="session")
        def target():
            made = Faulty()
            yield made
            print("SENT", [method for method, _ in made.requests])

        @awsconform.clauses("deadline.GetFarm", seed=1, examples=2)
        def test_it(): ...
        """
    )

    def sent(*arguments: str) -> list[str]:
        result = run("-s", "--tb=no", *arguments)
        return [line for line in result.outlines if "SENT" in line]

    alone = "test_it[deadline.GetFarm/wire#request-id]"
    everything = [line.partition("SENT")[2] for line in sent()]
    assert len(everything) == 1
    assert everything[0].count("GET") > 5
    module = next(pytester.path.glob("test_*.py")).name
    assert [line.partition("SENT")[2] for line in sent(f"{module}::{alone}")] == everything


def test_the_file_of_the_suite_is_where_the_plugin_looks_for_it() -> None:
    from awsconform.conformance.suite import test_clauses
    from awsconform.pytest_plugin import SUITE_FILE

    assert SUITE_FILE.samefile(Path(test_clauses.__file__))
