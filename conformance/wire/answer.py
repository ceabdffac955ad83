"""The words for what was read: an answer and the problems of its wire form."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from awsconform.specs.contract import SegmentPath

Part = Literal["wire", "response", "errors"]


class AnswerKind(StrEnum):
    """What a response is, as far as its bytes say."""

    SUCCESS = "success"
    ERROR = "error"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Problem:
    """One thing wrong with the wire form of an answer, apart from its values.

    `part` and `path` are those of clauses: an error's path begins with its code. `kind` is json,
    xml, cbor, eventstream, protocol-header, content-type, status or request-id (part wire);
    timestamp or blob (part response or errors); discriminator or discriminator-place (part errors,
    empty path). `pointer` is the JSON Pointer into the answer's value, empty for the answer as a
    whole.
    """

    part: Part
    path: SegmentPath
    kind: str
    pointer: str
    message: str


@dataclass(frozen=True)
class Answer:
    """A response, read strictly: nothing dropped, converted or filled in without a word.

    `value` is the logical JSON of the response or of the error's members; members that were null
    are not in it, values of a wrong kind are in it as they came. It is None where nothing could be
    read. `code` is the error's code without namespace, spelt as the contract keys it, and
    `code_place` where it stood: `header`, `__type`, `code`, `Code` (in XML the element), `root`
    (the root element's name), `status` (of an answer without a body), `:exception-type` or
    `:error-code` (of a stream of events), or `sdk`.

    `present`, `nulls` and `unknown` are clause paths (an error's begin with its code): of all that
    is in the value, of structure members that were null, and of members no structure has.
    `present` has the empty path for the structure itself.
    """

    kind: AnswerKind
    status: int | None
    value: dict[str, Any] | None = None
    code: str | None = None
    code_place: str | None = None
    problems: tuple[Problem, ...] = ()
    present: frozenset[SegmentPath] = frozenset()
    nulls: tuple[SegmentPath, ...] = ()
    unknown: tuple[SegmentPath, ...] = ()
