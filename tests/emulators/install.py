"""`python install.py FOLDER NAME...`: installs implementations, each apart from our environment.

ministack wants a botocore of its own; those that npm has are left out where there is no npm.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from pathlib import Path

OF_NPM = ("dynalite", "kinesalite")
NPM_SECONDS = 600
# Without it ministack answers 500 to whatever signs or encrypts.
ALONG = {"ministack": ("cryptography",)}


def folders(where: Path) -> list[Path]:
    """The folders in which programs are, once they are installed."""
    return [where / "ministack" / "bin", where / "node_modules" / ".bin"]


def install_python(where: Path, name: str) -> None:
    folder = where / name
    if not (folder / "bin" / name).is_file():
        venv.create(folder, with_pip=True, clear=True)
    words = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--upgrade"]
    subprocess.run([*words, name, *ALONG.get(name, ())], check=True)


def install_npm(where: Path, names: list[str]) -> None:
    npm = shutil.which("npm")
    if npm is None:
        print(f"npm is missing, so {' and '.join(names)} are left out", file=sys.stderr)
        return
    words = [npm, "install", "--no-audit", "--no-fund", "--no-save", "--prefix", str(where)]
    # It asks again for as long as it is let, where it trusts no certificate it is shown.
    subprocess.run([*words, *names], check=True, timeout=NPM_SECONDS)


def main(where: Path, *names: str) -> None:
    """Installs what is named."""
    where.mkdir(parents=True, exist_ok=True)
    for name in names:
        if name not in OF_NPM:
            install_python(where, name)
    of_npm = [name for name in names if name in OF_NPM]
    if of_npm:
        install_npm(where, of_npm)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), *sys.argv[2:])
