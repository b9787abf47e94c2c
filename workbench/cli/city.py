"""`workbench city`: a city made up."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from workbench.cli import options
from workbench.cli.context import say
from workbench.labels import text, use_language

EXAMPLE = "workbench city --organizations 800 --streets 16 --seed 7 --out my_city.csv"


def city(
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where to: .csv, .xlsx or .parquet. · 写入该文件")],
    organizations: Annotated[int, typer.Option(help="How many. · 社会组织数")] = 1200,
    streets: Annotated[int, typer.Option(help="How many. · 镇街数")] = 24,
    seed: options.Seed = 0,
    mean_members: Annotated[float, typer.Option(help="Full members of an organization, on the average.")] = 3.5,
    dispersion: Annotated[
        float, typer.Option(help="k of the negative binomial: smaller, more without a member.")
    ] = 0.5,
    floating: Annotated[float, typer.Option(help="Share of the members that is floating.")] = 0.25,
    part_time: Annotated[float, typer.Option(help="Share of the members that is part-time.")] = 0.30,
    covered: Annotated[float, typer.Option(help="Share of organizations with a branch at the start.")] = 0.31,
    joined: Annotated[float, typer.Option(help="Share of those that have it as a unit of a joint branch.")] = 0.12,
    hosts: Annotated[float, typer.Option(help="Share of larger branches that take units on.")] = 0.10,
    instructed: Annotated[float, typer.Option(help="Share without a branch that has an instructor.")] = 0.08,
    mass_orgs: Annotated[float, typer.Option(help="Share without a branch that has a mass organization.")] = 0.027,
    dormant: Annotated[float, typer.Option(help="Share of organizations that is dormant.")] = 0.02,
    communities: Annotated[int, typer.Option(help="Communities in an average street.")] = 6,
    shared_points: Annotated[float, typer.Option(help="Share of organizations at a shared address.")] = 0.08,
    size_km: Annotated[float | None, typer.Option(help="Side of the square map; by default by streets.")] = None,
    systems: Annotated[int, typer.Option(help="Municipal systems that are responsible, too. · 市直系统数")] = 0,
    by_systems: Annotated[float, typer.Option(help="Share of organizations that are theirs.")] = 0.20,
    lang: options.Lang = options.LANGUAGE,
) -> None:
    """Make a city up, to try things on. · 生成虚构的城市"""
    use_language(lang)
    from workbench.views.files import write_city

    arguments: dict[str, Any] = {
        "organizations": organizations, "streets": streets, "seed": seed, "mean_members": mean_members,
        "dispersion": dispersion, "floating": floating, "part_time": part_time, "covered": covered, "joined": joined,
        "hosts": hosts, "instructed": instructed, "mass_orgs": mass_orgs, "dormant": dormant,
        "communities": communities, "shared_points": shared_points, "size_km": size_km,
        "systems": systems, "by_systems": by_systems,
    }  # fmt: skip
    say(text("screen.written", path=write_city(out, arguments)))
