"""Bodies that are no XML, or a document of another kind."""

from __future__ import annotations

from awsconform.generators.choices import Choices

LABELS = (
    "truncated",
    "not XML",
    "invalid UTF-8",
    "mismatched tags",
    "unescaped ampersand",
    "two roots",
    "wrong root",
)
WRONG_KINDS: tuple[str, ...] = ()


def body(label: str, word: str, number: int, choices: Choices) -> bytes:
    """A body that is malformed in the way the label says; `word` is nobody's name."""
    whole = f"<{word}><Number>{number}</Number></{word}>"
    match label:
        case "truncated":
            return whole[: choices.integer(1, len(whole) - 1)].encode()
        case "not XML":
            return f'{{"number": {number}}}'.encode()
        case "invalid UTF-8":
            return b"<%b>\xff\xfe%d</%b>" % (word.encode(), number, word.encode())
        case "mismatched tags":
            return f"<{word}><Number>{number}</{word}></Number>".encode()
        case "unescaped ampersand":
            return f"<{word}>{number} & {number}</{word}>".encode()
        case "two roots":
            return f"{whole}{whole}".encode()
        case _:
            return whole.encode()
