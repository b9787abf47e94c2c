"""Words: the review of a campaign under way, its notice, its report and its final summary."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "score.summary": (
        "截至{date}：{units} 个责任单位共有组建任务 {tasks} 项，已建成 {formed} 项；全市已建党组织 {branches} 家。"
        "与方案进度相比，可比的 {ranked} 个单位中，明显滞后 {behind} 个，明显超前 {ahead} 个。",
        "At the end of {date}: {formed} of {tasks} {tasks:task|tasks} of {units} responsible {units:unit|units} done; "
        "organizations with a Party organization: {branches}. Against the plan, of the {ranked} that can be compared, "
        "clearly behind: {behind}; clearly ahead: {ahead}.",
    ),
    # States of a task.
    "state.formed": ("已建", "formed"),
    "state.approved": ("已批", "approved"),
    "state.filed": ("已报", "filed"),
    "state.in_work": ("在办", "in work"),
    "state.waiting": ("待办", "waiting"),
    "state.abandoned": ("组建未成", "given up"),
    # The review.
    "review.start": ("起始日", "start"),
    "review.deadline": ("截止日", "deadline"),
    "review.previous": ("上周台账", "last week's register"),
    "review.head": (
        "截至{date}，党的组织覆盖率 {coverage}，目标 {target}。预计到{deadline}为 {expected}（90% 预测区间 {low}–{high}），"
        "达到目标的概率 {probability}；还有 {days} 个工作日。",
        "At the end of {date}, organization coverage is {coverage}; the target is {target}. Expected by {deadline}: {expected} "
        "(nine in ten: {low} to {high}); chance of the target: {probability}. Working days left: {days}.",
    ),
    "review.head_reached": (
        "截至{date}，党的组织覆盖率 {coverage}，已达到目标 {target}。预计到{deadline}为 {expected}（90% 预测区间 {low}–{high}）；"
        "还有 {days} 个工作日。",
        "At the end of {date}, organization coverage is {coverage}: the target of {target} is reached already. Expected by "
        "{deadline}: {expected} (nine in ten: {low} to {high}). Working days left: {days}.",
    ),
    "review.reached": (
        "截至{date}，党的组织覆盖率 {coverage}，达到目标 {target}。",
        "At the end of {date}, organization coverage is {coverage}: the target of {target} is reached.",
    ),
    "review.missed": (
        "截至{date}，党的组织覆盖率 {coverage}，未达到目标 {target}。",
        "At the end of {date}, organization coverage is {coverage}: the target of {target} is missed.",
    ),
    "review.best_measure": (
        "仍来得及的措施中，成效最大的是“{measure}”：预计覆盖率到 {expected}，达标概率 {probability}。",
        "Of the measures that still help most comes of '{measure}': {expected} expected, chance of the target {probability}.",
    ),
    "review.no_measure": (
        "已列措施中，没有一项还能明显提高覆盖率。",
        "No measure of the list still raises coverage by more than chance explains.",
    ),
    "stage.forecast": ("预测", "forecast"),
    "stage.score": ("比对进度", "score"),
    "stage.dates": ("倒排时限", "last safe dates"),
    "stage.plan": ("方案进度", "the plan's course"),
    # The notice.
    "notice.title": ("“建组织扩覆盖”活动进展通报（截至{date}）", "Notice of progress, {date}"),
    "notice.facts": ("{title}　活动时间：{span}　截至{date}", "{title} · campaign of {span} · as of {date}"),
    "notice.one": ("一、总体进展", "1 · How far we are"),
    "notice.two": ("二、各责任单位进展", "2 · By responsible unit"),
    "notice.three": ("三、下步要求", "3 · What must be done"),
    "notice.progress": (
        "截至{date}，{organizations} 家社会组织中已建党组织 {branches} 家，党的组织覆盖率 {coverage}。"
        "组建任务 {tasks} 项：已建 {formed} 项（{since}以来新增 {this_week} 项），已批 {approved} 项，已报 {filed} 项，"
        "在办 {in_work} 项，待办 {waiting} 项，组建未成 {abandoned} 项。",
        "Organizations with a Party organization by {date}: {branches} of {organizations}, a coverage of {coverage}. "
        "Tasks: {tasks}, of them formed {formed} (since {since}: {this_week}), approved {approved}, filed {filed}, in work "
        "{in_work}, waiting {waiting}, given up {abandoned}.",
    ),
    "notice.instructed": (
        "未建党组织（不含名存实亡）的 {uncovered} 家中，已派驻党建指导员 {instructed} 家，派驻率 {share}。",
        "Without one and not dormant: {uncovered}; with an instructor: {instructed}, {share}.",
    ),
    "notice.nobody_uncovered": (
        "除名存实亡的以外，社会组织均已建立党组织。",
        "Every organization that is not dormant has a Party organization.",
    ),
    "notice.outlook": (
        "按目前进度，预计到{deadline}党的组织覆盖率为 {expected}（90% 预测区间 {low}–{high}），达到目标 {target} 的概率：{chance}。"
        "剩余 {days} 个工作日。",
        "As it goes now, {expected} is expected by {deadline} (nine in ten: {low} to {high}); chance of the target of "
        "{target}: {chance}. Working days left: {days}.",
    ),
    "notice.reached_now": (
        "党的组织覆盖率已达到目标 {target}。按目前进度，预计到{deadline}为 {expected}（90% 预测区间 {low}–{high}）。剩余 {days} 个工作日。",
        "The target of {target} is reached already. As it goes now, {expected} is expected by {deadline} (nine in ten: {low} "
        "to {high}). Working days left: {days}.",
    ),
    "notice.beyond": (
        "目标 {target} 高于上限 {ceiling}：按现有党员无法达到。按目前进度，预计到{deadline}为 {expected}"
        "（90% 预测区间 {low}–{high}），剩余 {days} 个工作日。",
        "The target of {target} is above the ceiling of {ceiling}: the members there are do not allow it. As it goes now, "
        "{expected} is expected by {deadline} (nine in ten: {low} to {high}). Working days left: {days}.",
    ),
    "notice.reached": (
        "到{deadline}，党的组织覆盖率 {coverage}，达到目标 {target}。",
        "By {deadline}, organization coverage is {coverage}: the target of {target} is reached.",
    ),
    "notice.missed": (
        "到{deadline}，党的组织覆盖率 {coverage}，未达到目标 {target}。",
        "By {deadline}, organization coverage is {coverage}: the target of {target} is missed.",
    ),
    "plan.fewer": (
        "已建 {branches} 家，比方案同日的中位数 {planned} 家少 {difference} 家",
        "{branches} have a Party organization, {difference} fewer than the plan's median of today, {planned}",
    ),
    "plan.more": (
        "已建 {branches} 家，比方案同日的中位数 {planned} 家多 {difference} 家",
        "{branches} have a Party organization, {difference} more than the plan's median of today, {planned}",
    ),
    "plan.same": (
        "已建 {branches} 家，与方案同日的中位数 {planned} 家相同",
        "{branches} have a Party organization, as many as the plan's median of today, {planned}",
    ),
    "plan.behind": ("与方案相比：{said}，明显滞后。", "Against the plan: {said}; that is clearly behind."),
    "plan.ahead": ("与方案相比：{said}，明显超前。", "Against the plan: {said}; that is clearly ahead."),
    "plan.usual": ("与方案相比：{said}，在正常波动范围内。", "Against the plan: {said}; luck explains as much."),
    "plan.worked_out": (
        "（未找到开展活动前的方案结果，方案进度按起始台账重新测算。）",
        "(No plan from before the campaign was found: its course is worked out from the register as it was then.)",
    ),
    "review.and": ("、", ", "),
    "review.and_more": ("{units}等（另有 {count} 个）", "{units} and {count} more"),
    "behind.nobody": (
        "可比的 {ranked} 个责任单位中，没有明显滞后于本单位方案的。",
        "Responsible units that can be compared: {ranked}; none is clearly behind its own plan.",
    ),
    "behind.unranked": ("没有可与方案相比的责任单位。", "No responsible unit can be held against a plan."),
    "behind.plan": (
        "明显滞后于本单位方案的 {count} 个：{units}。",
        "Clearly behind their own plan ({count}): {units}.",
    ),
    "behind.ahead": ("明显超前的 {count} 个：{units}。", "Clearly ahead ({count}): {units}."),
    "behind.target": (
        "按目前进度，多半达不到本单位应达家数的 {count} 个：{units}。",
        "Not likely, as it goes now, to end with what they should ({count}): {units}.",
    ),
    "filing.open": (
        "尚未报批的任务 {count} 项，最早的一批须在{first}前（含当日）报批。",
        "Tasks still to be filed: {count}; the first of them by {first} at the latest.",
    ),
    "filing.hurry": (
        "其中 {count} 项已过稳妥时限，须立即报批，否则多半赶不上。",
        "Of these {count} {count:is|are} past the safe day: filed at once, or most likely too late.",
    ),
    "filing.late": (
        "其中 {count} 项即使马上报批，多半也赶不上截止日。",
        "Of these {count} {count:is|are} most likely too late already, even if filed at once.",
    ),
    "filing.late_too": (
        "另有 {count} 项即使马上报批，多半也赶不上截止日。",
        "Another {count} {count:is|are} most likely too late already, even if filed at once.",
    ),
    "filing.all_late": (
        "尚未报批的任务 {count} 项，即使马上报批，多半也赶不上截止日。",
        "Tasks still to be filed: {count}; most likely too late already, even if filed at once.",
    ),
    "filing.none": ("没有待报批的任务。", "No task is left to be filed."),
    "filing.over": ("截止时仍有 {count} 项任务未报批。", "Tasks never filed by the deadline: {count}."),
    "helping.best": (
        "仍来得及的措施有 {count} 项，成效最大的是“{measure}”（由{who}决定）：预计覆盖率提高 {gain} 个百分点，到 {expected}，"
        "达标概率：{chance}。",
        "Measures that still help: {count}. Most comes of '{measure}' (decided by {who}): {gain} points, to {expected} "
        "expected; chance of the target: {chance}.",
    ),
    "helping.costs_work": (
        "其中 {count} 项会使党的工作覆盖率下降，详见附件。",
        "Of these {count} {count:lowers|lower} work coverage: see the annex.",
    ),
    "helping.none": (
        "已列措施中，没有一项还能明显提高覆盖率。",
        "No measure of the list still raises coverage by more than chance explains.",
    ),
    "moving.nobody": ("测算方案没有党建指导员可供调配。", "The scenario has no instructors to send."),
    "moving.no_task": (
        "没有待办任务，不需调配党建指导员。",
        "No task is left: no instructor has to go elsewhere.",
    ),
    "moving.stay": (
        "现有 {now} 名党建指导员不必调整：调整分布不能明显提高覆盖率。",
        "The {now} {now:instructor|instructors} may stay where they are: sending them elsewhere brings nothing more.",
    ),
    "moving.move": (
        "余下的时间里调配 {count} 名党建指导员：预计覆盖率由 {before} 到 {after}；达标概率，调配前 {chance_before}，调配后 {chance}。",
        "For the days left, send {count} {count:instructor|instructors} elsewhere: {before} expected becomes {after}, the "
        "chance of the target {chance_before} becomes {chance}.",
    ),
    # The report.
    "review.title": ("“建组织扩覆盖”活动中期评估报告（{title}）", "Review of the campaign: {title}"),
    "review.title_final": ("“建组织扩覆盖”活动总结报告（{title}）", "Final summary of the campaign: {title}"),
    "review.one": ("一、进展及能否如期完成", "1 · Where we are, and where it will end"),
    "review.one_final": ("一、完成情况", "1 · What came of it"),
    "review.two": ("二、测算依据与实际情况", "2 · What was assumed, and what was observed"),
    "review.three": ("三、仍来得及的措施", "3 · What still helps"),
    "review.four": ("四、报批时限", "4 · Who must file until when"),
    "review.units": ("五、分责任单位预测", "5 · Where each responsible unit will end"),
    "review.happened": ("{number}、方案预计与实际完成", "{number} · What the plan foresaw, and what happened"),
    "review.candidates": ("{number}、先进集体候选", "{number} · Candidates for commendation"),
    "numeral.3": ("三", "3"),
    "numeral.4": ("四", "4"),
    "numeral.5": ("五", "5"),
    "numeral.6": ("六", "6"),
    "review.findings": (
        "台账或方案有 {count} 处须核实，全部见附件。",
        "To be looked at in register and plan: {count}; all are in the annex.",
    ),
    "card.now": ("党的组织覆盖率", "organization coverage"),
    "card.now_note": ("{branches}/{total} 家", "{branches} of {total}"),
    "card.expected": ("截止日预计", "expected by the deadline"),
    "card.expected_note": ("90% 预测区间 {low}–{high}", "nine in ten: {low} to {high}"),
    "card.chance": ("达到 {target} 的概率", "chance of {target}"),
    "card.chance_note": ("95% 区间 {low}–{high}", "95% interval {low} to {high}"),
    "card.target": ("目标", "target"),
    "card.target_reached": ("已达到", "reached"),
    "card.target_missed": ("还差 {missing} 家", "missed by {missing} {missing:organization|organizations}"),
    "card.ceiling": ("上限", "ceiling"),
    "card.ceiling_note": ("现有党员最多能建到", "what the members allow"),
    "card.tasks": ("已建任务", "tasks formed"),
    "card.tasks_note": ("共 {tasks} 项，本期新增 {new} 项", "of {tasks}; new: {new}"),
    "candidates.none": (
        "没有进度超前于本单位方案的责任单位，不提出候选。",
        "No responsible unit is ahead of its own plan: there is no candidate.",
    ),
    "candidates.said": (
        "进度超前于本单位方案的 {count} 个，其中明显超前、不能仅以偶然解释的 {clear} 个。",
        "Ahead of their own plan: {count}; of these clearly, by more than luck explains: {clear}.",
    ),
    "candidates.by_luck": (
        "其余各单位之间的先后多半出于偶然，不宜只凭位次取舍。",
        "The order of the others is mostly luck: do not choose by rank alone.",
    ),
    "candidates.luck": ("在偶然范围内", "within luck"),
    "place.behind": ("明显滞后", "clearly behind"),
    "place.ahead": ("明显超前", "clearly ahead"),
    "place.usual": ("大体一致", "as planned"),
    "place.none": ("–", "–"),
    "when.in_time": ("来得及", "in time"),
    "when.hurry": ("须立即报批", "at once"),
    "when.late": ("多半赶不上", "too late, mostly"),
    "assumptions.not_learnt": (
        "本次预测沿用测算方案的参数，未据实际情况修正。",
        "The forecast keeps the scenario's assumptions: it did not learn from what was observed.",
    ),
    "assumptions.nothing": (
        "尚无可与假定对照的实际情况。",
        "Nothing has been observed yet that could be held against what was assumed.",
    ),
    "assumptions.hold": (
        "已有实际情况可对照的假定 {count} 项，均未见明显偏离。",
        "Assumptions that can be held against what was observed: {count}; none of them fails.",
    ),
    "assumptions.fail": (
        "已有实际情况可对照的假定 {tested} 项，其中 {count} 项与实际明显不符：",
        "Assumptions that can be held against what was observed: {tested}; of these fail: {count}.",
    ),
    "assumptions.one": (
        "{name}：假定 {assumed}，实际 {seen}（{observed} 件）；更符合实际的为 {fits}。",
        "{name}: assumed {assumed}, observed {seen} ({observed} seen); {fits} would fit.",
    ),
    "assumptions.one_bare": (
        "{name}：假定 {assumed}，实际 {seen}（{observed} 件）。",
        "{name}: assumed {assumed}, observed {seen} ({observed} seen).",
    ),
    "assumptions.one_running": (
        "{name}：假定 {assumed}，已开始的 {observed} 件至今均未结束。",
        "{name}: assumed {assumed}; of the {observed} begun none has ended.",
    ),
    "assumptions.more": (
        "其余 {count} 项见评估报告附件。",
        "The other {count} {count:is|are} in the annex of the review's report.",
    ),
    "assumptions.learnt": (
        "本次预测已据实际情况修正：{factors}。",
        "The forecast has learnt from what was observed: {factors}.",
    ),
    "assumptions.learnt_nothing": (
        "实际情况尚不足以修正测算方案的参数，本次预测与原参数一致。",
        "What was observed gives no reason yet to change the scenario's parameters: the forecast keeps them.",
    ),
    "assumptions.and": ("；", "; "),
    "assumptions.outside": (
        "实际情况已超出测算方案假定的范围，修正后的预测仅供参考，请先修改方案参数。",
        "What was observed lies outside what the scenario assumes: change its parameters before relying on the forecast.",
    ),
    "assumption.preparation": ("筹备时间", "preparation"),
    "assumption.success": ("一次成功率", "success of an attempt"),
    "assumption.retry": ("未成后再次启动的间隔（至多）", "delay after a failed attempt, at most"),
    "assumption.approval": ("申报后等待批复的时间", "wait from filing to approval"),
    "assumption.election": ("批复后到建成的时间", "election"),
    "assumption.survey": ("排查时间", "survey"),
    "assumption.of_kind": ("{kind}的{name}", "{name}, {kind}"),
    "assumption.days": ("{days} 个工作日", "{days} working {days:day|days}"),
    "factor.speed": ("办理速度由 {prior} 调为 {now}", "speed {now} instead of {prior}"),
    "factor.failure": ("未成的几率倍数由 {prior} 调为 {now}", "odds of failing times {now} instead of {prior}"),
    "factor.absence": ("缺勤比例由 {prior} 调为 {now}", "absence {now} instead of {prior}"),
    "factor.election": ("批复后所需时间的倍数由 {prior} 调为 {now}", "elections times {now} instead of {prior}"),
    "verdict.untested": ("未检验", "not tested"),
    "verdict.fails": ("明显不符", "fails"),
    "verdict.holds": ("相符", "holds"),
    "review.column.assumption": ("假定", "assumption"),
    "review.column.observed": ("观察件数", "observed"),
    "review.column.assumed": ("假定值", "assumed"),
    "review.column.seen": ("实际值", "seen"),
    "review.column.verdict": ("是否相符", "holds?"),
    "review.column.fits": ("更符合实际的", "would fit"),
    "review.table.assumptions": ("假定与实际", "What was assumed, and what was observed"),
    "review.note.assumptions": (
        "均值；只列已有观察的。明显不符：各项一并检验，仅凭偶然出现这样的偏离不到 5%。",
        "Means; what has been observed only. Fails: tested together, chance alone gives so much in less than 5%.",
    ),
    # Tables.
    "review.table.progress": ("各责任单位组建进展", "Progress by responsible unit"),
    "review.note.progress": (
        "派驻率：未建党组织（不含名存实亡）的家数中已派驻的；占上限：已建家数占最多可建家数。建成率不作排序依据。",
        "Assigned: those with an instructor, of those without a branch and not dormant. Of ceiling: of what the members allow. "
        "Rates order nobody.",
    ),
    "review.table.outlook": ("各责任单位预测（家数）", "Forecast by responsible unit (organizations)"),
    "review.note.outlook": (
        "应达：本单位目标家数，上限不足的以上限为准；最少、中位、最多：截止日 90% 预测区间及中位数；把握：达到应达家数的概率，"
        "蓝 90% 及以上、黄 50% 及以上、红不足 50%；概率误差不超过 ±{points} 个百分点。",
        "Needed: the unit's target, or its ceiling where that is less. Low, median, high: by the deadline, nine in ten. Sure: "
        "chance of what is needed, ± {points} points at most; blue from 90%, yellow from 50%, else red.",
    ),
    "review.table.happened": (
        "各责任单位方案预计与实际完成（家数）",
        "Foreseen and done, by responsible unit (organizations)",
    ),
    "review.note.happened": (
        "方案最少、方案同日、方案最多：方案测算中截至当日的 90% 区间及中位数；应达：本单位目标家数，上限不足的以上限为准。",
        "Plan low, today and high: what the plan had foreseen by this day, nine in ten. Needed: the unit's target, or its "
        "ceiling where that is less.",
    ),
    "review.note.to_come": (
        "最少、中位、最多：截止日 90% 预测区间及中位数。",
        "Low, median, high: by the deadline, nine in ten.",
    ),
    "review.table.ranks": ("与本单位方案相比的位次", "Against each unit's own plan"),
    "review.note.ranks": (
        "百分位：当日已建家数在本单位方案分布中的位置，50 为与方案一致，低于 5 为明显滞后，高于 95 为明显超前；偶然范围：若一切按方案"
        "进行，单凭偶然可得的位次（90%）。建成率不影响位次。",
        "Percentile: today's organizations in the unit's own plan; 50 is as planned, below 5 clearly behind, above 95 clearly "
        "ahead. By luck: the ranks that chance alone gives if all goes by the plan (90%). Rates play no part.",
    ),
    "review.table.states": ("各责任单位任务状态", "Tasks by state"),
    "review.table.filing": ("尚未报批的任务及时限", "Tasks still to be filed, and until when"),
    "review.note.filing": (
        "稳妥时限：该日报批，90% 的把握能在截止日前建成；最迟时限：把握为一半。不计排队。",
        "Safe: filed on that day it counts nine times in ten. Last: at even odds. Queues are left out.",
    ),
    "review.table.measures": ("现在决定仍能见效的措施", "What each measure brings if it is decided today"),
    "review.note.measures": (
        "同一随机数下与现方案比较，单项分别测算；已开始的联合组建不变；概率误差不超过 ±{points} 个百分点。",
        "Each alone against the present plan, on the same random numbers; groups that have been begun stay as they are. "
        "Chances: ± {points} points at most.",
    ),
    "review.table.packages": ("几项措施一并采取", "Measures taken together"),
    "review.note.packages": (
        "由单项成效最大的 {of} 项组成，两项、三项一并试算，连同单项共 {tried} 组，各列最好的几组；另有 {left} 项仍有成效的未参与组合。"
        "达标概率的模拟误差不超过 ±{points} 个百分点（95%）。",
        "Of the {of} that bring most alone, two and three at a time; sets tried, single ones among them: {tried}; the best "
        "of each number are shown. Others that still help and are in no package: {left}. Chances ± {points} points at most "
        "(95%).",
    ),
    "packages.least": (
        "要以 {confidence} 的把握达到 {target}，现在至少需采取 {number} 项措施：{measures}；预计覆盖率 {expected}，"
        "换一批模拟检验，达标概率为 {chance}。",
        "The least to decide now that reaches {target} with a confidence of {confidence}: {measures} ({number} "
        "{number:measure|measures}). Expected {expected}; chance on fresh numbers {chance}.",
    ),
    "packages.best": (
        "试算过的组合（至多三项）都不能以 {confidence} 的把握达到 {target}；成效最大的是：{measures}，预计覆盖率 {expected}，"
        "换一批模拟检验，达标概率：{chance}。",
        "No package tried, of three measures at most, reaches {target} with a confidence of {confidence}. Best: {measures}; "
        "{expected} expected; chance on fresh numbers: {chance}.",
    ),
    "packages.costs_work": (
        "这一组合会使党的工作覆盖率下降。",
        "This package lowers work coverage.",
    ),
    "review.table.moves": ("党建指导员调配", "Instructors to send elsewhere"),
    "review.note.moves": ("正在办理任务的指导员留在原单位。", "Whoever is at work on a task stays where he is."),
    "review.table.candidates": ("先进集体候选（按本单位上限和本单位方案）", "Candidates, by own ceiling and own plan"),
    "review.note.candidates": (
        "按在本单位方案中的百分位排列，不按建成率。偶然范围为单凭偶然可得的位次（90%）。",
        "By percentile in the unit's own plan, never by rate. By luck: the ranks that chance alone gives (90%).",
    ),
    "review.table.findings": ("须核实的情况", "What to look at"),
    "review.column.responsible": ("责任单位", "responsible unit"),
    "review.column.organizations": ("社会组织", "orgs"),
    "review.column.tasks": ("应建", "to form"),
    "review.column.formed": ("已建", "formed"),
    "review.column.this_week": ("本周新增", "new"),
    "review.column.in_work": ("在办", "in work"),
    "review.column.filed": ("已报", "filed"),
    "review.column.approved": ("已批", "approved"),
    "review.column.waiting": ("待办", "waiting"),
    "review.column.abandoned": ("组建未成", "given up"),
    "review.column.instructed_share": ("派驻率", "assigned"),
    "review.column.coverage": ("覆盖率", "coverage"),
    "review.column.of_ceiling": ("占上限", "of ceiling"),
    "review.column.place": ("与方案相比", "against plan"),
    "review.column.branches": ("已建（家）", "formed, orgs"),
    "review.column.needed": ("应达", "needed"),
    "review.column.possible": ("上限（家）", "possible"),
    "review.column.low": ("最少", "low"),
    "review.column.median": ("中位", "median"),
    "review.column.high": ("最多", "high"),
    "review.column.sure": ("把握", "sure"),
    "review.column.light": ("预警", "light"),
    "review.column.plan_low": ("方案最少", "plan low"),
    "review.column.plan_median": ("方案同日（家）", "plan today"),
    "review.column.plan_high": ("方案最多", "plan high"),
    "review.column.percentile": ("百分位", "percentile"),
    "review.column.rank": ("位次", "rank"),
    "review.column.ranks": ("偶然范围", "by luck"),
    "review.column.ceiling": ("上限", "ceiling"),
    "review.column.name": ("牵头组织", "lead"),
    "review.column.kind": ("组建方式", "kind"),
    "review.column.units": ("覆盖家数", "units"),
    "review.column.state": ("状态", "state"),
    "review.column.safe": ("稳妥时限", "safe until"),
    "review.column.even": ("最迟时限", "last day"),
    "review.column.when": ("时限判断", "in time?"),
    "review.column.label": ("措施", "measure"),
    "review.column.decided_by": ("决定单位", "decided by"),
    "review.column.cost": ("费用（元）", "yuan"),
    "review.column.expected": ("预计覆盖率", "expected"),
    "review.column.gain": ("提高（百分点）", "points"),
    "review.column.work_gain": ("工作覆盖（百分点）", "work, points"),
    "review.column.number": ("措施数", "measures"),
    "review.column.probability": ("达标概率", "chance"),
    "review.column.responsible_from": ("调出", "from"),
    "review.column.responsible_to": ("调入", "to"),
    "review.column.count": ("人数", "instructors"),
    "review.column.stands_out": ("明显超前", "clearly ahead"),
    "review.column.reached": ("已达应达家数", "has what is needed"),
    "review.alt_fan": ("方案、实际与预测", "Plan, facts and forecast"),
    "review.alt_scoreboard": ("各责任单位与本单位方案相比", "Each unit against its own plan"),
    "review.alt_states": ("各责任单位任务状态", "Tasks by state"),
    "review.annex.course": ("活动全程", "The whole course"),
    "review.annex.ranks": ("与方案相比的位次", "Against the plan, with ranks"),
    "review.annex.states": ("任务状态", "Tasks by state"),
    "review.annex.filing": ("报批时限", "Until when to file"),
    "review.annex.instructors": ("党建指导员调配", "Instructors"),
    "review.annex.measures": ("措施", "Measures"),
    "review.annex.assumptions": ("测算依据与实际", "What was assumed, and what was observed"),
    "review.annex.findings": ("须核实的情况", "What to look at"),
    "review.sheet.cover": ("封面", "cover"),
    "review.sheet.progress": ("进展", "progress"),
    "review.sheet.outlook": ("预测", "forecast"),
    "review.sheet.happened": ("方案与实际", "foreseen and done"),
    "review.sheet.ranks": ("位次", "ranks"),
    "review.sheet.states": ("任务状态", "states"),
    "review.sheet.candidates": ("先进候选", "candidates"),
    "review.sheet.filing": ("报批时限", "filing"),
    "review.sheet.measures": ("措施", "measures"),
    "review.sheet.packages": ("措施组合", "packages"),
    "review.sheet.moves": ("指导员调配", "instructors"),
    "review.sheet.assumptions": ("依据与实际", "assumptions"),
    "review.sheet.findings": ("须核实", "findings"),
    "review.book_facts": (
        "填报单位：{unit}　　测算方案：{title}　　截至{date}",
        "Reported by: {unit}    Scenario: {title}    As of: {date}",
    ),
    "review.screen_head": ("活动评估：{title}，截至{date}", "Review of the campaign: {title}, as of {date}"),
    "review.screen.outlook": ("进展与预测", "Where we are, and where it will end"),
    "review.screen.units": ("责任单位", "Responsible units"),
    "review.screen.assumptions": ("依据与实际", "Assumed and observed"),
    "review.screen.todo": ("下步要求", "What must be done"),
    "review.screen.mind": ("须核实", "To be looked at"),
    "review.more_units": ("另有 {count} 个单位，见报告", "and {count} more, in the report"),
    "review.file.notice": ("进展通报（一页）", "the weekly notice, one page"),
    "review.file.review": ("中期评估报告", "the review report"),
    "review.file.summary": ("总结报告", "the final summary"),
    "review.file.workbook": ("全部表格", "every table"),
    "review.file.figures": ("图", "the figures"),
    "review.file.forecast": ("预测结果", "the forecast itself"),
    "review.no_plan": (
        "未找到方案结果（{place}），按起始台账重新测算方案进度。",
        "No plan's outcome was found ({place}): its course is worked out from the register as it was at the start.",
    ),
}
