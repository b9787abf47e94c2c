"""Words about what the census may find."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "census.ceiling": (
        "排查后上限的 90% 预测区间为 {low} 至 {high}，中位数 {median}；在 {outcomes} 种排查结果中，目标可达的占 {reaches}。",
        "After the census the ceiling lies between {low} and {high} (90% of {outcomes:outcome|outcomes}),"
        " with a median of {median}; the target can be reached under {reaches} of them.",
    ),
    "census.probability": (
        "如期达标的概率（含排查结果的不确定性）：{chance}。",
        "Chance of the target, with what the census finds left open: {chance}.",
    ),
    "census.variance": (
        "覆盖率的波动中，{census} 来自排查结果，其余来自组建过程。",
        "Of the variance of coverage, {census} comes from what the census finds, the rest from the campaign.",
    ),
    "census.required": (
        "再排查出 {members} 名党员，上限即有 90% 的把握达到 {target}。",
        "With {members} more {members:member|members} found, the ceiling reaches {target} in 90% of cases.",
    ),
    "census.required_nothing": (
        "按现有台账，上限已不低于 {target}，不需要再排查出党员。",
        "As the register stands the ceiling reaches {target}: no more members need to be found.",
    ),
    "census.required_none": (
        "即使把测算方案设想的党员全部排查出来，上限达到 {target} 的把握仍不足 90%。",
        "Even if all the members that the scenario allows for are found, the ceiling reaches {target} in fewer than 90%"
        " of cases.",
    ),
    "census.no_discovery": (
        "测算方案没有写明排查可能查出多少党员（census.discovery），以下按台账完全准确测算。",
        "The scenario does not say what the census may find (census.discovery): the register is taken to be right.",
    ),
    "census.worth": (
        "若下列 {count} 家各查出 1 名党员，上限即可提高；最多的一家可使 {most} 家得到覆盖。",
        "At {count} {count:organization|organizations} one member more raises the ceiling, by up to {most}.",
    ),
    "census.nobody": (
        "没有一家社会组织多查出 1 名党员就能提高上限。",
        "At no organization does one member more raise the ceiling.",
    ),
    "census.falls": (
        "另有 {count} 家多 1 名党员后单独组建，原联合党组织随之不足 3 名党员，上限反而下降。",
        "At {count} {count:other|others} one member more lowers it: they then stand alone, and the group they leave"
        " falls below three members.",
    ),
    "census.more": ("其余 {count} 家见走访清单。", "{count} more stand in the visiting list."),
    "census.column.responsible": ("责任单位", "responsible unit"),
    "census.column.visit": ("走访次序", "visit"),
    "census.column.org_id": ("编号", "org_id"),
    "census.column.name": ("名称", "name"),
    "census.column.street": ("镇街", "street"),
    "census.column.tier": ("现有党员", "members now"),
    "census.column.members": ("党员人数", "members"),
    "census.column.value": ("多 1 名党员可增加覆盖（家）", "one more member covers"),
    "census.column.value_bound": ("增加覆盖上界（家）", "covers at most"),
    "census.tier.branch": ("已建党组织", "has a branch"),
    "census.tier.T3": ("3 名及以上", "three or more"),
    "census.tier.T2": ("2 名", "two"),
    "census.tier.T1": ("1 名", "one"),
    "census.tier.T0": ("没有党员", "none"),
    "stage.census": ("模拟排查结果", "simulating what the census finds"),
    "stage.census_value": ("逐家计算多 1 名党员的作用", "working out where a member counts"),
    "figure.census.title": (
        "有 {count} 家社会组织，多查出 1 名党员即可提高上限",
        "At {count} {count:organization|organizations} one member more raises the ceiling",
    ),
    "figure.census.step_one": ("增加 1 家（{count} 处）", "by 1 ({count})"),
    "figure.census.step_two": ("增加 2 家（{count} 处）", "by 2 ({count})"),
    "figure.census.step_more": ("增加 3 家及以上（{count} 处）", "by 3 or more ({count})"),
    "figure.census.no_place": ("其中 {count} 家没有坐标，未标出", "{count} of them have no place and are not drawn"),
    "brief.census": (
        "排查结果可能使上限由 {now} 变为 {low} 至 {high}（90% 预测区间），其中目标可达的占 {reaches}。",
        "What the census finds may move the ceiling of {now}: to between {low} and {high} (90%), and the target can be "
        "reached in {reaches} of the outcomes.",
    ),
    "brief.census_not_asked": (
        "以上按台账党员人数完全准确测算；排查结果会使上限变动，变动多少可另作测算。",
        "All this assumes that the register is right. What the census finds will move the ceiling; by how much can be "
        "worked out separately.",
    ),
    "report.census": ("排查摸底要查到什么", "What the census must find"),
    "sheet.visits": ("排查走访清单", "Whom to visit first"),
}
