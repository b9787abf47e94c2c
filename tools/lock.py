"""Write requirements.lock: one file, five parts, every package pinned by version and hash.

The first part is what running the main job needs, the second what JupyterLab and the app add, the third what the
documentation's site adds, the fourth what checking and development add, the fifth the peers that benchmarks compare
with. `make plan` installs the first part, `make lab` and `make app` the second too, `make docs` three,
`make test` four, `make bench` all five. No index address is written, so any mirror serves.

    python tools/lock.py            (needs `uv` on the path or in this environment)
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PARTS = {
    "run": ["build"],
    "lab": ["build", "lab", "sensitivity"],
    "docs": ["build", "lab", "sensitivity", "docs"],
    "dev": ["build", "lab", "sensitivity", "docs", "dev"],
    "bench": ["build", "lab", "sensitivity", "docs", "dev", "bench"],
}


def resolve(extras: list[str], constraint: Path | None) -> dict[str, str]:
    """Name -> the pinned, hashed requirement of everything these extras need."""
    command = [
        "uv",
        "pip",
        "compile",
        "pyproject.toml",
        "--generate-hashes",
        "--no-header",
        "--no-annotate",
        "--no-emit-index-url",
        "--no-emit-find-links",
        *("--python-version", "3.11"),
        "--universal",
        *("--fork-strategy", "fewest"),
        "--quiet",
    ]
    command += [f"--extra={extra}" for extra in extras]
    if constraint:
        command += ["--constraint", str(constraint)]
    text = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    blocks = re.split(r"\n(?=[a-zA-Z0-9])", text.strip())
    return {re.split(r"[=\s\[]", block, maxsplit=1)[0].lower(): block.strip() for block in blocks}


def main() -> int:
    everything = resolve(PARTS["bench"], None)
    whole = ROOT / ".lock.tmp"
    whole.write_text("\n".join(everything.values()) + "\n", encoding="utf-8")
    try:
        parts = {name: resolve(extras, whole) for name, extras in PARTS.items()}
    finally:
        whole.unlink()
    seen: set[str] = set()
    lines = ["# Written by tools/lock.py; do not edit. Parts: run, lab, docs, dev, bench (see that file)."]
    for name, packages in parts.items():
        lines.append(f"\n# === {name} ===")
        # The whole lock's line, whose marker is the widest: a later part may need a package on more platforms.
        lines += [everything[package] for package in sorted(packages) if package not in seen]
        seen |= set(packages)
    (ROOT / "requirements.lock").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
