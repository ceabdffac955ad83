"""What the layout of a text page tells of lines that are missing."""

from __future__ import annotations

from itertools import pairwise

from awsconform.specs.documents.source import Source
from awsconform.specs.documents.tree import PageWarning


def gaps(source: Source) -> list[PageWarning]:
    """Two blank lines in a row on a page that has one everywhere else: a line may be missing.

    A page with more than two such places is merely set more widely; it gets no warning.
    """
    filled = [line.number for line in source.lines if not line.blank]
    wide = [above + 1 for above, below in pairwise(filled) if below - above > 2]
    if len(wide) > 2:
        return []
    return [PageWarning(line, "a line may be missing here") for line in wide]
