"""What several verbs take, said once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from workbench.labels import system_language
from workbench.shipped import here_or_shipped


def scenario_place(given: str) -> Path:
    """A scenario's file: here, or the shipped one of that name."""
    return here_or_shipped(Path(given))


ScenarioFile = Annotated[
    Path,
    typer.Argument(
        metavar="SCENARIO",
        parser=scenario_place,
        help="A YAML file, or the name of a scenario that comes with the workbench. · 方案文件",
    ),
]
RegisterFile = Annotated[
    Path | None,
    typer.Option("--register", metavar="FILE", help="Another register than the scenario's. · 另用一份台账"),
]
Replications = Annotated[int, typer.Option(min=1, help="How many times the campaign is simulated. · 模拟次数")]
Seed = Annotated[int, typer.Option(min=0, max=2**64 - 1, help="Same seed, same answer. · 种子相同，结果相同")]
Lang = Annotated[
    Literal["zh", "en"],
    typer.Option(
        "--lang",
        envvar="WORKBENCH_LANG",
        help="Language of all output; by default the system's. · 输出语言，默认随系统",
    ),
]
#: What is spoken where nobody says otherwise.
LANGUAGE = system_language()
Effort = Annotated[
    str,
    typer.Option(help="How hard to look for joint branches: quick, normal, high, or a number. · 联合编排的搜索力度"),
]
TimeLimit = Annotated[
    float | None,
    typer.Option(min=0.0, metavar="SECONDS", help="At most so long for joint branches. · 联合编排限时（秒）"),
]
Cluster = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS", help="Have the workers of the dask scheduler there do it. · 由该地址的 dask 集群测算"
    ),
]
TableFile = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="Write the result there: .csv or .xlsx. · 结果写入该文件"),
]


def hand_over(cluster: str | None) -> None:
    """Have a cluster simulate and search from here on, if one is named and answers."""
    if cluster is None:
        return
    from workbench.errors import ArgumentError
    from workbench.simulation import use_cluster

    try:
        use_cluster(cluster)
    except ArgumentError as fault:
        raise typer.BadParameter(str(fault), param_hint="--cluster") from None


def hardness(effort: str, time_limit: float | None) -> dict[str, Any]:
    """How hard to look, as `group` takes it."""
    from workbench.grouping.search import Effort as Search

    given = int(effort) if effort.isdecimal() else effort
    try:
        Search.of(given)
    except ValueError as fault:
        raise typer.BadParameter(str(fault), param_hint="--effort") from None
    return {"effort": given, "time_limit": time_limit}
