"""Ctrl-C while a run goes on: it ends the run, wherever it comes and whoever catches it."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType


class Interruption:
    """Whether Ctrl-C was pressed; an exception of its own may be lost on its way.

    Python raises KeyboardInterrupt wherever it is, which may be in an application, in a library
    that takes it for something else, or where exceptions are dropped.
    """

    def __init__(self) -> None:
        self.came = False

    def check(self) -> None:
        """Raises KeyboardInterrupt again once there was one."""
        if self.came:
            raise KeyboardInterrupt

    def handle(self, number: int, frame: FrameType | None) -> None:
        """The handler of SIGINT."""
        self.came = True
        raise KeyboardInterrupt


@contextlib.contextmanager
def interruptible() -> Iterator[Interruption]:
    """Whatever ends the context after Ctrl-C, be it nothing at all, counts as the interruption.

    Where SIGINT is ignored, or handled by whoever calls, that stays so.
    """
    interruption = Interruption()
    ours = (
        threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGINT) is signal.default_int_handler
    )
    if not ours:
        yield interruption
        return
    told = sys.unraisablehook

    def tell(lost: sys.UnraisableHookArgs) -> None:
        if not isinstance(lost.exc_value, KeyboardInterrupt):
            told(lost)

    signal.signal(signal.SIGINT, interruption.handle)
    sys.unraisablehook = tell
    try:
        yield interruption
    except BaseException:
        if interruption.came:
            raise KeyboardInterrupt from None
        raise
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        sys.unraisablehook = told
    interruption.check()
