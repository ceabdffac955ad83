"""Versions of installed distributions."""

from __future__ import annotations

import importlib.metadata


def version_of(distribution: str) -> str:
    """The version of an installed distribution; `unknown` where it is run from its sources."""
    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return "unknown"
