"""The app over HTTP: who gets in, what is given to them, and what a planner is told when it cannot start.

The page here is a small notebook of its own, so that what is tested is the server and not what it shows.
"""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError

import pytest
import websocket

import workbench as wb
from tests.patience import GIVE_UP
from tests.serving import TOKEN, begin, free_port, until_it_listens
from workbench.views.serving.service import LARGEST_UPLOAD

SOURCE = """
import os
import ipywidgets
def draw_nothing(): pass
ipywidgets.HTML("<i class=said>" + os.environ["WORKBENCH_LANG"] + " " + os.environ["WORKBENCH_REGISTER"] + "</i>")
"""


#: Seconds without a message after which a test asks whether there is still somebody to send one.
LISTEN = 10.0


class Answer(NamedTuple):
    """What came back."""

    code: int
    body: str
    headers: dict[str, str]


class NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer, too."""

    def redirect_request(self, *_: object) -> None:
        return None


class Site(NamedTuple):
    """A running server and the folder that its page lies in."""

    port: int
    folder: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, path: str, *, data: bytes | None = None, method: str | None = None, **headers: str) -> Answer:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(self.url + path, data=data, method=method, headers=sent)
        try:
            with urllib.request.build_opener(NoRedirects).open(request, timeout=GIVE_UP) as reply:
                return Answer(reply.status, reply.read().decode("utf-8", "replace"), dict(reply.headers.items()))
        except HTTPError as reply:
            with reply:
                return Answer(reply.code, reply.read().decode("utf-8", "replace"), dict(reply.headers.items()))


class Visitor(NamedTuple):
    """One who came in by the token: the page, the cookies, the kernel behind it."""

    page: str
    cookie: str
    kernel: str
    cookies: list[str]
    headers: dict[str, str]

    @property
    def xsrf(self) -> str:
        return re.search(r"_xsrf=([^;]+)", self.cookie)[1]


def come_in(site: Site, query: str = "") -> Visitor:
    request = urllib.request.Request(f"{site.url}/?token={TOKEN}{query}")
    with urllib.request.urlopen(request, timeout=GIVE_UP) as reply:
        page = reply.read().decode("utf-8")
        cookies = reply.headers.get_all("Set-Cookie")
        headers = dict(reply.headers.items())
    kernel = re.search(r'"kernelId": "([0-9a-f-]{36})"', page)[1]
    return Visitor(page, "; ".join(one.split(";")[0] for one in cookies), kernel, cookies, headers)


PLAN = ("--notebook", "page.ipynb", "--scenario", "plan.yaml")


def app(*options: str, port: int) -> list[str]:
    """The command as a planner types it."""
    return ["workbench", "app", "--port", str(port), *PLAN, *options]


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Path:
    """A folder as an office has it: the page, and beside it what must not be given away."""
    folder = tmp_path_factory.mktemp("office")
    cell = {"cell_type": "code", "id": "one", "metadata": {}, "source": SOURCE, "outputs": [], "execution_count": None}
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    page = {"cells": [cell], "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    (folder / "page.ipynb").write_text(json.dumps(page), encoding="utf-8")
    wb.write_register(wb.make_city(90, 4, seed=11), folder / "city.csv")
    # It says where its dates are from, so that there is nothing to advise and what is heard is the server alone.
    plan = "name: small\nregister: city.csv\ninstructors: {total: 16}\nsources: {calendar: 'assumed: the same dates'}\n"
    (folder / "plan.yaml").write_text(plan, encoding="utf-8")
    (folder / "map.png").write_bytes(b"\x89PNG not for everybody")
    return folder


def ended(process: subprocess.Popen[str]) -> tuple[str, str]:
    """What a server said until it ended; none is left behind."""
    try:
        return process.communicate(timeout=GIVE_UP)
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def site(office: Path) -> Iterator[Site]:
    """The app, served by its command."""
    port = free_port()
    process = begin(app("--lang", "zh", "--behind", "plan.office.example", port=port), office)
    try:
        until_it_listens(process, port)
        yield Site(port, office)
    finally:
        process.terminate()
        out, err = ended(process)
    assert process.returncode == 0
    assert out.count(TOKEN) == 1  # in the address to open, nowhere else
    assert f"http://127.0.0.1:{port}/?token={TOKEN}" in out
    assert "测算页面已关闭" in out
    assert TOKEN not in err
    assert "Traceback" not in err


@pytest.fixture(scope="module")
def visitor(site: Site) -> Visitor:
    """Somebody with the token."""
    return come_in(site)


# --- Who gets in ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["", "?token=", "?token=wrong-token-of-length", "?lang=zh", "?template=lab"])
def test_without_the_token_nobody_sees_the_page(site: Site, query: str) -> None:
    answer = site.ask("/" + query)
    assert answer.code == 302
    assert answer.headers["Location"].startswith("/login")
    assert answer.body == ""


def test_the_login_page_says_what_to_do_and_asks_nobody_else(site: Site) -> None:
    page = site.ask("/login").body
    assert "请使用终端里显示的完整地址打开本页" in page
    assert "the whole address that the terminal shows" in page
    assert "http" not in page.replace("http-equiv", "")


def test_the_login_takes_the_token_and_nothing_else(site: Site) -> None:
    first = site.ask("/login")
    xsrf = re.search(r'name="_xsrf" value="([^"]+)"', first.body)[1]
    cookie = first.headers["Set-Cookie"].split(";")[0]

    def enter(word: str) -> Answer:
        form = f"_xsrf={xsrf.replace('|', '%7C')}&password={word}".encode()
        return site.ask("/login?next=%2F", data=form, method="POST", Cookie=cookie)

    wrong = enter("guess")
    assert wrong.code == 401
    assert "口令不对" in wrong.body
    assert enter("").code == 401
    right = enter(TOKEN)
    assert (right.code, right.headers["Location"]) == (302, "/")


def test_with_the_token_the_page_comes_without_its_source(visitor: Visitor) -> None:
    assert "draw_nothing" not in visitor.page
    assert "import ipywidgets" not in visitor.page


def test_the_page_names_no_other_machine(site: Site, visitor: Visitor) -> None:
    asked = come_in(site, "&template=lab&theme=dark")
    for page in (visitor.page, asked.page):
        assert re.findall(r"(?:src|href|import|url)\s*[=(]\s*[\"']?(?:https?:)?//[^\"' )]+", page) == []


def test_the_browser_is_told_to_keep_to_this_machine(site: Site, visitor: Visitor) -> None:
    policy = visitor.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert f"connect-src 'self' ws://127.0.0.1:{site.port}" in policy
    assert "frame-ancestors 'self'" in policy
    assert visitor.headers["Referrer-Policy"] == "no-referrer"
    assert visitor.headers["X-Content-Type-Options"] == "nosniff"


def test_the_login_cookie_is_for_this_page_alone(visitor: Visitor) -> None:
    login = next(one for one in visitor.cookies if one.startswith("username-"))
    assert "HttpOnly" in login
    assert "SameSite=Lax" in login


def test_under_a_foreign_name_even_the_token_does_not_help(site: Site, visitor: Visitor) -> None:
    for host in ("evil.example", f"evil.example:{site.port}", "192.0.2.7"):
        answer = site.ask(f"/?token={TOKEN}", Host=host)
        assert answer.code == 403, host
        assert visitor.kernel not in answer.body
    assert site.ask("/login", Host=f"localhost:{site.port}").code == 200


def test_behind_a_proxy_its_name_is_known_and_cookies_are_for_https(site: Site) -> None:
    def enter(**headers: str) -> Answer:
        return site.ask(f"/login?token={TOKEN}", **headers)

    proxied = enter(Host="plan.office.example", X_Forwarded_Proto="https")
    assert proxied.code == 302
    assert "Secure" in proxied.headers["Set-Cookie"]
    assert "Secure" not in enter().headers["Set-Cookie"]


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="reads Linux's table of sockets")
def test_it_listens_on_this_machine_only(site: Site) -> None:
    rows = [line.split() for file in ("tcp", "tcp6") for line in Path("/proc/net", file).read_text().splitlines()[1:]]
    listening = [row[1] for row in rows if row[3] == "0A" and row[1].endswith(f":{site.port:04X}")]
    assert listening == [f"0100007F:{site.port:04X}"]


# --- What is given to those who are in ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    ["/api/contents", "/api/contents/city.csv", "/api/terminals", "/api/kernels", "/api/sessions", "/api/kernelspecs",
     "/api/status", "/lab", "/tree", "/metrics", "/voila/tree", "/voila/api/contents", "/voila/render/page.ipynb"],
)  # fmt: skip
def test_nothing_but_the_page_is_there(site: Site, visitor: Visitor, path: str) -> None:
    for answer in (site.ask(path), site.ask(f"{path}?token={TOKEN}"), site.ask(path, Cookie=visitor.cookie)):
        assert answer.code in (302, 403, 404)
        assert "org_id" not in answer.body


@pytest.mark.parametrize(
    "path",
    ["page.ipynb", "city.csv", "plan.yaml", "map.png", "../office/city.csv", "%2e%2e/city.csv", "..%2fcity.csv", ""],
)
def test_no_file_beside_the_page_is_given(site: Site, visitor: Visitor, path: str) -> None:
    for prefix in ("/voila/files/", "/", "/voila/static/", "/voila/templates/workbench/static/"):
        if prefix + path == "/":
            continue  # the page itself
        answer = site.ask(prefix + path, Cookie=visitor.cookie)
        assert answer.code in (302, 403, 404), prefix
        for words in ("org_id", "nbformat", "instructors", "not for everybody"):
            assert words not in answer.body


def test_nobody_starts_a_kernel_by_hand(site: Site, visitor: Visitor) -> None:
    for headers in ({}, {"Cookie": visitor.cookie, "X_XSRFToken": visitor.xsrf}):
        assert site.ask("/api/kernels", data=b"{}", method="POST", **headers).code in (403, 404, 405)


def test_a_failing_page_shows_no_trace_and_the_error_page_asks_nobody_else(site: Site, visitor: Visitor) -> None:
    answer = site.ask("/voila/api/shutdown/none", data=b"", method="POST", Cookie=visitor.cookie)
    assert answer.code == 403
    missing = site.ask("/voila/files/none.txt", Cookie=visitor.cookie)
    assert "Traceback" not in answer.body + missing.body
    assert "cdn" not in answer.body + missing.body


# --- The wire to the kernel -----------------------------------------------------------------------------------


def dial(site: Site, kernel: str, **how: object) -> websocket.WebSocket:
    address = f"ws://127.0.0.1:{site.port}/api/kernels/{kernel}/channels"
    return websocket.create_connection(address, timeout=GIVE_UP, **how)


def message(kind: str, content: dict) -> str:
    header = {"msg_id": "m1", "msg_type": kind, "session": "s1", "username": "", "version": "5.3", "date": ""}
    return json.dumps(
        {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell", "buffers": []}
    )


def kinds_until(wire: websocket.WebSocket, last: str, site: Site, visitor: Visitor) -> set[str]:
    """What kinds of messages come up to one of a kind; a sender that has ended is told, not waited for."""
    kinds: set[str] = set()
    give_up = time.monotonic() + GIVE_UP
    wire.settimeout(LISTEN)
    while last not in kinds:
        assert time.monotonic() < give_up, f"no {last} after {GIVE_UP:g} s, only {kinds}"
        try:
            kinds.add(json.loads(wire.recv())["header"]["msg_type"])
        except websocket.WebSocketTimeoutException:
            alive = site.ask(f"/workbench/alive/{visitor.kernel}", Cookie=visitor.cookie).code
            assert alive == 204, f"the process has ended before {last}: only {kinds}"
    return kinds


def test_the_wire_is_closed_to_whoever_has_no_cookie(site: Site, visitor: Visitor) -> None:
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        dial(site, visitor.kernel)
    assert refused.value.status_code == 403


def test_the_wire_is_closed_to_a_page_from_elsewhere(site: Site, visitor: Visitor) -> None:
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        dial(site, visitor.kernel, cookie=visitor.cookie, origin="http://evil.example")
    assert refused.value.status_code == 403


def test_what_comes_over_the_wire_is_not_executed(site: Site) -> None:
    """It answers what sliders need, and runs no code: the proof is a file that is never written."""
    visitor = come_in(site)
    trace = site.folder / "executed"
    wire = dial(site, visitor.kernel, cookie=visitor.cookie, origin=site.url)
    code = {"code": f"open({str(trace)!r}, 'w').close()", "silent": False, "store_history": False,
            "user_expressions": {}, "allow_stdin": False, "stop_on_error": True}  # fmt: skip
    wire.send(message("execute_request", code))
    wire.send(message("inspect_request", {"code": "draw_nothing", "cursor_pos": 3, "detail_level": 1}))
    wire.send(message("kernel_info_request", {}))
    kinds = kinds_until(wire, "kernel_info_reply", site, visitor)  # asked last, so what came before is dealt with
    wire.close()
    assert not kinds & {"execute_reply", "execute_result", "inspect_reply"}
    assert not trace.exists()


def test_a_page_that_is_closed_takes_its_kernel_along(site: Site) -> None:
    """By the goodbye that the page sends; a foreign page cannot send it."""
    visitor = come_in(site)
    kernel, goodbye = f"/api/kernels/{visitor.kernel}", f"/voila/api/shutdown/{visitor.kernel}"
    assert site.ask(kernel, Cookie=visitor.cookie).code == 200
    assert site.ask(goodbye, data=b"", method="POST", Cookie=visitor.cookie).code == 403
    assert site.ask(kernel, Cookie=visitor.cookie).code == 200
    form = f"_xsrf={visitor.xsrf.replace('|', '%7C')}".encode()
    assert site.ask(goodbye, data=form, method="POST", Cookie=visitor.cookie).code == 204
    assert site.ask(kernel, Cookie=visitor.cookie).code == 404


def process_of(kernel: str) -> int:
    """The process of a kernel, by the file that it was started with."""
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if f"kernel-{kernel}.json" in command.read_text(encoding="utf-8", errors="replace"):
                return int(command.parent.name)
        except OSError:
            continue  # it has ended meanwhile
    raise AssertionError(f"no process of kernel {kernel}")


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="reads Linux's table of processes")
def test_a_process_that_was_killed_is_known_to_be_gone(site: Site) -> None:
    """Not begun anew under its name, where it would know nothing of the visitor's plan."""
    visitor = come_in(site)
    alive = f"/workbench/alive/{visitor.kernel}"
    assert site.ask(alive).code in (302, 403)
    assert site.ask(alive, Cookie=visitor.cookie).code == 204
    os.kill(process_of(visitor.kernel), signal.SIGKILL)
    give_up = time.monotonic() + GIVE_UP
    while site.ask(alive, Cookie=visitor.cookie).code == 204:  # until the system has cleared it away
        assert time.monotonic() < give_up
    assert site.ask(alive, Cookie=visitor.cookie).code == 410
    assert site.ask(f"/api/kernels/{visitor.kernel}", Cookie=visitor.cookie).code == 404


def test_a_large_file_fits_through_the_wire(site: Site) -> None:
    """As many bytes as are promised arrive; what is more than that closes the wire (the page refuses it before).

    A visitor of its own: one who came minutes ago and has no wire is taken to have left, and has no process any more.
    """
    visitor = come_in(site)
    wire = dial(site, visitor.kernel, cookie=visitor.cookie, origin=site.url)
    wire.send(message("comm_msg", {"comm_id": "nobody", "data": {"padding": "x" * LARGEST_UPLOAD}}))
    wire.send(message("kernel_info_request", {}))
    kinds_until(wire, "kernel_info_reply", site, visitor)
    wire.close()


def test_logging_out_takes_the_login_away(site: Site) -> None:
    visitor = come_in(site)
    answer = site.ask("/logout", Cookie=visitor.cookie)
    assert answer.code == 200
    assert "已退出登录" in answer.body
    assert "You are logged out" in answer.body
    assert "username-127-0-0-1" in answer.headers["Set-Cookie"]
    assert "expires=" in answer.headers["Set-Cookie"].lower()


def test_more_than_fit_are_asked_to_wait(office: Path) -> None:
    port = free_port()
    process = begin(app("--visitors", "1", port=port), office)
    until_it_listens(process, port)
    try:
        site = Site(port, office)
        first = come_in(site)
        wire = dial(site, first.kernel, cookie=first.cookie, origin=site.url)
        full = site.ask(f"/?token={TOKEN}")
        assert full.code == 503
        for words in ("使用的人已满", "All places are taken"):
            assert words in full.body
        assert site.ask(f"/api/kernels/{first.kernel}", Cookie=first.cookie).code == 200
        wire.close()
        form = f"_xsrf={first.xsrf.replace('|', '%7C')}".encode()
        goodbye = f"/voila/api/shutdown/{first.kernel}"
        assert site.ask(goodbye, data=form, method="POST", Cookie=first.cookie).code == 204
        assert come_in(site).kernel != first.kernel
    finally:
        process.send_signal(signal.SIGTERM)
        ended(process)


# --- What a planner is told -----------------------------------------------------------------------------------


@pytest.fixture
def open_app(office: Path, monkeypatch, type_in) -> Callable:
    monkeypatch.chdir(office)
    monkeypatch.delenv("WORKBENCH_TOKEN", raising=False)

    def run(*options: str):
        return type_in("app", *PLAN, *options)

    return run


def test_the_verb_explains_itself_by_an_example(type_in: Callable) -> None:
    done = type_in("app", "--help")
    assert done.code == 0
    for words in (
        "Example: workbench app ",
        "--register",
        "--scenario",
        "--port",
        "--ip",
        "--token",
        "--lang",
        "--seed",
    ):
        assert words in done.out


@pytest.mark.parametrize(
    "options",
    [
        ["--token", ""],
        ["--token", "short"],
        ["--ip", "office"],
        ["--port", "0"],
        ["--port", "many"],
        ["--preheat", "9"],
    ],
    ids=" ".join,
)
def test_what_makes_no_server_is_usage(open_app: Callable, options: list[str]) -> None:
    done = open_app(*options)
    assert done.code == 2
    assert "Usage: workbench app" in done.err
    assert "Traceback" not in done.err


def test_faults_of_the_register_are_told_before_anything_is_served(open_app: Callable, office: Path) -> None:
    (office / "broken.csv").write_text("org_id,street,full_members,has_branch\nA,东街,many,是\nA,东街,2,perhaps\n")
    done = open_app("--register", "broken.csv")
    assert done.code == 1
    assert done.out == ""
    for words in ("row 2", "many", "row 3", "perhaps", "org_id"):
        assert words in done.err


def test_a_notebook_or_scenario_that_is_not_there_is_told(open_app: Callable) -> None:
    done = open_app("--notebook", "none.ipynb")
    assert done.code == 1
    assert "none.ipynb is not there" in done.err
    done = open_app("--scenario", "none.yaml")
    assert done.code == 1
    assert "none.yaml" in done.err


def test_a_port_that_is_taken_is_told_and_no_other_one_is_taken_instead(office: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:  # by the test itself: a server may end meanwhile
        port = taken.getsockname()[1]
        process = begin(app(port=port), office)
        out, err = ended(process)
    assert process.returncode == 1
    assert out == ""
    assert err.startswith(f"Port {port} is taken")


def test_open_to_the_network_only_with_a_word_of_warning(office: Path) -> None:
    port = free_port()
    process = begin(app("--ip", "0.0.0.0", port=port), office)
    until_it_listens(process, port)
    process.send_signal(signal.SIGINT)
    out, err = ended(process)
    assert process.returncode == 0
    assert "0.0.0.0 is open to the network" in err
    assert "The app has ended" in out
