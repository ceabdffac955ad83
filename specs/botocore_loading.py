"""What botocore itself needs to load service models, measured in a process of its own.

    python -m awsconform.specs.botocore_loading < '{"folders": […], "services": […]}'

Each service's model and paginators are read by botocore's loader and made a `ServiceModel`.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from awsconform.specs.measuring import Cost, Stopwatch


def cost_of_loading(folders: Iterable[Path], services: Sequence[str]) -> Cost | None:
    """What loading those services costs botocore; None where it could not load them all."""
    asked = json.dumps({"folders": [str(each) for each in folders], "services": list(services)})
    ended = subprocess.run(
        [sys.executable, "-m", __name__], input=asked, capture_output=True, text=True, check=False
    )
    if ended.returncode != 0:
        return None
    return Cost(**json.loads(ended.stdout))


def load(folders: list[str], services: list[str]) -> None:
    """Loads each service as a botocore client does."""
    from botocore.exceptions import DataNotFoundError, UnknownServiceError
    from botocore.loaders import Loader
    from botocore.model import ServiceModel

    loader = Loader(extra_search_paths=folders, include_default_search_paths=False)
    for service in services:
        model = loader.load_service_model(service, "service-2")
        with contextlib.suppress(DataNotFoundError, UnknownServiceError):
            loader.load_service_model(service, "paginators-1", model["metadata"]["apiVersion"])
        ServiceModel(model, service)


def main() -> int:
    """Reads what is to be loaded from stdin and writes what it cost to stdout."""
    asked = json.load(sys.stdin)
    stopwatch = Stopwatch()
    load(asked["folders"], asked["services"])
    print(json.dumps(asdict(stopwatch.cost())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
