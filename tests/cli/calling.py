"""The command line, called in this process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from awsconform.cli import main


@dataclass(frozen=True)
class Ended:
    """How a call ended, and what it wrote."""

    code: int
    out: str
    err: str


Call = Callable[..., Ended]


def caller(capsys: pytest.CaptureFixture[str]) -> Call:
    """A function that calls the command line with the given words."""

    def call(*words: str) -> Ended:
        with pytest.raises(SystemExit) as ended:
            main(list(words))
        code = ended.value.code
        written = capsys.readouterr()
        assert isinstance(code, int)
        assert "Traceback" not in written.err
        return Ended(code, written.out, written.err)

    return call
