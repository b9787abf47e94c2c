"""Words: which parameter decides, and when the target is missed."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "error.no_salib": (
        '敏感性分析需要程序包 SALib，尚未安装：请运行 make lab，或 pip install "campaign-workbench[sensitivity]"',
        "The sensitivity analysis needs the package SALib, which is not installed: run 'make lab', or "
        'pip install "campaign-workbench[sensitivity]"',
    ),
    "short.speed": ("工作快慢", "speed"),
    "short.failure": ("失败倍数", "odds of failing"),
    "short.absence": ("缺勤", "absence"),
    "short.approval_delay": ("报批延误", "approval delay"),
    "short.late": ("逾期摸清", "late survey"),
    "short.election": ("选举用时倍数", "election time"),
    "short.of_kind": ("{kind}{name}", "{kind} {name}"),
    "short.success": ("成功率", "success"),
    "short.per_km": ("每公里增加的筹备", "preparation a km"),
    "short.per_extra_unit": ("每多一家增加的筹备", "preparation a unit"),
    "short.census.late": ("逾期摸清", "late survey"),
    "short.committee.notice": ("报送提前天数", "notice"),
    "rule.above": ("{name} > {value}", "{name} > {value}"),
    "rule.below": ("{name} < {value}", "{name} < {value}"),
    "rule.and": (" 且 ", " and "),
    "sensitivity.head": (
        "共模拟 {runs} 次（其中筛选 {screening} 次）。{coverage}：预计 {expected}，达到 {target} 的概率 {probability}。"
        "方括号内为 {level} 区间",
        "{runs} campaigns simulated ({screening} of them to screen); expected {coverage} {expected}, probability of "
        "{target} {probability}. In brackets {level} intervals",
    ),
    "sensitivity.line": (
        "{name}：影响覆盖率波动的 {total}，单独解释 {first}；取最低一成到最高一成时，预计覆盖率由 {at_low} 变为 {at_high}，"
        "达标概率由 {reach_low} 变为 {reach_high}",
        "{name}: has a hand in {total} of the spread of coverage, alone {first}; from its lowest tenth to its highest "
        "expected coverage goes from {at_low} to {at_high}, the probability from {reach_low} to {reach_high}",
    ),
    "sensitivity.screened": ("几乎没有影响，已筛除：{names}", "Screened out, as they hardly matter: {names}"),
    "sensitivity.luck": (
        "各项任务自身的运气（与上述参数共同）占 {luck}",
        "The luck of single cases has a hand in {luck}",
    ),
    "sensitivity.nothing": (
        "没有不确定的参数在起作用：波动全部来自各项任务的运气",
        "No uncertain parameter matters: all the spread is the luck of single cases",
    ),
    "sensitivity.missed": (
        "规律：{rule} 时往往达不到 {target}：这样的情形占 {support}，其中 {density} 不达标（总体 {base}），"
        "涵盖了全部不达标情形的 {coverage}",
        "Rule: {target} is missed when {rule}. That is so in {support} of the campaigns, of which {density} miss it "
        "(of all: {base}); they are {coverage} of all that miss it",
    ),
    "sensitivity.reached": (
        "规律：{rule} 时往往能达到 {target}：这样的情形占 {support}，其中 {density} 达标（总体 {base}），"
        "涵盖了全部达标情形的 {coverage}",
        "Rule: {target} is reached when {rule}. That is so in {support} of the campaigns, of which {density} reach it "
        "(of all: {base}); they are {coverage} of all that reach it",
    ),
    "sensitivity.no_rule": (
        "没有一条简单的规律能说明何时达到 {target}（概率 {probability}）",
        "No plain rule tells when {target} is reached (probability {probability})",
    ),
    "sensitivity.too_few": (
        "{campaigns} 次独立模拟中只有 {few} 次{outcome} {target}，不足以归纳规律；可用 threshold 换一个覆盖率",
        "Only {few} of {campaigns} independent campaigns {outcome} {target}: too few for a rule; try another coverage with "
        "threshold",
    ),
    "sensitivity.campaigns_missed": ("达不到", "miss"),
    "sensitivity.campaigns_reached": ("达到", "reach"),
    "sensitivity.always": (
        "{campaigns} 次独立模拟全部达到 {target}，无从归纳规律；可用 threshold 换一个覆盖率",
        "All {campaigns} independent campaigns reach {target}: there is no rule to find; try another coverage with threshold",
    ),
    "sensitivity.never": (
        "{campaigns} 次独立模拟均未达到 {target}，无从归纳规律；可用 threshold 换一个覆盖率",
        "None of {campaigns} independent campaigns reaches {target}: there is no rule to find; try another coverage with "
        "threshold",
    ),
    "sensitivity.level": (
        "{campaigns} 次独立模拟的覆盖率全部相同：没有波动，也就无所谓由什么引起",
        "Coverage is the same in all {campaigns} independent campaigns: nothing varies, so that nothing decides",
    ),
    "figure.tornado.title": (
        "最要紧的是“{name}”：影响覆盖率波动的 {share}",
        "What decides most is “{name}”: it has a hand in {share} of the spread",
    ),
    "figure.tornado.note": (
        "组建任务运气占 {luck}；共模拟 {runs} 次，细线为 {level} 区间",
        "The luck of single cases: {luck}. {runs} campaigns; thin lines are {level} intervals",
    ),
    "figure.tornado.missed": (
        "{rule} 时，{density} 达不到 {target}（占全部不达标情形的 {coverage}）",
        "When {rule}, {density} miss {target} ({coverage} of all that miss it)",
    ),
    "figure.tornado.reached": (
        "{rule} 时，{density} 能达到 {target}（占全部达标情形的 {coverage}）",
        "When {rule}, {density} reach {target} ({coverage} of all that reach it)",
    ),
    "figure.tornado.axis": ("截止日的{coverage}（预计）", "expected {coverage} by the deadline"),
    "figure.tornado.low": ("取值最低的一成", "the parameter in its lowest tenth"),
    "figure.tornado.high": ("取值最高的一成", "the parameter in its highest tenth"),
    "figure.tornado.expected": ("预计 {value}", "expected {value}"),
    "figure.tornado.columns": ("影响占比（达到 {target} 的概率）", "share (chance of {target})"),
}
