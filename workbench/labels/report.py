"""Words: the findings in sentences, headings of tables, the report and the workbook."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "finding.joined": ("{first}{second}", "{first} {second}"),
    # --- the answer ---
    "answer.impossible": (
        "按现有党员难以达到目标。组织覆盖率最高只能到 {ceiling}，距 {target} 还差 {missing} 家，单靠增派指导员"
        "无法达到。按现方案，到{deadline}预计 {expected}，达标概率：{chance}。",
        "No. With the members there are, {ceiling} can be covered at the very most, {missing} "
        "{missing:organization|organizations} short of {target}, and no number of instructors changes that. As "
        "planned, {expected} is to be expected by {deadline}; chance of reaching the target: {chance}.",
    ),
    "answer.out_of_reach": (
        "按现方案预计难以如期完成。党员数是够的（上限 {ceiling}，目标 {target}），但到{deadline}预计只有 {expected}，"
        "达标概率：{chance}。",
        "Not as planned. The members would suffice (ceiling {ceiling}, target {target}), but only "
        "{expected} is to be expected by {deadline}; chance of reaching the target: {chance}.",
    ),
    "answer.unlikely": (
        "把握不大。上限 {ceiling}，目标 {target}，到{deadline}预计 {expected}，达标概率：{chance}。",
        "Unlikely. The ceiling is {ceiling}, the target {target}; {expected} is to be expected by "
        "{deadline}, chance of reaching the target: {chance}.",
    ),
    "answer.likely": (
        "有可能，但不保险。上限 {ceiling}，目标 {target}，到{deadline}预计 {expected}，达标概率：{chance}。",
        "More likely than not, but not safe. The ceiling is {ceiling}, the target {target}; {expected} is "
        "to be expected by {deadline}, chance of reaching the target: {chance}.",
    ),
    "answer.safe": (
        "能达到，把握较大。上限 {ceiling}，目标 {target}，到{deadline}预计 {expected}，达标概率：{chance}。",
        "Yes, in all likelihood. The ceiling is {ceiling}, the target {target}; {expected} is to be "
        "expected by {deadline}, chance of reaching the target: {chance}.",
    ),
    # --- what holds it back, one sentence a part of the gap ---
    "obstacle.alone": (
        "只消除这一项，覆盖率可提高 {alone} 个百分点；其他各项都消除后，它仍造成 {last} 个百分点的损失。",
        " Taken away alone, it brings {alone} points; with the others gone it still costs {last}.",
    ),
    "obstacle.structure": (
        "{no_member} 家没有党员，{dormant} 家名存实亡，按规定都建不了党组织；前者只有排查再找到党员才会变，后者与党员多少无关。",
        "{no_member} {no_member:organization|organizations} without a member and {dormant} dormant "
        "{dormant:one|ones} cannot have a branch by any rule. Members that the census still finds change that for the former only.",
    ),
    "obstacle.grouping": (
        "{left_out} 家没有联合党组织可去：离得太远，或附近凑不够党员。逐家原因见“暂未落实联建对象”一表。",
        "{left_out} {left_out:unit finds|units find} no joint branch: too far away, or too few members nearby. The "
        "list of units left out says why, one by one.",
    ),
    "obstacle.time": (
        "即使其他环节都不耽搁，仍有一部分摸排太晚、筹备不完。能提前的是摸排和筹备的起步时间。",
        "Even if nothing else took any time, some cases are surveyed or prepared too late. What helps is an "
        "earlier census and an earlier start.",
    ),
    "obstacle.election": (
        "已选举成立的，批复后平均用了 {election} 个工作日；已批复而到期未及选举的占 {election_never}。{last}以后上会的，多半赶不上{deadline}。",
        "Those who elected in time took {election} working days on average after approval; {election_never} of the approved "
        "did not elect in time. What a committee approves after {last} mostly misses {deadline}.",
    ),
    "obstacle.election_only": (
        "已选举成立的，批复后平均用了 {election} 个工作日；已批复而到{deadline}未及选举的占 {election_never}。",
        "Those who elected by {deadline} took {election} working days on average after approval; {election_never} of the "
        "approved did not elect in time.",
    ),
    "obstacle.approval": (
        "已批复的，报批后平均等了 {waiting} 个工作日；报批而到期未批复的占 {waiting_never}。截止日前每个责任单位平均只开 {meetings} 次会，其中 "
        "{in_time} 次来得及选举。",
        "Filed cases that were approved had waited {waiting} working days on average; {waiting_never} of the filed were not "
        "approved in time. A responsible unit's committee meets "
        "{meetings} times before the deadline on average, {in_time} of them early enough for the elections.",
    ),
    "obstacle.approval_nobody": (
        "没有任务报批；截止日前每个责任单位平均开 {meetings} 次会，其中 {in_time} 次来得及选举。",
        "Nothing is filed at all. A responsible unit's committee meets {meetings} times before the deadline on average, "
        "{in_time} of them early enough for the elections.",
    ),
    "obstacle.election_nobody": ("没有任务获得批复，谈不上选举。", "Nothing is approved, so nobody comes to elect."),
    "obstacle.failure": (
        "一次筹备就成的概率：单独组建 {standalone}，联合组建 {joint}；不成的要隔几天重来，时间就不够了。",
        "An attempt succeeds with a chance of {standalone} (standalone) and {joint} (joint). What fails "
        "begins again some days later, and runs out of time.",
    ),
    "obstacle.instructors": (
        "指导员共 {total} 名；已有指导员接手的任务平均等了 {queue} 个工作日，到期仍无人接手的占 {queue_never}。",
        "There {total:is|are} {total} {total:instructor|instructors}. Cases that one took up had waited {queue} working days "
        "on average; {queue_never} were never taken up.",
    ),
    # --- other findings ---
    "finding.every_case": (
        "即使每项任务配一名指导员，也没有 {safe} 的把握达到 {target}：达标概率为 {chance}（预计 {expected}）。",
        "Even an instructor for every case does not make {target} safe, that is at least {safe} likely. Chance then: {chance} "
        "(expected coverage {expected}).",
    ),
    "finding.no_number": (
        "单靠增派指导员未能达到：已测算至 {tried} 名（按找到的最好选派方案）及每项任务配一名指导员，均没有 {safe} 的把握"
        "达到 {target}；每项任务配一名时，达标概率为 {chance}（预计 {expected}）。",
        "Of the numbers tried (up to {tried}, allocated as well as was found, and an instructor for every case) none makes "
        "{target} safe, that is at least {safe} likely. With one for every case, chance: {chance} (expected coverage "
        "{expected}).",
    ),
    "finding.enough_instructors": (
        "每项任务配一名指导员时，达标概率为 {chance}（预计 {expected}），达到 {target} 有 {safe} 以上的把握；"
        "最少需要多少名，可用 workbench allocate … --confidence 0.9 测算。",
        "With an instructor for every case the chance would be {chance} (expected coverage {expected}): {target} is at "
        "least {safe} likely then. 'workbench allocate … --confidence 0.9' says how few are enough.",
    ),
    "finding.fewer_are_safe": (
        "{total} 名指导员按下面的建议选派，达标概率为 {best}，达到 {target} 有 {safe} 以上的把握；每项任务配一名时反而只有 "
        "{chance}：并非越多越好。",
        "{total} {total:instructor|instructors}, allocated as recommended below, make {target} at least {safe} likely "
        "(chance {best}). With one for every case the chance would be {chance}: more are not always better.",
    ),
    "finding.last_meeting": (
        "截止日才上会就晚了：批复之后还要选举。{even}以后上会的，多半赶不上{deadline}；截止日前各责任单位共 "
        "{meetings} 次会议，其中 {late} 次已经太晚。",
        "A meeting on the deadline is too late: the election comes after it. What a committee hears after {even} "
        "mostly misses {deadline}; of the responsible units' {meetings} {meetings:meeting|meetings} before the deadline, "
        "{late} {late:comes|come} too late in that sense.",
    ),
    "finding.last_meeting_none": (
        "{kind}：批复之后的选举时间太长，无论哪次会议批复，多半都赶不上截止日。",
        "{kind}: the election after approval takes so long that no meeting is early enough for even odds.",
    ),
    "finding.work_limit": (
        "工作覆盖率最高只能到 {most}，到不了 {target}：{count} 家名存实亡，没有指导员、也没有群团组织，却计入总数。",
        "Work coverage cannot exceed {most}, short of {target}: {count} dormant "
        "{count:organization has|organizations have} neither instructor nor mass organization, but "
        "{count:counts|count} in the total.",
    ),
    "finding.no_units": ("没有需要联合组建的社会组织。", "No organization needs a joint branch."),
    "finding.grouping": (
        "{units} 家需要联合组建或挂靠，{covered} 家已落实到 {groups} 个联合党组织，{left_out} 家暂未落实联建对象。",
        "Of {units} {units:unit that needs|units that need} a joint branch or a host, {covered} {covered:is|are} "
        "taken, in {groups} {groups:group|groups}; {left_out} {left_out:is|are} left out.",
    ),
    "finding.proof_best": ("已证明没有更好的编法。", "It is proven that no grouping is better."),
    "finding.proof_gap": (
        "已证明覆盖家数最多，综合折算距离与最优相差不超过 {gap}。",
        "It is proven that none takes more units, and that none costs less by more than {gap}.",
    ),
    "finding.proof_most": ("已证明覆盖家数最多。", "It is proven that none takes more units."),
    "finding.proof_covered": (
        "已证明任何编法最多落实 {bound} 家。",
        "It is proven that no grouping takes more than {bound} {bound:unit|units}.",
    ),
    "finding.no_instructors": ("测算方案中没有指导员。", "The scenario has no instructors."),
    "finding.only_arrivals": (
        "开始时没有指导员；其后（{first}起）到岗 {count} 名，去向由测算方案指定，无从另行选派。",
        "Nobody is there at the start; {count} {count:instructor arrives|instructors arrive} later (from {first} on), each "
        "where the scenario says, so that there is nobody to send elsewhere.",
    ),
    "finding.arrivals": (
        "另有 {count} 名指导员其后到岗（{first}起），去向由测算方案指定，不在调整之列。",
        "{count} further {count:instructor arrives|instructors arrive} later (from {first} on), each where the scenario "
        "says: they are not part of what is recommended.",
    ),
    "warning.unattended": (
        "{count} 个责任单位有 {cases} 项组建任务，却没有一名指导员（如{units}）：按总数分配时可能分得 0 名，请用 "
        "instructors.limits 设下限，或逐个写明。",
        "{count} responsible {count:unit has|units have} {cases} {cases:case|cases} but no instructor (such as {units}): a "
        "shared total may leave some without. Set a least number in instructors.limits, or write their numbers.",
    ),
    "finding.allocation_gain": (
        "同样 {total} 名指导员，按下面的建议调整（用另一批随机数检验，调整前 → 调整后）：",
        "The same {total} {total:instructor|instructors}, sent as recommended below (on fresh random numbers, before → "
        "after):",
    ),
    "finding.allocation_same": (
        "现有 {total} 名指导员，未找到更好的选派方案，建议维持不变（用另一批随机数检验，现有 → 找到的最好方案）：",
        "No better way to send the {total} {total:instructor|instructors} was found: leave them where they are (on fresh "
        "random numbers, now → the best that was found):",
    ),
    "finding.before_and_after": (
        "{coverage}：预计 {change}，达标概率 {chance_before} → {chance}。",
        "{coverage}: expected {change}, chance of the target {chance_before} → {chance}.",
    ),
    "finding.allocation_costs": (
        "请注意：这样调整，{coverage}预计会降低 {points} 个百分点。",
        "Mind what it costs: {coverage} is expected to be {points} points lower.",
    ),
    "finding.allocation_spare": (
        "其中 {used} 名即可做到上述两项覆盖率；其余 {spare} 名为富余力量，可统筹调剂。",
        "{used} of them {used:is|are} enough for both coverages above; no use was found for the other {spare}.",
    ),
    "finding.allocation_enough": (
        "选派得当，{enough} 名即可使两项覆盖率和达标概率与此相差不到 0.1 个百分点（按优化所用的样本计）。",
        "Allocated well, {enough} {enough:comes|come} within 0.1 points of that in both coverages and in the chance of the "
        "target (on the optimised sample).",
    ),
    "finding.allocation_none": (
        "即使没有指导员，两项覆盖率和达标概率也与此相差不到 0.1 个百分点（按优化所用的样本计）。",
        "Without any instructor both coverages and the chance of the target would be within 0.1 points of that (on the "
        "optimised sample).",
    ),
    # --- headings of tables, on the screen, in the report and in the workbook ---
    "column.target": ("目标", "target"),
    "column.expected": ("预计", "expected"),
    "column.usual": ("90% 预测区间", "9 in 10 runs"),
    "column.chance": ("达标概率", "chance of target"),
    "column.measure": ("措施", "measure"),
    "column.gain": ("增加（百分点）", "points gained"),
    "column.move": ("调整", "move"),
    "column.branches_added": ("新增组织覆盖（家）", "branches added"),
    "column.works_added": ("新增工作覆盖（家）", "work added"),
    "column.instructors": ("指导员", "instructors"),
    "column.way": ("组建方式或原因", "how, or why not"),
    "column.organizations": ("社会组织", "organizations"),
    "column.share": ("占比", "share"),
    "column.coverage": ("指标", "coverage"),
    "column.coverage_expected": ("预计组织覆盖率", "coverage"),
    "column.street": ("镇街", "street"),
    "column.responsible": ("责任单位", "responsible unit"),
    "column.at_start": ("已建", "at the start"),
    "column.ceiling": ("上限", "ceiling"),
    "column.work_coverage": ("工作覆盖", "work coverage"),
    "column.possible": ("最多可建", "possible"),
    "column.section": ("类别", "section"),
    "column.in_time": ("来得及的会议", "meetings in time"),
    "column.cases": ("任务数", "cases"),
    "column.dispatch_50": ("最迟派驻（50% 把握）", "last dispatch, even odds"),
    "column.dispatch_90": ("最迟派驻（90% 把握）", "last dispatch, 9 in 10"),
    "column.filing_50": ("最迟报批（50% 把握）", "last filing, even odds"),
    "column.filing_90": ("最迟报批（90% 把握）", "last filing, 9 in 10"),
    "column.meeting_50": ("最迟上会（50% 把握）", "last meeting, even odds"),
    "column.meeting_90": ("最迟上会（90% 把握）", "last meeting, 9 in 10"),
    "column.at_opening": ("首日派驻来得及", "in time if at the opening"),
    "column.now": ("现有", "now"),
    "column.recommended": ("建议", "recommended"),
    "column.change": ("增减", "change"),
    "column.utilisation": ("现有工作负荷率", "busy now"),
    "column.group": ("组号", "group"),
    "column.facility_kind": ("方式", "way"),
    "column.facility": ("牵头单位／挂靠单位／社区", "led by, host or community"),
    "column.facility_id": ("牵头编号", "its id"),
    "column.facility_street": ("牵头镇街", "its street"),
    "column.units": ("单位", "units"),
    "column.members": ("党员", "members"),
    "column.distance_km": ("平均距离（公里）", "mean distance, km"),
    "column.km": ("距离（公里）", "distance, km"),
    "column.leads": ("牵头", "leads"),
    "column.org_id": ("编号", "org_id"),
    "column.name": ("名称", "name"),
    "column.community": ("社区", "community"),
    "column.reason": ("原因", "reason"),
    "column.parameter": ("参数", "parameter"),
    "column.path": ("测算方案中的键", "key in the scenario"),
    "column.value": ("取值", "value"),
    "column.mark": ("来历", "mark"),
    "column.source": ("依据", "where from"),
    "column.low": ("下端（90% 预测区间）", "5%"),
    "column.high": ("上端（90% 预测区间）", "95%"),
    "column.meetings": ("会议次数", "meetings"),
    "column.case": ("编号", "case"),
    "column.kind": ("类别", "kind"),
    "column.p_dispatched": ("有指导员的概率", "chance of an instructor"),
    "column.p_formed": ("按期建成党组织的概率", "chance of a branch in time"),
    "column.formed_median": ("若建成，日期（中位）", "formed on, if so (median)"),
    "column.from": ("调出", "from"),
    "column.to": ("调入", "to"),
    "column.count": ("名", "number"),
    "column.figure": ("指标", "figure"),
    # --- how organizations are covered, or why not ---
    "way.branch": ("已建党组织", "has a branch already"),
    "way.standalone": ("可单独组建", "can form a branch of its own"),
    "way.assisted": ("可选派指导员单独组建", "can form one with an instructor's help"),
    "way.joint": ("可联合组建", "can form a joint branch"),
    "way.attached": ("可挂靠组建", "can join a host's branch"),
    "way.left_out": ("需联合组建，暂未落实联建对象", "needs a joint branch, and none takes it"),
    "way.no_member": ("无党员", "has no member"),
    "way.dormant": ("名存实亡", "is dormant"),
    # --- the report ---
    "report.title": ("{title} · 测算报告", "{title} · campaign plan"),
    "report.facts": (
        "{organizations} 家社会组织 · {responsible_units} 个责任单位 · {span}",
        "{organizations} {organizations:organization|organizations} · {responsible_units} {responsible_units:responsible unit|responsible units} · "
        "{span}",
    ),
    "report.card_ceiling": ("上限", "Ceiling"),
    "report.card_ceiling_note": ("{total} 家中最多 {possible} 家", "{possible} of {total} at best"),
    "report.card_expected": ("预计组织覆盖率", "Expected organization coverage"),
    "report.card_expected_note": ("90% 预测区间 {low}–{high}", "9 runs in 10: {low}–{high}"),
    "report.card_chance": ("达到 {target} 的概率", "Chance of {target}"),
    "report.card_chance_note": ("95% 区间 {low}–{high}", "95% interval {low}–{high}"),
    "report.card_work": ("预计工作覆盖率", "Expected work coverage"),
    "report.card_work_note": ("达到 {target} 的概率：{chance}", "chance of {target}: {chance}"),
    "report.ceiling": ("最多能覆盖多少", "Ceiling: what can be reached at best"),
    "report.course": ("进度预测", "Likelihood: coverage day by day"),
    "report.course_note": (
        "把活动模拟多遍：颜色越深的走势越常见，虚线是目标。",
        "The campaign, run many times over: the darker the band, the more usual the course.",
    ),
    "report.interval": (
        "方括号内为 95% 区间，只反映模拟次数有限的误差，不代表参数有多准；参数拿不准的影响在图的宽度里。",
        "In brackets the 95% interval: the luck of finitely many runs, not how good the assumptions are. "
        "What the uncertain parameters do is in the width of the bands.",
    ),
    "report.obstacles": ("主要制约因素", "What holds it back"),
    "report.obstacles_note": (
        "从 100% 到预计覆盖率之间的差距，逐项拆开，合计等于总差距（各项经四舍五入）。指导员、组建未成、审批、选举相互影响，所列为各自分摊的份额；"
        "单独消除某一项能提高多少，另行注明。",
        "The gap from 100% to the expected coverage, part by part; they sum to it, each rounded. Instructors, failures, approval "
        "and elections work together: each is given its share, and beside it what coverage gains if it alone goes.",
    ),
    "report.measures": ("对策措施及预期成效", "Measures: what each brings, and what is enough"),
    "report.measures_note": (
        "每项措施单独试算，用同一套随机数，差别就是措施的效果，不是运气。",
        "Each measure tried on the same luck, so that a difference is its doing and not chance.",
    ),
    "report.responsible_units": ("分责任单位情况", "By responsible unit"),
    "report.responsible_units_note": (
        "“来得及的会议”：截止日前的会议中，批复后多半还来得及选举的次数。",
        "Meetings in time: of a responsible unit's meetings before the deadline, those after which most elections "
        "still fall before it.",
    ),
    "report.dates": ("报批时限与会议安排", "Until when there is time"),
    "report.dates_note": (
        "由截止日倒推：派驻、报批、上会最迟在哪天早上，多半（50%）或 90% 的把握还赶得上。不计排队：有指导员可派，会上有空档；"
        "要排队就更早。",
        "Counted back from the deadline: the last morning on which a dispatch, a filing or a meeting still counts, at even "
        "odds and nine times in ten. Without queues: an instructor is free and the agenda has room; with queues it is "
        "earlier.",
    ),
    "report.dates_dash": (
        "“–”：集中组建开始后哪天都来不及，或没有这一步。分责任单位见 plan.xlsx。",
        "A dash: no day after formation opens is early enough, or there is no such step. plan.xlsx has it by responsible "
        "unit.",
    ),
    "report.dates_blank": (
        "空白：集中组建开始后哪天都来不及，或没有这一步。",
        "Blank: no day after formation opens is early enough, or there is no such step.",
    ),
    "table.none": ("无此类事项。", "Nothing to list."),
    "report.instructors": ("党建指导员选派方案", "Instructors: who goes where"),
    "report.changed": (
        "建议调整的责任单位（{count}/{responsible_units}）",
        "Responsible units that change ({count} of {responsible_units})",
    ),
    "report.grouping": ("联合党组织组建方案", "Joint branches: who joins whom"),
    "report.left_out": ("暂未落实联建对象的单位（{count} 家）", "Units left out ({count})"),
    "report.cut": (
        "此处列出前 {shown} 行，共 {count} 行，其余见所附工作簿。",
        "The first {shown} of {count} {count:row|rows}; the workbook has all.",
    ),
    "report.cut_most": (
        "此处只列作用最大的 {shown} 家，共 {count} 家，完整清单见所附工作簿。",
        "The {shown} where it counts most, of {count}; the workbook has all.",
    ),
    "report.assumptions": ("参数及依据", "What it rests on: every parameter"),
    "report.assumptions_note": (
        "“假定”的参数请优先改用本地的经验数字。PERT 和三角分布后面依次是最小、最可能、最大；对数正态是均值、标准差。",
        "Replace what is assumed by your own experience first. After PERT and triangular stand the least, "
        "the most likely and the greatest value, after lognormal mean and standard deviation.",
    ),
    "report.method": ("测算说明", "How it was worked out"),
    "report.method_runs": (
        "模拟 {replications} 次，种子 {seed}。台账、测算方案和种子相同，结果就一模一样，与电脑的核数无关。",
        "{replications} {replications:replication|replications}, seed {seed}. The same register, scenario and seed "
        "give the same answer on any number of threads.",
    ),
    "report.method_interval": (
        "概率后面的区间是 95% 的威尔逊区间，只反映模拟次数有限的误差。",
        "The interval beside a probability is Wilson's at 95%: it covers Monte Carlo noise only.",
    ),
    "report.method_uncertain": (
        "每次模拟抽一次、全市共用的不确定因素：{drawn}。它们的影响在扇形图的宽度里，不在区间里。",
        "Drawn once a replication for the whole city: {drawn}. What these do is in the width of the fan, "
        "not in the interval.",
    ),
    "report.method_gap": (
        "差距分解：用同一套随机数，对指导员、失败、审批、选举四项限制的各种组合分别消除后再模拟；各项取所有先后次序的平均"
        "（沙普利值），剩下的是时间。",
        "The gap: on the same random numbers the limits of instructors, failures, approval and election are removed in "
        "every combination; each is given the mean over all orders (its Shapley share), and what is left is time.",
    ),
    "report.method_allocation": (
        "指导员配置：预计覆盖率按动态规划求得，在样本上最优；达标概率取搜索到的最好结果，并用另一批随机数检验。",
        "The allocation: expected coverage is optimal on the sample by dynamic programming; the probability "
        "is the best found, and judged on fresh random numbers.",
    ),
    "report.method_order": (
        "天数都是工作日。“从”某日起指该日或其后首个工作日开始；“到”某日止指该日或其前最后一个工作日结束。",
        "Days are working days. 'From' a date means from the first working day on or after it, 'by' a date "
        "to the end of the last one on or before it.",
    ),
    "report.made": (
        "测算台 {version} · 测算方案 {scenario} · 种子 {seed} · 模拟 {replications} 次",
        "Workbench {version} · scenario {scenario} · seed {seed} · {replications} "
        "{replications:replication|replications}",
    ),
    "report.fingerprints": (
        "内容校验码：测算方案 {scenario} · 台账 {register} · 分组 {grouping}",
        "Fingerprints: scenario {scenario} · register {register} · grouping {grouping}",
    ),
    "report.no_person": (
        "本报告只含社会组织和党员人数，不含任何个人信息。",
        "This report holds organizations and counts of members only, no person's data.",
    ),
    "report.alt_tiers": (
        "社会组织按党员数分档，以及最多能建成的情况",
        "Organizations by members, and what they can become at best",
    ),
    "report.alt_fan": ("两个覆盖率逐日走势", "Both coverages day by day"),
    "report.alt_gap": ("差距分解", "The gap, part by part"),
    "report.alt_responsible_units": ("分责任单位覆盖率", "Coverage by responsible unit"),
    "report.alt_map": ("联合党组织分布图", "Map of the joint branches"),
    "report.alt_instructors": ("各责任单位指导员：现有与建议", "Instructors by responsible unit: now and recommended"),
    "report.alt_curve": ("指导员总数与覆盖率", "Coverage against the number of instructors"),
    # --- where values come from ---
    "mark.sourced": ("有出处", "sourced"),
    "mark.derived": ("推算", "derived"),
    "mark.assumed": ("假定", "assumed"),
    "mark.unmarked": ("未注明", "not marked"),
    "mark.sourced.means": ("公开发布的数字或规定", "published"),
    "mark.derived.means": ("由公开数字算得", "computed from published figures"),
    "mark.assumed.means": ("没有公开数字，暂且这样假定", "nothing published was found: vary it"),
    "mark.unmarked.means": ("测算方案没有说明来历", "the scenario says nothing"),
}
