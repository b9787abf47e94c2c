"""``python -m benchmarks [section ...]``: measure, and write RESULTS.md."""

from __future__ import annotations

import argparse
import sys
from time import perf_counter

from benchmarks.measuring import setting
from benchmarks.sections import RESULTS, SECTIONS, put, section

#: Named with their versions under every section, beside what a section names itself.
PACKAGES = ("numpy", "numba", "highspy")


def main(arguments: list[str] | None = None) -> int:
    """Run sections one after the other, each to its own part of RESULTS.md."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("section", nargs="*", choices=[*SECTIONS, []], help=f"of {', '.join(SECTIONS)}")
    parser.add_argument("--all", action="store_true", help="the long sections too")
    parser.add_argument("--list", action="store_true", help="say what there is, and measure nothing")
    given = parser.parse_args(arguments)
    found = {name: section(name) for name in SECTIONS}
    if given.list:
        for name, module in found.items():
            long = " (long: only when named, or with --all)" if module.LONG else ""
            _say(f"{name:12} {module.__doc__.splitlines()[0]}{long}")
        return 0
    for name in given.section or [name for name, module in found.items() if given.all or not module.LONG]:
        begun = perf_counter()
        _say(f"== {found[name].TITLE}")
        blocks = [setting(*PACKAGES, *getattr(found[name], "PACKAGES", ()))]
        for block in found[name].measure():
            _say(block + "\n")
            blocks.append(block)
        blocks.append(f"*Measured in {perf_counter() - begun:,.0f} s.*")
        put(name, "\n\n".join([f"## {found[name].TITLE}", *blocks]))
    _say(f"Written: {RESULTS.parent.name}/{RESULTS.name}")
    return 0


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
