"""Words: what can be wrong with a register, and how to put it right."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "error.register": (
        "台账 {name} 有 {count} 处问题",
        "The register {name} cannot be used; faults: {count}",
    ),
    "error.register_frame": (
        "内存中的台账有 {count} 处问题",
        "The register in memory cannot be used; faults: {count}",
    ),
    "error.register_file": ("台账 {name} 无法读取", "The register {name} cannot be read"),
    "warning.register": (
        "台账 {name} 有 {count} 处存疑（不影响读取），可用 workbench check 逐条查看",
        "The register {name} holds what is probably not meant ({count} {count:finding|findings}); "
        "'workbench check' lists them",
    ),
    "place.file": ("全表", "the whole table"),
    "place.row": ("第 {row} 行", "row {row}"),
    "place.column": ("{column} 列", "column {column}"),
    "place.cell": ("第 {row} 行 {column} 列", "row {row}, column {column}"),
    # -- the file --
    "fault.file_missing.rule": ("没有这个文件", "there is no such file"),
    "fault.file_missing.repair": ("请核对路径和文件名", "Check the path and the spelling"),
    "fault.file_is_folder.rule": ("这是文件夹，不是台账文件", "this is a folder, not a register"),
    "fault.file_is_folder.repair": ("请指定其中的一个文件", "Name one file in it"),
    "fault.file_kind.rule": (
        "台账须为 {known} 文件，不能是 {suffix}",
        "a register is one of {known}, not {suffix}",
    ),
    "fault.file_kind.repair": (
        "请在表格软件中另存为 CSV UTF-8 或 XLSX",
        "Save it as CSV UTF-8 or XLSX in your spreadsheet program",
    ),
    "fault.file_unreadable.rule": ("系统不允许读取（{reason}）", "the system refuses to read it ({reason})"),
    "fault.file_unreadable.repair": (
        "请关闭占用它的程序并检查权限",
        "Close the program that holds it, and check its permissions",
    ),
    "fault.file_empty.rule": ("文件里什么也没有", "the file is empty"),
    "fault.file_empty.repair": (
        "第一行写列名，以下每行一家社会组织",
        "Write the headers in the first row, then one organization a row",
    ),
    "fault.file_encoding.rule": (
        "文本文件须为 UTF-8、UTF-16 或 GBK（GB18030）编码",
        "a text file is encoded in UTF-8, UTF-16 or GBK (GB18030)",
    ),
    "fault.file_encoding_damaged.rule": (
        "第 {line} 行有残缺的 UTF-8 字符，文件在传输中可能被截断",
        "a character in line {line} is cut: this UTF-8 file was damaged on its way",
    ),
    "fault.file_encoding_damaged.repair": ("请从原表重新导出", "Export it again from the original"),
    "fault.file_encoding_big5.rule": (
        "疑为繁体中文编码（Big5），照读会成为乱码",
        "this reads as Big5, and would come out as other characters",
    ),
    "fault.file_encoding_big5.repair": ("请另存为“CSV UTF-8”", "Save it as 'CSV UTF-8'"),
    "fault.file_encoding.repair": ("请另存为“CSV UTF-8”", "Save it as 'CSV UTF-8'"),
    "fault.file_separator.rule": (
        "CSV 各列之间用逗号分隔，此文件用的是 {separator}",
        "a CSV file separates its columns by commas, this one by {separator}",
    ),
    "fault.file_separator.repair": (
        "请另存为“CSV UTF-8（逗号分隔）”",
        "Save it as 'CSV UTF-8 (comma delimited)'",
    ),
    "fault.file_broken.rule": (
        "文件已损坏、加密，或并非其后缀所示的格式",
        "the file is damaged, locked by a password, or not what its suffix says",
    ),
    "fault.file_broken.repair": ("请重新导出，且不设密码", "Export it again, without a password"),
    "fault.file_bomb.rule": (
        "解压后达 {size} MB，远超任何台账",
        "it unpacks to {size} MB, far more than any register",
    ),
    "fault.file_bomb.repair": (
        "请把内容复制到新工作簿后再试",
        "Copy the cells into a new workbook and try again",
    ),
    "fault.file_sheets.rule": (
        "有多张可见工作表（{sheets}），不知该读哪张",
        "it has several visible sheets ({sheets}), and none is named register",
    ),
    "fault.file_sheets.repair": (
        "请只留一张，或将其命名为 register",
        "Keep one, or name the right one register",
    ),
    "fault.cells_without_header.rule": (
        "第 {number} 列没有列名，但第 {row} 行有内容",
        "column number {number} has no header, but something stands in row {row}",
    ),
    "fault.cells_without_header.repair": ("请补上列名或清空该列", "Give it a header, or clear it"),
    "fault.row_too_long.rule": (
        "有 {cells} 格，而表头只有 {width} 列",
        "it has {cells} {cells:cell|cells}, the header {width}",
    ),
    "fault.row_too_long.repair": (
        "内容中有逗号的格要用双引号括起来",
        "Put cells that hold a comma in double quotes",
    ),
    "fault.quotes_unclosed.rule": ("双引号没有成对", "a double quote is opened and never closed"),
    "fault.quotes_unclosed.repair": (
        "请检查双引号，或从表格软件重新导出",
        "Check the quotes, or export the file again",
    ),
    "fault.rows_far_below.rule": ("上方连续 {gap} 行为空，这里却有内容", "it stands below {gap} empty {gap:row|rows}"),
    "fault.rows_far_below.repair": ("请上移或删除", "Move it up, or delete it"),
    "fault.no_rows.rule": ("只有表头，没有任何社会组织", "there is a header but no organization"),
    "fault.no_rows.repair": ("表头以下每行写一家社会组织", "Write one organization a row below the header"),
    # -- the header --
    "fault.missing_column.rule": (
        "必须有这一列（必填列：{required}）",
        "this column must be there (required: {required})",
    ),
    "fault.missing_column.repair": ("请补上这一列", "Add it"),
    "fault.missing_column_near.rule": ("必须有这一列", "this column must be there"),
    "fault.missing_column_near.repair": ("“{near}”若指它，请改用此列名", "If '{near}' is meant, rename it"),
    "fault.unknown_column.rule": (
        "台账没有这一列，照读会漏掉数据（可用：{known}）",
        "the register has no such column, its data would be lost (known: {known})",
    ),
    "fault.unknown_column.repair": ("请删除或改名", "Delete or rename it"),
    "fault.unknown_column_near.rule": (
        "台账没有这一列，照读会漏掉数据",
        "the register has no such column, and what it holds would be lost",
    ),
    "fault.unknown_column_near.repair": (
        "若指 {near}，请改用此列名；否则请删除",
        "Rename it if {near} is meant, else delete it",
    ),
    "fault.duplicate_column.rule": ("同一列名只能出现一次", "a column may be there only once"),
    "fault.duplicate_column.repair": ("请删除或改名其中一列", "Delete or rename one of the two"),
    "fault.personal_column.rule": (
        "台账只登记社会组织，不得有个人信息",
        "the register holds organizations only, nothing about a person",
    ),
    "fault.personal_column.repair": (
        "请在原文件中删除此列（本工具未查看其内容）",
        "Delete this column from the file (its cells were not looked at)",
    ),
    # -- persons --
    "fault.identity_number.rule": (
        "疑为居民身份证号，台账不得有个人信息",
        "this reads as a person's identity number, which a register must not hold",
    ),
    "fault.identity_number.repair": ("请删除此号码", "Delete the number"),
    "fault.telephone_number.rule": (
        "疑为电话号码，台账不得有个人信息",
        "this reads as a telephone number, which a register must not hold",
    ),
    "fault.telephone_number.repair": ("请删除此号码", "Delete the number"),
    "fault.email_address.rule": (
        "疑为电子邮箱，台账不得有个人信息",
        "this reads as an e-mail address, which a register must not hold",
    ),
    "fault.email_address.repair": ("请删除此邮箱", "Delete the address"),
    # -- cells --
    "fault.missing_value.rule": ("此格必填", "this cell must be filled"),
    "fault.missing_value.repair": ("请补填", "Fill it in"),
    "fault.duplicate_id.rule": (
        "每家社会组织一个编号，此编号已见于第 {row} 行",
        "one identifier, one organization; row {row} has it already",
    ),
    "fault.duplicate_id.repair": (
        "请删除重复的行或更正编号",
        "Delete the repeated row, or correct the identifier",
    ),
    "fault.excel_long_number.rule": (
        "长编号存成了数字，Excel 只保留前 15 位，其余已丢失",
        "a long identifier kept as a number: Excel holds 15 digits of it, the others are lost",
    ),
    "fault.excel_long_number.repair": (
        "请把该列设为文本格式后重新录入",
        "Format the column as text and enter the identifier again",
    ),
    "fault.id_scientific.rule": (
        "编号成了科学计数法，后面的位数已丢失",
        "the identifier was turned into scientific notation, and its last digits are lost",
    ),
    "fault.id_scientific.repair": (
        "请把该列设为文本格式后重新录入",
        "Format the column as text and enter the identifier again",
    ),
    "fault.excel_error.rule": ("公式出错", "a formula failed"),
    "fault.excel_error.repair": ("请改正公式或填入数值", "Correct the formula, or write its value"),
    "fault.excel_date.rule": ("Excel 把它改成了日期或时间", "Excel has turned it into a date or a time"),
    "fault.excel_date.repair": (
        "请把该列设为文本格式后重新录入",
        "Format the column as text and enter it again",
    ),
    "fault.formula_empty.rule": ("公式没有计算结果", "a formula that was never computed"),
    "fault.formula_empty.repair": (
        "请在 Excel 中打开并保存一次，或填入数值",
        "Open and save the file in Excel once, or write the value",
    ),
    "fault.invisible_character.rule": (
        "含有换行或看不见的字符",
        "it holds a line break or an invisible character",
    ),
    "fault.invisible_character.repair": ("请重新录入此格", "Type the cell again"),
    "fault.count_unreadable.rule": ("须为不小于 0 的整数", "a whole number, 0 or more, is wanted here"),
    "fault.count_unreadable.repair": ("请只写数字，如 3", "Write digits only, such as 3"),
    "fault.count_fractional.rule": ("人数、家数须为整数", "persons and units are counted whole"),
    "fault.count_fractional.repair": ("请填整数", "Write a whole number"),
    "fault.count_negative.rule": ("不能小于 0", "it cannot be below 0"),
    "fault.count_negative.repair": ("请填 0 或以上的整数", "Write 0 or more"),
    "fault.count_too_large.rule": ("大得不可能", "it is too large to be true"),
    "fault.count_too_large.repair": ("请核对此数", "Check the number"),
    "fault.flag_unreadable.rule": ("须为是或否", "yes or no is wanted here"),
    "fault.flag_unreadable.repair": (
        "请写 是/否、有/无、true/false 或 1/0",
        "Write true/false, yes/no, 1/0, 是/否 or 有/无",
    ),
    "fault.number_unreadable.rule": ("须为数字", "a number is wanted here"),
    "fault.number_unreadable.repair": (
        "请只写数字和小数点，如 12.345",
        "Write digits and a point, such as 12.345",
    ),
    "fault.date_unreadable.rule": ("须为日期", "a date is wanted here"),
    "fault.date_unreadable.repair": ("请写成 2027-08-05", "Write it as 2027-08-05"),
    "fault.date_ambiguous.rule": (
        "年份不在最前，日期可能有两种读法",
        "without the year first it may mean two days",
    ),
    "fault.date_ambiguous.repair": ("请写成 2027-08-05", "Write it as 2027-08-05"),
    "fault.date_out_of_range.rule": ("年份须在 1921 至 2100 之间", "the year lies between 1921 and 2100"),
    "fault.date_out_of_range.repair": ("请核对年份", "Check the year"),
    "fault.kind_unknown.rule": (
        "须为社会团体、社会服务机构（民办非企业单位）或基金会",
        "one of association (社会团体), service (社会服务机构) and foundation (基金会) is wanted here",
    ),
    "fault.kind_unknown.repair": ("请写三者之一，或留空", "Write one of the three, or leave it empty"),
    "fault.lost_character.rule": (
        "有字符在转存时丢失（显示为 �）",
        "a character was lost when the file was saved (it shows as �)",
    ),
    "fault.lost_character.repair": ("请重新录入此格", "Type the cell again"),
    "fault.text_unreadable.rule": ("须为文字，而存的是二进制或列表", "this is a text, but bytes or a list are stored"),
    "fault.text_unreadable.repair": ("请按文字导出该列", "Export the column as text"),
    "fault.spelt_twice.rule": (
        "与第 {row} 行只在全半角、大小写、空格上不同，会被当成两个",
        "it differs from row {row} in width, case or blanks only, and would count as another",
    ),
    "fault.spelt_twice.repair": (
        "请统一写法；若为同一家，请删除重复行",
        "Spell both alike, or delete the repeated row",
    ),
    "fault.mass_org_denied.rule": (
        "已填有工会、共青团或妇联，群团组织却填“否”",
        "a union, a youth league or a women's federation is there, yet no mass organization",
    ),
    "fault.mass_org_denied.repair": ("请改正其中一处，或清空此格", "Correct one of them, or clear this cell"),
    # -- what breaks no rule --
    "fault.odd_blank.rule": (
        "名称中间有全角空格或不间断空格",
        "there is a full-width or no-break space inside",
    ),
    "fault.odd_blank.repair": ("如非有意，请删去", "Delete it unless it is meant"),
    "fault.private_character.rule": (
        "含有自造字或未定义的字符，换一台电脑可能显示不出来",
        "it holds a character that other computers may not show",
    ),
    "fault.private_character.repair": ("请改用标准汉字", "Use a standard character"),
    "fault.escaped_character.rule": (
        "含有表格软件的转义符（如 _x000D_），不是原来的文字",
        "it holds an escape of the spreadsheet program (such as _x000D_), not what was typed",
    ),
    "fault.escaped_character.repair": ("请删去转义符", "Delete the escape"),
    "fault.credit_code_wrong.rule": (
        "统一社会信用代码的位数或校验码不对",
        "the length or a check digit of this unified social credit code is wrong",
    ),
    "fault.credit_code_wrong.repair": ("请对照登记证书核对", "Compare it with the certificate"),
    "fault.looks_like_another.rule": (
        "与“{other}”看上去一样，但不是同一串字符",
        "it reads like '{other}' but is spelt with other characters",
    ),
    "fault.looks_like_another.repair": ("请核对是否为同一个", "See whether the two are one"),
    "fault.reason_against_members.rule": (
        "未建原因写“无党员”，但正式党员为 {members} 名",
        "no members, says the reason, but there are {members} full {members:member|members}",
    ),
    "fault.reason_against_members.repair": ("请核对党员数和未建原因", "Compare the number and the reason"),
    "fault.reason_with_branch.rule": (
        "已建立党组织，却写了未建原因",
        "it has a Party organization, and a reason why it has none",
    ),
    "fault.reason_with_branch.repair": ("请核对是否已建", "See whether it has one"),
    "fault.entered_twice.rule": (
        "除编号外与 {other} 完全相同，疑为重复登记",
        "everything but the identifier is that of {other}: probably one organization entered twice",
    ),
    "fault.entered_twice.repair": ("请核对，必要时删除一行", "Delete one of the two if so"),
    "fault.members_above_staff.rule": (
        "正式党员多于从业人员（{employees} 名）",
        "more full members than employees ({employees})",
    ),
    "fault.members_above_staff.repair": (
        "请核对两个数；兼职党员请单列",
        "Check both; part-time members have a column of their own",
    ),
    "fault.members_many.rule": ("一家社会组织的党员多得少见", "an organization hardly has so many members"),
    "fault.members_many.repair": ("请核对此数", "Check the number"),
    "fault.employees_many.rule": ("一家社会组织的从业人员多得少见", "an organization hardly has so many employees"),
    "fault.employees_many.repair": ("请核对此数", "Check the number"),
    "fault.workers_above_staff.rule": ("党务工作人员多于从业人员", "more Party workers than employees"),
    "fault.workers_above_staff.repair": ("请核对两个数", "Check both numbers"),
    "fault.place_swapped.rule": (
        "经度和纬度疑似写反",
        "longitude and latitude are probably swapped",
    ),
    "fault.place_swapped.repair": ("请互换 lon 与 lat", "Swap lon and lat"),
    "fault.place_abroad.rule": ("这个位置不在中国", "this place is not in China"),
    "fault.place_abroad.repair": ("请核对经纬度；不详请留空", "Check the degrees, or leave them empty"),
    "fault.degrees_as_km.rule": (
        "x、y 以公里计，这里填的像是经纬度，距离会算错",
        "x and y are kilometres, but these read as degrees: every distance would be wrong",
    ),
    "fault.degrees_as_km.repair": ("请改用 lon、lat 列", "Name the columns lon and lat"),
    "fault.place_far.rule": (
        "离{street}其他社会组织 {km} 公里",
        "it lies {km} km from the others in {street}",
    ),
    "fault.place_far.repair": (
        "请核对坐标和镇街；不详请清空坐标",
        "Check the place and the street, or clear the place",
    ),
    "fault.street_near.rule": (
        "只有这一家在此镇街，而名称与“{other}”相近",
        "it is the only organization there, and the name is nearly '{other}'",
    ),
    "fault.street_near.repair": ("请核对是否写错", "See whether it is misspelt"),
    "fault.far_away.rule": ("x、y 以公里计，不超过 10,000", "x and y are kilometres, not beyond 10,000"),
    "fault.far_away.repair": (
        "米请除以 1000；经纬度请用 lon、lat 列",
        "Divide metres by 1000; degrees belong in lon and lat",
    ),
    "fault.lon_out_of_range.rule": ("经度在 -180 至 180 之间", "a longitude lies between -180 and 180"),
    "fault.lon_out_of_range.repair": ("请核对此数", "Check the number"),
    "fault.lat_out_of_range.rule": ("纬度在 -90 至 90 之间", "a latitude lies between -90 and 90"),
    "fault.lat_out_of_range.repair": (
        "lon 为经度、lat 为纬度，请看是否写反",
        "Lon is east, lat is north: see whether they are swapped",
    ),
    "fault.slash.rule": ("镇街、社区名称不得有“/”", "the name of a street or community holds no '/'"),
    "fault.slash.repair": ("请换用其他字符，如“、”", "Use another character, such as '-'"),
    # -- rows --
    "fault.parts_incomplete.rule": (
        "{parts} 三项要么都填，要么都不填",
        "{parts} are given all three, or none",
    ),
    "fault.parts_incomplete.repair": (
        "请补填（没有则填 0），或三项都清空",
        "Fill it in (0 for none), or clear all three",
    ),
    "fault.parts_mismatch.rule": (
        "须等于三项之和 {parts} = {total}",
        "it is the sum of its parts, {parts} = {total}",
    ),
    "fault.parts_mismatch.repair": ("请核对各项", "Check the sum and its parts"),
    "fault.half_a_place.rule": ("有 {other} 就要有 {axis}", "with {other} there must be {axis}"),
    "fault.half_a_place.repair": ("请补填，或两项都清空", "Fill it in, or clear both"),
    "fault.two_places.rule": (
        "同一家不能既有 x、y 又有 lon、lat",
        "an organization has x, y or lon, lat, not both",
    ),
    "fault.two_places.repair": ("请只保留一种", "Keep one of the two"),
    "fault.mixed_places.rule": (
        "全表只用一种坐标，现有 {plane} 家用 x、y，{globe} 家用 lon、lat",
        "a register uses one system of places; {plane} {plane:row has|rows have} x, y and {globe} {globe:has|have} lon, lat",
    ),
    "fault.mixed_places.repair": ("请统一为其中一种", "Convert one into the other"),
    "fault.host_without_branch.rule": (
        "没有党组织就不能接纳挂靠单位",
        "only an organization with a branch can take on others",
    ),
    "fault.host_without_branch.repair": (
        "请填 0,或把 has_branch 改为 true",
        "Write 0, or set has_branch to true",
    ),
    "fault.date_without_yes.rule": ("有此日期，{flag} 就应为 true", "with this date, {flag} must be true"),
    "fault.date_without_yes.repair": ("请改正 {flag} 或清空日期", "Correct {flag}, or clear the date"),
    "fault.dates_out_of_order.rule": ("{later} 不能早于 {earlier}", "{later} cannot be before {earlier}"),
    "fault.dates_out_of_order.repair": ("请核对两个日期", "Check both dates"),
}
