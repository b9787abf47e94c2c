"""How files are read and written: whole or not at all, by one process at a time, and only what is a file."""

from workbench.files.lock import held
from workbench.files.names import folder_name
from workbench.files.read import NotReadable, read_regular
from workbench.files.write import beside, left_beside, reason_of, remove, settled, shorten, written_beside

__all__ = [
    "NotReadable",
    "beside",
    "folder_name",
    "held",
    "left_beside",
    "read_regular",
    "reason_of",
    "remove",
    "settled",
    "shorten",
    "written_beside",
]
