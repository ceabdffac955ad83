"""Where scripts are switched off, the numbers are there all the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from browser.chromium import started
from browser.documents import pair
from browser.view import View


@pytest.mark.usefixtures("_installed")
def test_both_numbers_of_each_operation_are_in_a_table(
    paged: Callable[..., Path], tmp_path: Path
) -> None:
    page = paged("without", *pair())
    driver = started(tmp_path / "profile", scripts=False)
    try:
        view = View(driver)
        view.load(page)
        tables = view.all("noscript table")
        assert len(tables) == 2
        for document, table in zip(pair(), tables, strict=True):
            assert table.is_displayed()
            assert document["target"] in table.text
            for operation in document["operations"]:
                coverage = operation["coverage"]
                assert f"{operation['id']} " in table.text
                assert f" {coverage['judged']}/{coverage['clauses']} " in table.text
        assert not view.one("#theme").is_displayed()
        assert view.complaints() == []
    finally:
        driver.quit()
