"""Words: how chances and dates are said, and what a result says of itself."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "number.never": ("{runs} 次模拟中 0 次", "in 0 of {runs} simulations"),
    "number.never_of_thousand": ("千次模拟中 0 次", "in 0 of 1,000 simulations"),
    "number.always": ("{runs} 次模拟次次达标", "in all of {runs} simulations"),
    "number.seconds": ("{count} 秒", "{count} seconds"),
    "number.minutes": ("{count} 分钟", "{count} minutes"),
    "number.hours": ("{count} 小时", "{count} hours"),
    "number.points": ("{points} 个百分点", "{points} points"),
    "number.change": ("{before} → {after}（{gain} 个百分点）", "{before} → {after} ({gain} points)"),
    "number.unchanged": ("{share}（无变化）", "{share}, unchanged"),
    "number.unchanged_as_written": ("{share}（按此精度无变化）", "{share}, unchanged at this precision"),
    "number.date": ("{month}月{day}日", "{day} {month}"),
    "number.date_and_year": ("{year}年{month}月{day}日", "{day} {month} {year}"),
    "number.span": ("{first}至{last}", "{first} to {last}"),
    "month.jan": ("1", "January"),
    "month.feb": ("2", "February"),
    "month.mar": ("3", "March"),
    "month.apr": ("4", "April"),
    "month.may": ("5", "May"),
    "month.jun": ("6", "June"),
    "month.jul": ("7", "July"),
    "month.aug": ("8", "August"),
    "month.sep": ("9", "September"),
    "month.oct": ("10", "October"),
    "month.nov": ("11", "November"),
    "month.dec": ("12", "December"),
    "sentence.stop": ("。", "."),
    "shown.nearest": ("{holder} 没有 {name}；是否指 {near}？", "{holder} has no {name}; did you mean {near}?"),
    "shown.no_such": ("{holder} 没有 {name}", "{holder} has no {name}"),
    "scenario.summary": (
        "{label}（{name}）：{start} 至 {deadline}，组织覆盖率目标 {organization}，工作覆盖率目标 {work}",
        "{label} ({name}): {start} to {deadline}; targets: organization coverage {organization}, work coverage {work}",
    ),
    "trace.summary": (
        "一次模拟：{cases} 项组建任务，其中 {formed} 项建成；{meetings} 次会议",
        "One replication: {cases} {cases:case|cases}, {formed} formed; {meetings} {meetings:meeting|meetings}",
    ),
    "sheet.summary": ("摘要", "Summary"),
    "error.no_result": (
        "{found} 不是测算结果，不能写成 Excel 文件",
        "{found} is not a result of the workbench; give an outcome, a gap, an allocation or the like",
    ),
    "shown.predicted": (
        "{since}起的日期依据推算的节假日：放假安排尚未公布，日期可能变动。",
        "Dates from {since} on are predicted: they rest on holidays that are not announced yet, and may move.",
    ),
    "shown.joined": ("{first}{second}", "{first} {second}"),
    "shown.beside": ("{first}　　{second}", "{first}    {second}"),
    "shown.more": ("……另有 {count} 行", "… and {count} more {count:row|rows}"),
}
