"""The command line: one verb a job, each a few lines around what the package does.

Exit codes: 0 done, 1 faults in the input or a place that cannot be written, 2 usage, 130 stopped.
"""

from __future__ import annotations

import contextlib
import os
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextvars import copy_context
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from workbench.errors import Cancelled, ScenarioError, WorkbenchError
from workbench.labels import text, use_language
from workbench.stopping import hear_stops

if TYPE_CHECKING:
    import pandas as pd

    from workbench.inputs.scenario import Scenario

DONE, FAULTS, USAGE, STOPPED = 0, 1, 2, 130

app = typer.Typer(
    name="workbench",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Plan a city's campaign to give its social organizations a Party organization. · “建组织扩覆盖”测算台",
    epilog="Exit codes: 0 done · 1 faults in the input, or a place that cannot be written · 2 usage · 130 stopped",
)

ScenarioFile = Annotated[Path, typer.Argument(metavar="SCENARIO", help="A scenario, YAML. · 方案文件")]
RegisterFile = Annotated[
    Path | None,
    typer.Option("--register", metavar="FILE", help="Another register than the scenario's. · 另用一份台账"),
]
Replications = Annotated[int, typer.Option(min=1, help="How many times the campaign is simulated. · 模拟次数")]
Seed = Annotated[int, typer.Option(min=0, max=2**64 - 1, help="Same seed, same answer. · 种子相同，结果相同")]
Lang = Annotated[
    Literal["zh", "en"],
    typer.Option("--lang", envvar="WORKBENCH_LANG", help="Language of all output. · 输出语言"),
]
TableFile = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="Write the result there: .csv or .xlsx. · 结果写入该文件"),
]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit: what ``workbench`` calls.

    Parameters
    ----------
    arguments : by default those of the process.
    """
    for stream in (sys.stdout, sys.stderr):
        # A terminal that lacks a sign shows a question mark rather than failing.
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    hear_stops()
    # The language is chosen within a copy, so that a program that calls this keeps its own.
    sys.exit(copy_context().run(run, sys.argv[1:] if arguments is None else list(arguments)))


def run(arguments: Sequence[str]) -> int:
    """Run the command line and give its exit code; nothing leaves it but through a message."""
    debug = "--debug" in arguments
    try:
        code = app(list(arguments), standalone_mode=False, prog_name="workbench")
    except (KeyboardInterrupt, Cancelled):
        code = STOPPED
    except WorkbenchError as fault:
        typer.echo(str(fault), err=True)
        return FAULTS
    except Exception as fault:
        if hasattr(fault, "show") and hasattr(fault, "exit_code"):
            fault.show()  # what was typed makes no command: usage, in typer's words
            return int(fault.exit_code)
        if debug:
            traceback.print_exc()
        message = " ".join(str(fault).split()) or "–"
        typer.echo(text("error.unexpected", kind=type(fault).__name__, message=message), err=True)
        return FAULTS
    if code == STOPPED:
        typer.echo(text("error.stopped"), err=True)
    return int(code or DONE)


def _say(words: str = "") -> None:
    """Print; where the reader has left, as `head` does, the job goes on without one."""
    try:
        typer.echo(words)
    except BrokenPipeError:
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
            os.dup2(nowhere.fileno(), sys.stdout.fileno())


@app.callback()
def everything(
    debug: Annotated[bool, typer.Option("--debug", help="Show the whole trace of an unexpected error.")] = False,
) -> None:
    """Options before the verb."""


@app.command(epilog="Example: workbench plan scenarios/baseline.yaml --lang zh")
def plan(
    scenario_file: ScenarioFile,
    register_file: RegisterFile = None,
    replications: Replications = 1000,
    seed: Seed = 0,
    lang: Lang = "en",
    out: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Folder of the results; by default results/<scenario>. · 结果文件夹"),
    ] = None,
) -> None:
    """The whole job: ceiling, joint branches, probability, instructors, report. · 全套测算并出报告"""
    use_language(lang)
    from workbench.views.folder import folder_beside, folder_name

    scenario, where = _scenario(scenario_file, register_file)
    folder = out or Path("results") / folder_name(scenario.name)
    with (
        folder_beside(folder) as temporary,
        _stages("read", "group", "ceiling", "simulate", "explain", "allocate", "write") as stages,
    ):
        with stages("read"):
            from workbench.inputs import read_register
            from workbench.views.plan_files import write_plan
            from workbench.views.plan_job import make_plan
            from workbench.views.screen import files_screen, plan_screen

            register = read_register(where)
        found = make_plan(register, scenario, replications=replications, seed=seed, stages=stages)
        stages.close()
        # The answer first: it is worth having even where the files cannot be written.
        _say(plan_screen(found) + "\n")
        write_plan(found, temporary, stages)
    _say(files_screen(folder))


@app.command(epilog="Example: workbench check data/local/my_city.csv --lang zh")
def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A register (CSV, XLSX, Parquet) or a scenario (YAML).")],
    seed: Seed = 0,
    lang: Lang = "en",
    out: TableFile = None,
) -> None:
    """Check a register or a scenario, and name every fault at once. · 检查台账或方案"""
    use_language(lang)
    from workbench.views.checking import check_file, faults_table
    from workbench.views.exports import KINDS, refuse_kind, write_table

    if out is not None:
        refuse_kind(out, KINDS)
    try:
        _say(check_file(file))
    except WorkbenchError as fault:
        if out is not None:
            write_table(faults_table(fault), out)
        raise
    if out is not None:
        write_table(faults_table(None), out)


@app.command(epilog="Example: workbench group scenarios/baseline.yaml --out joint_branches.xlsx")
def group(
    scenario_file: ScenarioFile,
    register_file: RegisterFile = None,
    method: Annotated[
        Literal["optimal", "nearest", "community", "supervisor"],
        typer.Option(help="The last three as done by hand."),
    ] = "optimal",
    seed: Seed = 0,
    lang: Lang = "en",
    out: TableFile = None,
) -> None:
    """Joint branches only: who joins whom. · 只编排联合支部"""
    use_language(lang)
    from workbench.views.exports import KINDS, refuse_kind, write_table

    if out is not None:
        refuse_kind(out, KINDS)
    scenario, register = _inputs(scenario_file, register_file)
    from workbench.grouping import group as find_groups
    from workbench.views.tables import joint_branches

    with _stages("group") as stages, stages("group"):
        grouping = find_groups(register, scenario, method=method, seed=seed)
    _say(grouping.summary())
    if out is not None:
        write_table(joint_branches(register, scenario, grouping), out)
        _say(text("screen.written", path=out))


@app.command(epilog="Example: workbench simulate scenarios/reachable.yaml --replications 5000 --out outcome.nc")
def simulate(
    scenario_file: ScenarioFile,
    register_file: RegisterFile = None,
    replications: Replications = 1000,
    seed: Seed = 0,
    lang: Lang = "en",
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write all simulated numbers there: .nc. · 写入全部模拟结果"),
    ] = None,
) -> None:
    """Joint branches and simulation: the probability of both targets. · 只模拟"""
    use_language(lang)
    from workbench.views.exports import refuse_kind

    if out is not None:
        refuse_kind(out, (".nc",))
    scenario, register = _inputs(scenario_file, register_file)
    from workbench.grouping import group as find_groups
    from workbench.simulation import simulate as run_campaign

    with _stages("group", "simulate") as stages:
        with stages("group"):
            grouping = find_groups(register, scenario, seed=seed)
        with stages("simulate"):
            outcome = run_campaign(
                register, scenario, grouping, replications=replications, seed=seed, progress=stages.progress
            )
    _say(outcome.summary())
    if out is not None:
        _say(text("screen.written", path=outcome.save(out)))


@app.command(epilog="Example: workbench allocate scenarios/reachable.yaml --total 120 --out more_wisely.yaml")
def allocate(
    scenario_file: ScenarioFile,
    register_file: RegisterFile = None,
    total: Annotated[int | None, typer.Option(min=0, help="So many instructors at most. · 指导员总数")] = None,
    confidence: Annotated[
        float | None,
        typer.Option(min=0.0, max=1.0, help="The fewest that reach the target so surely. · 最少多少名才有此把握"),
    ] = None,
    budget: Annotated[
        float | None, typer.Option(min=0.0, help="So many yuan at most, by costs.instructor_month. · 费用上限（元）")
    ] = None,
    work: Annotated[
        float | None,
        typer.Option(min=0.0, max=1.0, help="A condition: the work target so surely. · 工作覆盖达标的把握下限"),
    ] = None,
    replications: Replications = 1000,
    seed: Seed = 0,
    lang: Lang = "en",
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write there: a table (.csv, .xlsx) or a scenario (.yaml). · 写成表或新方案"),
    ] = None,
) -> None:
    """Where instructors do most, or how few are enough: give --total, --confidence or --budget. · 指导员配置"""
    use_language(lang)
    from workbench.planning import allocation
    from workbench.views.allocation_file import ENDINGS, allocation_screen, write_allocation
    from workbench.views.exports import refuse_kind

    try:
        allocation.check_asked(total, confidence, budget, work, replications)
    except (ScenarioError, ValueError) as fault:
        raise typer.BadParameter(str(fault)) from None
    if out is not None:
        refuse_kind(out, ENDINGS)
    scenario, register = _inputs(scenario_file, register_file)
    from workbench.grouping import group as find_groups

    with _stages("group", "allocate") as stages:
        with stages("group"):
            grouping = find_groups(register, scenario, seed=seed)
        with stages("allocate"):
            found = allocation.allocate(
                register,
                scenario,
                grouping,
                total=total,
                confidence=confidence,
                budget=budget,
                work=work,
                replications=replications,
                seed=seed,
                progress=stages.progress,
            )
    _say(allocation_screen(found))
    if out is not None:
        _say(text("screen.written", path=write_allocation(found, scenario_file, out)))


@app.command(
    epilog="Example: workbench compare scenarios/baseline.yaml scenarios/weekly_meetings.yaml --out results/meetings"
)
def compare(
    scenario_files: Annotated[
        list[Path], typer.Argument(metavar="SCENARIO...", help="Two or more; the first is the baseline. · 方案文件")
    ],
    register_file: RegisterFile = None,
    target: Annotated[
        Literal["organization", "work"], typer.Option(help="Which coverage. · 组织覆盖或工作覆盖")
    ] = "organization",
    rank_by: Annotated[
        Literal["expected", "probability"],
        typer.Option(help="Rank by expected coverage, or by the chance of the target. · 排序依据"),
    ] = "expected",
    replications: Annotated[int, typer.Option(min=2, help="Paired replications. · 模拟次数")] = 1000,
    seed: Seed = 0,
    lang: Lang = "en",
    out: Annotated[
        Path | None,
        typer.Option(metavar="PLACE", help="Write there: .csv, .xlsx, or a folder of all. · 写成表或文件夹"),
    ] = None,
) -> None:
    """Scenarios side by side on the same luck: what differs, where, when, and which is best. · 方案对比"""
    use_language(lang)
    if len(scenario_files) < 2:
        raise typer.BadParameter(text("error.compare_two", count=len(scenario_files)), param_hint="SCENARIO...")
    if twice := [file for file in scenario_files if scenario_files.count(file) > 1]:
        raise typer.BadParameter(text("error.compare_twice", file=twice[0]), param_hint="SCENARIO...")
    from workbench.views.comparison_file import comparison_screen, refuse_place, write_comparison, written_screen
    from workbench.views.comparison_job import compare_scenarios, plannable_inputs

    refuse_place(out)
    inputs, warnings = plannable_inputs([_inputs(file, register_file) for file in scenario_files])
    for warning in warnings:
        typer.echo(f"! {warning}", err=True)
    options: dict[str, Any] = {"target": target, "rank_by": rank_by, "replications": replications, "seed": seed}
    with _stages("group", "simulate", "compare") as stages:
        found = compare_scenarios(scenario_files, inputs, **options, stages=stages)
    _say(comparison_screen(found))
    if out is not None:
        _say("\n" + written_screen(write_comparison(found, out)))


@app.command("app", epilog="Example: workbench app --scenario scenarios/my_city.yaml --lang zh --open")
def serve_app(
    scenario_file: Annotated[
        Path | None,
        typer.Option("--scenario", metavar="FILE", help="By default scenarios/baseline.yaml. · 方案文件"),
    ] = None,
    register_file: RegisterFile = None,
    notebook: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="By default notebooks/app/planner.ipynb. · 另用一个页面"),
    ] = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where to listen. · 端口")] = 8866,
    ip: Annotated[str, typer.Option(help="127.0.0.1: this machine only. · 默认只有本机能访问")] = "127.0.0.1",
    token: Annotated[
        str | None,
        typer.Option(
            envvar="WORKBENCH_TOKEN",
            help="What the address must carry; made if not given. Better by WORKBENCH_TOKEN than here, where others"
            " can read it. · 口令，不写则自动生成",
        ),
    ] = None,
    behind: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Host name of the proxy in front. · 前置代理的域名"),
    ] = None,
    preheat: Annotated[int, typer.Option(min=0, max=8, help="Visitors for whom all is kept ready. · 预先备好几份")] = 0,
    open_browser: Annotated[
        bool, typer.Option("--open", help="Open it in this machine's browser. · 同时打开浏览器")
    ] = False,
    replications: Replications = 1000,
    seed: Seed = 0,
    lang: Lang = "en",
) -> int | None:
    """The planners' app in a browser: move, look, take away. · 浏览器测算页面"""
    use_language(lang)
    from workbench.views.serving.opening import NOTEBOOK, SCENARIO, check_lab, check_notebook, find
    from workbench.views.serving.service import Service, check_address, check_token, new_token

    try:
        token = check_token(new_token() if token is None else token)
    except ValueError as fault:
        raise typer.BadParameter(str(fault), param_hint="--token") from None
    try:
        check_address(ip)
    except ValueError as fault:
        raise typer.BadParameter(str(fault), param_hint="--ip") from None
    check_lab()
    page = find(notebook, NOTEBOOK)
    check_notebook(page)
    plan_file = find(scenario_file, SCENARIO)
    # A fault in the plan is told here and now, not by a page on which nothing works.
    scenario, _ = _inputs(plan_file, register_file)
    register = register_file or scenario.register_file
    service = Service(
        notebook=page,
        scenario=plan_file,
        register=Path(str(register)).resolve(),
        language=lang,
        token=token,
        ip=ip,
        port=port,
        names=tuple(behind or ()),
        preheat=preheat,
        replications=replications,
        seed=seed,
    )
    os.environ.pop("WORKBENCH_TOKEN", None)  # kernels need not know it

    def ready() -> None:
        if not service.private:
            typer.echo(f"! {text('app.not_private', ip=ip)}", err=True)
        _say(text("app.open", address=service.address))
        _say(text("app.how_to_end"))
        sys.stdout.flush()
        if open_browser:
            typer.launch(service.address)

    from workbench.views.serving.server import serve

    with contextlib.suppress(KeyboardInterrupt):
        serve(service, ready)
    _say(text("app.ended"))
    return DONE


@app.command(epilog="Example: workbench city --organizations 800 --streets 16 --seed 7 --out my_city.csv")
def city(
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where to: .csv, .xlsx or .parquet. · 写入该文件")],
    organizations: Annotated[int, typer.Option(help="How many. · 社会组织数")] = 1200,
    streets: Annotated[int, typer.Option(help="How many. · 镇街数")] = 24,
    seed: Seed = 0,
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
    lang: Lang = "en",
) -> None:
    """Make a city up, to try things on. · 生成虚构的城市"""
    use_language(lang)
    from workbench.views.city_file import write_city

    arguments: dict[str, Any] = {
        "organizations": organizations, "streets": streets, "seed": seed, "mean_members": mean_members,
        "dispersion": dispersion, "floating": floating, "part_time": part_time, "covered": covered, "joined": joined,
        "hosts": hosts, "instructed": instructed, "mass_orgs": mass_orgs, "dormant": dormant,
        "communities": communities, "shared_points": shared_points, "size_km": size_km,
    }  # fmt: skip
    _say(text("screen.written", path=write_city(out, arguments)))


def _scenario(scenario_file: Path, register_file: Path | None) -> tuple[Scenario, Path]:
    """The scenario, and where its register is."""
    from workbench.inputs.scenario import read_scenario

    scenario = read_scenario(scenario_file)
    where = register_file or scenario.register_file
    if where is None:
        raise ScenarioError(text("error.no_register", scenario=str(scenario_file)))
    return scenario, where


def _inputs(scenario_file: Path, register_file: Path | None) -> tuple[Scenario, pd.DataFrame]:
    """Scenario and register, each checked and held against the other; warnings go to stderr."""
    scenario, where = _scenario(scenario_file, register_file)
    from workbench.inputs import read_register
    from workbench.inputs.fit import check_fits

    register = read_register(where)
    for warning in check_fits(scenario, register):
        typer.echo(f"! {warning}", err=True)
    return scenario, register


@contextlib.contextmanager
def _stages(*names: str) -> Iterator[Any]:
    """The stages of a job, shown on a terminal while they run."""
    from workbench.views.progress import Stages

    stages = Stages(names)
    try:
        yield stages
    finally:
        stages.close()
