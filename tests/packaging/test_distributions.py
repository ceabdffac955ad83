"""What is built, and whether it works where nothing else is installed.

Builds and installs, so it needs the network: `tox -e packaging`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
FOLDERS: dict[str, str] = PYPROJECT["tool"]["setuptools"]["package-dir"]
NOT_SOURCE = (".*", "__pycache__", "*.egg-info", "build", "dist")
RELEASE = f"awsconform-{PYPROJECT['project']['version']}"


class Distributions(NamedTuple):
    """The two files that are published."""

    sdist: Path
    wheel: Path


def shipped() -> dict[str, Path]:
    """Map each path a wheel must have to its file here: modules and data of all packages."""
    return {
        (Path(*package.split(".")) / file.relative_to(ROOT / folder)).as_posix(): file
        for package, folder in FOLDERS.items()
        for file in (ROOT / folder).rglob("*")
        if file.is_file() and file.suffix not in {".pyc", ".md"} and not file.name.startswith(".")
    }


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Distributions:
    """Build the sdist from a copy of the repository, and the wheel from the sdist.

    A copy, since building leaves metadata behind, by which an installed plugin is found twice.
    """
    out = tmp_path_factory.mktemp("dist")
    source = tmp_path_factory.mktemp("source") / "repository"
    shutil.copytree(ROOT, source, ignore=shutil.ignore_patterns(*NOT_SOURCE))
    subprocess.run([sys.executable, "-m", "build", "--outdir", out, source], check=True)
    [sdist], [wheel] = out.glob("*.tar.gz"), out.glob("*.whl")
    return Distributions(sdist, wheel)


@pytest.fixture(scope="module")
def fresh(distributions: Distributions, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into an environment of its own; return the folder of its programs."""
    home = tmp_path_factory.mktemp("fresh") / "venv"
    venv.create(home, with_pip=True)
    programs = home / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run(
        [programs / "python", "-m", "pip", "install", "--quiet", distributions.wheel], check=True
    )
    return programs


def run_in(programs: Path, command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command as a user of that environment would, in a folder of no meaning."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    kept["PATH"] = os.pathsep.join([str(programs), kept["PATH"]])
    return subprocess.run(
        [programs / command[0], *command[1:]],
        cwd=folder,
        env=kept,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_wheel_holds_all_modules_and_data_and_nothing_else(distributions: Distributions) -> None:
    with zipfile.ZipFile(distributions.wheel) as wheel:
        names = {name for name in wheel.namelist() if not name.endswith("/")}
    metadata = {name for name in names if name.startswith(f"{RELEASE}.dist-info/")}
    assert names - metadata == shipped().keys()


def test_wheel_holds_the_files_of_the_repository_unchanged(distributions: Distributions) -> None:
    with zipfile.ZipFile(distributions.wheel) as wheel:
        changed = {
            name for name, file in shipped().items() if wheel.read(name) != file.read_bytes()
        }
    assert not changed


def test_wheel_carries_the_license(distributions: Distributions) -> None:
    with zipfile.ZipFile(distributions.wheel) as wheel:
        license_text = wheel.read(f"{RELEASE}.dist-info/licenses/LICENSE")
    assert license_text == (ROOT / "LICENSE").read_bytes()


def test_sdist_holds_the_tests_and_how_to_run_them(distributions: Distributions) -> None:
    with tarfile.open(distributions.sdist) as sdist:
        names = set(sdist.getnames())
    tests = {file.relative_to(ROOT).as_posix() for file in (ROOT / "tests").rglob("*.py")}
    wanted = tests | {
        "README.md",
        "action.yml",
        "LICENSE",
        "CHANGELOG.md",
        "pyproject.toml",
        "tox.ini",
    }
    assert {f"{RELEASE}/{name}" for name in wanted} <= names


def test_installed_dependencies_fit_together(fresh: Path, tmp_path: Path) -> None:
    done = run_in(fresh, ["python", "-m", "pip", "check"], tmp_path)
    assert done.returncode == 0, done.stdout


def test_no_folder_is_importable_below_a_generic_name(fresh: Path, tmp_path: Path) -> None:
    look = (
        "import importlib.util, sys;"
        "found = [name for name in ('specs', 'generators', 'conformance', 'tests')"
        " if importlib.util.find_spec(name)];"
        "sys.exit(f'importable: {found}' if found else 0)"
    )
    done = run_in(fresh, ["python", "-c", look], tmp_path)
    assert done.returncode == 0, done.stdout


def test_first_command_of_the_readme_passes(fresh: Path, tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    first = re.search(r"^```\w*\n(.+?)\n```$", readme, re.MULTILINE | re.DOTALL)
    assert first
    install, _, command = first[1].partition(" && ")
    assert install == "pip install ."
    done = run_in(fresh, command.split(), tmp_path)
    assert done.returncode == 0, done.stdout
