"""Words: what can be wrong in a scenario, with its repair."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "error.scenario": ("测算方案无法使用，共有 {count} 处问题", "The scenario cannot be used; faults: {count}"),
    "error.scenario_file": (
        "测算方案文件 {file} 无法使用，共有 {count} 处问题",
        "The scenario {file} cannot be used; faults: {count}",
    ),
    "error.fit": (
        "测算方案与台账不相符，共有 {count} 处问题",
        "The scenario does not fit the register; faults: {count}",
    ),
    "scenario.whole": ("方案", "scenario"),
    "scenario.schema": (
        "一次“建组织扩覆盖”活动的测算方案：日程、规则、人员与假设。各键含义见 docs/model.md。",
        "A scenario of the campaign: its calendar, rules, people, assumptions; docs/model.md has the keys.",
    ),
    # -- single values ---------------------------------------------------------------------
    "fault.number.rule": ("此处应为数字", "a number is wanted here"),
    "fault.number.repair": ("请填写数字，不加引号和单位", "Write a number, without quotes or unit"),
    "fault.number_percent.rule": ("此处应为数字，不写百分号", "a number is wanted here, without a percent sign"),
    "fault.number_percent.repair": ("请写 {share}", "Write {share}"),
    "fault.number_finite.rule": ("此处应为有限的数字", "a finite number is wanted here"),
    "fault.number_finite.repair": (
        "请填写普通数字，不用 .inf 或 .nan",
        "Write an ordinary number, not .inf or .nan",
    ),
    "fault.whole.rule": ("此处应为整数", "a whole number is wanted here"),
    "fault.whole.repair": ("请填写不带小数的整数", "Write a number without decimals"),
    "fault.at_least.rule": ("数值不小于 {limit}", "the value must be {limit} or more"),
    "fault.at_least.repair": ("请填写不小于 {limit} 的数", "Write {limit} or more"),
    "fault.at_most.rule": ("数值不大于 {limit}", "the value must be {limit} or less"),
    "fault.at_most.repair": ("请检查是否多写了位数", "Look for a digit too many"),
    "fault.between.rule": ("数值在 {low} 与 {high} 之间", "the value must lie between {low} and {high}"),
    "fault.between.repair": (
        "请填写 {low} 到 {high} 之间的数（分布的上下限也要在此范围内）；60 % 写作 0.6",
        "Write a number from {low} to {high} (a law stays within, too); 60 % is 0.6",
    ),
    "fault.above.rule": ("数值始终大于 {limit}", "the value must always be above {limit}"),
    "fault.above.repair": ("请把下限提高到 {limit} 以上", "Raise the lower end above {limit}"),
    "fault.below.rule": ("数值始终小于 {limit}", "the value must always be below {limit}"),
    "fault.below.repair": ("请把上限降到 {limit} 以下", "Lower the upper end below {limit}"),
    "fault.date.rule": ("此处应为日历上存在的日期", "a date that the calendar has is wanted here"),
    "fault.date.repair": ("请写成 2027-08-31 的形式", "Write it like 2027-08-31"),
    "fault.date_year.rule": ("年份在 {first} 与 {last} 之间", "the year must lie between {first} and {last}"),
    "fault.date_year.repair": ("请检查年份", "Look at the year"),
    "fault.yes_or_no.rule": ("此处只能是 true 或 false", "true or false is wanted here"),
    "fault.yes_or_no.repair": ("请填写 true 或 false，不加引号", "Write true or false, without quotes"),
    "fault.text.rule": ("此处应为文字", "text is wanted here"),
    "fault.text.repair": (
        "请填写文字；像数字的文字要加引号",
        "Write text; put text that looks like a number in quotes",
    ),
    "fault.list.rule": ("此处应为列表", "a list is wanted here"),
    "fault.list.repair": (
        "请用方括号写成列表，例如 [a, b]",
        "Write a list in square brackets, such as [a, b]",
    ),
    "fault.list_length.rule": ("此列表应恰有 {count} 项", "this list must have exactly {count} {count:member|members}"),
    "fault.list_length.repair": ("请补上或删去多余的项", "Add what is missing or remove what is too much"),
    "fault.map.rule": ("此处应为若干“键: 值”", "a map of keys to values is wanted here"),
    "fault.map.repair": ("请在下一行缩进书写“键: 值”", "Write 'key: value' on indented lines below"),
    "fault.one_of.rule": ("只能是以下之一：{words}", "one of these is wanted here: {words}"),
    "fault.one_of.repair": ("请从中选一个", "Choose one of them"),
    "fault.not_usable.rule": ("此处不能用这样的值", "this value has no meaning here"),
    "fault.not_usable.repair": (
        "请对照 scenarios/baseline.yaml 中同一处的写法",
        "Compare how scenarios/baseline.yaml writes this key",
    ),
    "fault.text_character.rule": (
        "文字中含有控制字符或残缺字符",
        "this text holds a control character or half a character",
    ),
    "fault.text_character.repair": ("请重新输入这段文字，不要粘贴", "Type the text anew instead of pasting it"),
    "fault.number_long.rule": ("数字过长", "this number has too many digits"),
    "fault.number_long.repair": ("请检查是否粘贴有误", "See whether something was pasted here by mistake"),
    "fault.yaml_two_meanings.rule": (
        "这样写有两种读法：YAML 1.1 读作 {old}，YAML 1.2 读作 {new}",
        "this is {old} to YAML 1.1 and {new} to YAML 1.2",
    ),
    "fault.yaml_two_meanings.repair": (
        "请直接写出所指的值：数字不加前导 0、下划线和冒号，是或否写 true 或 false，文字加引号",
        "Write what is meant: a number without leading zeros, underscores or colons, true or false, or text in quotes",
    ),
    # -- keys ---------------------------------------------------------------------
    "fault.key_unknown.rule": (
        "没有这个键；此处可用：{known}",
        "there is no such key; the keys here are: {known}",
    ),
    "fault.key_unknown.repair": ("请改正或删去", "Correct or remove it"),
    "fault.key_unknown_near.rule": ("没有这个键", "there is no such key"),
    "fault.key_unknown_near.repair": ("是否应为 {near}", "Did you mean {near}"),
    "fault.key_renamed.rule": ("这个键已改名", "this key has a new name"),
    "fault.key_renamed.repair": ("请改写为 {new}", "Write {new}"),
    "fault.key_missing.rule": ("缺少必填的 {key}", "{key} is required"),
    "fault.key_missing.repair": ("请补上", "Add it"),
    "fault.key_twice.rule": (
        "同一处不能重复写一个键（第 {first} 行已写过）",
        "this key stands in the map twice (first on line {first})",
    ),
    "fault.key_twice.repair": ("请删去其中一个", "Remove one of the two"),
    # -- laws ---------------------------------------------------------------------
    "fault.law_form.rule": (
        "此处应为数字，或一种分布及其参数，例如 {example}",
        "a number is wanted here, or one law with its numbers, such as {example}",
    ),
    "fault.law_form.repair": ("请照此改写", "Write it in this form"),
    "fault.law_family.rule": ("分布只能是：{families}", "there is no such law; the laws are: {families}"),
    "fault.law_family.repair": ("是否应为 {near}", "Did you mean {near}"),
    "fault.law_count.rule": ("{family} 需要的参数为：{names}", "{family} must have these numbers: {names}"),
    "fault.law_count.repair": ("请按此顺序把参数写全，不要多写", "Write exactly these, in this order"),
    "fault.law_order.rule": (
        "{family} 的参数应满足 {names}",
        "the numbers of {family} must be in order: {names}",
    ),
    "fault.law_order.repair": ("请从小到大排列参数", "Write them from small to large"),
    "fault.law_lognormal.rule": (
        "lognormal 的均值大于 0，标准差不小于 0",
        "the mean of a lognormal must be above 0, its sd 0 or more",
    ),
    "fault.law_lognormal.repair": (
        "请填写变量本身（而非其对数）的均值和标准差",
        "Write the mean and sd of the variable itself, not of its logarithm",
    ),
    "fault.law_exponential.rule": ("exponential 的均值不小于 0", "the mean of an exponential must be 0 or more"),
    "fault.law_exponential.repair": ("请填写以工作日计的均值", "Write the mean"),
    "fault.law_empty.rule": ("empirical 至少要有一个观测值", "an empirical law must have one observation at least"),
    "fault.law_empty.repair": ("请把观测值写进方括号", "Write the observations in the brackets"),
    # -- sections ---------------------------------------------------------------------
    "fault.weekdays_empty.rule": ("每周至少有一天", "a week must have one day at least"),
    "fault.weekdays_empty.repair": ("请写明星期，例如 [Mon, Tue]", "Name the days, such as [Mon, Tue]"),
    "fault.holidays_country.rule": ("没有此代码的公共假日日历", "no public holidays are known for this code"),
    "fault.holidays_country.repair": (
        "请用国家代码（如 CN）、日期列表或 null",
        "Use a country's code such as CN, a list of dates, or null",
    ),
    "fault.holidays_form.rule": (
        "此处应为国家代码（如 CN）、日期列表或 null",
        "a country's code such as CN, a list of dates, or null is wanted here",
    ),
    "fault.holidays_form.repair": ("请改用其中一种写法", "Use one of the three"),
    "fault.discovery_weights.rule": (
        "more 中各权重之和应为 1，现为 {total}",
        "the weights of more must add up to 1; they add up to {total}",
    ),
    "fault.discovery_weights.repair": ("请改写权重，使其合计为 1", "Change the weights so that they add up to 1"),
    "fault.discovery_by.rule": (
        "by 只能按 {known} 之一区分，不能按“{found}”",
        "by must be one of {known}; it is “{found}”",
    ),
    "fault.discovery_by.repair": ("请改用其中一项", "Use one of them"),
    "fault.discovery_by_one.rule": ("by 只能写一项，现写了 {found}", "by must name one column only; it names {found}"),
    "fault.discovery_by_one.repair": ("请只保留一项", "Keep one of them"),
    "fault.discovery_kind.rule": (
        "组织类型只有 {known}，没有“{found}”",
        "“{found}” is not a kind of organization; there are {known}",
    ),
    "fault.discovery_kind.repair": ("请改用其中一种", "Use one of them"),
    "fault.discovery_chances.rule": (
        "chance 与 fewer 之和不得超过 1，现为 {total}（{group}）",
        "chance and fewer must add up to 1 at most; they add up to {total} ({group})",
    ),
    "fault.discovery_chances.repair": ("请减小其中一项", "Make one of them smaller"),
    "fault.limits_order.rule": ("上下限应写成 [最少, 最多]", "limits must be written [least, most]"),
    "fault.limits_order.repair": ("请把较小的数写在前面", "Write the smaller number first"),
    "fault.community_key.rule": (
        "社区的键写作“镇街/社区”",
        "a community must be written street/community",
    ),
    "fault.community_key.repair": (
        "请补上镇街或去掉多余的斜线",
        "Write both parts and one slash between them",
    ),
    "fault.pair_same.rule": ("一对应为两个不同的组织", "a pair must name two different organizations"),
    "fault.pair_same.repair": ("请改正其中一个 org_id", "Correct one of the two org_ids"),
    "fault.discipline.rule": (
        "顺序只能是 {words}，或由组建任务类型组成的列表（{kinds}）",
        "the order of service must be one of {words}, or a list of case kinds ({kinds})",
    ),
    "fault.discipline.repair": ("请选用其中一种", "Choose one of them"),
    "fault.discipline_kinds.rule": (
        "列表只含组建任务类型，每种至多一次：{kinds}",
        "the list must hold case kinds, each once at most: {kinds}",
    ),
    "fault.discipline_kinds.repair": (
        "请改正类型名称或删去重复",
        "Correct the names or remove what stands twice",
    ),
    "fault.outreach_approval.rule": (
        "先建群团不经审批：approval 为 none",
        "outreach is not approved by anyone: its approval must be none",
    ),
    "fault.outreach_approval.repair": ("请写 none 或删去此行", "Write none, or remove the line"),
    "fault.outreach_election.rule": ("先建群团没有选举", "outreach must have no election"),
    "fault.outreach_election.repair": ("请写 null 或删去此行", "Write null, or remove the line"),
    # -- the calendar ---------------------------------------------------------------------
    "fault.date_too_early.rule": ("不早于 {other}（{date}）", "this date must not be before {other} ({date})"),
    "fault.date_too_early.repair": ("请改正其中一个日期", "Correct one of the two dates"),
    "fault.date_too_late.rule": ("不晚于 {other}（{date}）", "this date must not be after {other} ({date})"),
    "fault.date_too_late.repair": ("请改正其中一个日期", "Correct one of the two dates"),
    "fault.calendar_long.rule": ("日程不超过 {years} 年", "the calendar must span {years} {years:year|years} at most"),
    "fault.calendar_long.repair": ("请检查年份", "Look at the year"),
    "fault.calendar_no_work.rule": (
        "从 start（{start}）到此日没有一个工作日",
        "there is no working day from start ({start}) to this date",
    ),
    "fault.calendar_no_work.repair": (
        "请改正日期、weekmask、holidays 或 extra_workdays",
        "Correct the dates, the weekmask, the holidays or the extra_workdays",
    ),
    # -- files ---------------------------------------------------------------------
    "fault.base_missing.rule": (
        "base 所指的文件不存在或无法读取（{looked}）",
        "there is no such file, or it cannot be read (looked for at {looked})",
    ),
    "fault.base_missing.repair": (
        "请写相对于本文件所在文件夹的文件名",
        "Write its name relative to the folder of this file",
    ),
    "fault.base_not_shipped.rule": (
        "上传的测算方案只能以随附测算方案为 base：{known}",
        "an uploaded scenario may build on the scenarios of this service only: {known}",
    ),
    "fault.base_not_shipped.repair": (
        "请改用其中一个，或把所继承的内容写进本文件并删去 base",
        "Name one of them, or write what it inherits into the file and remove base",
    ),
    "fault.register_not_shipped.rule": (
        "上传的测算方案不能指定本机上的台账文件",
        "an uploaded scenario may not name a register of this machine",
    ),
    "fault.register_not_shipped.repair": (
        "请删去 register 一行，台账另行上传",
        "Remove the line with register; the register is uploaded by itself",
    ),
    "fault.file_not_regular.rule": (
        "此路径是管道或设备，不是普通文件",
        "this path is a pipe or a device, not a file",
    ),
    "fault.file_not_regular.repair": ("请指定一个普通文件", "Name a regular file"),
    "fault.file_too_large.rule": ("文件大小超过上限 {most}", "the file is larger than {most}"),
    "fault.file_too_large.repair": ("请核对是否选错了文件", "See whether this is the right file"),
    "fault.base_form.rule": (
        "base 应为另一个测算方案的文件名或 null",
        "base must be another scenario's file name, or null",
    ),
    "fault.base_form.repair": ("请写文件名，例如 baseline.yaml", "Write a file name such as baseline.yaml"),
    "fault.base_circle.rule": (
        "测算方案不能继承自己（{circle}）",
        "the scenario would inherit from itself ({circle})",
    ),
    "fault.base_circle.repair": (
        "请让其中一个文件的 base 为 null",
        "Let one file of the circle have base: null",
    ),
    "fault.base_in_memory.rule": (
        "base 只在读文件时起作用",
        "base works in files only",
    ),
    "fault.base_in_memory.repair": (
        "请用 read_scenario 读入，再用 replace 修改",
        "Read the file with read_scenario and change it with replace",
    ),
    "fault.yaml_encoding.rule": ("文件应为 UTF-8 编码", "the file is not in UTF-8"),
    "fault.yaml_encoding.repair": ("请在编辑器中另存为 UTF-8", "Save it as UTF-8 in your editor"),
    "fault.yaml_character.rule": (
        "文件中有控制字符或残缺字符",
        "the file holds a control character or half a character",
    ),
    "fault.yaml_character.repair": ("请删去该字符", "Remove the character"),
    "fault.yaml_syntax.rule": ("此行不是合法的 YAML", "this line is not YAML"),
    "fault.yaml_syntax.repair": (
        "请检查此行附近的缩进（用空格，不用制表符）、冒号后的空格、引号和括号",
        "Look near this line at the indents (spaces, no tabs), the space after colons, quotes and brackets",
    ),
    "fault.yaml_deep.rule": ("文件的层次过深", "the file is nested too deep to be a scenario"),
    "fault.yaml_deep.repair": ("请检查是否选错了文件", "See whether this is the right file"),
    "fault.yaml_empty.rule": ("测算方案文件不能为空", "the file is empty"),
    "fault.yaml_empty.repair": (
        "请至少写一行，例如 base: baseline.yaml",
        "Write at least one line, such as base: baseline.yaml",
    ),
    "fault.yaml_map.rule": ("测算方案文件由若干“键: 值”组成", "a scenario file must be a map of keys to values"),
    "fault.yaml_map.repair": ("请对照 scenarios/baseline.yaml", "Compare scenarios/baseline.yaml"),
    "fault.yaml_alias.rule": (
        "测算方案文件不用 YAML 的锚点和别名",
        "YAML anchors and aliases are not read in scenario files",
    ),
    "fault.yaml_alias.repair": ("请把值写全，或用 base 继承", "Write the value out, or inherit it by base"),
    "fault.yaml_key.rule": ("键应为单个词", "a key must be a single word"),
    "fault.yaml_key.repair": ("请改正此键", "Correct the key"),
    "fault.yaml_tag.rule": ("测算方案文件不用 YAML 标签", "YAML tags are not read in scenario files"),
    "fault.yaml_tag.repair": ("请删去标签，只写值", "Remove the tag and leave the value"),
    # -- the register --------------------------------------------------------------------------------
    "fit.between": ("、", ", "),
    "fit.and_more": ("{names} 等（另有 {count} 个）", "{names} and {count} more"),
    "fault.responsible_unknown.rule": ("台账中没有这个责任单位", "the register has no such responsible unit"),
    "fault.responsible_unknown.repair": ("请改正或删去", "Correct or remove it"),
    "fault.responsible_unknown_near.rule": (
        "台账中没有这个责任单位",
        "the register has no such responsible unit",
    ),
    "fault.responsible_unknown_near.repair": ("是否应为 {near}", "Did you mean {near}"),
    "fault.organization_unknown.rule": ("台账中没有这个 org_id", "the register has no such org_id"),
    "fault.organization_unknown.repair": ("请改正或删去", "Correct or remove it"),
    "fault.organization_unknown_near.rule": (
        "台账中没有这个 org_id",
        "the register has no such org_id",
    ),
    "fault.organization_unknown_near.repair": ("是否应为 {near}", "Did you mean {near}"),
    "fault.community_unknown.rule": (
        "台账中没有这个“镇街/社区”",
        "the register has no such community (street/community)",
    ),
    "fault.community_unknown.repair": ("请改正或删去", "Correct or remove it"),
    "fault.community_unknown_near.rule": (
        "台账中没有这个“镇街/社区”",
        "the register has no such community (street/community)",
    ),
    "fault.community_unknown_near.repair": ("是否应为 {near}", "Did you mean {near}"),
    "fault.parts_missing.rule": (
        "除 part_time 外的口径要求每个组织都分列三类党员，"
        "而 {organizations} 个组织中有 {count} 个没有分列（第一个为 {first}）",
        "a basis other than part_time needs the three parts of the members of every organization; {count} of "
        "{organizations} lack them (the first is {first})",
    ),
    "fault.parts_missing.repair": (
        "请在台账中补上 members_on_roll、members_floating、members_part_time，或改用 part_time",
        "Add members_on_roll, members_floating and members_part_time to the register, or count by part_time",
    ),
    "warning.responsible_without_instructor": (
        "{count} 个责任单位没有党建指导员，其组建任务将无人办理：{names}",
        "Responsible units without any instructor: {count}. Nobody will work on their cases: {names}",
    ),
    "warning.no_instructors": (
        "测算方案没有安排任何党建指导员，任何组建任务都无人办理",
        "The scenario has no instructors at all: nobody will work on any case",
    ),
    "warning.instructors_by_size": (
        "方案未写明党建指导员人数，按每 {each} 家未建组织 1 名（长乐 2016）测算：未建 {without} 家，计 {total} 名。"
        "请在 instructors.total 中填写实际人数",
        "The scenario names no number of instructors; assumed: {total}, which is one per {each} of the {without} "
        "{without:organization|organizations} without a branch (Changle 2016). Write your own number at instructors.total",
    ),
    "warning.instructors_many": (
        "方案有党建指导员 {total} 名，多于未建组织数 {without} 家，请核对 instructors.total 是否为本市人数",
        "The scenario has {total} {total:instructor|instructors} for {without} {without:organization|organizations} "
        "without a branch, more than one each: see whether instructors.total is this city's number",
    ),
    "warning.instructors_few": (
        "方案有党建指导员 {total} 名，未建组织 {without} 家，人均 {each} 家，高于已公布的最高值 {most} 家，"
        "请核对 instructors.total 是否为本市人数",
        "The scenario has {total} {total:instructor|instructors} for {without} {without:organization|organizations} "
        "without a branch: {each} to one, and the most that was published is {most}. See whether instructors.total is "
        "this city's number",
    ),
    "warning.instructors_too_few_to_share": (
        "{total} 名党建指导员由 {units} 个有未建组织的责任单位分配，至少有 {least} 个责任单位分不到人",
        "The total of {total} {total:instructor|instructors} is shared among more responsible units that have branches "
        "to form ({units}): at least {least} of them will have nobody",
    ),
    "warning.defaults": ("程序的默认值", "the defaults"),
    "warning.dates_inherited": (
        "方案用的是自己的台账，但以下日期取自 {files}：{dates}。请写明本市的日期；如确实相同，请在 sources 中写明 calendar 的出处",
        "The scenario has a register of its own, but takes these dates from {files}: {dates}. Write your city's dates, or "
        "say under sources, at calendar, that they are the same",
    ),
    "warning.every_organization": ("全部社会组织", "all organizations"),
    "warning.lost_beyond_none": (
        "census.discovery 的 fewer 一次至少减少 {least} 名党员，而{who}中党员最多的一家也只有 {most} 名：凡被减到的都按 0 名计。"
        "请核对 more 和 fewer",
        "census.discovery takes {least} {least:member|members} or more away where it takes any (fewer), and no organization has so many "
        "(at most {most}; {who}): whoever it meets is left with none. Check more and fewer",
    ),
    "warning.arrivals_late": (
        "{count} 批增派的党建指导员在测算期结束（{last}）之后才到岗，不起作用：{names}",
        "Instructors who arrive after the last day that is simulated ({last}) change nothing; arrivals: {count} ({names})",
    ),
    "warning.no_meeting": (
        "{units} 个责任单位中有 {count} 个在集中组建期间（{first} 至 {last}）没有一次能审议的会议，其党组织都无法批复：{names}。"
        "请核对 committee.first 等日期",
        "Responsible units without a meeting that hears a case while branches are formed ({first} to {last}), so that none "
        "of theirs is approved: {count} of {units} ({names}). Look at committee.first",
    ),
    "warning.under_way": (
        "台账记有 {first} 至 {last} 的工作进展（{count} 家），活动正在推进。制订方案和模拟均从头算起，不计已有进展；"
        "预计最终结果用 workbench forecast，中期评估用 workbench review",
        "The register dates work between {first} and {last} ({count} organizations): the campaign is under way. Plans "
        "and simulations begin it anew; 'workbench forecast' tells where it will end, 'workbench review' who is behind",
    ),
    "warning.holidays_predicted": (
        "{years} 年的放假安排尚未公布（已公布至 {until} 年），活动期间及前后的假日和调休均为推算，日期可能变动：{holidays}",
        "The holidays of {years} are not announced yet (known until {until}): these are predicted, and bridge days and "
        "days worked in return may move dates: {holidays}",
    ),
    "warning.dormant_forbid": (
        "全市 {organizations} 家社会组织中有 {dormant} 家名存实亡且没有任何覆盖，仅此一项就使工作覆盖率最高只到 {most}，"
        "达不到目标 {target}。以全部登记的为总数，组织覆盖率现为 {now}；"
        "不计名存实亡的，总数为 {active} 家，工作覆盖率可到 100%，组织覆盖率现为 {now_active}",
        "Dormant and without a branch, an instructor or a mass organization: {dormant} of {organizations} "
        "{organizations:organization|organizations}, which alone keep work coverage at {most} at most, below the target of "
        "{target}. Of all on the register (denominator: all) organization coverage is {now} today; without the dormant "
        "ones (active) the total is {active}, "
        "work coverage can reach 100%, and organization coverage is {now_active} today",
    ),
    "fault.personal_text.rule": (
        "疑为居民身份证号、电话号码或电子邮箱，测算方案不得有个人信息",
        "this reads as a person's identity number, telephone number or e-mail address, which a scenario must not hold",
    ),
    "fault.personal_text.repair": ("请删除", "Delete it"),
}
