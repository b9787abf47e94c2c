"""Words: what the panels say of the census and of measures."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # --- the census, below the ceiling ---
    "panel.census_open": (
        "考虑排查结果的不确定性（台账上的党员数可能不准）",
        "leave open what the census finds (the register may err)",
    ),
    "panel.census_title": ("排查结果对上限的影响", "What the census may do to the ceiling"),
    "panel.census_chance": ("每家还能查出党员的可能（%）", "chance that members are found (%)"),
    "panel.census_fewer": ("每家党员减少的可能（%）", "chance that members are lost (%)"),
    "panel.census_before": (
        "约一分钟，可随时停止。测算方案改动后需重新测算。",
        "Takes about a minute and can be stopped. A change of the plan takes the answer away.",
    ),
    "panel.census_nothing": (
        "两项都是 0，即认为台账完全准确；请按往年排查的经验填写，再测算。",
        "Both are 0: the register is taken to be right. Enter what earlier censuses taught, then work it out.",
    ),
    "panel.do_census": ("测算排查结果", "Work it out"),
    "panel.tip_census": (
        "模拟 100 种排查结果，并逐家计算多查出 1 名党员的作用",
        "Simulates 100 ways the census could turn out, and asks of each organization what one member more does",
    ),
    "panel.job_census": ("正在模拟排查结果…", "Simulating what the census finds …"),
    "panel.visits": ("走访清单（Excel）", "Visiting list (Excel)"),
    "panel.visits_file": ("走访清单", "visits"),
    "figure.census.ceiling": ("排查后的上限", "ceiling after the census"),
    "figure.census.outcomes": ("排查结果（种）", "census outcomes"),
    "figure.census.ceiling_title": (
        "排查后上限的 90% 预测区间为 {low} 至 {high}",
        "After the census the ceiling lies between {low} and {high} (90%)",
    ),
    "figure.census.ceiling_note": (
        "{outcomes} 种模拟排查结果；灰色为 90% 预测区间",
        "{outcomes} simulated {outcomes:outcome|outcomes} of the census; grey: 90% of them",
    ),
    "figure.census.median": ("中位数 {value}", "median {value}"),
    # --- measures ---
    "panel.name_measures": ("对策措施", "Measures"),
    "panel.job_measures": ("正在逐项试算措施及其组合…", "Trying every measure, and packages of them …"),
    "panel.job_package": ("正在测算所选措施的组合…", "Working out what is ticked …"),
    "panel.do_measures": ("试算对策措施", "Try the measures"),
    "panel.tip_measures": (
        "逐项、成组试算各项措施，找出至少需要采取哪几项",
        "Tries every measure and packages of them, and finds the least that is enough",
    ),
    "panel.measures_before": (
        "约一分钟，可随时停止。测算方案改动后需重新试算。",
        "Takes about a minute and can be stopped. A change of the plan takes the answer away.",
    ),
    "panel.measures_tick": ("措施（勾选后看合在一起的成效）", "Measure (tick several to see them together)"),
    "panel.measures_note": (
        "优化用的是另一批随机数；这里的数都用页面的随机数算出，采用后页面上就是这些数。各项提高的百分点不能简单相加。",
        "The search sees other random numbers; all that stands here is worked out on the page's own, so the page shows the "
        "same once a package is taken. Points do not simply add up.",
    ),
    "panel.least_title": ("至少需要采取哪些措施", "The least that must be decided"),
    "panel.front_title": ("可供选择的组合（在措施数量、费用、概率上各有所长）", "Packages that no other one beats"),
    "panel.package": ("{measures}：达标概率 {chance}", "{measures}: chance {chance}"),
    "panel.do_tick": ("选中", "Tick"),
    "panel.tip_tick": ("勾选这一组措施", "Ticks the measures of this package"),
    "panel.do_untick": ("全部取消", "Untick all"),
    "panel.tip_untick": ("不勾选任何措施", "No measure is ticked"),
    "panel.do_take": ("采用为现方案", "Make it the present plan"),
    "panel.tip_take": (
        "把所勾选的措施写进现在的测算方案，可撤销",
        "Puts what is ticked into the plan that all pages show; can be undone",
    ),
    "panel.nothing_ticked": ("没有勾选措施。", "Nothing is ticked."),
    "panel.package_asked": ("正在测算…", "Being worked out …"),
    "panel.together": (
        "所选 {count} 项合计：预计覆盖率 {change}，达标概率原为 {before}，现为 {chance}，工作覆盖率 {work} 个百分点，一次性费用 {cost} 元。",
        "{count} {count:measure|measures} ticked: expected coverage {change}, chance before {before}, "
        "now {chance}, work coverage {work} points, {cost} yuan once.",
    ),
    "panel.of_register": (
        "其中“{measures}”要改台账（挂靠单位可接收的家数），不能由本页写进测算方案：请改台账后重新上传，其余措施可直接采用。",
        "This stands in the register (how many units a host takes), and no button here can change it: {measures}. Change "
        "the register and upload it again; the other measures can be taken here.",
    ),
    "panel.gap_closed_by": ("怎样缩小差距，见“对策措施”。", "What would close it stands under 'Measures'."),
}
