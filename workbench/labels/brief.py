"""Words: the two-page brief, its tables, and the workbook that an office hands on."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # --- documents ---
    "document.table": ("表{number}　{title}", "Table {number} · {title}"),
    "document.picture": ("图{number}　{title}", "Figure {number} · {title}"),
    "report.annex": ("附件{number}　{title}", "Annex {number} · {title}"),
    "report.mark_means": ("{mark}：{means}", "{mark}: {means}"),
    # --- page one ---
    "brief.title": ("“建组织扩覆盖”活动测算简报（{title}）", "Campaign brief: {title}"),
    "brief.answer": ("一、能否如期实现", "1 · Can the target be reached in time?"),
    "brief.conventions": ("二、测算口径", "2 · What is counted"),
    "brief.counted": (
        "党员口径：{member_basis}；两名党员的组织：{two_members}；建成以{counted_from}为准；分母：{denominator}。",
        "Full members {member_basis} count; organizations with two members come to {two_members}; a branch counts when "
        "{counted_from}; the denominator is {denominator}.",
    ),
    "brief.measures": ("三、对策措施及预期成效", "3 · What to decide, by whom, until when"),
    "brief.money": ("四、经费测算", "4 · Money"),
    "brief.money_is": (
        "按现方案共需约 {total} 元：党建指导员 {number} 名，工作补贴 {instructors} 元（每人每月 {month} 元）；"
        "预计新建党组织 {branches} 个，启动经费 {start_up} 元（每个 {each} 元）。",
        "As planned about {total} yuan: {instructors} for {number} {number:instructor|instructors} ({month} a month each), "
        "{start_up} to start up the {branches} {branches:branch|branches} to be expected ({each} each).",
    ),
    "brief.start_up_is": (
        "按现方案共需约 {total} 元：预计新建党组织 {branches} 个，启动经费每个 {each} 元；{number} 名党建指导员未列工作补贴。",
        "As planned about {total} yuan, {each} to start up each of the {branches} {branches:branch|branches} to be "
        "expected; for the {number} {number:instructor|instructors} the scenario states no cost.",
    ),
    "brief.no_money": (
        "测算方案未列经费标准（costs），经费从略。",
        "The scenario states no costs, so none are worked out.",
    ),
    # --- page two ---
    "brief.units": ("五、分责任单位情况", "5 · By responsible unit"),
    "brief.units_caption": ("各责任单位任务及预测", "Tasks and forecast by responsible unit"),
    "brief.units_note": (
        "应建：未建党组织、有正式党员且非名存实亡的；任务数按组建方式列；预计、最多可建：截止日已建党组织的家数（平均）及最多家数；"
        "差额：距本单位目标的家数，负数为超出。",
        "To form: without a branch, with a full member, not dormant. Tasks by kind. Expected, possible: organizations with a "
        "branch by the deadline, on average and at best. Short: missing for the unit's own target; negative: more than that. "
        "Staff: instructors.",
    ),
    "brief.units_arrivals": ("指导员含其后增派的。", "Those who arrive later are among them."),
    "brief.others": ("其余 {count} 个单位", "{count} more {count:unit|units}"),
    "brief.total": ("合计", "total"),
    "column.to_form": ("应建", "to form"),
    "column.expected_count": ("预计", "expected"),
    "column.units_count": ("社会组织", "orgs"),
    "column.instructors_count": ("指导员", "staff"),
    "column.arriving": ("其后增派", "arriving later"),
    "column.coverage_share": ("预计组织覆盖率", "organization coverage"),
    "column.short": ("差额", "short"),
    "column.convention": ("若改按", "if instead"),
    "column.points": ("损失", "takes"),
    "column.obstacle": ("制约因素", "what"),
    "column.said": ("说明", "how"),
    "short.kind.standalone": ("单独", "alone"),
    "short.kind.assisted": ("选派", "assisted"),
    "short.kind.joint": ("联合", "joint"),
    "short.kind.attached": ("挂靠", "attached"),
    "short.kind.outreach": ("群团", "mass org"),
    # --- the workbook ---
    "sheet.cover": ("封面", "Cover"),
    "sheet.tasks": ("任务分解表", "Tasks"),
    "sheet.mass": ("群团组建任务", "Mass organizations"),
    "sheet.by_responsible": ("责任单位台账", "By responsible unit"),
    "sheet.by_street": ("镇街台账", "By street"),
    "sheet.by_supervisor": ("业务主管部门台账", "By supervisor"),
    "sheet.grouping": ("联合党组织", "Joint branches"),
    "sheet.left_out": ("暂未落实联建对象", "Left out"),
    "sheet.assignment": ("派驻安排表", "Assignment"),
    "sheet.instructors": ("指导员配置", "Instructors"),
    "sheet.moves": ("指导员调整", "Moves"),
    "sheet.overdue": ("应建未建", "Branches due"),
    "sheet.lights": ("红黄蓝", "Red, yellow, blue"),
    "sheet.calendar": ("日历", "Calendar"),
    "sheet.dates": ("时限与会议", "Dates"),
    "sheet.parameters": ("参数及依据", "Parameters"),
    "book.title": ("“建组织扩覆盖”活动工作底表", "Campaign workbook"),
    "book.facts": (
        "填报单位：{unit}　　测算方案：{title}　　截止日：{deadline}",
        "Reported by: {unit}    Scenario: {title}    Deadline: {deadline}",
    ),
    "book.unit": ("活动领导小组办公室", "the campaign's office"),
    "book.paragraph": (
        "全市社会组织共 {organizations} 家、党员 {members} 名，其中已建党组织的 {at_start} 家，未建党组织的社会组织中，有 3 名以上党员的 "
        "{T3} 家、有 2 名党员的 {T2} 家、有 1 名党员的 {T1} 家、没有党员的 {T0} 家。通过开展社会组织“建组织扩覆盖”活动，在{deadline}前，"
        "努力实现社会组织党的组织覆盖率达到 {organization} 以上，党的工作覆盖率达到 {work}。",
        "The city has {organizations} social {organizations:organization|organizations} with {members} full "
        "{members:member|members}. {at_start} {at_start:has|have} a Party "
        "organization. Of the others, {T3} {T3:has|have} three or more members, {T2} {T2:has|have} two, {T1} {T1:has|have} one and {T0} {T0:has|have} none. By "
        "{deadline} the campaign is to reach an organization coverage of {organization} or more, and a work coverage of {work}.",
    ),
    "book.indicators": (
        "应建未建 {overdue} 家；新建党组织任务 {tasks} 项，其中单独组建率 {single}，联合组建率 {joint}；指导员派驻率（截止日）{work}。",
        "{overdue} {overdue:organization has|organizations have} the members for a branch of their own, but none. "
        "{tasks} {tasks:task comes|tasks come} to a branch: "
        "{single} standalone or assisted, {joint} joint or attached. Work coverage by the deadline: {work}.",
    ),
    "book.sheets": ("本册各表：", "Sheets of this book:"),
    "book.sheet": ("{number}　{name}", "{number}  {name}"),
    "column.serial": ("序号", "no."),
    "column.lead": ("社会组织（牵头）", "organization (lead)"),
    "column.names": ("涉及单位", "organizations"),
    "column.dual": ("兼合式", "off-roll members"),
    "column.person": ("责任人", "person in charge"),
    "column.date": ("日期", "date"),
    "column.weekday": ("星期", "weekday"),
    "column.phase": ("阶段节点", "phase"),
    "column.to_file": ("最迟报批任务数", "tasks to be filed"),
    "column.room": ("最多可研究件数", "cases heard at most"),
    "column.formed_tasks": ("预计建成任务数", "tasks formed"),
    "column.who_meets": ("上会责任单位", "responsible units that meet"),
    "calendar.note": (
        "最迟报批：这一天前报批，有 90% 的把握赶得上（组建启动后没有这样的日子的，按 50% 计）。预计建成：按预计日期（中位）计。",
        "To be filed: filed by this day it is in time nine times in ten (at even odds where no day after formation opens is "
        "that early). Formed: by the median date.",
    ),
    "report.calendar": ("逐日安排：报批与会议", "Day by day: filings and meetings"),
    "column.due": ("完成时限（最迟报批）", "due (to be filed by)"),
    "column.outreach_due": ("完成时限", "due"),
    "column.expected_on": ("预计日期", "expected on"),
    "column.sure": ("按期把握", "how sure"),
    "column.light": ("预警", "light"),
    "column.why_not": ("未建原因", "why not yet"),
    "column.supervisor": ("业务主管部门", "supervisor"),
    "column.members_count": ("党员人数", "members"),
    "column.T3": ("未建：3名及以上", "none, 3 or more members"),
    "column.T2": ("未建：2名", "none, 2 members"),
    "column.T1": ("未建：1名", "none, 1 member"),
    "column.T0": ("未建：无党员", "none, no member"),
    "column.dormant": ("名存实亡", "dormant"),
    "column.has_instructor": ("已派驻指导员", "with an instructor"),
    "column.has_mass_org": ("已建群团", "with a mass organization"),
    "column.needed": ("应达家数", "needed"),
    "column.red": ("红", "red"),
    "column.yellow": ("黄", "yellow"),
    "column.blue": ("蓝", "blue"),
    "column.capped": ("说明", "note"),
    "column.instructor": ("指导员编号", "instructor"),
    "light.red": ("红", "red"),
    "light.yellow": ("黄", "yellow"),
    "light.blue": ("蓝", "blue"),
    "lights.capped": ("上限低于目标，按上限衡量", "ceiling below target: held to the ceiling"),
    "lights.note": (
        "红：按期把握不足 50%；黄：50% 至 90%；蓝：90% 以上。按目标衡量，上限低于目标的按上限衡量。",
        "Red: less than 50% sure of being in time; yellow: 50% to 90%; blue: 90% or more. Held to the target, or to the "
        "ceiling where that is lower.",
    ),
    "tasks.note": (
        "完成时限由截止日倒推，到时报批有 90% 的把握赶上（组建启动后没有这样的日子时按 50%）；空白为已来不及或不需报批。预计日期为能建成时的中位日期。",
        "Due: filed by then, a task is in time nine times in ten (at even odds where no day after formation opens is that "
        "early); blank: no day is early enough, or nothing is filed. Expected on: the median date, given that it is formed.",
    ),
    "file.brief": ("简报及附件（Word）", "brief and annexes, as a Word file"),
}
