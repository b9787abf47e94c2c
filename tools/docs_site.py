"""What the documentation's site shows that does not stand in docs/: brought in while mkdocs builds, nothing kept twice.

Pages that live elsewhere in the project, the guide notebooks from their committed outputs, and the reference
(`docs_reference`).
"""

from __future__ import annotations

import posixpath
import re
import sys
from pathlib import Path
from typing import Any

import nbformat
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from nbconvert import MarkdownExporter

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.docs_reference import reference  # noqa: E402 (mkdocs runs this file from anywhere)

#: Page of the site -> the file of the project that it shows.
BROUGHT = {
    "index.md": "README.md",
    "zh/index.md": "README.zh-CN.md",
    "tutorials/index.md": "notebooks/README.md",
    "reference/changelog.md": "CHANGELOG.md",
    "reference/contributing.md": "CONTRIBUTING.md",
    "reference/data.md": "data/DATA_DICTIONARY.md",
    "reference/scenarios.md": "scenarios/README.md",
}
GUIDES = {f"tutorials/{path.stem}.md": path for path in sorted((ROOT / "notebooks/guide").glob("*.ipynb"))}
#: File of the project -> its page.
PAGES = {source: page for page, source in BROUGHT.items()}
PAGES |= {path.relative_to(ROOT).as_posix(): page for page, path in GUIDES.items()}
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)\s#]+)(#[^)\s]*)?\)")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Every guide and every how-to page has its place, also one that mkdocs.yml does not name yet."""
    for section in config.nav or []:
        if isinstance(section, dict) and "Tutorials" in section:
            section["Tutorials"] = ["tutorials/index.md", *GUIDES]
        if isinstance(section, dict) and "How to" in section:
            there = sorted(f"how-to/{path.name}" for path in (ROOT / "docs/how-to").glob("*.md"))
            section["How to"] += [page for page in there if page not in section["How to"]]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add every page that is made."""
    made: dict[str, str | bytes] = {
        page: moved((ROOT / source).read_text(encoding="utf-8"), source, page, config)
        for page, source in BROUGHT.items()
    }
    for page, path in GUIDES.items():
        made |= notebook(path, page, config)
    made |= reference()
    made["scenario.schema.json"] = (ROOT / "scenarios/scenario.schema.json").read_text(encoding="utf-8")
    for name, content in made.items():
        files.append(File.generated(config, name, content=content))
    return files


def on_page_markdown(markdown: str, page: Any, config: MkDocsConfig, files: Files) -> str:
    """Links from pages in docs/ to files beside it."""
    source = page.file.src_uri
    if source in BROUGHT or source in GUIDES or page.file.generated_by:
        return markdown
    return moved(markdown, f"docs/{source}", source, config)


def moved(markdown: str, source: str, page: str, config: MkDocsConfig) -> str:
    """Links relative to a file of the project, made relative to its page; to sources where there is none."""

    def link(found: re.Match[str]) -> str:
        place, anchor = posixpath.normpath(posixpath.join(posixpath.dirname(source), found[1])), found[2] or ""
        if place in PAGES:
            target = PAGES[place]
        elif place.startswith("docs/"):
            target = place.removeprefix("docs/")
        elif (ROOT / place).exists():
            kind = "tree" if (ROOT / place).is_dir() else "blob"
            return f"]({config.repo_url}/{kind}/main/{place}{anchor})"
        else:
            return found[0]
        return f"]({posixpath.relpath(target, posixpath.dirname(page) or '.')}{anchor})"

    parts = re.split(r"(^```.*?^```$)", markdown, flags=re.MULTILINE | re.DOTALL)
    parts[::2] = [LINK.sub(link, part) for part in parts[::2]]
    return "".join(parts)


def notebook(path: Path, page: str, config: MkDocsConfig) -> dict[str, str | bytes]:
    """A notebook's page from the outputs that are committed, and its pictures."""
    content = nbformat.read(path, as_version=4)
    for cell in content.cells:
        for output in cell.get("outputs", ()):
            # A live panel is nothing on a page that does not run; its words and pictures are what stays.
            output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)
    words, extra = MarkdownExporter().from_notebook_node(content)
    pictures = {f"tutorials/{path.stem}/{name}": data for name, data in extra["outputs"].items()}
    for name in extra["outputs"]:
        words = words.replace(f"]({name})", f"]({path.stem}/{name})")
    words = words.replace("![png](", "![figure](").replace("![svg](", "![figure](")
    source = path.relative_to(ROOT).as_posix()
    head = f'!!! note "Open it"\n    This page is `{source}`: open it with `make lab` and run it on your own city.\n\n'
    title, _, rest = words.lstrip().partition("\n")
    if not title.startswith("# "):
        title, rest = f"# {path.stem.replace('_', ' ')}", words
    return {page: f"{title}\n\n{head}{moved(rest, source, page, config)}", **pictures}
