"""An implementation we start: on a free port, watched, started again after a crash, then ended."""

from __future__ import annotations

import contextlib
import os
import socket
import tempfile
from collections.abc import Callable
from dataclasses import replace

from awsconform.conformance.exchange import Case, Exchange, HTTPResponse, Trouble, View
from awsconform.conformance.targets.commands import Command, command_of, located
from awsconform.conformance.targets.http import HTTPTarget
from awsconform.conformance.targets.options import Options
from awsconform.conformance.targets.preset_target import preset_options
from awsconform.conformance.targets.presets import filled
from awsconform.conformance.targets.process import ServerProcess
from awsconform.conformance.targets.readiness import wait_until_ready
from awsconform.errors import TargetUnreachable
from awsconform.specs.contract import Contract

# A careful server may die of each of many violations; one that answers nothing in between is done.
MOST_RESTARTS = 1000
MOST_IN_A_ROW = 25
# Each costs the time-out of a request, and what was made.
MOST_HANGS = 10
PORTS_TRIED = 3
# How long an end is waited for after a connection broke; shorter once connections broke for
# other reasons.
_END_UNDER_WAY = 0.5
_SHORTEST_WAIT = 0.02
_READ_SECONDS = 5.0


class StartedTarget:
    """A command's server: started before the first request, fresh and empty after `restart`.

    The exchange in which the process ends has the trouble DROPPED and says how it ended; before
    the next one it is started again, a bounded number of times. So it is, more seldom, after a
    request it did not answer in time: busy with that one for ever, it would be slow at all others.

    Raises:
        TargetError: the command is malformed, or not found.
    """

    view = View.WIRE

    def __init__(self, text: str, *, options: Options | None = None) -> None:
        self.name = f"start:{text}"
        self.options = options or Options()
        self.command: Command = located(command_of(text), os.getcwd())
        # As it is spoken to in the end: with the credentials and the certificate it wrote itself.
        self.spoken = self.options
        self.generation = 0
        self.crashes = 0
        self.hangs = 0
        self._in_a_row = 0
        self._process: ServerProcess | None = None
        self._http: HTTPTarget | None = None
        self._port: int | None = None
        self._given_up: str | None = None
        self._started = False
        self._wanted: Contract | None = None
        self._wait = _END_UNDER_WAY

    @property
    def advance_clock(self) -> Callable[[float], None] | None:
        """Moves the clock of a started emulator of ours; None for all others."""
        return self._http.advance_clock if self._http is not None else None

    @property
    def address(self) -> str:
        """The address it listens on, or would."""
        return filled(self.command.address, port=self.port)

    @property
    def port(self) -> int:
        """The port that was chosen; the same after each restart, unless somebody takes it."""
        if self._port is None:
            self._port = _free_port()
        return self._port

    @property
    def first(self) -> str:
        """The command, as a line for a shell, that brings the same server about by hand."""
        return self.command.shown(self.port)

    @property
    def http(self) -> HTTPTarget | None:
        """What its requests go through while it runs."""
        return self._http

    def fetch(self, path: str) -> HTTPResponse | None:
        """A page that is no operation's answer, None where nothing comes."""
        return self._http.fetch(path) if self._http is not None else None

    def probe(self) -> None:
        """Starts it, if it is not running.

        Raises:
            TargetUnreachable: it ends or never answers an operation.
        """
        self._ensure()

    def send(self, contract: Contract, case: Case) -> Exchange:
        """Sends one case and returns the exchange; trouble is part of it.

        Raises:
            TargetUnreachable: it cannot be started at all.
        """
        self._wanted = self._wanted or contract
        if self._given_up is None:
            try:
                self._ensure()
            except TargetUnreachable as error:
                if not self._started:
                    raise
                self._given_up = error.message
        if self._given_up is not None:
            return Exchange(case, None, None, trouble=Trouble.UNREACHABLE, detail=self._given_up)
        assert self._http is not None
        assert self._process is not None
        exchange = self._http.send(contract, case)
        if exchange.trouble in (None, Trouble.CLIENT_REFUSED):
            self._in_a_row = 0 if exchange.trouble is None else self._in_a_row
            return exchange
        ended = self._process.exit_within(self._wait)
        if ended is None:
            self._wait = max(_SHORTEST_WAIT, self._wait / 2)
            if exchange.trouble is Trouble.TIMEOUT and self.hangs < MOST_HANGS:
                self.hangs += 1
                self._stop()
                self.generation += 1
            return exchange
        detail = f"the server ended ({ended}) while it had the request"
        last = self._process.tail(1)
        detail = f"{detail}; its last line: {last[:300]}" if last else detail
        return replace(exchange, response=None, trouble=Trouble.DROPPED, detail=detail)

    @property
    def restart(self) -> Callable[[], None] | None:
        """Makes it fresh and empty: by its own means where those are known, else by a new start."""
        return self._restart

    def close(self) -> None:
        """Ends the server."""
        self._stop()

    def _restart(self) -> None:
        reset = self.command.preset.reset if self.command.preset else None
        running = self._process is not None and self._process.exit is None
        if running and self._http is not None and reset is not None and self._http.call(*reset):
            self.generation += 1
            return
        if self._process is not None:
            self._stop()
            self.generation += 1
        if self._given_up is None:
            self._ensure()

    def _ensure(self) -> None:
        """Starts what is not running.

        Raises:
            TargetUnreachable: it ends or never answers, or was started again too often.
        """
        ended = self._process.exit if self._process is not None else None
        if self._process is not None and ended is None:
            return
        if ended is not None:
            self.crashes += 1
            self._stop()
            self._in_a_row += 1
            if self.crashes > MOST_RESTARTS or self._in_a_row > MOST_IN_A_ROW:
                again = self.crashes - 1
                raise TargetUnreachable(
                    f"the server was started again {again} times and ended again ({ended})"
                )
            self.generation += 1
        for attempt in range(1, PORTS_TRIED + 1):
            if self._port is not None and not _is_free(self._port):
                self._port = None
            try:
                self._start()
                return
            except TargetUnreachable:
                # Somebody was quicker to take the port: then it could not start there.
                if attempt == PORTS_TRIED or self._port is None or _is_free(self._port):
                    raise

    def _start(self) -> None:
        data = tempfile.mkdtemp(prefix="server-")
        command, port = self.command, self.port
        process = ServerProcess(
            command.filled_words(port, data),
            command.filled_environment(port, data),
            os.getcwd(),
            data=data,
        )
        self._process = process
        try:
            self._await(process)
        except BaseException:
            self._stop()
            raise
        self._started = True

    def _await(self, process: ServerProcess) -> None:
        seconds = self.options.start_timeout
        quick = replace(self.options, timeout=min(self.options.timeout, _READ_SECONDS))
        asked: HTTPTarget | None = None

        def send(contract: Contract, case: Case) -> Exchange:
            nonlocal asked
            asked = asked or self._reached(quick)
            if asked is None:
                detail = "its credentials are not there yet"
                return Exchange(case, None, None, trouble=Trouble.UNREACHABLE, detail=detail)
            return asked.send(contract, case)

        preset = self.command.preset
        told = wait_until_ready(
            send,
            wanted=self._wanted,
            service=preset.service if preset else None,
            seconds=seconds,
            ended=lambda: process.exit is not None,
        )
        if asked is not None:
            asked.close()
        if process.exit is not None:
            raise self._failed(f"ended ({process.exit}) before it answered", process)
        if told is not None:
            raise self._failed(f"answered no operation within {seconds:g} s: {told}", process)
        self._http = self._reached(self.options)
        if self._http is not None:
            self.spoken = self._http.options

    def _reached(self, options: Options) -> HTTPTarget | None:
        preset = self.command.preset
        if preset is not None and preset.files is not None:
            try:
                options = preset_options(preset, self.port, options)
            except TargetUnreachable:
                return None
        return HTTPTarget(self.address, options=options)

    def _failed(self, told: str, process: ServerProcess) -> TargetUnreachable:
        tail = process.tail()
        shown = "".join(f"\n    {line[:500]}" for line in tail.splitlines())
        said = f"; it wrote:{shown}" if shown else ", and wrote nothing"
        return TargetUnreachable(
            f"{self.command.words[0]} {told}{said}",
            hint="it has to stay in the foreground and serve the port it is given",
        )

    def _stop(self) -> None:
        if self._http is not None:
            self._http.close()
            self._http = None
        if self._process is not None:
            self._process.stop()
            self._process = None


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


def _is_free(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
        return False
    return True
