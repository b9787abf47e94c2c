"""Words: figures."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "figure.no_chinese_font": (
        "本机没有中文字体，图中文字改用英文；请重新安装本软件（其中自带字体），或安装任一中文字体（如 Noto Sans CJK SC）",
        "this machine has no font with Chinese: figures speak English; install the workbench again, which "
        "brings one, or a font such as Noto Sans CJK SC",
    ),
    "figure.empty": ("没有可画的内容", "nothing to draw"),
    "figure.months": ("1 2 3 4 5 6 7 8 9 10 11 12", "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"),
    "figure.day": ("{month}月{day}日", "{day} {month}"),
    "figure.target": ("目标 {value}", "target {value}"),
    "figure.ceiling": ("上限 {value}", "ceiling {value}"),
    "figure.points": ("{value} 个百分点", "{value} points"),
    "figure.points_alone": (
        "{value} 个百分点（单独 {alone}）",
        "{value} points (alone {alone})",
    ),
    # The fan.
    "figure.predicted": ("{date}起的日期依据推算的节假日", "Dates from {date} on rest on predicted holidays"),
    "figure.fan.title": (
        "{deadline}前{name}达到 {target} 的概率：{probability}",
        "Chance of {target} {name} by {deadline}: {probability}",
    ),
    "figure.fan.of_unit": ("{responsible}：{words}", "{responsible}: {words}"),
    "figure.fan.out_of_reach": (
        "{name}达不到 {target}：按现有党员，上限为 {ceiling}",
        "{target} {name} is out of reach: the members there are allow {ceiling}",
    ),
    "figure.fan.note": (
        "95% 区间 {low}–{high}（模拟 {replications} 次）；预计 {expected}",
        "95% interval {low} to {high} ({replications} {replications:replication|replications}); expected {expected}",
    ),
    "figure.fan.second": (
        "{name}达到 {target} 的概率：{probability}（{low}–{high}）；预计 {expected}",
        "Chance of {target} {name}: {probability} ({low} to {high}); expected {expected}",
    ),
    "figure.fan.reaching": ("；到{date}有 90% 的把握达到目标", "; 90% confident by {date}"),
    "figure.fan.never": ("；到{last}仍没有 90% 的把握", "; not 90% confident even by {last}"),
    "figure.fan.median": ("中位数 {value}", "median {value}"),
    "figure.fan.median_organization": ("组织覆盖（中位数）{value}", "organization, median {value}"),
    "figure.fan.median_work": ("工作覆盖（中位数）{value}", "work, median {value}"),
    "figure.fan.legend_median": ("中位数", "median"),
    "figure.fan.legend_half": ("半数情形（25%–75%）", "half of the runs (25–75%)"),
    "figure.fan.legend_nine": ("90% 预测区间（5%–95%）", "nine in ten (5–95%)"),
    "figure.mark.formation_opens": ("{day} 集中组建", "formation opens {day}"),
    "figure.mark.review": ("{day} 中期评估", "review {day}"),
    "figure.mark.deadline": ("{day} 截止", "deadline {day}"),
    # Responsible units.
    "figure.responsible.title": (
        "{rows} 个责任单位中，预计 {behind} 个到{deadline}达不到 {target}",
        "Responsible units expected to stay below {target} by {deadline}: {behind} of {rows}",
    ),
    "figure.responsible.title_none": (
        "{rows} 个责任单位预计到{deadline}全部达到 {target}",
        "Every responsible unit is expected to reach {target} by {deadline} ({rows} of {rows})",
    ),
    "figure.street.title": (
        "{rows} 个镇街中，预计 {behind} 个到{deadline}达不到 {target}",
        "Streets expected to stay below {target} by {deadline}: {behind} of {rows}",
    ),
    "figure.street.title_none": (
        "{rows} 个镇街预计到{deadline}全部达到 {target}",
        "Every street is expected to reach {target} by {deadline} ({rows} of {rows})",
    ),
    "figure.coverage_by.capped": (
        "其中 {capped} 个的上限就低于 {target}：单靠增派指导员无法达到",
        "In {capped} of them the ceiling itself is below {target}: no instructor changes that",
    ),
    "figure.coverage_by.cut": (
        "只列出覆盖率最低的 {shown} 个（共 {rows} 个）",
        "The {shown} with the lowest coverage are shown, of {rows}",
    ),
    "figure.coverage_by.columns": ("预计 / 上限", "expected / ceiling"),
    "figure.coverage_by.start": ("已建", "at the start"),
    "figure.coverage_by.expected": ("预计新增", "expected to be added"),
    "figure.coverage_by.behind": ("▼ 预计低于目标", "▼ below the target"),
    # The gap.
    "figure.part.all": ("全部社会组织", "all organizations"),
    "figure.part.structure": ("无党员或名存实亡", "no member, or dormant"),
    "figure.part.grouping": ("暂未落实联建对象", "no joint branch takes them"),
    "figure.part.time": ("摸排与筹备耗时", "census and preparation time"),
    "figure.part.election": ("等候选举", "waiting for the election"),
    "figure.part.approval": ("等候会议审批", "waiting for the committee"),
    "figure.part.failure": ("组建未成、重来", "failed attempts"),
    "figure.part.instructors": ("指导员不足", "too few instructors"),
    "figure.part.expected": ("预计到截止日", "expected by the deadline"),
    "figure.gap.short": (
        "预计 {expected}，比目标 {target} 低 {short} 个百分点",
        "Expected {expected}: {short} points short of {target}",
    ),
    "figure.gap.reached": (
        "预计 {expected}，比目标 {target} 高 {short} 个百分点",
        "Expected {expected}: {short} points above {target}",
    ),
    "figure.gap.out_of_reach": (
        "上限 {ceiling} 低于目标 {target}；预计 {expected}",
        "The ceiling of {ceiling} is below {target}; expected {expected}",
    ),
    "figure.gap.chance": (
        "达标概率 {probability}（{low}–{high}）",
        "Chance of the target {probability} ({low} to {high})",
    ),
    "figure.gap.shares": (
        "各项制约相互影响：条形为其分摊的份额，括号内为只消除这一项时覆盖率的提高",
        "Obstacles work together: a bar is its share of what they cost; in brackets, the gain if it alone goes",
    ),
    "figure.gap.above": ("上限以上：取决于党员与联合方案", "above the ceiling: members and grouping"),
    "figure.gap.below": ("上限以下：本次行动可以争取", "below: what the campaign can win"),
    # Tiers.
    "figure.tiers.today": ("目前", "today"),
    "figure.tiers.best": ("最多可达", "at best"),
    "figure.tier.branch": ("已建党组织", "has a branch"),
    "figure.tier.T3": ("3名以上党员", "3+ members"),
    "figure.tier.T2": ("2名", "2 members"),
    "figure.tier.T1": ("1名", "1 member"),
    "figure.tier.T0": ("无党员", "no member"),
    "figure.way.branch": ("已建党组织", "has a branch"),
    "figure.way.standalone": ("单独组建", "standalone"),
    "figure.way.assisted": ("选派指导员", "assisted"),
    "figure.way.joint": ("联合组建", "joint"),
    "figure.way.attached": ("挂靠", "attached"),
    "figure.way.left_out": ("暂未落实联建对象", "left out"),
    "figure.way.no_member": ("无党员", "no member"),
    "figure.way.dormant": ("名存实亡", "dormant"),
    "figure.tiers.reachable": (
        "最多可覆盖 {possible}/{total} 家：上限 {ceiling}，高于目标 {target}",
        "{possible} of {total} can be covered at best: a ceiling of {ceiling}, above the target of {target}",
    ),
    "figure.tiers.unreachable": (
        "最多可覆盖 {possible}/{total} 家：上限 {ceiling}，低于目标 {target}，尚差 {missing} 家",
        "{possible} of {total} can be covered at best: {ceiling}, {missing} {missing:organization|organizations} "
        "short of {target}",
    ),
    "figure.tiers.note": (
        "按正式党员人数分类；上限只取决于党员与联合方案，与指导员多少无关",
        "By full members. The ceiling depends on members and joint branches, not on instructors",
    ),
    # The map.
    "figure.map.title": (
        "{units} 家需联合的社会组织中，{covered} 家已落实联建对象",
        "Organizations with too few members: {covered} of {units} find a branch",
    ),
    "figure.map.title_street": (
        "{street}：{units} 家需联合的社会组织中，{covered} 家已落实联建对象",
        "{street}: of organizations with too few members, {covered} of {units} find a branch",
    ),
    "figure.map.note": (
        "{branches} 个联合党组织，{hosts} 个党组织接纳挂靠；平均距离 {mean} 公里（牵头单位按零计），最远 {furthest} 公里",
        "Joint branches: {branches}; hosts: {hosts}; mean distance {mean} km (who leads at 0), {furthest} km at most",
    ),
    "figure.map.missing": ("{missing} 家缺坐标，未画出", "{missing} without a place {missing:is|are} not drawn"),
    "figure.map.organizations": ("社会组织 {count} 家", "organizations: {count}"),
    "figure.map.peer": (
        "单位联建 {groups} 个，共 {units} 家\n（◆ 牵头单位）",
        "peer groups: {groups} ({units} {units:unit|units})\n(◆ the unit that leads)",
    ),
    "figure.map.community": (
        "社区统建 {groups} 个，共 {units} 家\n（■ 社区）",
        "community groups: {groups} ({units} {units:unit|units})\n(■ the community)",
    ),
    "figure.map.host": (
        "挂靠 {groups} 个，共 {units} 家\n（▲ 已建党组织）",
        "hosts: {groups} ({units} {units:unit|units})\n(▲ has a branch already)",
    ),
    "figure.map.left_out": ("暂未落实联建对象 {count} 家", "left out: {count}"),
    "figure.map.km": ("{km} 公里", "{km} km"),
    "figure.map.no_places": ("台账没有坐标，无法画图", "the register has no places to map"),
    "error.map_street": ("台账中没有镇街“{street}”", "the register has no street '{street}'"),
    # How a grouping was found.
    "figure.trace.proven": (
        "已证明最优：覆盖 {covered} 家，综合折算距离 {cost}",
        "Proven best: {covered} covered at a cost of {cost}",
    ),
    "figure.trace.within": (
        "覆盖 {covered} 家，综合折算距离 {cost}，最多比最优高 {gap}",
        "{covered} covered at a cost of {cost}, at most {gap} above the best possible",
    ),
    "figure.trace.open": (
        "覆盖 {covered} 家，最多 {most} 家：覆盖数尚未证明最优",
        "{covered} covered, at most {most} can be: coverage is not proven",
    ),
    "figure.trace.note": (
        "需联合 {units} 家；已覆盖 {covered} 家，任何方案至多 {bound} 家。综合折算距离以公里计",
        "Of {units} {units:unit|units} {covered} {covered:is|are} covered; no grouping covers more than {bound}. "
        "Costs in km",
    ),
    "figure.trace.pale": (
        "浅色段：覆盖不足 {covered} 家，综合折算距离不可与最终结果相比",
        "Pale: fewer than {covered} {covered:was|were} covered, so those costs do not compare with the last one",
    ),
    "figure.trace.covered": ("覆盖 {covered} 家", "{covered} covered"),
    "figure.trace.cost": ("综合折算距离 {value}", "cost {value}"),
    "figure.trace.bound": ("下界 {value}", "lower bound {value}"),
    "figure.trace.steps": (
        "搜索步数（方案或界每改进一次计一步）",
        "step of the search (an answer or a bound got better)",
    ),
    "figure.trace.seconds": ("用时（秒）", "seconds"),
    "figure.trace.height": ("综合折算距离（公里）", "cost (km)"),
    "figure.trace.by_hand": (
        "人工方案没有求解过程，也没有证明",
        "made by hand: there was no search, and nothing is proven",
    ),
    # Instructors.
    "figure.allocation.title": (
        "{total} 名指导员，达到 {target} 的概率：{probability}",
        "{total} {total:instructor|instructors}; chance of {target}: {probability}",
    ),
    "figure.allocation.note": (
        "95% 区间 {low}–{high}；预计组织覆盖 {expected}，工作覆盖 {work}",
        "95% interval {low} to {high}; expected coverage {expected}, work coverage {work}",
    ),
    "figure.allocation.before": (
        "目前 {now} 名：达标概率 {before}，组织覆盖 {before_expected}，工作覆盖 {before_work}；{changed} 个责任单位有变动",
        "Now {now}: chance {before}, coverage {before_expected}, work {before_work}; responsible units that change: {changed}",
    ),
    "figure.allocation.not_reached": (
        "所测人数均达不到 {confidence} 的把握；{total} 名时概率 {probability}",
        "No number tried gives {confidence} confidence: with {total} it is {probability}",
    ),
    "figure.allocation.cut": (
        "只列出变动最大的 {shown} 个责任单位（共 {responsible_units} 个）",
        "The {shown} {shown:responsible unit|responsible units} that {shown:changes|change} most, of {responsible_units}",
    ),
    "figure.allocation.now": ("目前", "now"),
    "figure.allocation.recommended": ("建议", "recommended"),
    "figure.curve.probability": ("达到 {target} 的概率", "chance of {target}"),
    "figure.curve.expected": ("预计覆盖率", "expected coverage"),
    "figure.curve.note": (
        "曲线：不超过每个总数的最好配置，按优化所用的样本计；浅色为 95% 区间，点线为概率的上界",
        "Curves: the best found of at most each total, on the optimised sample, with its 95% interval; dotted: no chance above",
    ),
    "figure.curve.total": ("指导员总数（名）", "instructors in all"),
    "figure.curve.chosen": ("{total} 名", "{total}"),
    # One responsible unit of one replication.
    "figure.gantt.title": (
        "{responsible}：{deadline}前建成 {formed}/{cases} 件",
        "{responsible}: {formed} of {cases} {cases:case|cases} formed by {deadline}",
    ),
    "figure.gantt.title_no_cases": ("{responsible}：没有需要组建的", "{responsible}: no case to form"),
    "figure.gantt.the_deadline": ("截止日", "the deadline"),
    "figure.gantt.after_title": ("；", "; "),
    "figure.gantt.comma": ("，", ", "),
    "figure.gantt.busy": ("名额都占着", "all slots busy"),
    "figure.gantt.absent": ("没有在岗的指导员", "none on duty"),
    "figure.gantt.busy_or_absent": ("名额都占着，或没有在岗的指导员", "all slots busy, or none on duty"),
    "figure.gantt.state.election": ("{count} 件待选举", "{count} in election"),
    "figure.gantt.state.committee": ("{count} 件待审批", "{count} before the committee"),
    "figure.gantt.state.preparation": ("{count} 件在筹备", "{count} in preparation"),
    "figure.gantt.state.slot": ("{count} 件待指派", "{count} without an instructor"),
    "figure.gantt.state.abandoned": ("{count} 件未成", "{count} given up"),
    "figure.gantt.no_case": ("没有组建任务", "no case"),
    "figure.gantt.outreach": (
        "先建群团 {count} 件，建成 {founded} 件。只是一次模拟，是一种可能的经过，不是预测",
        "Outreach: {count}, which founded {founded}. One replication: a possible course, not the forecast",
    ),
    "figure.gantt.one": (
        "只是一次模拟，是一种可能的经过，不是预测",
        "One replication: a possible course, not the forecast",
    ),
    "figure.gantt.waited_slot": (
        "等指导员：{count} 件，平均 {mean} 个工作日，最长 {longest} 个（{why}）",
        "Waited for an instructor: {count} {count:case|cases}, mean {mean} working days, at most {longest} ({why})",
    ),
    "figure.gantt.waited_none": ("没有等指导员的", "No case waited for an instructor"),
    "figure.gantt.waited_committee": ("等审批：{reasons}", "Committee: {reasons}"),
    "figure.gantt.why.agenda": ("{count} 件因议程已满", "agenda full: {count}"),
    "figure.gantt.why.notice": (
        "{count} 件错过一次会（须提前 {notice} 个工作日报送）",
        "too late for a meeting ({notice} {notice:day's|days'} notice): {count}",
    ),
    "figure.gantt.why.none": ("{count} 件截止前已无会可上", "no meeting left: {count}"),
    "figure.gantt.why.next": ("{count} 件等下一次会", "next meeting: {count}"),
    "figure.gantt.cut": (
        "只列出办理组建最多的 {shown} 个名额（共 {slots} 个）",
        "The {shown} slots with most formation work are shown, of {slots}",
    ),
    "figure.gantt.unused_only": (
        "列出用到的 {shown} 个名额（共 {slots} 个）",
        "The {shown} slots that had work are shown, of {slots}",
    ),
    "figure.gantt.slot": ("名额 {number}", "slot {number}"),
    "figure.gantt.queue": ("等指导员", "no slot yet"),
    "figure.gantt.queue_cut": ("；图中只列 {shown}/{count} 次", "; {shown} of {count} waits are drawn"),
    "figure.gantt.meeting": ("{day} 审{heard}件", "{day}: {heard}"),
    "figure.gantt.meeting_short": ("{heard}件", "{heard}"),
    "figure.gantt.day": ("第{number}日", "day {number}"),
    "figure.gantt.days": ("工作日（从 0 数起）", "working day, counted from 0"),
    "figure.gantt.deadline": ("截止", "deadline"),
    "figure.gantt.failed": ("未成的一次", "failed attempt"),
    "figure.gantt.before_committee": ("报送后等下一次会", "filed, for the next meeting"),
    "figure.gantt.missed": ("错过会议、议程已满或无会可上", "filed: missed a meeting, agenda full, or none left"),
    "figure.gantt.in_election": ("获批后待选举", "approved, election to come"),
    "figure.gantt.formed": ("建成", "formed"),
    "figure.gantt.founded": ("群团建成", "mass organization founded"),
    "figure.gantt.late": ("截止时未建成", "not formed by the deadline"),
    "figure.gantt.heard": ("会议及审议件数", "meeting: cases heard"),
    # A campaign under way: the scoreboard.
    "figure.score.title": (
        "截至{date}，{ranked} 个可比单位中：明显滞后 {behind} 个，明显超前 {ahead} 个",
        "On {date}, of {ranked} {ranked:unit|units}: clearly behind {behind}, clearly ahead {ahead}",
    ),
    "figure.score.note": (
        "当日已建党组织家数在本单位方案分布中的百分位：只与本单位方案相比，不比建成率",
        "Percentile of today's organizations with a branch in the unit's own plan; other units' rates play no part",
    ),
    "figure.score.ranges": (
        "位次后括号内为单凭偶然可得的位次范围（90%）",
        "After each rank, the ranks that luck alone gives (90%)",
    ),
    "figure.score.cut": ("只列出最靠后的 {shown} 个（共 {ranked} 个）", "The last {shown} are shown, of {ranked}"),
    "figure.score.plan": ("与方案一致", "as planned"),
    "figure.score.columns": ("位次", "rank"),
    "figure.score.rank": ("第{rank}（{low}–{high}）", "{rank} ({low}–{high})"),
    "figure.score.usual": ("与方案大体一致", "about as planned"),
    "figure.score.behind": ("▼ 明显滞后", "▼ clearly behind"),
    "figure.score.ahead": ("明显超前", "clearly ahead"),
    "figure.score.luck": ("偶然波动范围（90%）", "what luck mostly explains (90%)"),
    "figure.score.nothing": ("没有可与方案相比的责任单位", "no unit can be held against a plan"),
    "figure.score.no_tasks": ("没有组建任务", "there is no branch to form"),
    # The states.
    "figure.states.title": (
        "截至{date}：组建任务 {tasks} 项，已建 {formed} 项",
        "On {date}: {formed} of {tasks} {tasks:task|tasks} formed",
    ),
    "figure.states.note": (
        "{since}以来新增 {new} 项，尚有 {open} 项未建成",
        "New since {since}: {new}; still to come: {open}",
    ),
    "figure.states.cut": ("只列出任务最多的 {shown} 个单位（共 {rows} 个）", "The {shown} with most tasks, of {rows}"),
    "figure.states.columns": ("已建 / 应建", "formed / to form"),
    "figure.states.new": ("其中新增", "of these new"),
    # The fan.
    "figure.forecast.title": (
        "{deadline}前达到 {target} 的概率：{probability}；预计 {expected}",
        "Chance of {target} by {deadline}: {probability}; expected {expected}",
    ),
    "figure.forecast.note": ("截止日 90% 预测区间 {low}–{high}", "Nine in ten by the deadline: {low} to {high}"),
    "figure.forecast.reached_already": (
        "目标 {target} 已达到；{deadline}前预计 {expected}",
        "The target of {target} is reached already; expected by {deadline}: {expected}",
    ),
    "figure.forecast.reached": (
        "截至{today}，党的组织覆盖率 {now}，达到目标 {target}",
        "Organization coverage is {now} on {today}: the target of {target} is reached",
    ),
    "figure.forecast.missed": (
        "截至{today}，党的组织覆盖率 {now}，未达到目标 {target}",
        "Organization coverage is {now} on {today}: the target of {target} is missed",
    ),
    "figure.forecast.against": (
        "截至{today}实际 {now}，方案当日中位数 {planned}",
        "On {today} it is {now}; the plan's median of that day is {planned}",
    ),
    "figure.forecast.today": ("{day} 今日", "today {day}"),
    "figure.forecast.end_plan": ("方案 {value}", "plan {value}"),
    "figure.forecast.end_forecast": ("预测 {value}", "forecast {value}"),
    "figure.forecast.legend_facts": ("实际", "so far"),
    "figure.forecast.legend_forecast": ("预测中位数", "forecast, median"),
    "figure.forecast.legend_band": ("预测区间（50%、90%）", "forecast, half and nine in ten"),
    "figure.forecast.legend_plan": ("方案中位数", "plan, median"),
    "figure.forecast.legend_plan_band": ("方案 90% 区间", "plan, nine in ten"),
}
