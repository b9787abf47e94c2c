"""Words: the assignment list."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "error.assignment_standing": (
        "未写明每名指导员最多派驻几家（instructors.standing，给出的是 {given}）：请在测算方案中写明，如 5，或用 standing 指定",
        "Nothing says how many organizations an instructor may stand for (instructors.standing; {given} was given): write it in "
        "the scenario, 5 for example, or give standing",
    ),
    "assignment.summary": (
        "指导员 {instructors} 名，其中 {busy} 名共派驻 {organizations} 家社会组织，每名最多 {standing} 家。",
        "Of {instructors} {instructors:instructor|instructors} {busy} {busy:stands|stand} for {organizations} "
        "{organizations:organization|organizations}, at most {standing} each.",
    ),
    "assignment.proven": (
        "距离平方和 {cost} 平方公里；已证明没有更近的安排。",
        "Squared distances {cost} km² in all; it is proven that no assignment is nearer.",
    ),
    "assignment.bound": (
        "距离平方和 {cost} 平方公里；任何同样均衡的安排不少于 {bound}。",
        "Squared distances {cost} km² in all; no assignment as even comes below {bound}.",
    ),
    "assignment.unassigned": (
        "另有 {unassigned} 家暂未派驻（涉及 {units} 个责任单位）：指导员人数不够。",
        "{unassigned} more {unassigned:organization is|organizations are} not assigned, in {units} responsible "
        "{units:unit|units}: there are too few instructors.",
    ),
    "assignment.unassigned_on_the_day": (
        "另有 {unassigned} 家暂未派驻（涉及 {units} 个责任单位）：当日在岗的指导员人数不够。",
        "{unassigned} more {unassigned:organization is|organizations are} not assigned, in {units} responsible "
        "{units:unit|units}: too few instructors are there on that day.",
    ),
    "assignment.away": (
        "另有指导员 {away} 名在派驻日（{on}）不在岗。",
        "{away} more {away:instructor is|instructors are} not there on {on}, the day of assignment.",
    ),
    "assignment.check_ok": ("核对无误，距离平方和 {cost} 平方公里", "All rules hold; squared distances {cost} km²"),
    "assignment.check_not_ok": ("核对发现问题：", "The check found:"),
    "fault.assigned_twice.rule": ("每家只由一名指导员派驻", "each organization has one instructor"),
    "fault.assigned_twice.repair": ("删去多余的行", "remove the other rows"),
    "fault.assigned_stranger.rule": (
        "须是台账中未建党组织、未派驻指导员且非名存实亡的社会组织",
        "listed are organizations of the register without branch and instructor that are not dormant",
    ),
    "fault.assigned_stranger.repair": ("删去此行", "remove the row"),
    "fault.assigned_missing.rule": (
        "应派驻的每一家都须列出（或列为暂未派驻）",
        "everybody concerned is listed, assigned or not",
    ),
    "fault.assigned_missing.repair": ("补上此行", "add the row"),
    "fault.assigned_elsewhere.rule": (
        "由本责任单位（{responsible}）的指导员派驻",
        "the instructor is one of its own responsible unit, {responsible}",
    ),
    "fault.assigned_elsewhere.repair": ("改派本责任单位的指导员", "give it an instructor of that unit"),
    "fault.assigned_case.rule": ("所属组建任务是“{case}”", "its case is '{case}'"),
    "fault.assigned_case.repair": ("用同一份联合组建方案重新安排", "assign again with the same joint branches"),
    "fault.assigned_too_many.rule": ("每名指导员最多派驻 {standing} 家", "an instructor stands for at most {standing}"),
    "fault.assigned_too_many.repair": ("把多出的改派他人", "give the surplus to another one"),
    "fault.assigned_apart.rule": (
        "同一责任单位内，同一组建任务的各家由同一名指导员派驻",
        "within a responsible unit the units of one case have one instructor",
    ),
    "fault.assigned_apart.repair": ("改由一名指导员派驻", "give them one instructor"),
    "fault.assigned_nobody.rule": ("指导员须在名册之内", "the instructor is one of those there are"),
    "fault.assigned_nobody.repair": ("改派名册中的指导员", "give it an instructor of the list"),
    "fault.assigned_cost.rule": ("距离平方和应为 {cost}", "the cost is {cost}"),
    "fault.assigned_cost.repair": ("重新安排", "assign again"),
    "fault.assigned_bound.rule": ("下界不超过距离平方和 {cost}", "a bound is not above the cost, {cost}"),
    "fault.assigned_bound.repair": ("重新安排", "assign again"),
    "file.assignment": ("指导员派驻安排", "the assignment list"),
    "assigned.instructor": ("指导员", "instructor"),
    "assigned.responsible": ("责任单位", "responsible unit"),
    "assigned.org_id": ("编号", "org_id"),
    "assigned.name": ("名称", "name"),
    "assigned.case": ("组建任务", "case"),
    "assigned.kind": ("组建方式", "kind"),
    "assigned.instructors": ("指导员（名）", "instructors"),
    "assigned.organizations": ("派驻（家）", "assigned"),
    "assigned.each": ("每名（家）", "each"),
    "assigned.left": ("暂未派驻（家）", "not assigned"),
    "assigned.cost": ("距离平方和", "km²"),
    "stage.assign": ("安排派驻", "assigning"),
}
