"""Words: what is said of a ledger as an office keeps it, and of many of them."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "error.ledger": ("台账 {name} 退回：有 {count} 处必须改正", "The ledger {name} is refused; faults: {count}"),
    "error.mapping": ("对照表 {name} 无法使用", "The mapping {name} cannot be used"),
    "place.sheet": ("工作表“{sheet}”", "sheet '{sheet}'"),
    "place.ledger_column": ("{letter} 列“{header}”", "column {letter} ({header})"),
    "ledger.warning": ("{place}：{value} {rule}。{repair}。", "{place}: {value} {rule}. {repair}."),
    "ledger.summary": (
        "接收 {count} 家社会组织，{findings} 处存疑",
        "{count} {count:organization|organizations} taken, {findings} {findings:finding|findings}",
    ),
    # -- the file --
    "fault.file_large.rule": ("文件 {size} MB，超过 {most} MB", "the file has {size} MB, more than {most} MB"),
    "fault.file_large.repair": ("请只保留台账内容另存", "Save the ledger alone"),
    "fault.file_save_as.rule": ("{suffix} 文件无法读取", "this {suffix} file cannot be read"),
    "fault.file_save_as.repair": (
        "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”",
        "Open it in Excel or WPS and save it as an Excel workbook (.xlsx)",
    ),
    "fault.too_many_rows.rule": ("超过 {most} 行，不像台账", "a ledger has fewer rows: at most {most}"),
    "fault.too_many_rows.repair": (
        "请删除数据以下的空行和多余工作表后另存",
        "Delete the empty rows below the data and the other sheets, and save it",
    ),
    "fault.too_many_columns.rule": ("超过 {most} 列，不像台账", "a ledger has fewer columns: at most {most}"),
    "fault.too_many_columns.repair": (
        "请删除数据右侧的空列后另存",
        "Delete the empty columns on the right, and save it",
    ),
    "fault.carries_macros.rule": (
        "文件带有宏，未运行，也未读取",
        "the file carries macros; they were neither run nor read",
    ),
    "fault.carries_macros.repair": ("请另存为不带宏的 .xlsx", "Save it as .xlsx, without macros"),
    "fault.carries_links.rule": (
        "文件链接到其他工作簿，未打开，只读取已存的数值",
        "the file links to other workbooks; they were not opened, stored values were read",
    ),
    "fault.carries_links.repair": ("请核对数值是否最新", "See whether the values are current"),
    "fault.carries_objects.rule": (
        "文件嵌有其他文件或外部连接，未打开",
        "the file embeds others or connects to a source; none was opened",
    ),
    "fault.carries_objects.repair": ("请另存为只含表格的工作簿", "Save it as a workbook of cells only"),
    "fault.mapping_unreadable.rule": (
        "对照表须写成“表头: 列名”，每行一个",
        "a mapping says 'header: column', one per line",
    ),
    "fault.mapping_unreadable.repair": (
        "可先运行 workbench check，由它写出对照表再修改",
        "Let 'workbench check' write one, and edit it",
    ),
    "fault.mapping_column.rule": (
        "台账没有这一列（可用：{known}）",
        "the register has no such column (known: {known})",
    ),
    "fault.mapping_column.repair": (
        "请改用其中之一；不需要的列写 null",
        "Use one of them, or null for a column not needed",
    ),
    # -- the header --
    "fault.ledger_no_header.rule": (
        "在前 40 行没有找到表头（看过的工作表：{sheets}；认出的列：{known}）",
        "no header was found in the first 40 rows (sheets: {sheets}; headers known: {known})",
    ),
    "fault.ledger_no_header.repair": (
        "表头至少要有名称或信用代码、镇街、正式党员、是否建立党组织",
        "A header names the organization or its code, its street, its full members, and whether it has a branch",
    ),
    "fault.members_ambiguous.rule": (
        "“{header}”可能含预备党员，不能直接当作正式党员",
        "'{header}' may count probationary members, who are not full members",
    ),
    "fault.members_ambiguous.repair": (
        "请增加“正式党员”列；如确认不含预备党员，请在对照表写 {header}: full_members",
        "Add a column of full members; or, if it holds those only, write '{header}: full_members' in the mapping",
    ),
    "fault.column_unsure.rule": (
        "不能确定“{header}”是否就是“{meant}”（{name}）",
        "it is not certain that '{header}' means {name} ({meant})",
    ),
    "fault.column_unsure.repair": (
        "如是，请改列名，或在对照表写 {header}: {name}",
        "If it does, rename it, or write '{header}: {name}' in the mapping",
    ),
    "fault.ledger_column_missing.rule": ("缺少“{wanted}”列（{name}）", "there is no column for {name} ({wanted})"),
    "fault.ledger_column_missing.repair": (
        "请补上（可用列名：{headers}）",
        "Add it under one of these headers: {headers}",
    ),
    "fault.personal_column_dropped.rule": (
        "此列为个人信息，未读取内容，也不进入任何结果",
        "a column of persons: its cells were not read and go nowhere",
    ),
    "fault.personal_column_dropped.repair": ("下次报送请删除此列", "Delete it before handing the ledger in again"),
    "fault.personal_number_dropped.rule": (
        "疑为身份证号、电话或邮箱；此列不采用，未进入任何结果",
        "this reads as a person's number or address; the column is not taken, and it goes nowhere",
    ),
    "fault.personal_number_dropped.repair": ("请删除", "Delete it"),
    "fault.instructor_as_flag.rule": (
        "此列可能填有姓名，只按“有”或“无”读取，姓名未保留",
        "the column may hold names: it was read as yes or no, and no name was kept",
    ),
    "fault.instructor_as_flag.repair": ("建议改为“是否派驻党建指导员”", "Better ask whether an instructor was sent"),
    "fault.name_as_id.rule": (
        "没有信用代码或登记证号列，以名称代替编号",
        "there is no column of codes, so the name stands as the identifier",
    ),
    "fault.name_as_id.repair": (
        "请补充统一社会信用代码，改名后才能对得上",
        "Add the credit codes, so that a new name is still the same organization",
    ),
    "fault.branch_by_name.rule": (
        "没有“是否建立党组织”列，按党组织名称是否填写判断",
        "no column says whether there is a branch; one with a name counts as there",
    ),
    "fault.branch_by_name.repair": ("请确认，或补上“是否建立党组织”列", "Confirm it, or add that column"),
    "fault.branch_name_without_yes.rule": (
        "填有党组织名称，“是否建立党组织”却为否",
        "a branch is named, yet there is said to be none",
    ),
    "fault.branch_name_without_yes.repair": ("请核对", "See which is right"),
    "fault.parts_left.rule": (
        "正式党员的三项（已转、未转、兼职）不全，此列未采用",
        "full members have three parts (on roll, floating, part-time), not all of which are there: this one is not used",
    ),
    "fault.parts_left.repair": ("如需按口径区分党员，请补齐三项", "Add the others where the basis of members matters"),
    # -- sheets and rows --
    "fault.sheet_hidden.rule": (
        "隐藏的工作表（{rows} 行有内容），未读取",
        "a hidden sheet ({rows} {rows:row|rows} with something in them) was not read",
    ),
    "fault.sheet_hidden.repair": (
        "如属于台账，请取消隐藏；否则请删除",
        "Unhide it if it belongs to the ledger, else delete it",
    ),
    "fault.sheet_aside.rule": (
        "不是台账（没有表头，或为说明、备份），未读取",
        "not a ledger (no header, or an explanation or a backup): not read",
    ),
    "fault.sheet_aside.repair": (
        "如属于台账，请在对照表的 sheets 中写明",
        "If it is one, name it under 'sheets' in the mapping",
    ),
    "fault.sheet_summary.rule": (
        "与其他工作表重复的汇总表（{rows} 家），未重复计入",
        "a summary of the other sheets ({rows} {rows:organization|organizations}): not counted again",
    ),
    "fault.sheet_summary.repair": ("无须处理", "Nothing need be done"),
    "fault.hidden_rows.rule": (
        "第 {rows} 行被隐藏，已照常计入",
        "hidden (row {rows}), and taken like the others",
    ),
    "fault.hidden_rows.repair": ("请核对是否应计入", "See whether they belong in"),
    "fault.hidden_column.rule": ("此列被隐藏，已照常读取", "the column is hidden; it was read like the others"),
    "fault.hidden_column.repair": ("请核对内容", "See whether it is right"),
    "fault.stray_cell.rule": ("{place} 远离表格，未读取", "{place} is far from the table and was not read"),
    "fault.stray_cell.repair": ("请删除，或移到表内", "Delete it, or move it into the table"),
    "fault.street_from_sheet.rule": (
        "没有镇街列，以工作表名为镇街",
        "there is no column of streets; the sheet's name stands for it",
    ),
    "fault.street_from_sheet.repair": ("请确认，或补上镇街列", "Confirm it, or add the column"),
    "fault.street_from_section.rule": (
        "没有镇街列，以分段标题为镇街",
        "there is no column of streets; the headings between the rows stand for it",
    ),
    "fault.street_from_section.repair": ("请确认，或补上镇街列", "Confirm it, or add the column"),
    "fault.street_from_unit.rule": (
        "没有镇街列，以填报单位“{street}”为镇街",
        "there is no column of streets; the unit that handed it in, {street}, stands for it",
    ),
    "fault.street_from_unit.repair": ("请确认，或补上镇街列", "Confirm it, or add the column"),
    "fault.responsible_from_title.rule": (
        "没有责任单位列，以填报单位“{unit}”为责任单位",
        "no column says who is responsible; the unit that handed it in, {unit}, does",
    ),
    "fault.responsible_from_title.repair": ("请确认，或补上责任单位列", "Confirm it, or add the column"),
    # -- cells --
    "fault.merged.rule": (
        "合并单元格，第 {first}–{last} 行均按此值读取",
        "a merged range: rows {first} to {last} were read with this value",
    ),
    "fault.merged.repair": ("如有例外，请拆分后分别填写", "Split it where a row differs"),
    "fault.merged_count.rule": (
        "合并单元格内是人数，第 {first}–{last} 行每家都按此数读取",
        "a merged range of a count: each of rows {first} to {last} was read with this number",
    ),
    "fault.merged_count.repair": ("如为合计数，请拆分后分别填写", "If it is their sum, split it and write each one's"),
    "fault.formula_like.rule": (
        "以 =、+、- 或 @ 开头，按文字保留，不会当作公式",
        "it begins as a formula does; it was kept as text",
    ),
    "fault.formula_like.repair": ("请核对是否写错", "See whether it was meant"),
    "fault.probationary_split.rule": (
        "读作正式党员 {read} 名、预备党员 {more} 名",
        "read as {read} full and {more} probationary",
    ),
    "fault.probationary_split.repair": ("请分两列填写", "Write the two in columns of their own"),
    "fault.bracket_left.rule": (
        "括号里的说明未采用，读作“{read}”",
        "what the bracket says was left out: read as '{read}'",
    ),
    "fault.bracket_left.repair": ("请把说明移到备注", "Move it to the remarks"),
    "fault.flag_coming.rule": ("尚在筹建，读作“否”", "it is on its way: read as no"),
    "fault.flag_coming.repair": ("建成后请改为“是”", "Write yes once it is there"),
    "fault.date_month_only.rule": ("只有年月，没有日，读作空白", "a year and a month without a day: read as empty"),
    "fault.date_month_only.repair": ("请写全年月日", "Write the whole date"),
    "fault.date_without_year.rule": ("没有年份，读作空白", "a day without its year: read as empty"),
    "fault.date_without_year.repair": ("请写全年月日", "Write the whole date"),
    "fault.lon_lat_unreadable.rule": ("须为经度、纬度两个数", "this is a longitude and a latitude"),
    "fault.lon_lat_unreadable.repair": (
        "请写成 120.123,30.456，或分两列填写",
        "Write 120.123,30.456, or use two columns",
    ),
    "fault.struck_off.rule": ("状态为注销或撤销，仍计入总数", "it was struck off, and still counts"),
    "fault.struck_off.repair": ("确已注销的请从台账删除", "Delete it if so"),
    # -- how a header was understood --
    "ledger.why.exact": ("列名一致", "the header says so"),
    "ledger.why.pattern": ("按列名判断", "by the header's words"),
    "ledger.why.settled": ("对照表已定", "settled in the mapping"),
    "ledger.why.near": ("名称相近，请确认", "spelt nearly so: please confirm"),
    "ledger.why.personal": ("个人信息，未读取", "a column of persons: not read"),
    "ledger.why.unknown": ("不认识，未采用", "not known: not taken"),
    "ledger.why.twice": ("已有同义列，未采用", "another column means the same: not taken"),
    "ledger.why.split": ("两列合为是否", "two columns of one yes or no"),
    "ledger.why.total": ("党员总数，不等于正式党员", "all members, not full members"),
    "ledger.why.needless": ("测算不需要", "not needed"),
    # -- what became of a row --
    "ledger.row.organization": ("社会组织", "an organization"),
    "ledger.row.merged": ("社会组织（取合并单元格的值）", "an organization, with a merged range's value"),
    "ledger.row.blank": ("空行", "blank"),
    "ledger.row.title": ("标题", "title"),
    "ledger.row.header": ("表头", "header"),
    "ledger.row.header_again": ("重复的表头", "header again"),
    "ledger.row.numbering": ("栏号", "column numbers"),
    "ledger.row.subtotal": ("小计、合计", "subtotal"),
    "ledger.row.foot": ("填表人、说明等", "note at the foot"),
    "ledger.row.remark": ("只有序号或备注", "a number or remark only"),
    "ledger.row.example": ("示例", "example"),
    "ledger.row.section": ("分段标题", "heading"),
    "ledger.row.summary": ("汇总表，已由其他工作表计入", "summary of other sheets"),
    "ledger.row.sheet_hidden": ("隐藏的工作表", "hidden sheet"),
    "ledger.row.sheet_aside": ("不是台账的工作表", "not a ledger's sheet"),
    # -- many ledgers --
    "error.collect": ("没有可汇总的台账", "There is no ledger to collect"),
    "error.collect_refused": ("{count} 份台账全部退回", "All ledgers are refused: {count}"),
    "fault.folder_without_ledgers.rule": ("文件夹里没有台账文件", "there is no ledger in the folder"),
    "fault.folder_without_ledgers.repair": (
        "请把各单位的 .xlsx 或 .csv 放入同一文件夹",
        "Put the units' .xlsx or .csv files into one folder",
    ),
    "fault.folder_too_full.rule": (
        "文件超过 {most} 个，不像各单位报送的台账",
        "a folder of ledgers holds at most {most} files",
    ),
    "fault.folder_too_full.repair": ("请只放本周报送的台账", "Put this week's ledgers only into it"),
    "fault.responsible_from_file.rule": (
        "没有责任单位列，以文件名中的“{unit}”为责任单位",
        "no column says who is responsible; the unit that the file is named after, {unit}, is",
    ),
    "fault.responsible_from_file.repair": ("请确认，或补上责任单位列", "Confirm it, or add the column"),
    "fault.id_kept.rule": (
        "同名同镇街，编号与上周不同，沿用上周编号 {old}",
        "name and street are last week's, the identifier is not: last week's, {old}, was kept",
    ),
    "fault.id_kept.repair": ("如确已换证，请告知汇总单位", "Say so if the code has really changed"),
    "fault.twice_taken.rule": (
        "{unit}也报了这一家（第 {row} 行），以责任单位所报为准",
        "{unit} lists it too (row {row}); the responsible unit's row was taken",
    ),
    "fault.twice_taken.repair": ("如归本单位负责，请与{unit}商定", "Settle it with {unit} if it is yours"),
    "fault.twice_asked.rule": (
        "{unit}也报了这一家（第 {row} 行），暂取{unit}所报，请确认归谁",
        "{unit} lists it too (row {row}); that row was taken for now: whose is it?",
    ),
    "fault.twice_asked.repair": ("请与{unit}商定后只报一次", "Settle it with {unit}, and list it once"),
    "fault.code_twice.rule": (
        "{unit}第 {row} 行“{name}”也用这个编号，未计入本行",
        "{unit} has this identifier for '{name}' (row {row}); this row was not taken",
    ),
    "fault.code_twice.repair": ("请双方核对编号", "Both should check the identifier"),
    "fault.name_twice.rule": (
        "{unit}第 {row} 行有同名社会组织，编号为 {other}，两家均计入",
        "{unit} has one of the same name (row {row}) under {other}; both were taken",
    ),
    "fault.name_twice.repair": ("请核对是否为同一家", "See whether the two are one"),
    "fault.carried_over.rule": (
        "{unit}未报送或被退回，{count} 家沿用上周数据",
        "{unit} handed nothing in, or was refused: last week's {count} {count:organization stays|organizations stay}",
    ),
    "fault.carried_over.repair": ("请催报", "Ask for the ledger"),
    "collect.summary": (
        "收到台账 {ledgers} 份（退回 {refused} 份），汇总社会组织 {organizations} 家",
        "{ledgers} {ledgers:ledger|ledgers}, {refused} refused; {organizations} {organizations:organization|organizations} in the register",
    ),
    "collect.missing": ("未报送的责任单位 {count} 个：{units}", "nothing handed in ({count}): {units}"),
    "collect.changes": ("与上周相比：{changes}", "since last week: {changes}"),
    "collect.and": ("、", ", "),
    "collect.whole_city": ("全市", "The whole city"),
    "collect.notice": ("{unit}社会组织党建台账变更说明 {date}", "{unit}: what changed in the ledger {date}"),
    "collect.nothing_changed": ("本周无变更。", "Nothing has changed."),
    "collect.more": ("……另有 {count} 处，见变更表", "… and {count} more, in the table of changes"),
    "collect.line": ("{who}：{column}由{before}改为{now}", "{who}: {column} from {before} to {now}"),
    "collect.empty": ("空", "nothing"),
    "collect.yes": ("是", "yes"),
    "collect.no": ("否", "no"),
    "collect.kind.new": ("新增 {count} 家：", "new, {count}:"),
    "collect.count.new": ("新增 {count} 处", "new {count}"),
    "collect.kind.gone": ("减少 {count} 家：", "gone, {count}:"),
    "collect.count.gone": ("减少 {count} 处", "gone {count}"),
    "collect.kind.moved": ("调整镇街或责任单位 {count} 家：", "moved to another street or unit, {count}:"),
    "collect.count.moved": ("调整镇街或责任单位 {count} 处", "moved to another street or unit {count}"),
    "collect.kind.formed": ("新建党组织 {count} 家：", "newly formed, {count}:"),
    "collect.count.formed": ("新建党组织 {count} 处", "newly formed {count}"),
    "collect.kind.members_up": ("正式党员增加 {count} 家：", "more full members, {count}:"),
    "collect.count.members_up": ("正式党员增加 {count} 处", "more full members {count}"),
    "collect.kind.members_down": ("正式党员减少 {count} 家：", "fewer full members, {count}:"),
    "collect.count.members_down": ("正式党员减少 {count} 处", "fewer full members {count}"),
    "collect.kind.changed": ("其他变更 {count} 家：", "other changes, {count}:"),
    "collect.count.changed": ("其他变更 {count} 处", "other changes {count}"),
}
