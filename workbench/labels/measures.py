"""Words of the measures: what can be decided, by whom, and what it comes to."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # --- the measures ---
    "measure.weekly_meetings": ("党（工）委会议每周研究一次", "weekly committee meetings"),
    "measure.meetings_on_demand": (
        "报批满 {cases} 件即在 {lead} 个工作日内开会研究",
        "a meeting on demand: {cases} {cases:case|cases} filed, {lead} working {lead:day|days} ahead",
    ),
    "measure.no_agenda_limit": ("会议研究件数不设上限", "no limit on an agenda"),
    "measure.one_more_meeting": ("{date} 加开一次会议", "one more meeting, on {date}"),
    "measure.direct_decision": (
        "单独组建、选派指导员组建的由上级党组织直接批复",
        "direct decision by the higher committee, branches of their own",
    ),
    "measure.elections_prepared": ("提前做好选举准备", "elections prepared ahead"),
    "measure.open_with_survey": ("边排查边组建", "formation opens with the survey"),
    "measure.half_more_instructors": (
        "增派指导员 {count} 名，派往最需要的责任单位",
        "{count} more {count:instructor|instructors}, sent where they do most",
    ),
    "measure.saturdays": ("周六加班推进", "Saturdays worked"),
    "measure.joint_farther": ("联合组建距离放宽到 {km} 公里", "joint branches up to {km} km"),
    "measure.larger_groups": ("联合党组织每个不超过 {units} 家", "joint branches of up to {units} {units:unit|units}"),
    "measure.hosts_take_two": ("挂靠单位各接收 {units} 家", "hosts take {units} {units:unit|units} each"),
    "measure.strike_dormant": ("名存实亡的不计入总数", "dormant organizations struck off"),
    "measure.count_from_approval": ("以批复为准计算组建", "a branch counted from its approval"),
    "measure.two_weeks_later": ("截止日期推迟两周，到 {date}", "a deadline two weeks later, {date}"),
    # --- who decides ---
    "decided_by.committees": ("各责任单位党（工）委", "the responsible units' committees"),
    "decided_by.higher_committee": ("上级党组织", "the higher committee"),
    "decided_by.responsible_units": ("各责任单位", "the responsible units"),
    "decided_by.organization_department": ("市委组织部", "the municipal organization department"),
    "decided_by.leading_group": ("领导小组", "the leading group"),
    # --- sorts ---
    "sort.decision": ("决策", "decision"),
    "sort.resource": ("力量", "resource"),
    "sort.calendar": ("时间", "calendar"),
    "sort.counting": ("口径", "counting"),
    # --- the answer ---
    "measures.and": ("；", " + "),
    "measures.least": (
        "要以 {confidence} 的把握如期达到 {target}，至少需采取 {number} 项措施：{measures}。"
        "预计覆盖率 {expected}，换一批模拟检验，达标概率为 {probability}；一次性费用 {cost} 元。",
        "The least that reaches {target} with a confidence of {confidence}: {measures} "
        "({number} {number:measure|measures}, {cost} yuan). Expected coverage {expected}; chance on fresh numbers "
        "{probability}.",
    ),
    "measures.fresh_below": (
        "检验结果低于所要求的把握：该组合恰在边缘，宜再加一项。",
        "On fresh numbers that is below what was asked for: the package is at the edge, and one measure more is safer.",
    ),
    "measures.fresh_above": (
        "（选定时所用的一批模拟中为 {sample}，低于所要求的把握：该组合恰在边缘。）",
        "(On the numbers that it was chosen on the chance was {sample}, below what was asked for: the package is at the edge.)",
    ),
    "measures.work": (
        "同时工作覆盖率：{change}。",
        "Work coverage with it: {change}.",
    ),
    "measures.unneeded": (
        "现方案已有 {confidence} 的把握达到 {target}，无需另采取措施。",
        "The present plan reaches {target} with a confidence of {confidence} as it is.",
    ),
    "measures.none": (
        "所列措施无论怎样组合，都没有 {confidence} 的把握如期达到 {target}。最好的是：{measures}，"
        "预计覆盖率 {expected}，达标概率 {probability}。",
        "No set of the listed measures that was tried reaches {target} with a confidence of {confidence}. The best: "
        "{measures}, expected coverage {expected}, chance {probability}.",
    ),
    "measures.nothing_listed": (
        "所试各种组合都没有提高如期达到 {target} 的可能（达标概率：{probability}）。",
        "No set that was tried raises the chance of reaching {target} (now {probability}).",
    ),
    "measures.decide": (
        "  {measure}：由{who}决定，最迟 {until}。",
        "  {measure}: decided by {who}, by {until}.",
    ),
    "measures.too_late": (
        "  {measure}：由{who}决定；按常规进度多半已来不及，越早越好。",
        "  {measure}: decided by {who}; no date is early enough at even odds, so the sooner the better.",
    ),
    "measures.tried": (
        "  共试算 {tried} 种组合，均用同一批随机数。",
        "  Sets tried: {tried}, all on the same random numbers.",
    ),
    "measures.joined": ("{first}{second}", "{first} {second}"),
    "measures.present": ("现方案", "the present plan"),
    "measures.counted": ("{measure}（口径）", "{measure} (counting only)"),
    "column.work_gain": ("工作覆盖（百分点）", "work coverage, points"),
    "column.cost": ("费用（元）", "cost, yuan"),
    "column.decided_by": ("决定主体", "decided by"),
    "column.until": ("最迟决定", "decide by"),
    "column.package": ("措施组合", "measures together"),
    "column.number": ("措施数", "number"),
    "column.fresh": ("检验概率", "chance, fresh numbers"),
    "sheet.measures": ("对策措施", "Measures"),
    "sheet.packages": ("措施组合", "Packages"),
    "report.packages": ("措施数、费用与达标概率", "Sets of measures: number, cost and chance"),
    "report.packages_note": (
        "组合中的一部分就能达到同样的达标概率（均为 0 的，看预计覆盖率），且费用不增的，不再列出；全部组合见 plan.xlsx。",
        "A set is left out where a part of it has the same chance (without any, the same coverage) for no more; plan.xlsx "
        "has them all.",
    ),
    "report.alt_measures": ("措施数与达标概率", "Number of measures against the chance of the target"),
    # --- the figure ---
    "figure.front.number": ("措施数", "measures decided together"),
    "figure.front.chance": ("达标概率", "chance of the target"),
    "figure.front.wanted": ("所要求的把握 {confidence}", "asked for: {confidence}"),
    "figure.front.least": (
        "至少采取 {number} 项措施，才有 {confidence} 的把握达到 {target}",
        "It takes {number} {number:measure|measures} to reach {target} with a confidence of {confidence}",
    ),
    "figure.front.unneeded": (
        "现方案已有 {confidence} 的把握达到 {target}",
        "The present plan reaches {target} with a confidence of {confidence}",
    ),
    "figure.front.none": (
        "所试组合都没有 {confidence} 的把握达到 {target}",
        "No set that was tried reaches {target} with a confidence of {confidence}",
    ),
    "figure.front.note": (
        "每个点是一种组合（共 {tried} 种）；连线为同样措施数和费用下最好的，竖线为换一批模拟检验的区间",
        "Each dot is a set of measures ({tried} tried); the line joins those that no other beats, bars are fresh numbers",
    ),
    "figure.front.cost": ("{measures}（{cost} 元）", "{measures} ({cost} yuan)"),
    # --- what the answer rests on ---
    "conventions.head": (
        "测算结论所依据的口径（现口径下预计覆盖率 {expected}，目标 {target}）：",
        "What the answer rests on (expected coverage {expected} as it stands, target {target}):",
    ),
    "conventions.line": ("{what}：现按“{current}”；{others}", "{what}: as it stands {current}; {others}"),
    "conventions.value": (
        "若按“{value}”，预计 {change}，上限 {ceiling}，达标概率：{chance}",
        "if {value}, expected {change}, ceiling {ceiling}, chance {chance}",
    ),
    "conventions.label": ("{what}：{value}", "{what}: {value}"),
    "conventions.and": ("；", "; "),
    "conventions.counted_from": ("党组织从何时算起", "From when a branch counts"),
    "conventions.counted_from.formed": ("选举成立", "its election"),
    "conventions.counted_from.approved": ("批复", "its approval"),
    "conventions.member_basis": ("哪些党员计算在内", "Who counts as a member"),
    "conventions.member_basis.on_roll": ("已转组织关系的", "members on roll only"),
    "conventions.member_basis.floating": ("含未转组织关系的流动党员", "those on roll and floating ones"),
    "conventions.member_basis.part_time": ("含流动党员和兼职党员", "those on roll, floating and part-time ones"),
    "conventions.denominator": ("以哪些社会组织为总数", "Of which organizations coverage is a share"),
    "conventions.denominator.all": ("全部在册的", "all on the register"),
    "conventions.denominator.active": ("不含名存实亡的", "all but dormant ones"),
    "conventions.every_weeks": ("党（工）委多久研究一次", "How often committees meet"),
    "conventions.weeks": ("每 {weeks} 周一次", "every {weeks} {weeks:week|weeks}"),
    "conventions.two_members": ("有 2 名党员的如何组建", "What two members form"),
    "conventions.two_members.assisted": ("选派指导员单独组建", "a branch of their own with an instructor"),
    "conventions.two_members.joint": ("联合组建", "part of a joint branch"),
    "conventions.third_member": (
        "须由指导员作为第三名党员的两人党组织有 {branches} 个，指导员只有 {instructors} 名：如一名指导员只能参加一个，"
        "则有 {without} 个无法组建。",
        "{branches} {branches:branch|branches} of two members {branches:needs|need} an instructor as the third, and there "
        "{instructors:is|are} {instructors} {instructors:instructor|instructors}: if an instructor can be the third member "
        "of one branch only, {without} of them cannot be formed.",
    ),
    "screen.conventions": ("结论所依据的口径", "What the answer rests on"),
    # --- faults ---
    "error.measures": ("措施清单有问题：{count} 处", "The measures cannot be used; faults: {count}"),
    "fault.measure_set.rule": (
        "set 应为“参数路径: 值”，例如 committee.every_weeks: 1",
        "set must be a map of paths to values, such as committee.every_weeks: 1",
    ),
    "fault.measure_set.repair": ("请写明改变哪个参数、改为多少", "Write which parameter changes, and to what"),
    "fault.measure_unknown.rule": (
        "没有可以删去的同名措施；默认措施有：{known}",
        "there is no default measure of this name to strike; there are: {known}",
    ),
    "fault.measure_unknown.repair": ("请改正名称或删去此行", "Correct the name, or remove the line"),
    "fault.measure_excludes_itself.rule": ("措施不能排斥自己", "a measure excludes others, not itself"),
    "fault.measure_excludes_itself.repair": ("请从 excludes 中删去", "Take it out of its excludes"),
    "fault.measure_excludes_unknown.rule": (
        "excludes 只能写清单上的措施（{known}）",
        "excludes names listed measures ({known})",
    ),
    "fault.measure_excludes_unknown.repair": ("请改为清单上的名称", "Write a name of the list"),
    "fault.measure_sets_nothing.rule": (
        "新增的措施须写明改动哪一项（set）",
        "a measure of one's own says what it sets",
    ),
    "fault.measure_sets_nothing.repair": (
        "请写 set: {{路径: 值}}，例如 committee.agenda: 40",
        "Write set: {{path: value}}, such as committee.agenda: 40",
    ),
}
