"""What is answered to a browser: the page, its files, and whether the process behind a page is still there."""

from __future__ import annotations

import re
from typing import Any

import tornado.web
from jupyter_core.utils import ensure_async
from jupyter_server.base.handlers import APIHandler
from jupyter_server.utils import url_path_join
from voila.static_file_handler import TemplateStaticFileHandler
from voila.tornado.handler import TornadoVoilaHandler

from workbench.views.serving.visitors import Visitors

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
            if visitor.kernel and self._gone:
                await visitors.end(visitor.kernel)

    _gone = False

    def on_connection_close(self) -> None:
        """The visitor left before the page was whole."""
        self._gone = True
        super().on_connection_close()

    def should_use_rendered_notebook(self, *arguments: Any) -> bool:
        """A kernel kept ready has run the notebook already: only for whom it speaks the right language."""
        ready = self.settings["workbench_language"]
        return self.get_argument("lang", ready) == ready and bool(super().should_use_rendered_notebook(*arguments))


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
