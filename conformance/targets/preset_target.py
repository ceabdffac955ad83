"""Known implementations that run already: `localstack:`, `aws-emulator:`, a port behind or not."""

from __future__ import annotations

import configparser
import os
from dataclasses import replace
from pathlib import Path

from awsconform.conformance.targets.http import HTTPTarget
from awsconform.conformance.targets.options import Options
from awsconform.conformance.targets.presets import Preset, filled, preset
from awsconform.conformance.wire.signing import Credentials
from awsconform.errors import TargetError, TargetUnreachable

RUNNING = ("localstack", "aws-emulator")
CERTIFICATE = "ca.pem"
# AWS's emulator calls it emulator_credentials; credentials is what every SDK calls it.
CREDENTIALS = ("emulator_credentials", "credentials")


def running_target(kind: str, rest: str, options: Options) -> HTTPTarget:
    """The target of `localstack:4566` and the like.

    Raises:
        TargetError: what follows the colon is no port.
        TargetUnreachable: the files with its credentials are not there: it is not running.
    """
    known = preset(kind)
    if rest and not (rest.isascii() and rest.isdigit() and 0 < int(rest) < 65536):
        raise TargetError(f"'{kind}:{rest}': only a port may follow {kind}:")
    port = int(rest) if rest else known.port
    made = HTTPTarget(
        filled(known.address, port=port),
        options=preset_options(known, port, options),
        reset=known.reset,
    )
    made.name = f"{kind}:{rest}"
    return made


def preset_options(known: Preset, port: int, options: Options) -> Options:
    """The options with the credentials and the certificate an implementation wrote at its start.

    What the user states himself is kept. A certificate without credentials is no mistake: with
    signatures not looked at, none are written.

    Raises:
        TargetUnreachable: there is no folder with them: it is not running.
    """
    if known.files is None:
        return options
    folder = Path(os.path.expanduser(filled(known.files, port=port)))
    certificate = folder / CERTIFICATE
    needs_certificate = options.verify is True
    found = next((folder / name for name in CREDENTIALS if (folder / name).is_file()), None)
    if (needs_certificate and not certificate.is_file()) or not folder.is_dir():
        raise TargetUnreachable(
            f"{known.name} is not running on port {port}: there is no {certificate}",
            hint=f"start it ({known.command[0]}), or name its port: {known.name}:PORT",
        )
    made = options
    if needs_certificate:
        made = replace(made, verify=str(certificate))
    if found is not None and made.credentials is None and not made.account_credentials:
        made = replace(made, credentials=credentials_in(found))
    return made


def credentials_in(path: Path) -> Credentials | None:
    """The credentials of a file in the form AWS's tools share: the default profile, or the first.

    None where it names none.

    Raises:
        TargetError: it cannot be read.
    """
    parser = configparser.RawConfigParser()
    try:
        parser.read_string(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, configparser.Error) as error:
        told = type(error).__name__
        raise TargetError(f"{path} is no file of credentials ({told})") from None
    sections = parser.sections()
    for name in sorted(sections, key=lambda name: name != "default"):
        section = parser[name]
        key, secret = section.get("aws_access_key_id"), section.get("aws_secret_access_key")
        if key and secret:
            return Credentials(key, secret, section.get("aws_session_token") or None)
    return None
