"""Order and isolation: what one request breaks is held against it, and against nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import pytest

from awsconform.conformance.emulator.application import Emulator
from awsconform.conformance.emulator.deadline import Deadline
from awsconform.conformance.emulator.refusals import Refusal
from awsconform.conformance.emulator.service import Value
from awsconform.conformance.exchange import Case, Exchange, Purpose, Trouble, View
from awsconform.conformance.outcomes import Outcome, Verdict
from awsconform.conformance.running import Run, RunOptions, run
from awsconform.conformance.selecting import judged_clauses
from awsconform.conformance.series import OperationSeries
from awsconform.conformance.targets.locator import as_target
from awsconform.conformance.targets.target import Target
from awsconform.specs import catalog
from awsconform.specs.clauses import Clause
from awsconform.specs.contract import Contract
from awsconform.specs.effects import Effect, deletes, effect_of, only_reads
from awsconform.specs.validation import Failure

CREATE = "deadline.CreateFarm"


class Careless(Emulator):
    """Takes farms without a name, and cannot list farms from then on."""

    def validate(self, contract: Contract, request: Value) -> list[Failure]:
        found = super().validate(contract, request)
        if contract.id != CREATE:
            return found
        return [each for each in found if (each.path, each.keyword) != NAMELESS]


class Indelible(Careless):
    """Careless, and nothing is ever deleted."""

    def invoke(self, contract: Contract, request: Value) -> Value:
        return {} if contract.operation == "DeleteFarm" else super().invoke(contract, request)


NAMELESS = (("displayName",), "required")


class Wrapped:
    """A target around an application, with what a target may offer besides."""

    view = View.WIRE
    name = "wrapped:"
    advance_clock = None

    def __init__(self, build: Callable[[], Any], *, restartable: bool = False) -> None:
        self.build = build
        self.generation = 0
        self.restart = self.start_again if restartable else None
        self.sent: list[str] = []
        self.target = as_target(build())

    def start_again(self) -> None:
        self.generation += 1
        self.target = as_target(self.build())

    def probe(self) -> None:
        """Nothing to find out."""

    def send(self, contract: Contract, case: Case) -> Exchange:
        self.sent.append(contract.id)
        return self.target.send(contract, case)

    def close(self) -> None:
        """Nothing is held open."""


def on(target: Target, *names: str, **options: Any) -> Run:
    chosen = RunOptions(**{"seed": 3, "examples": 3, **options})
    return run(catalog.select(names), target, chosen)


def outcome(done: Run, clause: str) -> Outcome:
    return next(each for each in done.outcomes if each.clause.id == clause)


@pytest.mark.parametrize(
    ("service", "operation", "effect"),
    [
        ("events", "ListRules", Effect.LISTS),
        ("dynamodb", "Scan", Effect.LISTS),
        ("dynamodb", "BatchGetItem", Effect.READS),
        ("kms", "Decrypt", Effect.READS),
        ("sqs", "GetQueueUrl", Effect.READS),
        ("sqs", "ReceiveMessage", Effect.WRITES),
        ("sts", "GetSessionToken", Effect.WRITES),
        ("events", "PutRule", Effect.WRITES),
        ("events", "DeleteRule", Effect.ENDS),
        ("kms", "ScheduleKeyDeletion", Effect.ENDS),
        ("sns", "Unsubscribe", Effect.ENDS),
    ],
)
def test_knows_what_an_operation_does(service: str, operation: str, effect: Effect) -> None:
    assert effect_of(catalog.load(service, operation)) is effect


def test_only_what_writes_and_deletes_has_the_clauses_of_it() -> None:
    for contract in catalog.select(["deadline", "lookoutequipment"]):
        kinds = {c.kind for c in judged(contract)}
        assert ("keeps-reads" in kinds) is not only_reads(contract)
        assert ("deleted-is-gone" in kinds) is deletes(contract)


def judged(contract: Contract) -> list[Clause]:
    return judged_clauses(contract, RunOptions())


def test_reads_are_judged_first_and_results_come_in_the_order_given() -> None:
    target = Wrapped(Emulator)
    names = ["DeleteFarm", "CreateFarm", "GetFarm", "ListFarms"]
    begun: list[str] = []

    def progress(made: Any) -> None:
        if made.operation not in begun:
            begun.append(made.operation)

    contracts = [catalog.load("deadline", name) for name in names]
    done = run(contracts, target, RunOptions(examples=0), progress=progress)
    assert begun == [f"deadline.{name}" for name in reversed(names)]
    assert [each.contract.operation for each in done.results] == names


def test_violations_come_after_all_that_is_valid() -> None:
    contract = catalog.load("deadline", "ListFarms")
    made = OperationSeries(as_target(Emulator())).judge(contract, RunOptions(examples=0))
    order = made.evidence.own()
    purposes = [each.purpose for each in order]
    first = purposes.index(Purpose.VIOLATES)
    walked = max(place for place, each in enumerate(purposes) if each is Purpose.PAGE)
    valid = max(place for place, each in enumerate(purposes) if each is Purpose.VALID)
    # Made-up tokens are part of the walk, and rejected; all other violations come later.
    labelled = [each for each in order[first:] if each.purpose is Purpose.VIOLATES]
    own = [e for e in labelled if "/request" in str(e.exchange.case.intent.clause)]
    assert min(order.index(each) for each in own) > max(walked, valid)


@pytest.mark.parametrize("restartable", [False, True])
def test_a_write_that_breaks_a_list_is_named(restartable: bool) -> None:
    target = Wrapped(Careless, restartable=restartable)
    done = on(target, CREATE, "deadline.ListFarms")
    keeps = outcome(done, f"{CREATE}/request#keeps-reads")
    assert keeps.verdict is Verdict.VIOLATES
    for finding in keeps.findings:
        intent = finding.exchange.case.intent
        assert intent.clause == f"{CREATE}/request/displayName#required"
        assert "displayName" not in finding.exchange.case.value
        assert finding.shown_by is not None
        assert finding.shown_by.case.operation == "deadline.ListFarms"
        assert "one of these" not in finding.observed
    wrong = [o.clause.id for o in done.results[1].outcomes if o.verdict is Verdict.VIOLATES]
    assert wrong == []


class Sorting(Emulator):
    """Takes farms whose names are no strings, and cannot bring names of two kinds in order."""

    def validate(self, contract: Contract, request: Value) -> list[Failure]:
        found = super().validate(contract, request)
        if contract.id != CREATE:
            return found
        return [each for each in found if each.path != ("displayName",)]

    def invoke(self, contract: Contract, request: Value) -> Value:
        response = super().invoke(contract, request)
        if contract.operation == "ListFarms":
            sorted(each["displayName"] for each in response["farms"])
        return response


@pytest.mark.parametrize("restartable", [False, True])
def test_a_read_that_was_wrong_before_is_not_broken_by_what_came_to_it(restartable: bool) -> None:
    done = on(Wrapped(Sorting, restartable=restartable), CREATE, examples=0)
    keeps = outcome(done, f"{CREATE}/request#keeps-reads")
    assert keeps.findings
    blamed = {str(each.exchange.case.intent.clause) for each in keeps.findings}
    names = {"#type", "#required"}
    assert all(each.startswith(f"{CREATE}/request/displayName#") for each in blamed), blamed
    assert {each[each.index("#") :] for each in blamed} <= names


def test_the_clause_alone_finds_what_it_finds_among_all() -> None:
    done = on(Wrapped(Careless), CREATE, examples=0, clauses=f"{CREATE}/request#keeps-reads")
    assert [each.verdict for each in done.outcomes] == [Verdict.VIOLATES]


class Refusing(Emulator):
    """Makes farms, and deletes none."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code

    def invoke(self, contract: Contract, request: Value) -> Value:
        if contract.operation == "DeleteFarm":
            raise Refusal(self.code, "No.", status=404)
        return super().invoke(contract, request)


@pytest.mark.parametrize("code", ["ResourceNotFoundException", "ThrottlingException", "Strange"])
def test_reads_are_not_kept_by_writes_that_were_never_accepted(code: str) -> None:
    done = on(Wrapped(lambda: Refusing(code)), "deadline.DeleteFarm", examples=0)
    keeps = outcome(done, "deadline.DeleteFarm/request#keeps-reads")
    assert keeps.verdict is Verdict.UNEXERCISED
    assert "writes that were accepted" in keeps.reason


def test_reads_are_kept_by_a_write_that_was_accepted() -> None:
    done = on(Wrapped(Emulator), CREATE, "deadline.DeleteFarm", examples=0)
    kept = [each for each in done.outcomes if each.clause.kind == "keeps-reads"]
    assert [each.verdict for each in kept] == [Verdict.CONFORMS] * 2


def test_what_one_operation_broke_for_good_is_not_held_against_another() -> None:
    series = OperationSeries(Wrapped(Indelible))
    options = RunOptions(examples=0)
    create = series.judge(catalog.load("deadline", "CreateFarm"), options)
    kept = next(o for o in create.outcomes if o.clause.kind == "keeps-reads")
    assert kept.verdict is Verdict.VIOLATES
    listed = series.judge(catalog.load("deadline", "ListFarms"), options)
    assert [o.clause.id for o in listed.outcomes if o.verdict is Verdict.VIOLATES] == []
    (fault,) = [o for o in listed.outcomes if o.clause.kind == "no-server-fault"]
    assert fault.verdict is Verdict.INCONCLUSIVE
    assert "deadline.CreateFarm (request/displayName#required" in fault.reason


def test_a_list_that_fails_as_soon_as_there_is_anything_is_not_held_against_the_write() -> None:
    class Listless(Deadline):
        def list_farms(self, request: Value) -> Value:
            if self.farms:
                raise RuntimeError("farms")
            return super().list_farms(request)

    class Application(Emulator):
        service_types: ClassVar = {**Emulator.service_types, "deadline": Listless}

    done = on(as_target(Application()), CREATE)
    assert outcome(done, f"{CREATE}/request#keeps-reads").verdict is Verdict.INCONCLUSIVE


class Busy(Deadline):
    """Counts how often farms were listed, and shows it in their names."""

    listed = 0

    def list_farms(self, request: Value) -> Value:
        response = super().list_farms(request)
        type(self).listed += 1
        for farm in response["farms"]:
            farm["displayName"] = f"listed {self.listed} times"
        return response


def test_what_changes_of_itself_is_no_change() -> None:
    class Application(Emulator):
        service_types: ClassVar = {**Emulator.service_types, "deadline": Busy}

    done = on(as_target(Application()), CREATE)
    changes = outcome(done, f"{CREATE}/request#rejected-changes-nothing")
    assert changes.verdict is not Verdict.VIOLATES


class Deleting(Deadline):
    """Takes its time to delete: the farm is listed on, with a description that says so."""

    def delete_farm(self, request: Value) -> Value:
        self._farm(request)
        return {"status": "DELETING"}


def test_a_deletion_that_takes_its_time_is_no_finding() -> None:
    class Application(Emulator):
        service_types: ClassVar = {**Emulator.service_types, "deadline": Deleting}

        def encode(self, contract: Contract, response: Value) -> Any:
            answer = super().encode(contract, response)
            if contract.operation == "DeleteFarm":
                return answer._replace(body=b'{"status": "DELETING"}')
            return answer

    done = on(as_target(Application()), "deadline.DeleteFarm", examples=0)
    gone = outcome(done, "deadline.DeleteFarm/request#deleted-is-gone")
    assert gone.verdict is Verdict.INCONCLUSIVE
    assert "being deleted" in gone.reason


class Dying(Wrapped):
    """Dies of one kind of request, is started again, and has forgotten everything."""

    def send(self, contract: Contract, case: Case) -> Exchange:
        if contract.id == "deadline.GetFarm" and case.intent.label == "blank":
            self.start_again()
            detail = "the process ended with exit code 1"
            return Exchange(case, None, None, trouble=Trouble.DROPPED, detail=detail)
        return super().send(contract, case)


def test_a_crash_is_held_against_its_request_alone() -> None:
    done = on(Dying(Emulator), "deadline.GetFarm")
    violated = {o.clause.id: o for o in done.outcomes if o.verdict is Verdict.VIOLATES}
    fault = violated.pop("deadline.GetFarm/errors#no-server-fault")
    assert [f.exchange.case.intent.label for f in fault.findings] == ["blank"]
    assert "exit code 1" in fault.findings[0].observed
    assert {f.exchange.case.intent.label for o in violated.values() for f in o.findings} == {
        "blank"
    }


def test_one_crash_is_one_finding() -> None:
    class Crashing(Emulator):
        def invoke(self, contract: Contract, request: Value) -> Value:
            if contract.id == CREATE:
                raise RuntimeError("broken")
            return super().invoke(contract, request)

        def validate(self, contract: Contract, request: Value) -> list[Failure]:
            return [] if contract.id == CREATE else super().validate(contract, request)

    done = on(as_target(Crashing()), CREATE)
    violated = {o.clause.id for o in done.outcomes if o.verdict is Verdict.VIOLATES}
    assert violated == {f"{CREATE}/errors#no-server-fault", f"{CREATE}/request#accepted"}
    described = outcome(done, f"{CREATE}/request/description#accepted")
    assert described.verdict is Verdict.INCONCLUSIVE
    assert "the smallest request gets the same fault" in described.reason


class Moody(Wrapped):
    """Fails at one request, the first time only or always."""

    def __init__(self, *, always: bool) -> None:
        super().__init__(Emulator)
        self.always = always
        self.failed = 0

    def send(self, contract: Contract, case: Case) -> Exchange:
        if case.intent.label == "blank" and (self.always or not self.failed):
            self.failed += 1
            return Exchange(case, None, None, trouble=Trouble.DROPPED, detail="no reason")
        return super().send(contract, case)


def test_a_finding_that_does_not_come_again_is_flaky_and_still_one() -> None:
    done = on(Moody(always=False), "deadline.GetFarm", examples=0)
    found = [f for o in done.outcomes for f in o.findings]
    assert found
    assert all(each.flaky for each in found)
    assert done.exit_code == 1


def test_a_finding_that_comes_again_is_not_flaky() -> None:
    done = on(Moody(always=True), "deadline.GetFarm", examples=0)
    found = [f for o in done.outcomes for f in o.findings]
    assert found
    assert not any(each.flaky for each in found)


def test_trying_again_takes_a_fraction_of_the_requests() -> None:
    whole = on(as_target(Emulator()), "deadline.GetFarm", examples=0).results[0].requests
    again = on(Moody(always=True), "deadline.GetFarm", examples=0).results[0].requests
    assert whole < again < 1.5 * whole
