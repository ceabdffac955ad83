"""What a piece of work costs: wall time, CPU time, and the most memory its process ever held."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path

_KIB = 1024


@dataclass(frozen=True)
class Cost:
    """Seconds of wall and of CPU time, and the process's peak memory in bytes, if it is known."""

    wall: float
    cpu: float
    peak: int | None


class Stopwatch:
    """Runs from when it is made."""

    def __init__(self) -> None:
        self._wall = time.perf_counter()
        self._cpu = time.process_time()

    def cost(self) -> Cost:
        """What was spent since; the memory is that of the whole process."""
        wall = time.perf_counter() - self._wall
        return Cost(wall, time.process_time() - self._cpu, peak_memory())


def peak_memory() -> int | None:
    """The most memory this process ever held, in bytes; None where the system does not tell."""
    try:
        # `getrusage` counts in what the parent held when it started this process.
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        stated = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
        return int(stated.split()[1]) * _KIB
    except (OSError, StopIteration):
        pass
    try:
        import resource
    except ImportError:
        return None
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held if sys.platform == "darwin" else held * _KIB
