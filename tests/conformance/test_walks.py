"""How lists are walked: what is made, which sizes, what is sent, what tokens are made up."""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awsconform.conformance.checks.registry import judge
from awsconform.conformance.checks.walked_items import owner
from awsconform.conformance.evidence import Evidence, Observed, observe
from awsconform.conformance.exchange import Case, Exchange, HTTPResponse, Purpose, View
from awsconform.conformance.outcomes import Verdict
from awsconform.conformance.planning.made_up_tokens import made_up_tokens
from awsconform.conformance.planning.page_sizes import PAGES, Limits
from awsconform.conformance.planning.pages import PageWalks
from awsconform.conformance.state.knowledge import Knowledge
from awsconform.conformance.state.resources import Resources
from awsconform.conformance.targets.target import Target
from awsconform.conformance.wire.responding import write
from awsconform.generators.choices import RandomChoices
from awsconform.specs import catalog
from awsconform.specs.clauses import clauses
from awsconform.specs.contract import Contract
from awsconform.specs.hints import Hints, parse
from awsconform.specs.validation import is_valid
from faulty.listing import LIST, TokenIsAFault, TokenOfAnyForm, Users
from faulty.stateless import PAGE

USERS: dict[str, Any] = {
    "resources": {
        "user": {
            "create": "CreateUser",
            "gives": {"UserName": ["request", "UserName"]},
            "unique": ["UserName"],
            "delete": ["DeleteUser"],
        }
    },
    "operations": {"ListUsers": {"owns": "user"}},
}


class Session:
    """Sends to a target and keeps everything; the clock stands still."""

    def __init__(self, contract: Contract, target: Target, seed: int = 0) -> None:
        self.target = target
        self.evidence = Evidence(contract)
        self.choices = RandomChoices(random.Random(seed))
        self.waits = 0

    def selects(self, clause_id: str) -> bool:
        return True

    def send(self, contract: Contract, case: Case, *, keep: bool = True) -> Observed:
        observed = observe(contract, self.target.send(contract, case))
        if case.intent.purpose is not Purpose.SETUP:
            self.evidence.add(observed)
        return observed

    def advance(self, seconds: float) -> bool:
        return False

    def wait(self, seconds: float) -> bool:
        self.waits += 1
        return True


class Walked:
    """A contract's walks on a target, with hints in the place of all that is known."""

    def __init__(
        self,
        target: Target,
        hints: dict[str, Any],
        contract: Contract = LIST,
        *,
        seed: int = 0,
    ) -> None:
        self.contract = contract
        self.session = Session(contract, target, seed)
        made = parse(hints, "hints.json")
        alone = Hints(made.resources, made.operations, made.stated, frozenset(made.stated))
        knowledge = Knowledge(own=lambda service: alone)
        self.resources = Resources(self.session, contract, knowledge)
        PageWalks(self.session, contract, self.resources).send()
        self.walks = self.session.evidence.groups(Purpose.PAGE)

    def sent(self, walk: str) -> list[dict[str, Any]]:
        return [page.exchange.case.value for page in self.walks[walk]]

    def made_up(self, member: str) -> list[Any]:
        return [
            each.exchange.case.value[member]
            for each in self.session.evidence.own()
            if each.purpose is Purpose.VIOLATES
        ]

    def verdicts(self) -> dict[str, Verdict]:
        return {
            clause.id.partition("/")[2]: judge(clause, self.session.evidence).verdict
            for clause in clauses(self.contract)
            if clause.part == "pagination"
        }

    def verdict(self, clause: str) -> str:
        return self.verdicts()[f"pagination{clause}"].value


@pytest.fixture(scope="module")
def users() -> Walked:
    return Walked(Users(), USERS)


def test_a_list_is_walked_one_by_one_two_by_two_at_once_and_with_changing_sizes(
    users: Walked,
) -> None:
    pages = {name: len(walk) for name, walk in users.walks.items()}
    assert pages == {
        "whole": 1,
        "whole:2": 1,
        "limited:1": 7,
        "limited:2": 4,
        "limited:1000": 1,
        "changing": 4,
        "whole:again": 1,
    }
    assert [each["MaxItems"] for each in users.sent("changing")] == [2, 1, 3, 2]


def test_everything_holds_where_pages_are_right(users: Walked) -> None:
    found = users.verdicts()
    assert found.pop("pagination/MaxItems#out-of-range-rejected") is Verdict.UNEXERCISED
    assert set(found.values()) == {Verdict.CONFORMS}


def test_a_token_is_sent_with_all_other_arguments(users: Walked) -> None:
    first, *others = users.sent("limited:1")
    assert first == {"MaxItems": 1}
    assert all(each.keys() == {"MaxItems", "Marker"} for each in others)


def test_a_made_up_token_stands_in_the_place_of_a_real_one(users: Walked) -> None:
    real = users.sent("limited:1")[1]["Marker"]
    made_up, altered = users.made_up("Marker")
    assert len(made_up) == len(altered) == len(real)
    assert isinstance(users.session.target, Users)
    assert made_up not in users.session.target.tokens
    assert sum(a != b for a, b in zip(real, altered, strict=True)) == 1


def test_other_seeds_make_other_names_and_tokens() -> None:
    one, other = (Walked(Users(), USERS, seed=seed) for seed in (1, 2))
    names = [
        {user["UserName"] for page in walked.walks["whole"] for user in page.value["Users"]}
        for walked in (one, other)
    ]
    assert names[0].isdisjoint(names[1])
    assert not set(one.made_up("Marker")) & set(other.made_up("Marker"))


def test_what_others_left_behind_is_not_held_against_the_list() -> None:
    target = Users()
    target.users = {
        f"leftover{number}": {
            "Path": "/",
            "UserName": f"leftover{number}",
            "UserId": f"AIDA{number:016}",
            "Arn": f"arn:aws:iam::123456789012:user/leftover{number}",
            "CreateDate": "2026-01-02T03:04:05Z",
        }
        for number in range(20)
    }
    walked = Walked(target, USERS)
    assert walked.verdict("/Marker#complete") == "conforms"
    assert max(len(walk) for walk in walked.walks.values()) <= PAGES


def test_a_list_is_not_asked_for_one_item_of_those_it_lists() -> None:
    commands = catalog.load("ssm", "ListCommands")
    hints = {
        "resources": {
            "command": {
                "create": "SendCommand",
                "gives": {"CommandId": ["response", "Command", "CommandId"]},
            }
        },
        "operations": {"ListCommands": {"needs": ["command"], "owns": "command"}},
    }

    class Commands(Users):
        given = 0

        def send(self, contract: Contract, case: Case) -> Exchange:
            self.given += 1
            command = {"CommandId": f"{self.given:08}-0000-0000-0000-000000000000"}
            sending = contract.operation == "SendCommand"
            answer = write(contract, {"Command": command} if sending else {"Commands": [command]})
            return Exchange(case, None, answer)

    walked = Walked(Commands(), hints, commands)
    assert all("CommandId" not in each for each in walked.sent("whole"))


def test_what_the_items_belong_to_stays_in_the_request() -> None:
    keys = catalog.load("iam", "ListAccessKeys")
    hints = {
        "resources": {
            "user": USERS["resources"]["user"],
            "key": {
                "create": "CreateAccessKey",
                "needs": ["user"],
                "gives": {
                    "AccessKeyId": ["response", "AccessKey", "AccessKeyId"],
                    "UserName": ["response", "AccessKey", "UserName"],
                },
            },
        },
        "operations": {"ListAccessKeys": {"needs": ["user", "key"], "owns": "key", "count": 2}},
    }

    class Keys(Users):
        given = 0

        def send(self, contract: Contract, case: Case) -> Exchange:
            if contract.operation != "CreateAccessKey":
                page: dict[str, Any] = {"AccessKeyMetadata": [], "IsTruncated": False}
                listing = contract.operation == "ListAccessKeys"
                return (
                    Exchange(case, None, write(contract, page))
                    if listing
                    else super().send(contract, case)
                )
            self.given += 1
            key = {
                "UserName": case.value["UserName"],
                "AccessKeyId": f"AKIA{self.given:016}",
                "Status": "Active",
                "SecretAccessKey": "x" * 40,
            }
            return Exchange(case, None, write(contract, {"AccessKey": key}))

    (request,) = Walked(Keys(), hints, keys).sent("whole")
    assert request.keys() == {"UserName"}


class Busy(Users):
    """Somebody else makes a user before each page, and deletes the one before."""

    visits = 0

    def list(self, contract: Contract, request: dict[str, Any]) -> Any:
        self.visits += 1
        self.users.pop(f"visitor{self.visits - 1}", None)
        self.users[f"visitor{self.visits}"] = {
            "Path": "/",
            "UserName": f"visitor{self.visits}",
            "UserId": f"AIDA{self.visits:016}",
            "Arn": f"arn:aws:iam::123456789012:user/visitor{self.visits}",
            "CreateDate": "2026-01-02T03:04:05Z",
        }
        return super().list(contract, request)


def test_what_others_do_meanwhile_is_no_finding() -> None:
    walked = Walked(Busy(), USERS)
    assert Verdict.VIOLATES not in walked.verdicts().values()


class Forgetful(Users):
    """Every page but the first lacks its first user."""

    def list(self, contract: Contract, request: dict[str, Any]) -> Any:
        if "Marker" not in request:
            return super().list(contract, request)
        kept = self.finish
        self.finish = lambda page: {**page, "Users": page["Users"][1:]}
        try:
            return super().list(contract, request)
        finally:
            self.finish = kept


class Hiding(Users):
    """One of the users is never listed."""

    def list(self, contract: Contract, request: dict[str, Any]) -> Any:
        hidden = next(iter(self.users))
        shown = {name: user for name, user in self.users.items() if name != hidden}
        users, self.users = self.users, shown
        try:
            return super().list(contract, request)
        finally:
            self.users = users


@pytest.mark.parametrize("broken", [Forgetful, Hiding])
def test_an_item_that_was_made_and_is_on_no_page_is_found(broken: type[Users]) -> None:
    assert Walked(broken(), USERS).verdict("/Marker#complete") == "violates"


def test_a_list_of_other_things_than_were_made_is_a_doubt_where_it_is_inferred() -> None:
    class Others(Users):
        def list(self, contract: Contract, request: dict[str, Any]) -> Any:
            return write(contract, {"Users": [], "IsTruncated": False})

    assert Walked(Others(), USERS).verdict("/Marker#complete") == "violates"
    inferred = Hints(*_without_a_word(USERS))
    session = Session(LIST, Others())
    resources = Resources(session, LIST, Knowledge(own=lambda service: inferred))
    PageWalks(session, LIST, resources).send()
    complete = next(each for each in clauses(LIST) if each.id.endswith("Marker#complete"))
    assert judge(complete, session.evidence).verdict is Verdict.INCONCLUSIVE


def _without_a_word(hints: dict[str, Any]) -> tuple[Any, Any, Any, Any]:
    """Hints as if nobody had written them."""
    made = parse(hints, "hints.json")
    return made.resources, made.operations, {}, frozenset(made.stated)


class Starting(Users):
    """What was made takes some reads to start, and is listed last until then."""

    reads = 0

    def list(self, contract: Contract, request: dict[str, Any]) -> Any:
        self.reads += 1
        names = list(self.users)
        turn = min(self.reads, 4)
        order = names[turn:] + names[:turn]
        self.users = {name: self.users[name] for name in order} if turn < 4 else self.users
        return super().list(contract, request)


def test_a_list_that_still_changes_is_waited_for() -> None:
    walked = Walked(Starting(), USERS)
    assert walked.session.waits > 0
    assert walked.verdict("/Marker#complete") == "conforms"


class Restless(Users):
    """The list is in another order each time it is begun."""

    def list(self, contract: Contract, request: dict[str, Any]) -> Any:
        names = list(self.users)
        order = names[2:] + names[:2]
        self.users = {name: self.users[name] for name in order}
        return super().list(contract, request)


def test_a_list_that_never_comes_to_rest_is_no_finding_and_no_pass() -> None:
    walked = Walked(Restless(), USERS)
    assert walked.verdict("/Marker#complete") == "inconclusive"
    assert not walked.walks["whole:again"][0].facts["settled"]


class Stamped(Users):
    """Each answer has another value of a member of each user."""

    def __init__(self, stamp: Callable[[dict[str, Any], int], dict[str, Any]]) -> None:
        super().__init__()
        self.stamp = stamp
        self.reads = 0

    def list(self, contract: Contract, request: dict[str, Any]) -> Any:
        self.reads += 1
        users, self.users = (
            self.users,
            {name: self.stamp(user, self.reads) for name, user in self.users.items()},
        )
        try:
            return super().list(contract, request)
        finally:
            self.users = users


class StampedAndForgetful(Stamped, Forgetful):
    """And every page but the first lacks its first user."""


def used(user: dict[str, Any], reads: int) -> dict[str, Any]:
    return {**user, "PasswordLastUsed": f"2026-01-02T03:{reads % 60:02}:05Z"}


def moved_to(user: dict[str, Any], reads: int) -> dict[str, Any]:
    return {**user, "Path": f"/{reads}/"}


@pytest.mark.parametrize("stamp", [used, moved_to])
def test_an_item_is_missed_though_a_member_of_it_differs_with_each_answer(
    stamp: Callable[[dict[str, Any], int], dict[str, Any]],
) -> None:
    assert Walked(StampedAndForgetful(stamp), USERS).verdict("/Marker#complete") == "violates"
    assert Walked(Stamped(stamp), USERS).verdict("/Marker#complete") == "conforms"


@pytest.mark.parametrize(
    ("target", "verdict"), [(TokenIsAFault, "violates"), (TokenOfAnyForm, "violates")]
)
def test_a_made_up_token_that_is_not_refused_is_found(target: type[Users], verdict: str) -> None:
    assert Walked(target(), USERS).verdict("/Marker#invalid-rejected") == verdict


def test_without_items_only_the_server_fault_is_a_finding() -> None:
    nothing: dict[str, Any] = {"operations": {"ListUsers": {"needs": []}}}
    assert Walked(TokenIsAFault(), nothing).verdict("/Marker#invalid-rejected") == "violates"
    assert Walked(TokenOfAnyForm(), nothing).verdict("/Marker#invalid-rejected") == "inconclusive"


class Greedy(Users):
    """Wants five users on a page at least, which no model says."""

    def list(self, contract: Contract, request: dict[str, Any]) -> Any:
        if request.get("MaxItems", 5) < 5:
            return write(contract, {"message": "No."}, code="ValidationError")
        return super().list(contract, request)


def test_a_size_that_is_refused_is_not_changed_to_later() -> None:
    walked = Walked(Greedy(), USERS)
    assert walked.verdict("/MaxItems#page-size-may-change") != "violates"
    assert walked.verdict("/Marker#accepted") != "violates"


class Shards:
    """Kinesis: a token stands alone, without the stream that it is of."""

    view = View.WIRE
    name = "shards"
    advance_clock: Callable[[float], None] | None = None
    restart: Callable[[], None] | None = None
    generation = 0

    def probe(self) -> None:
        """There is always something to send to."""

    def close(self) -> None:
        """Nothing is held open."""

    def is_known(self, token: str) -> bool:
        return token.startswith("token-")

    def send(self, contract: Contract, case: Case) -> Exchange:
        return Exchange(case, None, self.answer(contract, case.value))

    def answer(self, contract: Contract, value: dict[str, Any]) -> HTTPResponse:
        if contract.operation != "ListShards":
            return write(contract, {})
        token = value.get("NextToken", "token-0")
        if ("NextToken" in value and not self.is_known(token)) or {
            "NextToken",
            "StreamName",
        } <= value.keys():
            return write(contract, {"message": "No."}, code="InvalidArgumentException")
        begin = int(token.removeprefix("token-"))
        end = begin + value.get("MaxResults", 100)
        shards = [
            {
                "ShardId": f"shardId-{number:012}",
                "HashKeyRange": {"StartingHashKey": "0", "EndingHashKey": "1"},
                "SequenceNumberRange": {"StartingSequenceNumber": "0"},
            }
            for number in range(begin, min(end, 6))
        ]
        return write(
            contract, {"Shards": shards, **({"NextToken": f"token-{end}"} if end < 6 else {})}
        )


SHARDS: dict[str, Any] = {
    "resources": {
        "stream": {
            "create": "CreateStream",
            "gives": {"StreamName": ["request", "StreamName"]},
            "unique": ["StreamName"],
        }
    },
    "operations": {"ListShards": {"needs": ["stream"], "owns": "stream", "count": 0}},
}
LIST_SHARDS = catalog.load("kinesis", "ListShards")


def test_a_token_that_must_stand_alone_is_no_refusal_of_the_walk() -> None:
    walked = Walked(Shards(), SHARDS, LIST_SHARDS)
    begin, *others = walked.sent("limited:1")
    assert "StreamName" in begin
    assert others[1].keys() == {"NextToken", "MaxResults"}
    assert walked.verdict("/NextToken#accepted") != "violates"
    assert walked.verdict("/NextToken#complete") == "conforms"
    assert walked.verdict("/MaxResults#page-size-may-change") != "violates"


def test_what_must_not_stand_beside_a_token_is_left_out_where_a_hint_says_so() -> None:
    operations = {
        "ListShards": {
            **SHARDS["operations"]["ListShards"],
            "either": [["NextToken", "StreamName"]],
        }
    }
    walked = Walked(Shards(), {**SHARDS, "operations": operations}, LIST_SHARDS)
    assert all("StreamName" not in each for each in walked.sent("limited:1")[1:])
    assert walked.verdict("/NextToken#accepted") == "conforms"


def test_a_refused_token_is_a_refusal_where_it_is_refused_alone_too() -> None:
    class Refusing(Shards):
        def is_known(self, token: str) -> bool:
            return False

    assert Walked(Refusing(), SHARDS, LIST_SHARDS).verdict("/NextToken#accepted") == "violates"


LIMITS = st.builds(Limits, st.integers(1, 60), st.integers(60, 2000), st.booleans(), st.booleans())


@given(LIMITS, st.integers(1, 400))
def test_sizes_lie_within_the_bounds_and_make_no_endless_walks(limits: Limits, count: int) -> None:
    sizes = limits.sizes(count)
    assert sizes == sorted(set(sizes))
    assert all(limits.least <= size <= limits.most for size in sizes)
    assert count / sizes[0] <= PAGES or sizes[0] == limits.most
    assert sizes[-1] >= min(count, limits.most)
    turns = limits.changing(sizes[0], count)
    assert all(sizes[0] <= size <= limits.most for size in turns)
    assert len(set(turns)) > 1 or limits.most == sizes[0]


@pytest.mark.parametrize(
    ("service", "operation", "limits"),
    [
        ("kms", "ListKeys", Limits(1, 1000, False, True)),
        ("route53", "ListHostedZones", Limits(1, 1000, True, False)),
        ("ssm", "DescribeMaintenanceWindows", Limits(10, 100, False, True)),
        ("sns", "ListTopics", Limits()),
    ],
)
def test_the_bounds_of_a_limit_are_the_models(service: str, operation: str, limits: Limits) -> None:
    assert Limits.of(catalog.load(service, operation)) == limits


def test_a_limit_that_is_text_is_written_as_text() -> None:
    assert Limits(text=True).written(2) == "2"
    assert Limits().written(2) == 2


URL_SAFE = str.maketrans("+/", "-_")
REAL = st.one_of(
    st.none(),
    st.text("0123456789abcdef", min_size=1, max_size=80),
    st.from_regex(r"[A-Za-z0-9+/]{20,40}==", fullmatch=True),
)


@given(REAL, st.integers(0, 1000))
def test_made_up_tokens_fit_what_is_stated_of_tokens(real: str | None, seed: int) -> None:
    contract = catalog.load("deadline", "ListFarms")
    found = dict(made_up_tokens(contract, "nextToken", real, RandomChoices(random.Random(seed))))
    assert "made up" in found
    assert real not in found.values()
    assert ("altered" in found) == (real is not None and len(real) >= 16)
    for token in found.values():
        assert is_valid(contract, "request", {"nextToken": token})


@given(
    st.dictionaries(st.text("abcd", min_size=4), st.text("efgh", min_size=8), min_size=1),
    st.sampled_from([base64.b64encode, base64.urlsafe_b64encode]),
    st.booleans(),
    st.integers(0, 1000),
)
def test_an_object_in_a_token_is_altered_within(
    within: dict[str, str], encode: Callable[[bytes], bytes], padded: bool, seed: int
) -> None:
    real = encode(json.dumps(within).encode()).decode().rstrip("=" if not padded else "")
    contract = catalog.load("sqs", "ListQueues")
    found = dict(made_up_tokens(contract, "NextToken", real, RandomChoices(random.Random(seed))))
    altered, renamed = (
        json.loads(base64.urlsafe_b64decode(found[each].translate(URL_SAFE) + "=="))
        for each in ("altered", "renamed")
    )
    assert altered.keys() == within.keys()
    [changed] = (name for name in within if altered[name] != within[name])
    assert sum(a != b for a, b in zip(altered[changed], within[changed], strict=True)) == 1
    assert sorted(renamed.values()) == sorted(within.values())
    assert len(renamed.keys() - within.keys()) == 1


def test_a_made_up_token_has_the_pattern_of_its_member() -> None:
    contract = catalog.load("kinesis", "DescribeStream")
    choices = RandomChoices(random.Random(1))
    found = dict(made_up_tokens(contract, "ExclusiveStartShardId", "shardId-000000000001", choices))
    assert all(token[7] == "-" for token in found.values())


@pytest.mark.parametrize(
    ("item", "number"),
    [
        ({"Name": "alpha-one"}, 0),
        ({"Arn": "arn:aws:sns:us-east-1:1:beta-two"}, 1),
        ({"Deep": [{"Url": "http://localhost/1/alpha-one"}]}, 0),
        ({"Name": "alpha-one-more"}, None),
        ({"Name": "gamma"}, None),
        ({"From": "alpha-one", "To": "beta-two"}, None),
        ("beta-two", 1),
    ],
)
def test_an_item_is_known_by_the_name_it_was_made_with(item: Any, number: int | None) -> None:
    assert owner(item, [["alpha-one"], ["beta-two"]]) == number


def test_a_page_that_nobody_has_is_not_walked() -> None:
    class Missing(Users):
        def list(self, contract: Contract, request: dict[str, Any]) -> Any:
            return PAGE

    walked = Walked(Missing(), USERS)
    assert list(walked.walks) == ["whole"]
    assert not walked.made_up("Marker")
