"""Words: figures."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "figure.no_chinese_font": (
        "本机没有中文字体，图中文字改用英文；请安装 mplfonts 或任一中文字体（如 Noto Sans CJK SC）",
        "this machine has no font with Chinese: figures speak English; install mplfonts or a font such as "
        "Noto Sans CJK SC",
    ),
    "figure.empty": ("没有可画的内容", "nothing to draw"),
    "figure.months": ("1 2 3 4 5 6 7 8 9 10 11 12", "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"),
    "figure.day": ("{month}月{day}日", "{day} {month}"),
    "figure.target": ("目标 {value}", "target {value}"),
    "figure.ceiling": ("上限 {value}", "ceiling {value}"),
    "figure.points": ("{value} 个百分点", "{value} points"),
    # The fan.
    "figure.fan.title": (
        "{deadline}前{name}达到 {target} 的概率：{probability}",
        "Chance of {target} {name} by {deadline}: {probability}",
    ),
    "figure.fan.out_of_reach": (
        "{name}达不到 {target}：按现有党员，上限为 {ceiling}",
        "{target} {name} is out of reach: the members there are allow {ceiling}",
    ),
    "figure.fan.note": (
        "95% 区间 {low}–{high}（模拟 {replications} 次）；预计 {expected}",
        "95% interval {low} to {high} ({replications} replications); expected {expected}",
    ),
    "figure.fan.second": (
        "{name}达到 {target} 的概率：{probability}（{low}–{high}）；预计 {expected}",
        "Chance of {target} {name}: {probability} ({low} to {high}); expected {expected}",
    ),
    "figure.fan.reaching": ("；到{date}有九成把握达到目标", "; 90% confident by {date}"),
    "figure.fan.never": ("；到{last}仍没有九成把握", "; not 90% confident even by {last}"),
    "figure.fan.median": ("中位数 {value}", "median {value}"),
    "figure.fan.median_organization": ("组织覆盖 {value}", "organization {value}"),
    "figure.fan.median_work": ("工作覆盖 {value}", "work {value}"),
    "figure.fan.legend_median": ("中位数", "median"),
    "figure.fan.legend_half": ("半数情形（25%–75%）", "half of the runs (25–75%)"),
    "figure.fan.legend_nine": ("九成情形（5%–95%）", "nine in ten (5–95%)"),
    "figure.mark.formation_opens": ("{day} 集中组建", "formation opens {day}"),
    "figure.mark.review": ("{day} 中期督查", "review {day}"),
    "figure.mark.deadline": ("{day} 截止", "deadline {day}"),
    # Streets.
    "figure.streets.title": (
        "{streets} 个镇街中，预计 {behind} 个到{deadline}达不到 {target}",
        "Streets expected to stay below {target} by {deadline}: {behind} of {streets}",
    ),
    "figure.streets.title_none": (
        "{streets} 个镇街预计到{deadline}全部达到 {target}",
        "Every street is expected to reach {target} by {deadline} ({streets} of {streets})",
    ),
    "figure.streets.capped": (
        "其中 {capped} 个的上限就低于 {target}：增派指导员无济于事",
        "In {capped} of them the ceiling itself is below {target}: no instructor changes that",
    ),
    "figure.streets.cut": (
        "只列出覆盖率最低的 {shown} 个（共 {streets} 个）",
        "The {shown} with the lowest coverage are shown, of {streets}",
    ),
    "figure.streets.columns": ("预计 / 上限", "expected / ceiling"),
    "figure.streets.start": ("已建", "at the start"),
    "figure.streets.expected": ("预计新增", "expected to be added"),
    "figure.streets.behind": ("▼ 预计低于目标", "▼ below the target"),
    # The gap.
    "figure.part.all": ("全部社会组织", "all organizations"),
    "figure.part.structure": ("无党员或停摆", "no member, or dormant"),
    "figure.part.grouping": ("联合组建未能安排", "no joint branch takes them"),
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
    "figure.gap.largest": (
        "上限以下损失最大的是“{part}”：{points} 个百分点。达标概率 {probability}（{low}–{high}）",
        "Below the ceiling, the largest loss is {part}: {points} points. "
        "Chance of the target {probability} ({low} to {high})",
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
    "figure.way.left_out": ("未能安排", "left out"),
    "figure.way.no_member": ("无党员", "no member"),
    "figure.way.dormant": ("停摆", "dormant"),
    "figure.tiers.reachable": (
        "最多可覆盖 {possible}/{total} 家：上限 {ceiling}，高于目标 {target}",
        "{possible} of {total} can be covered at best: a ceiling of {ceiling}, above the target of {target}",
    ),
    "figure.tiers.unreachable": (
        "最多可覆盖 {possible}/{total} 家：上限 {ceiling}，低于目标 {target}，尚差 {missing} 家",
        "{possible} of {total} can be covered at best: {ceiling}, {missing} organizations short of {target}",
    ),
    "figure.tiers.note": (
        "按正式党员人数分类；上限只取决于党员与联合方案，与指导员多少无关",
        "By full members. The ceiling depends on members and joint branches, not on instructors",
    ),
    # The map.
    "figure.map.title": (
        "{units} 家需联合的社会组织中，{covered} 家有了着落",
        "Organizations with too few members: {covered} of {units} find a branch",
    ),
    "figure.map.title_street": (
        "{street}：{units} 家需联合的社会组织中，{covered} 家有了着落",
        "{street}: of organizations with too few members, {covered} of {units} find a branch",
    ),
    "figure.map.note": (
        "{branches} 个联合党支部，{hosts} 个党组织接纳挂靠；到牵头处平均 {mean} 公里，最远 {furthest} 公里",
        "Joint branches: {branches}; hosts: {hosts}; {mean} km to the lead on average, {furthest} km at most",
    ),
    "figure.map.missing": ("{missing} 家缺坐标，未画出", "{missing} without a place are not drawn"),
    "figure.map.organizations": ("社会组织 {count} 家", "organizations: {count}"),
    "figure.map.peer": (
        "单位联建 {groups} 个，共 {units} 家\n（◆ 牵头单位）",
        "peer groups: {groups} ({units} units)\n(◆ the unit that leads)",
    ),
    "figure.map.community": (
        "社区统建 {groups} 个，共 {units} 家\n（■ 社区）",
        "community groups: {groups} ({units} units)\n(■ the community)",
    ),
    "figure.map.host": (
        "挂靠 {groups} 个，共 {units} 家\n（▲ 已建党组织）",
        "hosts: {groups} ({units} units)\n(▲ has a branch already)",
    ),
    "figure.map.left_out": ("未能安排 {count} 家", "left out: {count}"),
    "figure.map.km": ("{km} 公里", "{km} km"),
    "figure.map.no_places": ("台账没有坐标，无法画图", "the register has no places to map"),
    "error.map_street": ("台账中没有镇街“{street}”", "the register has no street '{street}'"),
    # Instructors.
    "figure.allocation.title": (
        "{total} 名指导员：达到 {target} 的概率 {probability}",
        "{total} instructors: {probability} chance of {target}",
    ),
    "figure.allocation.note": (
        "95% 区间 {low}–{high}；预计覆盖率 {expected}",
        "95% interval {low} to {high}; expected coverage {expected}",
    ),
    "figure.allocation.before": (
        "目前 {now} 名：概率 {before}，预计 {before_expected}；{changed} 个镇街有变动",
        "Now {now}: {before} chance, expected {before_expected}; streets that change: {changed}",
    ),
    "figure.allocation.changed": (
        "目前 {now} 名；{changed} 个镇街有变动",
        "Now {now}; streets that change: {changed}",
    ),
    "figure.allocation.not_reached": (
        "无论多少指导员，都达不到 {confidence} 的把握；{total} 名时概率 {probability}",
        "No number of instructors gives {confidence} confidence: with {total} it is {probability}",
    ),
    "figure.allocation.cut": (
        "只列出变动最大的 {shown} 个镇街（共 {streets} 个）",
        "The {shown} streets that change most, of {streets}",
    ),
    "figure.allocation.now": ("目前", "now"),
    "figure.allocation.recommended": ("建议", "recommended"),
    "figure.curve.probability": ("达到 {target} 的概率", "chance of {target}"),
    "figure.curve.expected": ("预计覆盖率", "expected coverage"),
    "figure.curve.note": (
        "曲线：每个总数下预计覆盖率最高的配置，按优化所用的样本计",
        "Curves: for each total, the allocation with the best expected coverage, on the optimised sample",
    ),
    "figure.curve.total": ("指导员总数（名）", "instructors in all"),
    "figure.curve.chosen": ("{total} 名", "{total}"),
}
