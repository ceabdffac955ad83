"""Ctrl-C or SIGTERM while a run goes on: it ends, wherever that comes and whoever catches it."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType
from typing import Any

# What a process does with them unless told otherwise.
_USUAL: dict[signal.Signals, Any] = {
    signal.SIGINT: signal.default_int_handler,
    signal.SIGTERM: signal.SIG_DFL,
}


class Interruption:
    """Which signal asked for the end, None for none; an exception may be lost on its way.

    Python raises KeyboardInterrupt wherever it is, which may be in an application, in a library
    that takes it for something else, or where exceptions are dropped.
    """

    def __init__(self) -> None:
        self.came: int | None = None

    def check(self) -> None:
        """Raises KeyboardInterrupt, with the signal's number, once there was one."""
        if self.came is not None:
            raise KeyboardInterrupt(self.came)

    def handle(self, number: int, frame: FrameType | None) -> None:
        """The handler of the signals."""
        self.came = number
        self.check()


@contextlib.contextmanager
def interruptible() -> Iterator[Interruption]:
    """Whatever ends the context after a signal, be it nothing at all, counts as the interruption.

    Signals that are ignored, or handled by whoever calls, stay so.
    """
    interruption = Interruption()
    ours = {number: usual for number, usual in _USUAL.items() if signal.getsignal(number) is usual}
    if not ours or threading.current_thread() is not threading.main_thread():
        yield interruption
        return
    told = sys.unraisablehook

    def tell(lost: sys.UnraisableHookArgs) -> None:
        if not isinstance(lost.exc_value, KeyboardInterrupt):
            told(lost)

    for number in ours:
        signal.signal(number, interruption.handle)
    sys.unraisablehook = tell
    try:
        yield interruption
    except BaseException:
        if interruption.came is not None:
            raise KeyboardInterrupt(interruption.came) from None
        raise
    finally:
        for number, usual in ours.items():
            signal.signal(number, usual)
        sys.unraisablehook = told
    interruption.check()
