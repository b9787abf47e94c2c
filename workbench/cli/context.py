"""Around every verb: its inputs, checked; what it prints; how far it is."""

from __future__ import annotations

import contextlib
import os
import sys
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from workbench.errors import RegisterWarning, ScenarioError
from workbench.labels import text
from workbench.letters import legal

if TYPE_CHECKING:
    import pandas as pd

    from workbench.grouping import Grouping
    from workbench.inputs.scenario import Scenario


def say(words: str = "") -> None:
    """Print; where the reader has left, as `head` does, the job goes on without one."""
    try:
        typer.echo(legal(words))
    except BrokenPipeError:
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
            os.dup2(nowhere.fileno(), sys.stdout.fileno())


def warn(words: str) -> None:
    """Print on stderr. No name or value that is told turns the writing around or speaks to the terminal."""
    typer.echo(legal(words), err=True)


def scenario_and_register(scenario_file: Path, register_file: Path | None) -> tuple[Scenario, Path]:
    """The scenario, and where its register is."""
    from workbench.inputs.scenario import read_scenario

    scenario = read_scenario(scenario_file)
    where = register_file or scenario.register_file
    if where is None:
        raise ScenarioError(text("error.no_register", scenario=str(scenario_file)))
    return scenario, where


def register_of(where: Path) -> pd.DataFrame:
    """A register, checked; what it holds that is probably not meant is told on stderr, a line each."""
    from workbench.inputs.register import read_register

    with warnings.catch_warnings(record=True) as odd:
        warnings.simplefilter("always", RegisterWarning)
        register = read_register(where)
    for each in odd:
        warn(f"! {each.message}")
    return register


def inputs(
    scenario_file: Path, register_file: Path | None, *, from_today: bool = False
) -> tuple[Scenario, pd.DataFrame]:
    """Scenario and register, each checked and held against the other, as `check_fits`; warnings go to stderr."""
    scenario, where = scenario_and_register(scenario_file, register_file)
    from workbench.inputs import check_fits

    register = register_of(where)
    for warning in check_fits(scenario, register, from_today=from_today):
        warn(f"! {warning}")
    return scenario, register


@contextlib.contextmanager
def grouped(
    scenario_file: Path, register_file: Path | None, hard: Mapping[str, Any], seed: int, *names: str
) -> Iterator[tuple[Scenario, pd.DataFrame, Grouping, Any]]:
    """Scenario, register and joint branches, found first of the stages of a job; then the stages `names`.

    Parameters
    ----------
    hard
        how hard to look for joint branches, as `hardness` gives it.
    """
    scenario, register = inputs(scenario_file, register_file)
    from workbench.grouping import group
    from workbench.simulation import there

    with in_stages("group", *names) as stages:
        with stages("group"):
            grouping = there(group, register, scenario, **hard, seed=seed, progress=stages.progress)
        yield scenario, register, grouping, stages


def _estimate(words: str) -> None:
    """How long work will take, beside its bar."""
    from tqdm import tqdm

    tqdm.write(words, file=sys.stderr)


@contextlib.contextmanager
def in_stages(*names: str) -> Iterator[Any]:
    """The stages of a job, shown on a terminal while they run; where stderr is none, nothing is said there."""
    from workbench.jobs import Stages

    stages = Stages(names, tell=_estimate if sys.stderr.isatty() else None)
    try:
        yield stages
    finally:
        stages.close()
