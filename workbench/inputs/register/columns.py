"""The register's columns, once: what each holds, what stands where nothing is given, and their schema."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from pandera.pandas import DataFrameSchema

Holds = Literal["text", "count", "flag", "number", "date"]

#: More full members, employees or units than this is a slip of the keyboard (or a telephone number).
LARGEST_ENTRY: Final = 1_000_000
#: Farther than this from the origin, x and y are not kilometres.
FARTHEST_KM: Final = 10_000.0
KINDS: Final = ("association", "service", "foundation")
#: The word for each kind that the register keeps, and the words that planners write for it.
KIND_WORDS: Final = {
    "association": ("社会团体", "社团"),
    "service": ("社会服务机构", "民办非企业单位", "民办非企业", "民非", "民非企业", "社服机构"),
    "foundation": ("基金会",),
}
#: Any of the three is a mass organization.
MASS_ORGS: Final = ("has_union", "has_youth_league", "has_women_federation")
PARTS: Final = ("members_on_roll", "members_floating", "members_part_time")


@dataclass(frozen=True)
class Column:
    """One column of the register.

    Attributes
    ----------
    name
        its header.
    holds
        text, count (whole, not negative), flag (yes or no), number or date.
    dtype
        the pandas dtype it has once read.
    headers
        Chinese headers that planners use for it, to guess what an unknown header meant.
    default
        what stands where nothing is given; None: nothing (a missing value).
    required
        a register without it is refused, and so is a row.
    """

    name: str
    holds: Holds
    dtype: str
    headers: tuple[str, ...]
    default: int | bool | None = None
    required: bool = False


COLUMNS: Final = (
    Column("org_id", "text", "str", ("统一社会信用代码", "登记证号", "编号", "社会组织ID"), required=True),
    Column("street", "text", "str", ("镇街", "所在镇街", "街道", "乡镇", "属地"), required=True),
    Column("full_members", "count", "int64", ("正式党员", "正式党员数"), required=True),
    Column("members_on_roll", "count", "Int64", ("在册党员", "专职已转关系", "组织关系已转入党员数")),
    Column("members_floating", "count", "Int64", ("流动党员", "流动党员数", "专职未转关系", "未接转党员")),
    Column("members_part_time", "count", "Int64", ("兼职党员", "兼职党员数", "兼职党员数量")),
    Column("members_probationary", "count", "Int64", ("预备党员", "预备党员数", "预备党员人数")),
    Column("has_branch", "flag", "bool", ("是否建立党组织", "已建党组织", "是否成立党组织"), required=True),
    Column("name", "text", "str", ("社会组织名称", "组织名称", "单位名称", "名称")),
    Column("kind", "text", "str", ("社会组织类型", "社会组织种类", "类型", "类别")),
    Column("industry", "text", "str", ("行业", "行业类别")),
    Column("supervisor", "text", "str", ("业务主管单位", "业务主管部门", "主管部门")),
    Column("responsible", "text", "str", ("责任单位", "组建责任单位", "责任主体")),
    Column("community", "text", "str", ("社区", "居委会", "村居")),
    Column("x", "number", "float64", ("横坐标",)),
    Column("y", "number", "float64", ("纵坐标",)),
    Column("lon", "number", "float64", ("经度", "longitude", "lng")),
    Column("lat", "number", "float64", ("纬度", "latitude")),
    Column("employees", "count", "Int64", ("从业人员", "从业人员数", "从业人数", "职工数量")),
    Column("party_workers", "count", "Int64", ("党务工作人员", "党务工作者", "党务工作人员数")),
    Column("has_instructor", "flag", "bool", ("已派驻党建指导员", "是否派驻党建指导员", "是否选派指导员"), False),
    Column("has_mass_org", "flag", "bool", ("已建群团组织", "是否成立群团组织"), False),
    Column("has_union", "flag", "bool", ("工会", "是否建立工会组织"), False),
    Column("has_youth_league", "flag", "bool", ("共青团", "是否建立团组织"), False),
    Column("has_women_federation", "flag", "bool", ("妇联", "是否建立妇联组织"), False),
    Column("host_capacity", "count", "int64", ("可挂靠数", "可挂靠单位数"), 0),
    Column("dormant", "flag", "bool", ("停摆", "是否停摆", "僵尸"), False),
    Column("not_formed_reason", "text", "str", ("未建原因", "未建立原因", "未建立党组织原因")),
    Column("surveyed_on", "date", "datetime64[us]", ("排查时间", "摸排时间", "核查时间")),
    Column("instructor_on", "date", "datetime64[us]", ("派驻时间", "指导员派驻时间")),
    Column("attempt_on", "date", "datetime64[us]", ("启动组建时间", "开始组建时间")),
    Column("filed_on", "date", "datetime64[us]", ("申请时间", "报批时间")),
    Column("approved_on", "date", "datetime64[us]", ("批复时间", "审批时间")),
    Column("branch_on", "date", "datetime64[us]", ("党组织成立时间", "组建时间")),
    Column("mass_org_on", "date", "datetime64[us]", ("群团组织成立时间",)),
    Column("attempts", "count", "int64", ("已尝试次数",), 0),
)
BY_NAME: Final = {column.name: column for column in COLUMNS}
ORDER: Final = {column.name: place for place, column in enumerate(COLUMNS)}


@cache
def schema(names: tuple[str, ...] = tuple(BY_NAME)) -> DataFrameSchema:
    """The pandera schema of a register once read, `org_id` as a column, or of some of its columns: types,
    missing values, ranges, allowed words.

    Each check carries the code of the fault that it finds. Rules between columns stand in `rules`.
    """
    import pandera.pandas as pa

    def checks(column: Column) -> list[Any]:
        match column.holds:
            case "count":
                return [pa.Check.ge(0, error="count_negative"), pa.Check.le(LARGEST_ENTRY, error="count_too_large")]
            case "number" if column.name in ("x", "y"):
                return [pa.Check.in_range(-FARTHEST_KM, FARTHEST_KM, error="far_away")]
            case "number":
                bound = 180 if column.name == "lon" else 90
                return [pa.Check.in_range(-bound, bound, error=f"{column.name}_out_of_range")]
            case "text" if column.name == "kind":
                return [pa.Check.isin(KINDS, error="kind_unknown")]
        return []

    def nullable(column: Column) -> bool:
        return column.dtype in ("str", "Int64", "float64", "datetime64[us]") and not column.required

    return pa.DataFrameSchema(
        {
            column.name: pa.Column(
                column.dtype,
                checks(column),
                nullable=nullable(column),
                unique=column.name == "org_id",
                report_duplicates="exclude_first",
            )
            for column in map(BY_NAME.__getitem__, names)
        },
        strict=True,
        ordered=True,
    )
