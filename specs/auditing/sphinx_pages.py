"""boto3's reference pages as Sphinx shows them, in HTML and in plain text."""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from awsconform.errors import UsageError
from awsconform.specs.auditing import boto3_pages
from awsconform.specs.auditing.rendering import Audited, RenderedPage
from awsconform.specs.documents.tree import Format

# Sphinx's name of the format, and how its files end.
_BUILDERS: Mapping[Format, tuple[str, str]] = {
    "boto3-html": ("html", "html"),
    "boto3-text": ("text", "txt"),
}


def pages(format: Format, service: str, operations: Sequence[str]) -> Iterator[RenderedPage]:
    """The pages of some operations of a service, all built at once.

    Raises:
        UsageError: Sphinx is not installed.
    """
    builder, suffix = _BUILDERS[format]
    with tempfile.TemporaryDirectory(prefix="awsconform-") as folder:
        root = Path(folder)
        # The places of boto3's documentation, as the pages link to one another.
        client = Path(service, "client")
        (root / "in" / client).mkdir(parents=True)
        (root / "in" / "index.rst").write_text("Services\n========\n")
        (root / "in" / f"{service}.rst").write_text("Service\n=======\n")
        rendered = list(boto3_pages.pages(service, operations))
        for page in rendered:
            (root / "in" / client / f"{page.operation}.rst").write_bytes(page.text)
        build(root / "in", root / "out", builder)
        for page in rendered:
            built = (root / "out" / client / f"{page.operation}.{suffix}").read_bytes()
            yield RenderedPage(service, page.operation, format, built)


def build(source: Path, target: Path, builder: str, *, theme: str = "alabaster") -> None:
    """Build all pages of a folder with Sphinx; doubts of Sphinx on them are left to the reader.

    Raises:
        UsageError: Sphinx is not installed.
    """
    try:
        from sphinx.application import Sphinx
        from sphinx.util.docutils import docutils_namespace, patch_docutils
    except ImportError:
        raise UsageError(
            "pages of this format are made with Sphinx, which is not installed",
            hint="pip install sphinx",
        ) from None
    with docutils_namespace(), patch_docutils(), contextlib.chdir(source):
        application = Sphinx(
            srcdir=os.fspath(source),
            confdir=None,
            outdir=os.fspath(target),
            doctreedir=os.fspath(target / ".doctrees"),
            buildername=builder,
            confoverrides={"html_theme": theme, "html_copy_source": False},
            status=None,
            warning=io.StringIO(),
            freshenv=True,
        )
        application.build()


FORMATS: Mapping[Format, Audited] = {
    format: Audited(partial(pages, format), boto3_pages.expected, boto3_pages.told)
    for format in _BUILDERS
}
