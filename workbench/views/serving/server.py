"""Voila, set up so that nothing is open that need not be: what `workbench app` runs.

In this process rather than as a child: a token on a command line could be read by everybody on the machine. Nothing of
the user's own Jupyter configuration is read, so that no setting elsewhere opens a door here.
"""

from __future__ import annotations

import errno
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import tornado.web
from jinja2 import ChoiceLoader, FileSystemLoader
from jupyter_server.utils import url_path_join
from tornado.ioloop import IOLoop, PeriodicCallback
from tornado.log import gen_log
from traitlets import default
from traitlets.config import Config
from voila.app import Voila
from voila.static_file_handler import TemplateStaticFileHandler
from voila.tornado.handler import TornadoVoilaHandler

from workbench.errors import WorkbenchError
from workbench.files import reason_of
from workbench.jobs.session import sweep
from workbench.labels import in_language, text
from workbench.views.serving.forking import ForkedKernelManager, Template
from workbench.views.serving.handlers import Alive, Page, PageFile
from workbench.views.serving.service import LARGEST_UPLOAD, Service
from workbench.views.serving.visit import VISIT_HEADER
from workbench.views.serving.visitors import SWEEP, Visitors

#: A folder as Jupyter lays its data out; it holds the page's template.
JUPYTER = Path(__file__).with_name("jupyter")
TEMPLATE = "workbench"
#: Bytes of a message: a file comes in one, with a little around it.
LARGEST_MESSAGE = LARGEST_UPLOAD + (1 << 20)
#: What the page and its login may have to say (``page.…`` in the labels).
SAID = ("title", "starting", "again", "stuck", "lost", "reload", "cell_failed", "uploading", "too_large", "close",
        "full", "full_why", "logged_out", "login_again",
        "login", "login_why", "login_wrong", "login_label", "login_enter")  # fmt: skip


def serve(service: Service, ready: Callable[[], None]) -> None:
    """Serve until stopped by Ctrl+C or SIGTERM.

    Parameters
    ----------
    service
        what, where, for whom.
    ready
        called once, when the page can be opened.

    Raises
    ------
    WorkbenchError
        it cannot listen there.
    """
    os.environ.update(service.environment)
    if service.visits is not None:
        with suppress(OSError):
            service.visits.mkdir(parents=True, exist_ok=True, mode=0o700)
        sweep(service.visits)
    # Found by Jupyter's own search path, so that nothing is written into anybody's home.
    paths = [str(JUPYTER), *filter(None, [os.environ.get("JUPYTER_PATH")])]
    os.environ["JUPYTER_PATH"] = os.pathsep.join(paths)
    # Warnings there are of no use to a planner (a page that asks for a kernel that has ended, and the like).
    gen_log.setLevel(logging.ERROR)
    with forking() as template:
        app = App(config=configuration(service, template.address if template else ""))
        app.service, app.ready = service, ready
        app.initialize([])
        if template:
            template.loaded()  # nobody is let in before, who would only wait the longer
        app.start()


@contextmanager
def forking() -> Iterator[Template | None]:
    """A process that loads everything, and forks kernels; None where none can be."""
    with TemporaryDirectory(prefix="workbench-") as folder:
        template = Template(Path(folder))
        try:
            yield template if template.start() else None
        finally:
            template.end()


def configuration(service: Service, template: str = "") -> Config:
    """The service in the words of Voila and Jupyter; with a template's address, kernels are forked there."""
    config = Config()
    config.Voila = Config({
        "notebook_path": str(service.notebook),
        "token": service.token,
        "ip": service.ip,
        "port": service.port,
        "port_retries": 0,
        "open_browser": False,
        "log_level": "ERROR",
        "tornado_settings": {
            # Under a name of another's choice a foreign page could reach a server of this machine (DNS rebinding).
            "allow_remote_access": not service.private,
            "local_hostnames": ["localhost", *service.names],
            "websocket_max_message_size": LARGEST_MESSAGE,
            "xsrf_cookie_kwargs": {"samesite": "Lax"},
            "headers": {"Referrer-Policy": "no-referrer"},
            "log_function": log_failure,
        },
    })  # fmt: skip
    config.IdentityProvider.cookie_options = {"samesite": "Lax"}
    words = page_words()
    failed = " · ".join(text_["cell_failed"] for text_ in words.values())
    config.VoilaConfiguration = Config({
        "template": TEMPLATE,
        "allow_template_override": "NO",
        "allow_theme_override": "NO",
        "http_header_envs": [VISIT_HEADER],
        "strip_sources": True,
        "show_tracebacks": False,
        # Registers lie beside notebooks, and files are given without a token: so none are.
        "file_allowlist": [],
        # Sliders and pictures need no more; every other one costs the visitor seconds.
        "extension_allowlist": ["@jupyter-widgets/jupyterlab-manager", "@voila-dashboards/widgets-manager8"],
        "preheat_kernel": service.preheat > 0,
        "default_pool_size": max(service.preheat, 1),
        "resources": {"workbench": {"language": service.language, "words": words, "largest": LARGEST_UPLOAD}},
    })  # fmt: skip
    config.VoilaExecutor.cell_error_instruction = failed
    config.MappingKernelManager.cull_idle_timeout = service.idle
    config.MappingKernelManager.cull_interval = service.look
    # A process that began anew under the old name would know nothing of the visitor's plan, and nobody would notice.
    config.KernelManager.autorestart = False
    if template:
        config.MappingKernelManager.kernel_manager_class = f"{ForkedKernelManager.__module__}.ForkedKernelManager"
        config.ForkedKernelManager.template = template
    if os.name == "posix":
        # Sockets that only this user can open, instead of five ports a visitor.
        config.KernelManager.transport = "ipc"
    return config


def page_words() -> dict[str, dict[str, str]]:
    """What the page itself may have to say: language -> word -> sentence."""
    said = {}
    for language in ("zh", "en"):
        with in_language(language):
            said[language] = {name: text(f"page.{name}") for name in SAID}
    return said


def log_failure(handler: tornado.web.RequestHandler) -> None:
    """Log what went wrong within the server, by its path: the rest of an address may hold the token."""
    if handler.get_status() >= 500:
        request = handler.request
        gen_log.error("%d %s %s", handler.get_status(), request.method, request.path)


def tell_of_wires(kernels: Any, visitors: Visitors) -> None:
    """Have Jupyter's manager of kernels tell who opens and closes a wire: who only looks now and then misses some."""
    opened, closed = kernels.notify_connect, kernels.notify_disconnect

    def connected(kernel: str) -> None:
        opened(kernel)
        visitors.met(kernel)

    def disconnected(kernel: str) -> None:
        closed(kernel)
        visitors.parted()

    kernels.notify_connect, kernels.notify_disconnect = connected, disconnected


class App(Voila):  # type: ignore[misc]
    """Voila with the doors closed that it leaves open."""

    service: Service
    ready: Callable[[], None]
    visitors: Visitors

    @default("config_file_paths")
    def _no_configuration_of_the_user(self) -> list[str]:
        return []

    def init_settings(self) -> dict[str, Any]:
        """Add the page's words, and a login page that a planner understands."""
        settings: dict[str, Any] = super().init_settings()
        pages = FileSystemLoader(JUPYTER / "voila" / "templates" / TEMPLATE)
        for environment in (settings["jinja2_env"], settings["voila_jinja2_env"]):
            environment.loader = ChoiceLoader([pages, environment.loader])
            environment.globals["words"] = page_words()
        settings["workbench_service"] = self.service
        settings["workbench_visitors"] = self.visitors = Visitors(
            self.kernel_manager, self.service.visitors, self.service.preheat
        )
        tell_of_wires(self.kernel_manager, self.visitors)
        return settings

    def init_handlers(self) -> list[Any]:
        """Put our own handlers in the place of two of Voila's, and add one."""
        ours = {TornadoVoilaHandler: Page, TemplateStaticFileHandler: PageFile}
        theirs = [(address, ours.get(handler, handler), *rest) for address, handler, *rest in super().init_handlers()]
        return [(url_path_join(self.base_url, r"workbench/alive/([0-9a-f-]{36})"), Alive), *theirs]

    def listen(self) -> None:
        """Listen where it was said, or say why not; serve until stopped."""
        service = self.service
        try:
            self.app.listen(
                service.port, address=service.ip, xheaders=bool(service.names), max_buffer_size=LARGEST_MESSAGE
            )
        except OSError as fault:
            shutil.rmtree(self.connection_dir, ignore_errors=True)
            taken = fault.errno == errno.EADDRINUSE
            raise WorkbenchError(
                text("app.port_taken", port=service.port)
                if taken
                else text("app.cannot_listen", ip=service.ip, port=service.port, reason=reason_of(fault))
            ) from None
        self.ioloop = IOLoop.current()
        self.ioloop.add_callback(self.ready)
        sweeping = PeriodicCallback(self.visitors.sweep, SWEEP * 1000)
        self.ioloop.add_callback(sweeping.start)
        try:
            self.ioloop.start()
        finally:
            self.stop()
