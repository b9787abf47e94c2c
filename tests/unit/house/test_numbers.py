"""Numbers are written in one place: no other module formats a share, a count, a difference or a date of its own."""

from __future__ import annotations

import ast
import re

from tests.unit.house.plan import MODULES, PACKAGE, relative, tree

#: Where the rule is, and where numbers are written for machines: style sheets, names of files, made-up registers.
ALLOWED = {
    "workbench/numbers.py",
    "workbench/views/panels/parts.py",
}
#: Written for people in another way than `workbench.numbers` has it: thousands, signs, decimals, per cent.
OWN_WAY = re.compile(r"[,+%]|\.[1-9]\d*f")


def test_no_other_module_writes_shares_counts_or_differences():
    wrong = []
    for path in MODULES:
        if relative(path) in ALLOWED:
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
                spec = ast.unparse(node.format_spec)
                if OWN_WAY.search(spec) and "strftime" not in spec and "%Y" not in spec:
                    wrong.append(f"{relative(path)}:{node.lineno}: {spec}")
    assert not wrong, "\n".join(wrong)


def test_the_rule_is_kept_in_numbers():
    assert (PACKAGE / "numbers.py").is_file()
