"""Words: the review of a campaign under way, its notice, its report and its final summary."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "score.summary": (
        "截至{date}：{units} 个责任单位共有组建任务 {tasks} 项，已建成 {formed} 项；全市已建党组织 {branches} 家。"
        "与方案进度相比，可比的 {ranked} 个单位中，明显滞后 {behind} 个，明显超前 {ahead} 个。",
        "At the end of {date}: {formed} of {tasks} {tasks:task|tasks} of {units} responsible {units:unit|units} done; "
        "organizations with a Party organization: {branches}. Against the plan, of the {ranked} that can be compared, "
        "clearly behind: {behind}; clearly ahead: {ahead}.",
    ),
    # States of a task.
    "state.formed": ("已建", "formed"),
    "state.approved": ("已批", "approved"),
    "state.filed": ("已报", "filed"),
    "state.in_work": ("在办", "in work"),
    "state.waiting": ("待办", "waiting"),
    "state.abandoned": ("组建未成", "given up"),
    # The scoreboard.
    "figure.score.title": (
        "截至{date}，{ranked} 个可比单位中：明显滞后 {behind} 个，明显超前 {ahead} 个",
        "On {date}, of {ranked} {ranked:unit|units}: clearly behind {behind}, clearly ahead {ahead}",
    ),
    "figure.score.note": (
        "当日已建党组织家数在本单位方案分布中的百分位：只与本单位方案相比，不比建成率",
        "Percentile of today's organizations with a branch in the unit's own plan; other units' rates play no part",
    ),
    "figure.score.ranges": (
        "位次后括号内为单凭偶然可得的位次范围（90%）",
        "After each rank, the ranks that luck alone gives (90%)",
    ),
    "figure.score.cut": ("只列出最靠后的 {shown} 个（共 {ranked} 个）", "The last {shown} are shown, of {ranked}"),
    "figure.score.plan": ("与方案一致", "as planned"),
    "figure.score.columns": ("位次", "rank"),
    "figure.score.rank": ("第{rank}（{low}–{high}）", "{rank} ({low}–{high})"),
    "figure.score.usual": ("与方案大体一致", "about as planned"),
    "figure.score.behind": ("▼ 明显滞后", "▼ clearly behind"),
    "figure.score.ahead": ("明显超前", "clearly ahead"),
    "figure.score.luck": ("偶然波动范围（90%）", "what luck mostly explains (90%)"),
    "figure.score.nothing": ("没有可与方案相比的责任单位", "no unit can be held against a plan"),
    "figure.score.no_tasks": ("没有组建任务", "there is no branch to form"),
    # The states.
    "figure.states.title": (
        "截至{date}：组建任务 {tasks} 项，已建 {formed} 项",
        "On {date}: {formed} of {tasks} {tasks:task|tasks} formed",
    ),
    "figure.states.note": (
        "{since}以来新增 {new} 项，尚有 {open} 项未建成",
        "New since {since}: {new}; still to come: {open}",
    ),
    "figure.states.cut": ("只列出任务最多的 {shown} 个单位（共 {rows} 个）", "The {shown} with most tasks, of {rows}"),
    "figure.states.columns": ("已建 / 应建", "formed / to form"),
    "figure.states.new": ("其中新增", "of these new"),
    # The campaign's folder.
    "error.campaign": ("活动文件夹有误", "the campaign's folder is not in order"),
    "fault.campaign_without_registers.rule": (
        "应有逐周台账 register_日期.csv",
        "there must be weekly registers, register_<date>.csv",
    ),
    "fault.campaign_without_registers.repair": (
        "用 workbench collect … --as-of 日期 汇总，或把台账放进该文件夹",
        "collect them with 'workbench collect … --as-of DATE', or put them there",
    ),
    "fault.week_undated.rule": ("文件名须写明日期", "a register's name tells its date"),
    "fault.week_undated.repair": (
        "改名为 register_年-月-日.csv；不是台账的移到别处",
        "rename it register_YYYY-MM-DD.csv, or move it away if it is not a register",
    ),
    "fault.week_twice.rule": (
        "每个日期只能有一份台账（{day} 另有 {other}）",
        "there is one register per date; {other} is of {day}, too",
    ),
    "fault.week_twice.repair": (
        "留下正确的一份，另一份移到别处",
        "keep the right one and move the other away",
    ),
    "fault.week_there.rule": (
        "该文件夹已有 {day} 的台账，内容与本次不同",
        "there is a register of {day} already, and it is not the same",
    ),
    "fault.week_there.repair": (
        "如应以本次为准，先移走原来的一份再汇总",
        "if the new one is right, move the old one away and collect again",
    ),
    "fault.week_missing.rule": (
        "{first} 至 {last} 这一周没有台账",
        "there is no register of the week from {first} to {last}",
    ),
    "fault.week_missing.repair": (
        "补交该周台账；在此之前，“新增”按前一份台账起算",
        "hand it in; until then what is new is counted from the register before",
    ),
    "fault.week_repeated.rule": ("与上一份台账（{other}）完全相同", "it is the register of the week before, {other}"),
    "fault.week_repeated.repair": ("核实是否误交了上周的台账", "check whether last week's was handed in again"),
    "fault.no_register_of_day.rule": (
        "须有当日的台账（此前最近的一份为 {latest}）",
        "there must be a register of that day; the nearest before it is of {latest}",
    ),
    "fault.no_register_of_day.repair": (
        "改用 --as-of {latest}，或先汇总当日的台账",
        "take --as-of {latest}, or collect the ledgers of that day first",
    ),
    "fault.campaign_scenario.rule": (
        "须能认定一个测算方案（找到 {count} 个）",
        "it must be plain which scenario the campaign follows ({count} found)",
    ),
    "fault.campaign_scenario.repair": (
        "用 --scenario 指定，或命名为 my_city.yaml",
        "name it with --scenario, or call it my_city.yaml",
    ),
}
