"""The output list of a CLI page: nothing repeats it, so it has to be whole by itself."""

from __future__ import annotations

import pytest

from awsconform.errors import PageError
from awsconform.specs.documents.recognition import read_page

PAGE = """[ aws . gardens ]

tend-garden

Description

Tends.

See also: AWS API Documentation

Synopsis

  tend-garden
[--cli-input-json | --cli-input-yaml]
[--generate-cli-skeleton <value>]

Options

--cli-input-json | --cli-input-yaml (string) Reads arguments.

--generate-cli-skeleton (string) Prints a skeleton.

Output

Beds -> (map)

  What grows where.

  key -> (string)

  value -> (string)

Name -> (string)

  What it is called.
"""


def test_reads_a_map_with_its_key_and_its_value() -> None:
    page = read_page(PAGE, name="page")
    assert page.response is not None
    beds = page.response.members[0]
    assert beds.key is not None
    assert beds.value is not None
    assert (beds.key.type, beds.value.type) == ("string", "string")


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        ("  value -> (string)\n", ""),
        ("  key -> (string)\n", ""),
        ("  key -> (string)\n", "  key -> (string)\n  key -> (string)\n"),
        ("  value -> (string)\n", "  colour -> (string)\n"),
    ],
)
def test_refuses_a_map_that_lacks_its_key_or_its_value(line: str, instead: str) -> None:
    damaged = PAGE.replace(line, instead, 1)
    assert damaged != PAGE
    with pytest.raises(PageError) as raised:
        read_page(damaged, name="page")
    assert raised.value.location is not None
    assert raised.value.location.line is not None
