"""What the plugin hands on to the suite that no option of pytest says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

# Members of `awsconform.conformance.targets.options.Options`, for every target.
SPOKEN: pytest.StashKey[Mapping[str, Any]] = pytest.StashKey()
# Documents of hints for a service, each laid over those before, and all of a conftest.py over them.
HINTED: pytest.StashKey[Callable[[str], list[Any]]] = pytest.StashKey()
