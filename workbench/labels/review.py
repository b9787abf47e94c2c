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
}
