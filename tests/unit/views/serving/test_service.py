"""What an app's server is told, and what it refuses to be told."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from voila.static_file_handler import TemplateStaticFileHandler
from voila.tornado.handler import TornadoVoilaHandler

from workbench.labels import in_language
from workbench.views.serving import Service, as_served, check_address, check_token, new_token
from workbench.views.serving.handlers import Page, PageFile
from workbench.views.serving.server import JUPYTER, App, configuration, page_words


@pytest.fixture
def service(tmp_path: Path) -> Service:
    notebook = tmp_path / "page.ipynb"
    notebook.write_text("{}", encoding="utf-8")
    return Service(notebook, tmp_path / "plan.yaml", tmp_path / "city.csv", "zh", "a-token-of-twenty-one")


def test_a_new_token_is_long_and_never_the_same() -> None:
    made = {new_token() for _ in range(50)}
    assert len(made) == 50
    assert all(check_token(token) == token and len(token) == 48 for token in made)


WEAK = ["", "short", "a" * 15, "with a space in the midst", "ümlaut-ümlaut-ümlaut", "a&b" * 9]


@pytest.mark.parametrize("token", WEAK)
def test_a_token_that_is_empty_or_guessed_or_breaks_the_address_is_refused(token: str) -> None:
    with pytest.raises(ValueError, match="at least 16"):
        check_token(token)


def test_only_addresses_are_addresses() -> None:
    assert [check_address(ip) for ip in ("127.0.0.1", "localhost", "::1", "0.0.0.0")]
    with pytest.raises(ValueError, match=r"office\.example"):
        check_address("office.example")


@pytest.mark.parametrize(
    ("ip", "private", "start"),
    [
        ("127.0.0.1", True, "http://127.0.0.1:8866/?token="),
        ("localhost", True, "http://localhost:8866/?token="),
        ("::1", True, "http://[::1]:8866/?token="),
        ("10.1.2.3", False, "http://10.1.2.3:8866/?token="),
        ("0.0.0.0", False, f"http://{os.uname().nodename}:8866/?token="),
    ],
)
def test_the_address_to_open_and_who_can_reach_it(ip: str, private: bool, start: str) -> None:
    service = Service(Path("a"), Path("b"), Path("c"), "en", "t" * 20, ip=ip)
    assert service.private is private
    assert service.address == start + "t" * 20


def test_the_kernel_reads_what_the_server_wrote(service: Service) -> None:
    said = {"scenario": "other.yaml", "register": None, "language": "en", "replications": 5, "seed": 5}
    assert as_served(service.environment, **said) == {
        "scenario": str(service.scenario),
        "register": str(service.register),
        "language": "zh",
        "replications": 1000,
        "seed": 0,
        "page": "later",
    }


@pytest.mark.parametrize(
    ("query", "language"),
    [
        ("", "zh"),
        ("lang=en", "en"),
        ("token=x&lang=en", "en"),
        ("lang=fr", "zh"),
        ("lang=", "zh"),
        ("lang=zh&lang=en", "en"),
    ],
)
def test_the_address_may_ask_for_a_language(service: Service, query: str, language: str) -> None:
    environment = {**service.environment, "QUERY_STRING": query}
    assert as_served(environment, language="en") == {"language": language, "page": "later"}


def test_without_a_server_the_notebook_keeps_what_it_says() -> None:
    said = {"scenario": "mine.yaml", "register": None, "language": "en", "replications": 5, "seed": 0}
    assert as_served({}, **said) == said
    assert as_served({"QUERY_STRING": "lang=zh"}, seed=1) == {"seed": 1}


def test_voila_is_told_to_close_what_it_leaves_open(service: Service) -> None:
    told = configuration(service)
    assert told.Voila.token == service.token
    assert told.Voila.ip == "127.0.0.1"
    assert told.Voila.port_retries == 0
    assert told.Voila.tornado_settings["allow_remote_access"] is False
    assert told.VoilaConfiguration.file_allowlist == []
    assert told.VoilaConfiguration.show_tracebacks is False
    assert told.VoilaConfiguration.strip_sources is True
    assert told.VoilaConfiguration.allow_template_override == "NO"
    assert told.MappingKernelManager.cull_idle_timeout == 600
    assert told.MappingKernelManager.cull_interval == 60
    assert told.KernelManager.transport == "ipc"


def test_under_which_names_it_may_be_reached() -> None:
    def settings(**how: object) -> dict:
        service = Service(Path("a"), Path("b"), Path("c"), "en", "t" * 20, **how)  # type: ignore[arg-type]
        return configuration(service).Voila.tornado_settings

    assert settings()["local_hostnames"] == ["localhost"]
    assert settings(names=("plan.office.example",))["local_hostnames"] == ["localhost", "plan.office.example"]
    assert settings(ip="0.0.0.0")["allow_remote_access"] is True


def test_the_app_takes_nothing_from_the_users_own_configuration(service: Service, tmp_path, monkeypatch) -> None:
    """A setting that opens a door elsewhere must not open it here."""
    (tmp_path / "voila.json").write_text('{"Voila": {"token": ""}, "VoilaConfiguration": {"file_allowlist": [".*"]}}')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path))
    app = App(config=configuration(service))
    assert app.config_file_paths == []
    assert app.token == service.token


def test_the_page_speaks_both_languages() -> None:
    words = page_words()
    assert words["zh"].keys() == words["en"].keys()
    assert words["zh"]["reload"] != words["en"]["reload"]
    with in_language("zh"):
        assert page_words() == words


@pytest.fixture
def app(service: Service, monkeypatch) -> Iterator[App]:
    """The server, made but not started."""
    monkeypatch.setenv("JUPYTER_PATH", str(JUPYTER))
    before = signal.getsignal(signal.SIGTERM)
    app = App(config=configuration(service))
    app.service = service
    app.initialize([])
    yield app
    signal.signal(signal.SIGTERM, before)


def test_what_voila_was_told_it_heard(app: App) -> None:
    """A setting under a name that Voila does not know would be passed over in silence."""
    settings = app.init_settings()
    kernels = settings["kernel_manager"]
    assert (kernels.cull_idle_timeout, kernels.cull_interval, kernels.cull_connected) == (600, 60, False)
    assert not {"execute_request", "inspect_request", "complete_request"} & set(kernels.allowed_message_types)
    assert kernels.allowed_message_types
    assert settings["identity_provider"].token == app.service.token
    assert settings["identity_provider"].cookie_options == {"samesite": "Lax"}
    made = kernels.kernel_manager_factory(parent=kernels)
    assert made.transport == "ipc"
    assert Path(app.template_paths[0]).parent.name == "templates"


def test_the_pages_own_handlers_stand_in_for_voilas(app: App) -> None:
    app.init_settings()
    handlers = [rule[1] for rule in app.init_handlers()]
    assert {Page, PageFile} <= set(handlers)
    assert not {TornadoVoilaHandler, TemplateStaticFileHandler} & set(handlers)
