"""Words: the panels that planners work with."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "panel.fan_baseline": ("原测算方案的组织覆盖中位数", "median at the beginning"),
    "panel.yaml_head": (
        "由测算台保存。运行：workbench plan <本文件> --register <台账> --replications {replications} --seed {seed}\n"
        "保存时打开的台账：{register}",
        "Saved by the workbench. Run it: workbench plan <this file> --register <register> --replications {replications} "
        "--seed {seed}\nThe register that was open: {register}",
    ),
    "panel.unexpected": (
        "程序出错了（{kind}：{message}）。这不是您的问题，请把这句话反馈给我们；测算方案没有改变。",
        "Something went wrong inside the workbench ({kind}: {message}). That is our fault, not yours: please report "
        "this line.",
    ),
    "panel.stale_allocation": (
        "自动优化期间测算方案已改动，结果作废；如需要，请再点一次“自动优化”。",
        "The plan was changed while the search ran, so its result was dropped; start it again if you like.",
    ),
    "panel.optimised": (
        "已按最佳配置选派。页面上的数是用优化时没有用过的随机数算出的；优化所用的那一批随机数上，达标概率为 {sample}，偏乐观，不作依据。",
        "Sent where they do most. What the page shows is measured on random numbers that the search has not seen; on those "
        "that it has, the chance is {sample}, which flatters.",
    ),
    "panel.fan_median_organization": ("组织中位数 {value}", "org. median {value}"),
    "panel.fan_median_work": ("工作中位数 {value}", "work median {value}"),
    "panel.number_form": (
        "“{value}”不是{kind}；请填 {least} 到 {most} 之间的{kind}，如 {example}",
        "'{value}' is not a {kind}; enter a {kind} from {least} to {most}, such as {example}",
    ),
    "panel.number_beyond": (
        "“{value}”超出范围；请填 {least} 到 {most} 之间的{kind}，如 {example}",
        "'{value}' is out of range; enter a {kind} from {least} to {most}, such as {example}",
    ),
    "panel.kind_whole": ("整数", "whole number"),
    "panel.kind_number": ("数", "number"),
    "panel.dates_outside": (
        "{value} 不在活动期间内；请填 {first} 到 {last} 之间的日期",
        "{value} lies outside the campaign; enter dates from {first} to {last}",
    ),
    "panel.several_organizations": (
        "名称含“{words}”的有多家：{names}。请写得更完整，或填编号。",
        "The words '{words}' stand in several names: {names}. Write more of it, or the id.",
    ),
    "panel.register_odd": (
        "台账有 {count} 处存疑，已照原样测算；在“报送台账”页上传同一文件，可逐项查看。",
        "The register holds {count} {count:finding|findings} that {count:is|are} probably not meant, and is planned with as "
        "it stands; upload the same file under 'Ledgers' to see each.",
    ),
    "panel.recomputed": ("已按新规则重新测算。", "Worked out anew under the changed rules."),
    # --- the frame ---
    "panel.plain": ("面板：在 JupyterLab 中运行此格即可使用。", "A panel: run this cell in JupyterLab to use it."),
    "panel.title": ("“建组织扩覆盖”测算台", "Campaign planner"),
    "panel.planned_with": ("测算方案：{scenario} · 台账：{register}", "Scenario: {scenario} · register: {register}"),
    "panel.today": ("今天是{day}", "today is {day}"),
    "panel.without_places": (
        "本台账没有位置信息，未编排联合党组织",
        "this register has no places, so no joint branches are planned",
    ),
    "panel.not_revived": (
        "上次的工作不适用于现在的台账和方案，已从头开始（{reason}）。",
        "Your earlier work does not fit this register and scenario, so this begins anew ({reason}).",
    ),
    "panel.kept_lost": (
        "以下保留的方案不适用于现在的台账，已不再保留：{names}。",
        "These kept plans cannot apply to this register and are no longer kept: {names}.",
    ),
    "panel.and": ("、", ", "),
    "panel.revived": (
        "已恢复您上次的工作（{at}）。要从头开始，请到“台账与下载”点“清除并从头开始”。",
        "Your earlier work is back (saved {at}). To begin anew, use 'Clear and begin anew' under 'Register and files'.",
    ),
    "panel.do_redo": ("重做", "Redo"),
    "panel.tip_redo": ("重做刚才撤销的一步", "Do again what was undone last"),
    "panel.do_start_over": ("清除并从头开始", "Clear and begin anew"),
    "panel.tip_start_over": (
        "删除自动保存的工作，回到最初的台账和方案",
        "Removes the work that was saved here, and opens the register and scenario that were served",
    ),
    "panel.saved_note": (
        "您的改动、保留的方案、正在使用的台账和评估所用的文件自动保存在提供本页的机器上，只有这个浏览器能打开；30 天不用即删除。"
        "各单位报来的原始台账可能含个人信息，不予保存，只保存您对它们的确认。",
        "Your changes, kept plans, the register you plan with and the files of a review are saved by themselves on the "
        "machine that serves this page; only this browser opens them, and after 30 days without use they are removed. "
        "Ledgers as units hand them in may hold personal data and are not saved; what you settled of them is.",
    ),
    "panel.link_followed": (
        "已按链接中的设置测算。“撤销”可回到您自己的工作。",
        "These are the settings of the link. 'Undo' leads back to your own work.",
    ),
    "panel.settings_link": (
        "本方案设置的链接（右键复制，不含台账）",
        "Link to these settings (copy it; without the register)",
    ),
    "panel.link_unreadable": (
        "链接中的方案设置不完整或已损坏，已按原方案打开；请让对方重新复制链接。",
        "The settings in the link are incomplete or damaged, so the plan is opened as it was; ask for the link again.",
    ),
    "panel.nothing_open": (
        "没有打开任何方案，原因见下；可到“台账与下载”上传改好的台账或测算方案。",
        "No plan is open; the message below says why. A repaired register or scenario can be uploaded under 'Register and files'.",
    ),
    "panel.opening": (
        "正在读取台账、编排联合党组织、模拟，请稍候…",
        "Reading the register, planning joint branches, simulating …",
    ),
    "panel.opening_panel": ("正在打开“{name}”…", "Opening {name} …"),
    "panel.stop": ("停止", "Stop"),
    "panel.close": ("知道了", "Close"),
    "panel.page_of": ("“{name}”页", "the page '{name}'"),
    "panel.name_reach": ("总览", "Reach"),
    "panel.name_instructors": ("指导员", "Instructors"),
    "panel.job_open": (
        "正在打开：读取台账、编排联合党组织、模拟…",
        "Opening: reading, planning joint branches, simulating …",
    ),
    "panel.job_recompute": ("正在按改动重新测算…", "Working out what the change brings …"),
    "panel.job_optimise": (
        "正在寻找指导员的最佳配置…（其间改动测算方案，结果作废）",
        "Looking for where instructors do most … (a change in the meantime drops the result)",
    ),
    # --- the answer in short ---
    "panel.ceiling_ok": ("高于目标 {target}", "target {target}"),
    "panel.ceiling_low": ("低于目标 {target}，单靠增派指导员无法达到", "below the target, {target}"),
    "panel.chance_organization": ("组织覆盖达到 {target} 的概率", "Chance of {target} coverage"),
    "panel.chance_work": ("工作覆盖达到 {target} 的概率", "Chance of {target} work"),
    "panel.expected": ("预计组织覆盖率（平均）", "Expected coverage (mean)"),
    "panel.expected_work": ("工作 {value}", "work {value}"),
    "panel.change": ("变化（百分点）", "Change (points)"),
    "panel.change_chance": ("概率", "chance"),
    "panel.change_expected": ("预计", "expected"),
    "panel.since_last": ("较上一步", "last step"),
    "panel.since_baseline": ("较原测算方案", "all steps"),
    # --- reach ---
    "panel.days_title": ("还有多少天", "Days left"),
    "panel.days_over": ("截止日 {deadline} 已过。", "The deadline, {deadline}, has passed."),
    "panel.days_before": (
        "{start}开始（还有 {wait} 天）；到{deadline}截止，共 {days} 个工作日。",
        "Starts on {start}, in {wait} {wait:day|days}; until {deadline} there {days:is|are} {days} working "
        "{days:day|days}.",
    ),
    "panel.days_left": (
        "到{deadline}截止还有 {days} 个工作日。",
        "{days} working {days:day|days} left until {deadline}.",
    ),
    "panel.ceiling_title": ("上限 {ceiling}：由什么构成", "What the ceiling of {ceiling} is made of"),
    "panel.way": ("情形", "Way"),
    "panel.share": ("占比", "Share"),
    "panel.way_branch": ("已建党组织", "has a branch already"),
    "panel.way_standalone": ("单独组建（3名及以上）", "alone (three or more members)"),
    "panel.way_assisted": ("选派指导员单独组建（2名）", "alone, assisted (two members)"),
    "panel.way_joint": ("联合组建", "in a joint branch"),
    "panel.way_attached": ("挂靠组建", "attached to a host"),
    "panel.way_left_out": ("暂未落实联建对象", "not: no joint branch takes it"),
    "panel.way_no_member": ("暂不能覆盖：没有党员", "not: no member"),
    "panel.way_dormant": ("暂不能覆盖：名存实亡", "not: dormant"),
    # --- instructors ---
    "panel.keep_total": ("总数不变（增加的从富余责任单位调）", "keep the total (others give)"),
    "panel.total": ("指导员总数", "Instructors in all"),
    "panel.reserve": ("未派出 {count} 名", "{count} not sent anywhere"),
    "panel.no_reserve": ("已全部派出", "all are sent"),
    "panel.order": ("排序", "Order"),
    "panel.order_name": ("按责任单位名称", "by name"),
    "panel.order_coverage": ("预计覆盖率低的在前", "lowest expected coverage first"),
    "panel.order_gap": ("离上限最远的在前", "furthest below its ceiling first"),
    "panel.order_organizations": ("社会组织多的在前", "most organizations first"),
    "panel.page": ("第 {first}–{last} 个", "{first} to {last}"),
    "panel.do_equal": ("平均分配", "Share equally"),
    "panel.do_by_need": ("按需分配", "Share by need"),
    "panel.do_optimise": ("自动优化", "Optimise"),
    "panel.do_undo": ("撤销", "Undo"),
    "panel.tip_equal": ("每个责任单位一样多", "The same number for each responsible unit"),
    "panel.tip_by_need": ("按各责任单位筹备工作量分配", "In proportion to each responsible unit's preparation days"),
    "panel.tip_optimise": (
        "在总数内寻找达标概率最大的配置（约数秒至数分钟，可停止）",
        "Where the total does most for the chance of the target; takes seconds to minutes",
    ),
    "panel.tip_undo": ("退回上一步", "One step back"),
    "panel.column_responsible": ("责任单位 · 指导员人数", "Responsible unit · instructors"),
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
    "panel.name_branches": ("联合党组织", "Joint branches"),
    "panel.name_calendar": ("日程与规则", "Calendar and rules"),
    "panel.name_compare": ("测算方案比较", "Compare"),
    "panel.name_gap": ("差距", "Gap"),
    "panel.name_files": ("台账与下载", "Register and files"),
    "panel.job_gap": ("正在分析差距…", "Explaining the gap …"),
    "panel.job_compare": ("正在比较已保留的测算方案…", "Comparing what was kept …"),
    "panel.job_files": ("正在生成报告和工作簿…", "Making report and workbook …"),
    # --- joint branches ---
    "panel.map_of": ("地图", "Map of"),
    "panel.click_map": ("点选一家社会组织，看它为什么这样安排", "Click an organization to see why it is where it is"),
    "panel.whole_city": ("全市", "the whole city"),
    "panel.choose_organization": ("编号或名称，可从列表中选", "id or name; choose from the list"),
    "panel.nobody_chosen": (
        "选一家社会组织（只列待联合的单位，未安排的在前），看它为什么这样安排、还能去哪里。",
        "Choose an organization, to see why it is where it is and where else it could go. The list has the units of joint "
        "branches; those left out come first.",
    ),
    "panel.no_organization": ("台账中没有 {org_id}。", "The register has no organization {org_id}."),
    "panel.no_unit": (
        "{org_id} 不参加联合组建（已建党组织、名存实亡，或党员数不属于联合组建）。",
        "{org_id} takes no part in joint branches: it has a branch, is dormant, or has too many or too few members.",
    ),
    "panel.is_left_out": (
        "{org_id} 目前没有安排，无处可定、可排除。",
        "{org_id} is left out: there is no place to pin or to rule out.",
    ),
    "panel.other_places": ("其他去处", "Other places"),
    "panel.place_open": (
        "{kind} {facility}，{km} 公里，综合折算距离合计 {change}",
        "{kind} {facility}, {km} km, total cost {change}",
    ),
    "panel.place_shut": ("{kind} {facility}，{km} 公里（不行：{why}）", "{kind} {facility}, {km} km (not now: {why})"),
    "panel.head_organization": ("一家社会组织", "One organization"),
    "panel.head_rules": ("组建规则", "Rules of joint branches"),
    "panel.method": ("编排方法", "method"),
    "panel.method_optimal": ("自动优化（带证明）", "optimal, with proof"),
    "panel.method_nearest": ("人工：就近", "by hand: nearest"),
    "panel.method_community": ("人工：按社区", "by hand: by community"),
    "panel.method_supervisor": ("人工：按主管部门", "by hand: by supervisor"),
    "panel.do_pin": ("固定在此", "Pin here"),
    "panel.tip_pin": (
        "今后总在现在的地方，并从现有安排出发重新编排",
        "It stays where it is, whatever else changes; solves again from here",
    ),
    "panel.do_pin_there": ("改派到所选去处", "Send to that place"),
    "panel.tip_pin_there": (
        "固定到“其他去处”中所选的地方，并重新编排",
        "Pins it to the place chosen under other places; solves again from here",
    ),
    "panel.do_forbid": ("不得在此", "Not here"),
    "panel.tip_forbid": ("排除现在的去处，并重新编排", "Rules out the place it has; solves again from here"),
    "panel.do_free": ("取消限制", "Set free"),
    "panel.tip_free": (
        "取消对它的固定和排除，并重新编排",
        "Takes its pin and its ruled-out places back; solves again from here",
    ),
    "panel.do_solve": ("按此规则重新编排", "Solve under these rules"),
    "panel.tip_solve": (
        "大城市可能要几分钟；停止时保留已找到的最好结果",
        "May take minutes for a big city; when stopped, the best so far is kept",
    ),
    # --- calendar and rules ---
    "panel.short_Mon": ("周一", "Mon"),
    "panel.short_Tue": ("周二", "Tue"),
    "panel.short_Wed": ("周三", "Wed"),
    "panel.short_Thu": ("周四", "Thu"),
    "panel.short_Fri": ("周五", "Fri"),
    "panel.short_Sat": ("周六", "Sat"),
    "panel.short_Sun": ("周日", "Sun"),
    "panel.holidays": ("法定节假日休息", "public holidays are days off"),
    "panel.dates_example": ("如 2027-08-24，8月27日", "such as 2027-08-24, 2027-08-27"),
    "panel.dates_form": (
        "“{value}”里有不是日期的内容；请写成 2027-08-24 或 8月24日，多个日期用逗号隔开",
        "'{value}' holds something that is no date; write dates like 2027-08-24, with commas between",
    ),
    "panel.calendar_note": (
        "每改一项立即重新测算；改党员口径、两名党员的组织怎么建、分母时，联合党组织也重新编排。",
        "Every change is worked out at once; members that count, organizations with two members, and organizations that "
        "count also plan the joint branches anew.",
    ),
    # --- compare ---
    "panel.compare_note": (
        "在其他页改动测算方案，回到这里保留；再改，再保留，然后比较。各测算方案用同一批随机数。",
        "Change the plan on the other pages and keep it here; change it again, keep it again, compare. All use the same "
        "random numbers.",
    ),
    "panel.keep_as": ("把现在的测算方案保留为", "Keep the present state as"),
    "panel.keep_example": ("如：每周开会", "such as: weekly meetings"),
    "panel.state_number": ("方案{number}", "state {number}"),
    "panel.kept_again": ("{name}（{number}）", "{name} ({number})"),
    "panel.kept_elsewhere": (
        "您打开的另一页面刚保留了名为“{asked}”的测算方案。本页面的测算方案已改名保留为“{name}”，两个都在；重新打开页面可一并查看。",
        "Another page of yours has just kept a state named “{asked}”. This one is kept as “{name}”; both are there, and a page "
        "that is opened again shows both.",
    ),
    "panel.kept_state": ("已保留", "Kept"),
    "panel.keep_two": ("至少保留两个测算方案才能比较。", "Keep at least two states to compare them."),
    "panel.do_keep": ("保留", "Keep"),
    "panel.tip_keep": (
        "记住现在的一切：规则、指导员、联合党组织",
        "Remembers everything: rules, instructors, joint branches",
    ),
    "panel.do_go_back": ("回到此测算方案", "Go back to it"),
    "panel.tip_go_back": ("各页恢复为保留时的样子，可撤销", "All pages as they were; can be undone"),
    "panel.do_drop": ("删除", "Forget"),
    "panel.tip_drop": ("不再保留这个测算方案", "It is no longer kept"),
    "panel.do_compare": ("比较", "Compare"),
    "panel.tip_compare": (
        "与保留的第一个测算方案逐次配对比较",
        "Paired with the first one kept, replication by replication",
    ),
    "panel.yaml_note": (
        "测算方案文件（用 workbench plan 运行，得到同样的数）：",
        "Scenario files; `workbench plan` runs them to the same numbers:",
    ),
    "panel.head_state": ("测算方案", "State"),
    "panel.head_instructors": ("指导员", "Instructors"),
    "panel.head_ceiling": ("上限", "Ceiling"),
    "panel.head_chance": ("组织覆盖达标概率", "Chance, organization"),
    "panel.head_chance_work": ("工作覆盖达标概率", "Chance, work"),
    "panel.head_expected": ("预计组织覆盖", "Expected coverage"),
    "panel.head_expected_work": ("预计工作覆盖", "Expected, work"),
    "panel.head_gain": ("覆盖率增减（百分点）", "Coverage gained (points)"),
    "panel.head_gain_chance": ("概率增减（百分点）", "Chance gained (points)"),
    "panel.head_better": ("更好的次数占比", "Better in"),
    # --- gap ---
    "panel.do_explain": ("分析差距", "Explain the gap"),
    "panel.tip_explain": (
        "在同一批随机数上消除各制约因素的组合，看各占多少",
        "Takes the obstacles away in every combination, on the same random numbers",
    ),
    "panel.gap_note": (
        "约半分钟，可随时停止。测算方案改动后需重新分析。",
        "Takes about half a minute and can be stopped. A change of the plan takes the answer away.",
    ),
    # --- register and files ---
    "panel.head_register": ("台账与测算方案", "Register and scenario"),
    "panel.head_results": ("下载", "Results to take away"),
    "panel.open_register": (
        "已打开：{organizations} 家社会组织，{streets} 个镇街。",
        "Open: {organizations} {organizations:organization|organizations} in {streets} {streets:street|streets}.",
    ),
    "panel.do_upload": ("上传台账", "Upload a register"),
    "panel.do_upload_scenario": ("打开已存的测算方案", "Open a saved scenario"),
    "panel.upload_note": (
        "台账为 CSV、XLSX 或 Parquet，列名按数据字典，不得有个人信息（姓名、身份证号、电话）；换台账时规则不变，固定和排除的去处清除。测算方案为本页保存的 YAML 文件。文件在提供本页的机器上读取，读后即删。",
        "A register is CSV, XLSX or Parquet with the columns of the data dictionary and without data of persons: no names, "
        "identity or telephone numbers. Rules stay as they are; pinned and ruled-out places are taken back. A scenario is a "
        "YAML file saved here. Files are read on the machine that serves this page, then deleted.",
    ),
    "panel.plan_name": ("测算方案名称", "Name of the plan"),
    "panel.do_prepare": ("生成文件", "Make the files"),
    "panel.tip_prepare": (
        "报告、Excel 工作簿和测算方案文件，约十几秒",
        "Report, Excel workbook and scenario file; takes seconds to minutes",
    ),
    "panel.files_note": (
        "一个网页文件的报告（可打印、可离线打开）、Excel 工作簿、可再次运行的测算方案文件。测算方案改动或切换语言后需重新生成。",
        "A report in one HTML file that opens offline and prints, an Excel workbook, and the scenario to run again. "
        "A change of the plan or of the language takes the links away.",
    ),
    "panel.file_report": ("报告（HTML）", "Report (HTML)"),
    "panel.file_workbook": ("工作簿（Excel）", "Workbook (Excel)"),
    "panel.file_scenario": ("测算方案（YAML）", "Scenario (YAML)"),
}
