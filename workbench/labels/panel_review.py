"""Words: the panel that a campaign under way is reviewed by."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "panel.name_review": ("中期评估", "Review"),
    "panel.job_review": ("正在评估进展…", "Reviewing the campaign …"),
    "panel.job_review_again": ("正在恢复上次的评估…", "Taking up the review again …"),
    "panel.job_review_register": ("正在读取台账…", "Reading the register …"),
    "panel.job_review_plan": ("正在读取方案结果…", "Reading the plan's outcome …"),
    "panel.job_review_previous": ("正在读取上周台账…", "Reading last week's register …"),
    "panel.job_review_files": ("正在生成通报、报告和工作簿…", "Making notice, report and workbook …"),
    "panel.review_about": (
        "把记有日期的台账放进来，看活动会到哪里、哪些单位滞后、还能做什么。各单位报来的原样台账请先在“报送台账”页核对。"
        "启动时存下的方案结果（NC 文件）和上周台账可不上传：没有时，方案进度按起始情况测算，本周新增按最近七天的日期计算。",
        "Bring in a register with dates, and see where the campaign will end, who is behind and what can still be done. "
        "Ledgers as units keep them are read under 'Ledgers' first. The plan's outcome (an NC file, kept when the campaign began) and last "
        "week's register may be left out: the plan's course is then worked out from the start, and what is new is what the last seven days "
        "date.",
    ),
    "panel.do_review_register": ("上传评估台账", "Upload the register"),
    "panel.do_review_plan": ("上传方案结果", "Upload the plan's outcome"),
    "panel.do_review_previous": ("上传上周台账", "Upload last week's register"),
    "panel.review_day": ("评估日", "As of the end of"),
    "panel.do_review": ("开始评估", "Review"),
    "panel.tip_review": (
        "从当日进展起模拟余下的日子，并逐项试算还能见效的措施，约半分钟，可随时停止",
        "Simulates the days that are left from where the campaign stands, and tries what still can help; about half a "
        "minute, can be stopped",
    ),
    "panel.do_review_back": ("撤回上传", "Take the uploads back"),
    "panel.tip_review_back": (
        "改回评估已打开的台账",
        "The register that is open is reviewed again, without a plan's outcome",
    ),
    "panel.do_review_files": ("生成通报和报告", "Make notice and report"),
    "panel.tip_review_files": (
        "通报、评估报告（Word）和工作簿（Excel），另有打包的全部文件",
        "Notice and report (Word), workbook (Excel), and an archive with everything",
    ),
    "panel.review_of": (
        "评估台账：{register}；测算方案：{scenario}；方案结果：{plan}；上周台账：{previous}。",
        "Register: {register}. Scenario: {scenario}. Plan's outcome: {plan}. Last week's register: {previous}.",
    ),
    "panel.review_open": ("{name}（已打开的台账）", "{name} (the one that is open)"),
    "panel.review_none": ("无", "none"),
    "panel.review_undated": (
        "这份台账没有活动开始以来的日期，评估时按尚无进展计算。",
        "Nothing in this register is dated since the campaign began: it is taken as one in which nothing has been done.",
    ),
    "panel.review_gap": (
        "台账中最近的日期是 {latest}；其后至评估日的进展不在台账中，按没有计算。",
        "The latest date in the register is {latest}: whatever has been done between then and the day of the review is not in "
        "it, and counts as not done.",
    ),
    "panel.review_no_day": (
        "请先选择评估日：台账中没有活动期间的日期，文件名中也没有。",
        "Choose the day of the review first: neither the register nor its file's name tells it.",
    ),
    "panel.review_outside": (
        "评估日“{day}”不在活动期间，请在 {first} 至 {last} 之间选择",
        "'{day}' is not within the campaign: choose a day between {first} and {last}",
    ),
    "panel.review_notice": ("进展通报（Word）", "Notice (Word)"),
    "panel.review_report": ("评估报告（Word）", "Review report (Word)"),
    "panel.review_summary": ("总结报告（Word）", "Final summary (Word)"),
    "panel.review_workbook": ("全部表格（Excel）", "Every table (Excel)"),
    "panel.review_archive": ("全部文件（ZIP）", "All files (ZIP)"),
    "panel.table_cut": (
        "此处列出前 {shown} 行，共 {count} 行，其余见工作簿。",
        "The first {shown} of {count} {count:row|rows}; the workbook has all.",
    ),
}
