"""Words: what a function was asked with, and what it wants instead."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "argument.line": ("{name} = {value}：{rule}", "{name} = {value}: {rule}"),
    "argument.between": ("；", "; "),
    "argument.rule.count": ("应为不小于 {least} 的整数", "must be at least {least}, a whole number"),
    "argument.rule.natural": ("应为不小于 0 的整数", "must be a whole number, 0 or more"),
    "argument.rule.below_power": (
        "应为 0 至 2^{power} - 1 之间的整数",
        "must be a whole number from 0 to 2^{power} - 1",
    ),
    "argument.rule.power_of_two": ("应为不小于 {least} 的 2 的幂", "must be a power of two, at least {least}"),
    "argument.rule.share_above": ("应为大于 0、不大于 1 的比例", "must be a share above 0, at most 1"),
    "argument.rule.positive": ("应为大于 0 的比例", "must be a share above 0"),
    "argument.rule.yuan": ("应为不小于 0 的金额（元）", "must be yuan, 0 or more"),
    "argument.rule.inside": ("应在 0 与 1 之间", "must lie between 0 and 1"),
    "argument.rule.share": ("应为 0 至 1 之间的比例", "must be a share, from 0 to 1"),
    "argument.rule.threshold": (
        "应为占社会组织总数的比例，0 至 1",
        "must be a share of the organizations, from 0 to 1",
    ),
    "argument.rule.register": (
        "应为台账（DataFrame），由 read_register 读入",
        "must be a register, as read_register gives it",
    ),
    "argument.rule.scenario": (
        "应为测算方案（Scenario），由 read_scenario 读入，或由 Scenario.model_validate 从字典生成",
        "must be a Scenario, as read_scenario gives it, or Scenario.model_validate of a map",
    ),
    "argument.rule.grouping": (
        "应为联建方案（Grouping），由 group 求得；不写则自动编排，写 False 则不编联合党组织",
        "must be a Grouping, as group gives it; None finds one, False leaves joint branches out",
    ),
    "argument.rule.outcome": (
        "应为模拟结果（Outcome），由 simulate 求得",
        "must be an Outcome, as simulate gives it",
    ),
    "argument.rule.outcomes": (
        "应为“名称: 结果”的字典，例如 dict(baseline=outcome, weekly=other)，或结果的列表",
        "must be a map of names to outcomes, such as dict(baseline=outcome, weekly=other), or a list of outcomes",
    ),
    "argument.rule.allocations": (
        "应为“名称: 配置”的字典，例如 dict(baseline=allocation, weekly=other)",
        "must be a map of names to allocations, such as dict(baseline=allocation, weekly=other)",
    ),
    "argument.rule.fixed": (
        "应为“责任单位: 人数”的字典，例如 dict(河口街道=3)",
        "must be a map of names to numbers of instructors, such as dict(河口街道=3)",
    ),
    "argument.rule.listed": ("应为列表，例如 [{example}]", "must be a list, such as [{example}]"),
    "argument.rule.progress": (
        "应为 True（显示进度条）、None，或一个可调用对象",
        "must be True (a bar), None, or something to call",
    ),
    "error.language": (
        "language = {given}：可用的语言是 'zh' 和 'en'",
        "language {given}: the workbench speaks 'zh' and 'en'",
    ),
    "argument.rule.allocation": (
        "应为配置结果（Allocation），由 allocate 求得，或“责任单位: 人数”的字典，例如 dict(河口街道=3)",
        "must be an Allocation, as allocate gives it, or a map of names to numbers of instructors, such as dict(河口街道=3)",
    ),
    "argument.attempt_from_one": (
        "attempt = {attempt}：用于 {purpose} 时应不小于 1",
        "attempt {attempt} for {purpose}: must be 1 or more",
    ),
    "argument.attempt_nought": (
        "attempt = {attempt}：用于 {purpose} 时应为 0",
        "attempt {attempt} for {purpose}: must be 0",
    ),
    "argument.rule.values": (
        "应为 census_value 得出的表，或不写",
        "must be a table, as census_value gives it; or leave it out",
    ),
    "argument.rule.question": (
        "应为可调用的函数，例如 wb.simulate",
        "must be a function to call, such as wb.simulate",
    ),
    "argument.rule.setup": (
        "应为 prepare 对同一台账、方案和联建方案的结果，或不写",
        "must be what prepare gives for register, scenario and grouping; or leave it out",
    ),
    "argument.rule.kept": (
        "应为 ResponseCache，例如另一张配置台的 kept，或不写",
        "must be a ResponseCache, such as another desk's kept; or leave it out",
    ),
    "argument.rule.paths": (
        "应为文件夹、文件路径，或文件路径的列表",
        "must be the path of a folder or a file, or a list of paths",
    ),
    "argument.rule.text": ("应为文字", "must be text"),
    "argument.rule.path": ("应为文件路径", "must be the path of a file"),
    "argument.rule.executor": (
        "应为执行器：有 submit 方法，如 concurrent.futures 的执行器或 dask 的 Client；或 dask 调度器的地址，如 tcp://127.0.0.1:8786",
        "must be an executor: something to submit work to, such as those of concurrent.futures or a dask Client; or the address "
        "of a dask scheduler, such as tcp://127.0.0.1:8786",
    ),
    "argument.rule.seconds": ("应为秒数", "must be a number of seconds"),
    "argument.rule.day": ("应为日期，例如 2027-08-20", "must be a date, such as 2027-08-20"),
    "argument.rule.number": ("应为数字", "must be a number"),
    "argument.rule.netcdf": (
        "模拟结果存为 netCDF 文件（.nc）；要表格请用 to_excel",
        "an outcome is saved as netCDF (.nc); for a workbook use to_excel",
    ),
    "argument.rule.changes": (
        "应为参数路径（文字）或“路径: 值”的字典",
        "must be the path of a parameter, or a map of paths to values",
    ),
    "argument.rule.switch": ("应为 True 或 False", "must be True or False"),
    "argument.joint_branches": (
        "grouping = False：这里问的正是联合党组织；请给出联建方案（Grouping），或不写",
        "grouping = False: the question is about joint branches; give a Grouping, or leave it out",
    ),
    "argument.setup_scenario": (
        "setup：属于另一套测算方案（{scenario}）；请用同一方案重新 prepare，或不写",
        "setup: belongs to another scenario ({scenario}); prepare it for this one, or leave it out",
    ),
    "argument.setup_register": (
        "setup：属于另一份台账；请用同一台账重新 prepare，或不写",
        "setup: belongs to another register; prepare it for this one, or leave it out",
    ),
    "argument.setup_grouping": (
        "setup：所依据的联建方案与 grouping 不同；请用同一联建方案重新 prepare，或不写",
        "setup: rests on other joint branches than `grouping`; prepare it for these, or leave it out",
    ),
    "argument.rule.one_of": ("应为以下之一：{known}", "must be one of {known}"),
    "argument.hint.near": ("；是否应为 {near}", "; did you mean {near}?"),
    "argument.rule.day_to_try": (
        "没有可试的日期，也没有可试的直接决定；请给出至少一个日期",
        "no day to try, and no direct decision either; give a day at least",
    ),
    "argument.rule.not_before": ("不得早于完成时限 {deadline}", "must not lie before the deadline, {deadline}"),
    "argument.rule.same_outcome": (
        "应为 simulate 对同一台账、方案、联建方案、种子和次数的结果，但 {faults} 不同",
        "must be what `simulate` gives for these very arguments, but differs in {faults}",
    ),
    "argument.rule.seconds_from_nought": ("应为不小于 0 的秒数", "must be a number of seconds, 0 or more"),
    "argument.rule.effort": (
        "应为 {known} 之一，或不小于 1 的整数（搜索工作量）",
        "must be one of {known}, or a number of work units, 1 or more",
    ),
    "argument.rule.from_to": ("应在 {low} 至 {high} 之间", "must lie from {low} to {high}"),
    "argument.rule.places": (
        "应不小于 1，且二者之积不超过 {most}",
        "must be 1 or more, the two multiplied at most {most}",
    ),
    "argument.rule.above_nought": ("应大于 0", "must be above 0"),
    "argument.rule.covered": (
        "{organizations} 家组织中只有 {able} 家有党员，覆盖不能更多",
        "of {organizations} {organizations:organization|organizations}, {able} {able:has|have} a member: no more can be covered",
    ),
    "argument.rule.at_least_nought": ("应为不小于 0 的数", "must be a number, 0 or more"),
    "argument.differs.register_fingerprint": ("台账", "the register"),
    "argument.differs.scenario_fingerprint": ("测算方案", "the scenario"),
    "argument.differs.grouping_fingerprint": ("联建方案", "the grouping"),
    "argument.differs.seed": ("种子", "the seed"),
    "argument.differs.replications": ("模拟次数", "the number of replications"),
    "argument.instructors_of": ("{responsible} 的指导员人数", "instructors of {responsible}"),
    "argument.no_such_unit": ("没有名为“{name}”的责任单位", "no responsible unit is called {name}"),
    "argument.named_twice": ("“{name}”写了两次", "{name} is named twice"),
    "argument.rule.known": (
        "{function} 没有这个参数；可用的有：{known}",
        "is not an argument of {function}; there are: {known}",
    ),
    "argument.rule.near": (
        "{function} 没有这个参数；是否应为 {near}",
        "is not an argument of {function}; did you mean {near}?",
    ),
    "argument.hint.percent": ("；如指 {value} %，请写 {share}", "; write {share} for {value} %"),
    "argument.hint.swapped": (
        "；参数的顺序是 {function}（{order}），似乎写反了",
        "; the order is {function}({order}): two seem to be swapped",
    ),
    "argument.hint.path": ("；请先用 {reader} 读入", "; read it with {reader} first"),
    "argument.a": ("一个 {type}", "a {type}"),
    "argument.an": ("一个 {type}", "an {type}"),
}
