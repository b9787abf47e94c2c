"""The headers that offices write, and the column of the register that each means.

A header is compared *plain*: full-width letters as plain ones, without blanks, units and numbering. An exact match is
sure; a pattern is nearly so; anything else is asked. What could be read in two ways is in neither list but among the
`AMBIGUOUS`: it is never taken without a planner's word.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

#: What a column of a ledger may be beside a column of the register.
DISTRICT: Final = "(district)"
LON_LAT: Final = "(lon, lat)"
BRANCH_NAME: Final = "(branch name)"
COVERAGE: Final = "(coverage)"
RUNNING: Final = "(running)"
STATUS: Final = "(status)"
LIST: Final = "(mass organizations)"
TOTAL: Final = "(all members)"
NEEDLESS: Final = "(not needed)"
PERSON: Final = "(person)"
INSTRUCTOR: Final = "(instructor)"

#: Target -> its headers, the most telling first: of two columns with one meaning the earlier is taken.
EXACT: Final[dict[str, str]] = {
    "org_id": (
        "统一社会信用代码 社会信用代码 统一信用代码 信用代码 统一代码 社会组织代码 组织机构代码 机构代码 "
        "登记证号 登记证书编号 登记证书号 登记证编号 证书编号 证书号 登记号 登记编号 法人登记证号 "
        "社会组织编号 社会组织id 组织编号 组织id 单位编号 单位代码 机构编号 代码 orgid uscc code "
        "socialcreditcode unifiedsocialcreditcode id registrationnumber 编号"
    ),
    "name": (
        "社会组织名称 社会组织全称 组织名称 单位名称 机构名称 社团名称 名称 单位全称 全称 社会组织 "
        "社会组织名 机构全称 社会组织单位名称 name organization organisation organizationname "
        "organisationname orgname 单位"
    ),
    "street": (
        "镇街 所在镇街 所属镇街 街镇 镇街道 镇街名称 街道 所在街道 所属街道 街道名称 街道镇 街道乡镇 "
        "乡镇街道 乡镇街 乡镇 所属乡镇 所在乡镇 所在镇 所在乡镇街道 所属乡镇街道 所在镇街道 所属镇街道 "
        "所在街镇 所属街镇 属地镇街 属地街道 属地镇街道 住所地镇街 街道办 街道办事处 镇乡街道 "
        "乡镇街道名称 属地 street subdistrict town township"
    ),
    DISTRICT: (
        "区县 县区 县市区 区县市 所在区县 所属区县 所在县区 所属县区 所在区 所属区 所在县市区 所属县市区 "
        "行政区 城区 旗县 区 县 district county"
    ),
    "responsible": (
        "责任单位 组建责任单位 责任主体 党建责任单位 牵头单位 包保单位 主责单位 所属党建工作系统 "
        "党建工作系统 市直党建工作系统 responsible responsibleunit responsibleorganization"
    ),
    "full_members": (
        "正式党员 正式党员数 正式党员人数 正式党员总数 正式党员数量 正式党员名数 现有正式党员 "
        "现有正式党员数 其中正式党员 其中正式党员数 中共正式党员 正式党员合计 党员正式党员数 fullmembers "
        "fullmember 党员正式 党员数正式"
    ),
    "members_on_roll": (
        "在册党员 在册党员数 专职已转关系 专职已转关系党员 专职已转关系党员数 专职已转 "
        "组织关系已转入党员数 组织关系已转入党员 组织关系已转入 已转入党员 已转入党员数 "
        "工作人员专职已转关系党员数 已接转组织关系党员 已接转组织关系党员数 组织关系在本单位党员数 "
        "组织关系在册党员数 已转关系 专职人员已转关系 membersonroll 正式党员已转关系"
    ),
    "members_floating": (
        "流动党员 流动党员数 流动党员人数 专职未转关系 专职未转关系党员 专职未转关系党员数 专职未转 "
        "组织关系未转入党员数 组织关系未转入党员 组织关系未转入 未转入党员 未转入党员数 "
        "工作人员专职未转关系党员数 未接转党员 未接转组织关系党员 未接转组织关系党员数 "
        "未接转组织关系的流动党员 未接转组织关系的流动党员数 未接转组织关系流动党员 未转关系 "
        "专职人员未转关系 membersfloating floatingmembers"
    ),
    "members_part_time": (
        "兼职党员 兼职党员数 兼职党员数量 兼职党员人数 兼职人员党员 兼职人员党员数 兼职人员中党员 "
        "兼职人员中党员数 兼职人员党员人数 memberspartime memberspart membersparttime parttimemembers"
    ),
    "members_probationary": (
        "预备党员 预备党员数 预备党员人数 预备党员数量 其中预备党员 其中预备党员数 党员预备 党员数预备 "
        "probationarymembers membersprobationary"
    ),
    TOTAL: (
        "党员 党员数 党员总数 党员人数 党员名数 党员数量 党员总人数 现有党员 现有党员数 党员合计 党员小计 "
        "党员总计 中共党员 中共党员数 从业人员党员数 从业人员中党员 从业人员中党员数 从业人员中党员总数 "
        "党员预备党员人数 党员数含预备 党员数含预备党员 党员总数含预备党员 专职党员 专职党员数 "
        "专职党员数量 专职人员中党员数 党员中专职工作人员数 members allmembers partymembers 党员情况 "
        "党员名 党员数合计 党员数小计"
    ),
    "has_branch": (
        "是否建立党组织 是否已建立党组织 是否建党组织 是否已建党组织 是否成立党组织 是否已成立党组织 "
        "是否组建党组织 是否已组建党组织 是否建有党组织 是否有党组织 有无党组织 党组织是否建立 "
        "党组织是否成立 党组织建立情况 党组织组建情况 党组织设置情况 党组织设置 党组织建设情况 "
        "党组织成立情况 已建党组织 已建立党组织 建立党组织情况 建立党组织 是否建立党支部 是否成立党支部 "
        "是否建党支部 党组织情况 党组织覆盖 是否建立 党组织组建 党建状态 党组织 是否单独建立党组织 "
        "党组织有无 党组织是否组建 党支部 hasbranch branch partyorganization haspartyorganization "
        "党组织是 党组织数 党组织覆盖情况 党的组织覆盖情况 是否已建 是否组建 是否成立 是否建有 建立情况 组建情况"
    ),
    COVERAGE: "覆盖情况 覆盖方式 两个覆盖情况 两个覆盖",
    BRANCH_NAME: (
        "党组织名称 党支部名称 支部名称 所在党组织 所在党组织名称 所属党组织 所属党组织名称 联合支部名称 "
        "联合党支部名称 现有党组织名称"
    ),
    "kind": (
        "社会组织类型 社会组织种类 社会组织类别 组织类型 组织类别 组织种类 登记类型 登记类别 单位类型 "
        "单位性质 社会组织性质 组织性质 机构类型 类型 类别 种类 性质 kind type"
    ),
    "industry": (
        "行业 行业类别 行业分类 行业类型 行业领域 所属行业 所在行业 所属领域 业务领域 活动领域 领域 industry sector"
    ),
    "supervisor": (
        "业务主管单位 业务主管单位名称 业务主管部门 业务主管部门名称 业务主管 主管单位 主管部门 "
        "行业主管部门 行业主管单位 行业管理部门 业务指导单位 业务主管指导单位 业务主管单位指导单位 "
        "supervisor supervisingdepartment"
    ),
    "community": (
        "社区 所在社区 所属社区 社区名称 居委会 社区居委会 村社区 社区村 村居 村居社区 所在村社区 "
        "所属村社区 所在社区村 所属社区村 所在村居 所属村居 社区居委会名称 community"
    ),
    "x": "x x坐标 横坐标 坐标x xkm",
    "y": "y y坐标 纵坐标 坐标y ykm",
    "lon": "经度 东经 坐标经度 longitude lon lng",
    "lat": "纬度 北纬 坐标纬度 latitude lat",
    LON_LAT: "经纬度 坐标 经纬度坐标 地理坐标 位置坐标 经度纬度",
    "employees": (
        "从业人员 从业人员数 从业人员总数 从业人员人数 从业人数 从业人员数量 从业人员合计 职工人数 职工数 "
        "职工总数 职工数量 员工数 员工人数 员工总数 工作人员数 工作人员总数 组织总人数 组织人数 人员总数 "
        "在职人数 总人数 employees staff numberofemployees"
    ),
    "party_workers": (
        "党务工作人员 党务工作人员数 党务工作人员人数 党务工作人员配备 党务工作者数 党务工作者人数 "
        "党务工作者 专职党务工作者数 党务干部数 partyworkers"
    ),
    "has_instructor": (
        "是否派驻党建指导员 是否已派驻党建指导员 已派驻党建指导员 是否选派党建指导员 是否已选派党建指导员 "
        "是否选派指导员 是否已选派指导员 是否派驻指导员 是否已派驻指导员 是否有党建指导员 有无党建指导员 "
        "是否派党建指导员 是否配备党建指导员 派驻情况 指导员派驻情况 党建指导员派驻情况 "
        "党建指导员选派情况 指导员选派情况 党建指导员数 指导员数 党建指导员人数 已派驻指导员 "
        "已选派党建指导员 派驻党建指导员 选派党建指导员 派驻指导员 是否派驻联络员 是否派驻党建联络员 "
        "hasinstructor"
    ),
    INSTRUCTOR: "党建指导员 指导员 党建联络员 联络员 党建指导员联络员 instructor",
    "has_mass_org": (
        "是否成立群团组织 是否建立群团组织 是否已建群团组织 是否建群团组织 是否有群团组织 "
        "是否组建群团组织 有无群团组织 hasmassorg massorganization"
    ),
    LIST: (
        "已建群团组织 群团组织 群团组织建立情况 群团组织设置情况 群团组织设置 群团组织情况 群团组织名称 "
        "群团情况 已建立群团组织 群团组织建设情况 群团"
    ),
    "has_union": (
        "工会 工会组织 是否建立工会 是否建立工会组织 是否建工会 是否有工会 是否已建工会 是否组建工会 "
        "是否成立工会 已建工会 有无工会 群团组织工会 union hasunion"
    ),
    "has_youth_league": (
        "共青团 团组织 共青团组织 团支部 团委 是否建立团组织 是否建立共青团组织 是否建立共青团 "
        "是否建团组织 是否有团组织 是否组建团组织 是否成立团组织 已建团组织 有无团组织 群团组织共青团 "
        "youthleague hasyouthleague"
    ),
    "has_women_federation": (
        "妇联 妇联组织 妇女组织 妇委会 妇女联合会 是否建立妇联 是否建立妇联组织 是否建妇联 是否有妇联 "
        "是否组建妇联 是否成立妇联 是否建立妇女组织 已建妇联 有无妇联 妇女工作委员会 群团组织妇联 "
        "womenfederation haswomenfederation"
    ),
    "host_capacity": "可挂靠数 可挂靠单位数 可接纳挂靠数 可接纳挂靠单位数 可接收挂靠单位数 可接纳单位数 hostcapacity",
    "dormant": (
        "停摆 是否停摆 僵尸 僵尸型 是否僵尸 是否僵尸型 是否僵尸型社会组织 是否僵尸社会组织 名存实亡 "
        "是否名存实亡 dormant"
    ),
    RUNNING: (
        "是否正常运行 是否正常运转 是否正常运作 是否正常开展活动 能否正常开展活动 正常运行 是否正常 "
        "是否活跃 是否开展活动"
    ),
    STATUS: "状态 运行状态 运行情况 活动状态 组织状态 登记状态 运转情况",
    "not_formed_reason": (
        "未建原因 未建立原因 未建立党组织原因 未建立党组织的原因 未建党组织原因 未组建原因 "
        "未组建党组织原因 未成立党组织原因 暂未组建原因 未建立党组织主要原因 notformedreason"
    ),
    "surveyed_on": "排查时间 排查日期 摸排时间 摸排日期 核查时间 核查日期 调查时间 调查日期 排查摸底时间 surveyedon",
    "instructor_on": (
        "派驻时间 派驻日期 指导员派驻时间 指导员派驻日期 党建指导员派驻时间 党建指导员派驻日期 选派时间 "
        "指导员选派时间 instructoron"
    ),
    "attempt_on": "启动组建时间 启动组建日期 开始组建时间 开始组建日期 启动时间 attempton",
    "filed_on": "申请时间 申请日期 报批时间 报批日期 请示时间 请示日期 申报时间 filedon",
    "approved_on": "批复时间 批复日期 审批时间 审批日期 党组织批复时间 approvedon",
    "branch_on": (
        "党组织成立时间 党组织成立日期 党组织组建时间 党组织建立时间 党支部成立时间 党支部成立日期 "
        "组建时间 组建日期 组建年月 建立党组织时间 成立党组织时间 branchon"
    ),
    "mass_org_on": "群团组织成立时间 群团组织成立日期 群团组织建立时间 massorgon",
    "attempts": "已尝试次数 已失败次数 组建失败次数 attempts",
    NEEDLESS: (
        "序号 序 no num 行号 备注 说明 备注说明 地址 办公地址 单位地址 注册地址 详细地址 住所 住所地 "
        "住所地址 成立时间 成立日期 登记日期 登记时间 注册时间 注册日期 创办时间 批准日期 发证日期 "
        "登记管理机关 登记管理机关名称 登记机关 注册资金 开办资金 业务范围 上级党组织 上级党组织名称 "
        "隶属关系 党组织隶属关系 隶属上级党组织 审批单位 批复文号 审批文号 组建方式 党组织组建方式 "
        "拟组建方式 组建形式 拟组建形式 党组织类型 党组织类别 党组织形式 党组织建制 党组织建制类型 "
        "党组织设置形式 入党积极分子 入党积极分子数 积极分子 积极分子数 积极分子人数 申请入党人数 "
        "发展对象 发展对象人数 本年度发展新党员 离退休党员 离退休党员数 党费 活动经费 联建对象 "
        "计划组建时间 拟组建时间 拟建党组织日期 完成时限 填报日期 填报时间 填报单位 上报单位 走访次数 "
        "走访频次 会员数 会员人数 会员单位数 专职工作人员数 专职人员数 专职人员 兼职人员 兼职人员数 "
        "摸排进展情况 工作进展 进展情况 下一步打算 工作措施 整改措施 意见建议 网站 邮政编码 评估等级 "
        "年检情况 remarks remark note notes address"
    ),
}
#: What a pattern finds, where nothing is matched exactly: (pattern of the plain header, target).
PATTERNS: Final = (
    (r"(统一)?社会信用代码(证)?(号|编号)?", "org_id"),
    (r".*(社会组织|组织|单位|机构)(名称|全称)", "name"),
    (r"(所在|所属|属地|住所)?(乡镇|镇街|街道|镇|街镇)(街道|乡镇|镇|街|办事处|名称)*", "street"),
    (r"(其中|现有|共有)?(中共)?正式党员(总)?(数|人数|数量)?(其中)?", "full_members"),
    (r"(其中|现有)?(中共)?预备党员(总)?(数|人数|数量)?", "members_probationary"),
    (
        r"(是否|有无|是否已)(建立|成立|组建|建有|建|有|单独建立)?了?(党的组织|党组织|党支部|基层党组织)(或联合党组织|含联合)?",
        "has_branch",
    ),
    (r"(党的组织|党组织|党支部|基层党组织)(是否)?(已)?(建立|成立|组建|建设|设置)(情况|与否)?", "has_branch"),
    (r"(是否|有无|是否已)(派驻|选派|配备|派|有|下派)?(党建)?(工作)?(指导员|联络员)", "has_instructor"),
    (r"(党建)?(工作)?(指导员|联络员)(派驻|选派|配备|是否派驻)(情况)?", "has_instructor"),
    (r"(是否|有无|是否已)(建立|成立|组建|建有|建|有)?工会(组织)?", "has_union"),
    (r"(是否|有无|是否已)(建立|成立|组建|建有|建|有)?(共青团|团|团支部)(组织)?", "has_youth_league"),
    (r"(是否|有无|是否已)(建立|成立|组建|建有|建|有)?(妇联|妇女|妇委会)(组织)?", "has_women_federation"),
    (r"(是否|有无|是否已)(建立|成立|组建|建有|建|有)?群团(组织)?", "has_mass_org"),
    (r".*未(建立|组建|成立|建)(党组织|党支部|党的组织)?的?(主要|具体)?原因.*", "not_formed_reason"),
    (r"(业务|行业)?主管(部门|单位)(名称)?", "supervisor"),
    (r"(从业|在职|工作)人员(总|合计)?(人)?(数|数量|总数)", "employees"),
    (r"(社会)?组织(类型|类别|种类|性质)", "kind"),
    (r"(党组织|党支部)(成立|建立|组建)(的)?(时间|日期|年月)", "branch_on"),
    (r".*党员.*", TOTAL),
)
#: English headers, as an export writes them: pattern of the plain header, target.
_ORGANIZATION: Final = "organi[sz]ations?"
_SAID: Final = "(established|formed|setup|exists?|assigned|appointed|dispatched|sent|yesno|yn|status)"
ENGLISH: Final = (
    (r"(number|no|total)?(of)?(full|formal)(party|cpc)?members?(number|count|total)?", "full_members"),
    (r"(number|no)?(of)?probationary(party)?members?(number|count|total)?", "members_probationary"),
    (r"(number|no|total)?(of)?(all)?(party|cpc)?members?(number|count|total)?", TOTAL),
    (rf"(full|official|registered)?(nameof)?(the|a)?(social)?({_ORGANIZATION}|unit)(full)?(name)?", "name"),
    (rf"(unified)?(social)?(credit|registration|certificate|{_ORGANIZATION})(code|number|no|id)", "org_id"),
    (
        r"(home|local)?(subdistrict|street|township|town)(or|and)?(subdistrict|street|township|town)?(name|office)?",
        "street",
    ),
    (
        rf"(has|is|with)?(there)?(a|the)?(party(branch|{_ORGANIZATION}|cell|committee)|branch)(is|been)?{_SAID}*",
        "has_branch",
    ),
    (
        rf"(has|is|with)?(a|the)?(party)?(building)?instructor{_SAID}+|(has|with)(a)?(party)?(building)?instructor",
        "has_instructor",
    ),
    (
        r"(number|no|total|headcount)?(of)?(employees?|staff|workers|personnel)(members)?(number|count|total)?",
        "employees",
    ),
    (
        rf"(business|competent)?supervis(or|ory|ing)(unit|department|body|authority|agency|{_ORGANIZATION})?",
        "supervisor",
    ),
    (r"(competent|responsible)(authority|department)", "supervisor"),
    (rf"responsible(unit|{_ORGANIZATION}|body)", "responsible"),
    (r"(residents?|residential)?(community|neighbou?rhood|village)(committee|name)?", "community"),
    (rf"(has|is)?(a|the)?(trade|labou?r)?union{_SAID}*", "has_union"),
    (rf"(has|is)?(a|the)?(communist)?youthleague(branch)?{_SAID}*", "has_youth_league"),
    (rf"(has|is)?(a|the)?women(s)?federation{_SAID}*", "has_women_federation"),
    (
        r"(date)?(of)?(party)?branch(was)?(established|formed|founded|founding)?(on|date|founded|established|formed)",
        "branch_on",
    ),
    (r"(reasons?|why)(for)?(the|a)?(party)?(branch)?(not|non).*", "not_formed_reason"),
    (rf"(social)?({_ORGANIZATION})?(kind|type|category)(of)?({_ORGANIZATION})?", "kind"),
    (r"remarks?|notes?|comments?|(serial|row|seq|sequence)(no|number)?|sn", NEEDLESS),
)
_TABLE: Final = {word: (target, turn) for target, words in EXACT.items() for turn, word in enumerate(words.split())}
_PATTERNS: Final = tuple((re.compile(pattern), target) for pattern, target in PATTERNS)
_ENGLISH: Final = tuple((re.compile(pattern), target) for pattern, target in ENGLISH)
#: Between two names of one column: 登记证号/统一社会信用代码.
_OR: Final = re.compile("[/|、]|或者?")
_BRACKETS: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】|〔[^〕]*〕|<[^<>]*>|《[^》]*》")
_SIGNS: Final = re.compile(r"[\s_\-·.:;,、/\\*#?!\"'“”‘’()\[\]【】〔〕<>《》|~^=+&%$@`]+")
_NUMBERING: Final = re.compile(r"^(?:[0-9]{1,2}[.、)]|[一二三四五六七八九十]{1,2}、)\s*")


def plain_forms(header: str) -> list[str]:
    """A header in the forms in which it is looked up: with what its brackets say, then without.

    >>> plain_forms("＊正式党员（人）")
    ['正式党员人', '正式党员']
    """
    whole = unicodedata.normalize("NFKC", header).casefold().strip().lstrip("*★").strip()
    whole = _NUMBERING.sub("", whole)
    forms = [_SIGNS.sub("", whole), _SIGNS.sub("", _BRACKETS.sub("", whole))]
    return list(dict.fromkeys(form for form in forms if form))


def looked_up(header: str) -> tuple[str, float, int] | None:
    """What a header means: target, confidence, and how telling it is (0 the most); None where it is not known.

    >>> looked_up("统一社会信用代码")[:2], looked_up("党员总数")[:2], looked_up("颜色")
    (('org_id', 1.0), ('(all members)', 1.0), None)
    >>> looked_up("党员数（正式）")[:2], looked_up("登记证号/统一社会信用代码")[0]
    (('full_members', 0.95), 'org_id')
    """
    forms = plain_forms(header)
    if (said := _members_in_brackets(forms)) is not None:
        return said, 0.95, 1
    for turn, form in enumerate(forms):
        if form in _TABLE:
            target, order = _TABLE[form]
            return target, 1.0 if not turn else 0.95, order
    for form in forms:
        for pattern, target in _ENGLISH if form.isascii() else _PATTERNS:
            if pattern.fullmatch(form):
                # An English header is built of few words; a Chinese pattern lets pass what it does not know.
                return target, 0.95 if form.isascii() else 0.85, 99
    return _alternatives(header)


def _members_in_brackets(forms: list[str]) -> str | None:
    """Whom a number of members counts, where only the header's brackets say it."""
    if len(forms) < 2:
        return None
    inside, bare = forms
    without = "不含预备" in inside or "不包括预备" in inside
    if "预备" in inside and "预备" not in bare and not without:
        # Probationary ones are inside: whatever stands before the bracket, the number is of both.
        return TOTAL
    if _TABLE.get(bare, ("",))[0] not in (TOTAL, "full_members"):
        return None
    only_full = inside.count("正式") == 1 and "正式" not in bare and not re.search("非正式|和正式|转正式", inside)
    return "full_members" if without or only_full else None


def _alternatives(header: str) -> tuple[str, float, int] | None:
    """What a header means that gives two names for one column; None where they are of two."""
    parts = [part for part in _OR.split(header) if part.strip()]
    if len(parts) < 2:
        return None
    found = [_TABLE.get(form) for part in parts for form in plain_forms(part)[:1]]
    targets = {each[0] for each in found if each}
    if len(targets) != 1 or not all(found):
        return None
    return targets.pop(), 0.95, min(each[1] for each in found if each)


#: Every word of the table, to find what is spelt nearly like one.
EXACT_WORDS: Final = tuple(_TABLE)
