"""The command line: one verb a job, one file a verb, each a few lines around what the package does.

Exit codes: 0 done, 1 faults in the input or a place that cannot be written, 2 usage, 130 stopped.
"""

from __future__ import annotations

import contextlib
import os
import sys
import traceback
import warnings
from collections.abc import Callable, Sequence
from contextvars import copy_context
from pathlib import Path
from typing import Annotated, Any

import typer

from workbench.cli import (
    allocate,
    app,
    assign,
    census,
    check,
    city,
    collect,
    compare,
    forecast,
    group,
    init,
    measures,
    plan,
    review,
    simulate,
)
from workbench.cli.context import say, warn
from workbench.cli.faults import told
from workbench.errors import Cancelled, WorkbenchError, WorkbenchWarning
from workbench.files import shorten
from workbench.labels import text
from workbench.stopping import STOPPED, answered, asked, end_soon, hear_stops
from workbench.version import VERSION

DONE, FAULTS = 0, 1

command_line = typer.Typer(
    name="workbench",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Plan a city's campaign to give its social organizations a Party organization. · “建组织扩覆盖”测算台",
    epilog="Exit codes: 0 done · 1 faults in the input, or a place that cannot be written · 2 usage · 130 stopped",
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit: what ``workbench`` calls.

    Parameters
    ----------
    arguments
        by default those of the process.
    """
    for stream in (sys.stdout, sys.stderr):
        # A terminal that lacks a sign shows a question mark rather than failing.
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    hear_stops()
    warnings.showwarning = _told(warnings.showwarning)
    # The language is chosen within a copy, so that a program that calls this keeps its own.
    code = copy_context().run(run, sys.argv[1:] if arguments is None else list(arguments))
    code = _flushed(code)
    if code == STOPPED:
        end_soon()
    sys.exit(code)


def _flushed(code: int) -> int:
    """The exit code once all that was said is out; a full disk behind `>` is told, not shown as a trace."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        pass  # the reader has left, as `head` does
    except (OSError, ValueError) as fault:
        warn(told(fault) or str(fault))
        code = code or FAULTS
    else:
        return code
    with contextlib.suppress(OSError, ValueError), Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
    return code


def _told(otherwise: Callable[..., None]) -> Callable[..., None]:
    """Show our own warnings as what they say; any other as Python does."""

    def show(message: Warning | str, category: type[Warning], *place: Any, **more: Any) -> None:
        if issubclass(category, WorkbenchWarning):
            warn(f"! {message}")
        else:
            otherwise(message, category, *place, **more)

    return show


def run(arguments: Sequence[str]) -> int:
    """Run the command line and give its exit code; nothing leaves it but through a message."""
    try:
        code = int(command_line(list(arguments), standalone_mode=False, prog_name="workbench") or DONE)
    except (KeyboardInterrupt, Cancelled):
        code = STOPPED
    except Exception as fault:
        # What fails while the process is stopping fails because of it.
        code = STOPPED if asked() else _failed(fault, debug="--debug" in arguments)
    if code == STOPPED:
        answered()
        warn(text("error.stopped"))
    return code


def _failed(fault: Exception, debug: bool) -> int:
    """Say what went wrong; the exit code for it."""
    if isinstance(fault, WorkbenchError):
        warn(str(fault))
        return FAULTS
    if hasattr(fault, "show") and hasattr(fault, "exit_code"):
        fault.show()  # what was typed makes no command: usage, in typer's words
        return int(fault.exit_code)
    if debug:
        traceback.print_exc()
    message = shorten(" ".join(str(fault).split()) or "–", 500)
    ours = text("error.unexpected", kind=type(fault).__name__, message=message)
    warn(told(fault) or ours)
    return FAULTS


def _say_version(asked: bool) -> None:
    if asked:
        say(f"workbench {VERSION}")
        raise typer.Exit


@command_line.callback()
def everything(
    debug: Annotated[bool, typer.Option("--debug", help="Show the whole trace of an unexpected error.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Which workbench this is.")
    ] = False,
) -> None:
    """Options before the verb."""


command_line.command("plan", epilog=f"Example: {plan.EXAMPLE}")(plan.plan)
command_line.command("check", epilog=f"Example: {check.EXAMPLE}")(check.check)
command_line.command("collect", epilog=f"Example: {collect.EXAMPLE}")(collect.collect)
command_line.command("group", epilog=f"Example: {group.EXAMPLE}")(group.group)
command_line.command("simulate", epilog=f"Example: {simulate.EXAMPLE}")(simulate.simulate)
command_line.command("allocate", epilog=f"Example: {allocate.EXAMPLE}")(allocate.allocate)
command_line.command("measures", epilog=f"Example: {measures.EXAMPLE}")(measures.measures)
command_line.command("assign", epilog=f"Example: {assign.EXAMPLE}")(assign.assign)
command_line.command("compare", epilog=f"Example: {compare.EXAMPLE}")(compare.compare)
command_line.command("app", epilog=f"Example: {app.EXAMPLE}")(app.serve_app)
command_line.command("city", epilog=f"Example: {city.EXAMPLE}")(city.city)
command_line.command("init", epilog=f"Example: {init.EXAMPLE}")(init.init)
command_line.command("census", epilog=f"Example: {census.EXAMPLE}")(census.census)
command_line.command("forecast", epilog=f"Example: {forecast.EXAMPLE}")(forecast.forecast)
command_line.command("review", epilog=f"Example: {review.EXAMPLE}")(review.review)
