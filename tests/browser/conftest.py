"""Pages in a real browser: `tox -e browser`; where there is no browser all is skipped."""

from __future__ import annotations

import operator
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from awsconform.conformance.reports.html import html
from browser.chromium import programs, started
from browser.documents import many
from reports.large import Document


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("browser")
    group.addoption("--axe-core", type=Path, help="A folder with axe-core as npm packs it.")
    group.addoption("--screenshots", type=Path, help="A folder to put pictures of the pages into.")


@pytest.fixture(scope="session")
def _installed() -> None:
    pytest.importorskip("selenium", reason="selenium is not installed")
    if programs() is None:
        pytest.skip("no Chromium with its chromedriver is installed")


@pytest.fixture(scope="session")
def driver(_installed: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    driver = started(tmp_path_factory.mktemp("profile"))
    yield driver
    driver.quit()


@pytest.fixture
def view(driver: Any) -> Iterator[Any]:
    """A view, of which at the end nothing must have gone wrong."""
    from browser.view import View

    view = View(driver)
    view.complaints()
    yield view
    assert view.complaints() == []


@pytest.fixture(scope="session")
def paged(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Writes the page of some documents to a file: another where they are others than before."""
    folder = tmp_path_factory.mktemp("pages")
    written: dict[str, tuple[Path, tuple[Document, ...]]] = {}

    def write(name: str, *documents: Document) -> Path:
        path, before = written.get(name, (None, ()))
        if path is None or not _same(before, documents):
            # A browser may have the one before open.
            path = Path(tempfile.mkdtemp(dir=folder)) / f"{name}.html"
            path.write_text(html(documents), encoding="utf-8")
            written[name] = path, documents
        return path

    return write


def _same(some: tuple[Document, ...], others: tuple[Document, ...]) -> bool:
    return len(some) == len(others) and all(map(operator.is_, some, others))


@pytest.fixture(scope="session")
def of_many(paged: Callable[..., Path]) -> Path:
    """The page of very many clauses."""
    return paged("many", many())


@pytest.fixture(scope="session")
def axe(request: pytest.FixtureRequest) -> str:
    """The text of axe-core."""
    folder: Path | None = request.config.getoption("--axe-core")
    packed = sorted(folder.glob("axe-core-*.tgz")) if folder else []
    if not packed:
        pytest.skip("no axe-core: name the folder of its package with --axe-core")
    with tarfile.open(packed[-1]) as archive:
        file = archive.extractfile("package/axe.min.js")
        assert file
        return file.read().decode()
