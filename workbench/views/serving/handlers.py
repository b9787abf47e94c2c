"""What is answered to a browser: the page, its files, and whether the process behind a page is still there."""

from __future__ import annotations

import re
import secrets
from contextlib import suppress
from hashlib import sha256
from typing import Any

import tornado.web
from jupyter_core.utils import ensure_async
from jupyter_server.base.handlers import APIHandler
from jupyter_server.utils import url_path_join
from voila.static_file_handler import TemplateStaticFileHandler
from voila.tornado.handler import TornadoVoilaHandler

from workbench.jobs.session import SESSION_DAYS, VisitStore
from workbench.views.serving.visit import VISIT_HEADER
from workbench.views.serving.visitors import Visitors

#: The cookie that a visitor is known by again, and what it may hold.
VISIT_COOKIE, VISIT_KEY = "workbench-visit", re.compile(r"[A-Za-z0-9_-]{40,64}")

#: How a page names the kernel behind it.
KERNEL = re.compile(r'"kernelId": "([0-9a-f-]{36})"')


class Page(TornadoVoilaHandler):  # type: ignore[misc]
    """The app's page for one visitor."""

    @property
    def content_security_policy(self) -> str:
        """The browser itself refuses whatever is not of this machine."""
        host = self.request.host
        return "; ".join(
            (
                "default-src 'self'",
                "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
                "style-src 'self' 'unsafe-inline'",
                "img-src 'self' data: blob:",
                "font-src 'self' data:",
                f"connect-src 'self' ws://{host} wss://{host}",
                "form-action 'self'",
                "base-uri 'none'",
                "object-src 'none'",
                "frame-ancestors 'self'",
            )
        )

    @tornado.web.authenticated
    async def get(self, path: str | None = None) -> None:
        """Run the notebook for this visitor and send the page."""
        if path:  # a file, they hope
            self.redirect(url_path_join(self.base_url, "voila", "files", path))
            return
        # Asking for it leaves the cookie without which the page's goodbye is refused, and its kernel stays behind.
        _ = self.xsrf_token
        self._whose = self._visit()
        visitors: Visitors = self.settings["workbench_visitors"]
        if not await visitors.has_room():
            self.set_status(503)
            self.set_header("Retry-After", "20")
            self.finish(self.render_template("full.html"))
            return
        with visitors.coming() as visitor:
            async for html in self.get_generator():
                visitor.kernel = visitor.kernel or next(iter(KERNEL.findall(html)), None)
                if self._gone:  # nobody waits for the rest
                    break
                self.write(html)
                self.flush()
                if visitor.kernel and not self._told:
                    self._tell(visitor.kernel)
            if visitor.kernel and self._gone:
                await visitors.end(visitor.kernel)

    _gone = _told = False
    _whose = ""

    def _visit(self) -> str:
        """Whose work it is: a key that only this browser has, and that no address and no log holds."""
        found = self.get_cookie(VISIT_COOKIE, "") or ""
        key = found if VISIT_KEY.fullmatch(found) else secrets.token_urlsafe(32)
        secure = self.request.protocol == "https"
        self.set_cookie(VISIT_COOKIE, key, httponly=True, samesite="Lax", secure=secure, expires_days=SESSION_DAYS)
        # The kernel finds it in its environment, with what tells this service's plan from another's.
        service = self.settings["workbench_service"]
        whose = sha256(f"{key} {service.scenario} {service.register}".encode()).hexdigest()
        self.request.headers[VISIT_HEADER] = whose
        return whose

    def _tell(self, kernel: str) -> None:
        """Leave word for a kernel that was there before its visitor."""
        self._told = True
        folder = self.settings["workbench_service"].visits
        if folder is not None and self.settings["workbench_service"].preheat:
            with suppress(OSError):
                file = folder / f"{kernel}.visit"
                file.touch(mode=0o600)
                file.write_text(self._whose, encoding="ascii")

    def on_connection_close(self) -> None:
        """The visitor left before the page was whole."""
        self._gone = True
        super().on_connection_close()

    def should_use_rendered_notebook(self, *arguments: Any) -> bool:
        """A kernel kept ready has run the notebook already: for whom it speaks the right language, and who is new."""
        service = self.settings["workbench_service"]
        asked = self.get_argument("lang", service.language) != service.language or self.get_argument("plan", "")
        if asked or (service.visits is not None and VisitStore(service.visits, lambda: self._whose).load() is not None):
            return False
        return bool(super().should_use_rendered_notebook(*arguments))


class PageFile(TemplateStaticFileHandler):  # type: ignore[misc]
    """A script or style sheet of the page."""

    async def get(self, path: str, include_body: bool = True) -> None:
        """Send it; what cannot be one is not there, rather than a failure of the server."""
        template, static, *rest = [*path.split("/"), "", ""]
        if static != "static" or not any(rest) or {"..", ""} & {template, *rest[:-2]}:
            raise tornado.web.HTTPError(404)
        await super().get(path, include_body)


class Alive(APIHandler):
    """Whether the process behind a page is there: of the state that it holds, not of a name that another may bear."""

    @tornado.web.authenticated
    async def get(self, kernel: str) -> None:
        """204 where it is, 410 where it is not any more."""
        there = False
        if kernel in self.kernel_manager:
            there = bool(await ensure_async(self.kernel_manager.get_kernel(kernel).is_alive()))
            if not there:
                await self.settings["workbench_visitors"].end(kernel)
        self.set_status(204 if there else 410)
        self.finish()
