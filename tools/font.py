"""Cut the figures' font: Noto Sans CJK SC with the signs that a city's names need, under its own licence (OFL 1.1).

    python tools/font.py NotoSansCJKsc-Regular.otf

Once, at development time; what it writes is kept in the package. Signs: GBK (what names in an office's files are
written with), Latin, Greek, punctuation, arithmetic, full-width forms. Its name is another one, so that nobody takes
it for the whole font that a machine may have.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

PLACE = Path(__file__).resolve().parent.parent / "workbench/views/drawing/fonts/WorkbenchSansSC-Regular.otf"
FAMILY = "Workbench Sans SC"
#: Blocks of Unicode beside GBK: Latin, Greek, punctuation, currency, letter-like signs, arrows, arithmetic, …
BLOCKS = (
    (0x20, 0x17F), (0x370, 0x3FF), (0x2010, 0x205F), (0x2070, 0x20BF), (0x2100, 0x22FF), (0x2460, 0x24FF),
    (0x25A0, 0x25FF), (0x2713, 0x2717), (0x3000, 0x303F), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF),
)  # fmt: skip


def signs() -> set[int]:
    """Every character that the font shall have."""
    wanted = {sign for first, last in BLOCKS for sign in range(first, last + 1)}
    for high in range(0x81, 0xFF):
        for low in range(0x40, 0xFF):
            wanted |= {ord(sign) for sign in bytes([high, low]).decode("gbk", errors="ignore")}
    return wanted


def main(source: str) -> int:
    font = TTFont(source)
    options = subset.Options(hinting=False, layout_features=["locl", "vert"], name_IDs=["*"], notdef_outline=True)
    options.drop_tables += ["VORG", "vhea", "vmtx", "BASE", "GPOS", "GSUB", "DSIG"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=signs())
    cutter.subset(font)
    for record in list(font["name"].names):
        if record.platformID != 3 or record.langID != 0x409:
            font["name"].removeNames(record.nameID, record.platformID, record.platEncID, record.langID)
        elif record.nameID in (1, 3, 4, 6, 16):
            record.string = FAMILY.replace(" ", "") + "-Regular" if record.nameID in (3, 6) else FAMILY
    top = font["CFF "].cff
    top.fontNames[0] = FAMILY.replace(" ", "") + "-Regular"
    top.topDictIndex[0].FullName = top.topDictIndex[0].FamilyName = FAMILY
    PLACE.parent.mkdir(exist_ok=True)
    font.save(PLACE)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
