"""Words: what the machine lacks, and what to do about it."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "compiled.not_kept": (
        "编译好的程序无法存入 {folder}（{reason}），每次启动都要重新编译，约多等一两分钟，结果不受影响。请让该文件夹可写、"
        "腾出空间，或用环境变量 NUMBA_CACHE_DIR 另指一个文件夹",
        "Compiled code cannot be kept in {folder} ({reason}): every start compiles it again, which takes a minute or two; "
        "results are the same. Make that folder writable, free some space, or name another one with NUMBA_CACHE_DIR",
    ),
    "compiled.damaged": (
        "{folder} 中编译好的程序已损坏，正在重新编译，结果不受影响。若反复出现，请删除该文件夹",
        "Compiled code in {folder} was damaged and is compiled again; results are the same. If this comes back, delete "
        "that folder",
    ),
}
