"""One implementation with many faults, by name, as those have that teams live with."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from awsconform.conformance.emulator.application import Emulator
from awsconform.conformance.emulator.message import Answer
from faulty.breaking import answering, erring, parsed, rejecting, succeeding, with_header, with_json
from faulty.places import ABSENT, put

GET, LIST, CREATE = "deadline.GetFarm", "deadline.ListFarms", "deadline.CreateFarm"
OPERATIONS = (GET, LIST, CREATE)
INVALID = "ValidationException"


def _wrong(answer: Answer) -> list[str]:
    """The members an error is about."""
    return [each["name"] for each in parsed(answer.body).get("fieldList", ())]


def _coded_for(member: str, code: str) -> Any:
    return lambda answer: (
        with_header(answer, "x-amzn-ErrorType", code) if _wrong(answer) == [member] else answer
    )


def _gone_for(member: str) -> Any:
    return lambda answer: answer._replace(status=410) if _wrong(answer) == [member] else answer


def _made(answer: Answer) -> Answer:
    return answer if answer.status >= 400 else answer._replace(status=201)


def _without_message(answer: Answer) -> Answer:
    body = {name: each for name, each in parsed(answer.body).items() if name != "message"}
    return with_json(answer, body)


TWELVE: dict[str, Any] = {
    "a farm has no id": succeeding(GET, put("farmId", ABSENT)),
    "a farm's name is a number": succeeding(GET, put("displayName", 7)),
    "a farm was made at a time that is a number": succeeding(GET, put("createdAt", 1767225600)),
    "nobody has made a farm": succeeding(GET, put("createdBy", ABSENT)),
    "a farm has a stray member": succeeding(GET, lambda value: {**value, "Stray": "seen"}),
    "a wrong name has a strange code": erring(
        CREATE, _coded_for("displayName", "Strange"), INVALID
    ),
    "farms are listed without ids": succeeding(LIST, put("farms/*/farmId", ABSENT)),
    "farms are listed without names": succeeding(LIST, put("farms/*/displayName", ABSENT)),
    "what is wrong with a list is a 404": erring(LIST, lambda each: each._replace(status=404)),
    "making a farm is answered with 201": answering(CREATE, _made),
    "a farm cannot have tags": rejecting(CREATE, lambda request: "tags" in request),
    "errors have no message": erring(CREATE, _without_message, INVALID),
}
# Under clauses that the ninth already breaks, in another way; it comes first to have its say last.
THIRTEENTH = {"a wrong principal is a 410": erring(LIST, _gone_for("principalId"))}
FAULTS = {**THIRTEENTH, **TWELVE}


def application(names: Iterable[str]) -> Emulator:
    """The emulator with the faults of these names."""
    made: Emulator = type("Combined", (*(FAULTS[each] for each in names), Emulator), {})()
    return made


def module(names: Iterable[str]) -> str:
    """The text of a module whose `app` has the faults of these names."""
    listed = json.dumps(list(names))
    return f"from faulty.combined import application\n\napp = application({listed})\n"
