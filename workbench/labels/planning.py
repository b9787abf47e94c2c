"""Words: ceiling, gap and allocation."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "ceiling.reachable": (
        "按现有党员，最多可覆盖 {possible}/{total} 家，上限 {ceiling}，高于目标 {target}；"
        "其余：暂未落实联建对象 {left_out} 家，无党员 {no_member} 家，名存实亡 {dormant} 家。",
        "With the members there are, {possible} of {total} {total:organization|organizations} can be covered at "
        "best: a ceiling of {ceiling}, above the target of {target}. The rest: {left_out} that no joint branch "
        "takes, {no_member} without a member, {dormant} dormant.",
    ),
    "ceiling.nobody": (
        "台账中没有计入总数的社会组织，覆盖率无从谈起。",
        "No organization counts: there is nothing to cover, and no coverage to speak of.",
    ),
    "ceiling.exact": (
        "按现有党员，最多可覆盖 {possible}/{total} 家，上限 {ceiling}，恰为目标 {target}；"
        "其余：暂未落实联建对象 {left_out} 家，无党员 {no_member} 家，名存实亡 {dormant} 家。",
        "With the members there are, {possible} of {total} {total:organization|organizations} can be covered at "
        "best: a ceiling of {ceiling}, exactly the target of {target}. The rest: {left_out} that no joint branch "
        "takes, {no_member} without a member, {dormant} dormant.",
    ),
    "ceiling.unreachable": (
        "按现有党员，最多可覆盖 {possible}/{total} 家，上限 {ceiling}，低于目标 {target}，尚差 {missing} 家：单靠增派指导员无法达到。"
        "其余：暂未落实联建对象 {left_out} 家，无党员 {no_member} 家，名存实亡 {dormant} 家。",
        "With the members there are, {possible} of {total} {total:organization|organizations} can be covered at "
        "best: a ceiling of {ceiling}, {missing} {missing:organization|organizations} short of the target of "
        "{target}. No number of instructors changes that. The rest: {left_out} that no joint branch takes, "
        "{no_member} without a member, {dormant} dormant.",
    ),
    "gap.structure": ("先天条件：无党员或名存实亡", "structure: no member, or dormant"),
    "gap.grouping": ("暂未落实联建对象", "grouping: no joint branch takes them"),
    "gap.time": ("时间：摸排与筹备来不及", "time: census and preparation against the calendar"),
    "gap.election": ("选举：批复后还要召开党员大会", "election: the meeting after approval"),
    "gap.approval": ("审批：等候党（工）委会议", "approval: waiting for the committee"),
    "gap.failure": ("组建未成、需再次筹备", "failure: attempts that do not succeed"),
    "gap.instructors": ("指导员不足", "instructors: too few, or elsewhere"),
    "gap.head": (
        "预计覆盖率 {expected}，目标 {target}。主要制约因素：",
        "Expected coverage {expected}, target {target}. What holds it back:",
    ),
    "gap.nothing": (
        "预计覆盖率 {expected}，目标 {target}：没有制约因素。",
        "Expected coverage {expected}, target {target}: nothing holds it back.",
    ),
    "gap.line": ("  {points} 个百分点  {part}", "  {points} points  {part}"),
    "gap.obstacle": (
        "  {points} 个百分点  {part}（单独消除可提高 {alone}；其他各项都消除后仍损失 {last}）",
        "  {points} points  {part} (gained if it alone goes: {alone}; still lost if it alone stays: {last})",
    ),
    "gap.together": (
        "  各项制约相互影响：所列为分摊的份额，合计等于总差距，不表示先改哪一项。",
        "  Obstacles work together: these are shares, which sum to the gap; they do not say what to change first.",
    ),
    "ceilings.head": ("目标 {target}，上限为：", "Target {target}; the ceiling is:"),
    "ceilings.line": ("  {ceiling}  {what}", "  {ceiling}  {what}"),
    "ceilings.short": (
        "  {ceiling}  {what}（差 {missing} 家）",
        "  {ceiling}  {what} ({missing} {missing:organization|organizations} short)",
    ),
    "ceilings.as_it_stands": ("按现方案{value}", "as it stands{value}"),
    "ceilings.member_basis": ("党员口径：{value}", "members that count: {value}"),
    "ceilings.two_members": ("两名党员的单位：{value}", "organizations of two members: {value}"),
    "ceilings.max_units": ("联合党组织最多 {value} 家", "joint branches of up to {value} {value:unit|units}"),
    "ceilings.denominator": ("分母：{value}", "denominator: {value}"),
    "ceilings.facilities": ("不搞联合组建{value}", "no joint branches at all{value}"),
    "ceilings.on_roll": ("只计已转组织关系的党员", "on the organization's own roll"),
    "ceilings.floating": ("含未转组织关系的流动党员", "with floating ones"),
    "ceilings.part_time": ("含流动党员和兼职党员", "with floating and part-time ones"),
    "ceilings.assisted": ("选派指导员单独组建", "a branch of their own, assisted"),
    "ceilings.joint": ("参加联合组建", "in joint branches"),
    "ceilings.all": ("全部社会组织", "all organizations"),
    "ceilings.active": ("不含名存实亡的", "without dormant ones"),
    "required.head": (
        "组织覆盖率达到 {target} 所需的指导员（现有 {now} 名）：",
        "Instructors for an organization coverage of {target} (now {now}):",
    ),
    "required.line": (
        "  把握 {confidence}：{instructors} 名（{more}）；用另一批随机数检验，达标概率：{probability}",
        "  confidence {confidence}: {instructors} ({more}); on fresh replications the probability is {probability}",
    ),
    "required.hopeless": (
        "  把握 {confidence}：多少名都不够（另一批随机数检验：{probability}）",
        "  confidence {confidence}: no number is enough; with any, the target is reached {probability}",
    ),
    "required.not_found": (
        "  把握 {confidence}：所试人数都不够，其中 {instructors} 名时达标概率最高，为 {probability}",
        "  confidence {confidence}: none of the numbers tried is enough; with {instructors} the probability is highest, "
        "{probability}",
    ),
    "required.never": (
        "  把握 {confidence}：多少名都不够，{instructors} 名时达标概率最高，为 {probability}",
        "  confidence {confidence}: no number is enough; with {instructors} the probability is highest, {probability}",
    ),
    "members.none": (
        "上限 {ceiling}，已不低于目标 {target}：摸排无须再找到党员。",
        "The ceiling of {ceiling} is not below the target of {target}: the census need not find any member.",
    ),
    "members.never": (
        "上限 {ceiling}：即使处处再找到党员{held}，也只到 {reached}，低于目标 {target}。",
        "The ceiling of {ceiling} comes to {reached} at best, however many members are found{held}: below the target of "
        "{target}.",
    ),
    "members.held": (
        "（事先指定去处或须同组的 {held} 家仍按联合组建计算）",
        " ({held} {held:is|are} pinned or linked, and {held:stays|stay} in joint branches)",
    ),
    "members.needed": (
        "上限 {ceiling}，目标 {target}：若都在最有用的地方，摸排还须找到 {members} 名党员（无论如何不少于 {bound} 名），"
        "首先在{where}；上限到 {reached}。",
        "Ceiling {ceiling}, target {target}: found where they count most, {members} more "
        "{members:member is|members are} enough (no fewer than {bound} in any case), first in {where}; the ceiling "
        "is {reached} then.",
    ),
    "reaching.date": (
        "到 {on}，达标把握达到 {confidence}（概率 {probability}）。",
        "By {on} the target is reached with a confidence of {confidence} (probability {probability}).",
    ),
    "reaching.never": (
        "直到 {until}，达标把握都到不了 {confidence}（概率 {probability}）。",
        "Until {until} the target is not reached with a confidence of {confidence} (probability {probability}).",
    ),
    "reaching.present.date": (
        "现方案到 {on}，达标把握才达到 {confidence}（概率 {probability}）。",
        "The present plan gets there by {on} with a confidence of {confidence} (probability {probability}).",
    ),
    "reaching.present.never": (
        "现方案直到 {until}，达标把握都到不了 {confidence}（概率 {probability}）。",
        "Until {until} the present plan does not get there with a confidence of {confidence} (probability {probability}).",
    ),
    "allocation.summary": (
        "指导员 {total} 名（现有 {now} 名）；以下均用另一批随机数检验，调整前 → 调整后：",
        "{total} {total:instructor|instructors} (now {now}). On fresh replications, before → after:",
    ),
    "allocation.before_and_after": (
        "  {coverage}：预计 {change}，达标概率 {chance_before} → {chance}。",
        "  {coverage}: expected {change}, probability of the target {chance_before} → {chance}.",
    ),
    "allocation.sample": (
        "在自动优化所用的样本上：预计覆盖率 {sample_expected}（任何配置不超过 {expected_bound}），"
        "达标概率 {sample_probability}（任何配置不超过 {probability_bound}）。",
        "On the optimised sample: expected coverage {sample_expected} (no allocation above {expected_bound}), "
        "probability {sample_probability} (none above {probability_bound}).",
    ),
    "allocation.proven": (
        "已证明：在该样本上没有更好的配置。",
        "Proven: no allocation is better on that sample.",
    ),
    "allocation.proven_work": (
        "已证明：在该样本上，先看工作覆盖、再看组织覆盖，没有更好的配置。",
        "Proven: no allocation is better on that sample, work coverage first.",
    ),
    "allocation.proven_fewest": (
        "已证明：在该样本上，人数再少就达不到要求。",
        "Proven: no fewer instructors do on that sample.",
    ),
    "allocation.work": (
        "要求工作覆盖达标概率至少 {work}（按优化所用的样本计）。",
        "A probability of the work target of at least {work} was asked for (on the optimised sample).",
    ),
    "allocation.budget": (
        "指导员费用 {cost} 元，预算 {budget} 元；另需新建党组织启动经费，预计 {start_up} 元。",
        "Cost of the instructors {cost} yuan, budget {budget} yuan; start-up money for new branches comes on top, "
        "{start_up} yuan are to be expected.",
    ),
    "allocation.not_reached": (
        "无论如何配置，都达不到：{asked}；此处给出最好的配置。",
        "No allocation reaches {asked}; this is the best there is.",
    ),
    "allocation.not_found": (
        "没有找到能做到的配置：{asked}；此处给出找到的最好配置。",
        "No allocation was found that reaches {asked}; this is the best that was found.",
    ),
    "allocation.asked": (
        "以 {confidence} 的把握达到组织覆盖 {target}",
        "organization coverage of {target} with a confidence of {confidence}",
    ),
    "allocation.asked_work": (
        "以 {confidence} 的把握达到工作覆盖 {target}",
        "work coverage of {target} with a confidence of {confidence}",
    ),
    "allocation.and": ("，并", ", and "),
    "error.desk_responsible": (
        "没有名为“{responsible}”的责任单位；台账中的责任单位有：{responsible_units}……",
        "No responsible unit is called {responsible}; the register's responsible units are: {responsible_units} …",
    ),
    "error.allocation_one_of": (
        "total（总数）、confidence（把握程度）与 budget（预算）须且只须给出一个",
        "Give exactly one of total, confidence and budget",
    ),
    "error.allocation_budget": (
        "测算方案中 costs.instructor_month（每名指导员每月费用）为 0，预算不构成限制；请先写明费用，或改给总数",
        "costs.instructor_month is 0, so that a budget limits nothing. State what an instructor costs a month, or give "
        "a total instead",
    ),
    "error.allocation_limits": (
        "各责任单位指导员下限合计 {least} 名，超过总数 {total} 名",
        "The least numbers of instructors by responsible unit add up to {least}, more than the total of {total}",
    ),
}
