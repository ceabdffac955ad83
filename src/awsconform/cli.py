"""The command line: which command a word names, and how every command ends.

A command's module is imported when that command is called, so `--help` costs next to nothing.
"""

from __future__ import annotations

import contextlib
import errno
import importlib
import os
import signal
import sys
from collections.abc import Sequence
from typing import Any

import click

from awsconform.errors import AwsconformError

# Name of the command, its module, and what `--help` says of it.
COMMANDS = {
    "run": ("awsconform.commands.run", "Judge an implementation, clause by clause."),
    "report": ("awsconform.commands.report", "Print the report of a run once more."),
    "replay": ("awsconform.commands.replay", "Send the requests of findings again."),
    "baseline": (
        "awsconform.commands.baseline",
        "Hold reports against what is known, and keep it up.",
    ),
    "compare": ("awsconform.commands.compare", "Say what differs between reports of runs."),
    "doctor": ("awsconform.commands.doctor", "Say what is reached at a target."),
    "scoreboard": ("awsconform.commands.scoreboard", "Judge several targets side by side."),
    "config": ("awsconform.commands.config", "Show what is configured, and where."),
    "list": ("awsconform.commands.list", "List services, or the operations of one."),
    "show": ("awsconform.commands.show", "Show all that is known of an operation."),
    "example": ("awsconform.commands.example", "Print a valid request or response."),
    "explain": ("awsconform.commands.explain", "Say what a clause states, and how to see it."),
    "plan": ("awsconform.commands.plan", "Show what operations need, and who makes it."),
    "extract": ("awsconform.commands.extract", "Read a reference page into JSON Schema."),
    "drift": ("awsconform.commands.drift", "Compare contracts: what changed, and for whom."),
    "serve": ("awsconform.commands.serve", "Serve the embedded emulator on this machine."),
    "compile": ("awsconform.commands.compile", "Compile the contracts of whole services."),
    "audit-readers": (
        "awsconform.commands.audit_readers",
        "Hold what is read from rendered pages against the models.",
    ),
    "audit-cases": (
        "awsconform.commands.audit_cases",
        "Hold generated cases and codecs against other validators.",
    ),
    "vectors": ("awsconform.commands.vectors", "Hold the codecs against published test cases."),
}
NAME = "awsconform"
# A shell that asks for completions sets this.
COMPLETION = "_AWSCONFORM_COMPLETE"
# Set to anything, it shows where a bug of the suite comes from.
TRACEBACK = "AWSCONFORM_TRACEBACK"
BUG = 3
# Shells add this to the number of the signal that ended a program.
SIGNALLED = 128
BROKEN_PIPE = 141
_LONGEST_MESSAGE = 500


class _Commands(click.Group):
    """Commands that are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of their use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, None where there is no such."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(COMMANDS[cmd_name][0]).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command an unknown word was meant for is named in the error."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            import difflib

            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            ctx.fail(f"No such command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


def _version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from awsconform import __version__

        click.echo(f"awsconform {__version__}")
        ctx.exit()


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_version,
    help="Show the version and exit.",
)
def cli() -> None:
    """Does this implementation keep the contract that AWS documents?

    \b
    Exit codes: 0 nothing violates, 1 something does, 2 the call or a document is
    wrong, 3 nothing was judged, or the suite itself failed.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command line and ends the process with the command's exit code."""
    sys.exit(_ended(arguments))


def _ended(arguments: Sequence[str] | None) -> int:
    """The exit code; whatever the user can put right is told on stderr, without a traceback."""
    _replace_closed_streams()
    if COMPLETION in os.environ:
        cli.main(prog_name=NAME)
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        # click's own main() ends with 1 when a pipe breaks, which here means findings.
        with cli.make_context(NAME, given) as context:
            code: Any = cli.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as ended:
        return _flushed(ended.exit_code)
    except (KeyboardInterrupt, click.exceptions.Abort) as interrupted:
        _tell("interrupted")
        return SIGNALLED + next(iter(interrupted.args), signal.SIGINT)
    except click.ClickException as error:
        with contextlib.suppress(OSError):
            error.show()
        return 2
    except AwsconformError as error:
        _tell(f"Error: {error}")
        return _flushed(error.exit_code)
    except OSError as error:
        return _failed(error)
    except Exception as error:
        return _told_bug(error)
    return code if isinstance(code, int) else 0


def _told_bug(error: Exception) -> int:
    """The exit code where the suite itself fails: nothing may take that for a finding."""
    if os.environ.get(TRACEBACK):
        import traceback

        _tell("".join(traceback.format_exception(error)).rstrip())
    _tell(
        f"Error: this is a bug of {NAME}, not of what it judges: "
        f"{type(error).__name__}: {str(error)[:_LONGEST_MESSAGE]}\n"
        f"  hint: set {TRACEBACK}=1 to see how it came about, and report that"
    )
    return BUG


def _replace_closed_streams() -> None:
    """Python has None for a stream that was closed by whoever started it.

    What is told on stderr may be lost; what a command is asked for may not.
    """
    if sys.stdout is None:
        from awsconform.commands.output import ClosedOutput

        sys.stdout = ClosedOutput()
    if sys.stderr is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")


def _tell(text: str) -> None:
    """Says something on stderr, if that can be written to."""
    with contextlib.suppress(OSError):
        click.echo(text, err=True)


def _flushed(code: int) -> int:
    try:
        sys.stdout.flush()
    except OSError as error:
        return _failed(error)
    return code


def _failed(error: OSError) -> int:
    """The exit code where the machine refuses something: a full disk, a folder that is gone."""
    if isinstance(error, BrokenPipeError):
        return _silenced()
    if error.errno == errno.ENOENT and not _has_folder():
        _tell("Error: the current folder does not exist any more")
        return 2
    if error.filename is not None:
        _tell(f"Error: {error.filename}: {error.strerror}")
        return 2
    _tell(f"Error: cannot write the output: {error.strerror or error}")
    _silenced()
    return 2


def _has_folder() -> bool:
    try:
        os.getcwd()
    except OSError:
        return False
    return True


def _silenced() -> int:
    """Lets the interpreter flush into nothing, and ends as a program killed by SIGPIPE does."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return BROKEN_PIPE


if __name__ == "__main__":
    main()
