"""Quoting for a POSIX shell."""

from __future__ import annotations

import re
import shlex

from awsconform.conformance.targets.preparing import is_secret


def quoted(text: str) -> str:
    """One word of a command line that stands for `text`, whatever is in it but NUL."""
    return shlex.quote(text)


def variable(name: str) -> str:
    """The environment variable a secret header's value is taken from."""
    return re.sub(r"[^A-Z0-9]", "_", name.upper())


def quoted_header(name: str, value: str, *, separator: str = ":") -> str:
    """One word for a header; what is secret by its name is left to the environment."""
    if is_secret(name):
        return f'"{name}{separator}${variable(name)}"'
    return quoted(f"{name}{separator}{value}")


def printed(body: bytes) -> str:
    """A `printf` command that writes any bytes, NUL too."""
    return f"printf {quoted(format_of(body))}"


def format_of(body: bytes) -> str:
    """What `printf` is given to write these bytes."""
    return "".join(_escaped(byte) for byte in body)


def _escaped(byte: int) -> str:
    if byte in b"\\%":
        return chr(byte) * 2
    return chr(byte) if 0x20 <= byte < 0x7F else f"\\{byte:03o}"


def command(words: list[str], *, width: int = 100) -> str:
    """The words of a command line, with a line's end and a backslash where it gets too long.

    A word may be an option and its value in one string.
    """
    if len(" ".join(words)) <= width:
        return " ".join(words)
    lines = [words[0]]
    for word in words[1:]:
        fits = len(lines[-1]) + len(word) + 3 <= width and "\n" not in word
        if fits:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return " \\\n  ".join(lines)
