"""Words: what is wrong with a campaign's folder, or with what a review is given."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # The campaign's folder.
    "error.campaign": ("活动文件夹有误", "The campaign's folder is not in order"),
    "fault.campaign_without_registers.rule": (
        "应有逐周台账 register_日期.csv",
        "there must be weekly registers, register_<date>.csv",
    ),
    "fault.campaign_without_registers.repair": (
        "用 workbench collect … --as-of 日期 汇总，或把台账放进该文件夹",
        "Collect them with 'workbench collect … --as-of DATE', or put them there",
    ),
    "fault.week_undated.rule": ("文件名须写明日期", "a register's name must tell its date"),
    "fault.week_undated.repair": (
        "改名为 register_年-月-日.csv；不是台账的移到别处",
        "Rename it register_YYYY-MM-DD.csv, or move it away if it is not a register",
    ),
    "fault.week_twice.rule": (
        "每个日期只能有一份台账（{day} 另有 {other}）",
        "there can be one register per date; {other} is of {day}, too",
    ),
    "fault.week_twice.repair": (
        "留下正确的一份，另一份移到别处",
        "Keep the right one and move the other away",
    ),
    "fault.week_there.rule": (
        "该文件夹已有 {day} 的台账，内容与本次不同",
        "there is a register of {day} already, and it is not the same",
    ),
    "fault.week_there.repair": (
        "如应以本次为准，先移走原来的一份再汇总",
        "If the new one is right, move the old one away and collect again",
    ),
    "fault.week_missing.rule": (
        "{first} 至 {last} 这一周没有台账",
        "there is no register of the week from {first} to {last}",
    ),
    "fault.week_missing.repair": (
        "补交该周台账；在此之前，“新增”按前一份台账起算",
        "Hand it in; until then what is new is counted from the register before",
    ),
    "fault.week_repeated.rule": ("与上一份台账（{other}）完全相同", "it is the register of the week before, {other}"),
    "fault.week_repeated.repair": ("核实是否误交了上周的台账", "Check whether last week's was handed in again"),
    "fault.no_register_of_day.rule": (
        "须有当日的台账（现有 {latest} 的一份）",
        "there must be a register of that day; there is one of {latest}",
    ),
    "fault.no_register_of_day.repair": (
        "改用 --as-of {latest}，或先汇总当日的台账",
        "Take --as-of {latest}, or collect the ledgers of that day first",
    ),
    "fault.campaign_scenario.rule": (
        "须能认定一个测算方案（找到 {count} 个）",
        "it must be plain which scenario the campaign follows ({count} found)",
    ),
    "fault.campaign_scenario.repair": (
        "用 --scenario 指定，或命名为 my_city.yaml",
        "Name it with --scenario, or call it my_city.yaml",
    ),
    # What a review is given.
    "error.review": ("无法评估", "The review cannot be made"),
    "fault.plan_without_units.rule": (
        "方案测算结果须保留各责任单位的进度",
        "the plan's outcome must keep coverage by responsible unit",
    ),
    "fault.plan_without_units.repair": (
        "重新测算该方案，并保留各责任单位的进度",
        "Work the plan out again, and keep coverage by responsible unit",
    ),
    "fault.plan_of_another_calendar.rule": (
        "方案的{date:@review}须与本测算方案一致（{wanted}）",
        "the plan's {date:@review} must be the scenario's, {wanted}",
    ),
    "fault.plan_of_another_calendar.repair": (
        "换用本次活动的方案结果，或改正测算方案的日期",
        "Give this campaign's plan, or mend the scenario's dates",
    ),
    "fault.plan_of_another_register.rule": (
        "方案须出自同一台账：责任单位、起始状态和党员档次相同的组织应在 {same} 以上",
        "the plan must be of this register: at least {same} of the organizations must have the same responsible unit, state "
        "at the start and tier",
    ),
    "fault.plan_of_another_register.repair": (
        "换用本台账的方案结果（results/…/outcome.nc），或不给 --plan，按起始台账重新测算",
        "Give the outcome of this register's plan (results/…/outcome.nc), or no --plan: it is then worked out again",
    ),
    "fault.plan_lacks.rule": ("方案中没有这家组织", "the plan does not know it"),
    "fault.plan_lacks.repair": (
        "核实是否新登记；进度比较不含这家",
        "Check whether it is new; the plan's course leaves it out",
    ),
    "fault.plan_has_more.rule": ("方案中有、台账中已没有", "the plan has it, and the register has it no more"),
    "fault.plan_has_more.repair": ("核实是否注销或漏报", "Check whether it was struck off or left out"),
    "fault.previous_later.rule": (
        "上周台账须早于本次评估日 {day}",
        "last week's register must be earlier than the day of the review, {day}",
    ),
    "fault.previous_later.repair": (
        "换用更早的一份，或改用较晚的 --as-of",
        "Give an earlier one, or a later --as-of",
    ),
    "fault.previous_of_another_city.rule": (
        "上周台账须是同一批组织",
        "last week's register must have the same organizations",
    ),
    "fault.previous_of_another_city.repair": ("核对 --previous 所指的文件", "Check which file --previous names"),
    "fault.organization_gone.rule": (
        "上周台账中有这家（{name}），本周没有",
        "last week's register has it ({name}), this week's has not",
    ),
    "fault.organization_gone.repair": (
        "已注销的须注明；漏报的请补上",
        "Say so if it was struck off; put it back if it was left out",
    ),
    "fault.branch_lost.rule": ("上周已建党组织，本周变为未建", "it had a branch last week, and has none now"),
    "fault.branch_lost.repair": ("核实哪一周填报有误", "Check which week is wrong"),
    "fault.step_undone.rule": ("上周已填的“{column}”，本周为空", "{column} was dated last week, and is empty now"),
    "fault.step_redated.rule": (
        "“{column}”与上周填报的 {before} 不一致，按本周计",
        "{column} was {before} last week; this week's counts",
    ),
    "fault.step_redated.repair": ("核实哪一周填报有误", "Check which week is wrong"),
    "fault.attempts_fewer.rule": (
        "未成功的组建次数少于上周的 {before} 次，按本周计",
        "fewer failed attempts than last week's {before}; this week's counts",
    ),
    "fault.attempts_fewer.repair": ("核实哪一周填报有误", "Check which week is wrong"),
    "fault.branch_new_undated.rule": (
        "上周未建、本周已建党组织，但没有成立日期，按活动开始前已建计",
        "it had no branch last week and has one now without a date: it counts as there before the campaign",
    ),
    "fault.branch_new_undated.repair": ("请填写成立日期", "Give branch_on"),
    "fault.step_undone.repair": ("补填，或说明为何撤回", "Fill it in, or say why it was taken back"),
    "notice.as_far": (
        "台账中最近的日期是{latest}，其后的进展未记载，实际可能更高。",
        "The register's latest date is {latest}: what has been done since is not in it, and the true figure may be higher.",
    ),
    "notice.undated": (
        "台账中没有活动期间的日期，进展可能未登记，实际可能更高。",
        "The register holds no date of the campaign: what has been done may not be in it, and the true figure may be higher.",
    ),
}
