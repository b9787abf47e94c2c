"""Words: the terms of the model (MODEL names beside the labels that planners know)."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "term.organization": ("社会组织", "organization"),
    "term.branch": ("党组织", "Party organization"),
    "term.street": ("镇街", "street"),
    "term.supervisor": ("业务主管部门", "supervisor"),
    "term.industry": ("行业", "industry"),
    "term.community": ("社区", "community"),
    "term.instructor": ("党建指导员", "instructor"),
    "term.organization_coverage": ("党的组织覆盖率", "organization coverage"),
    "term.work_coverage": ("党的工作覆盖率", "work coverage"),
    "term.target": ("目标", "target"),
    "term.deadline": ("截止日", "deadline"),
    "term.ceiling": ("上限", "ceiling"),
    "kind.standalone": ("单独组建", "standalone"),
    "kind.assisted": ("选派指导员单独组建", "assisted"),
    "kind.joint": ("联合组建", "joint"),
    "kind.attached": ("挂靠组建", "attached"),
    "kind.outreach": ("先建群团", "outreach"),
    "facility.peer": ("单位联建", "peer"),
    "facility.host": ("挂靠组建", "host"),
    "facility.community": ("社区统建", "community"),
    "tier.branch": ("已建党组织", "has a branch"),
    "tier.T3": ("3名及以上党员", "three or more members"),
    "tier.T2": ("2名党员", "two members"),
    "tier.T1": ("1名党员", "one member"),
    "tier.T0": ("无党员", "no member"),
}
