"""Words: the panels that planners work with."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "panel.fan_baseline": ("原方案的组织覆盖中位数", "median at the beginning"),
    "panel.yaml_head": (
        "由测算台保存。运行：workbench plan <本文件> --replications {replications} --seed {seed}\n"
        "台账路径相对于本文件所在文件夹；用别的台账时加 --register。",
        "Saved by the workbench. Run it: workbench plan <this file> --replications {replications} --seed {seed}\n"
        "The register's path is seen from this file's folder; another one is named with --register.",
    ),
    "panel.unexpected": (
        "程序出错了（{kind}：{message}）。这不是您的问题，请把这句话反馈给我们；方案没有改变。",
        "Something went wrong inside the workbench ({kind}: {message}). That is our fault, not yours: please report "
        "this line.",
    ),
    "panel.stale_allocation": (
        "寻优期间方案已改动，结果作废；如需要，请再点一次“寻优”。",
        "The plan was changed while the search ran, so its result was dropped; start it again if you like.",
    ),
    "panel.recomputed": ("已按新规则重新测算。", "Worked out anew under the changed rules."),
    # --- the frame ---
    "panel.title": ("“建组织扩覆盖”测算台", "Campaign planner"),
    "panel.no_plan": ("正在打开…", "opening …"),
    "panel.opening": ("正在读取台账、编排联合支部、模拟，请稍候…", "Reading the register, planning joint branches, simulating …"),
    "panel.stop": ("停止", "Stop"),
    "panel.name_reach": ("总览", "Reach"),
    "panel.name_instructors": ("指导员", "Instructors"),
    "panel.job_open": ("正在打开：读取台账、编排联合支部、模拟…", "Opening: reading, planning joint branches, simulating …"),
    "panel.job_recompute": ("正在按改动重新测算…", "Working out what the change brings …"),
    "panel.job_optimise": (
        "正在寻找指导员的最佳配置…（其间改动方案，结果作废）",
        "Looking for where instructors do most … (a change in the meantime drops the result)",
    ),
    # --- the answer in short ---
    "panel.ceiling_ok": ("高于目标 {target}", "above the target of {target}"),
    "panel.ceiling_low": ("低于目标 {target}：指导员再多也达不到", "below the target of {target}: no instructor helps"),
    "panel.chance_organization": ("组织覆盖达到 {target} 的概率", "Chance: organization ≥ {target}"),
    "panel.chance_work": ("工作覆盖达到 {target} 的概率", "Chance: work ≥ {target}"),
    "panel.expected": ("预计组织覆盖率", "Expected coverage"),
    "panel.expected_work": ("工作 {value}", "work {value}"),
    "panel.against_last": ("较上一步（百分点）", "Since the last step (points)"),
    "panel.against_baseline": ("较原方案（百分点）", "Since the beginning (points)"),
    "panel.against": ("概率 {chance} · 预计 {expected}", "chance {chance} · expected {expected}"),
    # --- reach ---
    "panel.days_title": ("还有多少天", "Days left"),
    "panel.days_over": ("截止日 {deadline} 已过。", "The deadline, {deadline}, has passed."),
    "panel.days_before": (
        "{start}开始（还有 {wait} 天）；到{deadline}截止，共 {days} 个工作日。",
        "Starts on {start}, in {wait} days; until {deadline} there are {days} working days.",
    ),
    "panel.days_left": ("到{deadline}截止还有 {days} 个工作日。", "{days} working days left until {deadline}."),
    "panel.ceiling_title": ("上限 {ceiling}：由什么构成", "What the ceiling of {ceiling} is made of"),
    "panel.way": ("情形", "Way"),
    "panel.share": ("占比", "Share"),
    "panel.way_branch": ("已建党组织", "has a branch already"),
    "panel.way_standalone": ("单独组建（3名及以上）", "alone (three or more members)"),
    "panel.way_assisted": ("选派指导员单独组建（2名）", "alone, assisted (two members)"),
    "panel.way_joint": ("联合组建", "in a joint branch"),
    "panel.way_attached": ("挂靠组建", "attached to a host"),
    "panel.way_left_out": ("覆盖不了：没有合适的联合对象", "not: no joint branch takes it"),
    "panel.way_no_member": ("覆盖不了：没有党员", "not: no member"),
    "panel.way_dormant": ("覆盖不了：停摆", "not: dormant"),
    # --- instructors ---
    "panel.keep_total": ("总数不变（增加的从富余镇街调）", "keep the total (others give)"),
    "panel.total": ("指导员总数", "Instructors in all"),
    "panel.reserve": ("未派出 {count} 名", "{count} not sent anywhere"),
    "panel.no_reserve": ("已全部派出", "all are sent"),
    "panel.order": ("排序", "Order"),
    "panel.order_name": ("按镇街名称", "by name"),
    "panel.order_coverage": ("预计覆盖率低的在前", "lowest expected coverage first"),
    "panel.order_gap": ("离上限最远的在前", "furthest below its ceiling first"),
    "panel.order_organizations": ("社会组织多的在前", "most organizations first"),
    "panel.page": ("第 {first}–{last} 个", "{first} to {last}"),
    "panel.do_equal": ("平均分配", "Share equally"),
    "panel.do_by_need": ("按需分配", "Share by need"),
    "panel.do_optimise": ("寻优", "Optimise"),
    "panel.do_undo": ("撤销", "Undo"),
    "panel.tip_equal": ("每个镇街一样多", "The same number for each street"),
    "panel.tip_by_need": ("按各镇街筹备工作量分配", "In proportion to each street's preparation days"),
    "panel.tip_optimise": (
        "在总数内寻找达标概率最大的配置（约数秒至数分钟，可停止）",
        "Where the total does most for the chance of the target; takes seconds to minutes",
    ),
    "panel.tip_undo": ("退回上一步", "One step back"),
    "panel.column_street": ("镇街 · 指导员人数", "Street · instructors"),
    "panel.column_organizations": ("社会组织", "orgs"),
    "panel.column_expected": ("预计", "exp."),
    "panel.column_coverage": ("现有（灰）· 预计（蓝）· 上限（黑线）", "now (grey) · expected (blue) · ceiling (black)"),
    "panel.column_points": ("较原来", "change"),
    "panel.instructors_note": (
        "拖动滑块，或用方向键微调；数字也可直接改。百分点均为用同一批随机数比较的结果。虚线为全市目标。",
        "Drag a slider, use the arrow keys, or type a number. Changes are points on the same random numbers. "
        "The dashed line is the city's target.",
    ),
    "panel.bar": (
        "现有 {start}，预计 {expected}，上限 {ceiling}，全市目标 {target}",
        "now {start}, expected {expected}, ceiling {ceiling}, the city's target {target}",
    ),
}
