"""Words: scenarios side by side, one more meeting, who is never dispatched, the frontier."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "error.compare_two": (
        "比较至少需要两个测算方案，现有 {count} 个",
        "A comparison needs at least two scenarios; there {count:is|are} {count}",
    ),
    "error.sweep_nothing": (
        "sweep 需要一张取值表：每条路径对应若干取值，如 instructors.total 对应 60、80、100",
        "sweep takes a grid: paths, each with the values to try, such as instructors.total with 60, 80 and 100",
    ),
    "error.sweep_values": (
        "{path} 须给出若干取值，写成列表，如 [60, 80]",
        "{path}: write the values to try as a list, [60, 80] for example",
    ),
    "error.sweep_many": (
        "这张取值表共有 {count} 种组合，最多 {most} 种：请减少取值",
        "The grid has {count} combinations, at most {most} are simulated: try fewer values",
    ),
    "error.compare_twice": ("测算方案 {file} 给出了两次", "The scenario {file} is named twice"),
    "error.compare_unpaired": (
        "这些结果不是同一批随机数，不能逐次比较",
        "These outcomes do not share their random numbers and cannot be compared replication by replication",
    ),
    "fault.compare_seed.rule": (
        "所有结果须用同一种子模拟（“{baseline}”的种子是 {wanted}）",
        "all outcomes are simulated under one seed ({baseline} has {wanted})",
    ),
    "fault.compare_seed.repair": ("用 seed={wanted} 重新模拟", "simulate again with seed={wanted}"),
    "fault.compare_replications.rule": (
        "所有结果的模拟次数须相同（“{baseline}”模拟了 {wanted} 次）",
        "all outcomes have the same number of replications ({baseline} has {wanted})",
    ),
    "fault.compare_replications.repair": (
        "用 replications={wanted} 重新模拟，不要设 precision",
        "simulate again with replications={wanted} and without precision",
    ),
    "fault.compare_few.rule": (
        "至少需要 2 次模拟，才能估计差别的区间",
        "an interval of a difference needs at least 2 replications",
    ),
    "fault.compare_few.repair": ("多模拟几次，例如 1000 次", "simulate more often, for example 1000 times"),
    "fault.compare_denominator.rule": (
        "各测算方案的覆盖率须以同一分母计算（“{baseline}”的分母是 {wanted} 家）",
        "coverage is a share of the same number of organizations in all ({baseline} counts {wanted})",
    ),
    "fault.compare_denominator.repair": (
        "各测算方案的 policy.denominator 取同一值（all 或 active）后重新模拟；只改计算口径，不等于做得更好",
        "give all scenarios the same policy.denominator (all or active) and simulate again: counting otherwise is not doing "
        "better",
    ),
    "fault.compare_register.rule": (
        "各测算方案须是同一批社会组织；这一家只在其中一份台账里（对照“{baseline}”）",
        "all scenarios are about the same organizations; this one is in one register only (held against {baseline})",
    ),
    "fault.compare_register.repair": (
        "各测算方案用同一份台账，并用同一种 denominator（是否计入名存实亡组织）",
        "use one register for all, and the same denominator (dormant organizations counted or not)",
    ),
    "comparison.organization": ("党的组织覆盖率", "organization coverage"),
    "comparison.work": ("党的工作覆盖率", "work coverage"),
    "comparison.head": (
        "截止日的{coverage}，逐次对比（同一批随机数，模拟 {replications} 次，种子 {seed}；方括号内为 {level} 区间，"
        "单位：百分点）",
        "By the deadline, {coverage}, replication by replication ({replications} on the same random numbers, seed {seed}; "
        "in brackets {level} intervals, in percentage points)",
    ),
    "comparison.own_aim": (
        "各测算方案的目标或截止日不同，各按自己的计算",
        "Targets or deadlines differ: each scenario is held to its own",
    ),
    "comparison.line": (
        "“{name}”比“{baseline}”：预计 {before} → {expected}，相差 {gain}；达标概率 {probability}，相差 {chance}；"
        "{better} 的模拟更高，{worse} 更低，{tied} 持平",
        "{name} against {baseline}: expected {before} → {expected}, a difference of {gain}; probability {probability}, {chance}; "
        "ahead in {better} of the replications, behind in {worse}, level in {tied}",
    ),
    "comparison.same": (
        "“{name}”与“{baseline}”：每一次模拟的结果都相同（预计 {expected}，达标概率：{probability}）",
        "{name} against {baseline}: the same in every replication (expected {expected}, probability {probability})",
    ),
    "comparison.same_in_the_end": (
        "“{name}”与“{baseline}”：到截止日，每一次模拟的全市结果都相同（预计 {expected}，达标概率：{probability}），此前各有先后",
        "{name} against {baseline}: the city's coverage by the deadline is the same in every replication (expected "
        "{expected}, probability {probability}), but not the way there",
    ),
    "comparison.when": ("；从 {day} 起分出高下", "; they part on {day}"),
    "comparison.where": (
        "；差别最大的责任单位是{responsible}（{gain} 个百分点）",
        "; most in {responsible} ({gain} points)",
    ),
    "comparison.best": (
        "按{measure}，“{best}”最好（置信水平 {level}，已计入多次比较）",
        "By {measure}, {best} is the best (with {level} confidence, over all pairs)",
    ),
    "comparison.best_of": (
        "按{measure}，“{best}”看来最好；与它分不出高下的还有：{rivals}（置信水平 {level}，已计入多次比较）",
        "By {measure}, {best} looks best; not told apart from it: {rivals} (with {level} confidence, over all pairs)",
    ),
    "comparison.level": (
        "按{measure}，{best}并列最好（置信水平 {level}，已计入多次比较）",
        "By {measure}, {best} come to the same and are the best (with {level} confidence, over all pairs)",
    ),
    "comparison.level_of": (
        "按{measure}，{best}不相上下，看来最好；与它们分不出高下的还有：{rivals}（置信水平 {level}，已计入多次比较）",
        "By {measure}, {best} come to the same and look best; not told apart from them: {rivals} (with {level} "
        "confidence, over all pairs)",
    ),
    "comparison.all_level": ("按{measure}，{best}不相上下", "By {measure}, {best} come to the same: none is ahead"),
    "comparison.and": ("、", ", "),
    "comparison.by_expected": ("预计覆盖率", "expected coverage"),
    "comparison.by_probability": ("达标概率", "the probability of the target"),
    # The figure.
    "figure.differences.best": ("按{measure}，“{best}”最好", "By {measure}, {best} is the best"),
    "figure.differences.best_of": (
        "按{measure}，“{best}”看来最好，与它分不出高下的有：{rivals}",
        "By {measure}, {best} looks best; not told apart: {rivals}",
    ),
    "figure.differences.level": (
        "按{measure}，{best}并列最好",
        "By {measure}, {best} come to the same and are the best",
    ),
    "figure.differences.level_of": (
        "按{measure}，{best}不相上下，看来最好，分不出高下的还有：{rivals}",
        "By {measure}, {best} come to the same and look best; not told apart: {rivals}",
    ),
    "figure.differences.all_level": ("按{measure}，{best}不相上下", "By {measure}, {best} come to the same"),
    "figure.differences.alone": (
        "截止日的{coverage}比“{baseline}”高多少；线段为 {level} 区间（同一批随机数，模拟 {replications} 次）",
        "Against {baseline}: {coverage} by the deadline; bars: {level} intervals ({replications} paired replications)",
    ),
    "figure.differences.together": (
        "{coverage}比“{baseline}”高多少；{level} 区间合在一起成立（同一批随机数，模拟 {replications} 次）",
        "Against {baseline}: {coverage}; all {level} intervals hold together ({replications} paired replications)",
    ),
    "figure.differences.responsible_units": (
        "“{scenario}”在 {responsible_units} 个责任单位中的 {told} 个与“{baseline}”分出高下",
        "{scenario} is told apart from {baseline} in {told} of {responsible_units} {responsible_units:responsible unit|responsible units}",
    ),
    "figure.differences.no_responsible": (
        "“{scenario}”与“{baseline}”在 {responsible_units} 个责任单位中都分不出高下",
        "{scenario} is told apart from {baseline} in none of {responsible_units} {responsible_units:responsible unit|responsible units}",
    ),
    "figure.differences.cut": (
        "只列出差别最大的 {shown} 个（共 {responsible_units} 个）",
        "The {shown} with the largest differences are shown, of {responsible_units}",
    ),
    "figure.differences.days": (
        "从{day}起分出高下（最早的是“{scenario}”）",
        "The first to part from the baseline is {scenario}, on {day}",
    ),
    "figure.differences.no_day": ("没有一天分得出高下", "No day tells them apart"),
    "figure.differences.axis": ("相差（百分点）", "difference, percentage points"),
    "figure.differences.more": ("更高", "higher"),
    "figure.differences.less": ("更低", "lower"),
    "figure.differences.open": ("分不出高下", "not told apart"),
    "figure.differences.numbers": (
        "{gain} → {expected}；{probability}（{chance}）",
        "{gain} → {expected}; {probability} ({chance})",
    ),
    "figure.differences.columns": ("预计覆盖率；达标概率", "expected; chance of target"),
    # The command and its files.
    "stage.compare": ("对比", "comparing"),
    "column.scenario": ("测算方案", "scenario"),
    "column.better": ("更高的次数", "ahead"),
    "column.worse": ("更低的次数", "behind"),
    "column.ranks": ("名次", "rank"),
    "file.comparison": ("全部对比数据，可排序筛选", "all numbers, to sort and filter"),
    "file.comparison_table": ("每个方案一行", "one row per scenario"),
    "file.differences": ("各测算方案与基准相差多少", "how far each scenario is from the baseline"),
    "file.days": ("从哪一天起分出高下", "on which day they part"),
    "sheet.scenarios": ("测算方案", "scenarios"),
    "sheet.pairs": ("两两对比", "pairs"),
    "sheet.compared_responsible_units": ("分责任单位", "responsible units"),
    "sheet.compared_days": ("逐日", "days"),
    "compared.scenario": ("测算方案", "scenario"),
    "compared.first": ("方案一", "first"),
    "compared.second": ("方案二", "second"),
    "compared.responsible": ("责任单位", "responsible unit"),
    "compared.day": ("日期", "day"),
    "compared.expected": ("预计覆盖率", "expected coverage"),
    "compared.coverage": ("预计覆盖率", "expected coverage"),
    "compared.baseline": ("基准测算方案", "of the baseline"),
    "compared.gain": ("相差", "difference"),
    "compared.gain_low": ("相差：区间下限", "difference, low end"),
    "compared.gain_high": ("相差：区间上限", "difference, high end"),
    "compared.probability": ("达标概率", "chance of target"),
    "compared.low": ("达标概率：下限", "chance, low end"),
    "compared.high": ("达标概率：上限", "chance, high end"),
    "compared.probability_gain": ("达标概率相差", "difference of chances"),
    "compared.probability_gain_low": ("达标概率相差：下限", "difference of chances, low end"),
    "compared.probability_gain_high": ("达标概率相差：上限", "difference of chances, high end"),
    "compared.better": ("更高的次数占比", "share of replications ahead"),
    "compared.better_low": ("更高的占比：下限", "ahead, low end"),
    "compared.better_high": ("更高的占比：上限", "ahead, high end"),
    "compared.worse": ("更低的次数占比", "share of replications behind"),
    "compared.worse_low": ("更低的占比：下限", "behind, low end"),
    "compared.worse_high": ("更低的占比：上限", "behind, high end"),
    "compared.tied": ("持平的次数占比", "share of replications level"),
    "compared.rank": ("名次", "rank"),
    "compared.best_rank": ("最好可能名次", "best possible rank"),
    "compared.worst_rank": ("最差可能名次", "worst possible rank"),
    "compared.among_best": ("可能最好", "may be the best"),
    "compared.parts": ("分出高下", "told apart"),
    # One more meeting.
    "meetings.head": (
        "现测算方案：预计 {expected}，达标概率：{probability}。以下各项与它逐次对比（模拟 {replications} 次，方括号内为 {level} 区间，"
        "单位：百分点）",
        "As it is: expected {expected}, probability {probability}. Each of these against it, replication by replication "
        "({replications}; in brackets {level} intervals, in percentage points)",
    ),
    "meetings.none": (
        "各责任单位统一加开一次会，无论哪一天，都看不出有作用",
        "One more meeting in all responsible units makes no difference that can be told, on whatever day",
    ),
    "meetings.best": (
        "各责任单位统一加开一次会，以 {day} 最好：{gain}，达标概率 {chance}；当天上会的组建任务中有 {closed} 多半来不及选举",
        "One more meeting in all responsible units brings most on {day}: {gain}, probability {chance}; for {closed} of the cases a "
        "meeting on that day is too late at even odds",
    ),
    "meetings.each": (
        "各责任单位各选最合适的日子加开一次（{responsible_units} 个责任单位有作用）：{gain}（用另一批随机数检验）",
        "If each responsible unit meets once more on its own best day ({responsible_units} {responsible_units:responsible unit gains|responsible units gain}): {gain}, "
        "on fresh replications",
    ),
    "meetings.direct": (
        "不等开会、报送后直接审批：{gain}，达标概率 {chance}",
        "With direct decisions instead of meetings: {gain}, probability {chance}",
    ),
    "never.nobody": (
        "每次模拟中，所有社会组织都在截止日前已派驻指导员（工作覆盖率 {coverage}）",
        "In every replication somebody is sent to every organization by the deadline (work coverage {coverage})",
    ),
    "never.head": (
        "工作覆盖率预计 {coverage}，目标 {target}：平均 {expected} 家到截止日仍未派驻指导员，其中 {never} 家在 {replications} 次模拟中"
        "一次也没有",
        "Work coverage is expected at {coverage}, the target is {target}: on average {expected} organizations are "
        "left without anybody by the deadline, {never} of them in every one of {replications} "
        "{replications:replication|replications}",
    ),
    "never.no_case": (
        "其中 {count} 家不列入任何组建任务（如名存实亡），增派指导员也无法派驻",
        "{count} of them {count:makes|make} no case (dormant ones, for example): no instructor changes that",
    ),
    "never.line": (
        "{responsible}，{kind}：{organizations} 家中平均 {expected} 家（{share}）未派驻指导员，{never} 家始终未派驻",
        "{responsible}, {kind}: {expected} of {organizations} on average ({share}), {never} of them always",
    ),
    # Last safe dates.
    "dates.head": (
        "要在截止日 {deadline} 前计入，最迟须在（把握 50%，方括号内为 90%；不计排队，工期抽样 {replications} 次）：",
        "To count by {deadline}, no later than (at even odds, in brackets nine times in ten; without queues, durations of "
        "{replications} {replications:replication|replications}):",
    ),
    "dates.line": ("  {kind}（{cases} 件）：{steps}", "  {kind} ({cases} {cases:case|cases}): {steps}"),
    "dates.dispatch": ("派驻 {even} [{safe}]", "dispatch {even} [{safe}]"),
    "dates.filing": ("报批 {even} [{safe}]", "filing {even} [{safe}]"),
    "dates.meeting": ("上会 {even} [{safe}]", "meeting {even} [{safe}]"),
    "dates.and": ("，", ", "),
    "dates.too_late": ("已来不及", "no day is early enough"),
    "dates.meetings": (
        "各责任单位截止日前共开会 {meetings} 次，其中 {late} 次多半已来不及选举（按最早截止的一类组建任务）",
        "Of the responsible units' {meetings} {meetings:meeting|meetings} by then {late} {late:comes|come} too late at even odds for "
        "the kind that closes first",
    ),
    "dates.none": (
        "台账中没有组建任务，{deadline} 前没有要赶的日子",
        "There are no cases, and no dates to keep before {deadline}",
    ),
    "never.empty": ("台账中没有社会组织", "There is no organization in the register"),
    # The frontier.
    "error.frontier_none": ("没有给出任何配置", "No allocation was given"),
    "error.frontier_cost": (
        "测算方案 {names} 没有写明指导员的费用（costs.instructor_month 为 0），无法按费用比较；请写明，或按人数比较",
        "In {names} an instructor costs nothing (costs.instructor_month is 0), so that there is no cost to compare: write "
        "it, or compare by instructors",
    ),
    "frontier.head": (
        "要有 {confidence} 的达标把握（按优化所用的样本计）：",
        "For a {confidence} probability of the target (on the optimised sample):",
    ),
    "frontier.needs": (
        "  “{name}”：{total} 名指导员（最高可到 {best}，{at} 名）",
        "  {name}: {total} {total:instructor|instructors} (at best {best}, with {at})",
    ),
    "frontier.costs": (
        "  “{name}”：{cost} 元，即 {total} 名指导员（最高可到 {best}，{at} 名）",
        "  {name}: {cost} yuan, {total} {total:instructor|instructors} (at best {best}, with {at})",
    ),
    "frontier.out": (
        "  “{name}”：达不到（最高 {best}，{at} 名）",
        "  {name}: out of reach (at best {best}, with {at})",
    ),
    "figure.frontier.least": (
        "把握达到 {confidence}：“{name}”用得最少，{effort}",
        "{confidence} confidence takes least with {name}: {effort}",
    ),
    "figure.frontier.out": (
        "没有一个测算方案达到 {confidence} 的把握；最高 {best}（“{name}”）",
        "No scenario gives {confidence} confidence; the best is {best}, with {name}",
    ),
    "figure.frontier.note": (
        "曲线：不超过该数目时找到的最好配置，按优化样本计，偏乐观；◇：另一批随机数检验。浅色带、竖线为 95% 区间",
        "Curves: the best found up to that number, on the sample searched, which flatters; ◇: fresh numbers. 95% intervals",
    ),
    "figure.frontier.instructors": ("{total} 名", "{total} {total:instructor|instructors}"),
    "figure.frontier.yuan": ("{cost} 元", "{cost} yuan"),
    "figure.frontier.by_instructors": ("指导员总数（名）", "instructors in all"),
    "figure.frontier.by_cost": ("指导员费用（元）", "cost of the instructors, yuan"),
    "figure.frontier.chance": ("达标概率", "probability of the target"),
    "figure.frontier.wanted": ("把握 {confidence}", "{confidence} confidence"),
}
