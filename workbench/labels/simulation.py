"""Words: cases, simulation, outcomes and files."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "term.none": ("（未填）", "(none given)"),
    "error.law_too_wide": (
        "概率分布 {law} 跨度太大，无法以足够精度抽样；请缩小其范围",
        "The law {law} is too wide to be drawn accurately enough; narrow its range",
    ),
    "error.cancelled": ("已按要求停止，未写出任何结果", "Stopped as asked; nothing was written"),
    "error.grouping_of_another_register": (
        "联建分组与台账或测算方案不符，请按当前台账和测算方案重新分组",
        "The grouping does not belong to this register and scenario; group again with them",
    ),
    "fault.grouping_of_another_register.rule": (
        "联建分组只能安排本台账、本测算方案下需要联合组建的社会组织",
        "a grouping places only organizations that are units of this register under this scenario",
    ),
    "fault.grouping_of_another_register.repair": (
        "按当前台账和测算方案重新分组",
        "group again with this register and scenario",
    ),
    "error.day_not_simulated": (
        "{day} 不在模拟的工作日之内；可在测算方案中把 calendar.horizon 设得更远",
        "{day} lies outside the working days that were simulated; set calendar.horizon further in the scenario",
    ),
    "argument.breakdown": (
        "不能按“{by}”分组；可用：{known}，一项或不同的几项",
        "by {by}: must be one of {known}, or several different ones",
    ),
    "argument.not_by_responsible": (
        "这份结果没有分责任单位保存覆盖数；请用 keep='responsible' 模拟",
        "this outcome keeps no coverage by responsible unit; simulate with keep='responsible'",
    ),
    "argument.responsible": (
        "没有责任单位“{value}”；有：{known}……",
        "no responsible unit is called {value}; there are: {known} …",
    ),
    "argument.keep": ("keep = {value}：应为 responsible 或 city", "keep = {value}: must be responsible or city"),
    "argument.keep_renamed": (
        "keep = 'street' 已改名：请写 keep='responsible'",
        "keep = 'street' has a new name: write keep='responsible'",
    ),
    "argument.no_cluster": (
        '按地址连接集群需要 dask.distributed：pip install "campaign-workbench[cluster]"',
        'A cluster by its address needs dask.distributed: pip install "campaign-workbench[cluster]"',
    ),
    "argument.no_scheduler": (
        "地址 {address} 上没有应答的 dask 调度器（{reason}）：请核对地址，并确认调度器正在运行",
        "No dask scheduler answers at {address} ({reason}): check the address, and that the scheduler runs",
    ),
    "argument.executor": (
        "executor 应为执行器（有 submit）、dask 的 Client，或调度器地址；现为 {value}",
        "executor must be an executor (with submit), a dask Client, or a scheduler's address, not {value}",
    ),
    "outcome.ungrouped": (
        "未编制联合党组织：{units} 家需联合的组织都按暂未落实联建对象计。",
        "Without joint branches: {units} {units:organization that needs|organizations that need} one "
        "{units:counts|count} as without any.",
    ),
    "fault.places": ("{place}，另有 {more} 处", "{place} and {more} more"),
    "fault.date_before_the_start.rule": (
        "早于活动开始日 {start}，按活动开始前计",
        "is before the campaign's start, {start}, and counts as before it",
    ),
    "fault.date_before_the_start.repair": ("请核对日期", "Check the date"),
    "fault.register_silent.rule": (
        "为台账中最近的日期，距 {as_of} 已 {days} 天；其间的进展不在台账中，按没有计算",
        "is the register's latest date, {days} {days:day|days} before {as_of}: whatever has been done since counts as not done",
    ),
    "fault.register_silent.repair": (
        "请核对是否误用了旧台账；确无进展的，可不处理",
        "Check whether an old register was taken; if nothing has been done since, leave it",
    ),
    "fault.register_without_dates.rule": (
        "没有活动开始以来的日期，截至 {as_of} 按尚无进展计算",
        "hold no date since the campaign began: as of {as_of} nothing counts as done",
    ),
    "fault.register_without_dates.repair": (
        "请核对台账；已有进展的，补填各环节日期",
        "Check the register; where something has been done, add its dates",
    ),
    "fault.step_undated.rule": (
        "没有活动开始以来的日期，而 {later} 有：已到这一环节的，按未到计算",
        "holds no date since the campaign began, though {later} does: who has come as far as this step counts as not so far",
    ),
    "fault.step_undated.repair": (
        "请补填该列；不登记这一环节的，预测会偏低",
        "Fill the column in; where nobody records this step, the forecast is too low",
    ),
    "fault.date_after_the_day.rule": (
        "晚于本期台账的日期 {as_of}，按尚未发生计",
        "is later than this register's day, {as_of}, and counts as not yet known",
    ),
    "fault.date_after_the_day.repair": ("请核对日期，或更正台账日期", "Check the date, or the register's day"),
    "fault.date_off.rule": ("不是工作日，按 {counted} 计", "is no working day, and counts on {counted}"),
    "fault.date_off.repair": (
        "请核对日期；若当天加班，在测算方案 calendar.extra_workdays 中写明",
        "Check the date; if that day was worked, name it in calendar.extra_workdays of the scenario",
    ),
    "fault.branch_undated.rule": (
        "已建党组织而没有成立日期，按活动开始前已建计，但台账又记有组建进展",
        "a branch without a date counts as there before the campaign, yet work on forming it is dated",
    ),
    "fault.branch_undated.repair": ("请填写 branch_on", "Give branch_on"),
    "fault.attempts_undated.rule": (
        "记有未成功的组建次数，但没有任何日期，无法判断何时已派驻",
        "attempts have failed, yet nothing is dated: since when it has an instructor is not known",
    ),
    "fault.attempts_undated.repair": (
        "请填写 instructor_on；正在重新组建的，填写 attempt_on",
        "Give instructor_on, and attempt_on where a further attempt is in work",
    ),
    "fault.attempts_too_many.rule": (
        "记有的未成功组建次数超过测算方案所许的最多次数 {most}，按不再组建计",
        "more failed attempts than the scenario allows a case, {most}: it counts as given up",
    ),
    "fault.attempts_too_many.repair": (
        "请核对次数；仍在组建的，填写 attempt_on，或在测算方案中提高 max_attempts",
        "Check the number; where work goes on, give attempt_on, or raise max_attempts in the scenario",
    ),
    "fault.unit_differs.rule": (
        "按本单位日期为“{own:@state}”，所在联合组的牵头单位 {lead} 为“{state:@state}”，整组按牵头单位计",
        "is '{own:@state}' by its own dates, but its group's lead, {lead}, is '{state:@state}': the group counts as its "
        "lead",
    ),
    "fault.unit_differs.repair": (
        "请按牵头单位统一填写，或核对是否仍在该联合组",
        "Date it as its lead, or check whether it still belongs to the group",
    ),
    "fault.unit_left_behind.rule": (
        "牵头单位 {lead} 已建党组织，本单位却未计为覆盖，按未落实联建对象计",
        "its group's lead, {lead}, has a branch and it has none: it counts as in no group",
    ),
    "fault.unit_left_behind.repair": (
        "若已随联合党组织覆盖，请填写 has_branch 和 branch_on",
        "If the joint branch covers it, give has_branch and branch_on",
    ),
    "forecast.today": (
        "截至 {day}：已建党组织 {branches} 家，党的组织覆盖率 {coverage}",
        "As of {day}: {branches} {branches:branch|branches}, organization coverage {coverage}",
    ),
    "forecast.learnt": (
        "{factor}：原假设平均 {prior_mean}，据实际情况修正为 {mean}（90% 区间 {low} 至 {high}）",
        "{factor}: assumed {prior_mean} on average, learnt {mean} (90 %: {low} to {high})",
    ),
    "forecast.outside": (
        "有效样本只有 {effective} 个：实际情况已超出原来的假设范围，请用 workbench review 查看哪一项",
        "Only {effective} effective draws: what happened lies outside what was assumed; 'workbench review' says where",
    ),
    "forecast.findings": (
        "台账日期存疑 {count} 处，第一处：{first}",
        "Odd dates in the register: {count}. The first: {first}",
    ),
    "error.trace_responsible": (
        "这次模拟中没有责任单位“{responsible}”",
        "the trace has no responsible unit '{responsible}'",
    ),
    "error.outcome_missing": ("找不到结果文件 {path}", "There is no outcome file {path}"),
    "error.outcome_unreadable": (
        "{path} 不是测算台写出的结果文件，或已损坏",
        "{path} is not an outcome that the workbench wrote, or it is damaged",
    ),
    "error.outcome_newer": (
        "{path} 由更新版本的测算台写出（格式 {schema}，本版本只认到 {known}）；请升级测算台",
        "{path} was written by a newer workbench (format {schema}; this one reads up to {known}); upgrade the workbench",
    ),
    "error.cannot_write": (
        "无法写入 {path}：{reason}；原有文件未受影响",
        "Cannot write {path}: {reason}; what was there is untouched",
    ),
    "outcome.reached_already": ("已达标", "reached already"),
    "outcome.summary": (
        "上限 {ceiling}；目标 {target}，截至 {deadline}（模拟 {replications} 次）\n"
        "党的组织覆盖率：预计 {expected}，达标概率：{probability}\n"
        "党的工作覆盖率：预计 {work_expected}，达标概率：{work_probability}",
        "Ceiling {ceiling}; target {target} by {deadline} ({replications} "
        "{replications:replication|replications})\nOrganization coverage: expected {expected}, probability of the "
        "target: {probability}\nWork coverage: expected {work_expected}, probability of the target: {work_probability}",
    ),
}
