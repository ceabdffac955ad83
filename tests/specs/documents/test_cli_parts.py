"""Parts of AWS CLI pages, one small page each: what is read of them, and what is refused."""

from __future__ import annotations

import pytest

from awsconform.errors import PageError
from awsconform.specs.documents.naming import settled
from awsconform.specs.documents.recognition import read_page
from awsconform.specs.documents.tree import Member, Page, walk


def _text(synopsis: str = "", options: str = "", output: str = "None") -> str:
    return (
        "[ aws . gardens ]\n\ntend-garden\n\nDescription\n\nTends.\n\n"
        "See also: AWS API Documentation\n\nSynopsis\n\n  tend-garden\n"
        f"{synopsis}\n[--cli-input-json <value>]\n\nOptions\n\n{options}\n\n"
        f"--cli-input-json (string) Reads arguments.\n\nOutput\n\n{output}\n"
    )


def _option(header: str, body: str) -> str:
    """A page with one option `--bed`."""
    return _text("[--bed <value>]", f"--bed ({header})\n\nThe bed.\n\n{body}")


def _read(text: str) -> Page:
    return read_page(text, name="page")


def _request(text: str) -> dict[str, Member]:
    return dict(walk(_read(text).request))


def _response(output: str) -> dict[str, Member]:
    response = _read(_text(output=output)).response
    assert response is not None
    return dict(walk(response))


def _refused(text: str, message: str, line: str) -> None:
    """Assert that a page is refused with a message, at the last line that reads like this."""
    with pytest.raises(PageError) as error:
        _read(text)
    assert message in str(error.value)
    location = error.value.location
    assert location is not None
    assert location.line is not None
    assert text.split("\n")[location.line - 1].strip() == line


@pytest.mark.parametrize(
    "name", ["open | --no-open", "enable-tap | --disable-tap", "disable-tap | --enable-tap"]
)
def test_reads_a_switch_by_the_first_of_its_names(name: str) -> None:
    page = _read(_text(f"[--{name}]", f"--{name} (boolean)\n\nWhether it is."))
    (member,) = page.request.members
    assert (member.cli_name, member.type) == (name.split(" ")[0], "boolean")
    assert not page.warnings


def test_doubts_that_alternatives_are_members() -> None:
    names = "--sunny | --shady | --wet"
    page = _read(_text(f"[{names}]", f"{names} (boolean)\n\nWhich ones."))
    (member,) = page.request.members
    assert (member.cli_name, member.type) == ("sunny", "boolean")
    assert [w.message for w in page.warnings] == [
        f"{names} are the command's own, and no member of the request"
    ]


def test_reads_no_positional_argument_as_a_member() -> None:
    page = _read(_text("<outfile>", "outfile (string)\n\nWhere it goes."))
    assert page.request.members == ()


PAGING = "[--starting-token <value>]\n[--page-size <value>]"


@pytest.mark.parametrize(
    ("described", "members"),
    [
        ("How many beds there are.", ["page-size"]),
        ("The size of each page to get in the service call.", []),
        ("", []),
    ],
)
def test_tells_a_page_size_of_the_request_from_that_of_the_cli(
    described: str, members: list[str]
) -> None:
    text = _text(
        PAGING, f"--starting-token (string)\n\nA token.\n\n--page-size (integer)\n\n{described}"
    )
    page = _read(text)
    assert [member.cli_name for member in page.request.members] == members
    replacing = [w for w in page.warnings if "replaces members" in w.message]
    assert len(replacing) == 2 - len(members)


def test_takes_a_page_size_for_a_member_where_nothing_pages() -> None:
    page = _read(_text("[--page-size <value>]", "--page-size (integer)\n\nThe size of a service."))
    assert [member.cli_name for member in page.request.members] == ["page-size"]


@pytest.mark.parametrize(
    ("synopsis", "message"),
    [
        ("[--bed <value>", "not understood"),
        ("[--bed]", "not understood"),
        ("[--open | --shut]", "not understood"),
        ("[--open | --open | --open]", "not understood"),
        ("[--enable-tap | --disable-pipe]", "not understood"),
        ("[--enable-tap | --enable-tap]", "not understood"),
        ("--debug", "cannot be required"),
    ],
)
def test_refuses_a_synopsis_that_is_none(synopsis: str, message: str) -> None:
    _refused(_text(synopsis), message, synopsis)


def test_refuses_an_option_that_the_synopsis_has_twice() -> None:
    text = _text("[--bed <value>]\n--bed <value>", "--bed (string)\n\nThe bed.")
    _refused(text, "twice", "--bed <value>")


@pytest.mark.parametrize(
    ("synopsis", "options", "message", "line"),
    [
        ("[--bed <value>]", "Some.\n\n--bed (string)", "not understood", "Some."),
        ("[--bed <value>]", "", "--bed is not described", "[--bed <value>]"),
        (
            "[--bed <value>]\n[--tool <value>]",
            "--tool (string)\n\n--bed (string)",
            "--tool is described where the synopsis has --bed",
            "--tool (string)",
        ),
        (
            "[--bed <value>]",
            "--bed (string)\n\n--bed (string)",
            "--bed is described where the synopsis has no option",
            "--bed (string)",
        ),
        ("[--bed <value>]", "--bde (string)", "not understood", "--bde (string)"),
        ("[--bed <value>]", "--bed (strin)", "not understood", "--bed (strin)"),
        ("[--on | --no-on]", "--on | --no-on (string)", "is a switch", "--on | --no-on (string)"),
        ("[--on | --no-on]", "--on (boolean)", "other alternatives", "--on (boolean)"),
        (
            "[--on <value>]",
            "--on | --no-on (boolean)",
            "other alternatives",
            "--on | --no-on (boolean)",
        ),
        (
            "[--sunny | --shady | --wet]",
            "--sunny | --shady (boolean)",
            "other alternatives",
            "--sunny | --shady (boolean)",
        ),
        (
            "[--bed <value>]",
            "--bed (string) [required]",
            "is optional in the synopsis",
            "--bed (string) [required]",
        ),
    ],
)
def test_refuses_options_that_are_not_those_of_the_synopsis(
    synopsis: str, options: str, message: str, line: str
) -> None:
    _refused(_text(synopsis, options), message, line)


def test_reads_a_description_on_the_line_of_its_option() -> None:
    page = _read(_text("[--bed <value>]", "--bed (string) Possible values:\n\n\u2022 ROSE"))
    assert page.request.members[0].enum == ("ROSE",)


def test_passes_over_global_options_among_the_others() -> None:
    text = _text(
        "[--debug]\n[--bed <value>]", "--debug (boolean)\n\nTells all.\n\n--bed (string)\n\nIt."
    )
    assert [member.cli_name for member in _read(text).request.members] == ["bed"]


BED = '(structure)\n\nPlant -> (string)\n\nWidth -> (long)\n\nJSON Syntax:\n\n[\n  {\n    "Plant": '


@pytest.mark.parametrize(
    ("kind", "body", "message", "line"),
    [
        ("list", f'{BED}"string"\n  }}\n  ...\n]', "the JSON syntax lacks", "Width -> (long)"),
        (
            "list",
            f'{BED}"string",\n    "Width": integer\n  }}\n  ...\n]',
            "the list says long",
            "Width -> (long)",
        ),
        (
            "list",
            f'{BED}"string",\n    "Width": long,\n    "Length": long\n  }}\n  ...\n]',
            "a member the list lacks",
            '"Length": long',
        ),
        (
            "list",
            f'{BED}"string",\n    "Height": long\n  }}\n  ...\n]',
            "where the JSON syntax",
            "Width -> (long)",
        ),
        (
            "list",
            'Syntax:\n\n"string" "string" ...',
            "one entry of a list is expected",
            "--bed (list)",
        ),
        (
            "list",
            "(string)\n\nSyntax:\n\ninteger integer ...",
            "the list says string",
            "(string)",
        ),
        ("list", '(string)\n\nSyntax:\n\n"string" integer ...', "not understood", "Syntax:"),
        (
            "list",
            '(string)\n\nSyntax:\n\n"string" "string" ...\n\nWhere valid values are:\n\n'
            "ROSE\n\nROSE",
            "given twice",
            "ROSE",
        ),
        ("list", "(string)\n\nSyntax:", "not understood", "Syntax:"),
        (
            "list",
            '(string)\n\nSyntax:\n\n"string" "string" ...\n\nROSE',
            "not understood",
            "ROSE",
        ),
        (
            "list",
            '(string)\n\nSyntax:\n\n"string" ...\n\nJSON Syntax:\n\n[]',
            "JSON Syntax is out of place",
            "JSON Syntax:",
        ),
        ("list", "(string)\n\nSnytax:", "not understood", "Snytax:"),
        (
            "list",
            '(string)\n\n"string" "string" ...',
            "without its heading",
            '"string" "string" ...',
        ),
        ("string", "Plant -> (string)", "--bed is a string", "Plant -> (string)"),
        ("map", "", "nothing is said of what it holds", "--bed (map)"),
        ("list", "Plant -> (strnig)", "entry is not understood", "Plant -> (strnig)"),
    ],
)
def test_refuses_an_option_that_contradicts_its_syntax(
    kind: str, body: str, message: str, line: str
) -> None:
    _refused(_option(kind, body), message, line)


def test_refuses_values_of_which_list_and_syntax_say_different_things() -> None:
    body = (
        "Plant -> (string)\n\nPossible values:\n\n\u2022 ROSE\n\nConstraints:\n\n\u2022 min: 1"
        '\n\nJSON Syntax:\n\n{\n  "Plant": '
    )
    assert _request(_option("structure", f'{body}"ROSE"\n}}'))["Bed/Plant"].enum == ("ROSE",)
    _refused(_option("structure", f'{body}"TULIP"\n}}'), "has other values", '"Plant": "TULIP"')


def test_reads_a_list_of_booleans() -> None:
    members = _request(_option("list", "(boolean)\n\nSyntax:\n\ntrue|false true|false ..."))
    assert members["Bed/*"].type == "boolean"


def test_doubts_a_structure_that_no_syntax_repeats() -> None:
    page = _read(_option("structure", "Plant -> (string)"))
    assert page.request.members[0].members[0].name == "Plant"
    assert [w for w in page.warnings if "no syntax block" in w.message]


def test_doubts_a_shorthand_that_differs_from_the_members() -> None:
    body = (
        "Plant -> (string)\n\nShorthand Syntax:\n\n{}\n\n"
        'JSON Syntax:\n\n{{\n  "Plant": "string"\n}}'
    )
    right, wrong = (
        _read(_option("structure", body.format(each))) for each in ("Plant=string", "Plnat=string")
    )
    assert not right.warnings
    assert [w.message for w in wrong.warnings] == [
        "the shorthand of --bed differs from its members"
    ]
    assert right.request == wrong.request


def test_reads_a_map_by_the_names_its_members_have() -> None:
    for key, value in (("key", "value"), ("Name", "Value")):
        body = (
            f'{key} -> (string)\n\n{value} -> (long)\n\nJSON Syntax:\n\n{{"string": long\n  ...}}'
        )
        members = _request(_option("map", body))
        assert (members["Bed/@key"].type, members["Bed/@value"].type) == ("string", "long")


def test_reads_an_option_that_holds_itself() -> None:
    body = (
        "Plant -> (string)\n\nWithin -> (list)\n\n(structure)\n\nPlant -> (string)\n\n"
        "Within -> (list)\n\n( ... recursive ... )\n\nJSON Syntax:\n\n{\n"
        '  "Plant": "string",\n  "Within": [\n    {\n      "Plant": "string",\n'
        '      "Within": [\n        { ... recursive ... }\n        ...\n      ]\n'
        "    }\n    ...\n  ]\n}"
    )
    members = _request(_option("structure", body))
    assert members["Bed/Within/*/Within/*"].recursive
    assert not members["Bed/Within/*"].recursive


def test_reads_a_name_that_text_runs_into() -> None:
    body = (
        "Plant -> (string)\n\nWhat grows.Width -> (long)\n\n"
        'JSON Syntax:\n\n{\n  "Plant": "string",\n  "Width": long\n}'
    )
    members = _request(_option("structure", body))
    assert (members["Bed/Width"].type, members["Bed/Plant"].type) == ("long", "string")


@pytest.mark.parametrize("output", ["None", "This command generates no output. It is in the file."])
def test_reads_that_there_is_no_output(output: str) -> None:
    assert _read(_text(output=output)).response is None


@pytest.mark.parametrize(
    ("output", "message", "line"),
    [
        ("", "the output is cut off", "Output"),
        ("None\n\nBed -> (string)", "not understood", "Bed -> (string)"),
        ("The garden.", "not understood", "The garden."),
        ("Bed -> (string)\n\n(string)", "belongs nowhere", "(string)"),
        ("Bed -> (string)\n\nBed -> (string)", "belongs nowhere", "Bed -> (string)"),
        ("Beds -> (list)", "has no item where it is due", "Beds -> (list)"),
        ("Beds -> (list)\n\nName -> (string)", "has no item", "Name -> (string)"),
    ],
)
def test_refuses_an_output_that_is_none(output: str, message: str, line: str) -> None:
    _refused(_text(output=output), message, line)


def test_reads_a_description_on_the_line_of_its_member() -> None:
    assert list(_response("Bed -> (string) The bed.\n\nWidth -> (long)")) == ["Bed", "Width"]


INNER = "Bed -> (structure)\n  Plant -> (string)\n  Inner -> (structure)\n    Plant -> (string)\n"


def test_names_what_recurs_after_the_place_in_the_structure_around() -> None:
    members = _response(f"{INNER}    ( \u2026 recursive \u2026 )")
    assert members["Bed/Inner/Inner"].recursive


def test_doubts_what_recurs_without_a_structure_around_that_names_it() -> None:
    page = _read(_text(output=f"{INNER}    Width -> (long)\n    ( \u2026 recursive \u2026 )"))
    assert page.response is not None
    assert "Bed/Inner/Inner" not in dict(walk(page.response))
    assert [w for w in page.warnings if w.message == "a member that recurs here is not named"]


def test_doubts_where_structures_end_without_indentation_once() -> None:
    page = _read(_text(output="Bed -> (structure)\n\nPlant -> (string)\n\nWidth -> (long)"))
    guessed = [w for w in page.warnings if "belong together" in w.message]
    assert len(guessed) == 1
    assert "Bed/Plant" in dict(walk(page.response)) if page.response else False


def test_gives_members_the_names_that_the_model_has_for_their_options() -> None:
    page = _read(
        _text(
            "[--bed-id <value>]\n[--tool <value>]",
            "--bed-id (string)\n\nA.\n\n--tool (string)\n\nB.",
        )
    )
    names = settled(page, ("bedID", "Tool", "tool", "Other")).request.members
    assert [member.name for member in names] == ["bedID", "Tool"]
    assert [member.cli_name for member in names] == ["bed-id", "tool"]
