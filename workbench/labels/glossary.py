"""Words: what the terms on a page mean. The documentation's glossary is made from the same table."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "glossary.ceiling.term": ("上限", "ceiling"),
    "glossary.ceiling.meaning": (
        "按现有党员和现行规定，不计时间和人手，最多有多大比例的社会组织能建立党组织。上限低于目标，增派指导员也达不到目标。",
        "The share of organizations that could have a Party organization with the members there are and the rules as they "
        "stand, if time and people were no matter. Below the target, no number of instructors reaches it.",
    ),
    "glossary.coverage.term": ("党的组织覆盖率", "organization coverage"),
    "glossary.coverage.meaning": (
        "已建立党组织（单独、联合或挂靠）的社会组织占全部的比例。",
        "The share of organizations that have a Party organization: of their own, joint, or at a host.",
    ),
    "glossary.work.term": ("党的工作覆盖率", "work coverage"),
    "glossary.work.meaning": (
        "有党组织，或派驻了党建指导员，或建立了群团组织的社会组织占全部的比例。",
        "The share of organizations that have a Party organization, an instructor or a mass organization.",
    ),
    "glossary.chance.term": ("达标概率", "chance of the target"),
    "glossary.chance.meaning": (
        "把整个活动从头到尾模拟许多次（一般 1000 次），到截止日覆盖率达到目标的次数所占的比例。",
        "The whole campaign is simulated many times (1,000 as a rule): the share of them in which coverage reaches the "
        "target by the deadline.",
    ),
    "glossary.interval.term": ("概率区间", "interval of a chance"),
    "glossary.interval.meaning": (
        "概率后面方括号里的两个数：模拟次数有限造成的误差范围（95%），次数越多越窄。台账本身不准的影响不在其中，见“排查结果”。",
        "The two numbers in brackets after a chance: how far the limited number of simulations may be off (95%); more of "
        "them make it narrower. What the register may get wrong is not in it: that is the census.",
    ),
    "glossary.expected.term": ("预计覆盖率", "expected coverage"),
    "glossary.expected.meaning": (
        "各次模拟到截止日的覆盖率的平均数。图中的粗线是中位数：一半模拟高于它，一半低于它，与平均数略有不同。",
        "The mean over all simulations of coverage by the deadline. The thick line in the figure is the median, with half "
        "of the simulations above it and half below; the two differ a little.",
    ),
    "glossary.fan.term": ("90% 预测区间", "90% band"),
    "glossary.fan.meaning": (
        "图中的浅色带：90% 的模拟落在带内；深色带内是一半的模拟。",
        "The light band in the figure holds 90% of the simulations, the dark one half of them.",
    ),
    "glossary.points.term": ("百分点", "points"),
    "glossary.points.meaning": (
        "两个百分比之差：由 50% 到 53% 是 3 个百分点。前后两个方案用同一批随机数，差别不是运气造成的。",
        "The difference of two percentages: from 50% to 53% are 3 points. Both plans see the same random numbers, so that "
        "the difference is not a matter of luck.",
    ),
    "glossary.responsible.term": ("责任单位", "responsible unit"),
    "glossary.responsible.meaning": (
        "对社会组织组建党组织负责的镇街或业务主管部门党（工）委；指导员按责任单位选派，会议由它召开。",
        "Whoever answers for an organization's Party organization: a street, or a supervising department. Instructors are "
        "sent to it, and its committee meets and approves.",
    ),
    "glossary.instructor.term": ("党建指导员", "instructor"),
    "glossary.instructor.meaning": (
        "派到责任单位、帮助筹备党组织的人；一名指导员同时只能筹备若干家，其余的要等。",
        "Sent to a responsible unit to help prepare Party organizations. One instructor prepares a few at a time; the "
        "others wait.",
    ),
    "glossary.joint.term": ("联合组建", "joint branch"),
    "glossary.joint.meaning": (
        "党员不足 3 名的几家社会组织合建一个党组织，合计至少 3 名党员；可以单位联建，也可以由社区统建。",
        "Organizations with too few members of their own form one Party organization together, with three members or "
        "more: among peers, or under a community.",
    ),
    "glossary.attached.term": ("挂靠组建", "attached"),
    "glossary.attached.meaning": (
        "党员不足的社会组织加入已有党组织的单位（挂靠单位）。",
        "An organization with too few members joins one that has a Party organization already: its host.",
    ),
    "glossary.cost.term": ("综合折算距离", "cost"),
    "glossary.cost.meaning": (
        "编排联合党组织时比较各种安排的尺度：各家到联建地点的公里数，跨行业、跨主管部门、跨镇街的另加折算的公里数，每设一处联建地点也折算若干公里。先保证覆盖家数最多，再使它最小。",
        "What arrangements of joint branches are compared by: kilometres from each organization to where its branch "
        "meets, with some more for another industry, supervisor or street and for each branch that is opened. Coverage "
        "comes first; then this is made as small as it can be.",
    ),
    "glossary.pinned.term": ("固定、排除去处", "pinned, ruled out"),
    "glossary.pinned.meaning": (
        "人工规定某家必须或不得与谁联合；其余各家在此前提下重新编排。",
        "Laid down by hand where an organization has to join, or must not; all others are planned around that.",
    ),
    "glossary.dormant.term": ("名存实亡", "dormant"),
    "glossary.dormant.meaning": (
        "登记在册但已不开展活动的“僵尸型”社会组织：不能组建；是否计入总数由口径决定。",
        "Registered but no longer active. It cannot form a Party organization; whether it counts in the total is a matter "
        "of the rules.",
    ),
    "glossary.gap.term": ("差距", "gap"),
    "glossary.gap.meaning": (
        "预计覆盖率比目标低多少。各项制约因素分别占多少，是在各种组合下逐一去掉它们算出的；各项之和等于全部差距。",
        "How far expected coverage is below the target. Each obstacle's share is found by taking obstacles away in every "
        "combination; the shares add up to the whole.",
    ),
    "glossary.fresh.term": ("换一批随机数检验", "fresh random numbers"),
    "glossary.fresh.meaning": (
        "自动优化挑出的方案，在挑选时用过的随机数上总是偏好看；因此页面上的数用优化时没有用过的随机数算出。",
        "A plan that a search picked looks too good on the random numbers that it was picked on. What a page shows is "
        "worked out on numbers that the search has not seen.",
    ),
    "glossary.census.term": ("排查结果", "census"),
    "glossary.census.meaning": (
        "台账上的党员数可能不准：有的还能查出党员，有的会减少。按设想的可能模拟许多种排查结果，看上限和达标概率会落在哪里。",
        "The register may err: members are found, others are lost. Many ways the census could turn out are simulated, to "
        "see where the ceiling and the chance may come to lie.",
    ),
    "glossary.package.term": ("措施组合", "package of measures"),
    "glossary.package.meaning": (
        "同时采取的几项措施。“至少需要采取的”是达到所要求把握的组合中措施最少、费用最低的一个。",
        "Measures that are taken together. The least that must be decided is the package that is sure enough with the "
        "fewest measures and the least cost.",
    ),
}
#: The terms, in the order in which they are explained.
TERMS = tuple(dict.fromkeys(key.split(".")[1] for key in WORDS))
