"""What the bytes of a text file say: UTF-8, UTF-16 or GB18030, and neither of them half-heartedly."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from workbench.inputs.register.table import refuse

#: Of the Chinese characters in a text that is GB18030, at least so many are common ones (those of GB 2312).
COMMON: Final = 0.85
#: A text is damaged UTF-8 if so many of its characters beyond ASCII are whole UTF-8.
WHOLE: Final = 0.8
_UTF8: Final = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def decoded(path: Path) -> str:
    """A file's text: UTF-8, UTF-16 (with a mark or plainly so), else GB18030, which holds GBK and GB2312.

    Raises
    ------
    RegisterError
        none of them; UTF-8 with a character cut; or GB18030 in form, but no Chinese that anybody writes (Big5, say).
    """
    raw = path.read_bytes()
    if (wide := _utf16(raw)) is not None:
        try:
            return raw.decode(wide)
        except UnicodeDecodeError as error:
            raise refuse(path, "file_encoding") from error
    if b"\x00" in raw:
        raise refuse(path, "file_encoding")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # With a mark it says itself what it is; with nearly all of it UTF-8 a character was cut.
        if raw.startswith(b"\xef\xbb\xbf") or _is_damaged_utf8(raw):
            raise refuse(path, "file_encoding_damaged", line=raw[: error.start].count(b"\n") + 1) from error
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError as error:
        raise refuse(path, "file_encoding") from error
    if common_share(text) < COMMON:
        raise refuse(path, "file_encoding_big5" if _is_big5(raw) else "file_encoding")
    return text


def _utf16(raw: bytes) -> str | None:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    head = raw[:4000]
    if len(raw) % 2 or b"\x00" not in head:
        return None
    # Separators and line ends are ASCII: every other byte of them is nought.
    if head[1::2].count(0) * 20 > len(head) > 20 * head[::2].count(0):
        return "utf-16-le"
    return "utf-16-be" if head[::2].count(0) * 20 > len(head) > 20 * head[1::2].count(0) else None


def _is_damaged_utf8(raw: bytes) -> bool:
    beyond = sum(byte >= 0x80 for byte in raw[:200_000])
    whole = sum(len(found.group()) for found in _UTF8.finditer(raw[:200_000]))
    return whole >= WHOLE * beyond and any(len(found.group()) >= 3 for found in _UTF8.finditer(raw[:200_000]))


def common_share(text: str) -> float:
    """The share of a text's characters beyond ASCII that GB 2312 has; 1 where there are none.

    >>> common_share("岚汀街道"), common_share("abc")
    (1.0, 1.0)
    """
    beyond = [one for one in text[:100_000] if one > "\x7f"]
    if not beyond:
        return 1.0
    return sum(_is_common(one) for one in beyond) / len(beyond)


def _is_common(character: str) -> bool:
    try:
        return len(character.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


def _is_big5(raw: bytes) -> bool:
    try:
        raw.decode("big5")
    except UnicodeDecodeError:
        return False
    return True
