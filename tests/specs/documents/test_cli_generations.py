"""AWS CLI pages in all their forms: both generations, HTML, and what the help command prints."""

from __future__ import annotations

import pytest

from awsconform.errors import PageError
from awsconform.specs.documents import cli_html
from awsconform.specs.documents.recognition import read_page
from awsconform.specs.documents.source import source_of
from awsconform.specs.documents.tree import Member, Page, walk
from awsconform.specs.pages import extract, schema_of

NEW = """[ aws . gardens ]

tend-garden

Description

Tends.

See also: AWS API Documentation

Synopsis

  tend-garden
--garden-name <value>
[--beds <value>]
[--tools <value>]
[--cli-input-json | --cli-input-yaml]

Options

--garden-name (string) [required]

Which one.

Constraints:

\u2022 min: 1

\u2022 max: 64

\u2022 pattern: [a-z]+ -> \\(x\\)

--beds (list)

The beds.

(structure)

A bed.

Plant -> (string) [required]

What grows there.

Possible values:

\u2022 ROSE

\u2022 TULIP

Width -> (double)

How wide.

Constraints:

\u2022 min: 0.5

Shorthand Syntax:

Plant=string,Width=double ...

JSON Syntax:

[
  {
    "Plant": "ROSE"|"TULIP",
    "Width": double
  }
  ...
]

--tools (list)

The tools.

(string)

Possible values:

\u2022 SPADE

\u2022 Long Rake

Syntax:

"string" "string" ...

--cli-input-json | --cli-input-yaml (string) Reads arguments.

Output

Season -> (string)

When.

Possible values:

\u2022 SPRING

\u2022 AUTUMN

Yields -> (map)

How much.

key -> (string)

Possible values:

\u2022 ROSE

value -> (long)
"""

HTML = """<!DOCTYPE html>
<html><head><meta content="Use the AWS CLI {version} to run the gardens tend-garden command."
 name="description" /></head>
<body><nav><p>elsewhere</p></nav>
<div class="body">
<p>[ <a class="reference" href="x">aws</a> . <a class="reference" href="y">gardens</a> ]</p>
<section id="tend-garden">
<h1>tend-garden<a class="headerlink" href="#tend-garden">\u00b6</a></h1>
<section id="description"><h2>Description<a class="headerlink" href="#d">\u00b6</a></h2>
<p>Tends.</p>
<p>See also: <a href="https://docs.aws.amazon.com/goto/WebAPI/gardens-2021-03-04/TendGarden"
>AWS API Documentation</a></p>
</section>
<section id="synopsis"><h2>Synopsis</h2>
<div class="highlight"><pre><span></span>  <span class="n">tend</span>-garden
[--bed &lt;value&gt;]
</pre></div>
</section>
<section id="options"><h2>Options</h2>
<p><code class="docutils literal"><span class="pre">--bed</span></code> (structure)</p>
<blockquote><div><p>The bed.</p>
<p>Plant -&gt; (string){required}</p>
<blockquote><div><p>What grows there.</p>
{values}
</div></blockquote>
</div></blockquote>
<p>JSON Syntax:</p>
<div class="highlight"><pre><span></span>{{
  "Plant": "ROSE"|"TULIP"
}}
</pre></div>
</section>
<section id="examples"><h2>Examples</h2><p>Output</p><pre>{{}}</pre></section>
<section id="output"><h2>Output</h2>
<p>Bed -&gt; (structure)</p>
<blockquote><div><p>The bed.</p>
<p>Plant -&gt; (string)</p>
<blockquote><div><p>What grows there.</p>
</div></blockquote>
<p>Inner -&gt; (structure)</p>
<blockquote><div><p>A bed within.</p>
<p>Plant -&gt; (string)</p>
<blockquote><div><p>What grows there.</p>
</div></blockquote>
<p>( \u2026 recursive \u2026 )Width -&gt; (long)</p>
<blockquote><div><p>How wide.</p>
</div></blockquote>
</div></blockquote>
<p>Width -&gt; (long)</p>
<blockquote><div><p>How wide.</p>
</div></blockquote>
</div></blockquote>
<p>Count -&gt; (integer)</p>
<blockquote><div><p>How many.</p>
</div></blockquote>
</section>
</section>
</div>
<footer><p>unclosed
</body></html>
"""
_LISTED = """<p>Possible values:</p>
<ul class="simple">
<li><p><code>ROSE</code></p></li>
<li><p><code>TULIP</code></p></li>
</ul>"""
NEW_HTML = HTML.format(version="2.31.0", required=" [required]", values=_LISTED)
OLD_HTML = HTML.format(version="1.46.2", required="", values="")

HELP = """TEND-GARDEN()                                                    TEND-GARDEN()



N\bNA\bAM\bME\bE
       tend-garden -

D\bDE\bES\bSC\bCR\bRI\bIP\bPT\bTI\bIO\bON\bN
       Tends  the  garden,  which is kept by the garden-
       er.

       See also: A\bAW\bWS\bS API Documentation

SYNOPSIS
            tend-garden
          [--beds <value>]
          [--no-verify-ssl]

OPTIONS
       -\b--\b-beds (list)
          The beds.

          (structure)
              A bed.

              Plant -> (string)
                 What  grows  there,  if anything, and for
                 how long.

       JSON Syntax:

          [
            {
              "Plant": "ROSE"|"TULIP"
            }
            ...
          ]

GLOBAL OPTIONS
       --no-verify-ssl (boolean)

       Verifies nothing.

OUTPUT
       Bed -> (structure)
          The bed.

          AVeryLongNameThatDoesNotFit   ->
          (string)
              Something.

       Count -> (integer)
          How many.



                                                                 TEND-GARDEN()
"""


def _members(root: Member | None) -> dict[str, Member]:
    assert root is not None
    return dict(walk(root))


def _read(text: str) -> Page:
    return read_page(text, name="page")


def test_reads_what_a_page_from_2_31_on_states_of_every_member() -> None:
    page = _read(NEW)
    assert page.generation == "2.31"
    request, response = _members(page.request), _members(page.response)
    name = request["GardenName"]
    assert (name.required, name.least, name.most, name.pattern) == (
        True,
        1,
        64,
        "[a-z]+ -> \\(x\\)",
    )
    plant = request["Beds/*/Plant"]
    assert (plant.required, plant.enum) == (True, ("ROSE", "TULIP"))
    assert request["Beds/*/Width"].least == 0.5
    assert request["Tools/*"].enum == ("SPADE", "Long Rake")
    assert response["Season"].enum == ("SPRING", "AUTUMN")
    assert response["Yields/@key"].enum == ("ROSE",)
    assert response["Yields/@value"].type == "long"


def test_writes_constraints_in_the_keywords_of_the_type() -> None:
    schema = schema_of(_read(NEW.replace("[a-z]+ -> \\(x\\)", "[a-z]+")).request)
    name = schema["properties"]["GardenName"]
    assert (name["minLength"], name["maxLength"]) == (1, 64)
    assert name["pattern"].startswith("^(?:[a-z]+)$")
    assert schema["properties"]["Beds"]["items"]["properties"]["Width"]["minimum"] == 0.5


@pytest.mark.parametrize(
    ("written", "changed"),
    [
        ("\u2022 min: 1\n", "\u2022 mni: 1\n"),
        ("\u2022 min: 1\n", "\u2022 min: one\n"),
        ("\u2022 min: 1\n\n\u2022 max: 64", "\u2022 max: 64\n\n\u2022 min: 1"),
        ('"ROSE"|"TULIP"', '"ROSE"|"TILUP"'),
        ("\u2022 TULIP\n", "\u2022 ROSE\n"),
        ("[--beds <value>]", "--beds <value>"),
        ("Width -> (double)", "Width -> (duoble)"),
        ("value -> (long)\n", ""),
        ("Constraints:\n\n\u2022 min: 0.5\n", "Constraints:\n"),
    ],
)
def test_refuses_damage_to_what_a_page_states(written: str, changed: str) -> None:
    assert written in NEW
    with pytest.raises(PageError) as error:
        _read(NEW.replace(written, changed, 1))
    assert error.value.location is not None
    assert error.value.location.line is not None


def test_takes_prose_for_prose_though_it_is_called_constraints() -> None:
    prose = "Which one.\n\nConstraints:\n\n\u2022 Must be one that is there.\n\nConstraints:"
    page = _read(NEW.replace("Which one.\n\nConstraints:", prose, 1))
    assert page.request == _read(NEW).request


@pytest.mark.parametrize(("text", "generation"), [(OLD_HTML, None), (NEW_HTML, "2.31")])
def test_reads_html_of_both_generations(text: str, generation: str | None) -> None:
    page = _read(text)
    assert (page.format, page.generation) == ("cli-html", generation)
    assert (page.title, page.api_version, page.operation) == ("gardens", "2021-03-04", "TendGarden")
    plant = _members(page.request)["Bed/Plant"]
    assert (plant.enum, plant.required) == (("ROSE", "TULIP"), generation is not None)
    assert [m.name for m in page.response.members] == ["Bed", "Count"] if page.response else False
    assert not page.warnings


def test_names_a_member_that_recurs_after_the_structure_around_it() -> None:
    response = _members(_read(OLD_HTML).response)
    assert response["Bed/Inner/Inner"].recursive
    assert "Bed/Inner/Width" in response


def test_gives_the_lines_of_the_html_file() -> None:
    lines = OLD_HTML.split("\n")
    for path, member in _members(_read(OLD_HTML).request).items():
        name = "--bed" if path == "Bed" else path.rpartition("/")[2]
        assert name in lines[member.line - 1]


def test_notices_where_html_is_cut_off_or_a_tag_is_lost() -> None:
    lines = NEW_HTML.split("\n")
    whole = _read(NEW_HTML)
    last = next(n for n, line in enumerate(lines) if line.startswith("<footer"))
    for number in range(last - 1):
        with pytest.raises(PageError):
            _read("\n".join(lines[:number]))
    for tag in ("</div></blockquote>", "</section>", "<blockquote><div>"):
        with pytest.raises(PageError):
            _read(NEW_HTML.replace(tag, "", 1))
    assert whole.request.members


def test_doubts_a_description_whose_member_is_missing() -> None:
    page = _read(OLD_HTML.replace("<p>Count -&gt; (integer)</p>\n", "", 1))
    assert [w for w in page.warnings if "may be missing above" in w.message]


def test_reads_the_help_as_printed_with_its_nesting() -> None:
    page = _read(HELP)
    request, response = _members(page.request), _members(page.response)
    assert (page.format, page.method, page.title) == ("cli-text", "tend-garden", "")
    assert request["Beds/*/Plant"].enum == ("ROSE", "TULIP")
    assert list(response) == ["Bed", "Bed/AVeryLongNameThatDoesNotFit", "Count"]
    assert not page.warnings


def test_doubts_help_without_its_last_line() -> None:
    whole = HELP.rstrip("\n").rpartition("\n")[0]
    assert [w for w in _read(whole).warnings if "manual page" in w.message]


def test_asks_for_the_service_that_help_does_not_name() -> None:
    with pytest.raises(PageError, match="no installed service model") as error:
        extract(HELP, name="page")
    assert "--service" in str(error.value.hint)


def test_reads_a_switch_that_is_a_structure() -> None:
    text = """[ aws . gardens ]

tend-garden

Description

Tends.

See also: AWS API Documentation

Synopsis

  tend-garden
[--open | --no-open]

Options

--open | --no-open (structure)

Whether it is.

Value -> (boolean)

Output

None
"""
    member = _read(text).request.members[0]
    assert (member.type, [below.name for below in member.members]) == ("structure", ["Value"])


@pytest.mark.parametrize(
    ("written", "changed", "message"),
    [
        ('<p>[ <a class="reference" href="x">aws</a>', "<p>[ ows", "does not name its service"),
        ("https://docs.aws.amazon.com/goto/", "https://docs.example/", "is damaged"),
        ("<h1>tend-garden", "<h1>Tending", "the command's name is expected"),
    ],
)
def test_refuses_html_that_does_not_say_what_it_is_about(
    written: str, changed: str, message: str
) -> None:
    with pytest.raises(PageError, match=message) as error:
        _read(OLD_HTML.replace(written, changed, 1))
    assert error.value.location is not None
    assert error.value.location.line is not None


def test_refuses_html_without_a_heading_below_the_service() -> None:
    text = "<html><body><p>[ aws . gardens ]</p><p>tend-garden</p></body></html>"
    with pytest.raises(PageError, match="the command's name is expected below"):
        cli_html.read(source_of(text, name="page"))


def test_passes_over_headings_above_the_service() -> None:
    text = OLD_HTML.replace("<nav>", "<div><h1>tend-roofs</h1></div><nav>", 1)
    assert _read(text).method == "tend-garden"


def test_reads_html_that_does_not_link_to_the_api() -> None:
    start = OLD_HTML.index("<p>See also")
    text = OLD_HTML[:start] + OLD_HTML[OLD_HTML.index("</section>", start) :]
    page = _read(text)
    assert (page.operation, page.request) != ("TendGarden", None)
    assert [w for w in page.warnings if "link to the API documentation" in w.message]


def test_passes_over_what_sphinx_complains_of_and_over_empty_items() -> None:
    noise = (
        '<div class="system-message"><p>Width -&gt; (long)</p></div>'
        "<script>Width -&gt; (long)</script><ul><li></li></ul>\n<ul>\n<li><p></p></li></ul>"
    )
    text = NEW_HTML.replace("<p>The bed.</p>\n", f"<p>The bed.</p>{noise}\n", 1)
    noisy, clean = _read(text), _read(NEW_HTML)
    assert (noisy.request, noisy.response) == (clean.request, clean.response)


def test_keeps_words_apart_that_a_line_break_parts() -> None:
    text = OLD_HTML.replace("<p>What grows there.</p>", "Plant<br/>-&gt; it<br/><em>grows</em>", 1)
    assert _read(text).request == _read(OLD_HTML).request
