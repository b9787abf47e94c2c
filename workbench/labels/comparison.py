"""Words: scenarios side by side, one more meeting, who is never dispatched, the frontier."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "error.compare_two": (
        "比较至少需要两个方案，现有 {count} 个",
        "A comparison needs at least two scenarios; there are {count}",
    ),
    "error.compare_unpaired": (
        "这些结果不是同一批随机数，不能逐次比较",
        "These outcomes do not share their random numbers and cannot be compared replication by replication",
    ),
    "fault.compare_seed.rule": (
        "所有结果须用同一种子模拟（“{baseline}”的种子是 {wanted}）",
        "all outcomes are simulated under one seed ({baseline} has {wanted})",
    ),
    "fault.compare_seed.repair": ("用 seed={wanted} 重新模拟", "simulate again with seed={wanted}"),
    "fault.compare_replications.rule": (
        "所有结果的模拟次数须相同（“{baseline}”模拟了 {wanted} 次）",
        "all outcomes have the same number of replications ({baseline} has {wanted})",
    ),
    "fault.compare_replications.repair": (
        "用 replications={wanted} 重新模拟，不要设 precision",
        "simulate again with replications={wanted} and without precision",
    ),
    "fault.compare_few.rule": (
        "至少需要 2 次模拟，才能估计差别的区间",
        "an interval of a difference needs at least 2 replications",
    ),
    "fault.compare_few.repair": ("多模拟几次，例如 1000 次", "simulate more often, for example 1000 times"),
    "fault.compare_register.rule": (
        "各方案须是同一批社会组织；这一家只在其中一份台账里（对照“{baseline}”）",
        "all scenarios are about the same organizations; this one is in one register only (held against {baseline})",
    ),
    "fault.compare_register.repair": (
        "各方案用同一份台账，并用同一种 denominator（是否计入停摆组织）",
        "use one register for all, and the same denominator (dormant organizations counted or not)",
    ),
    "comparison.organization": ("党的组织覆盖率", "organization coverage"),
    "comparison.work": ("党的工作覆盖率", "work coverage"),
    "comparison.head": (
        "截止日的{coverage}，逐次对比（同一批随机数，模拟 {replications} 次，种子 {seed}；方括号内为 {level} 区间，"
        "单位：百分点）",
        "{coverage} by the deadline, replication by replication ({replications} on the same random numbers, seed {seed}; "
        "in brackets {level} intervals, in percentage points)",
    ),
    "comparison.own_aim": (
        "各方案的目标或截止日不同，各按自己的计算",
        "Targets or deadlines differ: each scenario is held to its own",
    ),
    "comparison.line": (
        "“{name}”比“{baseline}”：预计 {expected}，相差 {gain}；达标概率 {probability}，相差 {chance}；"
        "{better} 的模拟更高，{worse} 更低，{tied} 持平",
        "{name} against {baseline}: expected {expected}, a difference of {gain}; probability {probability}, {chance}; "
        "ahead in {better} of the replications, behind in {worse}, level in {tied}",
    ),
    "comparison.same": (
        "“{name}”与“{baseline}”：每一次模拟的结果都相同（预计 {expected}，达标概率 {probability}）",
        "{name} against {baseline}: the same in every replication (expected {expected}, probability {probability})",
    ),
    "comparison.when": ("；从 {day} 起分出高下", "; they part on {day}"),
    "comparison.where": (
        "；差别最大的镇街是{street}（{gain} 个百分点）",
        "; most in {street} ({gain} points)",
    ),
    "comparison.best_alone": (
        "按{measure}，“{best}”最好（把握 {level}，已计入多次比较）",
        "By {measure}, {best} is the best (with {level} confidence, over all pairs)",
    ),
    "comparison.best_of": (
        "按{measure}，“{best}”看来最好；与它分不出高下的还有：{rivals}（把握 {level}，已计入多次比较）",
        "By {measure}, {best} looks best; not told apart from it: {rivals} (with {level} confidence, over all pairs)",
    ),
    "comparison.and": ("、", ", "),
    "comparison.by_expected": ("预计覆盖率", "expected coverage"),
    "comparison.by_probability": ("达标概率", "the probability of the target"),
}
