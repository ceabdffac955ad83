"""The style sheet of the page, put together from files of one idea each."""

from __future__ import annotations

import functools
from pathlib import Path

FOLDER = Path(__file__).parent / "style"
# Later ones win: what holds on paper and on narrow screens is said last.
PARTS = ("tokens", "base", "controls", "header", "summary", "tables", "clause", "narrow", "paper")


@functools.cache
def style_sheet() -> str:
    """The text of all parts."""
    return "\n".join((FOLDER / f"{part}.css").read_text(encoding="utf-8") for part in PARTS)
