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
    "error.memory": (
        "内存不够。请减少 --replications，或关闭其他程序、换一台内存更大的机器",
        "There is not enough memory: take fewer --replications, close other programs, or use a machine with more",
    ),
    "error.worker_died": (
        "一个计算进程被系统终止，多半是内存不够。请减少并行数或 --replications 后再试",
        "A process that computed was ended by the system, most likely for want of memory: use fewer workers or fewer "
        "--replications, and try again",
    ),
    "error.cluster": (
        "计算集群中断或已关闭（{reason}）。请检查集群是否在运行、内存是否够，再试一次；不用集群也能算",
        "The cluster broke off or is closed ({reason}): see that it runs and has memory enough, then try again; it works "
        "without a cluster, too",
    ),
    "error.standard_output": ("标准输出", "the standard output"),
    "error.disk_full": (
        "{path} 所在的磁盘已满。请腾出空间后再试；原有内容未动",
        "The disk of {path} is full: free some space and try again; what was there is untouched",
    ),
    "error.too_many_files": (
        "本进程打开的文件太多。请用 ulimit -n 放宽限制，或减少并行数",
        "This process has too many files open: allow more with 'ulimit -n', or use fewer workers",
    ),
    "error.system": (
        "系统不允许读写 {path}：{reason}。请检查路径、权限和磁盘",
        "The system refused {path}: {reason}. Look at the path, its permissions and the disk",
    ),
    "error.path": (
        "路径不可用：其中有不能用的字符，或快捷方式（符号链接）互相指向自己。请换一个路径",
        "This path cannot be used: a character in it, or links that lead in a circle. Name another one",
    ),
    "error.not_a_character": (
        "文字中有残缺的字符，无法写入文件。请检查方案中的名称和标题",
        "A text holds half a character, which no file can take: look at the scenario's name and title",
    ),
    # Why the system refuses a file, by its number's name.
    "system.EACCES": ("没有权限", "Permission denied"),
    "system.EPERM": ("没有权限", "Operation not permitted"),
    "system.EBUSY": ("正被占用", "Device or resource busy"),
    "system.ETXTBSY": ("正被占用", "Text file busy"),
    "system.ENOSPC": ("磁盘已满", "No space left on device"),
    "system.EDQUOT": ("磁盘配额已用完", "Disk quota exceeded"),
    "system.EFBIG": ("文件太大", "File too large"),
    "system.EROFS": ("磁盘只读", "Read-only file system"),
    "system.EIO": ("磁盘读写出错", "Input/output error"),
    "system.ENAMETOOLONG": ("文件名太长", "File name too long"),
    "system.ENOENT": ("没有这个文件或文件夹", "No such file or directory"),
    "system.EEXIST": ("已有同名文件", "File exists"),
    "system.EISDIR": ("这是文件夹", "Is a directory"),
    "system.ENOTDIR": ("路径中有一段不是文件夹", "Not a directory"),
    "system.ENOTEMPTY": ("文件夹不是空的", "Directory not empty"),
    "system.ELOOP": ("符号链接互相指向自己", "Too many levels of symbolic links"),
    "system.EADDRNOTAVAIL": ("本机没有这个地址", "Cannot assign requested address"),
}
