"""Made-up names: streets, communities, organizations, industries and supervisors.

Place names are put together of rare characters, so that none is a real city's; no name is a person's.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Texts = npt.NDArray[np.object_]

_FIRST: Final = "岚澄砚映鹭栖沐筠霁苇棠荻璟瑶榭朗翎蘅藜泠"
_SECOND: Final = "汀陌渚岫墅蘅屿霭湄鸢榆梧禾芷栎岑塬珂笙簌"
_THIRD: Final = ("", "东", "西", "南", "北", "上", "下", "新", "前", "后")
_QUARTER_FIRST: Final = "春夏秋和清明景安康宁福文思学知乐友善美馨"
_QUARTER_SECOND: Final = "晖苑庭桥巷里园坊亭井台溪湾岸田圃林坞塘畔"
_BRANDS: Final = (
    *("晨曦", "启明", "暖阳", "同舟", "青禾", "向上", "萤火", "乐龄", "知行", "春泥"),
    *("彩虹", "联心", "众益", "博学", "惠邻", "携手", "新芽", "远航", "星辰", "木棉"),
    *("常青", "聚力", "小水滴", "大手牵", "守望", "朝露", "云帆", "沃土", "灯塔", "百川"),
)


class Industry(NamedTuple):
    """One industry: how common it is among each kind, what its organizations do, who supervises them."""

    name: str
    association: float
    service: float
    foundation: float
    trades: tuple[str, ...]
    supervisors: tuple[str, ...]
    #: The municipal Party-work system or department that forms branches in it, where the city gives it that duty.
    system: str


#: Weights follow the national counts by sector of 2021 (csgyzc.com); the split over the kinds is assumed.
INDUSTRIES: Final = (
    Industry(
        "教育",
        0.06,
        0.52,
        0.30,
        ("幼儿教育", "职业技能", "艺术培训", "家庭教育", "终身学习", "助学"),
        ("市教育局", "市人力资源和社会保障局"),
        "市直教育系统",
    ),
    Industry(
        "社会服务",
        0.14,
        0.22,
        0.40,
        ("养老", "助残", "社会工作", "志愿", "邻里互助", "救助"),
        ("市民政局", "市残疾人联合会"),
        "市民政局",
    ),
    Industry(
        "文化",
        0.16,
        0.06,
        0.12,
        ("书画", "曲艺", "摄影", "非遗传承", "诗词", "阅读推广"),
        ("市文化和旅游局", "市文学艺术界联合会"),
        "市直文化旅游系统",
    ),
    Industry("体育", 0.13, 0.05, 0.03, ("羽毛球", "太极", "健身", "乒乓球", "长跑", "棋类"), ("市体育局",), "市体育局"),
    Industry(
        "工商服务",
        0.16,
        0.01,
        0.00,
        ("餐饮行业", "家居行业", "物流行业", "电子商务", "中小企业", "建材行业"),
        ("市工商业联合会", "市商务局"),
        "市直工商系统",
    ),
    Industry(
        "农业农村",
        0.14,
        0.01,
        0.01,
        ("果蔬种植", "水产养殖", "茶叶", "农机", "乡村旅游", "粮食产销"),
        ("市农业农村局",),
        "市农业农村局",
    ),
    Industry(
        "卫生",
        0.05,
        0.07,
        0.08,
        ("护理", "康复", "中医药", "健康促进", "心理健康"),
        ("市卫生健康局",),
        "市直卫生健康系统",
    ),
    Industry(
        "科技",
        0.09,
        0.04,
        0.03,
        ("科普", "信息技术", "工程技术", "标准化"),
        ("市科学技术协会", "市科学技术局"),
        "市直科技系统",
    ),
    Industry(
        "生态环境", 0.04, 0.01, 0.03, ("环保", "绿色出行", "水环境", "垃圾分类"), ("市生态环境局",), "市生态环境局"
    ),
    Industry("法律", 0.03, 0.01, 0.00, ("法律援助", "人民调解", "普法"), ("市司法局",), "市直政法系统"),
)

#: Associations, services and foundations: the country's 891,300 of 2022 (pishu.cn/zxzx/mtjj/602785.shtml).
KIND_SHARES: Final = (0.4152, 0.5743, 0.0105)
KINDS: Final = ("association", "service", "foundation")
_ENDINGS: Final = {
    "association": ("协会", "学会", "联合会", "促进会"),
    "service": ("服务中心", "服务社", "发展中心", "指导中心"),
    "foundation": ("基金会", "公益基金会"),
}


def street_names(count: int, rng: np.random.Generator) -> Texts:
    """Different names of streets and towns, such as 岚汀街道; shape (count,)."""
    pairs = np.array([first + second for first in _FIRST for second in _SECOND if first != second], dtype=object)
    pairs = pairs[rng.permutation(len(pairs))]
    town = np.where(rng.random(count) < 0.4, "镇", "街道").astype(object)
    turn = np.arange(count)
    base = pairs[turn % len(pairs)]
    again = turn // len(pairs)
    third = np.array([*_THIRD, *(str(number) for number in range(2, 2 + count // len(pairs)))], dtype=object)
    names: Texts = base + third[again] + town
    return names


def community_names(street_of: Ints, rng: np.random.Generator) -> Texts:
    """Names of communities, different within a street and met again in others; shape (communities,)."""
    pairs = np.array([first + second for first in _QUARTER_FIRST for second in _QUARTER_SECOND], dtype=object)
    pairs = pairs[rng.permutation(len(pairs))]
    streets = int(street_of.max()) + 1
    first = np.searchsorted(street_of, np.arange(streets))
    turn = np.arange(len(street_of)) - first[street_of]
    place = (rng.integers(len(pairs), size=streets)[street_of] + turn * 7) % len(pairs)
    lap = turn // len(pairs)
    number = np.array(["", *(f"第{lap + 1}" for lap in range(1, int(lap.max()) + 1))], dtype=object)
    names: Texts = pairs[place] + number[lap] + "社区"
    return names


def draw_industries(kind: Ints, rng: np.random.Generator) -> Ints:
    """An industry for each organization by its kind; shape (organizations,)."""
    weights = np.array([[industry.association, industry.service, industry.foundation] for industry in INDUSTRIES])
    bounds = np.cumsum(weights / weights.sum(axis=0), axis=0)
    luck = rng.random(len(kind))
    industry = np.empty(len(kind), dtype=np.int64)
    for turn in range(len(KINDS)):
        industry[kind == turn] = np.searchsorted(bounds[:, turn], luck[kind == turn], side="right")
    return np.minimum(industry, len(INDUSTRIES) - 1)


def draw_supervisors(industry: Ints, rng: np.random.Generator) -> Texts:
    """The supervisor of each: mostly its industry's first; one in ten has none; shape (organizations,)."""
    table = np.array([[one.supervisors[0], one.supervisors[-1], None] for one in INDUSTRIES], dtype=object)
    which = rng.choice(3, size=len(industry), p=[0.72, 0.18, 0.10])
    names: Texts = table[industry, which]
    return names


def systems(count: int) -> list[int]:
    """The industries whose system or department is responsible in a city with `count` of them: the commonest ones."""
    common = [one.association * KIND_SHARES[0] + one.service * KIND_SHARES[1] for one in INDUSTRIES]
    return sorted(range(len(INDUSTRIES)), key=lambda turn: -common[turn])[:count]


def organization_names(kind: Ints, industry: Ints, area: Texts, rng: np.random.Generator) -> Texts:
    """Names such as 岚汀启明养老服务中心: place, brand, trade, ending; shape (organizations,).

    Parameters
    ----------
    kind, industry
        indices into `KINDS` and `INDUSTRIES`; shape (organizations,).
    area
        the name of its street without the ending; shape (organizations,).
    """
    count = len(kind)
    most = max(len(one.trades) for one in INDUSTRIES)
    trades = np.array(
        [[one.trades[turn % len(one.trades)] for turn in range(most)] for one in INDUSTRIES], dtype=object
    )
    longest = max(len(endings) for endings in _ENDINGS.values())
    endings = np.array(
        [[_ENDINGS[one][turn % len(_ENDINGS[one])] for turn in range(longest)] for one in KINDS], dtype=object
    )
    brands = np.array(_BRANDS, dtype=object)[rng.integers(len(_BRANDS), size=count)]
    # An association is known by its trade alone; services and foundations carry a name of their own.
    brand = np.where(kind == KINDS.index("association"), "", brands)
    trade = trades[industry, rng.integers(most, size=count)]
    names: Texts = area + brand + trade + endings[kind, rng.integers(longest, size=count)]
    return names
