"""How a text, a table and a file are written: terminal, HTML, Word, Excel, folders and their manifest."""

from workbench.files import folder_name
from workbench.views.formats.blocks import (
    DOCUMENT_ROWS,
    PAGE_ROWS,
    Block,
    Cards,
    Column,
    Heading,
    NewPage,
    PictureBlock,
    Sentence,
    TableBlock,
    joined,
    on_the_left,
)
from workbench.views.formats.docx import word_bytes
from workbench.views.formats.folder import folder_beside, write_pictures
from workbench.views.formats.html import (
    Markup,
    blocks_html,
    escape,
    join,
    paragraph,
    picture,
    table,
    tag,
)
from workbench.views.formats.manifest import fingerprints, write_listing, write_manifest
from workbench.views.formats.terminal import WIDTH, text_table, width, wrap
from workbench.views.formats.xlsx import MIXED, Sheet, workbook_bytes

__all__ = [
    "DOCUMENT_ROWS",
    "MIXED",
    "PAGE_ROWS",
    "WIDTH",
    "Block",
    "Cards",
    "Column",
    "Heading",
    "Markup",
    "NewPage",
    "PictureBlock",
    "Sentence",
    "Sheet",
    "TableBlock",
    "blocks_html",
    "escape",
    "fingerprints",
    "folder_beside",
    "folder_name",
    "join",
    "joined",
    "on_the_left",
    "paragraph",
    "picture",
    "table",
    "tag",
    "text_table",
    "width",
    "word_bytes",
    "workbook_bytes",
    "wrap",
    "write_listing",
    "write_manifest",
    "write_pictures",
]
