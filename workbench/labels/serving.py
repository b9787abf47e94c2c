"""Words: the app's server, its pages around the notebook, and what may go wrong with it."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # --- in the terminal ---
    "app.open": (
        "测算页面已就绪，请用浏览器打开（地址里带有口令，请勿转发给无关人员）：\n\n    {address}\n",
        "The app is ready. Open it in a browser (the address holds the token: whoever has it gets in):\n\n    {address}\n",
    ),
    "app.how_to_end": ("按 Ctrl+C 结束。", "Ctrl+C ends it."),
    "app.ended": ("测算页面已关闭。", "The app has ended."),
    "app.not_private": (
        "注意：地址 {ip} 对网络开放，别的机器也能访问；口令和数据在网络上不加密传输，拿到口令的人都能进来。请务必在前面"
        "加一层 TLS 加密和单位统一登录，做法见 docs/how-to/serve-the-app.md。",
        "Mind: {ip} is open to the network, so other machines can reach it. Token and data travel unencrypted, and whoever "
        "has the token gets in. Put TLS and your office's own sign-on in front: docs/how-to/serve-the-app.md.",
    ),
    # --- what may go wrong ---
    "app.token_weak": (
        "口令至少 16 位，只能用字母、数字、- 和 _；不写则自动生成",
        "a token has at least 16 letters, digits, - or _; without the option one is made",
    ),
    "app.ip_unknown": (
        "{ip} 不是 IP 地址；本机用 127.0.0.1，对网络开放用 0.0.0.0 或本机的地址",
        "{ip} is not an IP address; 127.0.0.1 is this machine only, 0.0.0.0 or the machine's own address the network",
    ),
    "app.port_taken": (
        "端口 {port} 已被占用，可能已经开着一个测算页面；请关掉它，或用 --port 换一个端口",
        "Port {port} is taken, perhaps by an app that still runs; end that one, or name another with --port",
    ),
    "app.cannot_listen": (
        "无法在 {ip} 的端口 {port} 上提供服务（{reason}）；请用 --ip 和 --port 另选",
        "Cannot listen at {ip}, port {port} ({reason}); choose others with --ip and --port",
    ),
    "app.no_lab": (
        "缺少 {package}：浏览器页面需要的部分还没有安装。请运行 make app，它会自动装好；或者安装 lab 部分：pip install "
        "'campaign-workbench[lab]'",
        "{package} is missing: the part that serves pages is not installed. 'make app' installs it; or install the part "
        "lab: pip install 'campaign-workbench[lab]'",
    ),
    "app.no_notebook": (
        "找不到测算页面的笔记本 {path}；请在项目文件夹中运行，或用 --notebook 指定",
        "The app's notebook {path} is not there; run this in the project's folder, or name one with --notebook",
    ),
    "app.not_a_notebook": (
        "{path} 不是完好的笔记本（{reason}）；请恢复原文件，或用 --notebook 另指一个",
        "{path} is not a valid notebook ({reason}); restore the file, or name another with --notebook",
    ),
    "app.no_cell": ("没有代码格", "no cell that runs"),
    # --- on the page ---
    "page.title": ("“建组织扩覆盖”测算台", "Campaign workbench"),
    "page.starting": ("正在准备测算，约需几秒钟……", "Getting ready: this takes a few seconds …"),
    "page.again": ("还没有准备好，再试一次……", "Not ready yet: trying again …"),
    "page.stuck": (
        "页面一直没有准备好。请稍后刷新；若仍不行，请告知提供此页面的人。",
        "The page does not get ready. Reload it in a while; if that does not help, tell whoever serves it.",
    ),
    "page.lost": (
        "与测算程序的连接已断开（闲置太久、程序中断或服务已关闭），页面上的操作不再起作用。重新打开后，已做的工作会恢复。",
        "The page has lost its calculation (idle for long, stopped, or the server ended): nothing on it works any more. "
        "Loading it again brings your work back.",
    ),
    "page.reload": ("重新打开", "Load again"),
    "page.uploading": ("正在上传 {name}：{share}%", "Uploading {name}: {share}%"),
    "page.too_large": (
        "{name} 有 {size} MB，超过上限 {most} MB，没有上传。请删去不用的列或工作表，或另存为 Parquet 后再上传。",
        "{name} has {size} MB, above the limit of {most} MB, and was not uploaded. Leave out columns or sheets that are "
        "not needed, or save it as Parquet.",
    ),
    "page.close": ("知道了", "Close"),
    "page.full": ("使用的人已满", "All places are taken"),
    "page.full_why": (
        "同时使用的人数已到上限。请稍候，本页每 20 秒自动再试一次；有人离开即可进入。",
        "As many people as this service can take are using it. This page tries again every 20 seconds; you get in as soon "
        "as somebody leaves.",
    ),
    "page.logged_out": ("已退出登录", "You are logged out"),
    "page.login_again": ("重新登录", "Log in again"),
    "page.cell_failed": (
        "这一部分没有算出来，请告知提供此页面的人。",
        "This part failed; please tell whoever serves this page.",
    ),
    "page.login": ("需要口令", "A token is needed"),
    "page.login_why": (
        "请使用终端里显示的完整地址打开本页；或者把其中 token= 后面的口令填在下面。",
        "Open this page by the whole address that the terminal shows, or enter here what follows token= in it.",
    ),
    "page.login_wrong": ("口令不对。", "That is not the token."),
    "page.login_label": ("口令", "Token"),
    "page.login_enter": ("进入", "Enter"),
}
