"""Where a visitor's work is kept between two visits: files of their own, under a key that nobody can guess."""

from __future__ import annotations

import atexit
import json
import os
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from hashlib import sha256
from pathlib import Path
from threading import Lock, Timer, get_ident
from time import time
from typing import TYPE_CHECKING, Any

from workbench.errors import WorkbenchError
from workbench.files import written_beside
from workbench.jobs.session.memory import KeptFile
from workbench.jobs.session.saving import VERSION, another_name, contents, snapshot, with_others

if TYPE_CHECKING:
    from workbench.jobs.session.session import Session

#: Days after which work that nobody came back to is removed.
SESSION_DAYS = 30
#: Letters that all files of one visitor begin with.
NAME = 40
#: Seconds after a change in which others may follow before all is written.
PAUSE = 0.3


class VisitStore:
    """One visitor's file, and beside it what they uploaded: their own register, a campaign under way.

    The file's name tells nothing of the key: whoever lists the folder gets no further than whoever does not.

    Parameters
    ----------
    folder
        for all visitors of this user; it is closed to others.
    key
        the visitor's, and what distinguishes one service from another; None while it is not known yet.
    """

    def __init__(self, folder: Path, key: Callable[[], str | None]) -> None:
        self.folder, self._key = folder, key

    def load(self) -> dict[str, Any] | None:
        """What was saved; None where there is nothing that can be read."""
        file = self._file(".json")
        try:
            saved = json.loads(file.read_text(encoding="utf-8")) if file else None
        except (OSError, ValueError):
            return None
        return saved if isinstance(saved, dict) and saved.get("version") == VERSION else None

    @property
    def register(self) -> Path | None:
        """The visitor's own register, if they uploaded one."""
        return self.find(".csv")

    def save(self, saved: dict[str, Any]) -> None:
        """Write the work."""
        self._write(".json", lambda path: path.write_text(json.dumps(saved, ensure_ascii=False), encoding="utf-8"))

    def find(self, ending: str) -> Path | None:
        """Another file beside the work, by its ending, if it is there."""
        file = self._file(ending)
        return file if file is not None and file.is_file() else None

    def keep(self, ending: str, put: Callable[[Path], object]) -> None:
        """Write another file beside the work."""
        self._write(ending, put)

    def drop(self, ending: str) -> None:
        """Another file is not needed any more."""
        self._remove(ending)

    def clear(self) -> None:
        """Forget all of it."""
        file = self._file("")
        for each in file.parent.glob(f"{file.name}[.-]*") if file is not None else ():
            each.unlink(missing_ok=True)

    def _file(self, ending: str) -> Path | None:
        key = self._key()
        return self.folder / (sha256(key.encode()).hexdigest()[:NAME] + ending) if key else None

    def _write(self, ending: str, put: Callable[[Path], object]) -> None:
        file = self._file(ending)
        if file is None:
            return
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Of its own: two pages of one visitor are two processes that may write at once.
        draft = file.with_name(f"{file.stem}.draft-{os.getpid()}-{get_ident()}{ending}")
        try:
            put(draft)
            draft.chmod(0o600)
            with written_beside(file) as temporary:
                draft.replace(temporary)
        finally:
            draft.unlink(missing_ok=True)

    def _remove(self, ending: str) -> None:
        file = self._file(ending)
        if file is not None:
            file.unlink(missing_ok=True)


def sweep(folder: Path, days: float = SESSION_DAYS) -> None:
    """Remove what nobody came back to: all files of a visitor together, counted from the last that was written."""
    last: dict[str, float] = {}
    with suppress(OSError):
        files = [file for file in folder.iterdir() if file.is_file()]
        for file in files:
            whose = file.name[:NAME]
            last[whose] = max(last.get(whose, 0.0), file.stat().st_mtime)
        for file in files:
            if last[file.name[:NAME]] < time() - days * 86_400:
                with suppress(OSError):
                    file.unlink()


class Autosave:
    """Writes a session's work soon after each change, beside it: nobody waits for a disk."""

    def __init__(self, session: Session, store: VisitStore) -> None:
        self.session, self.store = session, store
        self._timer: Timer | None = None
        self._lock = Lock()
        self._written: dict[str, object] = {}
        #: Names of plans that were ever kept here: those that are not there any more were dropped.
        self._ever: set[str] = set()
        #: What was written of kept plans when this page last looked; None: it has not.
        self._seen: dict[str, str] | None = None
        session.saves = True
        session.free_name = self._free_name
        session.memory.find = store.find
        for subject in ("answer", "opened", "turned"):
            session.signals.watch(subject, self.soon)
        # What somebody keeps by hand, or waited for, is on the disk before they can leave the page.
        for subject in ("kept", "remembered"):
            session.signals.watch(subject, self.now)
        session.signals.watch("forgotten", self._clear)
        # Whoever leaves within the pause has lost nothing.
        atexit.register(self.flush)

    def soon(self) -> None:
        """Write in a moment."""
        if self._timer is not None and self._timer.is_alive():
            return
        self._timer = Timer(PAUSE, self.now)
        self._timer.daemon = True
        self._timer.start()

    def flush(self) -> None:
        """Write what still waits to be written."""
        if self._timer is not None and self._timer.is_alive():
            self._timer.cancel()
            self.now()

    def now(self) -> None:
        """Write what there is; where that cannot be done the page works on, and nothing is kept."""
        session = self.session
        with self._lock, suppress(RuntimeError):
            if not session.ready:
                return
            try:
                self._write()
            except (OSError, WorkbenchError):
                session.memory.unwritten = True
            else:
                session.memory.unwritten = False

    def _write(self) -> None:
        from workbench.inputs.register import write_register

        session = self.session
        self._ever |= set(session.kept)
        there = self.store.load()
        if self._seen is None:
            self._seen = contents(there)
        saved = with_others(snapshot(session), there, self._ever, self._seen)
        saved["register"] = {"own": session.own_register, "name": session.register_name}
        own = session.register if session.own_register else None
        self._put(".csv", None if own is None else (own, partial(write_register, own)))
        for ending, told in session.memory.files.items():
            self._put(ending, told())
        self.store.save(saved)
        self._seen = contents(saved)

    def _free_name(self, name: str) -> str:
        """The name, or one after it where another page of the visitor's has kept a plan that this one does not show."""
        with self._lock:
            there, seen, own = contents(self.store.load()), self._seen or {}, set(self.session.kept)
        if name not in there or (name in own | self._ever and there[name] == seen.get(name)):
            return name
        return another_name(name, {*there, *own}.__contains__)

    def _put(self, ending: str, file: KeptFile) -> None:
        """A file beside the work: written where it is another one than last time."""
        if file is None:
            self.store.drop(ending)
            self._written.pop(ending, None)
        elif self._written.get(ending) is not file[0]:
            self.store.keep(ending, file[1])
            self._written[ending] = file[0]

    def _clear(self) -> None:
        with self._lock, suppress(OSError):
            self.store.clear()
            self._written.clear()
