"""What a person may have edited is read strictly."""

from __future__ import annotations

from pathlib import Path

import pytest

from awsconform.conformance.gate.json_file import FileUnreadable, NotJSON, pointer, read_json


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "file.json"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{\n  nonsense", ":2: is no JSON"),
        ("", "is no JSON"),
        ('{"a": 1, "a": 2}', "'a' is there twice"),
        ('{"a": NaN}', "NaN is no number"),
        ("[" * 200_000, "nested too deeply"),
    ],
)
def test_what_is_no_json_is_told(file: Path, text: str, told: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(NotJSON) as raised:
        read_json(file)
    assert str(raised.value).startswith(str(file))
    assert told in str(raised.value)


def test_what_cannot_be_read_says_so(file: Path) -> None:
    with pytest.raises(FileUnreadable, match="cannot be read: No such file"):
        read_json(file)
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(NotJSON, match="is not UTF-8"):
        read_json(file)


def test_a_pointer_escapes_what_it_has_to() -> None:
    assert pointer("a/b", "~", 3) == "/a~1b/~0/3"
    assert pointer() == ""
