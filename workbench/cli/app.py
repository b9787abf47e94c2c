"""`workbench app`: the planners' app."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from platformdirs import user_state_path

from workbench.cli import options
from workbench.cli.context import inputs, say, warn
from workbench.labels import text, use_language
from workbench.stopping import answered

EXAMPLE = "workbench app --scenario scenarios/my_city.yaml --lang zh --open"


def serve_app(
    scenario_file: Annotated[
        Path | None,
        typer.Option("--scenario", metavar="FILE", help="By default scenarios/baseline.yaml. · 方案文件"),
    ] = None,
    register_file: options.RegisterFile = None,
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
    visitors: Annotated[
        int, typer.Option(min=1, max=1000, help="How many at a time, some 200 MB each. · 最多同时几人使用")
    ] = 12,
    open_browser: Annotated[
        bool, typer.Option("--open", help="Open it in this machine's browser. · 同时打开浏览器")
    ] = False,
    replications: options.Replications = 1000,
    seed: options.Seed = 0,
    lang: options.Lang = options.LANGUAGE,
) -> None:
    """The planners' app in a browser: move, look, take away. · 浏览器测算页面"""
    use_language(lang)
    from workbench.views.serving import (
        NOTEBOOK,
        SCENARIO,
        Service,
        check_address,
        check_lab,
        check_notebook,
        check_token,
        find,
        new_token,
    )

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
    scenario, _ = inputs(plan_file, register_file)
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
        visitors=visitors,
        visits=user_state_path("workbench") / "visits",
        replications=replications,
        seed=seed,
    )
    os.environ.pop("WORKBENCH_TOKEN", None)  # kernels need not know it

    def ready() -> None:
        if not service.private:
            warn(f"! {text('app.not_private', ip=ip)}")
        say(text("app.open", address=service.address))
        say(text("app.how_to_end"))
        sys.stdout.flush()
        if open_browser:
            typer.launch(service.address)

    from workbench.views.serving import serve

    with contextlib.suppress(KeyboardInterrupt):
        serve(service, ready)
    answered()
    say(text("app.ended"))
