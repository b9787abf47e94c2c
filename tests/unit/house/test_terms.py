"""Chinese as an official writes it: the words found wanting are gone, and punctuation is full-width."""

from __future__ import annotations

import json
import re

import pytest

from tests.unit.house.plan import ROOT
from workbench.labels import table

#: Found wanting; what stands for each now is in the labels themselves.
WANTING = (
    "卡在哪里", "改什么管用", "指导员怎么派", "谁和谁", "够不够得着", "照此方案", "派人无用", "无济于事", "无事可做",
    "不必派", "未能安排", "停摆", "未编入", "未能编入", "覆盖不了", "逐件", "项数", "个案", "案例", "联合支部",
    "代价", "成本", "镇街会议", "寻优", "九成", "忙碌", "人对接", "障碍", "即到即建", "指纹",
    "督查", "工作台", "有了着落",
    "攻坚",
)  # fmt: skip
WANTING_ENGLISH = ("is no unit", "is no IP", "is no sound", "Well sent", "one row a", "so many yuan", "How many, says")
#: What people read beside the product.
PAGES = sorted(
    page
    for kind in ("*.md", "docs/**/*.md", "notebooks/*.md", "scenarios/*.md", "data/**/*.md")
    for page in ROOT.glob(kind)
)
HAN = "\u4e00-\u9fff"
#: A half-width sign between what is Chinese, or filled in, on both sides.
HALF_WIDTH = re.compile(rf"[{HAN}}}”）][,;:?!()][{HAN}{{“（]|[{HAN}}}][,;?!]$")


def test_no_word_that_was_found_wanting():
    found = {key: [word for word in WANTING if word in chinese] for key, (chinese, _) in table().items()}
    assert not {key: words for key, words in found.items() if words}
    english = {key: [word for word in WANTING_ENGLISH if word in said] for key, (_, said) in table().items()}
    assert not {key: words for key, words in english.items() if words}


@pytest.mark.parametrize("path", sorted(ROOT.glob("notebooks/*/*.ipynb")), ids=lambda path: path.stem)
def test_notebooks_tell_in_the_same_words(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    # Pictures are no words.
    said = [re.sub(r'"image/png": "[^"]*"', "", json.dumps(cell, ensure_ascii=False)) for cell in cells]
    assert not [word for word in WANTING for each in said if word in each]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_pages_tell_in_the_same_words(path):
    # "To put in what is one's own": the two signs in the middle belong to different words.
    said = path.read_text(encoding="utf-8").replace("换成本", "")
    assert not [word for word in WANTING if word in said]


def test_punctuation_between_chinese_characters_is_full_width():
    assert not {key: chinese for key, (chinese, _) in table().items() if HALF_WIDTH.search(chinese)}


def test_the_product_has_one_name():
    names = {found for chinese, _ in table().values() for found in re.findall(r"\w{0,6}(?:测算台|平台|系统)", chinese)}
    assert {name[-3:] for name in names if "测算台" in name} == {"测算台"}
    assert not [name for name in names if name.endswith("平台")]
