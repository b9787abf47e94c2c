"""Words about what the census may find."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "census.ceiling": (
        "排查后上限的 90% 预测区间为 {low} 至 {high}，中位数 {median}；在 {outcomes} 种排查结果中，目标可达的占 {reaches}。",
        "After the census the ceiling lies between {low} and {high} (90% of {outcomes:outcome|outcomes}),"
        " with a median of {median}; the target can be reached under {reaches} of them.",
    ),
    "census.probability": (
        "如期达标的概率（含排查结果的不确定性）：{chance}。",
        "Chance of the target, with what the census finds left open: {chance}.",
    ),
    "census.variance": (
        "覆盖率的波动中，{census} 来自排查结果，其余来自组建过程。",
        "Of the variance of coverage, {census} comes from what the census finds, the rest from the campaign.",
    ),
    "census.required": (
        "再排查出 {members} 名党员，上限即有 90% 的把握达到 {target}。",
        "With {members} more {members:member|members} found, the ceiling reaches {target} in 90% of cases.",
    ),
    "census.required_nothing": (
        "按现有台账，上限已不低于 {target}，不需要再排查出党员。",
        "As the register stands the ceiling reaches {target}: no more members need to be found.",
    ),
    "census.required_none": (
        "即使把测算方案设想的党员全部排查出来，上限达到 {target} 的把握仍不足 90%。",
        "Even if all the members that the scenario allows for are found, the ceiling reaches {target} in fewer than 90%"
        " of cases.",
    ),
}
