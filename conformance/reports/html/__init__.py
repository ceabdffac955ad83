"""Report documents as one HTML page that needs nothing else: no server, no network, no build."""

from __future__ import annotations

from awsconform.conformance.reports.html.changes import Changes, ClauseChange
from awsconform.conformance.reports.html.page import html

__all__ = ["Changes", "ClauseChange", "html"]
