"""Words: the panel that ledgers are brought in by."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "panel.name_ledger": ("报送台账", "Ledgers"),
    "panel.job_ledger": ("正在核对台账…", "Reading the ledgers …"),
    "panel.job_ledger_files": ("正在生成核对结果…", "Making marked copies and lists …"),
    "panel.do_upload_ledger": ("上传台账（可多选）", "Upload ledgers (one or several)"),
    "panel.ledger_previous": ("当前台账是上周的，与它比较", "the open register is last week's: compare with it"),
    "panel.ledger_note": (
        "各责任单位原样的台账即可（Excel、CSV、XLS、ODS）：标题行、合并单元格、小计都能读；个人信息列不读取、不保存。可一次选多个，汇总成一本台账。",
        "Ledgers as offices keep them (Excel, CSV, XLS, ODS): titles, merged cells and subtotals are understood; columns of "
        "persons are neither read nor kept. Choose several at once to put them together into one register.",
    ),
    "panel.ledger_which": ("查看哪一本", "Ledger"),
    "panel.ledger_yours": ("您的列", "Your column"),
    "panel.ledger_ours": ("对应为", "Ours"),
    "panel.ledger_sure": ("把握", "Sure"),
    "panel.ledger_why": ("依据", "Why"),
    "panel.ledger_settle": ("确认列名", "Settle what a header means"),
    "panel.ledger_header": ("您的列", "Your header"),
    "panel.ledger_column": ("含义", "means"),
    "panel.ledger_nothing": ("不需要", "nothing that is needed"),
    "panel.ledger_responsible": ("全部记录的责任单位", "Responsible unit of all rows"),
    "panel.ledger_street": ("全部记录的镇街", "Street of all rows"),
    "panel.ledger_everywhere": ("台账没有这一列时填写", "only where the ledger has no such column"),
    "panel.do_settle": ("确认并重新核对", "Settle and read again"),
    "panel.tip_settle": ("按所选含义重新读取这本台账", "Reads this ledger again with that meaning"),
    "panel.do_unsettle": ("取消全部确认", "Take it all back"),
    "panel.tip_unsettle": ("这本台账恢复为自动识别", "This ledger is read as if nothing had been settled"),
    "panel.do_ledger_files": ("生成核对结果", "Make the files"),
    "panel.tip_ledger_files": (
        "标注了问题的台账副本、列名对照表、汇总台账；多本时打包下载",
        "Copies with every finding marked, the mapping, the register; several come as one archive",
    ),
    "panel.do_go_on": ("用这本台账测算", "Plan with this register"),
    "panel.tip_go_on": ("规则不变，换成刚核对好的台账", "Rules stay as they are; the register is the one just read"),
    "panel.ledger_archive": ("核对结果（ZIP）", "All files (ZIP)"),
    "panel.ledger_clean": ("没有需要改正或核对的内容。", "Nothing to mend, nothing to look at."),
    "panel.finding_where": ("位置", "Where"),
    "panel.finding_found": ("现值", "Found"),
    "panel.finding_count": ("处数", "Times"),
    "panel.finding_rule": ("要求", "Rule"),
    "panel.finding_repair": ("改法", "What to do"),
}
