"""Words: how a fault is said, and the faults that no single room owns."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "fault.line": ("{place}{value}：{rule}。{repair}。", "{place}{value}: {rule}. {repair}."),
    "fault.value": ("，现为“{value}”", ", found '{value}'"),
    "fault.more": ("另有 {count} 处", "and {count} more"),
}
