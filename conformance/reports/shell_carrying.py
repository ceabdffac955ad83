"""Shell scripts whose requests repeat what answers before them gave."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from awsconform.conformance.reports.answer_places import Words
from awsconform.conformance.reports.answer_taking import taking
from awsconform.conformance.reports.carrying import URL, Given, Pieces, Use
from awsconform.conformance.reports.shell import quoted


@dataclass(frozen=True)
class Command:
    """A request as a command of a shell: lines of comments, and what sends it, if anything can.

    `uses` are the texts it takes from answers before.
    """

    comments: tuple[str, ...]
    text: str
    uses: tuple[Use, ...] = ()

    @property
    def whole(self) -> str:
        """Comments and command."""
        return "\n".join([*self.comments, *([self.text] if self.text else [])])


@dataclass(frozen=True)
class Requested:
    """A request of a script: what for, what was given before, what makes its command of that.

    `found` says where in the answer to this command a given text stands, None where nowhere.
    """

    note: str
    repeats: tuple[Given, ...]
    command: Callable[[tuple[Given, ...]], Command]
    found: Callable[[Given], Words | None]


def script(requests: Sequence[Requested]) -> str:
    """The commands one after the other; what one takes from an answer stands in a variable."""
    commands: list[Command] = []
    for each in requests:
        usable = tuple(
            given
            for given in each.repeats
            if commands[given.step - 1].text and requests[given.step - 1].found(given)
        )
        made = each.command(usable)
        taken = {use.given for use in made.uses}
        lacking = [given for given in each.repeats if given not in taken] if made.text else []
        comments = (*made.comments, *(as_recorded(given) for given in lacking))
        commands.append(Command(comments, made.text, made.uses))
    wanted = dict.fromkeys(use for each in commands for use in each.uses)
    ways: dict[Use, Words] = {}
    blocks: list[str] = []
    for step, (each, made) in enumerate(zip(requests, commands, strict=True), 1):
        lines = [f"# {each.note}", *made.comments]
        uses = [use for use in wanted if use.given.step == step]
        if uses:
            lines += [f"answer_{step}=$(", made.text, ")", f"printf '%s\\n' \"$answer_{step}\""]
        elif made.text:
            lines.append(made.text)
        for use in uses:
            ways[use] = each.found(use.given) or ()
            words = " ".join(quoted(part) for part in (use.spelling, *ways[use]))
            answer = f"printf '%s' \"$answer_{step}\""
            lines.append(f"{variable_of(use)}=$({answer} | taken {words})")
        blocks.append("\n".join(lines))
    return "\n\n".join([*([taking(ways)] if ways else []), *blocks])


def as_recorded(given: Given) -> str:
    """The comment on a text that is not taken from the answer it came from."""
    return comment(
        f"{given.name} is the one that was recorded: here nothing takes it from the answer "
        f"to request {given.step}."
    )


def comment(text: str) -> str:
    """Lines of a comment, in the shell's form and Python's."""
    return textwrap.fill(text, 78, initial_indent="# ", subsequent_indent="# ")


def variable_of(use: Use) -> str:
    """The name of the variable that has a used text."""
    if use.spelling.startswith(URL):
        kept = use.spelling.removeprefix(URL).encode().hex()
        return f"{use.given.variable}_{URL}{kept}"
    return f"{use.given.variable}_{use.spelling}" if use.spelling else use.given.variable


def word(pieces: Pieces) -> str:
    """One word of a command line."""
    words = []
    for is_use, group in groupby(pieces, lambda each: isinstance(each, Use)):
        if is_use:
            words += [f'"${variable_of(each)}"' for each in group if isinstance(each, Use)]
        else:
            words.append(quoted("".join(each for each in group if isinstance(each, str))))
    return "".join(words) or quoted("")


def used(pieces: Pieces) -> tuple[Use, ...]:
    """The uses among pieces, each once."""
    return tuple(dict.fromkeys(each for each in pieces if isinstance(each, Use)))
