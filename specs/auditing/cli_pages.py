"""The pages of the AWS CLI under audit: HTML, and text as a browser copies it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from awsconform.specs.auditing import cli_facts, cli_rendering
from awsconform.specs.auditing.rendering import Audited
from awsconform.specs.documents.tree import Format

FORMATS: Mapping[Format, Audited] = {
    "cli-text": Audited(
        partial(cli_rendering.pages, "cli-text"),
        partial(cli_facts.expected, flat=True),
        partial(cli_facts.told, flat=True),
    ),
    "cli-html": Audited(
        partial(cli_rendering.pages, "cli-html"),
        partial(cli_facts.expected, flat=False),
        partial(cli_facts.told, flat=False),
    ),
}
