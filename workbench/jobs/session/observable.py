"""What a state needs to be heard: a language, messages in plain words, jobs, and who watches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Literal, NamedTuple

from workbench.errors import WorkbenchError
from workbench.jobs.session.signals import Signals
from workbench.jobs.session.threads import Jobs, Ticket
from workbench.jobs.session.wording import in_planners_words
from workbench.labels import Language, in_language, text

Level = Literal["note", "done", "fault"]


class Message(NamedTuple):
    """What the status line says, in whatever language is in use then, and how serious it is."""

    level: Level
    say: Callable[[], str]

    @property
    def words(self) -> str:
        """The words, in the language in use."""
        return in_planners_words(self.say())


class Observable:
    """Language, messages and jobs; whoever shows them watches `signals`: ``language``, ``message``, ``jobs``."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self.signals = Signals()
        self.jobs = Jobs(lambda: self.signals.tell("jobs"))
        self.message: Message | None = None

    def speak(self, language: Language) -> None:
        """Switch the language of every panel."""
        if language != self.language:
            self.language = language
            self.signals.tell("language")

    def say(self, level: Level, words: Callable[[], str]) -> None:
        """Put words in the status line; they are asked for again when the language is switched."""
        self.message = Message(level, words)
        self.signals.tell("message")

    def hush(self) -> None:
        """Clear the status line."""
        self.message = None
        self.signals.tell("message")

    def fail(self, error: BaseException) -> None:
        """Say an error in plain words."""
        if isinstance(error, WorkbenchError):
            # In the language of its making: its headline and places are written by then.
            told = str(error)
            self.say("fault", lambda: told)
        else:
            words = " ".join(str(error).split())
            self.say("fault", lambda: text("panel.unexpected", kind=type(error).__name__, message=words))

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Speak the session's language, and turn any error into a message: around every handler of a widget."""
        with in_language(self.language):
            try:
                yield
            except Exception as error:
                self.fail(error)

    def run(
        self,
        name: str,
        work: Callable[[Ticket], Any],
        done: Callable[[Any], None],
        failed: Callable[[], None] = lambda: None,
    ) -> None:
        """Run a job in the session's language; `failed` is called before its error is said."""

        def speaking(ticket: Ticket) -> Any:
            with in_language(self.language):
                return work(ticket)

        def deliver(result: Any) -> None:
            with self.guarded():
                done(result)

        def fail(error: BaseException) -> None:
            with self.guarded():
                failed()
                self.fail(error)

        self.jobs.start(name, speaking, deliver, fail)
