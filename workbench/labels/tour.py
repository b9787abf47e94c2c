"""Words: the five steps of the first run."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "tour.again": ("使用引导", "Tour"),
    "tour.help": ("名词解释", "Terms"),
    "tour.back": ("上一步", "Back"),
    "tour.next": ("下一步", "Next"),
    "tour.leave": ("退出引导", "Leave the tour"),
    "tour.end": ("完成", "Done"),
    "tour.step": ("第 {number} 步，共 {count} 步", "Step {number} of {count}"),
    "tour.close_help": ("关闭名词解释", "Close the terms"),
    "tour.reach.title": ("先看能不能达到", "First: can it be reached"),
    "tour.reach.words": (
        "上方一行是答案：上限、达标概率、预计覆盖率。上限低于目标时，先想办法提高上限。这一行在各页都看得到。",
        "The row above is the answer: ceiling, chances, expected coverage. Where the ceiling is below the target, raise it "
        "first. The row stays in sight on every page.",
    ),
    "tour.ledger.title": ("上传本市的台账", "Bring in your own ledgers"),
    "tour.ledger.words": (
        "现在打开的是示例或已有台账。把各责任单位报来的台账原样上传，核对后点“用这本台账测算”。",
        "What is open now is a made-up city, or the register that was served. Upload ledgers as your units keep them, look "
        "at the findings, and plan with the result.",
    ),
    "tour.instructors.title": ("指导员派到哪里", "Where instructors go"),
    "tour.instructors.words": (
        "拖动滑块，答案立即变化；“自动优化”在总数不变的前提下找最好的选派方案。每一步都可以撤销。",
        "Move a slider, and the answer follows at once. Optimise finds where the same total does most. Every step can be "
        "undone.",
    ),
    "tour.measures.title": ("还要采取哪些措施", "What else must be decided"),
    "tour.measures.words": (
        "逐项试算：加开会议、放宽距离、推迟截止日……勾选几项看合在一起的成效，满意就采用为现方案。",
        "More meetings, longer distances, a later deadline: each is tried. Tick several to see them together, and make "
        "them the present plan.",
    ),
    "tour.files.title": ("带走结果", "Take the result away"),
    "tour.files.words": (
        "在这里生成报告、工作簿和测算方案。您的工作自动保存，下次打开还在。不懂的词点右上角“名词解释”。",
        "Report, workbook and scenario are made here. Your work is saved by itself and is there when you come back. "
        "Whatever a word means stands under 'Terms' in the upper right.",
    ),
}
