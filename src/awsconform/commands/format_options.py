"""`--html`, `--junit`, `--sarif`, `--markdown`, `--badge`: more reports, each in a file."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from awsconform.commands.option_groups import option_group
from awsconform.commands.output import check_writable
from awsconform.errors import UsageError

if TYPE_CHECKING:
    from awsconform.conformance.reports.formats.parts import Document

_Function = TypeVar("_Function", bound=Callable[..., Any])
# Where a step of GitHub Actions writes what is shown of it; steps add to it.
SUMMARY = "GITHUB_STEP_SUMMARY"
DEFAULT_PATH = "{service}/{operation}"

_HELP = {
    "html": "Write a page to this file, to look at in a browser.",
    "junit": "Write JUnit XML to this file: a test case for each clause.",
    "sarif": "Write SARIF to this file, for code scanning: a result for each finding.",
    "markdown": "Write Markdown to this file, short enough for a comment on GitHub; "
    f"it is added to the file that ${SUMMARY} names.",
    "badge": "Write the JSON of a shields.io endpoint badge to this file.",
}


@dataclass(frozen=True)
class Formats:
    """What to write besides the report itself: files by the name of their format."""

    files: Mapping[str, Path] = field(default_factory=dict)
    sarif_path: str = DEFAULT_PATH

    def check(self, *others: Path | None) -> None:
        """Finds out before anything is judged whether all can be written; changes nothing.

        `others` are files that are written as well.

        Raises:
            UsageError: a file cannot be written, or is named twice.
        """
        from awsconform.conformance.reports.formats.sarif import check_path

        check_path(self.sarif_path)
        taken = {os.path.realpath(each) for each in others if each is not None}
        for name, path in self.files.items():
            if str(path) == "-":
                raise UsageError(
                    f"--{name} wants a file: standard output is for the report",
                    hint=f"--{name} /dev/stdout, with -o FILE for the report",
                )
            check_writable(path)
            real = os.path.realpath(path)
            if real in taken:
                raise UsageError(f"--{name} names a file that is written already: {path}")
            taken.add(real)


def format_options(command: _Function) -> _Function:
    """Gives a command the options, and its argument `formats` what they say."""

    @functools.wraps(command)
    def wrapped(*arguments: Any, sarif_path: str, **given: Any) -> Any:
        named = {name: given.pop(name) for name in _HELP}
        files = {name: path for name, path in named.items() if path is not None}
        return command(*arguments, formats=Formats(files, sarif_path), **given)

    made: Any = wrapped
    chosen: _Function = option_group(*_options())(made)
    return chosen


def _options() -> Iterator[Callable[[Any], Any]]:
    for name, text in _HELP.items():
        yield click.option(
            f"--{name}",
            type=click.Path(dir_okay=False, path_type=Path),
            metavar="FILE",
            help=text,
        )
        if name == "sarif":
            yield click.option(
                "--sarif-path",
                default=DEFAULT_PATH,
                show_default=True,
                metavar="PATH",
                help="The file of your repository that implements {operation} of {service}.",
            )


def write_formats(document: Document, formats: Formats, beside: Sequence[Document] = ()) -> None:
    """Writes every file that is wanted, none before all are made, and says so.

    The page has the documents `beside` it as well.

    Raises:
        UsageError: a file cannot be written.
    """
    from awsconform.conformance.atomic_files import write_atomically
    from awsconform.conformance.reports.formats.registry import FORMATS

    texts = {
        name: _text(name, path, document, formats, beside) for name, path in formats.files.items()
    }
    for name, text in texts.items():
        write_atomically(formats.files[name], text)
        click.echo(f"{formats.files[name]} has the report as {FORMATS[name].title}", err=True)


def _text(
    name: str, path: Path, document: Document, formats: Formats, beside: Sequence[Document]
) -> str:
    from awsconform.conformance.reports.formats.markdown import LEAST, STEP_SUMMARY, markdown
    from awsconform.conformance.reports.formats.registry import FORMATS
    from awsconform.conformance.reports.formats.sarif import sarif
    from awsconform.conformance.reports.html import html

    if name == "html":
        return html([document, *beside])
    if name == "sarif":
        return sarif(document, path=formats.sarif_path)
    if name == "markdown" and _is_summary(path):
        before = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
        if before and not before.endswith("\n"):
            before += "\n"
        left = STEP_SUMMARY - len(before.encode())
        return before + markdown(document, limit=max(left, LEAST))
    return FORMATS[name].text(document)


def _is_summary(path: Path) -> bool:
    named = os.environ.get(SUMMARY)
    return bool(named) and os.path.realpath(path) == os.path.realpath(str(named))
