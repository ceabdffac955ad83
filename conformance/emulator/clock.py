"""The emulator's clock: it runs with the machine's and can be moved forward."""

from __future__ import annotations

import threading
import time

from awsconform.conformance.emulator.timestamps import LAST_SECOND


class Clock:
    """Seconds since 1970, in UTC, shared by everything in one emulator."""

    def __init__(self) -> None:
        self._ahead = 0.0
        self._lock = threading.Lock()

    def now(self) -> float:
        """Seconds since 1970-01-01T00:00:00Z."""
        return time.time() + self._ahead

    def advance(self, seconds: float) -> float:
        """Moves the clock forward and returns the new time.

        Raises:
            ValueError: `seconds` is negative or not finite, or leads beyond the year 9999.
        """
        with self._lock:
            if not 0 <= seconds <= LAST_SECOND - self.now():
                raise ValueError(f"the clock cannot be moved by {seconds} seconds")
            self._ahead += seconds
            return self.now()
