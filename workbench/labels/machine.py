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
    "error.no_such_name": ("文件名中有不能用的字符", "no file can have this name"),
    "error.held": (
        "{path} 正由另一个进程写入（{host} 上的 {process} 号，{since} 开始）；请等它结束，或另指一个位置",
        "{path} is being written by another process (number {process} on {host}, since {since}): wait until it is done, "
        "or name another place",
    ),
    "error.init_not_empty": (
        "{path} 已存在且不是空文件夹，不敢覆盖；请另指一个新文件夹",
        "{path} is there already and is not an empty folder, so it is left alone: name a new one",
    ),
    "init.done": (
        "测算文件夹已建好：{folder}\n请先看 {readme}",
        "The planning folder is laid out: {folder}\nBegin with {readme}",
    ),
}
